import * as z from "zod";
import { invalidField } from "../../../lib/errors.ts";
import { type OwnerId } from "../../../lib/ids.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { addSuccessor, notePersonEnded, Person, requirePerson } from "../../people/index.ts";
import { dayAfter } from "../rules/days.ts";
import { firstOccurrenceAfter, lastDayProblem, ruleOn } from "../rules/rhythm.ts";
import { EndWithInput, HandOverInput, Series, type SeriesRule } from "../schema.ts";
import { insertPause, lockSeries, putRule, readRunningSeries } from "../store/series.ts";
import { followRules, todayOf } from "./planning.ts";
import { requireSeries } from "./reading.ts";
import { closeSeries, startSeries } from "./series.ts";

/** Ends the running series with a person, where there is one; returns it as it was. */
async function endRunning(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  personId: string,
  on: string,
): Promise<Series | undefined> {
  const problem = lastDayProblem(on, todayOf({ rules: [] }, now));
  if (problem) throw invalidField("on", problem);
  const running = await readRunningSeries(tx, owner, personId);
  if (!running) return undefined;
  await lockSeries(tx, owner, now, running.id);
  const series = await requireSeries(tx, owner, running.id);
  await closeSeries(tx, owner, now, running.id, on);
  return series;
}

export const handOver = writeOperation({
  name: "meetings.handOver",
  summary: "Go on with a new manager after a last day; the history with the old one stays",
  input: HandOverInput,
  output: z.object({ person: Person, series: Series.nullable() }),
  examples: [{ personId: "0199…", name: "Noor Haddad", email: "noor@example.org", on: "2026-03-31" }],
  async run({ owner, tx, now }, { personId, name, email = null, on }) {
    const before = await notePersonEnded(tx, owner, now, personId, on);
    const person = await addSuccessor(tx, owner, now, before, { name, email });
    const old = await endRunning(tx, owner, now, personId, on);
    const firstOn = old && firstOccurrenceAfter(old.rules, on);
    if (!old || !firstOn) return { person, series: null };
    const rule = { ...(ruleOn(old.rules, firstOn) as SeriesRule), fromOn: dayAfter(on), firstOn };
    const series = await startSeries(tx, owner, now, person.id, rule);
    const laterRules = old.rules.filter((one) => one.fromOn > firstOn);
    for (const one of laterRules) await putRule(tx, owner, now, series.id, one);
    const pauses = old.pauses.filter((pause) => pause.untilOn === null || pause.untilOn > on);
    for (const pause of pauses) await insertPause(tx, owner, now, series.id, pause.fromOn, pause.untilOn);
    if (laterRules.length + pauses.length > 0) await followRules(tx, owner, now, series.id);
    return { person, series: await requireSeries(tx, owner, series.id) };
  },
});

export const endWith = writeOperation({
  name: "meetings.endWith",
  summary: "Note the last day with a person; the series ends with it, everything written stays",
  input: EndWithInput,
  output: Person,
  async run({ owner, tx, now }, { personId, on }) {
    await notePersonEnded(tx, owner, now, personId, on);
    await endRunning(tx, owner, now, personId, on);
    return requirePerson(tx, owner, personId);
  },
});
