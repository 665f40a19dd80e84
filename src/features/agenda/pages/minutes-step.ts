import type { AppError } from "../../../lib/errors.ts";
import { button, errorSummary, form, type FormValues, messageFor } from "../../../surfaces/web/kit/form.ts";
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

const LONGEST_HEADING = 60;

/** The first line says what it is about. */
function headingOf(item: Item): string {
  const [first = ""] = item.text.split("\n", 1);
  return first.length <= LONGEST_HEADING ? first : `${first.slice(0, LONGEST_HEADING).replace(/\s+\S*$/u, "")}…`;
}

const canMove = (item: Item): boolean => !["need", "growth", "status"].includes(item.kind);

/** Each button has an id: after a move the page comes back with the focus on it, with and without scripts. */
function mover(item: Item, movable: readonly Item[], way: "up" | "down"): Html {
  const index = movable.indexOf(item);
  const isEnd = way === "up" ? index === 0 : index === movable.length - 1;
  if (isEnd) return nothing;
  return html`<button type="submit" class="quiet" id="${way}-${item.id}" name="act" value="${way}:${item.id}"><span class="visually-hidden">Move “${headingOf(item)}” ${way}</span><span aria-hidden="true">${way === "up" ? "↑" : "↓"}</span></button>`;
}

function minutesField(item: Item, values: FormValues, error: AppError | undefined): Html {
  const name = `minutes-${item.id}`;
  const message = messageFor(error, name);
  const tie = message ? html` aria-invalid="true" aria-describedby="${name}-error"` : nothing;
  return html`<label class="visually-hidden" for="${name}">Minutes for “${headingOf(item)}”</label>
    <input id="${name}" name="${name}" type="number" min="0" max="60" value="${values[name] ?? String(item.minutes)}"${tie}>
    ${when(message, (text) => html`<p class="error" id="${name}-error">${text}</p>`)}`;
}

function row(item: Item, movable: readonly Item[], values: FormValues, error: AppError | undefined): Html {
  const minutes = item.kind === "status" ? html`0` : minutesField(item, values, error);
  const movers = canMove(item)
    ? html`<span class="movers">${mover(item, movable, "up")}${mover(item, movable, "down")}</span>`
    : nothing;
  return html`<tr><td><p class="meta">${KIND_NAMES[item.kind]}</p><span dir="auto">${item.text}</span> ${movers}</td><td class="num">${minutes}</td></tr>`;
}

// Enter in a field presses the first button of its form: it must be the one that saves, not one that moves an item.
const SAVE_FIRST = html`<button type="submit" class="visually-hidden" name="act" value="save" tabindex="-1">Save minutes</button>`;

function trimLine(item: Item | undefined, from: number, to: number): Html {
  const change = to === 0 ? html`leave it out (${from}&nbsp;min)` : html`${from}&nbsp;to&nbsp;${to}&nbsp;min`;
  return html`<li><span dir="auto">${item ? headingOf(item) : ""}</span>: <strong>${change}</strong></li>`;
}

function trimProposal({ agenda }: Preparation): Html {
  const { over, slot, trim, growthBlock } = agenda.minutes;
  if (over === 0) return nothing;
  const stays = growthBlock > 0 ? `What you need and the last ${growthBlock} minutes for growth stay.` : "What you need stays.";
  const rest = over - trim.reduce((total, { from, to }) => total + from - to, 0);
  const isLeftOut = trim.some(({ to }) => to === 0);
  return html`<div class="warning"><p>That is ${over} ${over === 1 ? "minute" : "minutes"} more than the ${slot} you have. ${stays} ${trim.length > 0 ? "This would make room:" : ""}</p>
    ${when(
      trim.length > 0,
      () =>
        html`<ul>${each(trim, ({ id, from, to }) =>
          trimLine(
            agenda.items.find((item) => item.id === id),
            from,
            to,
          ),
        )}</ul>`,
    )}
    ${when(isLeftOut, () => html`<p>What is left out is not lost: your own words stay here as a draft, and what was open from earlier is open again next time.</p>`)}
    ${when(rest > 0, () => html`<p>Even so, ${rest} ${rest === 1 ? "minute is" : "minutes are"} too many: give the need fewer.</p>`)}
    ${when(trim.length > 0, () => button("Make it fit", { kind: "quiet", name: "act", value: "trim" }))}</div>`;
}

/** The step "minutes": time and order of what is on the agenda, and the way to the mail. */
export function minutesStep(preparation: Preparation, values: FormValues = {}, error?: AppError): Html {
  const { agenda, meeting } = preparation;
  const prepared = agenda.items.filter((item) => item.preparedAt !== null);
  const movable = prepared.filter(canMove);
  const { planned, slot, growthBlock } = agenda.minutes;
  const growing = prepared.reduce((total, item) => total + (item.kind === "growth" ? item.minutes : 0), 0);
  if (prepared.length === 0)
    return html`<p class="quiet">Nothing is on the agenda yet.</p>${missingList(agenda.missing)}<div class="actions"><a class="button" href="${stepPath(meeting.id, "need")}">Begin with the need</a></div>`;
  const table = html`<table><thead><tr><th scope="col">Item</th><th scope="col" class="num">Minutes</th></tr></thead>
    <tbody>${each(prepared, (item) => row(item, movable, values, error))}
    ${when(growthBlock > growing, () => html`<tr><td class="quiet">Kept for growth at the end</td><td class="num">${growthBlock - growing}</td></tr>`)}</tbody>
    <tfoot><tr><th scope="row">Together, of ${slot}</th><td class="num">${planned}</td></tr></tfoot></table>
    ${when(growthBlock > 0, () => html`<p class="hint">The last ${growthBlock} minutes of every other talk belong to growth: it is what a full agenda pushes out first.</p>`)}`;
  return html`${form(
    stepPath(meeting.id, "minutes"),
    html`${errorSummary(error)}${SAVE_FIRST}${trimProposal(preparation)}${table}
      ${missingList(agenda.missing)}
      ${when(agenda.growthHint, () => html`<p class="hint">Neither this talk nor the last one looks ahead. <a href="${stepPath(meeting.id, "growth")}">A question about growth</a> takes ten minutes.</p>`)}
      <div class="actions">${button("Ready: see the mail", { name: "act", value: "ready" })}${button("Save minutes", { kind: "quiet", name: "act", value: "save" })}</div>`,
    { label: "Minutes and order" },
  )}`;
}
