import * as z from "zod";
import { invalidField, notFound } from "../../../lib/errors.ts";
import { instantText } from "../../../platform/clock.ts";
import { readOperation, writeOperation } from "../../../platform/operation.ts";
import { fileOf, formatOf, questionsIn, sorted } from "../rules/sharing.ts";
import {
  AddOwnInput,
  EditOwnInput,
  ExportInput,
  ImportInput,
  ImportReport,
  OwnId,
  OwnQuestion,
  type OwnQuestionTable,
  SharedFile,
  type ShareFormat,
} from "../schema.ts";
import { insertOwn, listOwnRows, readOwnRow, updateOwn } from "../store/own.ts";
import { bankQuestions } from "./bank.ts";

/** The question of a row, or AppError `not_found` without one: also when it is somebody else's. */
function ownOrRefuse(row: OwnQuestionTable | undefined): OwnQuestion {
  if (!row) throw notFound("This question");
  return toOwn(row);
}

function toOwn(row: OwnQuestionTable): OwnQuestion {
  const { id, text, uncovers, category } = row;
  return { id, text, uncovers, category, followUp: row.follow_up, retiredAt: row.retired_at };
}

export const listOwn = readOperation({
  name: "questions.own",
  summary: "List your own questions, those you no longer use too",
  input: z.object({}),
  output: z.object({ questions: z.array(OwnQuestion) }),
  assistant: true,
  async run({ owner, db }) {
    return { questions: (await listOwnRows(db, owner, { retired: true })).map(toOwn) };
  },
});

export const showOwn = readOperation({
  name: "questions.showOwn",
  summary: "Show one of your own questions",
  input: OwnId,
  output: OwnQuestion,
  assistant: true,
  async run({ owner, db }, { id }) {
    return ownOrRefuse(await readOwnRow(db, owner, id));
  },
});

export const addOwn = writeOperation({
  name: "questions.addOwn",
  summary: "Add a question of your own to the bank",
  input: AddOwnInput,
  output: OwnQuestion,
  assistant: true,
  examples: [{ text: "Which of our habits would you miss if it were gone?", uncovers: "What to keep in a change" }],
  async run({ owner, tx, now }, { text, uncovers, category, followUp }) {
    return toOwn(await insertOwn(tx, owner, now, { text, uncovers, category, follow_up: followUp }));
  },
});

export const editOwn = writeOperation({
  name: "questions.editOwn",
  summary: "Change a question of your own; where it was asked before, its old words stay",
  input: EditOwnInput,
  output: OwnQuestion,
  assistant: true,
  async run({ owner, tx, now }, { id, followUp, ...changes }) {
    return ownOrRefuse(
      await updateOwn(tx, owner, now, id, { ...changes, ...(followUp === undefined ? {} : { follow_up: followUp }) }),
    );
  },
});

export const retireOwn = writeOperation({
  name: "questions.retireOwn",
  summary: "Stop offering a question of your own; what it uncovered stays",
  input: OwnId,
  output: OwnQuestion,
  assistant: true,
  async run({ owner, tx, now }, { id }) {
    return ownOrRefuse(await updateOwn(tx, owner, now, id, { retired_at: instantText(now) }));
  },
});

export const reviveOwn = writeOperation({
  name: "questions.reviveOwn",
  summary: "Offer a question of your own again",
  input: OwnId,
  output: OwnQuestion,
  assistant: true,
  async run({ owner, tx, now }, { id }) {
    return ownOrRefuse(await updateOwn(tx, owner, now, id, { retired_at: null }));
  },
});

const EMPTY: Readonly<Record<ShareFormat, string>> = {
  markdown: "No question was found. Write each one as an item of a list, beginning with a hyphen.",
  csv: "No question was found. The first line names the columns: text, uncovers, category, follow_up.",
};

export const importOwn = writeOperation({
  name: "questions.importOwn",
  summary: "Take over questions from a Markdown list or a CSV table; says what was left out and why",
  input: ImportInput,
  output: ImportReport,
  examples: [{ text: "- What would you do with a day of mine?\n  - uncovers: what waits for hands" }],
  async run({ owner, tx, now }, { text, format = formatOf(text) }) {
    const found = questionsIn(text, format);
    if (found.length === 0) throw invalidField("text", EMPTY[format]);
    const present = [...(await listOwnRows(tx, owner, { retired: true })), ...bankQuestions].map((one) => one.text);
    const { taken, skipped } = sorted(found, present);
    if (taken.length === 0) {
      const [first] = skipped;
      throw invalidField("text", `Nothing was taken over. Line ${first?.line ?? 1}: ${first?.why ?? "nothing is in it"}.`);
    }
    const added: OwnQuestion[] = [];
    for (const { followUp, ...words } of taken)
      added.push(toOwn(await insertOwn(tx, owner, now, { ...words, follow_up: followUp })));
    return { added, skipped };
  },
});

export const exportOwn = readOperation({
  name: "questions.exportOwn",
  summary: "Give your own questions as a file to share: the questions alone, nothing of what was asked or answered",
  input: ExportInput,
  output: SharedFile,
  assistant: true,
  async run({ owner, db }, { format }) {
    const questions = (await listOwnRows(db, owner)).map(toOwn);
    return {
      name: format === "csv" ? "questions.csv" : "questions.md",
      mediaType: format === "csv" ? "text/csv" : "text/markdown",
      text: fileOf(questions, format),
    };
  },
});
