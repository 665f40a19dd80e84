import { requestWeb, WebTrouble } from "../web-request/index.ts";
import {
  type CalDavPlace,
  CalDavTrouble,
  findProperties,
  type Member,
  multiget,
  type Multistatus,
  syncReport,
  textOf,
} from "./caldav-request.ts";

/** One object as the server has it: usually one event with its exceptions. `href` is its path, decoded. */
export interface CalDavObject {
  readonly href: string;
  readonly etag: string | null;
  readonly text: string;
}

/** What is known from the reading before. */
export interface KnownState {
  readonly syncToken: string | null;
  /** The etag of every known object by its href. */
  readonly etags: ReadonlyMap<string, string | null>;
}

export interface CalDavChanges {
  readonly put: readonly CalDavObject[];
  /** Hrefs of known objects that are gone. */
  readonly gone: readonly string[];
  /** Null where the server has none: then everything is listed each time. */
  readonly syncToken: string | null;
}

const AT_ONCE = 40;
/** Servers may answer in parts (RFC 6578, section 3.6); more parts than this are no calendar. */
const MOST_PARTS = 200;
const MOST_OBJECTS = 50_000;
const LARGEST_CALENDAR = 60_000_000;
const LONGEST_READING_MS = 120_000;

/** Servers write the same path in several encodings; decoded they are the same. */
function keyOf(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Objects by key, with the path as the server wrote it. */
interface Listing {
  readonly present: Map<string, { readonly path: string; readonly etag: string | null }>;
  readonly removed: Set<string>;
  readonly syncToken: string | null;
  /** Whether `present` is everything there is. */
  readonly isWhole: boolean;
}

function isCollection({ path = "", properties }: Member): boolean {
  const { resourcetype } = properties;
  return path.endsWith("/") || (typeof resourcetype === "object" && resourcetype !== null && "collection" in resourcetype);
}

function add(listing: Pick<Listing, "present" | "removed">, { members }: Multistatus, own: string): void {
  for (const member of members) {
    const { path } = member;
    if (path === undefined || keyOf(path) === own || isCollection(member)) continue;
    if (member.status === 404 || member.status === 410) listing.removed.add(keyOf(path));
    else listing.present.set(keyOf(path), { path, etag: textOf(member.properties["getetag"]) ?? null });
    if (listing.present.size > MOST_OBJECTS)
      throw new WebTrouble(
        "too_large",
        `This calendar holds more than ${MOST_OBJECTS / 1_000},000 entries. Choose one with less in it.`,
      );
  }
}

/** The server says within its answer that there is more to come. */
function isPart({ members }: Multistatus, own: string): boolean {
  return members.some((one) => one.status === 507 && one.path !== undefined && keyOf(one.path) === own);
}

async function listBySync(place: CalDavPlace, syncToken: string): Promise<Listing> {
  const own = keyOf(place.url.pathname);
  const found = { present: new Map(), removed: new Set<string>() };
  let token = syncToken;
  for (let parts = 0; parts < MOST_PARTS; parts += 1) {
    const answer = await syncReport(place, token);
    if (answer.syncToken === undefined || answer.syncToken === "")
      throw new CalDavTrouble("unsupported", `${place.url.host} does not say what changed.`);
    add(found, answer, own);
    const before = token;
    token = answer.syncToken;
    if (!isPart(answer, own)) return { ...found, syncToken: token, isWhole: syncToken === "" };
    if (token === before) break;
  }
  throw new CalDavTrouble("server", `${place.url.host} lists its calendar without an end. It is tried again later.`);
}

async function listByProperties(place: CalDavPlace): Promise<Listing> {
  const own = keyOf(place.url.pathname);
  const answer = await findProperties(place, "1", ["d:getetag", "d:resourcetype"]);
  // A listing names the collection itself first (RFC 4918, section 9.1); without it this is no listing of ours.
  if (!answer.members.some((one) => one.path !== undefined && keyOf(one.path) === own))
    throw new CalDavTrouble("server", `${place.url.host} answered with nothing at all. It is tried again later.`);
  const found = { present: new Map(), removed: new Set<string>() };
  add(found, answer, own);
  return { ...found, syncToken: null, isWhole: true };
}

const isRefused = (error: unknown): boolean =>
  error instanceof CalDavTrouble && ["unsupported", "gone", "server"].includes(error.trouble);

/**
 * What changed; everything when the state we ask from is too old. Servers refuse an old token with 403, 409, 410 or 507 (RFC 6578,
 * section 3.2, names 403; others are met in the wild), some even with 404 or 500, so any refusal leads to a whole listing.
 */
async function list(place: CalDavPlace, { syncToken }: KnownState): Promise<Listing> {
  if (syncToken !== null) {
    try {
      return await listBySync(place, syncToken);
    } catch (error) {
      if (!isRefused(error)) throw error;
    }
  }
  try {
    return await listBySync(place, "");
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
  return listByProperties(place);
}

interface Wanted {
  readonly path: string;
  readonly etag: string | null;
}

/** One object at a time, for servers without multiget. Undefined: it is gone by now. */
async function fetchOne(place: CalDavPlace, { path, etag }: Wanted): Promise<CalDavObject | undefined> {
  const answer = await requestWeb({ ...place, url: new URL(path, place.url), headers: { accept: "text/calendar" } });
  if (answer.status === 404 || answer.status === 410) return undefined;
  if (answer.status !== 200 || !answer.text.includes("BEGIN:VCALENDAR"))
    throw new CalDavTrouble("server", `${answer.host} did not hand out an entry of the calendar (${answer.status}).`);
  return { href: keyOf(path), etag: answer.header("etag") ?? etag, text: answer.text };
}

/** Nothing from a server that has no multiget: then each object is asked for by itself. */
async function multigetIfAny(place: CalDavPlace, paths: readonly string[]): Promise<Multistatus> {
  try {
    return await multiget(place, paths);
  } catch (error) {
    if (error instanceof CalDavTrouble && error.trouble === "unsupported") return { members: [], syncToken: undefined };
    throw error;
  }
}

async function fetchSome(place: CalDavPlace, wanted: readonly Wanted[]): Promise<CalDavObject[]> {
  const answer = await multigetIfAny(
    place,
    wanted.map((one) => one.path),
  );
  const objects = new Map<string, CalDavObject>();
  const missing = new Set<string>();
  for (const { path, status, properties } of answer.members) {
    if (path === undefined) continue;
    const text = textOf(properties["calendarData"]);
    if (status === 404 || status === 410) missing.add(keyOf(path));
    else if (text)
      objects.set(keyOf(path), { href: keyOf(path), etag: textOf(properties["getetag"]) ?? null, text: `${text}\r\n` });
  }
  for (const one of wanted) {
    const key = keyOf(one.path);
    if (objects.has(key) || missing.has(key)) continue;
    // Not everything was handed out: ask for it by itself rather than go on without it.
    const object = await fetchOne(place, one);
    if (object) objects.set(key, object);
  }
  return [...objects.values()];
}

async function fetchObjects(place: CalDavPlace, wanted: readonly Wanted[], checkTime: () => void): Promise<CalDavObject[]> {
  const objects: CalDavObject[] = [];
  let size = 0;
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    checkTime();
    const some = await fetchSome(place, wanted.slice(from, from + AT_ONCE));
    for (const one of some) size += one.text.length;
    if (size > LARGEST_CALENDAR)
      throw new WebTrouble(
        "too_large",
        `This calendar is larger than ${LARGEST_CALENDAR / 1_000_000} MB. Choose one with less in it.`,
      );
    objects.push(...some);
  }
  return objects;
}

function timer(host: string): () => void {
  const started = performance.now();
  return () => {
    if (performance.now() - started > LONGEST_READING_MS)
      throw new WebTrouble("timeout", `${host} took too long to hand out the calendar. It is tried again later.`);
  };
}

/**
 * What changed in one calendar since the reading before: whole objects, never filtered or expanded by the server.
 * Throws CalDavTrouble or WebTrouble; then nothing is known to have changed.
 */
export async function readChanges(place: CalDavPlace, known: KnownState): Promise<CalDavChanges> {
  const checkTime = timer(place.url.host);
  const listing = await list(place, known);
  const isNew = ([key, { etag }]: [string, Wanted]): boolean =>
    etag === null || !known.etags.has(key) || known.etags.get(key) !== etag;
  const wanted = [...listing.present].filter(isNew).map(([, one]) => one);
  const put = await fetchObjects(place, wanted, checkTime);
  const arrived = new Set(put.map((one) => one.href));
  const isStillThere = (key: string): boolean => arrived.has(key) || (listing.present.has(key) && !listing.removed.has(key));
  const vanishedMeanwhile = wanted.map((one) => keyOf(one.path)).filter((key) => !arrived.has(key));
  const gone = [...known.etags.keys()].filter(
    (key) =>
      vanishedMeanwhile.includes(key) || (listing.isWhole ? !isStillThere(key) : listing.removed.has(key) && !arrived.has(key)),
  );
  return { put, gone, syncToken: listing.syncToken };
}
