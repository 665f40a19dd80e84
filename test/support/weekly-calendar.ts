/** One weekly event of a calendar file, as a provider writes it. */
export interface WrittenWeekly {
  readonly uid: string;
  readonly summary: string;
  /** Wall clock in Europe/Berlin: "20260309T100000". */
  readonly start: string;
  readonly more?: readonly string[];
}

export function eventText({ uid, summary, start, more = [] }: WrittenWeekly): string {
  return [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTAMP:20260301T080000Z",
    `DTSTART;TZID=Europe/Berlin:${start}`,
    "DURATION:PT30M",
    "RRULE:FREQ=WEEKLY",
    `SUMMARY:${summary}`,
    ...more,
    "END:VEVENT",
    "",
  ].join("\r\n");
}

/** A whole calendar around the text of its events. */
export function calendarText(events: string, lines: readonly string[] = []): string {
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", ...lines, `${events}END:VCALENDAR`, ""].join("\r\n");
}

/** A calendar with so many weekly events: "uid-1", "uid-2" and so on. */
export function weeklyCalendar(count: number, lines: readonly string[] = []): string {
  const events = Array.from({ length: count }, (_, index) =>
    eventText({ uid: `uid-${index + 1}`, summary: `Talk ${index + 1}`, start: `2026030${(index % 5) + 2}T1${index % 8}0000` }),
  );
  return calendarText(events.join(""), lines);
}
