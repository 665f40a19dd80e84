import * as z from "zod";
import { invalidField, notFound } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { listPeople } from "../../people/index.ts";
import { findOneToOne, type FindingFacts } from "../rules/finding.ts";
import { fingerprintOf, zoneOf } from "../rules/finding-series.ts";
import { folded } from "../rules/finding-titles.ts";
import { Candidate, type EventSeries, SeriesRef, TitleRule, TitleRuleInput } from "../schema/following.ts";
import {
  deleteDismissal,
  deleteTitleRule,
  type KeptSeries,
  listDismissals,
  listEventSeries,
  listTitleRuleRows,
  putDismissal,
  putTitleRule,
  readEventSeries,
} from "../store/finding.ts";
import { listFollowings, listUids } from "../store/following.ts";
import { selfIn } from "./following.ts";

const MOST_SHOWN = 40;

/** An event series of a calendar, or AppError `not_found`: also when it is somebody else's or has no more dates. */
export async function requireEventSeries(db: Db, owner: OwnerId, sourceId: string, key: string): Promise<EventSeries> {
  const series = await readEventSeries(db, owner, sourceId, key);
  if (!series) throw notFound("This event");
  return series;
}

/** What the search for 1:1s depends on beside one event series. */
export async function findingFacts(
  db: Db,
  owner: OwnerId,
  now: Temporal.Instant,
  events: readonly EventSeries[],
): Promise<FindingFacts> {
  const { people } = await listPeople.run({ owner, db, now }, {});
  const rules = await listTitleRuleRows(db, owner);
  return {
    self: await selfIn(db, owner, events),
    people: people.filter((one) => one.endedOn === null),
    titleRules: rules.map((rule) => ({ key: rule.phrase_key, phrase: rule.phrase, verdict: rule.verdict })),
  };
}

interface Place {
  readonly now: Temporal.Instant;
  readonly zone: string;
}

function toCandidate({ sourceId, series }: KeptSeries, facts: FindingFacts, { now, zone }: Place): Candidate | undefined {
  const next = series.instances.find((one) => one.startsAt > instantText(now));
  const finding = next && findOneToOne(series, facts);
  if (!finding) return undefined;
  return {
    sourceId,
    seriesKey: series.key,
    title: series.title,
    name: finding.name,
    email: finding.email,
    personId: finding.personId,
    isLikely: finding.isLikely,
    score: finding.score,
    reasons: [...finding.reasons],
    rhythm: series.rhythm,
    minutes: series.minutes,
    nextStartAt: next.startsAt,
    zone: zoneOf(next.zone, zone),
  };
}

/** What nobody has decided about yet: neither followed nor said to be something else. */
async function undecided(db: Db, owner: OwnerId, all: readonly KeptSeries[], facts: FindingFacts): Promise<KeptSeries[]> {
  const followings = await listFollowings(db, owner);
  const uids = await listUids(
    db,
    owner,
    followings.map((one) => one.id),
  );
  const followed = new Set(followings.flatMap((one) => [...(uids.get(one.id) ?? [])].map((uid) => `${one.source_id} ${uid}`)));
  const dismissals = await listDismissals(db, owner);
  const keys = new Set(dismissals.map((one) => `${one.source_id} ${one.series_key}`));
  const prints = new Set(dismissals.map((one) => one.fingerprint).filter((one) => one !== null));
  return all.filter(({ sourceId, series }) => {
    if (series.uids.some((uid) => followed.has(`${sourceId} ${uid}`)) || keys.has(`${sourceId} ${series.key}`)) return false;
    const fingerprint = prints.size > 0 ? fingerprintOf(series, facts.self) : null;
    return fingerprint === null || !prints.has(fingerprint);
  });
}

/** The same event in two calendars is offered once. */
function onlyOnce(all: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return all.filter((one) => {
    const what = [folded(one.title), one.nextStartAt, one.name].join("\n");
    if (seen.has(what)) return false;
    seen.add(what);
    return true;
  });
}

export const listCandidates = readOperation({
  name: "calendar.candidates",
  summary: "List the events of your calendars that look like 1:1s, the likeliest first, each with the reasons in words",
  input: z.object({}),
  output: z.object({ candidates: z.array(Candidate) }),
  async run({ owner, db, now }) {
    const all = await listEventSeries(db, owner);
    if (all.length === 0) return { candidates: [] };
    const facts = await findingFacts(
      db,
      owner,
      now,
      all.map((one) => one.series),
    );
    const { zone } = await readOwner(db, owner);
    const found = (await undecided(db, owner, all, facts)).flatMap((one) => toCandidate(one, facts, { now, zone }) ?? []);
    const ordered = found.toSorted((a, b) => b.score - a.score || ((a.nextStartAt ?? "") < (b.nextStartAt ?? "") ? -1 : 1));
    return { candidates: onlyOnce(ordered).slice(0, MOST_SHOWN) };
  },
});

export const dismissCandidate = writeOperation({
  name: "calendar.dismiss",
  summary: "Say that an event of your calendar is not a 1:1; it is not offered again, nor what continues it",
  input: SeriesRef,
  output: SeriesRef.extend({ title: z.string() }),
  async run({ owner, tx, now }, { sourceId, seriesKey }) {
    const series = await requireEventSeries(tx, owner, sourceId, seriesKey);
    const self = await selfIn(
      tx,
      owner,
      (await listEventSeries(tx, owner, sourceId)).map((one) => one.series),
    );
    await putDismissal(tx, owner, now, {
      source_id: sourceId,
      series_key: seriesKey,
      title: series.title,
      fingerprint: fingerprintOf(series, self),
    });
    return { sourceId, seriesKey, title: series.title };
  },
});

export const listDismissed = readOperation({
  name: "calendar.dismissed",
  summary: "List the events that you said are not 1:1s",
  input: z.object({}),
  output: z.object({ dismissed: z.array(SeriesRef.extend({ title: z.string() })) }),
  async run({ owner, db }) {
    const rows = await listDismissals(db, owner);
    return { dismissed: rows.map((row) => ({ sourceId: row.source_id, seriesKey: row.series_key, title: row.title })) };
  },
});

export const offerAgain = writeOperation({
  name: "calendar.offerAgain",
  summary: "Take back that an event is not a 1:1",
  input: SeriesRef,
  output: SeriesRef,
  async run({ owner, tx }, { sourceId, seriesKey }) {
    if (!(await deleteDismissal(tx, owner, sourceId, seriesKey))) throw notFound("This event");
    return { sourceId, seriesKey };
  },
});

export const listTitleRules = readOperation({
  name: "calendar.titleRules",
  summary: "List what you said about titles: which always are a 1:1, which never",
  input: z.object({}),
  output: z.object({ rules: z.array(TitleRule) }),
  async run({ owner, db }) {
    const rows = await listTitleRuleRows(db, owner);
    return { rules: rows.map(({ id, phrase, verdict }) => ({ id, phrase, verdict })) };
  },
});

export const keepTitleRule = writeOperation({
  name: "calendar.keepTitleRule",
  summary: "Say that events with some words in their title always, or never, are a 1:1",
  input: TitleRuleInput,
  output: TitleRule,
  examples: [{ phrase: "Book club", verdict: "never" }],
  async run({ owner, tx, now }, { phrase, verdict }) {
    const key = folded(phrase);
    if (key === "") throw invalidField("phrase", "Write the words that the title holds.");
    const row = await putTitleRule(tx, owner, now, { phrase, key, verdict });
    return { id: row.id, phrase: row.phrase, verdict: row.verdict };
  },
});

export const dropTitleRule = writeOperation({
  name: "calendar.dropTitleRule",
  summary: "Forget what you said about a title",
  input: z.object({ id: z.string() }),
  output: z.object({ id: z.string() }),
  async run({ owner, tx }, { id }) {
    if (!(await deleteTitleRule(tx, owner, id))) throw notFound("This rule");
    return { id };
  },
});
