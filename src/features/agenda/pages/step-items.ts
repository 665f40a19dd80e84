import { shortDay } from "../../../lib/dates.ts";
import { actionButton } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { Item, Proposal, Step } from "../schema.ts";
import { type Preparation, stepPath } from "./frame.ts";
import { contentLines } from "./item-form.ts";
import { winHint } from "./win-coach.ts";
import { itemState, managerName } from "./words.ts";

function act(meetingId: string, item: Item, step: Step, name: string, label: string): Html {
  return actionButton(`/meetings/${meetingId}/agenda/items/${item.id}`, label, { fields: { act: name, step } });
}

function itemActs({ meeting }: Preparation, item: Item, step: Step): Html {
  return html`<div class="actions">${when(item.kind !== "carried", () => html`<a href="${stepPath(meeting.id, step)}?item=${item.id}">Change the words</a>`)}
    ${item.preparedAt === null || item.draft ? act(meeting.id, item, step, "put", item.draft ? "Put the new words on the agenda" : "Put it on the agenda") : nothing}
    ${when(item.draft, () => act(meeting.id, item, step, "discard", "Keep the earlier words"))}
    ${when(item.preparedAt !== null && item.carriedFrom === null, () => act(meeting.id, item, step, "away", "Take it off the agenda"))}
    ${act(meeting.id, item, step, "out", item.carriedFrom === null ? "Delete" : "Not this time")}</div>`;
}

/** The items of a step that are not in its form. */
export function stepItems(preparation: Preparation, step: Step, items: readonly Item[]): Html {
  if (items.length === 0) return nothing;
  return html`<ul class="entries">${each(items, (item) => html`<li class="entry">${contentLines(item)}<p class="meta">${itemState(item)}${item.carriedFrom ? ", from last time" : ""}</p>${step === "win" ? winHint(preparation.meeting.id, item) : nothing}${itemActs(preparation, item, step)}</li>`)}</ul>`;
}

/** What the journal proposes: choosing one puts it on the agenda. */
export function proposalList(
  { meeting }: Preparation,
  step: Step,
  proposals: readonly Proposal[],
  year: number,
  empty: string,
): Html {
  if (proposals.length === 0) return html`<p class="quiet">${empty}</p>`;
  return html`<ul class="entries">${each(
    proposals,
    (one) => html`<li class="entry"><p class="multiline" dir="auto">${one.text}</p>
      <p class="meta"><time datetime="${one.happenedOn}">${shortDay(Temporal.PlainDate.from(one.happenedOn), year)}</time></p>
      <div class="actions">${actionButton(`/meetings/${meeting.id}/agenda/captures`, "Put it on the agenda", { fields: { captureId: one.captureId, kind: one.kind, step } })}</div></li>`,
  )}</ul>`;
}

function ledgerLink(item: Item): Html {
  const [source, id = ""] = (item.carriedFrom ?? "").split(":");
  if (source === "commitment") return html`<a href="/commitments/${id}">Kept, dropped or a new date</a>`;
  if (source === "question") return html`<a href="/commitments/questions/${id}">Write the answer</a>`;
  return nothing;
}

function carriedFacts({ meeting, person }: Preparation, item: Item): string {
  const whose =
    item.carriedSide === "mine"
      ? "your promise"
      : item.carriedSide === "theirs"
        ? `${managerName(person.name)}’s promise`
        : item.carriedSide === "question"
          ? "open question"
          : "not talked about yet";
  if (!item.carriedSide || item.carriedSide === "question") return whose;
  if (!item.dueOn) return `${whose}, no date agreed`;
  const due = shortDay(Temporal.PlainDate.from(item.dueOn), Temporal.PlainDateTime.from(meeting.localStart).year);
  return `${whose}, by ${due}${item.dueOn <= meeting.localStart.slice(0, 10) ? ", falls due before this talk" : ""}`;
}

function carriedEntry(preparation: Preparation, item: Item): Html {
  const { meeting, person } = preparation;
  return html`<li class="entry">${contentLines(item)}
    <p class="meta">${carriedFacts(preparation, item)}</p>
    ${when(item.preparedAt === null, () => html`<p class="hint">You wrote this down on your own; <bdi>${managerName(person.name)}</bdi> has not read it. Put it on the agenda if it belongs there.</p>`)}
    <div class="actions">${when(item.preparedAt === null, () => act(meeting.id, item, "carried", "put", "Put it on the agenda"))}
    ${act(meeting.id, item, "carried", "out", "Not this time")}
    ${ledgerLink(item)}
    ${when(item.carriedFrom?.startsWith("item:"), () => act(meeting.id, item, "carried", "let-go", "Let it go"))}</div></li>`;
}

/** The step "still open": what came over, and what was taken out of this agenda. */
export function carriedStep(preparation: Preparation): Html {
  const { agenda, meeting } = preparation;
  const carried = agenda.items.filter((item) => item.carriedFrom !== null);
  return html`${
    carried.length === 0
      ? html`<p class="quiet">Nothing is open. What a talk leaves undone, and every promise in a recap, comes here by itself next time.</p>`
      : html`<ul class="entries">${each(carried, (item) => carriedEntry(preparation, item))}</ul>`
  }
  ${when(
    agenda.takenOut.length > 0,
    () => html`<h2>Not this time</h2>
      <ul class="entries">${each(agenda.takenOut, (item) => html`<li class="entry">${contentLines(item)}<div class="actions">${act(meeting.id, item, "carried", "back", "Put it back")}</div></li>`)}</ul>`,
  )}`;
}
