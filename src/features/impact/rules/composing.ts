import { countWords } from "../../../lib/text.ts";
import { type Answer, type Dimension, dimensions, type Drafts, type ImpactScore } from "../schema.ts";
import { withSourceMarks } from "./composing-figures.ts";
import {
  afterAWord,
  capitalised,
  ended,
  goesOn,
  goneOnWith,
  retold,
  sentencesOf,
  shortened,
  standingAlone,
} from "./composing-sentences.ts";
import {
  DATE_GAP,
  DATE_LABEL,
  dimensionLabels,
  FOR_WHOM,
  gapTexts,
  SOURCE_GAP,
  SOURCE_LABEL,
  SOURCE_MARK,
} from "./composing-words.ts";

export const RETELL_WORDS = 30;
export const AGENDA_WORDS = 60;

/** What a draft is made from. `after` is the score of the text with its answers: it says what is still missing. */
export interface Material {
  readonly text: string;
  readonly answers: readonly Answer[];
  /** The score of `text` alone: its spans say which sentence tells of the change and which of the effort. */
  readonly before: ImpactScore;
  readonly after: ImpactScore;
  readonly date?: string | undefined;
  readonly source?: string | undefined;
  /** Those answers that only name somebody or something ("the ward"): no sentences. */
  readonly names?: ReadonlySet<string>;
}

/** One sentence of the person's, whole or not at all. */
interface Piece {
  readonly text: string;
  readonly role: Dimension | "other";
  /** Lower goes in first when there is not room for all. */
  readonly rank: number;
}

const answered = ({ answers }: Material, dimension: Dimension): boolean => answers.some((one) => one.dimension === dimension);

/** What nobody has said yet; nothing once the statement is strong. */
export function openDimensions(material: Material): Dimension[] {
  if (material.after.band === "strong") return [];
  return dimensions.filter((dimension) => material.after.scores[dimension] === 0 && !answered(material, dimension));
}

const ROLES: readonly Dimension[] = ["action", "outcome", "beneficiary", "evidence", "comparison", "extension"];

/** What a sentence of the text is mostly about: its own act first, for a sentence with an act is the one that the others refer to. */
function roleOf(from: number, to: number, { spans }: ImpactScore): Dimension | "other" {
  const here = spans.filter((span) => span.points > 0 && span.from < to && span.to > from);
  return ROLES.find((dimension) => here.some((span) => span.dimension === dimension)) ?? "other";
}

const RANK_OF_ANSWER: Readonly<Record<Dimension, number>> = {
  action: 0,
  outcome: 1,
  beneficiary: 3,
  evidence: 4,
  comparison: 5,
  extension: 7,
};
const RANK_OF_MAIN = 2;
const RANK_OF_SAID: Readonly<Record<Dimension | "other", number>> = {
  action: 6,
  outcome: 1,
  beneficiary: 6,
  evidence: 6,
  comparison: 6,
  extension: 8,
  other: 9,
};

function ownPieces({ text, before }: Omit<Material, "after">): Piece[] {
  const sentences = sentencesOf(text).map(({ from, text: sentence }) => ({
    text: ended(sentence),
    role: roleOf(from, from + sentence.length, before),
  }));
  const main = Math.max(
    sentences.findIndex((one) => one.role === "action"),
    0,
  );
  return sentences.map((one, index) => ({ ...one, rank: index === main ? RANK_OF_MAIN : RANK_OF_SAID[one.role] }));
}

const folded = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Whether the words stand in a text as they are: "rota" is not in "rotation". */
const hasWords = (text: string, words: string): boolean => ` ${text} `.includes(` ${words} `);

/** Answers that say something new, in the order in which a text tells it. */
function answerPieces({ text, answers, names }: Omit<Material, "after">): Piece[] {
  const said = [folded(text)];
  const others = (words: string): string[] => answers.map((one) => folded(one.text)).filter((one) => one !== words);
  const pieces: Piece[] = [];
  for (const dimension of ["action", "beneficiary", "outcome", "comparison", "evidence", "extension"] as const) {
    for (const answer of answers.filter((one) => one.dimension === dimension)) {
      const words = folded(answer.text);
      if (words === "" || [...said, ...others(words)].some((one) => hasWords(one, words))) continue;
      said.push(words);
      const line = answer.text.replace(/\s+/gu, " ").trim();
      const isForWhom = dimension === "beneficiary" && names?.has(answer.text);
      pieces.push({
        text: isForWhom ? `${FOR_WHOM} ${afterAWord(line)}` : line,
        role: dimension,
        rank: RANK_OF_ANSWER[dimension],
      });
    }
  }
  return pieces;
}

/** Fragments go behind the sentence that they continue; everything else is a sentence of its own. */
function withFragments(sentences: readonly Piece[], answers: readonly Piece[], limit: number): Piece[] {
  const pieces = [...sentences];
  for (const answer of answers) {
    const main = pieces.findIndex((one) => one.rank === RANK_OF_MAIN);
    const host = pieces[main];
    const joined = host && goesOn(answer.text) ? goneOnWith(host.text, answer.text) : undefined;
    if (host && joined !== undefined && !/[?!…:]$/u.test(host.text) && countWords(joined) <= limit)
      pieces[main] = { ...host, text: joined };
    else pieces.push({ ...answer, text: ended(standingAlone(answer.text) ?? capitalised(answer.text)) });
  }
  return pieces;
}

/** The pieces that fit, the weightiest first; when not even one does, the weightiest is cut short. */
function fitting(pieces: readonly Piece[], limit: number): Piece[] {
  const byRank = pieces.toSorted((a, b) => a.rank - b.rank);
  const chosen = new Set<Piece>();
  let words = 0;
  for (const piece of byRank) {
    const more = countWords(piece.text);
    if (words + more > limit) continue;
    chosen.add(piece);
    words += more;
  }
  const first = byRank[0];
  if (chosen.size > 0 || !first) return pieces.filter((piece) => chosen.has(piece));
  return [{ ...first, text: shortened(first.text, limit) }];
}

function gapsFor(material: Material, asked: readonly Dimension[]): string[] {
  return openDimensions(material)
    .filter((dimension) => asked.includes(dimension))
    .map((dimension) => gapTexts[dimension]);
}

function within(limit: number, gaps: readonly string[], write: (room: number) => string[]): string {
  const room = limit - gaps.reduce((sum, gap) => sum + countWords(gap), 0);
  return [...write(room), ...gaps].join(" ");
}

const CHANGE_FIRST: Readonly<Record<Piece["role"], number>> = {
  outcome: 0,
  comparison: 1,
  evidence: 2,
  action: 3,
  other: 3,
  beneficiary: 4,
  extension: 5,
};

/** For a room that knows nothing of the work: what changed comes first, then who did what. A sentence that points back keeps its place. */
function changeFirst(pieces: readonly Piece[]): Piece[] {
  const places = pieces.map((piece, index) => {
    const isFree = standingAlone(piece.text) !== undefined;
    return { piece, place: isFree ? CHANGE_FIRST[piece.role] : Math.max(CHANGE_FIRST[piece.role], CHANGE_FIRST.action), index };
  });
  return places.toSorted((a, b) => a.place - b.place || a.index - b.index).map(({ piece }) => piece);
}

/** For another room: an outcome that was written as a fragment ("so the ward ...") comes first as a sentence of its own. */
function retellPieces(material: Material, limit: number): Piece[] {
  const answers = answerPieces(material);
  const comesFirst = (one: Piece): boolean => one.role === "outcome" && standingAlone(one.text) !== undefined;
  const changes = answers.filter(comesFirst).map((one) => ({ ...one, text: ended(standingAlone(one.text) ?? one.text) }));
  const rest = withFragments(
    ownPieces(material),
    answers.filter((one) => !comesFirst(one)),
    limit,
  );
  return [...changes, ...rest];
}

function retell(material: Material): string {
  return within(RETELL_WORDS, gapsFor(material, ["action", "outcome", "beneficiary"]), (room) =>
    changeFirst(fitting(retellPieces(material, room), room)).map((piece) => retold(piece.text)),
  );
}

function agenda(material: Material): string {
  return within(AGENDA_WORDS, gapsFor(material, ["action", "outcome", "beneficiary", "evidence"]), (room) =>
    fitting(withFragments(ownPieces(material), answerPieces(material), room), room).map((piece) => piece.text),
  );
}

/** Everything that was said, under what it says; figures that nobody gave a source for are marked. */
function card(material: Material): string {
  const { text, answers, date, source } = material;
  const open = openDimensions(material);
  const marked = (words: string): string => (source ? words : withSourceMarks(words));
  const lines = dimensions.flatMap((dimension) => {
    const said = answers.filter((one) => one.dimension === dimension).map((one) => marked(one.text));
    const shown = said.length > 0 ? said : open.includes(dimension) ? [gapTexts[dimension]] : [];
    return shown.map((words) => `${dimensionLabels[dimension]}: ${words}`);
  });
  lines.push(`${SOURCE_LABEL}: ${source || SOURCE_GAP}`, `${DATE_LABEL}: ${date ?? DATE_GAP}`);
  return `${marked(text)}\n\n${lines.join("\n")}`;
}

/**
 * Composes a line to retell, a text for an agenda and a card from what a person wrote and answered (S35). Nothing is invented: a
 * draft holds their words, gaps that name what is missing, and on the card the labels of `composing-words.ts`. Sentences go in
 * whole or not at all; only when a single one is longer than the whole limit, its beginning stands there with a "…".
 */
export function compose(material: Material): Drafts {
  return { retell: retell(material), agenda: agenda(material), card: card(material) };
}

/** The running text that an answer makes of a text, without a limit: what the next question is chosen by. */
export function joined(material: Omit<Material, "after">): string {
  const pieces = withFragments(ownPieces(material), answerPieces(material), Number.POSITIVE_INFINITY);
  return pieces.map((piece) => piece.text).join(" ");
}

const NOT_SAID = new Set([...Object.values(gapTexts), SOURCE_GAP, DATE_GAP, SOURCE_MARK]);
const GAPS = new RegExp(`(${[...NOT_SAID].map((gap) => RegExp.escape(gap)).join("|")})`, "u");

/** A draft in pieces, so that a page can set apart what is missing. Joined, they are the draft again. */
export function draftSegments(draft: string): { readonly text: string; readonly isGap: boolean }[] {
  return draft
    .split(GAPS)
    .filter((text) => text !== "")
    .map((text) => ({ text, isGap: NOT_SAID.has(text) }));
}

const LABELS = new Set([...Object.values(dimensionLabels), SOURCE_LABEL, DATE_LABEL].map((label) => `${label}:`));

function lineWithoutGaps(line: string): string | undefined {
  const segments = draftSegments(line);
  if (segments.every(({ isGap }) => !isGap)) return line;
  const said = segments.filter(({ isGap }) => !isGap).map(({ text }) => text);
  const kept = said
    .join("")
    .replace(/ {2,}/gu, " ")
    .replace(/ (?=[.,;:!?])/gu, "")
    .trim();
  return kept === "" || LABELS.has(kept) ? undefined : kept;
}

/** The draft as a wording to keep: gaps are the program's questions, not the person's words, so they stay behind. */
export function withoutGaps(draft: string): string {
  const lines = draft.split("\n").map(lineWithoutGaps);
  return lines
    .filter((line) => line !== undefined)
    .join("\n")
    .trim();
}
