import * as z from "zod";
import { dayIn } from "../../../lib/dates.ts";
import { notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation } from "../../../platform/operation.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { requirePerson } from "../../people/index.ts";
import { asksAgain, daysSince, inOrder, isSettled, lineFor, saidOn, stateOf, toRevisit, waitsIn } from "../rules/seeds.ts";
import { ListInput, type Mention, Seed, SeedDetail, SeedHistory, SeedRef, type SeedTable } from "../schema.ts";
import { listMentionRows, type MentionRow } from "../store/mentions.ts";
import { listEvents, listSeedRows } from "../store/seeds.ts";

/** The calendar day it is for the owner. */
export async function todayOf(db: Db, owner: OwnerId, now: Temporal.Instant): Promise<Temporal.PlainDate> {
  return dayIn((await readOwner(db, owner)).zone, now);
}

function byMention(rows: readonly MentionRow[]): MentionRow[][] {
  return [...Map.groupBy(rows, (row) => row.id).values()];
}

function toMention(rows: readonly MentionRow[]): Mention {
  const [first] = rows as [MentionRow];
  const { id, person_id, meeting_id, item_id, said } = first;
  return { id, personId: person_id, meetingId: meeting_id, itemId: item_id, saidOn: saidOn(rows), said };
}

interface Present {
  readonly now: Temporal.Instant;
  readonly today: Temporal.PlainDate;
}

/** A seed with what follows from its mentions. What another person heard of it, such as the manager before, does not count. */
function toSeed(row: SeedTable, all: readonly MentionRow[], { now, today }: Present): Seed {
  const rows = all.filter((one) => one.person_id === row.person_id);
  const days = byMention(rows)
    .flatMap((one) => saidOn(one) ?? [])
    .toSorted();
  const plantedOn = days[0] ?? null;
  const lastMentionedOn = days.at(-1) ?? null;
  const state = stateOf(row, days.length);
  const since = daysSince(lastMentionedOn, today);
  return {
    id: row.id,
    personId: row.person_id,
    text: row.text,
    state,
    plantedOn,
    lastMentionedOn,
    daysSince: since,
    timesSaid: days.length,
    waitsIn: waitsIn(rows, instantText(now)),
    asksAgain: asksAgain(state, since),
    line: lineFor({ text: row.text, opening: row.opening, plantedOn }),
    openedOn: row.opened_on,
    opening: row.opening,
    settledOn: row.settled_on,
    reason: row.reason,
    restedOn: row.rested_on,
  };
}

interface Read {
  readonly seed: Seed;
  readonly rows: readonly MentionRow[];
}

async function readSeeds(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  filter: { readonly personId?: string | undefined; readonly id?: string },
): Promise<Read[]> {
  const found = await listSeedRows(db, owner, filter);
  const ids = found.map((row) => row.id);
  const rows = Map.groupBy(await listMentionRows(db, owner, ids), (row) => row.seed_id);
  const present = { now, today: await todayOf(db, owner, now) };
  return found.map((row) => ({ seed: toSeed(row, rows.get(row.id) ?? [], present), rows: rows.get(row.id) ?? [] }));
}

/** A seed with its mentions, or AppError `not_found`: also when it is somebody else's. */
export async function requireSeed(db: Db, owner: OwnerId, now: Temporal.Instant, id: string): Promise<SeedDetail> {
  const [found] = await readSeeds(db, owner, now, { id });
  if (!found) throw notFound("This seed");
  // What is noted last is said last, unless its day says otherwise; what waits comes first.
  const mentions = byMention(found.rows).map(toMention).toReversed();
  const sorted = mentions.toSorted((a, b) => ((a.saidOn ?? "9") < (b.saidOn ?? "9") ? 1 : -1));
  return { seed: found.seed, mentions: sorted };
}

/** What a preparation has of seeds already. */
interface Preparing {
  readonly personId: string;
  readonly meetingId: string;
  /** Lines that stand in the preparation or came over into it, by the items that they began as. */
  readonly itemIds: ReadonlySet<string>;
}

/**
 * The one seed that a preparation is asked to mention again: the one that waits longest, after 45 days without a word or when it was
 * never said. None when the preparation has a line about a seed already (S39). For the agenda.
 */
export async function seedToRevisit(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  { personId, meetingId, itemIds }: Preparing,
): Promise<Seed | undefined> {
  const read = await readSeeds(db, owner, now, { personId });
  const isThere = ({ seed, rows }: Read): boolean =>
    seed.waitsIn === meetingId || rows.some((row) => row.item_id !== null && itemIds.has(row.item_id));
  if (read.some(isThere)) return undefined;
  return toRevisit(read.map(({ seed }) => seed));
}

export const listSeeds = readOperation({
  name: "seeds.list",
  summary: "List the wishes you planted, the longest silence first: how far each is, and days since it was last mentioned",
  input: ListInput,
  output: z.object({ seeds: z.array(Seed) }),
  assistant: true,
  async run({ owner, db, now }, { personId, all }) {
    if (personId !== undefined) await requirePerson(db, owner, personId);
    const seeds = (await readSeeds(db, owner, now, { personId })).map(({ seed }) => seed);
    const living = inOrder(seeds.filter((seed) => !isSettled(seed.state)));
    return { seeds: all ? [...living, ...seeds.filter((seed) => isSettled(seed.state)).toReversed()] : living };
  },
});

export const showSeed = readOperation({
  name: "seeds.show",
  summary: "Show one seed and when it was mentioned to whom",
  input: SeedRef,
  output: SeedDetail,
  assistant: true,
  run: ({ owner, db, now }, { id }) => requireSeed(db, owner, now, id),
});

export const showSeedHistory = readOperation({
  name: "seeds.history",
  summary: "Show everything that happened to a seed, the latest first: earlier words, mentions, what opened, yes or no",
  input: SeedRef,
  output: SeedHistory,
  assistant: true,
  async run({ owner, db, now }, { id }) {
    const { seed, mentions } = await requireSeed(db, owner, now, id);
    const events = (await listEvents(db, owner, id)).map(({ happening, happened_on, note }) => ({
      happening,
      happenedOn: happened_on,
      note,
      meetingId: null,
    }));
    const said = mentions.flatMap(({ saidOn: on, said: note, meetingId }) =>
      on === null ? [] : [{ happening: "said" as const, happenedOn: on, note, meetingId }],
    );
    const inTime = [...said.toReversed(), ...events].toSorted((a, b) =>
      a.happenedOn < b.happenedOn ? -1 : a.happenedOn > b.happenedOn ? 1 : 0,
    );
    return { seed, events: inTime.toReversed() };
  },
});
