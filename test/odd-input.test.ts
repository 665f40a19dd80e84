import assert from "node:assert/strict";
import { cleanLine, cleanText } from "../src/lib/text.ts";
import type { AnyOperation } from "../src/platform/operation.ts";
import { type Field, fieldsOf } from "../src/platform/operation-schema.ts";
import { afterLife, allOperations, idsOf, isId, liveAs, type Outcome, tryOut, workingInput } from "./support/operation-trial.ts";
import type { TestApp } from "./support/test-app.ts";

const NASTY: Readonly<Record<string, string>> = {
  nothing: "",
  "white space": " \t\r\n\u00a0 ",
  "100 kB": "x".repeat(100_000),
  "right to left": "שלום מרחבא \u202eevil\u202c بالعربية",
  emoji: "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 \u{1f9ea}",
  "control characters": "a\u0000b\u0007c\u001bd[31m\u009be\u007f",
  "only control characters": "\u0000\u0001",
  "half a character": "a\ud83d b\udc00",
  markup: `"><script>alert(1)</script><img src=x onerror=alert(1)>`,
  "line ends": "One\r\nBcc: eve@example.org\rTwo\u2028Three",
  "quotes and operators": `' or 1=1 -- " OR NEAR( * ) {x}: -y ^ & | ! :* \\ %_`,
  "a search operator": "AND OR NOT",
  template: "${1} {{x}} %s %n __proto__",
  "a day that is none": "2026-02-30",
  "a year too far": "9999999-01-01",
  "a zone that is none": "Mars/Olympus",
  "an hour that is none": "25:61",
  "a number": "12",
  "a null": "null",
};

const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  Number.NaN,
  Infinity,
  [],
  [null],
  [[]],
  {},
  { toString: 1 },
  { id: {} },
  "x",
  "1e999",
  "-0",
];

const texts = (operation: AnyOperation): Field[] =>
  fieldsOf(operation).filter(
    (field) => field.choices.length === 0 && (field.kind === "text" || (field.kind === "list" && field.element?.kind === "text")),
  );

/** Where a text that was accepted is kept in another form, or is not kept: a secret, a filter, a place in a list. */
const NOT_KEPT = new Set(["password", "hash", "ids"]);

/** Acts that change nothing a second time, so that nothing is noted about them either. */
const NOTHING_TO_DO = new Set(["commitments.reopen"]);

/** What is wrong with an outcome, or nothing. */
function complaint(operation: AnyOperation, field: Field, title: string, nasty: string, outcome: Outcome): string[] {
  if (outcome.code === "invalid") {
    const about = outcome.fields.map((one) => one.field.split(".")[0]);
    const names = about.length > 0 && !about.includes("");
    return names ? [] : [`${operation.name}, ${field.name}, ${title}: "${outcome.message}" names no field`];
  }
  if (NOTHING_TO_DO.has(operation.name)) return [];
  if (outcome.code !== "done" || operation.kind !== "write" || NOT_KEPT.has(field.name) || isId(field.name)) return [];
  const everything = `${JSON.stringify(outcome.output)} ${outcome.rows}`;
  const kept = [cleanText(nasty), cleanLine(nasty)].some((text) => {
    const inJson = JSON.stringify(text).slice(1, -1);
    // Lists of names are kept as JSON within a column.
    return everything.includes(inJson) || everything.includes(JSON.stringify(inJson).slice(1, -1));
  });
  return kept ? [] : [`${operation.name} took ${title} for ${field.name}, and it is nowhere`];
}

/** Ana's life alone. */
const liveAlone = (app: TestApp): Promise<void> => liveAs(app, app.owner);

/** What needs nobody's data is the same on every store, so it is tried on one. */
function tried({ database }: TestApp): readonly AnyOperation[] {
  return database.dialect === "sqlite" ? allOperations : allOperations.filter(({ kind }) => kind !== "pure");
}

afterLife(liveAlone, "every text of every operation is kept as it was cleaned, or refused beside its field", async (app) => {
  const ids = await idsOf(app, app.owner);
  const unreached: string[] = [];
  const findings: string[] = [];
  for (const operation of tried(app)) {
    for (const field of texts(operation)) {
      const base =
        (await workingInput(app, app.owner, operation, ids, [field.name])) ??
        (await workingInput(app, app.owner, operation, ids));
      if (!base) unreached.push(operation.name);
      for (const [title, nasty] of Object.entries(NASTY)) {
        const input = { ...base, [field.name]: field.kind === "list" ? [nasty] : nasty };
        const watched =
          operation.kind === "write" && !isId(field.name) ? ({ owner: app.owner, tables: "written" } as const) : undefined;
        const outcome = await tryOut(app, app.owner, operation, input, watched).catch((error: Error) => error);
        if (outcome instanceof Error) findings.push(outcome.message);
        else findings.push(...complaint(operation, field, title, nasty, outcome));
      }
    }
  }
  assert.deepEqual(findings, []);
  assert.deepEqual(unreached, [], "every operation was tried with an input that reaches what it does");
});

afterLife(liveAlone, "every field of every operation takes a value of another kind without an error of its own", async (app) => {
  const ids = await idsOf(app, app.owner);
  const findings: string[] = [];
  const attempt = async (operation: AnyOperation, input: unknown): Promise<void> => {
    await tryOut(app, app.owner, operation, input).catch((error: Error) => findings.push(error.message));
  };
  for (const operation of tried(app)) {
    const base = (await workingInput(app, app.owner, operation, ids)) ?? {};
    for (const odd of [...ODD, undefined]) await attempt(operation, odd);
    for (const field of fieldsOf(operation)) {
      for (const odd of ODD) {
        await attempt(operation, { ...base, [field.name]: odd });
        if (field.kind === "json" || field.kind === "list") await attempt(operation, { ...base, [field.name]: [odd, odd] });
      }
    }
  }
  assert.deepEqual(findings, []);
});
