import { type Band, type Dimension, dimensions, type ImpactScore, type ImpactSpan, type Scores } from "../schema.ts";
import { readClauses } from "./clauses.ts";
import { readSentences, type Word } from "./language.ts";
import { actionOf, beneficiaryOf, comparisonOf, evidenceOf, extensionOf } from "./scoring-claims.ts";
import { type Claim, type Found, readClause, type Reading } from "./scoring-clause.ts";
import { outcomeOf } from "./scoring-outcome.ts";
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

function readSides(words: readonly Word[]): Reading[] {
  const clauses = readClauses(words);
  return clauses.map((clause, at) =>
    readClause(clause, { before: clauses.slice(Math.max(0, at - 2), at), after: clauses.slice(at + 1, at + 3) }),
  );
}

const causes = new Set(["because", "since", "after", "as", "once", "when"]);

/** Whether the sentence names the person's act as the cause: "because I marked it", "thanks to my list", "by booking". */
function namesCause(readings: readonly Reading[]): boolean {
  return readings.some(({ clause, own }) => {
    const cause = causes.has(clause.link?.lower ?? "") || (clause.tense === "gerund" && clause.words[0]?.lower === "by");
    const thanks = clause.words.some(
      ({ lower }, at) => (lower === "thanks" || lower === "because") && ["to", "of"].includes(clause.words[at + 1]?.lower ?? ""),
    );
    return (own && cause) || thanks;
  });
}

/** "Users find it faster, I think": a hedge that stands alone belongs to what was said before it. */
function isLoneHedge({ clause, hedged }: Reading): boolean {
  const says = clause.actor === "me" || (clause.actor === "which" && clause.link?.lower !== "which");
  return hedged && says && clause.words.length <= 4;
}

/** "Nobody has run it live yet", "it is not merged yet". */
function isUnused({ clause, verb }: Reading, at: number, all: readonly Reading[]): boolean {
  const words = [...clause.words, ...(all[at + 1]?.clause.words ?? [])];
  const used = verb("use") || verb("adopt") || verb("decision") || clause.verb?.lemma === "run" || clause.verb?.lemma === "try";
  return used && clause.negated && clause.actor !== "me" && words.some(({ lower }) => lower === "yet");
}

interface Draft {
  readonly words: number;
  readonly readings: readonly Reading[];
  readonly acts: readonly Found[];
}

function isAct({ clause }: Reading, act: Found): boolean {
  return (
    act !== undefined ||
    (clause.actor === "team" && clause.tense !== "hoped" && clause.verb !== undefined) ||
    (clause.passive && clause.actor === "thing")
  );
}

/** Collects what the clauses of a sentence earn. An effect counts when somebody's act stands before it, or is named as its cause. */
function claimsOf({ readings, acts }: Draft, earlier: boolean, anywhere: boolean): Claim[] {
  const claims: Claim[] = [];
  const caused = namesCause(readings);
  let after = earlier;
  for (const [at, reading] of readings.entries()) {
    const next = readings[at + 1];
    const unsure = next !== undefined && isLoneHedge(next);
    const effect = !unsure && (after || (anywhere && (caused || reading.now || reading.contrast)) || isAct(reading, acts[at]));
    const outcome = outcomeOf(reading, effect);
    const found: [Dimension, Found][] = [
      ["action", acts[at]],
      ["outcome", outcome],
      ["beneficiary", beneficiaryOf(reading, effect)],
      ["evidence", evidenceOf(reading, outcome, effect)],
      ["comparison", comparisonOf(reading, outcome)],
      ["extension", extensionOf(reading, outcome, effect)],
    ];
    for (const [dimension, one] of found) if (one) claims.push({ dimension, ...one });
    after ||= isAct(reading, acts[at]);
  }
  return claims;
}

function draftOf(words: readonly Word[]): Draft {
  const readings = readSides(words);
  return { words: words.length, readings, acts: readings.map(actionOf) };
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
  const drafts = readSentences(text).map(draftOf);
  const acted = drafts.map(({ readings, acts }) => readings.some((reading, at) => isAct(reading, acts[at])));
  const first = acted.indexOf(true);
  const sentences = drafts.map((draft, at): Sentence => ({
    ...draft,
    claims: claimsOf(draft, first >= 0 && first < at, first >= 0),
  }));
  const best = bestOf(choose(sentences));
  const scores = Object.fromEntries(dimensions.map((one) => [one, best[one]?.points ?? 0])) as Scores;
  // What nobody has used yet has no effect yet, however well it runs.
  if (drafts.some(({ readings }) => readings.some(isUnused))) {
    scores.outcome = Math.min(scores.outcome, 1) as 0 | 1;
    scores.evidence = Math.min(scores.evidence, 1) as 0 | 1;
  }
  // A broad verb that a result follows from was a specific act after all: "reviewed the invoices and recovered 18,500".
  if (scores.action === 1 && scores.outcome === 2) scores.action = 2;
  // Without an effect a comparison compares effort or hopes.
  if (scores.outcome < 2 && scores.comparison === 2) scores.comparison = 1;
  const total = dimensions.reduce((all, one) => all + scores[one], 0);
  const band = bandOf(total, scores);
  const spans = dimensions.flatMap((one) => (best[one] ? [spanOf(text, { ...best[one], points: scores[one] })] : []));
  const unsure = new Set(dimensions.filter((one) => best[one]?.unsure && scores[one] < 2));
  const next = nextQuestion(
    { scores, band, unsure },
    sentences.flatMap(({ readings }) => readings),
  );
  return { scores, total, band, spans, next };
}
