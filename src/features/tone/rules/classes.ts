import { answering, baseForms, handingOver } from "../data/verbs.ts";
import { firstNames, pastForms, wordLists } from "../data/words.ts";
import { compile, type Pattern, type WordClasses } from "./patterns.ts";
import type { Token } from "./tokens.ts";

const NAMES = new Set(firstNames);
const PAST = new Set(pastForms);
const NOT_NAMES = new Set([...(wordLists["weekday"] ?? []), ...(wordLists["workTopic"] ?? []), ...(wordLists["notNames"] ?? [])]);
const ING = /^.{2,}ing$/u;
const NOT_DOING = new Set(
  "thing nothing something anything everything morning evening meeting king ring wing spring string building ceiling sibling".split(
    " ",
  ),
);
/** What somebody does again and again: a verb in the third person. */
const HABIT = /^.{2,}[^s'’]s$/u;
const NOT_HABIT = new Set(
  "was has does this plus less days weeks months years times hours others ours yours needs objects".split(" "),
);
const PUSHING = new Set(wordLists["push"]);
const NOT_PUSHING = new Set(
  "reply apply supply family early only rely kindly friendly weekly monthly daily yearly italy july imply assembly lovely quarterly multiply".split(
    " ",
  ),
);
const NOT_PAST = new Set("need feed speed bleed indeed seed weed exceed proceed succeed breed".split(" "));
const TITLES = new Set(["Mr", "Mrs", "Ms", "Miss", "Herr", "Frau"]);
const CAPITALISED = /^\p{Lu}\p{Ll}{2,}$/u;
const POSSESSIVE = /['’]s$/u;

const formsOf = (bases: readonly string[]): string[] =>
  Object.keys(baseForms).filter((form) => bases.includes(baseForms[form] ?? ""));

/** A first name wherever it stands, or a word with a capital within a sentence that is not a known thing. */
function isName({ raw, word }: Token, isFirst: boolean): boolean {
  const bare = raw.replace(POSSESSIVE, "");
  if (word === "'s" || !CAPITALISED.test(bare)) return false;
  return NAMES.has(bare.toLowerCase()) || (!isFirst && !NOT_NAMES.has(bare.toLowerCase()));
}

/** The "'s" behind a name or behind a word for a person. */
function isOwner({ raw, word }: Token): boolean {
  if (word !== "'s") return false;
  const bare = raw.replace(POSSESSIVE, "");
  return (
    (CAPITALISED.test(bare) && !NOT_NAMES.has(bare.toLowerCase())) || (wordLists["colleague"] ?? []).includes(bare.toLowerCase())
  );
}

const without = (list: string, ...out: string[]): string[] => (wordLists[list] ?? []).filter((word) => !out.includes(word));

const classes: WordClasses = {
  ...wordLists,
  any: () => true,
  push: ({ word }) => PUSHING.has(word) || (word.length > 4 && word.endsWith("ly") && !NOT_PUSHING.has(word)),
  title: ({ raw }) => TITLES.has(raw),
  past: ({ word }) => PAST.has(word) || (word.length > 3 && word.endsWith("ed") && !NOT_PAST.has(word)),
  ving: ({ word }) => ING.test(word) && !NOT_DOING.has(word),
  habit: ({ word }) => HABIT.test(word) && !NOT_HABIT.has(word),
  name: isName,
  capital: ({ raw, word }) => CAPITALISED.test(raw) && !NOT_NAMES.has(word),
  fullName: ({ raw }) => NAMES.has(raw.replace(POSSESSIVE, "").toLowerCase()) && /^\p{Lu}/u.test(raw),
  owner: isOwner,
  digits: ({ word }) => /\d/u.test(word),
  longDigits: ({ word }) => /^\d{4,}$/u.test(word),
  number: ({ word }) => /^\d+$/u.test(word) || (wordLists["numeral"] ?? []).includes(word),
  coded: ({ word }) => /\d/u.test(word) && word.length >= 4,
  money5: ({ word }) => /^\d{2,}k$|^\d{4,}$/u.test(word),
  handing: formsOf(handingOver),
  answering: formsOf(answering),
  verbish: [...without("imperative"), ...Object.values(baseForms)],
  illnessHard: without(
    "illness",
    "health",
    "add",
    "operation",
    "condition",
    "slipped",
    "symptoms",
    "panic",
    "doctor's",
    "infection",
    "disorder",
  ),
  faithHard: without(
    "faith",
    "faith",
    "church",
    "orthodox",
    "lent",
    "prayer",
    "prayers",
    "religion",
    "religious",
    "ramadan",
    "mosque",
    "hijab",
  ),
};

const known = new Map<string, Pattern>();

/** The pattern that a line stands for; compiled once. */
export function patternFor(source: string): Pattern {
  let pattern = known.get(source);
  if (!pattern) known.set(source, (pattern = compile(source, classes)));
  return pattern;
}
