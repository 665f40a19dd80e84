import type { AppError } from "../../../lib/errors.ts";
import { actionButton, button, errorSummary, form, type FormValues, textField } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { Item } from "../schema.ts";
import { type Preparation, stepPath } from "./frame.ts";
import { missingList } from "./overview.ts";

const KIND_NAMES = {
  need: "Need",
  win: "Win",
  challenge: "Challenge",
  growth: "Growth",
  carried: "Still open",
  topic: "Topic",
  status: "In writing",
} as const;

const canMove = (item: Item): boolean => !["need", "growth", "status"].includes(item.kind);

function mover(item: Item, movable: readonly Item[], way: "up" | "down", label: string): Html {
  const index = movable.indexOf(item);
  const isEnd = way === "up" ? index === 0 : index === movable.length - 1;
  if (isEnd) return nothing;
  return html`<button type="submit" class="quiet" name="act" value="${way}:${item.id}"><span class="visually-hidden">Move “${item.text.slice(0, 40)}” ${label}</span><span aria-hidden="true">${way === "up" ? "↑" : "↓"}</span></button>`;
}

function row(item: Item, movable: readonly Item[], values: FormValues, error: AppError | undefined): Html {
  const name = `minutes-${item.id}`;
  const minutes =
    item.kind === "status"
      ? html`0`
      : textField({
          name,
          label: `Minutes for ${KIND_NAMES[item.kind].toLowerCase()}`,
          type: "number",
          min: 0,
          max: 60,
          value: values[name] ?? String(item.minutes),
          error,
        });
  return html`<tr><td>${KIND_NAMES[item.kind]}</td><td dir="auto">${item.text}</td><td class="num">${minutes}</td>
    <td>${canMove(item) ? html`${mover(item, movable, "up", "up")}${mover(item, movable, "down", "down")}` : nothing}</td></tr>`;
}

function trimProposal({ agenda, meeting }: Preparation): Html {
  const { over, slot, trim } = agenda.minutes;
  if (over === 0) return nothing;
  const texts = new Map(agenda.items.map((item) => [item.id, item.text]));
  const lines = trim.map(
    ({ id, from, to }) =>
      html`<li><span dir="auto">${texts.get(id) ?? ""}</span>: ${to === 0 ? `leave out (${from} minutes)` : `${from} to ${to} minutes`}</li>`,
  );
  return html`<div class="warning"><p>That is ${over} ${over === 1 ? "minute" : "minutes"} more than the ${slot} you have. What you need and the time for growth would stay; this would make it fit:</p>
    <ul>${lines}</ul>
    ${actionButton(`/meetings/${meeting.id}/agenda/trimming`, "Make it fit")}</div>`;
}

/** The step "minutes": time and order of what is on the agenda, and the way to the mail. */
export function minutesStep(preparation: Preparation, values: FormValues = {}, error?: AppError): Html {
  const { agenda, meeting } = preparation;
  const prepared = agenda.items.filter((item) => item.preparedAt !== null);
  const movable = prepared.filter(canMove);
  const { planned, slot, growthBlock, growth } = agenda.minutes;
  if (prepared.length === 0)
    return html`<p class="quiet">Nothing is on the agenda yet.</p>${missingList(agenda.missing)}<div class="actions"><a href="${stepPath(meeting.id, "need")}">Begin with the need</a></div>`;
  const table = html`<table><thead><tr><th scope="col">Kind</th><th scope="col">Item</th><th scope="col" class="num">Minutes</th><th scope="col">Order</th></tr></thead>
    <tbody>${each(prepared, (item) => row(item, movable, values, error))}
    ${when(growthBlock > 0, () => html`<tr><td>Growth</td><td class="quiet">The last ${growthBlock} minutes are kept for it in every other talk.</td><td class="num">${growth}</td><td></td></tr>`)}</tbody>
    <tfoot><tr><th scope="row" colspan="2">Together, of ${slot}</th><td class="num">${planned}</td><td></td></tr></tfoot></table>`;
  return html`${trimProposal(preparation)}
    ${form(
      stepPath(meeting.id, "minutes"),
      html`${errorSummary(error)}${table}
      ${missingList(agenda.missing)}
      ${when(agenda.growthHint, () => html`<p class="hint">Neither this talk nor the last one looks ahead. <a href="${stepPath(meeting.id, "growth")}">A question about growth</a> takes ten minutes.</p>`)}
      <div class="actions">${button("Ready: see the mail", { name: "act", value: "ready" })}${button("Save minutes", { kind: "quiet", name: "act", value: "save" })}</div>`,
      { label: "Minutes and order" },
    )}`;
}
