import * as http from "node:http";
import * as https from "node:https";
import { pipeline, type Readable } from "node:stream";
import { rootCertificates } from "node:tls";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { checkLiteral, guardedLookup, type Reaching, type Resolve, resolveByMachine } from "./network.ts";
import { explainWebError, WebTrouble } from "./trouble.ts";

/** One request to a server that somebody else chose: a calendar, a CalDAV account, a mail provider's token page. */
export interface WebRequest {
  /** http or https; see `webAddress`. */
  readonly url: URL;
  readonly method?: "GET" | "POST" | "PROPFIND" | "REPORT";
  /** Header names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Sent as basic authentication (RFC 7617), to the origin of `url` alone. */
  readonly login?: { readonly user: string; readonly password: string } | undefined;
  /** Sent as the Authorization header (RFC 9110, section 11.6.2) instead, to the origin of `url` alone. */
  readonly authorization?: string | undefined;
  /** Whether its owner lets it reach this machine and the network around it. */
  readonly allowPrivate: boolean;
  /** The largest answer, in bytes after decompression; 20 MB when absent. */
  readonly maxBytes?: number;
  /** The longest time for everything: looking up, connecting, redirects and the whole answer; 20 seconds when absent. */
  readonly maxMilliseconds?: number;
  /** Certificates to trust beside the usual ones, as PEM. */
  readonly trusted?: string | undefined;
  /** Ends the request early: when the program stops. */
  readonly signal?: AbortSignal | undefined;
  /** How names are looked up; the machine's own way when absent. */
  readonly resolve?: Resolve | undefined;
}

export interface WebAnswer {
  readonly status: number;
  /** What came, unpacked. */
  readonly bytes: Uint8Array;
  /** The same as text, in the character set that the answer names. */
  readonly text: string;
  /** The host that answered at last, as it may be shown. */
  readonly host: string;
  /** The address that answered at last; may be a secret. */
  readonly url: URL;
  /** A header of the answer, by its name in lower case. */
  header(name: string): string | undefined;
}

export const LARGEST_ANSWER = 20_000_000;
const LONGEST_WAIT_MS = 20_000;
const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

interface Hop {
  readonly url: URL;
  readonly request: WebRequest;
  readonly reaching: Reaching;
  readonly signal: AbortSignal;
}

/** The login, which only the origin gets that it was written for. */
function loginFor({ url, request }: Hop): Record<string, string> {
  const { login, authorization } = request;
  if (url.origin !== request.url.origin) return {};
  if (!login) return authorization === undefined ? {} : { authorization };
  return { authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`, "utf8").toString("base64")}` };
}

function bodyOf({ request }: Hop, method: string): string | Uint8Array | undefined {
  return method === "GET" ? undefined : request.body;
}

/** Sends one request and waits for the head of its answer. */
function exchange(hop: Hop, method: string): Promise<http.IncomingMessage> {
  const { url, request, reaching, signal } = hop;
  checkLiteral(url, reaching);
  const body = bodyOf(hop, method);
  const { authorization: _ours, ...headers } = request.headers ?? {};
  const options: https.RequestOptions = {
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/gu, ""),
    port: url.port,
    path: url.pathname + url.search,
    method,
    headers: {
      ...headers,
      ...loginFor(hop),
      "user-agent": "Throughline",
      "accept-encoding": "gzip, deflate, br",
      ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
    },
    // A connection of its own for every request: none is kept that was checked for something else.
    agent: false,
    lookup: guardedLookup(request.resolve ?? resolveByMachine, reaching),
    signal,
    ...(request.trusted ? { ca: [...rootCertificates, request.trusted] } : {}),
  };
  return new Promise((answered, failed) => {
    const sent = (reaching.secure ? https : http).request(options, answered);
    sent.once("error", failed);
    sent.end(body);
  });
}

/** Where an answer sends us on to, or undefined when it is the answer itself. Throws WebTrouble for a way that is not taken. */
function nextAddress(answer: http.IncomingMessage, url: URL): URL | undefined {
  const { location } = answer.headers;
  if (!REDIRECTS.has(answer.statusCode ?? 0) || location === undefined) return undefined;
  const next = URL.parse(location, url);
  if (!next || !["http:", "https:"].includes(next.protocol))
    throw new WebTrouble("redirect", `${url.host} sends us on to something that is not a web address.`);
  if (url.protocol === "https:" && next.protocol === "http:")
    throw new WebTrouble("redirect", `${url.host} sends us on to an address without protection (http). That is not followed.`);
  next.hash = "";
  return next;
}

function decompressed(answer: http.IncomingMessage): Readable {
  const encoding = (answer.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  const ignore = (): void => undefined;
  if (encoding === "identity" || encoding === "") return answer;
  // Whoever reads the stream gets its error; the callback is only there because `pipeline` wants one.
  if (encoding === "gzip" || encoding === "x-gzip") return pipeline(answer, createGunzip(), ignore);
  if (encoding === "deflate") return pipeline(answer, createInflate(), ignore);
  if (encoding === "br") return pipeline(answer, createBrotliDecompress(), ignore);
  throw new WebTrouble("broken", "The answer is packed in a way that cannot be read here.");
}

/** The whole answer, counted as it is unpacked, so that a small file that unpacks to a huge one is never held. */
async function readBody(answer: http.IncomingMessage, host: string, maxBytes: number): Promise<Buffer> {
  const tooLarge = (): WebTrouble =>
    new WebTrouble(
      "too_large",
      `What ${host} sends is larger than ${Math.round(maxBytes / 1_000_000)} MB. Choose a calendar with less in it.`,
    );
  const declared = Number(answer.headers["content-length"] ?? 0);
  if (declared > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of decompressed(answer) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Text in the character set that the answer names, UTF-8 when it names none or an unknown one. Without byte order mark and NUL. */
function decode(bytes: Buffer, contentType = ""): string {
  const named = /charset="?([^";\s]+)/iu.exec(contentType)?.[1] ?? "utf-8";
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(named);
  } catch {
    decoder = new TextDecoder("utf-8");
  }
  return decoder.decode(bytes).replaceAll("\0", "");
}

async function follow(request: WebRequest, signal: AbortSignal): Promise<WebAnswer> {
  const { allowPrivate, maxBytes = LARGEST_ANSWER } = request;
  let { url, method = "GET" } = request;
  let sawPublic = false;
  for (let hops = 0; ; hops += 1) {
    const { host } = url;
    const reaching: Reaching = { allowPrivate, secure: url.protocol === "https:", sawPublic };
    let answer: http.IncomingMessage | undefined;
    try {
      answer = await exchange({ url, request, reaching, signal }, method);
      const next = nextAddress(answer, url);
      if (!next) {
        const { headers, statusCode: status = 0 } = answer;
        const bytes = await readBody(answer, host, maxBytes);
        const header = (name: string): string | undefined => headers[name]?.toString();
        return { status, bytes, text: decode(bytes, headers["content-type"]), host, url, header };
      }
      if (hops === MOST_REDIRECTS) throw new WebTrouble("redirect", `${request.url.host} sends us on and on, without an end.`);
      if (answer.statusCode === 303) method = "GET";
      url = next;
      ({ sawPublic } = reaching);
    } catch (error) {
      // A connection that was cut because time ran out looks like one that was lost.
      throw explainWebError(host, signal.aborted ? signal.reason : error);
    } finally {
      answer?.destroy();
    }
  }
}

/**
 * Asks a server that somebody else chose. Every address that a name stands for is checked when the connection is made, redirects too
 * (at most five, never from https to http, never from the internet into the own network); time and size are limited.
 * Answers with any status; throws WebTrouble, in words, when there was no answer.
 */
export function requestWeb(request: WebRequest): Promise<WebAnswer> {
  const outOfTime = AbortSignal.timeout(request.maxMilliseconds ?? LONGEST_WAIT_MS);
  return follow(request, request.signal ? AbortSignal.any([outOfTime, request.signal]) : outOfTime);
}
