import * as z from "zod";
import { isZone } from "../../../lib/dates.ts";

/** The longest calendar text that is taken, in characters; the same as `LONGEST_CALENDAR` of platform/calendar. */
export const LONGEST_TEXT = 20_000_000;

function isInstant(text: string): boolean {
  try {
    return Boolean(Temporal.Instant.from(text));
  } catch {
    return false;
  }
}

const noInstant = { error: "Write an instant with its offset, such as 2026-03-16T00:00:00Z or 2026-03-16T00:00:00+01:00." };
const instant = z.string(noInstant).trim().refine(isInstant, noInstant);

export const ExpandInput = z
  .object({
    text: z
      .string({ error: "Name a calendar file, or send its text." })
      .max(LONGEST_TEXT, { error: `This calendar is larger than ${LONGEST_TEXT / 1_000_000} MB. Export a shorter time.` })
      // What no store can keep is nothing that a calendar needs, and no reason to refuse the rest.
      .transform((text) => text.toWellFormed().replaceAll("\0", ""))
      .describe("The text of a calendar file (ICS)"),
    from: instant.describe("Events that start at this instant or later"),
    to: instant.describe("Events that start before this instant"),
    zone: z
      .string()
      .trim()
      .refine(isZone, { error: "This is no time zone. Write its IANA name, such as Europe/Berlin." })
      .optional()
      .describe("Your own IANA zone, for times that name none and for all-day events; UTC when absent"),
  })
  .refine(({ from, to }) => !isInstant(from) || !isInstant(to) || Temporal.Instant.compare(from, to) < 0, {
    error: "The end must come after the beginning.",
    path: ["to"],
  });

export const ExpandedEvent = z.object({
  uid: z.string(),
  start: z.string().describe("RFC 3339 with the offset of the event's own zone, or a day when all-day"),
  end: z.string().describe("Like start; of an all-day event the day after its last"),
  summary: z.string(),
  status: z.enum(["confirmed", "tentative"]),
  allDay: z.boolean(),
});

export const ExpansionWarning = z.object({
  code: z.string(),
  message: z.string(),
  uid: z.string().optional(),
  line: z.number().int().optional().describe("Where in the text, counted from 1"),
});

export const ExpandOutput = z.object({ events: z.array(ExpandedEvent), warnings: z.array(ExpansionWarning) });
