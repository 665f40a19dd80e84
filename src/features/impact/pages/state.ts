import type * as z from "zod";
import { cleanText } from "../../../lib/text.ts";
import type { FormValues } from "../../../surfaces/web/kit/form.ts";
import { figuresIn } from "../rules/composing-figures.ts";
import { type Answer, type ComposeInput, type Dimension, dimensions } from "../schema.ts";

/** A conversation with the coach. All of it travels in the form, so that it needs neither scripts nor a row until a wording is used. */
export interface CoachState {
  readonly text: string;
  readonly answers: readonly Answer[];
  /** What was asked and passed over. */
  readonly passed: readonly Dimension[];
  readonly source: string;
  /** The `updatedAt` that the conversation began from. */
  readonly since: string;
  readonly isEnough: boolean;
}

export function answerName(dimension: Dimension): string {
  return `answer-${dimension}`;
}

export function isDimension(name: string | undefined): name is Dimension {
  return (dimensions as readonly string[]).includes(name ?? "");
}

export function stateFrom(values: FormValues): CoachState {
  const { text = "", source = "", since = "", passed = "", enough = "" } = values;
  return {
    text: cleanText(text),
    answers: dimensions
      .map((dimension) => ({ dimension, text: cleanText(values[answerName(dimension)] ?? "") }))
      .filter((one) => one.text !== ""),
    passed: passed.split(" ").filter(isDimension),
    source,
    since,
    isEnough: enough === "yes",
  };
}

export function composeInputFrom(state: CoachState, date?: string): z.input<typeof ComposeInput> {
  const { text, answers, passed, source } = state;
  return { text, answers: [...answers], asked: [...passed], source, ...(date === undefined ? {} : { date }) };
}

/** Whether there is a figure that somebody could ask the source of. */
export function hasFigures({ text, answers }: CoachState): boolean {
  return [text, ...answers.map((one) => one.text)].some((words) => figuresIn(words).length > 0);
}
