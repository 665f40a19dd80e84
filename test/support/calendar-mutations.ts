// Calendars as programs write them, damaged at random: what a broken upload, a bad proxy or an enemy may send.

const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", "X-WR-TIMEZONE:Europe/Berlin", "METHOD:PUBLISH"];

const ownZone = [
  "BEGIN:VTIMEZONE",
  "TZID:Customized Time Zone",
  "BEGIN:STANDARD",
  "DTSTART:16010101T030000",
  "TZOFFSETFROM:+0200",
  "TZOFFSETTO:+0100",
  "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
  "END:STANDARD",
  "BEGIN:DAYLIGHT",
  "DTSTART:16010101T020000",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0200",
  "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
  "END:DAYLIGHT",
  "END:VTIMEZONE",
];

/** Events that are never damaged: each must be found after whatever happened to its neighbour. */
const before = [
  "BEGIN:VEVENT",
  "UID:before@example.org",
  "DTSTAMP:20260101T000000Z",
  "DTSTART;TZID=Europe/Berlin:20260302T100000",
  "DTEND;TZID=Europe/Berlin:20260302T103000",
  "RRULE:FREQ=WEEKLY;BYDAY=MO",
  "SUMMARY:Before",
  "END:VEVENT",
];
const after = [
  "BEGIN:VEVENT",
  "UID:after@example.org",
  "DTSTAMP:20260101T000000Z",
  "DTSTART;TZID=America/New_York:20260303T090000",
  "DURATION:PT45M",
  "RRULE:FREQ=MONTHLY;BYDAY=1TU",
  "SUMMARY:After",
  "END:VEVENT",
];

const victims: readonly (readonly string[])[] = [
  [
    "BEGIN:VEVENT",
    "UID:google_R20260324T130000@google.com",
    "DTSTAMP:20260101T000000Z",
    "DTSTART;TZID=Europe/Berlin:20260302T100000",
    "DTEND;TZID=Europe/Berlin:20260302T103000",
    "RRULE:FREQ=WEEKLY;WKST=SU;UNTIL=20260622T215959Z;BYDAY=MO",
    "EXDATE;TZID=Europe/Berlin:20260309T100000",
    'ORGANIZER;CN="Berger, Max":mailto:max@example.org',
    "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Ana Silva;X-",
    " NUM-GUESTS=0:mailto:ana@example.org",
    "SEQUENCE:3",
    "STATUS:CONFIRMED",
    "SUMMARY:1:1 Ana / Max",
    "DESCRIPTION:What to talk about:\\n- the plan\\, the plan\\; the plan",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:-P0DT0H10M0S",
    "END:VALARM",
    "END:VEVENT",
  ],
  [
    "BEGIN:VEVENT",
    "UID:040000008200E00074C5B7101A82E00800000000",
    "DTSTAMP:20260101T000000Z",
    "DTSTART;TZID=Customized Time Zone:20260303T140000",
    "DTEND;TZID=Customized Time Zone:20260303T150000",
    "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=12",
    "RDATE;VALUE=PERIOD:20260402T080000Z/PT1H",
    "LOCATION;LANGUAGE=en-GB:Room 1\\, left",
    "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
    "SUMMARY;LANGUAGE=de-DE:Gespräch 👩‍👩‍👧",
    "END:VEVENT",
  ],
  [
    "BEGIN:VEVENT",
    "UID:before@example.org",
    "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20300316T100000",
    "DTSTART;TZID=Europe/Berlin:20300317T143000",
    "DURATION:PT1H",
    "SUMMARY:Far away",
    "END:VEVENT",
  ],
  [
    "BEGIN:VEVENT",
    "UID:allday@example.org",
    "DTSTART;VALUE=DATE:20260323",
    "DTEND;VALUE=DATE:20260324",
    "RRULE:FREQ=YEARLY;BYMONTH=3,4;BYMONTHDAY=-1,15;INTERVAL=1",
    "EXDATE;TZID=W. Europe Standard Time:20260330T000000",
    "SUMMARY:All day",
    "END:VEVENT",
  ],
];

type Random = (below: number) => number;
const oneOf = <T>(random: Random, list: readonly T[]): T => list[random(list.length)] as T;

const SPLICES = [
  "RRULE:FREQ=SECONDLY",
  "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
  "RRULE:FREQ=DAILY;COUNT=999999999;INTERVAL=999999999",
  "DTSTART:99991231T235959Z",
  "DTSTART;TZID=:20260302T100000",
  "DURATION:P99999W",
  "EXDATE:20260302,,;,20260302T25",
  "RDATE;VALUE=PERIOD:20260302T100000Z/19700101T000000Z",
  "RECURRENCE-ID:99991231",
  "SEQUENCE:-99999999999999",
  "BEGIN:VALARM",
  "END:VALARM",
  "END:VCALENDAR",
  "BEGIN:VTIMEZONE",
  'ATTENDEE;CN="never closed:mailto:x',
  "STATUS:CANCELLED",
  " a fold of nothing",
  ":",
  ";;;===:::",
  "\u0000\uFFFF\uD800",
];

/** Ways to damage the lines of one event; its first UID line stays its own, because an event may take any name it likes. */
const damages: readonly ((lines: string[], random: Random) => void)[] = [
  (lines, random) => void lines.splice(random(lines.length), 1),
  (lines, random) => void lines.splice(random(lines.length), 0, oneOf(random, lines)),
  (lines, random) => void lines.splice(random(lines.length), 0, oneOf(random, SPLICES)),
  (lines, random) => {
    const [a, b] = [random(lines.length), random(lines.length)];
    [lines[a], lines[b]] = [lines[b] as string, lines[a] as string];
  },
  (lines, random) => {
    const at = random(lines.length);
    const line = lines[at] as string;
    const place = random(line.length + 1);
    lines[at] = line.slice(0, place) + String.fromCharCode(random(256)) + line.slice(place + random(2));
  },
  (lines, random) => {
    const at = random(lines.length);
    lines[at] = (lines[at] as string).replace(/\d+/gu, (number) => (random(3) ? number : String(random(10 ** (1 + random(8))))));
  },
  (lines, random) => {
    const at = random(lines.length);
    const line = lines[at] as string;
    lines[at] = line.slice(random(line.length + 1)) + line.slice(0, random(line.length + 1));
  },
  (lines, random) => {
    const at = random(lines.length);
    lines[at] = (lines[at] as string).repeat(1 + random(40));
  },
];

/** A calendar of which one event was damaged, one to eight times. The two beside it are as they were. */
export function withDamagedEvent(random: Random): string {
  const victim = [...oneOf(random, victims)];
  for (let count = 1 + random(8); count > 0 && victim.length > 0; count -= 1) oneOf(random, damages)(victim, random);
  const end = oneOf(random, ["\r\n", "\n", "\r"]);
  return [...head, ...ownZone, ...before, ...victim, ...after, "END:VCALENDAR", ""].join(end);
}

/** A calendar that was damaged anywhere, also in the middle of its structure, or cut off. */
export function damagedAnywhere(random: Random): string {
  const lines = [...head, ...ownZone, ...before, ...oneOf(random, victims), ...after, "END:VCALENDAR", ""];
  for (let count = 1 + random(20); count > 0 && lines.length > 0; count -= 1) oneOf(random, damages)(lines, random);
  const text = lines.join("\r\n");
  return random(4) ? text : text.slice(0, random(text.length));
}
