import { dayIn } from "../../lib/dates.ts";
import type { Story, StoryCapture } from "./schema.ts";

// A story's working days, Monday to Friday, lie between two meetings on Tuesdays: Wednesday to Monday.
const DAYS_BEFORE_MEETING = [6, 5, 4, 1, 1] as const;

/** The day of the first meeting, so that the one after the last told week is the next weekday of the series after `now`. */
export function firstMeetingDay(story: Story, now: Temporal.Instant): Temporal.PlainDate {
  const today = dayIn(story.owner.zone, now);
  const ahead = (story.series.weekday - today.dayOfWeek + 7) % 7 || 7;
  return today.add({ days: ahead }).subtract({ weeks: story.weeks.length - 1 });
}

/** The day on which a capture of the week before a meeting was noted; never after `today`. */
export function captureDay(
  meeting: Temporal.PlainDate,
  capture: Pick<StoryCapture, "day"> & Partial<StoryCapture>,
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  const day = meeting.subtract({ days: DAYS_BEFORE_MEETING[capture.day] ?? 1 });
  return Temporal.PlainDate.compare(day, today) > 0 ? today : day;
}
