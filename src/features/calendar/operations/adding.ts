import { AppError, invalidField } from "../../../lib/errors.ts";
import { newId, type OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Expansion } from "../../../platform/calendar/index.ts";
import type { Caller } from "../../../platform/operation.ts";
import { type Db, inTransaction, type Tx } from "../../../platform/storage/database.ts";
import { maskedAddress, webAddress } from "../../../platform/web-request/address.ts";
import { readOwner } from "../../account/index.ts";
import { nextReading } from "../rules/polling.ts";
import { ReadingTrouble, troubleAtSight, troubleOfText } from "../rules/trouble.ts";
import type { CalendarSourceTable } from "../schema.ts";
import { insertSource, listSourceRows } from "../store/sources.ts";
import { keepSnapshot, presentHash } from "../store/texts.ts";
import { followSource } from "./following.ts";
import { type CalendarConfig, expandText, factsOf, FIRST_READING_MS, textHash } from "./reading.ts";
import { openLogin, openUrl, seal } from "./secrets.ts";

/** More calendars than this are not what anybody has 1:1s in. */
const MOST_SOURCES = 50;

/** A trouble with what was typed belongs beside its field; one with the line or the server does not go away by typing. */
export function besideField(field: string, error: unknown): unknown {
  if (!(error instanceof ReadingTrouble)) return error;
  const { code, message } = error;
  const fields = [{ field: code === "own_network" ? "allowPrivate" : field, message }];
  // Only the owner can say whether their own network may be asked.
  if (code === "own_network") return new AppError("conflict", message, { fields });
  const isPassing = ["dns", "no_connection", "timeout", "server", "busy", "not_expanded"].includes(code);
  return new AppError(isPassing ? "unavailable" : "invalid", message, { fields });
}

/** The address that was pasted. Throws `invalid` beside `field`. */
export function requireAddress(field: string, text: string): URL {
  const url = webAddress(text);
  if (url) return url;
  throw invalidField(field, "Paste the whole address; it begins with https:// or webcal://.");
}

/** The server of an account: a bare name such as caldav.example.org will do. */
export function requireServer(text: string): URL {
  const isBareName = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:[:/]\S*)?$/u.test(text.trim());
  return requireAddress("address", isBareName ? `https://${text.trim()}` : text);
}

const hrefOf = (row: CalendarSourceTable, config: CalendarConfig): string | undefined => {
  try {
    return openUrl(row, config).href;
  } catch {
    return undefined;
  }
};

interface Wanted {
  readonly url: URL;
  /** The user of a CalDAV account. */
  readonly user?: string;
  /** The source that it is for, when there is one. */
  readonly except?: string;
}

/** Refuses a calendar that is read already: its meetings would be found twice. */
export async function refuseTwice(db: Db, owner: OwnerId, config: CalendarConfig, wanted: Wanted): Promise<void> {
  const { url, user, except } = wanted;
  const others = (await listSourceRows(db, owner)).filter((row) => row.id !== except);
  if (others.length >= MOST_SOURCES)
    throw new AppError("conflict", `You read ${MOST_SOURCES} calendars already. Remove one that you do not need.`);
  const same = others
    .filter((row) => row.sealed_address !== null && hrefOf(row, config) === url.href)
    .find((row) => row.sealed_login === null || openLogin(row, config).user === user);
  if (!same) return;
  const message = `This calendar is read already, as “${same.name}”.`;
  throw new AppError("conflict", message, { fields: [{ field: "address", message }] });
}

/** A row with nothing in it yet. */
export function newSource(
  owner: OwnerId,
  now: Temporal.Instant,
  given: Pick<CalendarSourceTable, "kind" | "name" | "shown_address" | "sealed_address" | "sealed_login"> & {
    readonly allowPrivate: boolean;
  },
): CalendarSourceTable {
  const at = instantText(now);
  const { allowPrivate, ...values } = given;
  return {
    owner_id: owner,
    id: newId(),
    ...values,
    private_allowed_at: allowPrivate ? at : null,
    last_tried_at: null,
    last_read_at: null,
    stale_since_at: null,
    stopped_at: null,
    fail_reason: null,
    fail_code: null,
    failures: 0,
    next_at: at,
    lease_token: null,
    lease_until: null,
    etag: null,
    last_modified: null,
    sync_token: null,
    event_count: null,
    ahead_count: null,
    set_aside: "[]",
    warnings: "[]",
    shrunk_to: null,
    shrink_accepted_at: null,
    followed_at: null,
    removed_at: null,
    created_at: at,
    updated_at: at,
  };
}

/** Values of a source that was read just now. */
function freshly(now: Temporal.Instant, kind: "address" | "file"): Partial<CalendarSourceTable> {
  const at = instantText(now);
  return {
    last_tried_at: at,
    last_read_at: at,
    followed_at: at,
    next_at: instantText(nextReading(now, kind, 0, Math.random())),
  };
}

/** Reads a text for the first time. Throws ReadingTrouble when it is not a whole calendar. */
async function firstReading(caller: Caller, text: string, from: string): Promise<Expansion> {
  const { database, owner, clock } = caller;
  const { zone } = await readOwner(database.reader, owner);
  const atSight = troubleAtSight(from, text);
  if (atSight) throw atSight;
  const expansion = await expandText(text, clock.now(), zone, FIRST_READING_MS);
  const trouble = troubleOfText(from, { text, ...expansion });
  if (trouble) throw trouble;
  return expansion;
}

interface FirstText {
  readonly text: string;
  readonly expansion: Expansion;
}

/** Keeps a source with its first text, and looks for 1:1s in it. */
async function keepFirst(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  row: CalendarSourceTable,
  { text, expansion }: FirstText,
): Promise<void> {
  await insertSource(tx, row);
  await keepSnapshot(tx, owner, now, row.id, { text, hash: textHash(text) });
  await followSource(tx, owner, now, row.id, expansion);
}

interface AddressInput {
  readonly address: string;
  readonly name: string;
  readonly allowPrivate: boolean;
}

/** Reads the calendar at an address and keeps it as a source. Nothing is kept when it cannot be read. */
export async function addFromAddress(caller: Caller, config: CalendarConfig, input: AddressInput): Promise<string> {
  const { owner, database, clock } = caller;
  const url = requireAddress("address", input.address);
  await refuseTwice(database.reader, owner, config, { url });
  try {
    const { fetchText } = await import("./fetching.ts");
    const answer = await fetchText({ url, allowPrivate: input.allowPrivate }, config.outside ?? {});
    const text = answer.state === "text" ? answer.text : "";
    const expansion = await firstReading(caller, text, url.host);
    const now = clock.now();
    const sealed_address = seal(url.href, config);
    const name = input.name || expansion.name || url.hostname;
    const shown_address = maskedAddress(url);
    const { allowPrivate } = input;
    const row = {
      ...newSource(owner, now, { kind: "address", name, shown_address, sealed_address, sealed_login: null, allowPrivate }),
      ...freshly(now, "address"),
      ...factsOf(text, expansion, now),
      ...(answer.state === "text" ? { etag: answer.etag, last_modified: answer.lastModified } : {}),
    };
    await inTransaction(database, async (tx) => {
      await refuseTwice(tx, owner, config, { url });
      await keepFirst(tx, owner, now, row, { text, expansion });
    });
    return row.id;
  } catch (error) {
    throw besideField("address", error);
  }
}

/** Refuses a file that was dropped before: its meetings would be found twice. */
async function refuseSameFile(db: Db, owner: OwnerId, hash: string): Promise<void> {
  for (const { id, kind, name } of await listSourceRows(db, owner)) {
    if (kind !== "file" || (await presentHash(db, owner, id)) !== hash) continue;
    const message = `This file was read already, as “${name}”.`;
    throw new AppError("conflict", message, { fields: [{ field: "text", message }] });
  }
}

/** Keeps the text of a dropped file as a source. */
export async function addFromFile(caller: Caller, { name, text }: { name: string; text: string }): Promise<string> {
  const { owner, database, clock } = caller;
  try {
    const expansion = await firstReading(caller, text, "The file");
    const now = clock.now();
    const facts = { kind: "file", shown_address: null, sealed_address: null, sealed_login: null, allowPrivate: false } as const;
    const row = {
      ...newSource(owner, now, { ...facts, name: name || expansion.name || "Calendar file" }),
      ...freshly(now, "file"),
      ...factsOf(text, expansion, now),
    };
    await inTransaction(database, async (tx) => {
      await refuseSameFile(tx, owner, textHash(text));
      await keepFirst(tx, owner, now, row, { text, expansion });
    });
    return row.id;
  } catch (error) {
    throw besideField("text", error);
  }
}
