import phrases from "../data/phrases.json" with { type: "json" };
import nouns from "../data/nouns.json" with { type: "json" };
import verbs from "../data/verbs.json" with { type: "json" };
import type { Word } from "./language.ts";

export type VerbClass = Exclude<keyof typeof verbs, "about">;
export type NounClass = Exclude<keyof typeof nouns, "about">;
export type PhraseList = Exclude<keyof typeof phrases, "about">;

/** The classes of a file of cues; what the file says about itself is none of them. */
function classesOf({ about: _, ...lists }: Record<string, string>): Map<string, Set<string>> {
  return new Map(Object.entries(lists).map(([name, list]) => [name, new Set(list.split(" "))]));
}

const verbClasses = classesOf(verbs);
const nounClasses = classesOf(nouns);
const anyVerb = new Set([...verbClasses.values()].flatMap((list) => [...list]));

/** Whether a verb's dictionary form belongs to a class; "re-plan" and "replan" are changes whatever the verb behind the prefix. */
export function isVerb(lemma: string, name: VerbClass): boolean {
  if (verbClasses.get(name)?.has(lemma)) return true;
  return name === "change" && !anyVerb.has(lemma) && /^re-?/u.test(lemma) && anyVerb.has(lemma.replace(/^re-?/u, ""));
}

/** Whether a dictionary form is known as a verb at all. */
export function isKnownVerb(lemma: string): boolean {
  return anyVerb.has(lemma) || isVerb(lemma, "change");
}

export function isNoun(lemma: string, name: NounClass): boolean {
  return nounClasses.get(name)?.has(lemma) === true;
}

const nounTags = new Set(["NOUN", "PROPN"]);
/** How English makes names for people out of what they do: driver, editor, florist, librarian, attendant, trustee. */
const agentEnding = /(?:[a-z]{3}(?:er|or)|ist|ian|(?:[a-z]{4}ee)|[a-z]{4}man|people|men|women)$/u;

/** Whether a noun stands for people: by the list, or by its ending unless the list of things says otherwise. */
export function isGroupNoun({ lemma, tag, lower }: Pick<Word, "lemma" | "tag" | "lower">): boolean {
  if (isNoun(lemma, "group") || isNoun(lower, "group")) return nounTags.has(tag) || tag === "PRON" || tag === "DET";
  if (!nounTags.has(tag) || isNoun(lemma, "not_group") || isNoun(lemma, "quality") || isNoun(lemma, "artefact")) return false;
  return agentEnding.test(lemma) && !/^[A-Z]/u.test(lemma) && lower.length > 4;
}

/** Whether a noun can act like people do: people themselves, and what they work in ("the clinic", "purchasing"). */
export function canAct(word: Pick<Word, "lemma" | "tag" | "lower">): boolean {
  return isGroupNoun(word) || isNoun(word.lemma, "organ") || isNoun(word.lower, "organ");
}

const phraseLists = new Map(
  Object.entries(phrases)
    .filter(([name]) => name !== "about")
    .map(([name, list]) => {
      const byFirst = new Map<string, string[][]>();
      for (const phrase of list as string[]) {
        const parts = phrase.split(" ");
        const first = parts[0] ?? "";
        byFirst.set(
          first,
          [...(byFirst.get(first) ?? []), parts].toSorted((a, b) => b.length - a.length),
        );
      }
      return [name, byFirst] as const;
    }),
);

function matches(list: readonly Word[], at: number, parts: readonly string[]): boolean {
  return parts.every((part, offset) => {
    const word = list[at + offset];
    return word !== undefined && (word.lower === part || word.lemma === part);
  });
}

/** The words of the first phrase of a list that occurs among these, or undefined. */
export function findPhrase(list: readonly Word[], name: PhraseList): readonly Word[] | undefined {
  const known = phraseLists.get(name);
  for (const [at, word] of list.entries()) {
    for (const start of new Set([word.lower, word.lemma])) {
      const parts = known?.get(start)?.find((one) => matches(list, at, one));
      if (parts) return list.slice(at, at + parts.length);
    }
  }
  return undefined;
}
