import * as z from "zod";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import { requireMeeting } from "../../meetings/index.ts";
import { median } from "../rules/usual-time.ts";
import { PreparationTimes, TimeInput } from "../schema.ts";
import { addActiveSeconds, listActiveSeconds } from "../store.ts";
import { requireAgenda } from "./requiring.ts";

const LATEST = 6;
const FEWEST = 3;

export const noteTime = writeOperation({
  name: "agenda.noteTime",
  summary: "Add seconds of active preparation to those measured so far (S27); from the start of the meeting on, none are added",
  input: TimeInput,
  output: z.object({ activeSeconds: z.number().int() }),
  async run({ owner, tx, now }, { meetingId, seconds }) {
    const { startsAt } = await requireMeeting(tx, owner, meetingId);
    const { active_seconds } = await requireAgenda(tx, owner, meetingId);
    // Whoever looks into the agenda while they talk does not prepare any more.
    if (Temporal.Instant.compare(now, Temporal.Instant.from(startsAt)) >= 0) return { activeSeconds: active_seconds };
    await addActiveSeconds(tx, owner, meetingId, seconds);
    return { activeSeconds: active_seconds + seconds };
  },
});

export const preparationTimes = readOperation({
  name: "agenda.preparationTimes",
  summary: "Show how long your finished preparations took: the median of active time, for yourself only",
  input: z.object({}),
  output: PreparationTimes,
  async run({ owner, db }) {
    const times = await listActiveSeconds(db, owner, LATEST);
    return { counted: times.length, medianSeconds: times.length < FEWEST ? null : median(times) };
  },
});
