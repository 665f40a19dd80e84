// A calendar of 5,000 events as a program exports it: every kind of series, five zones, people, exceptions. The same text on every run.

const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "W. Europe Standard Time"];
const RULES = [
  "FREQ=WEEKLY;BYDAY=MO",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
  "FREQ=WEEKLY;WKST=SU;UNTIL=20271231T235959Z;BYDAY=WE",
  "FREQ=MONTHLY;BYDAY=-1FR",
  "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
  "FREQ=DAILY;COUNT=400",
  "FREQ=YEARLY",
];

const two = (number: number): string => String(number).padStart(2, "0");

function event(index: number, lines: readonly string[]): string {
  return [
    "BEGIN:VEVENT",
    `UID:event-${index}@example.org`,
    "DTSTAMP:20260101T000000Z",
    ...lines,
    `SUMMARY:Meeting ${index} \\, with Max`,
    `DESCRIPTION:What there is to say about it\\, and a little more\\n`,
    ` so that the line is folded as programs do`,
    "ORGANIZER;CN=Max Berger:mailto:max@example.org",
    "ATTENDEE;CN=Ana Silva;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:ana@example.org",
    "ATTENDEE;CN=Max Berger;PARTSTAT=NEEDS-ACTION:mailto:max@example.org",
    "STATUS:CONFIRMED",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:-PT15M",
    "END:VALARM",
    "END:VEVENT",
  ].join("\r\n");
}

/** A start on a working day of the last three years. */
function startOf(index: number): string {
  return `${2024 + (index % 3)}${two(1 + (index % 12))}${two(1 + (index % 28))}T${two(8 + (index % 9))}3000`;
}

function seriesLines(index: number, rule: string): string[] {
  const zone = ZONES[index % ZONES.length];
  return [`DTSTART;TZID=${zone}:${startOf(index)}`, "DURATION:PT30M", `RRULE:${rule}`, `EXDATE;TZID=${zone}:${startOf(index)}`];
}

/** The whole text. `share` of every hundred events repeat. */
export function busyCalendar(events: number, share: number): string {
  const all = Array.from({ length: events }, (_, index) => {
    const repeats = index % 100 < share;
    const start = [`DTSTART;TZID=${ZONES[index % ZONES.length]}:${startOf(index)}`, "DURATION:PT30M"];
    return event(index, repeats ? seriesLines(index, RULES[index % RULES.length] as string) : start);
  });
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n${all.join("\r\n")}\r\nEND:VCALENDAR\r\n`;
}
