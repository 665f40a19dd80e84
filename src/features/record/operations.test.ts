import assert from "node:assert/strict";
import { sql } from "kysely";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { addPerson } from "../people/index.ts";
import { searchRecord, showTimeline, traceEntry } from "./operations.ts";
import type { RecordEntry } from "./schema.ts";
import { dropEntry, keepEntry, listTags, type NewEntry, noteTelling } from "./store.ts";

function keep(app: TestApp, entry: Partial<NewEntry> & { id: string }, owner = app.owner): Promise<void> {
  const whole = { source: "capture" as const, kind: "win", text: `Text of ${entry.id}`, happenedAt: app.clock.now(), ...entry };
  return inTransaction(app.database, (tx) => keepEntry(tx, owner, app.clock.now(), whole));
}

function tell(app: TestApp, captureId: string, personId: string, deliveryId: string | null = "mail-1"): Promise<void> {
  return inTransaction(app.database, (tx) =>
    noteTelling(tx, app.owner, {
      captureId,
      personId,
      meetingId: "meeting-1",
      deliveryId,
      channel: "agenda",
      toldAt: app.clock.now(),
    }),
  );
}

const idsOf = (entries: readonly RecordEntry[]): string[] => entries.map((entry) => entry.id);

onEveryStore("the timeline reads newest first, older and newer page by page", async (app) => {
  for (let count = 1; count <= 7; count += 1) {
    app.clock.advance({ hours: 1 });
    await keep(app, { id: `e${count}` });
  }
  const first = await app.call(showTimeline, { limit: 3 });
  assert.deepEqual(idsOf(first.entries), ["e7", "e6", "e5"]);
  assert.equal(first.newer, null);
  const second = await app.call(showTimeline, { limit: 3, before: first.older ?? "" });
  assert.deepEqual(idsOf(second.entries), ["e4", "e3", "e2"]);
  const third = await app.call(showTimeline, { limit: 3, before: second.older ?? "" });
  assert.deepEqual([idsOf(third.entries), third.older], [["e1"], null]);
  const back = await app.call(showTimeline, { limit: 3, after: third.newer ?? "" });
  assert.deepEqual(idsOf(back.entries), ["e4", "e3", "e2"]);
  assert.deepEqual(idsOf((await app.call(showTimeline, { limit: 3, after: back.newer ?? "" })).entries), ["e7", "e6", "e5"]);
});

onEveryStore("entries of the same moment are neither shown twice nor lost between two pages", async (app) => {
  for (const id of ["a", "b", "c", "d", "e"]) await keep(app, { id });
  const first = await app.call(showTimeline, { limit: 2 });
  const second = await app.call(showTimeline, { limit: 2, before: first.older ?? "" });
  const third = await app.call(showTimeline, { limit: 2, before: second.older ?? "" });
  assert.deepEqual(
    [first, second, third].flatMap((page) => idsOf(page.entries)),
    ["e", "d", "c", "b", "a"],
  );
});

onEveryStore("a telling stands on the capture: to whom, when, in which mail (S13)", async (app) => {
  const max = await app.call(addPerson, { name: "Max Berger" });
  await keep(app, { id: "win" });
  await keep(app, { id: "secret" });
  app.clock.advance({ days: 1 });
  await tell(app, "win", max.id);
  app.clock.advance({ days: 1 });
  await tell(app, "win", max.id);
  const entry = await app.call(traceEntry, { id: "win" });
  assert.equal(entry.toldAt, "2026-03-03T09:00:00.000Z", "the first time counts");
  assert.deepEqual(entry.tellings, [
    {
      captureId: "win",
      personId: max.id,
      personName: "Max Berger",
      meetingId: "meeting-1",
      deliveryId: "mail-1",
      channel: "agenda",
      toldAt: "2026-03-03T09:00:00.000Z",
    },
  ]);
  assert.deepEqual(entry.deliveryIds, ["mail-1"]);
  await tell(app, "win", max.id, null);
  assert.equal((await app.call(traceEntry, { id: "win" })).tellings.length, 2, "said again in a talk");
  assert.deepEqual(idsOf((await app.call(showTimeline, { neverTold: true })).entries), ["secret"]);
});

onEveryStore("an edited or restored capture stays told (S13)", async (app) => {
  const max = await app.call(addPerson, { name: "Max" });
  await keep(app, { id: "win" });
  await tell(app, "win", max.id);
  await keep(app, { id: "win", text: "Better words" });
  assert.notEqual((await app.call(traceEntry, { id: "win" })).toldAt, null);
  await inTransaction(app.database, (tx) => dropEntry(tx, app.owner, "win"));
  assert.deepEqual((await app.call(showTimeline, {})).entries, []);
  await keep(app, { id: "win" });
  const entry = await app.call(traceEntry, { id: "win" });
  assert.equal(entry.tellings.length, 1);
  assert.notEqual(entry.toldAt, null);
});

onEveryStore("the timeline narrows by group, source, kind, person, tag and day", async (app) => {
  const max = await app.call(addPerson, { name: "Max" });
  await keep(app, {
    id: "win",
    tags: [
      { kind: "project", name: "Atlas" },
      { kind: "skill", name: "Writing" },
      { kind: "project", name: "atlas" },
    ],
  });
  await keep(app, { id: "challenge", kind: "challenge", happenedAt: Temporal.Instant.from("2026-01-31T22:30:00Z") });
  await keep(app, { id: "told", source: "told", kind: "agenda", personId: max.id, deliveryId: "mail-1" });
  await keep(app, { id: "decided", source: "decision", kind: null, personId: max.id, meetingId: "meeting-1" });
  await keep(app, { id: "mine", source: "my_action", kind: null, personId: max.id });
  await keep(app, { id: "theirs", source: "manager_commitment", kind: null, personId: max.id });
  const find = async (filters: Parameters<typeof app.call<typeof showTimeline.input, typeof showTimeline.output>>[1]) =>
    idsOf((await app.call(showTimeline, filters)).entries).sort();
  assert.deepEqual(await find({ group: "captured" }), ["challenge", "win"]);
  assert.deepEqual(await find({ group: "told" }), ["told"]);
  assert.deepEqual(await find({ group: "decided" }), ["decided"]);
  assert.deepEqual(await find({ group: "promised" }), ["mine", "theirs"]);
  assert.deepEqual(await find({ source: "my_action" }), ["mine"]);
  assert.deepEqual(await find({ group: "told", source: "my_action" }), []);
  assert.deepEqual(await find({ kind: "challenge" }), ["challenge"]);
  assert.deepEqual(await find({ personId: max.id }), ["decided", "mine", "theirs", "told"]);
  assert.deepEqual(await find({ project: "ATLAS" }), ["win"]);
  assert.deepEqual(await find({ skill: "writing", project: "Atlas" }), ["win"]);
  assert.deepEqual(await find({ skill: "Atlas" }), []);
  assert.deepEqual(
    await find({ from: "2026-02-01" }).then((ids) => ids.includes("challenge")),
    false,
    "23:30 in Berlin is still January",
  );
  assert.deepEqual(await find({ to: "2026-01-31" }), ["challenge"]);
  assert.deepEqual((await app.call(traceEntry, { id: "win" })).tags, [
    { kind: "project", name: "Atlas" },
    { kind: "skill", name: "Writing" },
  ]);
  assert.deepEqual(await listTags(app.database.reader, app.owner, "project"), ["Atlas"]);
});

onEveryStore("the search finds text and tags, narrows like the timeline and marks what it found", async (app) => {
  await keep(app, { id: "a", text: "The <b>migration</b> went well", tags: [{ kind: "project", name: "Billing" }] });
  await keep(app, { id: "b", source: "decision", kind: null, text: "Migration first" });
  const answer = await app.call(searchRecord, { text: "migr", group: "captured" });
  assert.deepEqual(
    answer.hits.map((hit) => hit.highlighted),
    [
      [
        { text: "The <b>", hit: false },
        { text: "migration", hit: true },
        { text: "</b> went well", hit: false },
      ],
    ],
  );
  assert.deepEqual(idsOf((await app.call(searchRecord, { text: "billing" })).hits), ["a"]);
  const corrected = await app.call(searchRecord, { text: "migratoin" });
  assert.deepEqual([idsOf(corrected.hits).sort(), corrected.correctedTo], [["a", "b"], "migration"]);
  assert.deepEqual(await app.call(searchRecord, { text: "zebra" }), { hits: [], correctedTo: null, older: null });
});

onEveryStore("a narrow search looks behind hits that do not fit, page by page", async (app) => {
  await inTransaction(app.database, async (tx) => {
    for (let count = 0; count < 260; count += 1) {
      const source = count % 130 === 0 ? "decision" : "capture";
      await keepEntry(tx, app.owner, app.clock.now(), {
        id: `n${count}`,
        source,
        kind: null,
        text: "status",
        happenedAt: app.clock.now().add({ minutes: count }),
      });
    }
  });
  const first = await app.call(searchRecord, { text: "status", group: "decided", limit: 1 });
  assert.deepEqual(idsOf(first.hits), ["n130"]);
  const second = await app.call(searchRecord, { text: "status", group: "decided", limit: 1, before: first.older ?? "" });
  assert.deepEqual([idsOf(second.hits), second.older], [["n0"], null]);
});

onEveryStore("a stranger finds, reads and traces nothing", async (app) => {
  await keep(app, { id: "win", text: "Promotion case", tags: [{ kind: "project", name: "Atlas" }] });
  await assert.rejects(app.callAs(app.stranger, traceEntry, { id: "win" }), { code: "not_found" });
  assert.deepEqual((await app.callAs(app.stranger, showTimeline, {})).entries, []);
  assert.deepEqual((await app.callAs(app.stranger, searchRecord, { text: "promotion" })).hits, []);
  assert.deepEqual(await listTags(app.database.reader, app.stranger, "project"), []);
  await keep(app, { id: "win", text: "Theirs" }, app.stranger);
  assert.equal((await app.call(traceEntry, { id: "win" })).text, "Promotion case");
});

onEveryStore("questions that make no sense are answered beside their field", async (app) => {
  const field = (name: string) => (error: { fields: { field: string }[] }) => error.fields[0]?.field === name;
  await assert.rejects(app.call(showTimeline, { before: "yesterday" }), field("before"));
  await assert.rejects(app.call(showTimeline, { from: "2026-02-30" }), field("from"));
  await assert.rejects(app.call(showTimeline, { limit: 0 }), field("limit"));
  await assert.rejects(app.call(searchRecord, { text: " \u0000 " }), field("text"));
  await assert.rejects(app.call(searchRecord, { text: "x".repeat(100_000) }), field("text"));
  await assert.rejects(app.call(traceEntry, { id: "nobody" }), { code: "not_found" });
});

onEveryStore("a page of the timeline reads its index", async (app) => {
  const { database, owner } = app;
  const page = (where: string) =>
    sql`select * from record_entry where owner_id = ${owner} ${sql.raw(where)} and (happened_at, id) < ('2027', 'x') order by happened_at desc, id desc limit 21`;
  const expected: [string, string][] = [
    ["", "record_entry_by_time"],
    ["and source = 'told' and source <> 'capture'", "record_entry_by_source"],
    ["and person_id = 'p'", "record_entry_by_person"],
    ["and source = 'capture' and told_at is null", "record_entry_by_time"],
  ];
  if (database.dialect === "postgres") {
    await sql`insert into person (owner_id, id, name, role, created_at, updated_at) values (${owner}, 'p', 'P', 'manager', '2026', '2026')`.execute(
      database.writer,
    );
    await sql`insert into record_entry (owner_id, id, source, text, happened_at, person_id, told_at, created_at)
      select ${owner}, 'e' || n, case when n % 50 = 0 then 'told' else 'capture' end, '', '2026-' || n, case when n % 50 = 1 then 'p' end, case when n % 50 = 2 then null else '2026' end, ''
      from generate_series(1, 5000) as n`.execute(database.writer);
    await sql`analyze record_entry`.execute(database.writer);
  }
  for (const [where, index] of expected) {
    const { rows } = await sql<
      Record<string, string>
    >`${sql.raw(database.dialect === "sqlite" ? "explain query plan" : "explain")} ${page(where)}`.execute(database.reader);
    const plan = rows.map((row) => row["detail"] ?? Object.values(row)[0]).join("\n");
    assert.match(plan, new RegExp(`${index}\\b`, "u"), plan);
    assert.doesNotMatch(plan, /TEMP B-TREE|Seq Scan/u, plan);
  }
});
