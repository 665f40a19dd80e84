import type { MailLine } from "../../answers/index.ts";
import type { ItemKind, PreparedItem } from "../schema.ts";
import { inOrder } from "./items.ts";

const HEADINGS: Readonly<Record<ItemKind, string>> = {
  need: "What I need from this talk",
  win: "A win",
  challenge: "A challenge",
  growth: "A question about my growth",
  carried: "Still open between us",
  topic: "Topics",
  status: "Status, in writing only",
};

/** What an item of the agenda stands for: the promise or question that it was carried over from, or itself. */
function aboutOf({ id, carriedFrom }: PreparedItem): MailLine["about"] {
  const [source, key] = carriedFrom?.split(":") ?? [];
  return (source === "commitment" || source === "question") && key ? { kind: source, id: key } : { kind: "item", id };
}

function wordsOf(item: PreparedItem): string {
  const labelled = (label: string, text: string): string[] => (text === "" ? [] : [`${label}: ${text}`]);
  return [
    item.text,
    ...labelled("Options", item.options),
    ...labelled("I lean towards", item.leaning),
    ...labelled("The decision I need", item.decisionWanted),
  ].join("\n");
}

/** The lines of an agenda mail with what each is about, in the order of the mail. From prepared items alone, as the mail itself. */
export function agendaLines(items: readonly PreparedItem[]): MailLine[] {
  return inOrder(items).map((item) => ({
    part: item.carriedSide ?? item.kind,
    heading: HEADINGS[item.kind],
    text: wordsOf(item),
    about: aboutOf(item),
    dueOn: item.dueOn,
  }));
}
