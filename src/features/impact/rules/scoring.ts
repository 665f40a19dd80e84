import { type Band, type Dimension, dimensions, type ImpactScore, type ImpactSpan, type Scores } from "../schema.ts";
import { readClauses } from "./clauses.ts";
import { readSentences, type Word } from "./language.ts";
import { actionOf, beneficiaryOf, type Claim, comparisonOf, evidenceOf, extensionOf, outcomeOf } from "./scoring-claims.ts";
import { readClause, type Reading } from "./scoring-clause.ts";
import { nextQuestion } from "./scoring-next.ts";

/** The best sentences count until so many words: two long ones, or a few short ones. */
const WORDS_THAT_COUNT = 60;
const STRONG_FROM = 7;
const WEAK_UNTIL = 4;

interface Sentence {
  readonly words: number;
  readonly readings: readonly Reading[];
  readonly claims: readonly Claim[];
}

function readSentence(words: readonly Word[], acted: boolean): Sentence {
  const readings = readClauses(words).map(readClause);
  const claims: Claim[] = [];
  let after = acted;
  for (const reading of readings) {
    const found: [Dimension, Omit<Claim, "dimension"> | undefined][] = [];
    const outcome = outcomeOf(reading, after);
    const action = actionOf(reading);
    found.push(["action", action], ["outcome", outcome], ["beneficiary", beneficiaryOf(reading, after)]);
    found.push(["evidence", evidenceOf(reading, outcome, after)], ["comparison", comparisonOf(reading, outcome)]);
    found.push(["extension", extensionOf(reading, outcome, after)]);
    for (const [dimension, one] of found) if (one) claims.push({ dimension, ...one });
    if (action || reading.clause.passive || reading.clause.actor === "team") after = true;
  }
  return { words: words.length, readings, claims };
}

function bestOf(sentences: readonly Sentence[]): Record<Dimension, Claim | undefined> {
  const best: Partial<Record<Dimension, Claim>> = {};
  for (const { claims } of sentences) {
    for (const claim of claims) if (claim.points > (best[claim.dimension]?.points ?? 0)) best[claim.dimension] = claim;
  }
  return best as Record<Dimension, Claim | undefined>;
}

const sum = (best: Record<Dimension, Claim | undefined>): number =>
  dimensions.reduce((total, one) => total + (best[one]?.points ?? 0), 0);

/** The sentences that say most, so that length neither helps nor hurts. */
function choose(sentences: readonly Sentence[]): Sentence[] {
  const chosen: Sentence[] = [];
  const left = new Set(sentences);
  let words = 0;
  while (left.size > 0 && (chosen.length < 2 || words < WORDS_THAT_COUNT)) {
    const now = sum(bestOf(chosen));
    let [next, gain]: [Sentence | undefined, number] = [undefined, 0];
    for (const one of left) {
      const more = sum(bestOf([...chosen, one])) - now;
      if (more > gain) [next, gain] = [one, more];
    }
    if (!next) break;
    chosen.push(next);
    left.delete(next);
    words += next.words;
  }
  return chosen;
}

function bandOf(total: number, scores: Scores): Band {
  if (total >= STRONG_FROM) return scores.outcome === 2 ? "strong" : "developing";
  return total > WEAK_UNTIL ? "developing" : "weak";
}

function spanOf(text: string, { dimension, words, points, why }: Claim): ImpactSpan {
  const [from, to] = [words[0]?.from ?? 0, words.at(-1)?.to ?? 0];
  return { dimension, from, to, text: text.slice(from, to), points, why };
}

/** How a statement stands on the six dimensions. Never throws; a text that claims nothing scores 0. */
export function score(text: string): ImpactScore {
  const sentences: Sentence[] = [];
  let acted = false;
  for (const words of readSentences(text)) {
    const sentence = readSentence(words, acted);
    sentences.push(sentence);
    acted ||= sentence.claims.some(({ dimension }) => dimension === "action");
  }
  const best = bestOf(choose(sentences));
  const scores = Object.fromEntries(dimensions.map((one) => [one, best[one]?.points ?? 0])) as Scores;
  // A broad verb that a result follows from was a specific act after all: "reviewed the invoices and recovered 18,500".
  if (scores.action === 1 && scores.outcome === 2) scores.action = 2;
  const total = dimensions.reduce((all, one) => all + scores[one], 0);
  const band = bandOf(total, scores);
  const spans = dimensions.flatMap((one) => (best[one] ? [spanOf(text, { ...best[one], points: scores[one] })] : []));
  const next =
    band === "strong"
      ? null
      : nextQuestion(
          scores,
          sentences.flatMap(({ readings }) => readings),
        );
  return { scores, total, band, spans, next };
}
