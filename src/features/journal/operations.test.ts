import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { addPerson } from "../people/index.ts";
import { noteTelling, searchRecord, showTimeline, traceEntry } from "../record/index.ts";
import {
  captureThought,
  deleteCapture,
  editCapture,
  listCaptures,
  listNames,
  openObstacles,
  resolveCapture,
  restoreCapture,
  showCapture,
  showHistory,
  unsharedWins,
} from "./operations.ts";
import type { Capture } from "./schema.ts";

const about = (field: string) => (error: { fields: { field: string }[] }) => error.fields[0]?.field.startsWith(field) ?? false;
const textsOf = (captures: readonly Capture[]): string[] => captures.map((capture) => capture.text);

async function found(app: TestApp, text: string): Promise<string[]> {
  return (await app.call(searchRecord, { text })).hits.map((hit) => hit.text);
}

onEveryStore("one line is enough, and it stands in the record at once", async (app) => {
  const note = await app.call(captureThought, { text: "  Shipped\r\nthe migration \u0000" });
  assert.deepEqual([note.kind, note.text, note.happenedOn, note.energy], ["note", "Shipped\nthe migration", "2026-03-02", null]);
  const { entries } = await app.call(showTimeline, {});
  assert.deepEqual(
    entries.map((entry) => [entry.id, entry.source, entry.kind, entry.toldAt]),
    [[note.id, "capture", "note", null]],
  );
  assert.deepEqual(await found(app, "migr"), ["Shipped\nthe migration"]);
});

onEveryStore("today is today where the owner is", async (app) => {
  app.clock.set("2026-03-02T23:30:00Z");
  assert.equal((await app.call(captureThought, { text: "Late in Berlin" })).happenedOn, "2026-03-03");
  assert.equal((await app.callAs(app.stranger, captureThought, { text: "Evening in New York" })).happenedOn, "2026-03-02");
});

onEveryStore("projects and skills are kept, found and offered again", async (app) => {
  const win = await app.call(captureThought, {
    kind: "win",
    text: "Led the review",
    projects: ["Atlas", " atlas "],
    skills: ["Facilitation"],
  });
  assert.deepEqual([win.projects, win.skills], [["Atlas"], ["Facilitation"]]);
  assert.deepEqual(await app.call(listNames, {}), { projects: ["Atlas"], skills: ["Facilitation"] });
  assert.equal((await app.call(showTimeline, { project: "ATLAS" })).entries.length, 1);
  assert.deepEqual(await found(app, "facilitation"), ["Led the review"]);
  await app.call(editCapture, { id: win.id, projects: [] });
  assert.deepEqual((await app.call(listNames, {})).projects, []);
});

onEveryStore("an edit keeps every earlier wording", async (app) => {
  const first = await app.call(captureThought, { kind: "win", text: "Shipped it" });
  app.clock.advance({ hours: 1 });
  await app.call(editCapture, { id: first.id, text: "Shipped the billing migration" });
  app.clock.advance({ hours: 1 });
  const third = await app.call(editCapture, { id: first.id, kind: "skill", happenedOn: "2026-02-27" });
  assert.deepEqual(
    [third.text, third.kind, third.happenedOn],
    ["Shipped the billing migration", "skill", "2026-02-27"],
    "what is not named stays",
  );
  await app.call(editCapture, { id: first.id, kind: "skill" });
  const { revisions } = await app.call(showHistory, { id: first.id });
  assert.deepEqual(
    revisions.map(({ text, kind, writtenAt }) => [text, kind, writtenAt]),
    [
      ["Shipped the billing migration", "win", "2026-03-02T10:00:00.000Z"],
      ["Shipped it", "win", "2026-03-02T09:00:00.000Z"],
    ],
  );
  assert.deepEqual(await found(app, "shipped it"), [], "the record holds the latest wording");
  assert.equal((await app.call(traceEntry, { id: first.id })).happenedAt, "2026-02-27T11:00:00.000Z");
});

onEveryStore("the number of an energy entry goes when it becomes another kind", async (app) => {
  const entry = await app.call(captureThought, { kind: "energy", text: "Pairing", energy: 2 });
  assert.equal((await app.call(editCapture, { id: entry.id, energy: -1 })).energy, -1);
  assert.equal((await app.call(editCapture, { id: entry.id, kind: "note" })).energy, null);
  await assert.rejects(app.call(editCapture, { id: entry.id, kind: "energy" }), about("energy"));
  await assert.rejects(app.call(captureThought, { kind: "energy", text: "Pairing", energy: 3 }), about("energy"));
});

onEveryStore("deleting can be undone; in between nothing shows it", async (app) => {
  const win = await app.call(captureThought, { kind: "win", text: "Shipped the migration", projects: ["Atlas"] });
  await app.call(deleteCapture, { id: win.id });
  await app.call(deleteCapture, { id: win.id });
  assert.deepEqual(await found(app, "migration"), []);
  assert.deepEqual((await app.call(showTimeline, {})).entries, []);
  assert.deepEqual((await app.call(listCaptures, {})).captures, []);
  assert.deepEqual(textsOf((await app.call(listCaptures, { deleted: true })).captures), ["Shipped the migration"]);
  await assert.rejects(app.call(editCapture, { id: win.id, text: "No" }), { code: "conflict" });
  const back = await app.call(restoreCapture, { id: win.id });
  assert.deepEqual({ ...back }, { ...win });
  assert.deepEqual(await found(app, "migration"), ["Shipped the migration"]);
  assert.equal((await app.call(showTimeline, { project: "Atlas" })).entries.length, 1);
});

onEveryStore("a challenge is open until it is settled, the oldest first", async (app) => {
  const later = await app.call(captureThought, { kind: "challenge", text: "Too many reviews", happenedOn: "2026-02-20" });
  const older = await app.call(captureThought, { kind: "challenge", text: "No test device", happenedOn: "2026-01-10" });
  const obstacles = () => openObstacles(app.database.reader, app.owner, 5).then(textsOf);
  assert.deepEqual(await obstacles(), ["No test device", "Too many reviews"]);
  const settled = await app.call(resolveCapture, { id: older.id });
  assert.equal(settled.resolvedAt, "2026-03-02T09:00:00.000Z");
  assert.deepEqual(await obstacles(), ["Too many reviews"]);
  assert.deepEqual(textsOf((await app.call(listCaptures, { open: true })).captures), ["Too many reviews"]);
  assert.equal((await app.call(resolveCapture, { id: older.id, open: true })).resolvedAt, null);
  await app.call(deleteCapture, { id: later.id });
  assert.deepEqual(await obstacles(), ["No test device"]);
  const win = await app.call(captureThought, { kind: "win", text: "Shipped" });
  await assert.rejects(app.call(resolveCapture, { id: win.id }), { code: "invalid" });
});

onEveryStore("a win is unshared with each person until that person was told", async (app) => {
  const max = await app.call(addPerson, { name: "Max" });
  const ida = await app.call(addPerson, { name: "Ida", role: "mentor" });
  const told = await app.call(captureThought, { kind: "win", text: "Told", happenedOn: "2026-02-01" });
  await app.call(captureThought, { kind: "win", text: "Older", happenedOn: "2026-01-01" });
  await app.call(captureThought, { kind: "win", text: "Newer", happenedOn: "2026-03-01" });
  await app.call(captureThought, { kind: "note", text: "Not a win" });
  await inTransaction(app.database, (tx) =>
    noteTelling(tx, app.owner, {
      captureId: told.id,
      personId: max.id,
      meetingId: null,
      deliveryId: "d",
      channel: "agenda",
      toldAt: app.clock.now(),
    }),
  );
  const unshared = (person: string, limit = 5) => unsharedWins(app.database.reader, app.owner, person, limit).then(textsOf);
  assert.deepEqual(await unshared(max.id), ["Newer", "Older"]);
  assert.deepEqual(await unshared(ida.id), ["Newer", "Told", "Older"]);
  assert.deepEqual(await unshared(max.id, 1), ["Newer"]);
});

onEveryStore("any text is kept as it is: right-to-left, emoji, markup", async (app) => {
  for (const text of ["הצגתי את התוכנית", "🎉🚀 👩‍💻", "<script>alert('x')</script> & \"quotes\"", "a\tb\nc"]) {
    const { id } = await app.call(captureThought, { text });
    assert.equal((await app.call(showCapture, { id })).text, text);
  }
});

onEveryStore("what cannot be kept is refused beside its field, and nothing is written", async (app) => {
  for (const text of ["", "   \n ", "\u0000\u0007"]) await assert.rejects(app.call(captureThought, { text }), about("text"));
  await assert.rejects(
    app.call(captureThought, { text: "x".repeat(100_000) }),
    (error: Error) => about("text")(error as never) && /nothing was cut/u.test(error.message),
  );
  await assert.rejects(app.call(captureThought, { text: "x", happenedOn: "2026-02-30" }), about("happenedOn"));
  await assert.rejects(app.call(captureThought, { text: "x", happenedOn: "2031-01-01" }), about("happenedOn"));
  await assert.rejects(app.call(captureThought, { text: "x", kind: "victory" as never }), about("kind"));
  await assert.rejects(app.call(captureThought, { text: "x", projects: ["y".repeat(61)] }), about("projects"));
  assert.deepEqual((await app.call(listCaptures, {})).captures, []);
});

onEveryStore("a stranger cannot see, change, delete or restore it", async (app) => {
  const { id } = await app.call(captureThought, { kind: "challenge", text: "Private", projects: ["Atlas"] });
  const as = app.stranger;
  await assert.rejects(app.callAs(as, showCapture, { id }), { code: "not_found" });
  await assert.rejects(app.callAs(as, editCapture, { id, text: "Mine" }), { code: "not_found" });
  await assert.rejects(app.callAs(as, deleteCapture, { id }), { code: "not_found" });
  await assert.rejects(app.callAs(as, restoreCapture, { id }), { code: "not_found" });
  await assert.rejects(app.callAs(as, resolveCapture, { id }), { code: "not_found" });
  await assert.rejects(app.callAs(as, showHistory, { id }), { code: "not_found" });
  assert.deepEqual((await app.callAs(as, listCaptures, {})).captures, []);
  assert.deepEqual(await app.callAs(as, listNames, {}), { projects: [], skills: [] });
  assert.deepEqual(await openObstacles(app.database.reader, as, 5), []);
});
