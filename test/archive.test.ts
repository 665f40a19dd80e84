import assert from "node:assert/strict";
import { test } from "node:test";
import { createLocalOwner } from "../src/features/account/store.ts";
import { type Archive, archiveText, exportJson, exportMarkdown, importJson } from "../src/features/archive/index.ts";
import { tellStory } from "../src/features/example/index.ts";
import type { OwnerId } from "../src/lib/ids.ts";
import { call, type Operation } from "../src/platform/operation.ts";
import { type Database, inTransaction } from "../src/platform/storage/database.ts";
import { fakeClock } from "./support/fake-clock.ts";
import { freshDatabase, storeNames } from "./support/stores.ts";
import type { z } from "zod";

const clock = fakeClock();

interface Place {
  readonly database: Database;
  readonly owner: OwnerId;
  run<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>, input: z.input<I>): Promise<z.output<O>>;
}

async function emptyPlace(name: (typeof storeNames)[number]): Promise<Place> {
  const database = await freshDatabase(name);
  const owner = await inTransaction(database, (tx) => createLocalOwner(tx, clock.now(), "Europe/Berlin"));
  return { database, owner, run: (operation, input) => call({ owner, database, clock }, operation, input) };
}

async function withPlaces(
  names: readonly (typeof storeNames)[number][],
  work: (first: Place, second: Place) => Promise<void>,
): Promise<void> {
  const places: Place[] = [];
  try {
    for (const name of names) places.push(await emptyPlace(name));
    await work(places[0] as Place, places.at(-1) as Place);
  } finally {
    for (const { database } of places) await database.close();
  }
}

for (const from of storeNames) {
  for (const to of storeNames) {
    test(`half a year goes from ${from} to ${to} without losing a byte, and queues no mail`, () =>
      withPlaces([from, to], async (source, target) => {
        await tellStory(source.database, source.owner, clock.now());
        const archive = await source.run(exportJson, {});
        assert.ok(Object.values(archive.tables).flat().length > 300);
        await target.run(importJson, { archive: JSON.parse(archiveText(archive)) as Archive });
        assert.equal(archiveText(await target.run(exportJson, {})), archiveText(archive));
        assert.deepEqual(await target.database.reader.selectFrom("outbox").selectAll().execute(), []);
        assert.deepEqual(await target.run(exportMarkdown, {}), await source.run(exportMarkdown, {}));
      }));
  }
}

test("the Markdown of half a year has a file for each meeting with its agenda, recap and mails, and every link leads to a file", () =>
  withPlaces(["sqlite"], async (place) => {
    await tellStory(place.database, place.owner, clock.now());
    const { files } = await place.run(exportMarkdown, {});
    const paths = files.map((file) => file.path);
    assert.equal(new Set(paths).size, paths.length);
    const links = [...(files[0]?.text ?? "").matchAll(/\]\(([^)]+)\)/gu)].map((found) => found[1] ?? "");
    assert.deepEqual(links.toSorted(), paths.filter((path) => path !== "index.md").toSorted());
    const meetings = files.filter((file) => file.path.startsWith("meetings/"));
    assert.ok(meetings.length >= 20);
    assert.ok(
      meetings.some(
        ({ text }) => /^## Agenda$/mu.test(text) && /^## Recap: Decisions$/mu.test(text) && /^## Sent .+: 1:1 /mu.test(text),
      ),
    );
  }));
