import { shortDay } from "../../../lib/dates.ts";
import { firstName } from "../../../lib/text.ts";
import { actionButton } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { firstId, type ItemKind, type PreparedItem } from "../../agenda/index.ts";
import type { Answer } from "../../answers/index.ts";
import type { Delivery } from "../../delivery/index.ts";
import type { Meeting } from "../../meetings/index.ts";
import type { MeetingNote, Recap } from "../schema.ts";
import { didItHappen, moment, noteChoices, type Talk } from "./parts.ts";

const KINDS: Record<ItemKind, string> = {
  need: "What I need",
  win: "Win",
  challenge: "Challenge",
  growth: "Growth",
  carried: "Still open",
  topic: "Topic",
  status: "In writing",
};

function tickButton(item: PreparedItem, meetingId: string): Html {
  const fields = { itemId: item.id, discussed: item.discussedAt ? "no" : "yes" };
  return actionButton(`/meetings/${meetingId}/ticks`, item.discussedAt ? "Not discussed after all" : "Discussed", { fields });
}

/** What an agenda is shown with beside its items. */
interface Beside {
  readonly canTick: boolean;
  /** First ids of the items that the other person asked for. */
  readonly askedFor: ReadonlySet<string>;
  /** What the other person said about this meeting. */
  readonly answers: readonly Answer[];
}

/** A reply that was kept stands with the item that it answers, as theirs. */
function repliesTo(item: PreparedItem, name: string, answers: readonly Answer[]): Html[] {
  const replies = answers.filter(
    ({ kind, state, about, text }) => kind === "reply" && state === "accepted" && about?.id === item.id && text !== "",
  );
  return each(replies, ({ text }) => html`<p class="quiet"><bdi>${name}</bdi>: <span dir="auto">${text}</span></p>`);
}

function agendaItem(item: PreparedItem, { meeting, person }: Talk, { canTick, askedFor, answers }: Beside): Html {
  const name = firstName(person.name);
  const isTheirs = askedFor.has(firstId(item));
  const due = item.dueOn ? `, by ${shortDay(Temporal.PlainDate.from(item.dueOn))}` : "";
  const minutes = item.minutes > 0 ? `, ${item.minutes} min` : "";
  return html`<li class="entry" id="item-${item.id}">
    <p class="meta">${item.discussedAt ? html`<span class="badge">Discussed</span> ` : nothing}${KINDS[item.kind]}${minutes}${due}${isTheirs ? html` <span class="tag">from <bdi>${name}</bdi></span>` : nothing}</p>
    <p dir="auto">${item.text}</p>
    ${when(item.options, (text) => html`<p class="quiet" dir="auto">Options: ${text}</p>`)}
    ${when(item.leaning, (text) => html`<p class="quiet" dir="auto">Leaning: ${text}</p>`)}
    ${when(item.decisionWanted, (text) => html`<p class="quiet" dir="auto">Decision wanted: ${text}</p>`)}
    ${repliesTo(item, name, answers)}
    ${canTick && item.kind !== "status" ? html`<div class="actions">${tickButton(item, meeting.id)}</div>` : nothing}
  </li>`;
}

/** What was chosen for the talk, to tick off. Private drafts are not here: the screen may be turned to the other side. */
export function agendaSection(items: readonly PreparedItem[], talk: Talk, beside: Beside): Html {
  const { meeting } = talk;
  if (items.length === 0) {
    const hint =
      meeting.state === "planned"
        ? html` <a href="/meetings/${meeting.id}/prepare">Choose what to talk about</a>; a quarter of an hour is enough.`
        : nothing;
    return html`<h2>Agenda</h2><p class="hint">Nothing is on the agenda.${hint}</p>`;
  }
  const minutes = items.reduce((sum, item) => sum + item.minutes, 0);
  return html`<h2>Agenda</h2>
    <p class="meta">${minutes} of ${meeting.minutes} minutes planned</p>
    <ol class="entries">${each(items, (item) => agendaItem(item, talk, beside))}</ol>`;
}

function noteEntry(note: MeetingNote, { meeting, person }: Talk, now: Temporal.Instant): Html {
  const label = noteChoices(person.name).find((one) => one.value === note.part)?.label ?? "";
  return html`<li class="entry"><p dir="auto">${note.text}</p>
    <p class="meta">${moment(note.notedAt, meeting.zone, now)}${note.part === "note" ? nothing : html` <span class="tag">${label}</span>`} <a href="/meetings/${meeting.id}/notes/${note.id}">Change</a></p></li>`;
}

export function noteList(notes: readonly MeetingNote[], talk: Talk, now: Temporal.Instant): Html {
  if (notes.length === 0) return nothing;
  return html`<ul class="entries">${each(notes, (note) => noteEntry(note, talk, now))}</ul>`;
}

function agendaState(
  agenda: Delivery | undefined,
  { meeting, person }: Talk,
  preparation: "none" | "started" | "ready",
  now: Temporal.Instant,
): Html {
  const name = firstName(person.name);
  if (agenda?.sentAt)
    return html`<p>The agenda went to <span dir="auto">${name}</span> ${moment(agenda.sentAt, meeting.zone, now)}. <a href="/deliveries/${agenda.id}">See the mail</a></p>`;
  if (agenda)
    return html`<p>The agenda is approved and planned for ${moment(agenda.sendAt, meeting.zone, now)}. <a href="/deliveries/${agenda.id}">See where it stands</a></p>`;
  if (preparation === "ready")
    return html`<p>Your preparation is ready.</p><p class="actions"><a class="button" href="/meetings/${meeting.id}/agenda">Read the mail and approve it</a></p>`;
  const begun = preparation === "started" ? "You have begun to prepare." : "Not prepared yet.";
  return html`<p>${begun}</p><p class="actions"><a class="button" href="/meetings/${meeting.id}/prepare">${preparation === "started" ? "Go on preparing" : "Prepare"}</a></p>`;
}

function recapState(recap: Recap, { meeting }: Talk, now: Temporal.Instant): Html {
  const path = `/meetings/${meeting.id}/recap`;
  const due = moment(recap.dueAt, meeting.zone, now);
  if (recap.state === "sent")
    return html`<p>The recap went out ${moment(recap.sentAt ?? "", meeting.zone, now)}. <a href="${path}">Read it</a></p>`;
  if (recap.state === "waived") return html`<p>You keep the recap without sending it. <a href="${path}">Read it</a></p>`;
  if (recap.state === "approved") return html`<p>The recap is approved. <a href="${path}/preview">See where it stands</a></p>`;
  if (recap.state === "draft")
    return html`<p>The recap is begun. It helps most by ${due}.</p><p class="actions"><a class="button" href="${path}">Go on with the recap</a></p>`;
  return html`<p>Write the recap while it is fresh: three minutes, by ${due}.</p>
    <div class="actions">${actionButton(`${path}/start`, "Write the recap", { kind: "primary" })}
    ${actionButton(`/meetings/${meeting.id}/answer`, "It did not happen after all", { fields: { happened: "no", return: `/meetings/${meeting.id}` } })}</div>`;
}

interface Standing {
  readonly agenda: Delivery | undefined;
  readonly preparation: "none" | "started" | "ready";
  readonly recap: Recap;
  readonly now: Temporal.Instant;
}

function isOver(meeting: Meeting, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(meeting.endsAt), now) <= 0;
}

/** Where the meeting stands, and the one next act. */
export function standing(talk: Talk, { agenda, preparation, recap, now }: Standing): Html {
  const { meeting } = talk;
  if (meeting.state === "cancelled")
    return html`<p>This meeting is cancelled. What was open stands in the next preparation by itself. <a href="/meetings/${meeting.id}/move">Put it back</a></p>`;
  if (meeting.state === "not_held")
    return html`<p>This meeting did not happen. What was open stands in the next preparation by itself. <a href="/meetings/${meeting.id}/move">Take this answer back</a></p>`;
  if (meeting.state === "held") return recapState(recap, talk, now);
  if (isOver(meeting, now)) return html`<p>Did this meeting take place?</p>${didItHappen(meeting.id)}`;
  if (recap.state === "too_early") return agendaState(agenda, talk, preparation, now);
  return html`<p>It is on. Tick off what you talk about, and note what is said: what you mark for the recap is drafted for you.</p>`;
}
