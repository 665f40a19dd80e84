import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { saveProfile, showProfile } from "../account/index.ts";
import { captureThought } from "../journal/index.ts";
import { addPerson, listPeople } from "../people/index.ts";
import { searchRecord } from "../record/index.ts";
import { exportJson, exportMarkdown, importJson } from "./operations.ts";
import { archivedTables, leftOut } from "./rules/tables.ts";
import { archiveText } from "./rules/text.ts";
import type { Archive } from "./schema.ts";
import { ownerTables } from "./store.ts";

async function writeSomething(app: TestApp): Promise<void> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Lisbon" });
  await app.call(addPerson, { name: "Max Berger" });
  await app.call(captureThought, { kind: "win", text: "Shipped the <b>importer</b>\n# not a heading", projects: ["Atlas"] });
}

onEveryStore("an archive read into an empty installation gives the same archive, byte for byte", async (app) => {
  await writeSomething(app);
  const archive = await app.call(exportJson, {});
  const { rows } = await app.callAs(app.stranger, importJson, { archive: JSON.parse(archiveText(archive)) as Archive });
  assert.equal(rows, Object.values(archive.tables).flat().length);
  assert.equal(archiveText(await app.callAs(app.stranger, exportJson, {})), archiveText(archive));
  assert.equal((await app.callAs(app.stranger, showProfile, {})).name, "Ana Silva");
  assert.equal((await app.callAs(app.stranger, searchRecord, { text: "importer" })).hits.length, 1, "what was imported is found");
  assert.equal((await app.callAs(app.stranger, searchRecord, { text: "atlas" })).hits.length, 1, "by its tags too");
});

onEveryStore("every table of an owner is in the archive, or left out for a reason", async (app) => {
  const tables = await ownerTables(app.database.reader);
  const archived = archivedTables.map(({ table }) => table as string);
  for (const table of tables.keys()) {
    assert.ok(
      archived.includes(table) || leftOut[table],
      `${table} belongs to an owner: add it to archivedTables, or to leftOut with the reason`,
    );
    assert.ok(!(archived.includes(table) && leftOut[table]), `${table} is both archived and left out`);
  }
  for (const table of archived) assert.ok(tables.has(table), `${table} is archived but does not exist`);
});

onEveryStore("an archive holds nothing of others, no owner's id and no secret", async (app) => {
  await writeSomething(app);
  await app.callAs(app.stranger, addPerson, { name: "Somebody else's" });
  const text = archiveText(await app.call(exportJson, {}));
  for (const secret of [app.owner, "Somebody else's", "owner_id", "token", "sealed"]) assert.ok(!text.includes(secret), secret);
});

onEveryStore("an archive is not read into an installation where something is written", async (app) => {
  await writeSomething(app);
  const archive = await app.call(exportJson, {});
  await assert.rejects(app.call(importJson, { archive }), { code: "conflict" });
});

function firstPerson(archive: Archive): Record<string, string | number | null> {
  const person = archive.tables["person"]?.[0];
  assert.ok(person);
  return person;
}

const changed = (archive: Archive, change: (copy: Record<string, never> & Archive) => void): Archive => {
  const copy = structuredClone(archive) as Record<string, never> & Archive;
  change(copy);
  return copy;
};

onEveryStore("a newer, foreign or damaged archive is refused with what is wrong, and nothing is kept", async (app) => {
  await writeSomething(app);
  const good = await app.call(exportJson, {});
  const person = firstPerson(good);
  const bad: [Archive, RegExp][] = [
    [{ ...good, version: 2 }, /newer version/u],
    [{ ...good, format: "diary" as "throughline" }, /not a Throughline archive/u],
    [{ ...good, owner: { ...good.owner, zone: "Mars/Olympus" } }, /time zone/u],
    [changed(good, (copy) => (copy.tables["dream"] = [{ id: "1" }])), /table "dream"/u],
    [changed(good, (copy) => (firstPerson(copy)["shoe"] = "42")), /column "person.shoe"/u],
    [changed(good, (copy) => (firstPerson(copy)["name"] = 7)), /person\[0\]\.name/u],
    [changed(good, (copy) => (firstPerson(copy)["name"] = "Max\r\nBcc: all@example.org")), /person\[0\]\.name/u],
    [changed(good, (copy) => (firstPerson(copy)["created_at"] = "yesterday")), /created_at/u],
    [changed(good, (copy) => delete firstPerson(copy)["name"]), /missing/u],
    [changed(good, (copy) => copy.tables["person"]?.push(person)), /there twice/u],
    [
      changed(
        good,
        (copy) =>
          (copy.tables["series"] = [
            {
              id: "s",
              person_id: "nobody",
              ended_on: null,
              ahead_until_on: "2026-01-01",
              created_at: person["created_at"] ?? null,
              updated_at: person["created_at"] ?? null,
            },
          ]),
      ),
      /missing/u,
    ],
  ];
  for (const [archive, complaint] of bad) await assert.rejects(app.callAs(app.stranger, importJson, { archive }), complaint);
  assert.deepEqual((await app.callAs(app.stranger, listPeople, {})).people, []);
});

onEveryStore("the Markdown folder has an index, and words stay words", async (app) => {
  await writeSomething(app);
  const { files } = await app.call(exportMarkdown, {});
  assert.deepEqual(
    files.map((file) => file.path),
    ["index.md", "people.md", "commitments.md", "journal/2026-03.md"],
  );
  const journal = files.at(-1)?.text ?? "";
  assert.match(journal, /\\<b>importer/u);
  assert.match(journal, /^ {2}\\# not a heading \(project Atlas\)$/mu);
  assert.match(files[0]?.text ?? "", /^# Throughline of Ana Silva$/mu);
  assert.match(files[0]?.text ?? "", /\[2026-03\]\(journal\/2026-03\.md\)/u);
  const none = await app.callAs(app.stranger, exportMarkdown, {});
  assert.equal(none.files.length, 3, "somebody else's journal is not in it");
});
