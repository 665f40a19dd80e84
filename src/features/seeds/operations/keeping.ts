import { AppError, invalidField } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { writeOperation } from "../../../platform/operation.ts";
import type { Tx } from "../../../platform/storage/database.ts";
import { requirePerson } from "../../people/index.ts";
import { keepEntry } from "../../record/index.ts";
import {
  EditInput,
  type Happening,
  OpenInput,
  PlantInput,
  RestInput,
  Seed,
  SeedDetail,
  SeedRef,
  type SeedTable,
  SettleInput,
} from "../schema.ts";
import { insertEvent, insertSeed, listSeedRows, updateSeed } from "../store/seeds.ts";
import { noteMention } from "./mentioning.ts";
import { requireSeed, todayOf } from "./seeds.ts";

/** The wish and what became of it stand in the record under the id of the seed. */
async function record(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string): Promise<void> {
  const [row] = await listSeedRows(tx, owner, { id });
  if (!row) return;
  await keepEntry(tx, owner, now, {
    id,
    source: "note",
    kind: "seed",
    text: [row.text, row.opening, row.reason].filter((words) => words !== "").join("\n\n"),
    happenedAt: Temporal.Instant.from(row.created_at),
    personId: row.person_id,
  });
}

async function dayOrToday(tx: Tx, owner: OwnerId, now: Temporal.Instant, on: string | undefined, field: string): Promise<string> {
  const today = (await todayOf(tx, owner, now)).toString();
  if (on !== undefined && on > today) throw invalidField(field, "This day is still to come. Note it when it has happened.");
  return on ?? today;
}

interface Turn {
  readonly happening: Happening;
  readonly on: string;
  readonly note: string;
  readonly changes: Partial<SeedTable>;
}

/** Writes what became of a seed: its present state, what happened in its history, and its entry in the record. */
async function turn(tx: Tx, owner: OwnerId, now: Temporal.Instant, id: string, plan: Turn): Promise<Seed> {
  const { happening, on, note, changes } = plan;
  await updateSeed(tx, owner, now, id, changes);
  await insertEvent(tx, owner, now, { seed_id: id, happening, happened_on: on, note });
  await record(tx, owner, now, id);
  return (await requireSeed(tx, owner, now, id)).seed;
}

export const plantSeed = writeOperation({
  name: "seeds.plant",
  summary: "Write down a wish for the future, for a person; private until it stands on an agenda",
  input: PlantInput,
  output: SeedDetail,
  assistant: true,
  examples: [{ personId: "PERSON", text: "I would like to lead a project next year." }],
  async run({ owner, tx, now }, { personId, text, saidOn, meetingId, said }) {
    await requirePerson(tx, owner, personId);
    const { id } = await insertSeed(tx, owner, now, { person_id: personId, text });
    const today = (await todayOf(tx, owner, now)).toString();
    await insertEvent(tx, owner, now, { seed_id: id, happening: "noted", happened_on: today, note: text });
    await record(tx, owner, now, id);
    if (saidOn !== undefined || meetingId !== undefined || said !== "")
      await noteMention(tx, owner, now, { seedId: id, personId, saidOn, meetingId, said });
    return requireSeed(tx, owner, now, id);
  },
});

export const editSeed = writeOperation({
  name: "seeds.edit",
  summary: "Change the words of a seed, or whom it is for; the words before are kept in its history",
  input: EditInput,
  output: Seed,
  assistant: true,
  async run({ owner, tx, now }, { id, text, personId }) {
    const { seed } = await requireSeed(tx, owner, now, id);
    if (personId !== undefined) await requirePerson(tx, owner, personId);
    const isSame = (text ?? seed.text) === seed.text && (personId ?? seed.personId) === seed.personId;
    if (isSame) return seed;
    const today = (await todayOf(tx, owner, now)).toString();
    const changes = {
      ...(text === undefined ? {} : { text }),
      ...(personId === undefined ? {} : { person_id: personId }),
    };
    return turn(tx, owner, now, id, { happening: "reworded", on: today, note: seed.text, changes });
  },
});

export const openSeed = writeOperation({
  name: "seeds.openUp",
  summary: "Note that something concrete appeared for a seed",
  input: OpenInput,
  output: Seed,
  assistant: true,
  examples: [{ id: "SEED", opening: "The spring release needs somebody to lead it." }],
  async run({ owner, tx, now }, { id, opening, openedOn }) {
    const { seed } = await requireSeed(tx, owner, now, id);
    if (seed.state === "yes" || seed.state === "no")
      throw new AppError("conflict", "This seed has its answer already. Take the answer back first.");
    const on = await dayOrToday(tx, owner, now, openedOn, "openedOn");
    const changes = { opened_on: on, opening, rested_on: null };
    return turn(tx, owner, now, id, { happening: "opening", on, note: opening, changes });
  },
});

export const settleSeed = writeOperation({
  name: "seeds.settle",
  summary: "Note that it became a yes or a no, with the reason",
  input: SettleInput,
  output: Seed,
  assistant: true,
  async run({ owner, tx, now }, { id, outcome, reason, settledOn }) {
    await requireSeed(tx, owner, now, id);
    const on = await dayOrToday(tx, owner, now, settledOn, "settledOn");
    const changes = { settled_on: on, outcome, reason, rested_on: null };
    return turn(tx, owner, now, id, { happening: outcome, on, note: reason, changes });
  },
});

export const restSeed = writeOperation({
  name: "seeds.rest",
  summary: "Let a seed rest: it asks for nothing until it is taken up again",
  input: RestInput,
  output: Seed,
  assistant: true,
  async run({ owner, tx, now }, { id, note }) {
    const { seed } = await requireSeed(tx, owner, now, id);
    if (seed.state === "resting") return seed;
    if (seed.state === "yes" || seed.state === "no")
      throw new AppError("conflict", "This seed has its answer already. Take the answer back first.");
    const on = (await todayOf(tx, owner, now)).toString();
    return turn(tx, owner, now, id, { happening: "rest", on, note, changes: { rested_on: on } });
  },
});

export const reopenSeed = writeOperation({
  name: "seeds.reopen",
  summary: "Take a seed up again that rests or was answered; what was said stays in its history",
  input: SeedRef,
  output: Seed,
  assistant: true,
  async run({ owner, tx, now }, { id }) {
    const { seed } = await requireSeed(tx, owner, now, id);
    if (seed.settledOn === null && seed.restedOn === null) return seed;
    const on = (await todayOf(tx, owner, now)).toString();
    const changes = { settled_on: null, outcome: null, reason: "", rested_on: null };
    return turn(tx, owner, now, id, { happening: "reopened", on, note: seed.reason, changes });
  },
});
