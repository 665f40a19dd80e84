import type { AgendaItemTable, Item, OpenLine } from "../schema.ts";
import type { Carried } from "./carrying.ts";
import { newestContent } from "./items.ts";

/** The need in the words that choosing it would write: what is in the way is what the talk is for. */
export function needFromChallenge(text: string): string {
  const [first = ""] = text.split("\n");
  return `A way forward with this: ${first.trim()}`;
}

/** What is still open, from a preparation that was not started yet. The need has its own field. */
export function openLines(carried: readonly Carried[]): OpenLine[] {
  return carried
    .filter(({ kind }) => kind !== "need")
    .map(({ ref, kind, content, side, dueOn, minutes, wasShared }) => ({
      ref,
      kind,
      text: content.text,
      side,
      dueOn,
      minutes,
      wasShared,
    }));
}

/** The same from one that was: what its owner took out or left private is not put back by itself. */
export function openItems(items: readonly Item[], takenOut: readonly Item[]): OpenLine[] {
  const line = (item: Item, isOn: boolean): OpenLine[] =>
    item.carriedFrom === null || item.kind === "need"
      ? []
      : [
          {
            ref: item.carriedFrom,
            kind: item.kind,
            text: newestContent(item).text,
            side: item.carriedSide,
            dueOn: item.dueOn,
            minutes: item.minutes,
            wasShared: isOn,
          },
        ];
  return [...items.flatMap((item) => line(item, item.preparedAt !== null)), ...takenOut.flatMap((item) => line(item, false))];
}

/** Rows that a choice about `ref` is about: it stands there once. */
export function rowFor(rows: readonly AgendaItemTable[], ref: string): AgendaItemTable | undefined {
  return rows.find((row) => row.carried_from === ref && row.settled_at === null);
}
