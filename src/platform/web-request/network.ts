import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { WebTrouble } from "./trouble.ts";

/** Where an IP address lies: on the internet, on this machine or in the network around it, or where nothing is ever asked. */
export type Network = "public" | "own" | "never";

/** Ranges of RFC 6890 that an owner may have machines in. All others that are not public are of no use to anybody. */
const OWN = new Set(["loopback", "private", "linkLocal", "carrierGradeNat", "uniqueLocal"]);

/** Where clouds hand out the keys of a machine to whoever asks from within it. No calendar is ever there. */
const METADATA = new Set(["169.254.169.254", "fd00:ec2::254", "100.100.100.200"]);

/** The IPv4 address within an IPv6 one that only carries it: mapped (RFC 4291, 2.5.5.2), and NAT64 (RFC 6052). */
function carried(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  return address.range() === "rfc6052" ? new ipaddr.IPv4(address.toByteArray().slice(-4)) : undefined;
}

/** Where the address lies that a name was resolved to, or that stands in the address itself. */
export function networkOf(ip: string): Network {
  const bare = ip.replace(/%.*$/u, "");
  if (!ipaddr.isValid(bare)) return "never";
  const parsed = ipaddr.parse(bare);
  const inner = parsed instanceof ipaddr.IPv6 ? carried(parsed) : undefined;
  const address = inner ?? parsed;
  if (METADATA.has(address.toString())) return "never";
  const range = address.range();
  if (range === "unicast") return "public";
  return OWN.has(range) ? "own" : "never";
}

/** What one request may reach; `sawPublic` is kept over its redirects, so that nothing on the internet can lead into the own network. */
export interface Reaching {
  readonly allowPrivate: boolean;
  readonly secure: boolean;
  sawPublic: boolean;
}

/** Throws WebTrouble unless everything that `host` stands for may be asked. */
export function checkReach(host: string, addresses: readonly string[], reaching: Reaching): void {
  const reaches = addresses.map(networkOf);
  if (reaches.length === 0 || reaches.includes("never"))
    throw new WebTrouble("own_network", `${host} leads to a place that is not asked for calendars. Check the address.`);
  const isOwn = reaches.includes("own");
  if (isOwn && reaching.sawPublic)
    throw new WebTrouble(
      "own_network",
      `A server on the internet sent us on to ${host} in your own network. That is never followed.`,
    );
  if (isOwn && !reaching.allowPrivate)
    throw new WebTrouble(
      "own_network",
      `${host} is this machine or in the network around it. Allow that for this calendar, if you know the server.`,
    );
  if (isOwn) return;
  reaching.sawPublic = true;
  if (!reaching.secure)
    throw new WebTrouble(
      "address",
      `The address of ${host} begins with http, so anybody on the way could read it. Use the one that begins with https.`,
    );
}

/** Looks up every address of a name. */
export type Resolve = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

export const resolveByMachine: Resolve = (host) =>
  new Promise((found, failed) => {
    systemLookup(host, { all: true }, (error, addresses) => (error ? failed(error) : found(addresses)));
  });

/**
 * The look-up that the connection itself uses: what was checked is what is connected to, so a name that changes its address between
 * a check and the connection (DNS rebinding) gains nothing.
 */
export function guardedLookup(resolve: Resolve, reaching: Reaching): LookupFunction {
  return (host, options, done) => {
    resolve(host)
      .then((addresses) => {
        checkReach(
          host,
          addresses.map((one) => one.address),
          reaching,
        );
        const [first] = addresses;
        if (options.all) done(null, [...addresses]);
        else done(null, first?.address ?? "", first?.family ?? 0);
      })
      .catch((error: NodeJS.ErrnoException) => done(error, "", 0));
  };
}

/** An IP address that stands in the address is connected to without any look-up, so it is checked beforehand. */
export function checkLiteral(url: URL, reaching: Reaching): void {
  const host = url.hostname.replace(/^\[|\]$/gu, "");
  if (isIP(host) !== 0) checkReach(url.hostname, [host], reaching);
}
