import { AppError } from "../../../lib/errors.ts";
import { call, type Operation } from "../../../platform/operation.ts";
import { errorStatus, errorSummary, type FormError, type FormValues, readForm, submit } from "../../../surfaces/web/kit/form.ts";
import { html } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, webRoutes, type WebRoutes } from "../../../surfaces/web/kit/web.ts";
import { checkTone, type EditPlace, toneNotes } from "../../tone/index.ts";
import { answerUnknown, markSent, retry, sendNow, withdraw } from "../operations/acts.ts";
import { draftAgain } from "../operations/drafting.ts";
import { approveNote, previewNote } from "../operations/notes.ts";
import { deliveryFile, showDelivery } from "../operations/reading.ts";
import type { Delivery, DeliveryId, DeliveryState, DeliveryWay } from "../schema.ts";
import { deliveryPanel, deliveryStatus, mailPaper, type PanelPlace } from "./panel.ts";

const titles = { agenda: "The agenda mail", recap: "The recap mail", note: "The short note" } as const;

function placeOf(c: WebContext): PanelPlace {
  const { now, zone, isExample } = c.get("surroundings");
  return { now, zone, isExample };
}

const idOf = (c: WebContext): string => c.req.param("id") ?? "";

/** Its reader has not got it, so that there is still time for other words. */
const NOT_READ: ReadonlySet<DeliveryState> = new Set(["planned", "held", "by_hand", "missed", "failed"]);

/** Where the words of a mail are changed; a short note is written anew. */
function editPlace({ kind, meetingId }: Delivery): EditPlace | undefined {
  if (kind === "note") return undefined;
  const href = kind === "recap" ? `/meetings/${meetingId}/recap` : `/meetings/${meetingId}/prepare`;
  return { href, label: "Change the words; the mail is then approved anew" };
}

async function showPage(c: WebContext, error?: FormError): Promise<Response> {
  const delivery = await call(c.get("caller"), showDelivery, { id: idOf(c) });
  const { kind, meetingId } = delivery;
  const findings = NOT_READ.has(delivery.state) ? checkTone(delivery.text) : [];
  const back = kind === "recap" ? `/meetings/${meetingId}/recap` : `/meetings/${meetingId}`;
  return page(c, {
    title: titles[kind],
    section: "meetings",
    status: error ? 409 : 200,
    body: html`${errorSummary(error)}
      ${deliveryStatus(delivery, placeOf(c))}
      <h2>The words</h2>
      ${mailPaper(delivery, findings)}
      ${toneNotes(delivery.text, findings, () => editPlace(delivery))}
      <p><a href="${back}">To the meeting</a></p>`,
  });
}

async function notePage(c: WebContext, error?: FormError, values?: FormValues): Promise<Response> {
  const id = idOf(c);
  const choices = await call(c.get("caller"), previewNote, { id });
  const findings = checkTone(choices.mail.text);
  return page(c, {
    title: "A short note",
    section: "meetings",
    status: errorStatus(error),
    body: html`<p class="lede">The agenda went out before the meeting changed. This is what ${choices.mail.toName} would read:</p>
      ${mailPaper(choices.mail, findings)}
      ${toneNotes(choices.mail.text, findings)}
      ${deliveryPanel({ choices, action: `/deliveries/${id}/note`, place: placeOf(c), error, values })}`,
  });
}

/** Posts one act on a mail and comes back to its page, where its new state is shown. */
function actOn(operation: Operation<typeof DeliveryId>, notice: string) {
  return (c: WebContext): Promise<Response> => {
    const id = idOf(c);
    return submit(c, { operation, input: { id }, done: () => `/deliveries/${id}`, notice, again: (error) => showPage(c, error) });
  };
}

export function deliveryPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/deliveries/:id", (c) => showPage(c));
  routes.get("/deliveries/:id/mail.eml", async (c) => {
    const { name, content } = await call(c.get("caller"), deliveryFile, { id: idOf(c) });
    return c.body(content, 200, { "content-type": "message/rfc822", "content-disposition": `attachment; filename="${name}"` });
  });
  routes.post("/deliveries/:id/receipt", actOn(markSent, "Noted as sent."));
  routes.post("/deliveries/:id/sending", actOn(sendNow, "It goes out now."));
  routes.post("/deliveries/:id/withdrawal", actOn(withdraw, "The approval was withdrawn."));
  routes.post("/deliveries/:id/draft", actOn(draftAgain, "It is put into your drafts again."));
  routes.post("/deliveries/:id/retry", actOn(retry, "It is tried again."));
  routes.post("/deliveries/:id/arrival", async (c) => {
    const { arrived } = await readForm(c);
    const id = idOf(c);
    // Without a clear answer nothing happens: "no" sends the mail again.
    if (arrived !== "yes" && arrived !== "no") return showPage(c, new AppError("invalid", "Say whether the mail arrived."));
    return submit(c, {
      operation: answerUnknown,
      input: { id, arrived: arrived === "yes" },
      done: () => `/deliveries/${id}`,
      again: (error) => showPage(c, error),
    });
  });
  routes.get("/deliveries/:id/note", (c) => notePage(c));
  routes.post("/deliveries/:id/note", async (c) => {
    const values = await readForm(c);
    const input = { id: idOf(c), way: values["way"] as DeliveryWay, hash: values["hash"] ?? "" };
    return submit(c, {
      operation: approveNote,
      input,
      done: (note: Delivery) => `/deliveries/${note.id}`,
      again: (error) => notePage(c, error, values),
    });
  });
  return routes;
}
