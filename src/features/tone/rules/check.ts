import { absolutes } from "../data/absolutes.ts";
import { blame } from "../data/blame.ts";
import { demand } from "../data/demand.ts";
import { elsewhere } from "../data/elsewhere.ts";
import { entitlement } from "../data/entitlement.ts";
import { grumbles } from "../data/grumbles.ts";
import { pressure } from "../data/pressure.ts";
import { reminders } from "../data/reminders.ts";
import { sarcasm } from "../data/sarcasm.ts";
import { type CueGroup, type Finding, rules } from "../schema.ts";
import { patternFor } from "./classes.ts";
import { Beginnings, isPossible, matchAt, type Pattern } from "./patterns.ts";
import { type Shape, shapesIn, toFinding } from "./shapes.ts";
import { type Reading, readText, type Token } from "./tokens.ts";
import { type Place, wordingFor } from "./wording.ts";

/** Every cue, as data. */
export const cueGroups: readonly CueGroup[] = [
  ...elsewhere,
  ...pressure,
  ...sarcasm,
  ...entitlement,
  ...blame,
  ...reminders,
  ...absolutes,
  ...demand,
  ...grumbles,
];

interface Cue {
  readonly pattern: Pattern;
  readonly group: CueGroup;
}

let cues: Beginnings<Cue> | undefined;

function allCues(): Beginnings<Cue> {
  return (cues ??= new Beginnings(
    cueGroups.flatMap((group) => group.find.map((source) => ({ pattern: patternFor(source), group }))),
  ));
}

const clearings = new Map<CueGroup, Beginnings<{ readonly pattern: Pattern }>>();

function clearingsOf(group: CueGroup): Beginnings<{ readonly pattern: Pattern }> {
  let known = clearings.get(group);
  if (!known)
    clearings.set(group, (known = new Beginnings((group.unless ?? []).map((source) => ({ pattern: patternFor(source) })))));
  return known;
}

/** Whether a sentence holds one of the patterns that clear it; asked once for each group and sentence. */
function clearing(reading: Reading): (group: CueGroup, sentence: number) => boolean {
  const answers = new Map<CueGroup, Map<number, boolean>>();
  return (group, index) => {
    const known = answers.get(group) ?? new Map<number, boolean>();
    answers.set(group, known);
    let answer = known.get(index);
    if (answer === undefined) known.set(index, (answer = isCleared(reading, group, index)));
    return answer;
  };
}

function isCleared(reading: Reading, group: CueGroup, index: number): boolean {
  const sentence = reading.sentences[index];
  if (!sentence) return false;
  if (group.question !== undefined && group.question !== sentence.isQuestion) return true;
  const beginnings = clearingsOf(group);
  for (let at = sentence.first; at < sentence.end; at += 1) {
    const token = reading.tokens[at] as Token;
    for (const { pattern } of beginnings.at(token, at === sentence.first)) if (matchAt(reading, pattern, at) >= 0) return true;
  }
  return false;
}

const LONG_SENTENCE = 80;

/** In a very long sentence a pattern is tried only when all its words occur: nobody writes so, and a hostile text must not take long. */
function possible(reading: Reading): (pattern: Pattern, sentence: number) => boolean {
  const answers = new Map<Pattern, boolean>();
  let present = -1;
  let words: readonly Token[] = [];
  return (pattern, index) => {
    const sentence = reading.sentences[index];
    if (!sentence || sentence.end - sentence.first < LONG_SENTENCE) return true;
    if (index !== present) {
      present = index;
      answers.clear();
      words = [
        ...new Map(
          reading.tokens.slice(sentence.first, sentence.end).map((token) => [`${token.word}/${token.raw}`, token]),
        ).values(),
      ];
    }
    let answer = answers.get(pattern);
    if (answer === undefined) answers.set(pattern, (answer = isPossible(pattern, words)));
    return answer;
  };
}

function* cuesIn(reading: Reading): Generator<Shape> {
  const beginnings = allCues();
  const isWorthTrying = possible(reading);
  const cleared = clearing(reading);
  const said = new Set<string>();
  for (const [at, token] of reading.tokens.entries()) {
    const isFirst = reading.sentences[token.sentence]?.first === at;
    for (const { pattern, group } of beginnings.at(token, isFirst)) {
      // One remark of a kind for a sentence is enough.
      const key = `${group.rule} ${token.sentence}`;
      if (said.has(key) || !isWorthTrying(pattern, token.sentence)) continue;
      const end = matchAt(reading, pattern, at);
      if (end <= at || cleared(group, token.sentence)) continue;
      said.add(key);
      yield shapeOf(reading, { at, end }, group);
    }
  }
}

function shapeOf(reading: Reading, place: Place, group: CueGroup): Shape {
  const from = reading.tokens[place.at]?.from ?? 0;
  const to = reading.tokens[place.end - 1]?.to ?? from;
  return { rule: group.rule, from, to, why: group.why, instead: wordingFor(reading, place, group) };
}

const GRAVITY = new Map(rules.map((rule, index) => [rule, index]));
const gravity = ({ rule }: Shape): number => GRAVITY.get(rule) ?? rules.length;

/** Keeps the gravest where two meet on the same words, so that each word is marked once; in the order of the text. */
function apart(shapes: readonly Shape[]): Shape[] {
  const kept: Shape[] = [];
  for (const shape of shapes.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = kept.at(-1);
    if (!last || shape.from >= last.to) kept.push(shape);
    else if (gravity(shape) < gravity(last)) kept[kept.length - 1] = shape;
  }
  return kept;
}

/**
 * What in a text may be read otherwise than it was meant, or does not belong into a mail (S23). Nothing is stored or asked elsewhere;
 * the time grows with the length of the text alone. Findings never overlap and come in the order of the text.
 */
export function checkTone(text: string): Finding[] {
  const reading = readText(text);
  return apart([...shapesIn(reading), ...cuesIn(reading)]).map((shape) => toFinding(text, shape));
}
