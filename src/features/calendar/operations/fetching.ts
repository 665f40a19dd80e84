import { type CalDavChanges, type KnownState, readChanges } from "../../../platform/calendar/caldav-reading.ts";
import { findCalendars, type FoundCalendar } from "../../../platform/calendar/caldav-discovery.ts";
import { CalDavTrouble } from "../../../platform/calendar/caldav-request.ts";
import { decodeCalendar } from "../../../platform/calendar/decode.ts";
import { requestWeb, type Resolve, WebTrouble } from "../../../platform/web-request/index.ts";
import { ReadingTrouble, troubleOfStatus } from "../rules/trouble.ts";

/** How the outside is reached; tests change it. */
export interface Outside {
  /** Certificates to trust beside the usual ones, as PEM. */
  readonly trusted?: string | undefined;
  readonly resolve?: Resolve | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Login {
  readonly user: string;
  readonly password: string;
}

interface Asked {
  readonly url: URL;
  readonly allowPrivate: boolean;
  readonly etag?: string | null;
  readonly lastModified?: string | null;
}

/** What an address answered with; "unchanged" when it said so itself (304). */
export type FetchedText =
  | { readonly state: "unchanged" }
  | { readonly state: "text"; readonly text: string; readonly etag: string | null; readonly lastModified: string | null };

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What stands before the host (https://user:password@…) goes into the login, as browsers do it. */
function splitLogin(address: URL): { url: URL; login?: Login } {
  const url = new URL(address);
  const login = { user: decoded(url.username), password: decoded(url.password) };
  url.username = "";
  url.password = "";
  return login.user === "" ? { url } : { url, login };
}

function conditions({ etag, lastModified }: Asked): Record<string, string> {
  return {
    ...(etag ? { "if-none-match": etag } : {}),
    ...(lastModified ? { "if-modified-since": lastModified } : {}),
  };
}

/** Throws ReadingTrouble in the place of what the platform throws. */
async function troubleInWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof WebTrouble) throw new ReadingTrouble(error.trouble, error.message);
    if (error instanceof CalDavTrouble)
      throw new ReadingTrouble(error.trouble, error.message, error.trouble === "login" || error.trouble === "gone");
    throw error;
  }
}

/** The calendar at an address. Throws ReadingTrouble. */
export async function fetchText(asked: Asked, outside: Outside): Promise<FetchedText> {
  const headers = { accept: "text/calendar, */*;q=0.1", ...conditions(asked) };
  const { allowPrivate } = asked;
  const answer = await troubleInWords(requestWeb({ ...outside, ...splitLogin(asked.url), allowPrivate, headers }));
  if (answer.status === 304) return { state: "unchanged" };
  const trouble = troubleOfStatus(answer.host, answer.status);
  if (trouble) throw trouble;
  const isNamed = /charset=/iu.test(answer.header("content-type") ?? "");
  // Calendars folded in the middle of a character are read right only from their bytes.
  const text =
    isNamed && !/charset="?utf-?8/iu.test(answer.header("content-type") ?? "") ? answer.text : decodeCalendar(answer.bytes);
  return {
    state: "text",
    text: text.replaceAll("\0", ""),
    etag: answer.header("etag") ?? null,
    lastModified: answer.header("last-modified") ?? null,
  };
}

interface AccountPlace {
  readonly url: URL;
  readonly login: Login;
  readonly allowPrivate: boolean;
}

/** What changed in one calendar of an account. Throws ReadingTrouble. */
export function fetchChanges(place: AccountPlace, known: KnownState, outside: Outside): Promise<CalDavChanges> {
  return troubleInWords(readChanges({ ...outside, ...place }, known));
}

/** The calendars with events of an account. Throws ReadingTrouble. */
export function fetchCalendars(place: AccountPlace, outside: Outside): Promise<FoundCalendar[]> {
  return troubleInWords(findCalendars({ ...outside, ...place }));
}
