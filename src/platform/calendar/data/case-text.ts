// How the hard cases beside those of recurrence-cases.json are written. Their starts were worked out by hand.

export interface CalendarCase {
  readonly title: string;
  readonly ics: string;
  readonly from: string;
  readonly to: string;
  readonly zone?: string;
  /** Starts with minutes, as in recurrence-cases.json. */
  readonly expected: readonly string[];
  /** Codes of the warnings that it must bring. */
  readonly warned?: readonly string[];
}

export const calendar = (...parts: readonly string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//t//t//EN", ...parts, "END:VCALENDAR", ""].join("\r\n");

export const event = (...lines: readonly string[]): string =>
  ["BEGIN:VEVENT", "UID:a", "DTSTAMP:20260101T000000Z", ...lines, "END:VEVENT"].join("\r\n");

export function zone(name: string, standard: readonly string[], daylight: readonly string[] = []): string {
  const part = (kind: string, lines: readonly string[]): string[] =>
    lines.length > 0 ? [`BEGIN:${kind}`, ...lines, `END:${kind}`] : [];
  return ["BEGIN:VTIMEZONE", `TZID:${name}`, ...part("STANDARD", standard), ...part("DAYLIGHT", daylight), "END:VTIMEZONE"].join(
    "\r\n",
  );
}

export const berlin = (clock: string): string => `DTSTART;TZID=Europe/Berlin:${clock}`;
export const halfAnHour = "DURATION:PT30M";

export const EU_SUMMER = [
  "DTSTART:16010101T020000",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0200",
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
];
export const EU_WINTER = [
  "DTSTART:16010101T030000",
  "TZOFFSETFROM:+0200",
  "TZOFFSETTO:+0100",
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
];
