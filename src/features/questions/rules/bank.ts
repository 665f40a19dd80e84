import { type Audience, categories, type Category, type OwnQuestionTable, type Question, type Stage } from "../schema.ts";
import { gapNames } from "../../../lib/gaps.ts";
import { asksConditions } from "./conditions.ts";

/** A question as the bank's data has it. */
export interface BankQuestion {
  readonly id: string;
  readonly category: string;
  readonly text: string;
  readonly uncovers: string;
  readonly followUp: string;
  readonly audience: readonly string[];
  readonly stages: readonly string[];
  readonly signals: readonly string[];
  readonly placeholders: readonly string[];
  readonly asksConditions?: boolean;
}

export function fromBank(question: BankQuestion): Question {
  return {
    ...question,
    category: question.category as Category,
    audience: question.audience as Audience[],
    stages: question.stages as Stage[],
    signals: [...question.signals],
    placeholders: [...question.placeholders],
    asksConditions: question.asksConditions ?? false,
    isOwn: false,
  };
}

/** An own question can be put to anybody at any time; what it asks for is read from its words. */
export function fromOwn(row: Pick<OwnQuestionTable, "id" | "text" | "uncovers" | "category" | "follow_up">): Question {
  return {
    id: row.id,
    category: row.category,
    text: row.text,
    uncovers: row.uncovers,
    followUp: row.follow_up,
    audience: row.category === "self" ? ["self"] : row.category === "manager_mode" ? ["report"] : ["manager", "stakeholder"],
    stages: ["any"],
    signals: [],
    placeholders: gapNames(row.text),
    asksConditions: asksConditions(row.text),
    isOwn: true,
  };
}

export interface Filter {
  readonly category?: Category | undefined;
  readonly stage?: Stage | undefined;
  readonly text?: string | undefined;
}

/** Small letters without accents, so that "resume" finds "résumé". */
function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The questions that fit every part of the filter, in the order of their categories; every word of `text` must occur. */
export function matching(questions: readonly Question[], { category, stage, text = "" }: Filter): Question[] {
  const words = folded(text).split(/\s+/u).filter(Boolean);
  const fits = (question: Question): boolean => {
    const all = folded(`${question.text} ${question.uncovers} ${question.followUp} ${question.category.replace("_", " ")}`);
    return words.every((word) => all.includes(word));
  };
  return questions
    .filter((one) => category === undefined || one.category === category)
    .filter(
      (one) => stage === undefined || one.stages.includes(stage) || (one.stages.includes("any") && stage !== "manager_mode"),
    )
    .filter(fits)
    .toSorted((a, b) => categories.indexOf(a.category) - categories.indexOf(b.category) || (a.id < b.id ? -1 : 1));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
const plain = (text: string): string => text.replace(/\s+/gu, " ").replaceAll("’", "'").trim().toLowerCase();

/** The question whose words these are, whatever stands in its gaps; so that a copied question is known again. */
export function recognised(text: string, questions: readonly Question[]): Question | undefined {
  const words = plain(text);
  return questions.find((question) => {
    const pieces = plain(question.text).split(/\[[^\]]*\]/u);
    if (pieces.length === 1) return words === pieces[0];
    return new RegExp(`^${pieces.map(escaped).join("[^\\n]{1,300}?")}$`, "u").test(words);
  });
}
