import assert from "node:assert/strict";
import { saveRecapLine } from "../src/features/recap/index.ts";
import type { OwnerId } from "../src/lib/ids.ts";
import type { AnyOperation } from "../src/platform/operation.ts";
import { fieldsOf } from "../src/platform/operation-schema.ts";
import {
  afterLife,
  allOperations,
  type Ids,
  idsOf,
  isId,
  liveAs,
  type Outcome,
  rowsOf,
  tryOut,
  workingInput,
} from "./support/operation-trial.ts";
import type { TestApp } from "./support/test-app.ts";

/** Lists that an id narrows down: nothing of somebody else's is in them, and nothing is said about whether there is any. */
const NARROWED = new Set([
  "record.timeline",
  "record.search",
  "delivery.list",
  "meetings.list",
  "meetings.series",
  "commitments.list",
  "answers.list",
  "mailbox.incoming",
]);

/** Where a new id is taken over: the form that shows a new item makes its id, so that the same form sent twice is one item. */
const MADE_BY_THE_FORM = new Set(["agenda.saveItem", "agenda.putItem", "agenda.chooseQuestion"]);

/** Both meetings of the lives took place, and one of them has no recap yet. */
const AFTERWARDS = "2026-03-13T09:00:00Z";

const MISSING = "00000000-0000-7000-8000-000000000000";

interface Case {
  readonly operation: AnyOperation;
  readonly field: string;
  /** The same act with an id of one's own, which works. */
  readonly own: Readonly<Record<string, unknown>>;
}

/** Every field of every operation that takes an id, with an input that works for `owner`. */
async function casesFor(app: TestApp, owner: OwnerId, ids: Ids): Promise<Case[]> {
  const cases: Case[] = [];
  for (const operation of allOperations) {
    for (const { name } of fieldsOf(operation).filter((field) => isId(field.name))) {
      const own = await workingInput(app, owner, operation, ids, [name]);
      assert.ok(own, `no input was found with which ${operation.name} works`);
      cases.push({ operation, field: name, own });
    }
  }
  return cases;
}

function withId(input: Case["own"], field: string, id: unknown): Record<string, unknown> {
  return { ...input, [field]: Array.isArray(input[field]) && !Array.isArray(id) ? [id] : id };
}

/** What is wrong with the answer to an id that is not one's own, or nothing. */
function complaint({ operation, field }: Case, id: unknown, outcome: Outcome, before: string): string | undefined {
  if (outcome.code === "not_found") return undefined;
  const isNew = field === "id" && MADE_BY_THE_FORM.has(operation.name);
  if (outcome.code !== "done") return isNew ? undefined : `answers ${outcome.code}: ${outcome.message}`;
  if (outcome.rows !== before) return "changes what is not the caller's";
  if (NARROWED.has(operation.name)) return JSON.stringify(outcome.output).includes(String(id)) ? "shows it" : undefined;
  return isNew ? undefined : "takes it";
}

/** Both have lived through two weeks, and the second recap is still being written. */
async function liveBoth(app: TestApp): Promise<void> {
  for (const one of [app.owner, app.stranger]) await liveAs(app, one);
  app.clock.set(AFTERWARDS);
  for (const one of [app.owner, app.stranger]) {
    const meetingId = (await idsOf(app, one))("meetingId").at(-1) as string;
    await app.callAs(one, saveRecapLine, { meetingId, part: "decision", text: "We go on" });
  }
}

afterLife(
  liveBoth,
  "what belongs to somebody else is not found, by no operation and under no id, and stays as it is",
  async (app) => {
    const [theirs, mine] = [await idsOf(app, app.owner), await idsOf(app, app.stranger)];
    const before = JSON.stringify([...(await rowsOf(app.database, app.database.reader, app.owner))]);
    const owners = new Map(
      (await casesFor(app, app.owner, theirs)).map(({ operation, field, own }) => [`${operation.name} ${field}`, own]),
    );
    const findings: string[] = [];
    for (const { operation, field, own } of await casesFor(app, app.stranger, mine)) {
      const foreign = owners.get(`${operation.name} ${field}`)?.[field];
      for (const id of [foreign, MISSING]) {
        const outcome = await tryOut(app, app.stranger, operation, withId(own, field, id), { owner: app.owner, tables: "all" });
        const wrong = complaint({ operation, field, own }, id, outcome, before);
        const whose = id === MISSING ? "of nothing" : "of somebody else";
        if (wrong) findings.push(`${operation.name} ${wrong} (${field} ${whose})`);
      }
    }
    assert.deepEqual(findings, []);
  },
);

afterLife(liveBoth, "an id within a list that is somebody else's is not found either", async (app) => {
  const rows = await rowsOf(app.database, app.database.reader, app.owner);
  const idIn = (table: string): string => ((rows.get(table) ?? [])[0] as { id: string }).id;
  const meetingId = (await idsOf(app, app.stranger))("meetingId").at(-1);
  const named = (name: string): AnyOperation => allOperations.find((one) => one.name === name) as AnyOperation;
  for (const [name, input] of [
    ["agenda.setMinutes", { meetingId, minutes: [{ id: idIn("agenda_item"), minutes: 5 }] }],
    ["agenda.order", { meetingId, ids: [idIn("agenda_item")] }],
    ["recap.save", { meetingId, lines: [{ id: idIn("recap_line"), part: "decision", text: "Mine now" }] }],
  ] as const) {
    assert.equal((await tryOut(app, app.stranger, named(name), input)).code, "not_found", name);
  }
});
