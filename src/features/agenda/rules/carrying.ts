import type { Commitment, OpenQuestion } from "../../commitments/index.ts";
import type { Meeting, MeetingState } from "../../meetings/index.ts";
import type { AgendaItemTable, CarriedSide, Content, ItemKind } from "../schema.ts";
import { contentOf, emptyContent, usualMinutes } from "./items.ts";

/** What is still open from earlier, as it stands in the next preparation. `ref` makes it stand there once (S53). */
export interface Carried {
  readonly ref: string;
  readonly kind: ItemKind;
  readonly content: Content;
  readonly minutes: number;
  readonly captureId: string | null;
  readonly side: CarriedSide | null;
  readonly dueOn: string | null;
  /** False for what this person never read: it waits for its owner's choice. */
  readonly wasShared: boolean;
}

/** An earlier meeting with the same person, with the rows of its agenda; `items` is undefined when none was started. */
export interface Earlier {
  readonly state: MeetingState;
  readonly items: readonly AgendaItemTable[] | undefined;
}

export interface Ledgers {
  readonly mine: readonly Commitment[];
  readonly theirs: readonly Commitment[];
  readonly questions: readonly OpenQuestion[];
}

/** A planned meeting with this person that lies between now and this one: what is open belongs to it first. */
export function comesLater(earlier: readonly Pick<Meeting, "state" | "endsAt">[], now: Temporal.Instant): boolean {
  return earlier.some((one) => one.state === "planned" && Temporal.Instant.compare(Temporal.Instant.from(one.endsAt), now) > 0);
}

const neverTookPlace = (meeting: Earlier): boolean => meeting.state === "cancelled" || meeting.state === "not_held";

/** The first item that a carried one goes back to, through any number of meetings. */
export function rootRef(row: Pick<AgendaItemTable, "id" | "carried_from">): string {
  return row.carried_from?.startsWith("item:") ? row.carried_from : `item:${row.id}`;
}

function isFromLedger(row: Pick<AgendaItemTable, "carried_from">): boolean {
  return row.carried_from !== null && !row.carried_from.startsWith("item:");
}

/** The meetings whose agendas still count: back to the last one that took place, over all that did not. `earlier` is newest first. */
export function stillCounting(earlier: readonly Earlier[]): Earlier[] {
  const last = earlier.findIndex((meeting) => meeting.items !== undefined && !neverTookPlace(meeting));
  return last === -1 ? [...earlier] : earlier.slice(0, last + 1);
}

function staysOpen(row: AgendaItemTable, meeting: Earlier): boolean {
  if (isFromLedger(row) || row.prepared_at === null || row.discussed_at || row.settled_at || row.let_go_at) return false;
  // Taken out of that agenda, a carried item is open again; one of its own was taken back for good.
  if (row.removed_at && row.carried_from === null) return false;
  if (row.kind === "status") return false;
  return row.kind !== "need" || neverTookPlace(meeting);
}

function fromItem(row: AgendaItemTable): Carried {
  return {
    ref: rootRef(row),
    kind: row.kind,
    content: contentOf(row),
    minutes: row.minutes,
    captureId: row.capture_id,
    side: row.carried_side,
    dueOn: row.due_on,
    wasShared: true,
  };
}

/** Each undiscussed item once, in its newest words. Discussed or let go in any of these meetings, it is closed. */
function openItems(earlier: readonly Earlier[]): Carried[] {
  const counting = stillCounting(earlier);
  const rows = counting.flatMap((meeting) => (meeting.items ?? []).map((row) => ({ row, meeting })));
  const seen = new Set(rows.filter(({ row }) => row.discussed_at || row.let_go_at).map(({ row }) => rootRef(row)));
  let needs = 0;
  return rows.flatMap(({ row, meeting }) => {
    const ref = rootRef(row);
    if (seen.has(ref) || !staysOpen(row, meeting)) return [];
    seen.add(ref);
    if (row.kind !== "need") return [fromItem(row)];
    needs += 1;
    return [needs === 1 ? fromItem(row) : { ...fromItem(row), kind: "topic" as const }];
  });
}

function fromCommitment(commitment: Commitment): Carried {
  return {
    ref: `commitment:${commitment.id}`,
    kind: "carried",
    content: { ...emptyContent, text: commitment.text },
    minutes: usualMinutes.carried,
    captureId: null,
    side: commitment.side,
    dueOn: commitment.dueOn,
    wasShared: commitment.sharedAt !== null,
  };
}

function fromQuestion(question: OpenQuestion): Carried {
  return {
    ref: `question:${question.id}`,
    kind: "carried",
    content: { ...emptyContent, text: question.text },
    minutes: usualMinutes.carried,
    captureId: null,
    side: "question",
    dueOn: null,
    wasShared: question.sharedAt !== null,
  };
}

/** Everything that stands in the next preparation by itself, each exactly once (S53). `earlier` is newest first. */
export function stillOpen(ledgers: Ledgers, earlier: readonly Earlier[]): Carried[] {
  return [
    ...openItems(earlier),
    ...ledgers.mine.map(fromCommitment),
    ...ledgers.theirs.map(fromCommitment),
    ...ledgers.questions.map(fromQuestion),
  ];
}
