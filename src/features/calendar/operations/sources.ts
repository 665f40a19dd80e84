import * as z from "zod";
import { AppError, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { line, optionalLine } from "../../../lib/text.ts";
import { decodeCalendar } from "../../../platform/calendar/index.ts";
import { instantText } from "../../../platform/clock.ts";
import { type Caller, readOperation, remoteOperation, writeOperation } from "../../../platform/operation.ts";
import { type Db, inTransaction } from "../../../platform/storage/database.ts";
import { maskedAddress } from "../../../platform/web-request/address.ts";
import { detailOf, sourceOf } from "../rules/showing.ts";
import { ReadingTrouble, troubleOfText } from "../rules/trouble.ts";
import { CalendarSource, type CalendarSourceTable, SourceDetail, SourceId } from "../schema.ts";
import { LONGEST_TEXT } from "../schema/expansion.ts";
import { listSourceRows, readSource as readRow, updateSource } from "../store/sources.ts";
import { forgetTexts } from "../store/texts.ts";
import { addFromAddress, addFromFile, besideField, refuseTwice, requireAddress } from "./adding.ts";
import { releaseSource } from "./following.ts";
import { type CalendarConfig, readSource } from "./reading.ts";
import { seal } from "./secrets.ts";

export async function requireSource(db: Db, owner: OwnerId, id: string): Promise<CalendarSourceTable> {
  const row = await readRow(db, owner, id);
  if (!row) throw notFound("This calendar");
  return row;
}

const allowPrivate = z
  .boolean()
  .default(false)
  .describe("Let it reach this machine and the network around it: for a calendar server of your own");

const name = optionalLine(120).describe("What you call it; its own name when absent");

export const AddressInput = z.object({
  address: line(4_000, "Paste the address of the calendar.").describe("The secret ICS address; it is kept sealed"),
  name,
  allowPrivate,
});

export const FileInput = z.object({
  name,
  text: z
    .string()
    .max(LONGEST_TEXT, { error: `This calendar is larger than ${LONGEST_TEXT / 1_000_000} MB. Export a shorter time.` })
    // What no store can keep is nothing that a calendar needs, and no reason to refuse the rest.
    .transform((text) => text.toWellFormed().replaceAll("\0", ""))
    .describe("The text of a calendar file (ICS)"),
});

export const listSources = readOperation({
  name: "calendar.sources",
  summary: "List the calendars that are read, when each was last read and what it held",
  input: z.object({}),
  output: z.object({ sources: z.array(CalendarSource) }),
  assistant: true,
  run: async ({ owner, db }) => ({ sources: (await listSourceRows(db, owner)).map(sourceOf) }),
});

export const showSource = readOperation({
  name: "calendar.showSource",
  summary: "Show one calendar: when it was read, what it holds, and what was set aside and why",
  input: SourceId,
  output: SourceDetail,
  assistant: true,
  run: async ({ owner, db }, { id }) => detailOf(await requireSource(db, owner, id)),
});

export const removeSource = writeOperation({
  name: "calendar.removeSource",
  summary: "Stop reading a calendar and forget its address and texts; the meetings that came from it stay",
  input: SourceId,
  output: z.object({ id: z.string() }),
  async run({ owner, tx, now }, { id }) {
    await requireSource(tx, owner, id);
    await releaseSource(tx, owner, now, id);
    await forgetTexts(tx, owner, id);
    await updateSource(tx, owner, now, id, {
      removed_at: instantText(now),
      sealed_address: null,
      sealed_login: null,
      shown_address: null,
      next_at: null,
      lease_token: null,
      lease_until: null,
      etag: null,
      last_modified: null,
      sync_token: null,
      set_aside: "[]",
      warnings: "[]",
    });
    return { id };
  },
});

/** Reads a source now and shows how it went. Somebody else may be reading it at this moment: then that reading counts. */
async function readAndShow(caller: Caller, config: CalendarConfig, id: string): Promise<SourceDetail> {
  const { owner, database, clock } = caller;
  await readSource({ database, clock, config }, owner, id, { whenDue: false });
  return detailOf(await requireSource(database.reader, owner, id));
}

/** The operations that ask a calendar's server. They need the installation's key, so they are made once the configuration is known. */
export function calendarSourceOperations(config: CalendarConfig) {
  const show = async ({ database, owner }: Caller, id: string): Promise<SourceDetail> =>
    detailOf(await requireSource(database.reader, owner, id));

  const addAddress = remoteOperation({
    name: "calendar.addAddress",
    summary: "Read a calendar from its ICS address from now on; the address is sealed with a key outside the database",
    input: AddressInput,
    output: SourceDetail,
    examples: [{ address: "https://calendar.example.org/ana/private-0123456789/basic.ics" }],
    run: async (caller, input) => show(caller, await addFromAddress(caller, config, input)),
  });

  const addFile = remoteOperation({
    name: "calendar.addFile",
    summary: "Take over the events of a calendar file (ICS); it is read once and does not change",
    input: FileInput,
    output: SourceDetail,
    fromFile: { field: "text", decode: decodeCalendar },
    maxInputBytes: 64_000_000,
    run: async (caller, input) => show(caller, await addFromFile(caller, input)),
  });

  const readNow = remoteOperation({
    name: "calendar.readNow",
    summary: "Read a calendar now instead of at its next turn",
    input: SourceId,
    output: SourceDetail,
    async run(caller, { id }) {
      await requireSource(caller.database.reader, caller.owner, id);
      return readAndShow(caller, config, id);
    },
  });

  const renewAddress = remoteOperation({
    name: "calendar.renewAddress",
    summary: "Give a calendar its new address, after the old one was withdrawn; its meetings stay",
    input: SourceId.extend({ address: AddressInput.shape.address, allowPrivate: z.boolean().optional() }),
    output: SourceDetail,
    async run(caller, input) {
      const { owner, database, clock } = caller;
      const { id } = input;
      const source = await requireSource(database.reader, owner, id);
      if (source.kind !== "address")
        throw new AppError("conflict", "This calendar has no address of its own. Remove it and add the new one.");
      const url = requireAddress("address", input.address);
      const allowed = input.allowPrivate ?? source.private_allowed_at !== null;
      await checkAddress(url, allowed, config);
      const now = clock.now();
      await inTransaction(database, async (tx) => {
        await refuseTwice(tx, owner, config, { url, except: id });
        await updateSource(tx, owner, now, id, {
          sealed_address: seal(url.href, config),
          shown_address: maskedAddress(url),
          private_allowed_at: allowed ? (source.private_allowed_at ?? instantText(now)) : null,
          etag: null,
          last_modified: null,
          lease_token: null,
          lease_until: null,
          next_at: instantText(now),
        });
      });
      return readAndShow(caller, config, id);
    },
  });

  const acceptShrink = remoteOperation({
    name: "calendar.acceptShrink",
    summary: "Say that the events which are gone from a calendar really are gone, so that it is believed again",
    input: SourceId,
    output: SourceDetail,
    async run(caller, { id }) {
      const { owner, database, clock } = caller;
      const source = await requireSource(database.reader, owner, id);
      if (source.shrunk_to === null) return detailOf(source);
      const now = clock.now();
      await inTransaction(database, (tx) => updateSource(tx, owner, now, id, { shrink_accepted_at: instantText(now) }));
      return readAndShow(caller, config, id);
    },
  });

  return { addAddress, addFile, readNow, renewAddress, acceptShrink };
}

/** Reads the calendar at a new address once, before the old one is given up. */
async function checkAddress(url: URL, allowed: boolean, config: CalendarConfig): Promise<void> {
  try {
    const { fetchText } = await import("./fetching.ts");
    const answer = await fetchText({ url, allowPrivate: allowed }, config.outside ?? {});
    const text = answer.state === "text" ? answer.text : "";
    const isWhole = /^BEGIN:VCALENDAR/imu.test(text) && /^END:VCALENDAR\s*$/imu.test(text.slice(-200));
    const trouble = troubleOfText(url.host, { text, isCalendar: text.includes("BEGIN:VCALENDAR"), isComplete: isWhole });
    if (trouble) throw trouble;
  } catch (error) {
    throw error instanceof ReadingTrouble ? besideField("address", error) : error;
  }
}
