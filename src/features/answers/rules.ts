import type { Answer, AnswerState, AnswerTable } from "./schema.ts";

/** Where an answer stands with its owner. One whose sender is not sure waits for a yes to the sender first. */
export function stateOf(row: Pick<AnswerTable, "verified_at" | "accepted_at" | "declined_at">): AnswerState {
  if (row.accepted_at) return "accepted";
  if (row.declined_at) return "declined";
  return row.verified_at ? "waiting" : "unverified";
}

export function toAnswer(row: AnswerTable): Answer {
  const { about_kind: kind, about_id: id, about_text: text } = row;
  return {
    id: row.id,
    meetingId: row.meeting_id,
    personId: row.person_id,
    deliveryId: row.delivery_id,
    way: row.way,
    kind: row.kind,
    about: kind === null || id === null ? null : { kind, id, text },
    text: row.text,
    namedOn: row.named_on,
    sender: row.sender,
    rawId: row.raw_id,
    receivedAt: row.received_at,
    verifiedAt: row.verified_at,
    acceptedAt: row.accepted_at,
    declinedAt: row.declined_at,
    becameId: row.became_id,
    state: stateOf(row),
  };
}
