import type * as z from "zod";
import { AppError, invalidField } from "../../../lib/errors.ts";
import { decodeCalendar, expandInWorker, type Expansion, type SetAside } from "../../../platform/calendar/index.ts";
import { pureOperation } from "../../../platform/operation.ts";
import { ExpandInput, ExpandOutput, type ExpansionWarning } from "../schema/expansion.ts";

type Warning = z.infer<typeof ExpansionWarning>;

function leftOut({ uid, summary, line, why }: SetAside): Warning {
  const what = summary ? `"${summary}" (line ${line})` : `An event (line ${line})`;
  return { code: "set_aside", message: `${what}: ${why}`, ...(uid ? { uid } : {}), line };
}

/** What went wrong with the file belongs beside the file. */
async function expanded(input: z.output<typeof ExpandInput>): Promise<Expansion> {
  const window = { from: Temporal.Instant.from(input.from), to: Temporal.Instant.from(input.to), zone: input.zone };
  try {
    return await expandInWorker(input.text, window);
  } catch (error) {
    throw error instanceof AppError && error.code === "invalid" ? invalidField("text", error.message) : error;
  }
}

/** What a calendar file holds in a window, for anyone who wants to check how we read it: nobody's data is touched. */
export const expandCalendarText = pureOperation({
  name: "calendar.expand",
  summary: "List what a calendar file (ICS) holds between two instants, with repeating events written out and odd things named",
  input: ExpandInput,
  output: ExpandOutput,
  assistant: true,
  fromFile: { field: "text", decode: decodeCalendar },
  // A character may take several bytes, and quotes and line ends more in JSON.
  maxInputBytes: 64_000_000,
  examples: [
    {
      text: "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Europe/Berlin:20260316T100000\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:1:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
      from: "2026-03-16T00:00:00Z",
      to: "2026-04-16T00:00:00Z",
    },
  ],
  async run(input) {
    const { events, setAside, warnings, isCalendar } = await expanded(input);
    if (!isCalendar)
      throw invalidField("text", "This is not a calendar: it has no line BEGIN:VCALENDAR. Export the calendar again as .ics.");
    return {
      events: events.map(({ uid, start, end, summary, status, allDay }) => ({ uid, start, end, summary, status, allDay })),
      warnings: [...setAside.map(leftOut), ...warnings],
    };
  },
});
