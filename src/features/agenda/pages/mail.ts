import type { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { errorStatus, type FormValues, readForm, submit } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { deliveryPanel, deliveryWays, mailPaper } from "../../delivery/index.ts";
import { checkTone, type EditPlace, type Finding, toneNotes } from "../../tone/index.ts";
import { approveAgenda, previewAgenda } from "../operations/approving.ts";
import type { AgendaPreview } from "../schema.ts";
import { stepKinds } from "../rules/items.ts";
import { meetingId, meetingLine, type Preparation, preparationOf, stepPath, timeLine } from "./frame.ts";
import { managerName } from "./words.ts";

const MINUTE = 60;

function readingTime({ mail }: AgendaPreview, name: string): Html {
  const time = mail.readingSeconds < MINUTE ? "less than a minute" : `about ${Math.ceil(mail.readingSeconds / MINUTE)} minutes`;
  return html`<p class="meta">${mail.words} words, ${time} for <bdi>${name}</bdi> to read</p>`;
}

/** The step in which the marked words can be changed. */
function itemOf({ meeting, agenda }: Preparation, { span }: Finding): EditPlace {
  const item = agenda.items.find(
    (one) =>
      one.preparedAt !== null &&
      [one.text, one.options, one.leaning, one.decisionWanted].some((text) => text.includes(span.text)),
  );
  const label = "Change the words";
  const step = item && (Object.keys(stepKinds) as (keyof typeof stepKinds)[]).find((one) => stepKinds[one] === item.kind);
  if (!item || !step || item.carriedFrom !== null) return { href: `/meetings/${meeting.id}/prepare`, label };
  return { href: `${stepPath(meeting.id, step)}?item=${item.id}`, label };
}

function changedSince({ delivery, mail }: AgendaPreview): Html {
  if (delivery?.state !== "sent" || delivery.hash === mail.hash) return nothing;
  return html`<p class="notice">You changed the agenda after this went out. The mail stays as it was read; the changes are for the talk.</p>`;
}

function approval(
  preparation: Preparation,
  preview: AgendaPreview,
  isExample: boolean,
  values: FormValues,
  error: AppError | undefined,
): Html {
  const { meeting, now } = preparation;
  if (preview.missing.length > 0 && preview.delivery === null) {
    const hasNeed = preparation.agenda.items.some((item) => item.kind === "need" && item.preparedAt !== null);
    const back = hasNeed ? `/meetings/${meeting.id}/prepare` : stepPath(meeting.id, "need");
    return html`<div class="warning"><p>Before it can go out:</p><ul>${each(preview.missing, (one) => html`<li>${one}</li>`)}</ul></div>
      <div class="actions"><a class="button" href="${back}">Back to the preparation</a></div>`;
  }
  return deliveryPanel({
    choices: preview,
    action: `/meetings/${meeting.id}/agenda`,
    place: { now, zone: meeting.zone, isExample },
    values,
    ...(error ? { error } : {}),
  });
}

function agendaBody(
  preparation: Preparation,
  preview: AgendaPreview,
  isExample: boolean,
  values: FormValues,
  error: AppError | undefined,
): Html {
  const name = managerName(preparation.person.name);
  const { delivery, mail } = preview;
  // What went out is shown as it went out.
  const words = delivery?.state === "sent" ? { ...mail, subject: delivery.subject, text: delivery.text } : mail;
  const findings = delivery?.state === "sent" ? [] : checkTone(words.text);
  // Reading the words before they are approved is preparing too.
  return html`${meetingLine(preparation)}
    ${delivery === null ? timeLine(preparation) : nothing}
    <p class="lede">This is the mail, word for word as <bdi>${name}</bdi> reads it.</p>
    ${changedSince(preview)}
    ${mailPaper(words, findings)}
    ${readingTime(preview, name)}
    ${toneNotes(words.text, findings, (finding) => itemOf(preparation, finding))}
    ${each(preview.warnings, (one) => html`<p class="warning">${one} <a href="${stepPath(preparation.meeting.id, "minutes")}">Change it</a></p>`)}
    ${approval(preparation, preview, isExample, values, error)}
    <nav class="actions" aria-label="Back"><a href="/meetings/${preparation.meeting.id}/prepare">Change the agenda</a> <a href="/meetings/${preparation.meeting.id}">The meeting</a></nav>`;
}

/** GET /meetings/:id/agenda: the mail exactly as it will be read, and the way to approve it (S31). */
export async function agendaPage(c: WebContext, values: FormValues = {}, error?: AppError): Promise<Response> {
  const preparation = await preparationOf(c);
  if (preparation.agenda.startedAt === null) return c.redirect(`/meetings/${preparation.meeting.id}/prepare`, 303);
  const preview = await call(c.get("caller"), previewAgenda, { meetingId: preparation.meeting.id });
  const body = agendaBody(preparation, preview, c.get("surroundings").isExample, values, error);
  const status = errorStatus(error);
  return page(c, { title: "The agenda", section: "meetings", body, islands: ["agenda/timer"], status });
}

/** POST /meetings/:id/agenda: approves the words whose hash the form names. A double click is one approval. */
export async function approveFromPage(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  const way = deliveryWays.find((one) => one === values["way"]) ?? "copy";
  const id = meetingId(c);
  return submit(c, {
    operation: approveAgenda,
    input: { meetingId: id, way, hash: values["hash"] ?? "", ...(values["sendAt"] ? { sendAt: values["sendAt"] } : {}) },
    done: () => `/meetings/${id}/agenda`,
    again: (error) => agendaPage(c, values, error),
  });
}
