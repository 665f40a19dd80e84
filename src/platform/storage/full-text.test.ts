import assert from "node:assert/strict";
import { sql } from "kysely";
import type { OwnerId } from "../../lib/ids.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { inTransaction } from "./database.ts";
import { indexText, searchText, unindexText } from "./full-text.ts";

function put(app: TestApp, owner: OwnerId, id: string, text: string, at = "2026-03-02T09:00:00.000Z"): Promise<void> {
  return inTransaction(app.database, (tx) => indexText(tx, owner, id, text, at));
}

async function ids(app: TestApp, query: string, owner = app.owner): Promise<string[]> {
  return (await searchText(app.database.reader, owner, query, { limit: 20 })).hits.map((hit) => hit.id);
}

onEveryStore("every word must be there, and the last may be a beginning", async (app) => {
  await put(app, app.owner, "a", "Moved the billing migration to March");
  await put(app, app.owner, "b", "Billing works again");
  assert.deepEqual(await ids(app, "billing migr"), ["a"]);
  assert.deepEqual(await ids(app, "mig billing"), [], "only the last word may be a beginning");
  assert.deepEqual((await ids(app, "BÍLLING")).sort(), ["a", "b"]);
  assert.deepEqual(await ids(app, "billing spring"), []);
});

onEveryStore("hits come newest first, page by page, whatever the order of writing", async (app) => {
  const days = ["05", "01", "04", "02", "03"];
  for (const day of days) await put(app, app.owner, `on-${day}`, "standup notes", `2026-03-${day}T12:00:00.000Z`);
  const read = (limit: number, before?: { happenedAt: string; id: string }) =>
    searchText(app.database.reader, app.owner, "standup", { limit, before });
  const first = await read(2);
  assert.deepEqual(
    first.hits.map((hit) => hit.id),
    ["on-05", "on-04"],
  );
  const second = await read(2, first.hits[1]);
  assert.deepEqual(
    second.hits.map((hit) => hit.id),
    ["on-03", "on-02"],
  );
  assert.deepEqual(
    (await read(2, second.hits[1])).hits.map((hit) => hit.id),
    ["on-01"],
  );
});

onEveryStore("many entries of the same moment all find a place", async (app) => {
  await inTransaction(app.database, async (tx) => {
    for (let count = 0; count < 1_200; count += 1)
      await indexText(tx, app.owner, `n${count}`, "noon", "2026-03-02T12:00:00.000Z");
  });
  assert.equal((await searchText(app.database.reader, app.owner, "noon", { limit: 2_000 })).hits.length, 1_200);
});

onEveryStore("a text is replaced, and removed, without leaving words behind", async (app) => {
  await put(app, app.owner, "a", "draft of the roadmap");
  await put(app, app.owner, "a", "final plan", "2026-03-03T09:00:00.000Z");
  assert.deepEqual(await ids(app, "roadmap"), []);
  assert.deepEqual(await ids(app, "final"), ["a"]);
  await inTransaction(app.database, (tx) => unindexText(tx, app.owner, "a"));
  await inTransaction(app.database, (tx) => unindexText(tx, app.owner, "never-there"));
  assert.deepEqual(await ids(app, "final"), []);
});

onEveryStore("a stranger finds nothing, not even by a correction, though the same id and words exist", async (app) => {
  await put(app, app.owner, "a", "promotion case");
  assert.deepEqual(await ids(app, "promotion", app.stranger), []);
  assert.deepEqual(await ids(app, "promotoin", app.stranger), []);
  await put(app, app.stranger, "a", "holiday plan");
  assert.deepEqual(await ids(app, "promotion"), ["a"]);
  assert.deepEqual(await ids(app, "holiday"), []);
});

onEveryStore("owners whose marks are equal still see only their own", async (app) => {
  const twin = `00000000-0000-7000-8000-000000${app.owner.slice(-6)}` as OwnerId;
  await sql`insert into owner (id, zone, created_at, updated_at) values (${twin}, 'UTC', '2026-03-02T09:00:00.000Z', '2026-03-02T09:00:00.000Z')`.execute(
    app.database.writer,
  );
  await put(app, twin, "theirs", "promotion case");
  await put(app, app.owner, "mine", "promotion case");
  assert.deepEqual(await ids(app, "promotion"), ["mine"]);
  assert.deepEqual(await ids(app, "promotion", twin), ["theirs"]);
});

onEveryStore("a mistyped last word is forgiven only when nothing else was found", async (app) => {
  await put(app, app.owner, "a", "the migration plan");
  await put(app, app.owner, "b", "wind in the plane");
  const answer = await searchText(app.database.reader, app.owner, "the mirgatoin", { limit: 5 });
  assert.deepEqual([answer.hits.map((hit) => hit.id), answer.words, answer.corrected], [["a"], ["the", "migration"], true]);
  assert.equal((await searchText(app.database.reader, app.owner, "plan", { limit: 5 })).corrected, false);
  assert.deepEqual(await ids(app, "wnd"), ["b"]);
  assert.deepEqual(await ids(app, "xyz"), []);
  assert.deepEqual(await ids(app, "plam wind"), [], "only the last word is corrected");
});

onEveryStore("whatever is typed is words, never a search language", async (app) => {
  await put(app, app.owner, "a", 'plan OR and not near "quoted" 🎉 שלום للعالم 会議');
  for (const found of [
    "plan OR",
    "AND",
    "NOT near",
    '"quoted"',
    "quoted*",
    "(plan)",
    "words:plan plan".slice(6),
    "🎉",
    "שלום",
    "للعالم",
    "会議",
    "plan' & 'near",
  ]) {
    assert.deepEqual(await ids(app, found), ["a"], found);
  }
  for (const nothing of ["", "   ", '"', "*", ":", "()", "'", "\u0000", "& | !", "\\", "\uD800", "-"])
    assert.deepEqual(await ids(app, nothing), [], JSON.stringify(nothing));
  assert.deepEqual(await ids(app, "x'y\" OR 1=1 --"), []);
  assert.deepEqual(await ids(app, "plan ".repeat(20_000)), ["a"]);
  assert.deepEqual(await ids(app, "x".repeat(100_000)), []);
  assert.deepEqual(await ids(app, Array.from({ length: 20_000 }, (_, index) => `w${index}`).join(" ")), []);
});

onEveryStore("a long text, one without words and one with control characters go into the index", async (app) => {
  await put(app, app.owner, "long", Array.from({ length: 15_000 }, (_, index) => `word${index}`).join(" "));
  await put(app, app.owner, "none", "!!! ... \u0000");
  await put(app, app.owner, "odd", "a\u0000b <script>alert('x')</script> it's");
  assert.deepEqual(await ids(app, "word14999"), ["long"]);
  assert.deepEqual(await ids(app, "script alert"), ["odd"]);
});

onEveryStore("the search reads the index, not the rows", async (app) => {
  const { database, owner } = app;
  const mark = `${owner.slice(-6)}_plan`;
  if (database.dialect === "sqlite") {
    const { rows } = await sql<{
      detail: string;
    }>`explain query plan select r.id from full_text cross join full_text_row as r on r.rowid = full_text.rowid
      where full_text match ${`"${mark}" *`} and r.owner_id = ${owner} order by full_text.rowid desc limit 20`.execute(
      database.reader,
    );
    const plan = rows.map((row) => row.detail).join("\n");
    assert.match(plan, /VIRTUAL TABLE INDEX/u);
    assert.match(plan, /SEARCH r USING INTEGER PRIMARY KEY/u);
    assert.doesNotMatch(plan, /TEMP B-TREE/u);
    return;
  }
  await sql`insert into full_text (owner_id, id, happened_at, words)
    select ${owner}, 'n' || n, '2026-03-02T09:00:00.000Z', array_to_tsvector(array['x_word' || n]) from generate_series(1, 3000) as n`.execute(
    database.writer,
  );
  await sql`analyze full_text`.execute(database.writer);
  const { rows } = await sql<Record<string, string>>`explain select id from full_text
    where words @@ ${`'${mark}':*`}::tsquery and owner_id = ${owner} order by happened_at desc, id desc limit 20`.execute(
    database.reader,
  );
  assert.match(rows.map((row) => Object.values(row)[0]).join("\n"), /full_text_words/u);
});
