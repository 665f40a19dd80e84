import type { AppError } from "../../../lib/errors.ts";
import { firstName } from "../../../lib/text.ts";
import { call } from "../../../platform/operation.ts";
import { actionButton, errorStatus, errorSummary, type FormValues, readForm, submit } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { deliveryPanel, type DeliveryWay, mailPaper } from "../../delivery/index.ts";
import { checkTone, toneNotes } from "../../tone/index.ts";
import { approveRecap, previewRecap, waiveRecap } from "../operations/mailing.ts";
import type { RecapPreview } from "../schema.ts";
import { moment, talkOf } from "./parts.ts";

interface Attempt {
  readonly values: FormValues;
  readonly error?: AppError;
}

/** What has to be done before the mail can be approved: said in place of the button, not after it was pressed. */
function obstacle({ meetingId, words, wordLimit, toTrim, waitingDrafts, gaps }: RecapPreview): Html | undefined {
  const edit = html`<a href="/meetings/${meetingId}/recap">Go back to the four parts</a>`;
  if (waitingDrafts > 0) {
    const lines = waitingDrafts === 1 ? "One line from your notes is" : `${waitingDrafts} lines from your notes are`;
    return html`<div class="warning"><p>${lines} not in this mail, because you have not kept or emptied ${waitingDrafts === 1 ? "it" : "them"} yet. ${edit}.</p></div>`;
  }
  if (gaps !== null)
    return html`<div class="warning"><p>Before it can go out: <span dir="auto">${gaps}</span> ${edit}.</p></div>`;
  if (words <= wordLimit) return undefined;
  return html`<div class="warning"><p>${words} words. A recap is read when it has at most ${wordLimit}: shorten it by ${words - wordLimit}. The longest lines:</p>
    <ul>${each(toTrim, (line) => html`<li><span dir="auto">${line.text}</span> (${line.words} words)</li>`)}</ul><p>${edit}.</p></div>`;
}

function paper({ meetingId, choices, state }: RecapPreview): Html {
  const { mail, delivery } = choices;
  const findings = state === "sent" ? [] : checkTone(mail.text);
  const place = { href: `/meetings/${meetingId}/recap`, label: "Change the words" };
  // What went out is shown as it went out, also when a name has changed since.
  const shown =
    state === "sent" && delivery
      ? { ...mail, subject: delivery.subject, text: delivery.text, toName: delivery.toName, toAddress: delivery.toAddress }
      : mail;
  return html`${mailPaper(shown, findings)}${toneNotes(mail.text, findings, () => place)}`;
}

function acts({ meetingId, state }: RecapPreview): Html {
  if (state === "sent") return nothing;
  return html`<div class="actions"><a href="/meetings/${meetingId}/recap">Change the words</a>
    ${state === "draft" ? actionButton(`/meetings/${meetingId}/recap/waiver`, "Keep without sending") : nothing}</div>`;
}

async function previewPage(c: WebContext, { values, error }: Attempt = { values: {} }): Promise<Response> {
  const { meeting, person } = await talkOf(c);
  const preview = await call(c.get("caller"), previewRecap, { meetingId: meeting.id });
  const { now, zone, isExample } = c.get("surroundings");
  const { choices, words, state } = preview;
  if (state === "too_early" || state === "to_write" || state === "impossible")
    return c.redirect(`/meetings/${meeting.id}/recap`, 302);
  const place = { now, zone, isExample };
  const action = `/meetings/${meeting.id}/recap/preview`;
  const inTheWay = state === "sent" ? undefined : obstacle(preview);
  // The panel says what was wrong beside its form; once there is nothing to approve, it is said on top.
  const hasForm = !inTheWay && choices.delivery?.hash !== choices.mail.hash;
  const body = html`<p class="quiet"><a href="/meetings/${meeting.id}">1:1 with <span dir="auto">${person.name}</span></a>, ${moment(meeting.startsAt, meeting.zone, now)}</p>
    <p class="lede">This is the mail, word for word as <bdi>${firstName(person.name)}</bdi> reads it.</p>
    ${hasForm ? nothing : errorSummary(error)}
    ${inTheWay ?? nothing}
    ${paper(preview)}
    <p class="meta">${words} words, ${choices.mail.readingSeconds < 60 ? "less than a minute" : "about a minute"} to read</p>
    ${acts(preview)}
    ${inTheWay ? nothing : deliveryPanel({ choices, action, place, values, ...(error ? { error } : {}) })}
    <details class="screen-only"><summary>The same as Markdown</summary><pre dir="auto">${preview.markdown}</pre></details>`;
  return page(c, {
    title: "The recap as a mail",
    section: "meetings",
    body,
    status: errorStatus(error),
  });
}

/** /meetings/:id/recap/preview: the very words, and how they go out. */
export function recapPreviewPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/meetings/:id/recap/preview", (c) => previewPage(c));
  routes.post("/meetings/:id/recap/preview", async (c) => {
    const meetingId = c.req.param("id");
    const values = await readForm(c);
    const input = {
      meetingId,
      way: (values["way"] ?? "") as DeliveryWay,
      sendAt: values["sendAt"] ?? "",
      hash: values["hash"] ?? "",
    };
    return submit(c, {
      operation: approveRecap,
      input,
      done: () => `/meetings/${meetingId}/recap/preview`,
      notice: "Approved.",
      again: (error) => previewPage(c, { values, error }),
    });
  });
  routes.post("/meetings/:id/recap/waiver", (c) => {
    const meetingId = c.req.param("id");
    return submit(c, {
      operation: waiveRecap,
      input: { meetingId },
      done: () => `/meetings/${meetingId}`,
      notice: "Kept without sending. The promises stand in your commitments.",
      again: (error) => previewPage(c, { values: {}, error }),
    });
  });
  return routes;
}
