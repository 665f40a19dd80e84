import assert from "node:assert/strict";
import { test } from "node:test";
import story from "./data/story.json" with { type: "json" };
import { captureDay, firstMeetingDay } from "./rules.ts";
import { Story } from "./schema.ts";

const told = Story.parse(story);

test("the story has 26 weeks with wins of mixed quality, moved, cancelled and missed meetings, and one change of manager", () => {
  assert.equal(told.weeks.length, 26);
  const outcomes = new Set(told.weeks.map((week) => week.meeting?.outcome));
  for (const outcome of ["held", "moved", "cancelled", "not_held"] as const) assert.ok(outcomes.has(outcome), outcome);
  assert.ok(
    told.weeks.some((week) => (week.meeting?.drop.length ?? 0) > 0),
    "a promise is dropped",
  );
  assert.ok(
    told.weeks.some((week) => (week.meeting?.keep.length ?? 0) > 0),
    "a promise is kept",
  );
});

for (const now of ["2026-11-22T20:00:00Z", "2026-11-24T08:00:00Z", "2026-11-24T12:00:00Z", "2026-03-29T00:30:00Z"]) {
  test(`seen from ${now} the meeting of the last week is still to come, within seven days`, () => {
    const instant = Temporal.Instant.from(now);
    const today = instant.toZonedDateTimeISO(told.owner.zone).toPlainDate();
    const last = firstMeetingDay(told, instant).add({ weeks: told.weeks.length - 1 });
    assert.equal(last.dayOfWeek, told.series.weekday);
    const days = today.until(last, { largestUnit: "days" }).days;
    assert.ok(days >= 1 && days <= 7, `${days} days ahead`);
  });
}

test("nothing is noted after today", () => {
  const today = Temporal.PlainDate.from("2026-11-22");
  const meeting = Temporal.PlainDate.from("2026-11-24");
  assert.equal(captureDay(meeting, { kind: "win", day: 4, text: "x" }, today).toString(), "2026-11-22");
  assert.equal(captureDay(meeting, { kind: "win", day: 0, text: "x" }, today).toString(), "2026-11-18");
});
