import { dayIn, shortDay, shortMoment } from "../../../lib/dates.ts";
import type { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { actionButton, errorStatus, errorSummary, type FormValues, readForm, submit } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type Surroundings, type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import {
  deleteCapture,
  editCapture,
  listNames,
  resolveCapture,
  restoreCapture,
  showCapture,
  showHistory,
} from "../operations.ts";
import type { Capture, Revision } from "../schema.ts";
import { besideFields, captureForm, inputFrom, kindLabels, valuesFrom } from "./form.ts";
import { localPath } from "./return.ts";

function moment(instant: string, { zone, now }: Surroundings): Html {
  const text = shortMoment(Temporal.Instant.from(instant), zone, now.toZonedDateTimeISO(zone).year);
  return html`<time datetime="${instant}">${text}</time>`;
}

function day(on: string, { zone, now }: Surroundings): Html {
  return html`<time datetime="${on}">${shortDay(Temporal.PlainDate.from(on), dayIn(zone, now).year)}</time>`;
}

const signed = (energy: number): string => (energy > 0 ? `+${energy}` : `${energy}`.replace("-", "\u2212"));

function tags(names: readonly string[]): Html[] {
  return names.map((name) => html` <span class="tag" dir="auto">${name}</span>`);
}

function facts(wording: Omit<Revision, "writtenAt" | "text">, surroundings: Surroundings): Html {
  const energy = wording.energy === null ? nothing : html`, energy ${signed(wording.energy)}`;
  return html`${kindLabels[wording.kind]}, ${day(wording.happenedOn, surroundings)}${energy}${tags(wording.projects)}${tags(wording.skills)}`;
}

/** An earlier wording comes back as a change of its own, so that the present one is in the history too. */
function bringBack({ id }: Capture, revision: Revision): Html {
  return actionButton(`/journal/${id}`, "Bring these words back", { fields: valuesFrom(revision) });
}

/** Right after a rewording: one click brings the earlier words back. */
function rewordedNotice(c: WebContext, capture: Capture, latest: Revision | undefined): Html {
  if (!latest || c.req.query("reworded") === undefined) return nothing;
  return html`<div class="notice"><p>These words are kept; the earlier ones are below.</p><div class="actions">${actionButton(`/journal/${capture.id}`, "Undo", { fields: valuesFrom(latest) })}</div></div>`;
}

function history(capture: Capture, revisions: readonly Revision[], surroundings: Surroundings): Html {
  if (revisions.length === 0) return nothing;
  return html`<h2>Earlier wordings</h2>
<ul class="entries">
${each(
  revisions,
  (
    revision,
  ) => html`<li class="entry"><p class="meta">Written ${moment(revision.writtenAt, surroundings)}: ${facts(revision, surroundings)}</p>
<p class="multiline" dir="auto">${revision.text}</p>
${capture.deletedAt === null ? html`<div class="actions">${bringBack(capture, revision)}</div>` : nothing}</li>
`,
)}</ul>`;
}

function settling({ id, kind, resolvedAt }: Capture, surroundings: Surroundings): Html {
  if (kind !== "challenge") return nothing;
  if (resolvedAt === null) return html`<div class="actions">${actionButton(`/journal/${id}/settlement`, "It is settled")}</div>`;
  return html`<p class="meta">Settled ${moment(resolvedAt, surroundings)}</p>
<div class="actions">${actionButton(`/journal/${id}/settlement`, "It is open again", { fields: { open: "yes" } })}</div>`;
}

/** `values`: what was typed into the form in another tab, after this was deleted. It is shown, so that it can be taken along. */
function deletedBody(
  capture: Capture,
  values: FormValues | undefined,
  error: AppError | undefined,
  surroundings: Surroundings,
): Html {
  return html`${errorSummary(error)}<p class="lede">You deleted this ${moment(capture.deletedAt as string, surroundings)}. Nothing shows it until you bring it back.</p>
<p class="multiline" dir="auto">${capture.text}</p>
${when(values?.["text"], (typed) => html`<h2>What you typed</h2><p class="multiline" dir="auto">${typed}</p>`)}
<div class="actions">${actionButton(`/journal/${capture.id}/restoration`, "Bring it back", { kind: "primary" })}<a href="/journal/deleted">Everything deleted</a></div>`;
}

async function presentBody(c: WebContext, capture: Capture, values: FormValues, error: AppError | undefined): Promise<Html> {
  const surroundings = c.get("surroundings");
  const names = await call(c.get("caller"), listNames, {});
  const today = dayIn(surroundings.zone, surroundings.now).toString();
  return html`<p class="meta">${facts(capture, surroundings)}</p>
<p class="multiline lede" dir="auto">${capture.text}</p>
<p class="meta"><a href="/record/${capture.id}">Who was told</a>${capture.kind === "win" ? html` · <a href="/journal/${capture.id}/impact">Make it land</a>` : nothing}</p>
${settling(capture, surroundings)}
<h2>Change it</h2>
<p class="hint">Every earlier wording is kept below.</p>
${captureForm({ action: `/journal/${capture.id}`, values, names, error, today, label: "Keep this wording", draft: `capture-${capture.id}` })}
<h2>Delete it</h2>
<p class="hint">It leaves the record and the search. You can bring it back at any time.</p>
<div class="actions">${actionButton(`/journal/${capture.id}/deletion`, "Delete", { kind: "danger" })}</div>`;
}

async function capturePage(c: WebContext, id: string, values?: FormValues, error?: AppError): Promise<Response> {
  const caller = c.get("caller");
  const [capture, { revisions }] = await Promise.all([call(caller, showCapture, { id }), call(caller, showHistory, { id })]);
  const surroundings = c.get("surroundings");
  const body = html`${rewordedNotice(c, capture, revisions[0])}${capture.deletedAt === null ? await presentBody(c, capture, values ?? valuesFrom(capture), error) : deletedBody(capture, values, error, surroundings)}
${history(capture, revisions, surroundings)}`;
  const status = { status: errorStatus(error) };
  return page(c, {
    title: capture.deletedAt === null ? kindLabels[capture.kind] : `${kindLabels[capture.kind]}, deleted`,
    section: "record",
    body,
    ...status,
  });
}

/** /journal/:id: one capture with its history; changing, settling, deleting it and bringing it back. */
export function capturePages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/journal/:id", (c) => capturePage(c, c.req.param("id")));
  routes.post("/journal/:id", async (c) => {
    const values = await readForm(c);
    const id = c.req.param("id");
    const input = inputFrom(values);
    return submit(c, {
      operation: editCapture,
      input: { id, ...input, energy: input.energy ?? null },
      done: () => `/journal/${id}`,
      notice: "The new wording is kept.",
      again: (error) => capturePage(c, id, values, besideFields(error)),
    });
  });
  routes.post("/journal/:id/settlement", async (c) => {
    const { open } = await readForm(c);
    const id = c.req.param("id");
    const isOpen = open === "yes";
    return submit(c, {
      operation: resolveCapture,
      input: { id, open: isOpen },
      done: () => `/journal/${id}`,
      notice: isOpen ? "It is open again." : "Settled. It is no longer proposed for a preparation.",
      again: (error) => capturePage(c, id, undefined, error),
    });
  });
  routes.post("/journal/:id/deletion", async (c) => {
    const form = await readForm(c);
    const id = c.req.param("id");
    await call(c.get("caller"), deleteCapture, { id });
    leaveNotice(c, "Deleted. You can bring it back.");
    return c.redirect(localPath(form["return"]) ?? `/journal/${id}`, 303);
  });
  routes.post("/journal/:id/restoration", async (c) => {
    const id = c.req.param("id");
    await call(c.get("caller"), restoreCapture, { id });
    leaveNotice(c, "It is back, in the record and in the search.");
    return c.redirect(`/journal/${id}`, 303);
  });
  return routes;
}
