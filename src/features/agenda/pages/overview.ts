import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { meetingLine, notices, type Preparation, stepList, stepPath, timeLine } from "./frame.ts";
import { proposalPath } from "./proposal.ts";
import { itemState, stepWords } from "./words.ts";
import type { Item } from "../schema.ts";

function itemRow(item: Item): Html {
  return html`<tr><td dir="auto">${item.draft?.text || item.text}</td><td>${itemState(item)}</td><td class="num">${item.minutes}</td></tr>`;
}

function itemTable({ agenda }: Preparation): Html {
  if (agenda.items.length === 0)
    return html`<p class="quiet">Nothing is on it yet. Begin with the need: it is the only step that an agenda cannot go without.</p>`;
  const { minutes } = agenda;
  return html`<table><thead><tr><th scope="col">Item</th><th scope="col">State</th><th scope="col" class="num">Minutes</th></tr></thead>
    <tbody>${each(agenda.items, itemRow)}</tbody>
    <tfoot><tr><th scope="row" colspan="2">Planned of ${minutes.slot}${minutes.growthBlock > 0 ? ", the last 10 for growth" : ""}</th><td class="num">${minutes.planned}</td></tr></tfoot></table>`;
}

export function missingList(missing: readonly string[]): Html {
  if (missing.length === 0) return nothing;
  return html`<div class="hint"><p>Before it can go out:</p><ul>${each(missing, (one) => html`<li>${one}</li>`)}</ul></div>`;
}

/** Whether there is anything to show yet: as long as nothing of one's own is there, proposals help more. */
export function hasBegun({ agenda }: Preparation): boolean {
  return agenda.items.some((item) => item.carriedFrom === null);
}

/** What comes next stands first: the mail when nothing is missing, else the step where it was left. */
function goOn({ meeting, agenda }: Preparation): Html {
  const isReady = agenda.missing.length === 0;
  const mail = html`<a${isReady ? html` class="button"` : nothing} href="/meetings/${meeting.id}/agenda">See the mail</a>`;
  const steps = html`<a${isReady ? nothing : html` class="button"`} href="${stepPath(meeting.id, agenda.step)}">Continue: ${stepWords[agenda.step].name}</a>`;
  return html`<nav class="actions" aria-label="Go on">${isReady ? mail : steps} ${isReady ? steps : mail} <a href="${proposalPath(meeting.id)}">What else could go on it</a></nav>`;
}

/** /meetings/:id/prepare: how far it has come. */
export function overview(preparation: Preparation, usual: Html): Html {
  const { meeting, agenda } = preparation;
  if (meeting.state === "cancelled")
    return html`${meetingLine(preparation)}<p class="lede">This meeting was cancelled, so there is nothing to prepare. What was open comes over to the next one by itself.</p>`;
  return html`${meetingLine(preparation)}
    ${timeLine(preparation)}
    ${usual}
    ${notices(preparation)}
    ${stepList(preparation)}
    <h2>So far</h2>
    ${itemTable(preparation)}
    ${missingList(agenda.missing)}
    ${when(agenda.growthHint, () => html`<p class="hint">Neither this talk nor the last one looks ahead. <a href="${stepPath(meeting.id, "growth")}">A question about growth</a> takes ten minutes.</p>`)}
    ${goOn(preparation)}`;
}
