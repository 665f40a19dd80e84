import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { calendarCases } from "../../../test/support/calendar-answers.ts";
import { callPure } from "../../platform/operation.ts";
import { runCommand } from "../../surfaces/cli/command.ts";
import { expandCalendarText } from "./operations/expand.ts";

const weekly = [
  "BEGIN:VCALENDAR",
  "BEGIN:VEVENT",
  "UID:a",
  "DTSTART;TZID=Europe/Berlin:20260316T100000",
  "DURATION:PT30M",
  "RRULE:FREQ=WEEKLY;COUNT=3",
  "EXDATE;TZID=Europe/Berlin:20260323T100000",
  "SUMMARY:1:1 Ana / Max",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "UID:b",
  "DTSTART;VALUE=DATE:20260317",
  "STATUS:TENTATIVE",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "UID:c",
  "DTSTART:20260318T100000Z",
  "RRULE:FREQ=HOURLY",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");
const window = { from: "2026-03-16T00:00:00Z", to: "2026-04-16T00:00:00Z" };

test("calendar.expand lists what happens in order, and names what it set aside", async () => {
  assert.deepEqual(await callPure(expandCalendarText, { text: weekly, ...window }), {
    events: [
      {
        uid: "a",
        start: "2026-03-16T10:00:00+01:00",
        end: "2026-03-16T10:30:00+01:00",
        summary: "1:1 Ana / Max",
        status: "confirmed",
        allDay: false,
      },
      { uid: "b", start: "2026-03-17", end: "2026-03-18", summary: "", status: "tentative", allDay: true },
      {
        uid: "a",
        start: "2026-03-30T10:00:00+02:00",
        end: "2026-03-30T10:30:00+02:00",
        summary: "1:1 Ana / Max",
        status: "confirmed",
        allDay: false,
      },
    ],
    warnings: [
      {
        code: "set_aside",
        message: "An event (line 15): It was left out: it repeats hourly, more often than any meeting.",
        uid: "c",
        line: 15,
      },
    ],
  });
});

for (const [title, input, field] of [
  ["a from that is no instant", { from: "2026-03-16" }, "from"],
  ["an end before the beginning", { to: "2026-03-01T00:00:00Z" }, "to"],
  ["a zone that is none", { zone: "Mars/Olympus" }, "zone"],
  ["an offset as a zone", { zone: "+01:00" }, "zone"],
  ["a web page", { text: "<html><body>Sign in</body></html>" }, "text"],
] as const) {
  test(`calendar.expand refuses ${title}, beside the field`, async () => {
    await assert.rejects(
      callPure(expandCalendarText, { text: weekly, ...window, ...input }),
      (error: { code: string; fields: { field: string }[] }) => {
        assert.equal(error.code, "invalid");
        assert.deepEqual(
          error.fields.map((one) => one.field),
          [field],
        );
        return true;
      },
    );
  });
}

test("calendar.expand takes a text with characters that no store could keep", async () => {
  const { events } = await callPure(expandCalendarText, { text: weekly.replace("Ana", "A\0n\uD800a"), ...window });
  assert.equal(events[0]?.summary, "1:1 An\uFFFDa / Max");
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function commandLine(folder: string, words: readonly string[], piped?: string): Promise<Ended> {
  const said = { out: [] as string[], err: [] as string[] };
  const terminal = {
    out: (text: string) => void said.out.push(text),
    err: (text: string) => void said.err.push(text),
    columns: 200,
    readPiped: async () => piped,
    path: (typed: string) => join(folder, typed),
  };
  const environment = { THROUGHLINE_DATA: join(folder, "data"), THROUGHLINE_CONFIG: join(folder, "config") };
  const code = await runCommand(["calendar", "expand", ...words], environment, terminal);
  return { code, out: said.out.join("\n"), err: said.err.join("\n") };
}

const inWindow = ["--from", window.from, "--to", window.to];

test("throughline calendar expand FILE reads a file or standard input and touches no data", async () => {
  const folder = mkdtempSync(join(tmpdir(), "throughline-calendar-"));
  writeFileSync(join(folder, "work.ics"), weekly);
  const fromFile = await commandLine(folder, ["work.ics", ...inWindow, "--json"]);
  assert.equal(fromFile.code, 0);
  const { events, warnings } = JSON.parse(fromFile.out) as { events: { start: string }[]; warnings: unknown[] };
  assert.deepEqual([events.length, warnings.length, events[0]?.start], [3, 1, "2026-03-16T10:00:00+01:00"]);
  assert.equal((await commandLine(folder, ["-", ...inWindow, "--json"], weekly)).out, fromFile.out);
  const table = await commandLine(folder, ["work.ics", ...inWindow]);
  assert.match(table.out, /^Events:\n {2}Uid {2}Start {22}End .*\n {2}a {4}2026-03-16T10:00:00\+01:00/u);
  assert.match(
    (await commandLine(folder, ["work.ics", "--from", "2036-01-01T00:00:00Z", "--to", "2036-02-01T00:00:00Z"])).out,
    /set_aside/u,
  );
  assert.deepEqual(readdirSync(folder), ["work.ics"]);
});

test("throughline calendar expand reads a file in the encoding that it is in", async () => {
  const folder = mkdtempSync(join(tmpdir(), "throughline-calendar-"));
  const text = weekly.replace("Ana", "Gespräch");
  writeFileSync(join(folder, "latin.ics"), Buffer.from(text, "latin1"));
  writeFileSync(join(folder, "utf16.ics"), Buffer.from(`\uFEFF${text}`, "utf16le"));
  // Folded in the middle of the two bytes of a character, as some programs do.
  const bytes = Buffer.from(text);
  const split = bytes.indexOf(0xc3) + 1;
  writeFileSync(
    join(folder, "folded.ics"),
    Buffer.concat([bytes.subarray(0, split), Buffer.from("\r\n "), bytes.subarray(split)]),
  );
  for (const file of ["latin.ics", "utf16.ics", "folded.ics"])
    assert.match((await commandLine(folder, [file, ...inWindow, "--json"])).out, /"1:1 Gespräch \/ Max"/u, file);
});

for (const [title, words, code] of [
  ["a bad instant", ["work.ics", "--from", "soon", "--to", window.to], 2],
  ["a bad zone", ["work.ics", ...inWindow, "--zone", "Mars/Olympus"], 2],
  ["no window", ["work.ics"], 2],
  ["no file", [...inWindow], 2],
  ["two files", ["work.ics", "home.ics", ...inWindow], 2],
  ["a file that is not there", ["none.ics", ...inWindow], 3],
  ["nothing on standard input", ["-", ...inWindow], 2],
] as const) {
  test(`throughline calendar expand with ${title} ends with ${code} and one sentence`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "throughline-calendar-"));
    writeFileSync(join(folder, "work.ics"), weekly);
    const ended = await commandLine(folder, words);
    assert.equal(ended.code, code, ended.err);
    assert.match(ended.err, /^[^\n]+[.:)]?$/u);
  });
}

test("the operation gives the starts of given cases", async () => {
  for (const { ics, from, to, expected, zone } of calendarCases.slice(0, 34).filter((_, index) => index % 5 === 0)) {
    const { events } = await callPure(expandCalendarText, { text: ics, from, to, ...(zone ? { zone } : {}) });
    assert.deepEqual(
      events.map(({ start, allDay }) => (allDay ? start : start.replace(/:00(?=[+-]\d\d:\d\d$)/u, ""))),
      expected,
    );
  }
});
