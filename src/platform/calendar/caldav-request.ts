import type { DAVResponse } from "tsdav";
import { requestWeb, type Resolve, type WebAnswer } from "../web-request/index.ts";

/** An account on a CalDAV server, or one calendar of it: whatever its address leads to. */
export interface CalDavPlace {
  readonly url: URL;
  readonly login: { readonly user: string; readonly password: string };
  /** Whether its owner lets it reach this machine and the network around it. */
  readonly allowPrivate: boolean;
  readonly trusted?: string | undefined;
  readonly resolve?: Resolve | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a server's answer means for its caller: "login" was refused; the address is "gone"; it does not speak CalDAV there
 * ("not_caldav") or not this part of it, or not from a state that is too old ("unsupported"); it is out of order ("server").
 */
export type CalDavTroubleKind = "login" | "gone" | "not_caldav" | "unsupported" | "server";

/** `message` is for the owner and names the host at most. */
export class CalDavTrouble extends Error {
  readonly trouble: CalDavTroubleKind;

  constructor(trouble: CalDavTroubleKind, message: string) {
    super(message);
    this.name = "CalDavTrouble";
    this.trouble = trouble;
  }
}

function refusal(answer: WebAnswer, asked: URL): CalDavTrouble {
  const { status, host } = answer;
  if (answer.url.origin !== asked.origin && (status === 401 || status === 403))
    return new CalDavTrouble(
      "login",
      `${asked.host} sends us on to ${host}. Enter that as the server, so that your password goes only where you say.`,
    );
  if (status === 401)
    return new CalDavTrouble(
      "login",
      `${host} refused the login. Check user name and password; many providers want an app password instead of the usual one.`,
    );
  if (status === 404 || status === 410) return new CalDavTrouble("gone", `${host} has no calendar at this address any more.`);
  if (status === 429 || (status >= 500 && status !== 501))
    return new CalDavTrouble("server", `${host} cannot answer at the moment (${status}). It is tried again later.`);
  if (status >= 400) return new CalDavTrouble("unsupported", `${host} refused what was asked (${status}).`);
  return new CalDavTrouble(
    "not_caldav",
    `${host} answered with a web page instead of calendars, such as a page to log in on. Check the server's address.`,
  );
}

/** A multistatus answer (RFC 4918, section 13). Anything else, such as the login page of a captive network with status 200, is refused here, because tsdav would read it as "no objects". */
function isMultistatus({ status, text }: WebAnswer): boolean {
  return status === 207 && /<(?:[\w.-]+:)?multistatus[\s/>]/u.test(text);
}

function guardedFetch(place: CalDavPlace): typeof fetch {
  return async (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : input);
    const headers = Object.fromEntries(new Headers(init?.headers));
    const answer = await requestWeb({
      ...place,
      url: asked,
      method: init?.method as "PROPFIND" | "REPORT",
      headers,
      ...(typeof init?.body === "string" ? { body: init.body } : {}),
    });
    if (!isMultistatus(answer)) throw refusal(answer, asked);
    return new Response(answer.text, { status: 207, headers: { "content-type": "application/xml" } });
  };
}

/** The parts of an answer's element that tsdav found; names are in camel case, without their prefixes. */
type Properties = Readonly<Record<string, unknown>>;

/** What an answer says about one resource. */
export interface Member {
  /** The path as the server wrote it, in its own encoding; undefined when it lies on another server. */
  readonly path: string | undefined;
  readonly status: number;
  readonly properties: Properties;
}

export interface Multistatus {
  readonly members: readonly Member[];
  readonly syncToken: string | undefined;
}

/** Text of an element, however it was written: plain, as CDATA, or as something that looks like a number. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  const cdata = (value as { _cdata?: unknown } | null | undefined)?._cdata;
  if (Array.isArray(cdata)) return cdata.join("");
  return typeof cdata === "string" ? cdata : undefined;
}

/** A child that may occur once or several times. */
export function listOf(value: unknown): readonly Properties[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as Properties[];
}

function pathOn(base: URL, href: unknown): string | undefined {
  const text = textOf(href);
  const url = text === undefined ? null : URL.parse(text, base);
  return url?.origin === base.origin ? url.pathname : undefined;
}

function toMultistatus(base: URL, responses: readonly DAVResponse[]): Multistatus {
  const raw = responses[0]?.raw as { multistatus?: { syncToken?: unknown } } | undefined;
  const members = responses
    .filter((one) => one.href !== undefined)
    .map(({ href, status, props = {} }) => ({ path: pathOn(base, href), status, properties: props }));
  return { members, syncToken: textOf(raw?.multistatus?.syncToken) };
}

/** Names of the properties that are asked for, with their prefixes: d (WebDAV), c (CalDAV). */
type Names = readonly string[];

const asked = (names: Names): Record<string, object> => Object.fromEntries(names.map((name) => [name, {}]));

/** PROPFIND (RFC 4918, section 9.1). Throws CalDavTrouble or WebTrouble. */
export async function findProperties(place: CalDavPlace, depth: "0" | "1", names: Names): Promise<Multistatus> {
  const { propfind } = await import("tsdav");
  const url = place.url.href;
  return toMultistatus(place.url, await propfind({ url, props: asked(names), depth, fetch: guardedFetch(place) }));
}

/** What changed since `syncToken`, or everything when it is "" (RFC 6578, section 3.2). */
export async function syncReport(place: CalDavPlace, syncToken: string): Promise<Multistatus> {
  const { syncCollection } = await import("tsdav");
  const props = asked(["d:getetag", "d:resourcetype"]);
  const url = place.url.href;
  return toMultistatus(
    place.url,
    await syncCollection({ url, props, syncLevel: 1, syncToken, headers: { depth: "0" }, fetch: guardedFetch(place) }),
  );
}

/** Whole objects by their paths (RFC 4791, section 7.9). Filters are left to nobody: servers disagree about them. */
export async function multiget(place: CalDavPlace, paths: readonly string[]): Promise<Multistatus> {
  const { davRequest, DAVNamespace, getDAVAttribute } = await import("tsdav");
  const body = {
    "calendar-multiget": {
      _attributes: getDAVAttribute([DAVNamespace.DAV, DAVNamespace.CALDAV]),
      "d:prop": asked(["d:getetag", "c:calendar-data"]),
      "d:href": paths,
    },
  };
  const init = { method: "REPORT" as const, namespace: "c", headers: { depth: "1" }, body };
  return toMultistatus(place.url, await davRequest({ url: place.url.href, init, fetch: guardedFetch(place) }));
}
