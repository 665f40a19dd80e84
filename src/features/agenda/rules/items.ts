import { countWords } from "../../../lib/text.ts";
import { gapSentence } from "../../../lib/gaps.ts";
import type { AgendaItemTable, Content, Item, ItemKind, PreparedItem, Step } from "../schema.ts";

/** Minutes that an item of this kind is planned with until its owner says otherwise. */
export const usualMinutes: Readonly<Record<ItemKind, number>> = {
  need: 2,
  win: 3,
  challenge: 8,
  growth: 10,
  carried: 2,
  topic: 5,
  status: 0,
};

/** Where an item of this kind stands until its owner moves it: growth is always last, the status line is not talked about. */
const RANK: Readonly<Record<ItemKind, number>> = { need: 0, win: 1, challenge: 2, carried: 3, topic: 4, growth: 8, status: 9 };
const RANK_WIDTH = 1_000;

export const stepKinds = {
  need: "need",
  win: "win",
  challenge: "challenge",
  growth: "growth",
  topics: "topic",
} as const satisfies Partial<Record<Step, ItemKind>>;

export function nextPosition(kind: ItemKind, present: readonly { readonly position: number }[]): number {
  const start = RANK[kind] * RANK_WIDTH;
  const taken = present.map((one) => one.position).filter((position) => position >= start && position < start + RANK_WIDTH);
  return Math.max(start, ...taken) + 1;
}

/** The order of the talk: the need first, growth last, the written status after it; between them as their owner put them. */
export function inOrder<T extends { readonly kind: ItemKind; readonly position: number; readonly id: string }>(
  items: readonly T[],
): T[] {
  const band = (item: T): number => (item.kind === "need" ? 0 : item.kind === "growth" ? 2 : item.kind === "status" ? 3 : 1);
  return items.toSorted((a, b) => band(a) - band(b) || a.position - b.position || a.id.localeCompare(b.id));
}

/** The id that an item had when it first stood on an agenda, through any number of meetings. */
export function firstId({ id, carriedFrom }: Pick<Item, "id" | "carriedFrom">): string {
  return carriedFrom?.startsWith("item:") ? carriedFrom.slice("item:".length) : id;
}

export function contentOf(
  row: Pick<AgendaItemTable, "text" | "options" | "leaning" | "decision_wanted" | "project" | "skill">,
): Content {
  return {
    text: row.text,
    options: row.options,
    leaning: row.leaning,
    decisionWanted: row.decision_wanted,
    project: row.project,
    skill: row.skill,
  };
}

export function toColumns(
  content: Content,
): Pick<AgendaItemTable, "text" | "options" | "leaning" | "decision_wanted" | "project" | "skill"> {
  const { decisionWanted, ...rest } = content;
  return { ...rest, decision_wanted: decisionWanted };
}

export const emptyContent: Content = { text: "", options: "", leaning: "", decisionWanted: "", project: "", skill: "" };

export function isEmpty(content: Content): boolean {
  return Object.values(content).every((value) => value === "");
}

export function sameContent(a: Content, b: Content): boolean {
  return (Object.keys(emptyContent) as (keyof Content)[]).every((key) => a[key] === b[key]);
}

/** The newest words of an item: those typed over it, or its own. */
export function newestContent(item: Pick<Item, keyof Content | "draft">): Content {
  if (item.draft) return item.draft;
  const { text, options, leaning, decisionWanted, project, skill } = item;
  return { text, options, leaning, decisionWanted, project, skill };
}

export { placeholdersIn } from "../../../lib/gaps.ts";

function words(item: PreparedItem): string {
  return [item.text, item.options, item.leaning, item.decisionWanted, item.project, item.skill].join("\n");
}

/** What keeps an agenda from being ready: the need comes first (S25), and no [gap] may leave (S38). One sentence each. */
export function missingFor(prepared: readonly PreparedItem[]): string[] {
  const missing: string[] = [];
  if (!prepared.some((item) => item.kind === "need" && item.text !== "")) missing.push("Say what you need from this talk.");
  const gaps = gapSentence(prepared.map(words));
  if (gaps) missing.push(gaps);
  return missing;
}

export function wordsIn(prepared: readonly PreparedItem[]): number {
  return countWords(prepared.map(words).join("\n"));
}

/** Neither this agenda nor the one before it asks about what comes next (S36). A first agenda is not hurried. */
export function needsLookAhead(
  present: readonly { readonly kind: ItemKind }[],
  before: readonly { readonly kind: ItemKind }[] | undefined,
): boolean {
  if (!before || before.length === 0) return false;
  return ![...present, ...before].some((item) => item.kind === "growth");
}

/** Nothing of one's own is on the agenda and less than 24 hours remain (S27). */
export function emptyHanded(facts: { readonly ownCount: number }, startsAt: Temporal.Instant, now: Temporal.Instant): boolean {
  if (facts.ownCount > 0 || Temporal.Instant.compare(now, startsAt) >= 0) return false;
  return Temporal.Instant.compare(now, startsAt.subtract({ hours: 24 })) >= 0;
}

/** Beginnings of a question about growth, to be finished in the person's own words; `project` and `skill` fill their gaps (S30, S38). */
export const openers: readonly string[] = [
  "While I work on [project], I want to become better at [skill]. What would you need to see from me before you trust me with more of it?",
  "Think of somebody who is really good at [skill] here. What do they do that I do not do yet?",
  "If [project] could make me stronger in one thing this year, which one would you pick, and how would we both notice?",
];

export function fillOpener(opener: string, names: { readonly project: string; readonly skill: string }): string {
  return opener.replaceAll("[project]", names.project || "[project]").replaceAll("[skill]", names.skill || "[skill]");
}
