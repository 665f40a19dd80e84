import { pureOperation } from "../../../platform/operation.ts";
import { scoreStatement } from "./scoring.ts";
import { nextQuestion } from "../rules/asking.ts";
import { compose, joined, openDimensions } from "../rules/composing.ts";
import { gapTexts } from "../rules/composing-words.ts";
import { isName } from "../rules/naming.ts";
import { type Answer, ComposeInput, ComposeOutput } from "../schema.ts";

/** The answers that only name somebody: "the nurses on ward 4". */
async function namesAmong(answers: readonly Answer[]): Promise<Set<string>> {
  const { readSentences } = await import("../rules/language.ts");
  const texts = answers.filter((one) => one.dimension === "beneficiary").map((one) => one.text);
  return new Set(texts.filter((text) => isName(readSentences(text))));
}

export const composeImpact = pureOperation({
  name: "impact.compose",
  summary: "Compose a line to retell, an agenda text and an evidence card from a statement and answers, in their words alone",
  input: ComposeInput,
  output: ComposeOutput,
  assistant: true,
  examples: [
    {
      text: "I completed the year-end report.",
      answers: [
        { dimension: "beneficiary", text: "The directors settle the budget from it in November." },
        { dimension: "evidence", text: "15% of our spend buys nothing we use" },
      ],
      date: "2026-03-02",
      source: "Year-end report, page 4",
    },
    { text: "Closed 47 tickets in March." },
  ],
  async run({ text, answers, asked, date, source }) {
    const said = answers.filter((one) => one.text !== "");
    const before = await scoreStatement(text);
    const material = { text, answers: said, before, date, source, names: await namesAmong(said) };
    const whole = said.length === 0 ? text : joined(material);
    const after = said.length === 0 ? before : await scoreStatement(whole);
    const complete = { ...material, after };
    return {
      before,
      after,
      drafts: compose(complete),
      text: whole,
      gaps: openDimensions(complete).map((dimension) => gapTexts[dimension]),
      next: nextQuestion(after, [...asked, ...answers.map((one) => one.dimension)]),
    };
  },
});
