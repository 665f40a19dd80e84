import * as z from "zod";
import { AppError, notFound } from "../../lib/errors.ts";
import type { Db, Tx } from "../../platform/storage/database.ts";
import type { OwnerId } from "../../lib/ids.ts";
import { readOperation, writeOperation } from "../../platform/operation.ts";
import { Person, PersonChanges, PersonFields, PersonId, type PersonTable } from "./schema.ts";
import { endPersonOnce, insertPerson, listPersonRows, readPersonRow, updatePerson } from "./store.ts";

function toPerson(row: PersonTable): Person {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    note: row.note,
    predecessorId: row.predecessor_id,
    endedOn: row.ended_on,
  };
}

/** The person, or AppError `not_found`: also when it is somebody else's. For features later in the list. */
export async function requirePerson(db: Db, owner: OwnerId, id: string): Promise<Person> {
  const row = await readPersonRow(db, owner, id);
  if (!row) throw notFound("This person");
  return toPerson(row);
}

export const listPeople = readOperation({
  name: "people.list",
  summary: "List everybody you have 1:1s with, those who left last",
  input: z.object({}),
  output: z.object({ people: z.array(Person) }),
  assistant: true,
  async run({ owner, db }) {
    return { people: (await listPersonRows(db, owner)).map(toPerson) };
  },
});

export const showPerson = readOperation({
  name: "people.show",
  summary: "Show one person",
  input: PersonId,
  output: Person,
  assistant: true,
  run: ({ owner, db }, { id }) => requirePerson(db, owner, id),
});

export const addPerson = writeOperation({
  name: "people.add",
  summary: "Add a person you have 1:1s with",
  input: PersonFields,
  output: Person,
  assistant: true,
  examples: [{ name: "Max Berger", email: "max@example.org", role: "manager" }],
  async run({ owner, tx, now }, { email = null, ...fields }) {
    return toPerson(await insertPerson(tx, owner, now, { ...fields, email, predecessor_id: null }));
  },
});

export const editPerson = writeOperation({
  name: "people.edit",
  summary: "Change a person's name, address, role or your private note",
  input: PersonId.extend(PersonChanges.shape),
  output: Person,
  async run({ owner, tx, now }, { id, ...changes }) {
    const row = await updatePerson(tx, owner, now, id, changes);
    if (!row) throw notFound("This person");
    return toPerson(row);
  },
});

/** Notes the last day with a person. Throws `conflict` when one is noted already. The operation is `meetings.endWith`: meetings end with it. */
export async function notePersonEnded(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string, on: string): Promise<Person> {
  const row = await endPersonOnce(tx, owner, now, id, on);
  if (row) return toPerson(row);
  const person = await requirePerson(tx, owner, id);
  throw new AppError("conflict", `You noted already that ${person.endedOn} was the last day with ${person.name}.`);
}

/** Adds whoever follows a person in the same role. The operation is `meetings.handOver`. */
export async function addSuccessor(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  before: Person,
  fields: { name: string; email: string | null },
): Promise<Person> {
  return toPerson(await insertPerson(tx, owner, now, { ...fields, role: before.role, note: "", predecessor_id: before.id }));
}
