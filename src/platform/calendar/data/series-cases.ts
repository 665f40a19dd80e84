// Hard cases of rules, exceptions and broken texts.
import { berlin, calendar, type CalendarCase, EU_SUMMER, EU_WINTER, event, halfAnHour, zone } from "./case-text.ts";

const rules: CalendarCase[] = [
  {
    title: "the 29th of February comes every four years",
    ics: calendar(event(berlin("20240229T100000"), halfAnHour, "RRULE:FREQ=YEARLY")),
    from: "2024-01-01T00:00:00Z",
    to: "2033-01-01T00:00:00Z",
    expected: ["2024-02-29T10:00+01:00", "2028-02-29T10:00+01:00", "2032-02-29T10:00+01:00"],
  },
  {
    title: "the 31st is left out of shorter months",
    ics: calendar(event(berlin("20260131T100000"), halfAnHour, "RRULE:FREQ=MONTHLY")),
    from: "2026-01-01T00:00:00Z",
    to: "2026-06-01T00:00:00Z",
    expected: ["2026-01-31T10:00+01:00", "2026-03-31T10:00+02:00", "2026-05-31T10:00+02:00"],
  },
  {
    title: "days are counted from the end of the month",
    ics: calendar(event(berlin("20260130T100000"), halfAnHour, "RRULE:FREQ=MONTHLY;BYMONTHDAY=-2")),
    from: "2026-01-01T00:00:00Z",
    to: "2026-05-01T00:00:00Z",
    expected: ["2026-01-30T10:00+01:00", "2026-02-27T10:00+01:00", "2026-03-30T10:00+02:00", "2026-04-29T10:00+02:00"],
  },
  {
    title: "the second to last working day of each quarter",
    ics: calendar(event(berlin("20260330T100000"), halfAnHour, "RRULE:FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2")),
    from: "2026-01-01T00:00:00Z",
    to: "2027-01-01T00:00:00Z",
    expected: ["2026-03-30T10:00+02:00", "2026-06-29T10:00+02:00", "2026-09-29T10:00+02:00", "2026-12-30T10:00+01:00"],
  },
  {
    title: "with weeks from Monday the same rule makes other days (RFC 5545 section 3.3.10, WKST)",
    ics: calendar(event(berlin("19970805T090000"), halfAnHour, "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO")),
    from: "1997-08-01T00:00:00Z",
    to: "1997-10-01T00:00:00Z",
    expected: ["1997-08-05T09:00+02:00", "1997-08-10T09:00+02:00", "1997-08-19T09:00+02:00", "1997-08-24T09:00+02:00"],
  },
  {
    title: "a start that its own rule would not make is the first all the same",
    ics: calendar(event(berlin("20260304T100000"), halfAnHour, "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3")),
    from: "2026-03-01T00:00:00Z",
    to: "2026-05-01T00:00:00Z",
    expected: ["2026-03-04T10:00+01:00", "2026-03-09T10:00+01:00", "2026-03-16T10:00+01:00"],
  },
  {
    title: "a rule that is over before it begins makes nothing",
    ics: calendar(event(berlin("20260302T100000"), halfAnHour, "RRULE:FREQ=WEEKLY;UNTIL=20260301T225959Z")),
    from: "2026-02-01T00:00:00Z",
    to: "2026-05-01T00:00:00Z",
    expected: [],
  },
  {
    title: "the last day of an all-day series counts, written as a day",
    ics: calendar(event("DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=WEEKLY;UNTIL=20260316")),
    from: "2026-02-01T00:00:00Z",
    to: "2026-05-01T00:00:00Z",
    expected: ["2026-03-02", "2026-03-09", "2026-03-16"],
  },
  {
    title: "the last day of an all-day series counts, written as the instant of its midnight",
    ics: calendar(
      "X-WR-TIMEZONE:Europe/Berlin",
      event("DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=WEEKLY;UNTIL=20260315T230000Z"),
    ),
    from: "2026-02-01T00:00:00Z",
    to: "2026-05-01T00:00:00Z",
    expected: ["2026-03-02", "2026-03-09", "2026-03-16"],
  },
  {
    title: "a day as the end includes the evening of that day in the zone of the series",
    ics: calendar(event("DTSTART;TZID=America/Los_Angeles:20260302T200000", halfAnHour, "RRULE:FREQ=WEEKLY;UNTIL=20260316")),
    from: "2026-02-01T00:00:00Z",
    to: "2026-05-01T00:00:00Z",
    expected: ["2026-03-02T20:00-08:00", "2026-03-09T20:00-07:00", "2026-03-16T20:00-07:00"],
  },
  {
    title: "an excepting rule takes away what it makes",
    ics: calendar(event(berlin("20260302T100000"), halfAnHour, "RRULE:FREQ=WEEKLY;COUNT=4", "EXRULE:FREQ=WEEKLY;INTERVAL=2")),
    from: "2026-02-01T00:00:00Z",
    to: "2026-05-01T00:00:00Z",
    expected: ["2026-03-09T10:00+01:00", "2026-03-23T10:00+01:00"],
  },
  {
    title: "an added period brings its own zone and is shown in that of its series",
    ics: calendar(
      event(berlin("20260302T100000"), halfAnHour, "RDATE;VALUE=PERIOD:20260402T080000Z/PT1H,20260403T080000Z/20260403T100000Z"),
    ),
    from: "2026-02-01T00:00:00Z",
    to: "2026-05-01T00:00:00Z",
    expected: ["2026-03-02T10:00+01:00", "2026-04-02T10:00+02:00", "2026-04-03T10:00+02:00"],
  },
  {
    title: "midnight as an exception of a series with an hour means that day",
    ics: calendar(
      event(berlin("20260302T100000"), halfAnHour, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Berlin:20260309T000000"),
    ),
    from: "2026-02-01T00:00:00Z",
    to: "2026-05-01T00:00:00Z",
    expected: ["2026-03-02T10:00+01:00", "2026-03-16T10:00+01:00"],
  },
  {
    title: "an exception without a zone is in the zone of its series",
    ics: calendar(event(berlin("20260302T100000"), halfAnHour, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260309T100000")),
    from: "2026-02-01T00:00:00Z",
    to: "2026-05-01T00:00:00Z",
    zone: "Asia/Tokyo",
    expected: ["2026-03-02T10:00+01:00", "2026-03-16T10:00+01:00"],
  },
];

const weekly = event(berlin("20260302T100000"), halfAnHour, "RRULE:FREQ=WEEKLY", "SUMMARY:weekly");

const exceptions: CalendarCase[] = [
  {
    title: "this and following moves all that follow, and single exceptions stay",
    ics: calendar(
      weekly,
      event("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260316T100000", berlin("20260317T143000"), "DURATION:PT1H"),
      event("RECURRENCE-ID;TZID=Europe/Berlin:20260330T100000", berlin("20260401T080000"), halfAnHour),
    ),
    from: "2026-03-01T00:00:00Z",
    to: "2026-04-08T00:00:00Z",
    expected: [
      "2026-03-02T10:00+01:00",
      "2026-03-09T10:00+01:00",
      "2026-03-17T14:30+01:00",
      "2026-03-24T14:30+01:00",
      "2026-04-01T08:00+02:00",
      "2026-04-07T14:30+02:00",
    ],
  },
  {
    title: "this and following, cancelled, ends a series",
    ics: calendar(
      weekly,
      event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260316T100000",
        berlin("20260316T100000"),
        "STATUS:CANCELLED",
      ),
    ),
    from: "2026-03-01T00:00:00Z",
    to: "2026-04-08T00:00:00Z",
    expected: ["2026-03-02T10:00+01:00", "2026-03-09T10:00+01:00"],
  },
  {
    title: "an exception that was moved out of the window is not in it",
    ics: calendar(weekly, event("RECURRENCE-ID;TZID=Europe/Berlin:20260316T100000", berlin("20260601T100000"), halfAnHour)),
    from: "2026-03-09T00:00:00Z",
    to: "2026-03-24T00:00:00Z",
    expected: ["2026-03-09T10:00+01:00", "2026-03-23T10:00+01:00"],
  },
  {
    title: "Exchange names an instance of an all-day series by the instant of its midnight",
    ics: calendar(
      zone("W. Europe Standard Time", EU_WINTER, EU_SUMMER),
      event("DTSTART;VALUE=DATE:20260323", "RRULE:FREQ=WEEKLY;COUNT=3"),
      event("RECURRENCE-ID:20260329T220000Z", "DTSTART;VALUE=DATE:20260401", "SUMMARY:moved"),
    ),
    from: "2026-03-20T00:00:00Z",
    to: "2026-04-20T00:00:00Z",
    expected: ["2026-03-23", "2026-04-01", "2026-04-06"],
  },
  {
    title: "Exchange names an instance of an all-day series by its midnight in a zone",
    ics: calendar(
      event("DTSTART;VALUE=DATE:20260323", "RRULE:FREQ=WEEKLY;COUNT=3"),
      event("RECURRENCE-ID;TZID=Eastern Standard Time:20260330T000000", "DTSTART;VALUE=DATE:20260331", "SUMMARY:moved"),
    ),
    from: "2026-03-20T00:00:00Z",
    to: "2026-04-20T00:00:00Z",
    zone: "Asia/Tokyo",
    expected: ["2026-03-23", "2026-03-31", "2026-04-06"],
  },
  {
    title: "an instance named by its day alone is the one on that day",
    ics: calendar(weekly, event("RECURRENCE-ID;VALUE=DATE:20260309", berlin("20260310T100000"), halfAnHour)),
    from: "2026-03-01T00:00:00Z",
    to: "2026-03-18T00:00:00Z",
    expected: ["2026-03-02T10:00+01:00", "2026-03-10T10:00+01:00", "2026-03-16T10:00+01:00"],
  },
  {
    title: "an all-day series may have one instance with an hour",
    ics: calendar(
      event("DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=WEEKLY;COUNT=2"),
      event("RECURRENCE-ID;VALUE=DATE:20260309", berlin("20260309T100000"), halfAnHour),
    ),
    from: "2026-03-01T00:00:00Z",
    to: "2026-03-18T00:00:00Z",
    expected: ["2026-03-02", "2026-03-09T10:00+01:00"],
  },
  {
    title: "of two versions of an event the higher sequence holds, wherever it stands",
    ics: calendar(
      event(berlin("20260302T110000"), halfAnHour, "SEQUENCE:2", "SUMMARY:new"),
      event(berlin("20260302T100000"), halfAnHour, "SEQUENCE:1", "SUMMARY:old"),
    ),
    from: "2026-03-01T00:00:00Z",
    to: "2026-03-18T00:00:00Z",
    expected: ["2026-03-02T11:00+01:00"],
  },
  {
    title: "events that share a UID and a version are different events",
    ics: calendar(event(berlin("20260302T100000"), halfAnHour), event(berlin("20260304T100000"), halfAnHour)),
    from: "2026-03-01T00:00:00Z",
    to: "2026-03-18T00:00:00Z",
    expected: ["2026-03-02T10:00+01:00", "2026-03-04T10:00+01:00"],
    warned: ["repeated_uid"],
  },
  {
    title: "a whole series that was cancelled is left out, and so is a calendar that cancels",
    ics: calendar(
      event(berlin("20260302T100000"), halfAnHour, "RRULE:FREQ=WEEKLY", "STATUS:CANCELLED"),
      "METHOD:CANCEL",
      event(berlin("20260303T100000"), halfAnHour).replace("UID:a", "UID:b"),
    ),
    from: "2026-03-01T00:00:00Z",
    to: "2026-03-18T00:00:00Z",
    expected: [],
  },
  {
    title: "Google ends the first half of a split series a second before the second begins",
    ics: calendar(
      event(berlin("20260302T100000"), halfAnHour, "RRULE:FREQ=WEEKLY;UNTIL=20260330T075959Z"),
      event(berlin("20260330T110000"), halfAnHour, "RRULE:FREQ=WEEKLY;COUNT=2").replace("UID:a", "UID:a_R20260330T080000"),
    ),
    from: "2026-03-20T00:00:00Z",
    to: "2026-04-20T00:00:00Z",
    expected: ["2026-03-23T10:00+01:00", "2026-03-30T11:00+02:00", "2026-04-06T11:00+02:00"],
  },
];

const texts: CalendarCase[] = [
  {
    title: "a bad event costs only itself",
    ics: calendar(
      event("DTSTART:20261399T100000Z", "SUMMARY:bad"),
      event("RRULE:FREQ=WEEKLY", "SUMMARY:no start"),
      event(berlin("20260302T100000"), "RRULE:FREQ=MINUTELY"),
      weekly.replace("UID:a", "UID:b"),
    ),
    from: "2026-03-01T00:00:00Z",
    to: "2026-03-10T00:00:00Z",
    expected: ["2026-03-02T10:00+01:00", "2026-03-09T10:00+01:00"],
  },
  {
    title: "a lost END, a stray END and an alarm of its own do not reach the next event",
    ics: calendar(
      ["BEGIN:VEVENT", "UID:a", berlin("20260302T100000"), "BEGIN:VALARM", "TRIGGER:-PT5M", "DTSTART:20200101T000000Z"].join(
        "\r\n",
      ),
      "END:VTODO",
      event("DTSTART;TZID=Europe/Berlin:20260303T100000").replace("UID:a", "UID:b"),
    ),
    from: "2026-03-01T00:00:00Z",
    to: "2026-03-10T00:00:00Z",
    expected: ["2026-03-02T10:00+01:00", "2026-03-03T10:00+01:00"],
  },
  {
    title: "CR alone, lower case, a quote that is never closed and a fold inside a name",
    ics: [
      "begin:vcalendar",
      "begin:vevent",
      "uid:a",
      'attendee;cn="Ana:mailto:ana@example.org',
      "dts",
      " tart;tzid=Europe/Berlin:2026",
      "\t0302T100000",
      "a line without a colon",
      "end:vevent",
      "end:vcalendar",
    ].join("\r"),
    from: "2026-03-01T00:00:00Z",
    to: "2026-03-10T00:00:00Z",
    expected: ["2026-03-02T10:00+01:00"],
    warned: ["broken_line"],
  },
  {
    title: "half a file gives what is whole in it",
    ics: calendar(weekly, event(berlin("20260303T100000")).replace("UID:a", "UID:b")).slice(0, -30),
    from: "2026-03-01T00:00:00Z",
    to: "2026-03-10T00:00:00Z",
    expected: ["2026-03-02T10:00+01:00", "2026-03-09T10:00+01:00"],
    warned: ["cut_off"],
  },
];

export const seriesCases: readonly CalendarCase[] = [...rules, ...exceptions, ...texts];
