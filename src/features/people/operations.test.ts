import assert from "node:assert/strict";
import { inTransaction } from "../../platform/storage/database.ts";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { addPerson, editPerson, listPeople, notePersonEnded, showPerson } from "./operations.ts";

onEveryStore("a person can be added, changed and listed", async (app) => {
  const max = await app.call(addPerson, { name: "  Max\r\nBerger ", email: "max@example.org" });
  assert.equal(max.name, "Max Berger");
  assert.equal(max.role, "manager");
  const edited = await app.call(editPerson, { id: max.id, role: "mentor" });
  assert.equal(edited.role, "mentor");
  assert.equal(edited.name, "Max Berger", "what is not named stays as it was");
  assert.equal(
    (await app.call(editPerson, { id: max.id, name: "Max Berger" })).role,
    "mentor",
    "an edit never falls back to a default",
  );
  assert.deepEqual((await app.call(listPeople, {})).people, [edited]);
});

onEveryStore("a person who left stays in the list with the day", async (app) => {
  const max = await app.call(addPerson, { name: "Max", email: null });
  const end = (on: string) => inTransaction(app.database, (tx) => notePersonEnded(tx, app.owner, app.clock.now(), max.id, on));
  assert.equal((await end("2026-03-31")).endedOn, "2026-03-31");
  await assert.rejects(end("2026-04-30"), { code: "conflict" });
  const ana = await app.call(addPerson, { name: "Ana" });
  const listed = (await app.call(listPeople, {})).people.map((person) => person.name);
  assert.deepEqual(listed, ["Ana", "Max"], "those who left come last");
  assert.equal(ana.endedOn, null);
});

onEveryStore("somebody else's person is not found", async (app) => {
  const max = await app.call(addPerson, { name: "Max" });
  await assert.rejects(app.callAs(app.stranger, showPerson, { id: max.id }), { code: "not_found" });
  await assert.rejects(app.callAs(app.stranger, editPerson, { id: max.id, name: "Mine" }), { code: "not_found" });
  assert.deepEqual((await app.callAs(app.stranger, listPeople, {})).people, []);
});

onEveryStore("an address that is a list is refused beside its field", async (app) => {
  await assert.rejects(
    app.call(addPerson, { name: "Max", email: "a@example.org, b@example.org" }),
    (error: { fields: { field: string }[] }) => error.fields[0]?.field === "email",
  );
});
