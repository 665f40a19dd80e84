import assert from "node:assert/strict";
import { sql } from "kysely";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { inTransaction } from "./database.ts";
import { indexText, searchText, type TextPosition, unindexText } from "./full-text.ts";

const NAMES = ["amber", "birch", "cedar", "dahlia", "elder", "fennel", "ginger"];

/** More than wait at a time, so that most are in the index and the last ones are not; every seventh day out of order. */
async function putMany(app: TestApp, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1)
    await inTransaction(app.database, (tx) =>
      indexText(tx, app.owner, `n${number}`, `standup ${NAMES[number % 7]} item${number}`, momentOf(number)),
    );
}

function momentOf(number: number): string {
  return Temporal.Instant.from("2026-01-01T12:00:00Z")
    .add({ hours: 24 * ((number * 37) % 101) })
    .toString({ fractionalSecondDigits: 3 });
}

async function waitingOnSqlite(app: TestApp): Promise<number | undefined> {
  if (app.database.dialect !== "sqlite") return undefined;
  const { rows } = await sql<{ waiting: number }>`select count(*) as waiting from full_text_pending`.execute(app.database.reader);
  return rows[0]?.waiting;
}

async function find(app: TestApp, text: string, limit = 200, before?: TextPosition) {
  return searchText(app.database.reader, app.owner, text, { limit, before });
}

onEveryStore("pages go through what is indexed and what waits for it as through one list", async (app) => {
  await putMany(app, 75);
  const waiting = await waitingOnSqlite(app);
  assert.ok(waiting === undefined || (waiting > 0 && waiting < 40), `${waiting} wait`);
  const expected = Array.from({ length: 75 }, (_, number) => number).sort((a, b) => (momentOf(a) < momentOf(b) ? 1 : -1));
  const seen: string[] = [];
  for (let before: TextPosition | undefined; ;) {
    const { hits } = await find(app, "stand", 7, before);
    seen.push(...hits.map(({ id }) => id));
    if (hits.length < 7) break;
    before = hits.at(-1);
  }
  assert.deepEqual(
    seen,
    expected.map((number) => `n${number}`),
  );
});

onEveryStore("an entry is found, corrected, replaced and removed whether it waits or not", async (app) => {
  await putMany(app, 75);
  for (const number of [3, 74]) {
    const id = `n${number}`;
    const only = async (text: string): Promise<string[]> => (await find(app, text)).hits.map((hit) => hit.id);
    assert.deepEqual(await only(`item${number} standup`), [id]);
    await inTransaction(app.database, (tx) => indexText(tx, app.owner, id, `Retrospective number${number}`, momentOf(number)));
    assert.deepEqual(await only(`item${number}`).then((ids) => ids.includes(id)), false, "the old words are gone");
    assert.deepEqual(await only(`number${number} retrosp`), [id]);
    const mistyped = await find(app, "retrospecitve");
    assert.deepEqual([mistyped.corrected, mistyped.words], [true, ["retrospective"]]);
    await inTransaction(app.database, (tx) => unindexText(tx, app.owner, id));
    assert.deepEqual(await only(`retrospective`), []);
  }
  assert.equal((await find(app, "standup")).hits.length, 73);
});

onEveryStore("what waits belongs to its owner alone, and goes with a write that fails", async (app) => {
  await inTransaction(app.database, (tx) => indexText(tx, app.owner, "mine", "orchard", momentOf(1)));
  await inTransaction(app.database, (tx) => indexText(tx, app.stranger, "theirs", "orchard", momentOf(2)));
  const failing = inTransaction(app.database, async (tx) => {
    await indexText(tx, app.owner, "lost", "orchard", momentOf(3));
    throw new Error("the rest of the write failed");
  });
  await assert.rejects(failing, /the rest/u);
  assert.deepEqual(
    (await find(app, "orchard")).hits.map((hit) => hit.id),
    ["mine"],
  );
});
