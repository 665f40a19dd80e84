import { placeholdersIn } from "../../../lib/gaps.ts";
import { ironicWords, loudWords, quietAlone } from "../data/looks.ts";
import type { Finding, Rule } from "../schema.ts";
import type { Reading } from "./tokens.ts";

/** Words recognised by how they look: gaps, secrets, capitals, runs of marks, quotes. `instead` is made by wording.ts. */
export interface Shape {
  readonly rule: Rule;
  readonly from: number;
  readonly to: number;
  readonly why: string;
  readonly instead: string;
}

const SECRET_WHY = "A mail is kept and passed on; whoever reads it can get in.";
const SECRET_INSTEAD =
  "Take it out and change it if it was sent before. Share it through the password store that your employer uses.";

// Known forms of keys and tokens, a password behind its label, and an address that holds one. Each part has a bounded length.
const SECRETS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/gu,
  /\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{10,200}/gu,
  /\b(?:gh[pousr]|github_pat|glpat|xox[abprs]|hf|npm|dop|shpat|SG)[-_.][A-Za-z0-9_-]{10,200}/gu,
  /\b(?:AKIA|ASIA|AIza|ya29)[A-Za-z0-9_.-]{10,200}/gu,
  /\beyJ[A-Za-z0-9_-]{8,400}\.[A-Za-z0-9_-]{4,2000}/gu,
  /\b[a-z][a-z0-9+]{1,20}:\/\/[^\s:/@]{1,80}:[^\s@/]{1,120}@[^\s]{1,200}/gu,
  /\b[Bb]earer\s{1,3}[A-Za-z0-9._~+/-]{12,400}/gu,
  /\b(?:[Pp]asswor[dt]|[Pp]asscode|[Pp]assphrase|PASSWORD|pwd|PW|pw|PIN|[Pp]in|[Ss]ecret|[Tt]oken|(?:API|api|[Aa]ccess|[Ss]ecret)[ _-][Kk]ey)\s{0,3}[:=]\s{0,3}[^\s,;]{4,200}/gu,
  /\b(?:[Pp]assword|[Pp]asscode|[Pp]assphrase|pwd|[Tt]oken|[Kk]ey|[Ss]ecret|PIN)(?: (?:is|was|still|now|to|for|of|the|prod|production|admin|server)){1,4}\s{1,3}["'“‘`]?(?=[^\s"'”’`]{0,60}[\d!@#$%^&*_])(?=[^\s]{4})[^\s"'”’`]{4,200}/gu,
];

const IDENTIFIER_WHY = "People whom you serve must not be recognisable in a mail between you and your manager.";
const IDENTIFIER_INSTEAD =
  "Say “one patient”, “a client”, “a pupil” and what it means for the work. Who it is stays in the system that is made for it.";
const IDENTIFIERS: readonly RegExp[] = [
  /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/gu,
  /\b\d{3}-\d{2}-\d{4}\b/gu,
  /\b(?:\d{4}[ -]){3}\d{4}\b/gu,
  /\b(?:DOB|d\.o\.b\.|born|date of birth)\b[: ]{1,3}(?:on )?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/giu,
  /\b(?:patient|client|customer|pupil|student|resident|case|file|policy|claim|account|insurance|record|member)(?:'s)?(?: (?:file|record|insurance|account|case))? ?(?:id|no\.?|nr\.?|number|#)\s{0,2}[:#]?\s{0,2}(?:is )?[A-Z]{0,4}[-/]?\d{3,}[\dA-Z/-]*/giu,
];

const LOUD = new Set(loudWords);
const QUIET_ALONE = new Set(quietAlone);
const IRONIC = new Set(ironicWords);
// English endings: an abbreviation hardly ever has one.
const INFLECTED = /^[a-z]{3,}(?:ed|ing|ly|able|ful|less|ness)$/u;

const MARKS = /[!?]{2,}/gu;
const SHOUT =
  /(?<![\p{L}\p{N}])(?:I[ ,]{1,2})?\p{Lu}{2,}(?:['’]\p{Lu}{1,3})?(?:[ ,]{1,2}(?:\p{Lu}{2,}(?:['’]\p{Lu}{1,3})?|I|A)(?![\p{L}\p{N}]))*/gu;
const QUOTED = /(?:^|[\s(])["“‘'«](\p{Ll}[\p{L}-]{1,30}(?: \p{Ll}[\p{L}-]{0,30}){0,2})["”’'»]/gu;

const POINTING = /\b(?:your|his|her|their|this|that|such|so-called|called|another|management's|the)\s{1,2}(?:\p{L}+\s)?$/iu;

const lineAround = (text: string, from: number, to: number): string => {
  const start = Math.max(text.lastIndexOf("\n", from) + 1, from - 160);
  const stop = text.indexOf("\n", to);
  return text.slice(start, Math.min(stop < 0 ? text.length : stop, to + 160)).trim();
};

function* found(text: string, pattern: RegExp): Generator<{ from: number; to: number; groups: readonly (string | undefined)[] }> {
  for (const match of text.matchAll(pattern))
    yield { from: match.index, to: match.index + match[0].length, groups: match.slice(1) };
}

function* gaps(text: string): Generator<Shape> {
  let done = 0;
  for (const gap of placeholdersIn(text)) {
    const from = text.indexOf(gap, done);
    done = from + gap.length;
    yield {
      rule: "placeholder",
      from,
      to: done,
      why: "A gap is still open, and a mail with a gap cannot be approved.",
      instead: "Put your own words in its place, or take the sentence out.",
    };
  }
}

function* secrets(text: string): Generator<Shape> {
  for (const pattern of SECRETS)
    for (const { from, to } of found(text, pattern)) {
      // "Password: required" is a field of a form.
      if (
        /[:=]\s*(?:required|optional|reset|policy|yes|no|none|tbd|hidden|changed|the|a|we|new|see)\b/iu.test(text.slice(from, to))
      )
        continue;
      yield { rule: "credential", from, to, why: SECRET_WHY, instead: SECRET_INSTEAD };
    }
  for (const pattern of IDENTIFIERS)
    for (const { from, to } of found(text, pattern))
      yield { rule: "identifier", from, to, why: IDENTIFIER_WHY, instead: IDENTIFIER_INSTEAD };
}

/** "I NEED THIS" as one writes it aloud in a room: "I need this". */
function calm(words: string, beginsSentence: boolean): string {
  const low = words.toLowerCase().replace(/\bi\b/gu, "I");
  return beginsSentence ? low.charAt(0).toUpperCase() + low.slice(1) : low;
}

function isLoud(words: string): boolean {
  const each = words
    .toLowerCase()
    .split(/[ ,]+/u)
    .map((word) => word.replace(/['’]/gu, ""));
  const loud = each.filter((word) => LOUD.has(word));
  if (each.length === 1) return (loud.length === 1 && !QUIET_ALONE.has(each[0] ?? "")) || INFLECTED.test(each[0] ?? "");
  return loud.length >= 2 || (loud.length >= 1 && each.filter((word) => word.length > 4).length >= 1);
}

function* capitals(text: string): Generator<Shape> {
  for (const { from, to } of found(text, SHOUT)) {
    const words = text.slice(from, to);
    if (!isLoud(words)) continue;
    const start = /(?:^|[.!?\n]\s*)$/u.test(text.slice(Math.max(0, from - 3), from));
    yield { rule: "capitals", from, to, why: "Capitals read as shouting.", instead: calm(words.slice(0, 200), start) };
  }
}

function* marks(text: string): Generator<Shape> {
  for (const { from, to } of found(text, MARKS)) {
    const one = text.slice(from, to).includes("?") ? "?" : ".";
    const before = /[^\s.!?\n][^.!?\n]{0,80}$/u.exec(text.slice(Math.max(0, from - 81), from))?.[0] ?? "";
    const words = before.length > 80 ? "" : before;
    yield { rule: "punctuation", from, to, why: "One mark says the same, and says it calmly.", instead: `${words}${one}` };
  }
}

function* quotes(text: string): Generator<Shape> {
  for (const { from, to, groups } of found(text, QUOTED)) {
    const words = groups[0] ?? "";
    const start = from + (/^\s|^\(/u.test(text.slice(from, from + 1)) ? 1 : 0);
    const points = POINTING.test(text.slice(Math.max(0, start - 40), start));
    const ironic = words.split(" ").some((word) => IRONIC.has(word));
    const direct = /\byour\s(?:\p{L}+\s)?$/iu.test(text.slice(Math.max(0, start - 40), start));
    if (!ironic || !(points || direct)) continue;
    const line = lineAround(text, start, to).replace(text.slice(start, to), words);
    yield {
      rule: "sarcasm",
      from: start,
      to,
      why: "Quotes around a plain word say that you do not believe it.",
      instead: line.length > 240 ? words : line,
    };
  }
}

/** Everything that is found by its looks. */
export function shapesIn({ text }: Reading): Shape[] {
  return [...gaps(text), ...secrets(text), ...capitals(text), ...marks(text), ...quotes(text)];
}

export function toFinding(text: string, { rule, from, to, why, instead }: Shape): Finding {
  return { rule, span: { from, to, text: text.slice(from, to) }, why, instead };
}
