import { createHash } from "node:crypto";
import { AppError } from "../../../lib/errors.ts";
import { newSecret, type OwnerId } from "../../../lib/ids.ts";
import { type Clock, instantText } from "../../../platform/clock.ts";
import { expandInWorker, type Expansion } from "../../../platform/calendar/index.ts";
import type { KeySource } from "../../../platform/keys/seal.ts";
import { type Database, type Db, inTransaction, type Tx } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { isTimeToFollow, nextReading, READING_LEASE } from "../rules/polling.ts";
import { eventsAhead, hasShrunk, uidsIn, type WholeReading } from "../rules/shrinking.ts";
import { ReadingTrouble, troubleAtSight, troubleOfText } from "../rules/trouble.ts";
import { followWindow } from "../rules/window.ts";
import type { CalendarSourceTable, SetAside, SourceWarning } from "../schema.ts";
import { claimSource, finishReading } from "../store/sources.ts";
import { changeObjects, keepSnapshot, listObjects, type ObjectChanges, presentSnapshot, sourceTexts } from "../store/texts.ts";
import type { Outside } from "./fetching.ts";
import { followSource } from "./following.ts";
import { openLogin, openUrl } from "./secrets.ts";

/** Everything that reading a source needs beside the source. */
export interface ReaderParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly config: CalendarConfig;
}

/** What calendars need to know of the installation: the key for their addresses, and how the outside is reached. */
export interface CalendarConfig extends KeySource {
  readonly outside?: Outside | undefined;
}

/** How a reading ended. "busy": somebody else is reading this source, or it is not due, or it is gone. */
export type ReadingEnd = "read" | "failed" | "busy";

const MOST_NAMED = 200;
/** Nobody waits for a reading that happens by itself. */
const PATIENT_MS = 10_000;
/** Somebody waits for the first reading, but a busy machine must not make a good calendar look like a bad one. */
export const FIRST_READING_MS = 4_000;

/** A new text of the whole calendar, and what is to be kept of it. */
interface NewText {
  readonly text: string;
  readonly values: Partial<CalendarSourceTable>;
  keep(tx: Tx, now: Temporal.Instant): Promise<void>;
}

interface Fetched {
  /** Undefined: nothing changed since the reading before. */
  readonly changed?: NewText | undefined;
  readonly values: Partial<CalendarSourceTable>;
}

/** What servers write anew with every answer says nothing about the calendar. */
export function textHash(text: string): string {
  return createHash("sha256")
    .update(text.replace(/^(?:DTSTAMP|LAST-MODIFIED)[;:].*$/gmu, ""))
    .digest("hex");
}

/** Unrolls a calendar over the months in which meetings follow it. Throws ReadingTrouble when that cannot be done. */
export async function expandText(text: string, now: Temporal.Instant, zone: string, deadlineMs: number): Promise<Expansion> {
  try {
    return await expandInWorker(text, { ...followWindow(now), zone }, { deadlineMs });
  } catch (error) {
    if (error instanceof AppError) throw new ReadingTrouble("not_expanded", error.message);
    throw error;
  }
}

/** What a source tells about a reading that was believed. */
export function factsOf(text: string, expansion: Expansion, now: Temporal.Instant): Partial<CalendarSourceTable> {
  const setAside: SetAside[] = expansion.setAside
    .slice(0, MOST_NAMED)
    .map(({ uid, summary, line, why }) => ({ uid: uid || null, summary: summary || null, line, why }));
  const warnings: SourceWarning[] = expansion.warnings
    .slice(0, MOST_NAMED)
    .map(({ code, message, uid }) => ({ code, message, uid: uid ?? null }));
  return {
    event_count: uidsIn(text).size,
    ahead_count: eventsAhead(expansion, now).size,
    set_aside: JSON.stringify(setAside),
    warnings: JSON.stringify(warnings),
  };
}

export const JOINED_BY = "\r\n";

async function fetchFromAddress(parts: ReaderParts, owner: OwnerId, source: CalendarSourceTable): Promise<Fetched> {
  const { fetchText } = await import("./fetching.ts");
  const { etag, last_modified: lastModified } = source;
  const asked = { url: openUrl(source, parts.config), allowPrivate: source.private_allowed_at !== null, etag, lastModified };
  const before = await presentSnapshot(parts.database.reader, owner, source.id);
  // Without a text of our own "not changed" would be of no use.
  const answer = await fetchText(before ? asked : { ...asked, etag: null, lastModified: null }, parts.config.outside ?? {});
  if (answer.state === "unchanged") return { values: {} };
  const values = { etag: answer.etag, last_modified: answer.lastModified };
  const { text } = answer;
  const hash = textHash(text);
  if (before?.text_hash === hash) return { values };
  return { changed: { text, values, keep: (tx, now) => keepSnapshot(tx, owner, now, source.id, { text, hash }) }, values: {} };
}

async function fetchFromAccount(parts: ReaderParts, owner: OwnerId, source: CalendarSourceTable): Promise<Fetched> {
  const { fetchChanges } = await import("./fetching.ts");
  const place = {
    url: openUrl(source, parts.config),
    login: openLogin(source, parts.config),
    allowPrivate: source.private_allowed_at !== null,
  };
  const objects = await listObjects(parts.database.reader, owner, source.id);
  const known = { syncToken: source.sync_token, etags: new Map(objects.map((one) => [one.href, one.etag])) };
  const { put, gone, syncToken } = await fetchChanges(place, known, parts.config.outside ?? {});
  const values = { sync_token: syncToken };
  const changes: ObjectChanges = { put, gone };
  if (put.length === 0 && gone.length === 0) return { values };
  const texts = new Map(objects.map((one) => [one.href, one.text]));
  for (const href of gone) texts.delete(href);
  for (const one of put) texts.set(one.href, one.text);
  const text = [...texts.values()].join(JOINED_BY);
  return { changed: { text, values, keep: (tx, now) => changeObjects(tx, owner, now, source.id, changes) }, values: {} };
}

function fetchSource(parts: ReaderParts, owner: OwnerId, source: CalendarSourceTable): Promise<Fetched> {
  if (source.kind === "address") return fetchFromAddress(parts, owner, source);
  return source.kind === "caldav" ? fetchFromAccount(parts, owner, source) : Promise.resolve({ values: {} });
}

/** The text that was believed last, joined; "" when there is none. */
async function textBefore(db: Db, owner: OwnerId, sourceId: string): Promise<string> {
  return (await sourceTexts(db, owner, sourceId)).join(JOINED_BY);
}

interface Reading {
  readonly values: Partial<CalendarSourceTable>;
  readonly expansion?: Expansion;
  keep?(tx: Tx, now: Temporal.Instant): Promise<void>;
}

/** Keeps the meetings where they are until the owner has said that the events really are gone. */
class ShrunkTrouble extends ReadingTrouble {
  readonly shrunkTo: number;

  constructor(shrunkTo: number) {
    super(
      "shrunk",
      "Over half of the events are gone from this calendar. Nothing was taken over until you say that this is right.",
    );
    this.shrunkTo = shrunkTo;
  }
}

async function believe(
  parts: ReaderParts,
  owner: OwnerId,
  source: CalendarSourceTable,
  { changed, values }: Fetched,
): Promise<Reading> {
  const { database, clock } = parts;
  const now = clock.now();
  const { zone } = await readOwner(database.reader, owner);
  if (!changed && !isTimeToFollow(now, source.followed_at)) return { values };
  const before = await textBefore(database.reader, owner, source.id);
  if (!changed) {
    const expansion = await expandText(before, now, zone, PATIENT_MS);
    return { values: { ...values, ...factsOf(before, expansion, now) }, expansion };
  }
  const { text } = changed;
  const isEmptyAccount = source.kind === "caldav" && text === "";
  const from = source.kind === "caldav" ? "The server" : (source.shown_address?.split("/")[0] ?? "The file");
  const atSight = isEmptyAccount ? undefined : troubleAtSight(from, text);
  if (atSight) throw atSight;
  const expansion = await expandText(text, now, zone, PATIENT_MS);
  const trouble = isEmptyAccount ? undefined : troubleOfText(from, { text, ...expansion });
  if (trouble) throw trouble;
  if (before !== "" && source.shrink_accepted_at === null) {
    const earlier: WholeReading = { text: before, expansion: await expandText(before, now, zone, PATIENT_MS) };
    if (hasShrunk(earlier, { text, expansion }, now)) throw new ShrunkTrouble(uidsIn(text).size);
  }
  return {
    values: { ...values, ...changed.values, ...factsOf(text, expansion, now) },
    expansion,
    keep: (tx, at) => changed.keep(tx, at),
  };
}

async function concludeGood(
  parts: ReaderParts,
  owner: OwnerId,
  source: CalendarSourceTable,
  reading: Reading,
): Promise<ReadingEnd> {
  const now = parts.clock.now();
  const at = instantText(now);
  return inTransaction(parts.database, async (tx) => {
    const { expansion } = reading;
    const isOurs = await finishReading(tx, owner, now, source, {
      ...reading.values,
      last_read_at: at,
      stale_since_at: null,
      stopped_at: null,
      fail_reason: null,
      fail_code: null,
      failures: 0,
      next_at: instantText(nextReading(now, source.kind, 0, Math.random())),
      shrunk_to: null,
      shrink_accepted_at: null,
      ...(expansion ? { followed_at: at } : {}),
    });
    if (!isOurs) return "busy";
    await reading.keep?.(tx, now);
    if (expansion) await followSource(tx, owner, now, source.id, expansion);
    return "read";
  });
}

async function concludeBad(
  parts: ReaderParts,
  owner: OwnerId,
  source: CalendarSourceTable,
  trouble: ReadingTrouble,
): Promise<ReadingEnd> {
  const now = parts.clock.now();
  const at = instantText(now);
  const failures = source.failures + 1;
  const isOurs = await inTransaction(parts.database, (tx) =>
    finishReading(tx, owner, now, source, {
      stale_since_at: source.stale_since_at ?? at,
      stopped_at: trouble.stops ? at : null,
      fail_reason: trouble.message,
      fail_code: trouble.code,
      failures,
      next_at: trouble.stops ? null : instantText(nextReading(now, source.kind, failures, Math.random())),
      shrunk_to: trouble instanceof ShrunkTrouble ? trouble.shrunkTo : null,
    }),
  );
  return isOurs ? "failed" : "busy";
}

/** The program stops while it reads: somebody else may read the source at once. */
async function giveBack(parts: ReaderParts, owner: OwnerId, source: CalendarSourceTable): Promise<ReadingEnd> {
  await inTransaction(parts.database, (tx) => finishReading(tx, owner, parts.clock.now(), source, {}));
  return "busy";
}

/**
 * Reads one source and brings the meetings that follow it up to date. Two processes that try at once read it once: a lease is taken
 * by a conditional update. Whatever goes wrong, what was read before stays.
 */
export async function readSource(
  parts: ReaderParts,
  owner: OwnerId,
  id: string,
  { whenDue }: { readonly whenDue: boolean },
): Promise<ReadingEnd> {
  const { database, clock, config } = parts;
  const now = clock.now();
  const lease = { token: newSecret(), until: now.add(READING_LEASE), whenDue };
  const source = await inTransaction(database, (tx) => claimSource(tx, owner, now, id, lease));
  if (!source) return "busy";
  try {
    const reading = await believe(parts, owner, source, await fetchSource(parts, owner, source));
    return await concludeGood(parts, owner, source, reading);
  } catch (error) {
    if (config.outside?.signal?.aborted) return giveBack(parts, owner, source);
    if (error instanceof ReadingTrouble) return concludeBad(parts, owner, source, error);
    await giveBackLater(parts, owner, source);
    throw error;
  }
}

/** An error of our own: the source is tried again at its next turn, and the log says what it was. */
async function giveBackLater(parts: ReaderParts, owner: OwnerId, source: CalendarSourceTable): Promise<void> {
  await concludeBad(
    parts,
    owner,
    source,
    new ReadingTrouble("unexpected", "Something went wrong here while this calendar was read. It is tried again later."),
  );
}
