import assert from "node:assert/strict";
import { expandCalendar } from "../../src/platform/calendar/expand.ts";
import { damagedAnywhere, withDamagedEvent } from "./calendar-mutations.ts";
import { randomFrom } from "./seed.ts";

const window = { from: Temporal.Instant.from("2026-03-01T00:00:00Z"), to: Temporal.Instant.from("2026-05-01T00:00:00Z") };
const SLOWEST_MS = 2_000;

/** The starts that the two undamaged events must have, whatever stands between them. */
const unharmed = {
  "before@example.org": [2, 9, 16, 23, 30]
    .map((day) => `2026-03-${String(day).padStart(2, "0")}`)
    .concat(["06", "13", "20", "27"].map((day) => `2026-04-${day}`)),
  "after@example.org": ["2026-03-03", "2026-04-07"],
};

function workedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Expands a text and says what is wrong about it: an error, too long, or something lost of what was not damaged. */
function complaint(text: string, isWholeBeside: boolean): string | undefined {
  const start = workedMs();
  try {
    const { events } = expandCalendar(text, window);
    if (workedMs() - start > SLOWEST_MS) return `it took ${Math.round(workedMs() - start)} ms`;
    if (!isWholeBeside) return undefined;
    for (const [uid, days] of Object.entries(unharmed)) {
      const found = new Set(events.filter((event) => event.uid === uid).map((event) => event.start.slice(0, 10)));
      const lost = days.filter((day) => !found.has(day));
      if (lost.length > 0) return `of ${uid} it lost ${lost.join(", ")}`;
    }
    return undefined;
  } catch (error) {
    return String((error as Error).stack ?? error);
  }
}

/** Damages `count` calendars and expands each. Fails with the seed and the text of the first one that crashes, hangs or loses what was whole. */
export function fuzzCalendars(count: number, seed: number): { slowestMs: number } {
  let slowestMs = 0;
  for (let turn = 0; turn < count; turn += 1) {
    const random = randomFrom(seed + turn);
    const isOneEvent = turn % 2 === 0;
    const text = isOneEvent ? withDamagedEvent(random) : damagedAnywhere(random);
    const start = workedMs();
    const wrong = complaint(text, isOneEvent);
    slowestMs = Math.max(slowestMs, workedMs() - start);
    assert.equal(wrong, undefined, `seed ${seed}, turn ${turn}: ${wrong}\n${JSON.stringify(text)}`);
  }
  return { slowestMs };
}
