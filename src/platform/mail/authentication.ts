import { headersNamed, type ReadMail } from "./read-mime.ts";

/** What the owner's own server found out about who sent a mail. Only `verified` may be believed. */
export interface SenderCheck {
  readonly verified: boolean;
  /** Why, for the owner. */
  readonly reason: string;
  /** The server that says so, as it names itself; null when none that counts said anything. */
  readonly server: string | null;
}

interface Result {
  readonly method: string;
  readonly result: string;
  readonly properties: ReadonlyMap<string, string>;
}

interface Results {
  readonly server: string;
  readonly results: readonly Result[];
}

const LONGEST = 8_000;

/** Comments may nest (RFC 5322, section 3.2.2), and say nothing that counts. Quoted strings may hold brackets and semicolons. */
function withoutComments(text: string): string {
  let depth = 0;
  let quoted = false;
  let out = "";
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (sign === "\\") {
      if (depth === 0) out += text.slice(at, at + 2);
      at += 1;
    } else if (sign === '"' && depth === 0) {
      quoted = !quoted;
      out += sign;
    } else if (sign === "(" && !quoted) depth += 1;
    else if (sign === ")" && !quoted && depth > 0) depth -= 1;
    else if (depth === 0) out += sign;
  }
  return out;
}

function unquoted(value: string): string {
  return value.replace(/^"|"$/gu, "").replace(/\\(.)/gu, "$1").trim().toLowerCase();
}

/** Parts at semicolons that stand outside of quotes. */
function atSemicolons(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"|[^;"]|")+/gu) ?? [];
}

function resultOf(part: string): Result[] {
  const pairs = [...part.matchAll(/([\w.\-/]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s";]+)/gu)];
  const [first, ...rest] = pairs;
  if (!first) return [];
  const [, method = "", result = ""] = first;
  const properties = new Map(rest.map(([, name = "", value = ""]) => [name.toLowerCase(), unquoted(value)]));
  // "dkim/1=pass" names the version of the method (RFC 8601, section 2.2).
  return [{ method: method.toLowerCase().replace(/\/.*$/u, ""), result: unquoted(result), properties }];
}

/** Reads one Authentication-Results header (RFC 8601, section 2.2). Exchange Online leaves the name of the server out: then it is "". */
export function parseResults(value: string): Results {
  const [first = "", ...rest] = atSemicolons(withoutComments(value.slice(0, LONGEST)));
  const nameless = /^\s*[\w-]+\s*=/u.test(first);
  const server = nameless ? "" : unquoted(first.trim().split(/\s+/u)[0] ?? "");
  return { server, results: (nameless ? [first, ...rest] : rest).flatMap(resultOf) };
}

// Second-level names under which others register; enough of them to keep two strangers under "co.uk" apart.
const SHARED = /^(?:com|co|org|net|edu|gov|ac|or|ne|go)\.[a-z]{2}$/u;

/** The part of a domain that one party owns: "example.org" of "mail.example.org", "example.co.uk" of "a.example.co.uk". */
export function organisationOf(domain: string): string {
  const labels = domain.toLowerCase().replace(/\.$/u, "").split(".");
  const two = labels.slice(-2).join(".");
  return SHARED.test(two) ? labels.slice(-3).join(".") : two;
}

/** The host that took a mail in, as a Received header names it; "" when it names none. */
function takenBy(received: string): string {
  return (/\bby\s+([A-Za-z\d][A-Za-z\d.-]{1,253})/u.exec(withoutComments(received.slice(0, LONGEST)))?.[1] ?? "").toLowerCase();
}

const lastHosts = (mail: Pick<ReadMail, "headers">): string[] => headersNamed(mail, "received").slice(0, 3).map(takenBy);

/** The results on top of a mail: what stands below them may have come along with it. */
function topResults(mail: Pick<ReadMail, "headers">): Results | undefined {
  const [top] = headersNamed(mail, "authentication-results");
  if (top === undefined) return undefined;
  const results = parseResults(top);
  // Exchange Online signs without a name; it is known by the host that took the mail in.
  const nameless = results.server === "" && lastHosts(mail).some((host) => organisationOf(host) === "outlook.com");
  return nameless ? { ...results, server: "outlook.com" } : results;
}

/** The name under which the topmost results stand, if one of the hosts on the last steps of the way belongs to the same party. */
function namedByOwnServer(mail: Pick<ReadMail, "headers">): string | undefined {
  const server = topResults(mail)?.server ?? "";
  return server !== "" && lastHosts(mail).some((host) => organisationOf(host) === organisationOf(server)) ? server : undefined;
}

const ENOUGH = 5;
const SHARE = 0.8;

/**
 * Which server checks this mailbox's mail: the name that stands on top of four of five of its recent mails. A stranger can put any name
 * into one mail of theirs, but not into everybody's. Undefined while too few mails are known.
 */
export function learnServer(mails: readonly Pick<ReadMail, "headers">[]): string | undefined {
  if (mails.length < ENOUGH) return undefined;
  const counts = new Map<string, number>();
  for (const mail of mails) {
    const name = namedByOwnServer(mail);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best && best[1] >= mails.length * SHARE ? best[0] : undefined;
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1).toLowerCase();

/** Relaxed alignment (RFC 7489, section 3.1): both belong to the same organisation. */
function aligned(a: string, b: string): boolean {
  return a !== "" && b !== "" && organisationOf(domainOf(a)) === organisationOf(domainOf(b));
}

function judge({ server, results }: Results, from: string): SenderCheck {
  const dmarc = results.filter((one) => one.method === "dmarc");
  const says = (verified: boolean, reason: string): SenderCheck => ({ verified, reason, server });
  if (dmarc.some((one) => one.result === "fail"))
    return says(false, "your mail server says that the sender is forged (dmarc=fail)");
  if (dmarc.some((one) => one.result === "pass" && aligned(one.properties.get("header.from") ?? from, from)))
    return says(true, "your mail server checked the sender (dmarc=pass)");
  const signed = results.some(
    (one) =>
      one.method === "dkim" &&
      one.result === "pass" &&
      aligned(one.properties.get("header.d") ?? one.properties.get("header.i") ?? "", from),
  );
  if (signed) return says(true, "your mail server checked the signature of the sender's domain (dkim=pass)");
  const sentFrom = results.some(
    (one) => one.method === "spf" && one.result === "pass" && aligned(one.properties.get("smtp.mailfrom") ?? "", from),
  );
  if (sentFrom) return says(true, "your mail server checked that it came from the sender's domain (spf=pass)");
  return says(false, "your mail server could not confirm the sender");
}

/**
 * Whether the sender of a mail can be believed: by the topmost Authentication-Results of the owner's own server alone (RFC 8601, section 5).
 * Any other such header, and any other place, may have been written by the sender. `from` is the address that the mail claims.
 */
export function checkSender(mail: Pick<ReadMail, "headers" | "from">, trustedServer: string | undefined): SenderCheck {
  const unverified = (reason: string): SenderCheck => ({ verified: false, reason, server: null });
  const [from, ...more] = mail.from;
  if (!from || more.length > 0) return unverified("the mail does not name one sender");
  if (trustedServer === undefined) return unverified("it is not known yet which server checks your mail");
  const results = topResults(mail);
  if (!results) return unverified("your mail server said nothing about the sender");
  if (results.server !== trustedServer.toLowerCase())
    return unverified("the check of the sender was not made by your own mail server");
  return judge(results, from.address);
}
