import { pureOperation } from "../../../platform/operation.ts";
import { type ImpactScore, ScoreInput, ScoreOutput } from "../schema.ts";

const LARGEST_INPUT_BYTES = 16_000_000;

/** The scorer brings a language model along, so it is loaded with the first statement and not with the program. */
async function loadScorer(): Promise<(text: string) => ImpactScore> {
  return (await import("../rules/scoring.ts")).score;
}

/** How well a statement says what a piece of work was worth (S10, S34). Never throws; a text without any claim scores 0. */
export async function scoreStatement(text: string): Promise<ImpactScore> {
  const score = await loadScorer();
  return score(text);
}

export const scoreImpact = pureOperation({
  name: "impact.score",
  summary: "Score statements of impact on six dimensions, show which words earned what, and ask the one next question",
  input: ScoreInput,
  output: ScoreOutput,
  assistant: true,
  maxInputBytes: LARGEST_INPUT_BYTES,
  examples: [
    { items: [{ id: "1", text: "I rewrote the rota template; the ward no longer phones round for cover at the weekend." }] },
  ],
  async run({ items }) {
    const score = await loadScorer();
    return { items: items.map(({ id, text }) => ({ id, ...score(text) })) };
  },
});
