import { dayIn, shortMoment } from "../../../lib/dates.ts";
import { call } from "../../../platform/operation.ts";
import { headersNamed, readMail, type ReadMail } from "../../../platform/mail/read-mime.ts";
import { button, errorStatus, errorSummary, type FormError, submit } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, webRoutes, type WebRoutes } from "../../../surfaces/web/kit/web.ts";
import { showPerson } from "../../people/index.ts";
import { showRaw, takeMail } from "../operations/incoming.ts";
import type { IncomingMail } from "../schema.ts";
import { kindWords } from "./mail-list.ts";

/** Of a long mail, so much is shown; the file has all of it. */
const SHOWN_CHARACTERS = 100_000;

const matchWords = {
  message_id: "it names the mail that it answers",
  report: "the report names the mail that came back",
  subject: "its sender and its subject are those of the thread; it names no mail of yours",
} as const;

/** The headers by which a sender is believed or not, topmost first, as they came. */
const TELLING = ["authentication-results", "received", "return-path", "from", "reply-to", "auto-submitted", "in-reply-to"];
const MOST_OF_ONE = 5;

const asWritten = (name: string): string => name.replace(/(?:^|-)[a-z]/gu, (letter) => letter.toUpperCase());

function headerList(mail: ReadMail): Html {
  const rows = TELLING.flatMap((name) =>
    headersNamed(mail, name)
      .slice(0, MOST_OF_ONE)
      .map((value) => ({ name, value: value.slice(0, 1_000) })),
  );
  return html`<dl>
      ${each(rows, ({ name, value }) => html`<dt>${asWritten(name)}</dt><dd class="multiline"><code>${value}</code></dd>`)}
    </dl>`;
}

function senderLine({ kind, verified, senderCheck }: IncomingMail): Html {
  if (kind === "bounce") return nothing;
  return verified
    ? html`<p class="quiet">The sender is verified: ${senderCheck}.</p>`
    : html`<p class="warning">The sender is not verified: ${senderCheck}. What it says waits for your yes on the page of the meeting.</p>`;
}

async function mailPage(c: WebContext): Promise<Response> {
  const caller = c.get("caller");
  const { zone, now } = c.get("surroundings");
  const { raw: content, ...mail } = await call(caller, showRaw, { id: c.req.param("id") ?? "" });
  const raw = Buffer.from(content, "base64");
  const read = await readMail(raw);
  const person = await call(caller, showPerson, { id: mail.personId });
  const { year } = dayIn(zone, now);
  const text = raw.toString("utf8").slice(0, SHOWN_CHARACTERS).toWellFormed();
  return page(c, {
    title: `${kindWords(mail, year)}: ${person.name}`,
    section: "meetings",
    body: html`<dl>
        <dt>From</dt><dd dir="auto">${mail.sender}</dd>
        <dt>Subject</dt><dd dir="auto">${mail.subject}</dd>
        <dt>Received</dt><dd><time datetime="${mail.receivedAt}">${shortMoment(Temporal.Instant.from(mail.receivedAt), zone, year)}</time></dd>
        <dt>Belongs to</dt><dd><a href="/deliveries/${mail.deliveryId}">your mail</a>: ${matchWords[mail.matchedBy]}</dd>
      </dl>
      ${senderLine(mail)}
      <h2>${mail.kind === "bounce" ? "Why it came back" : "What is new in it"}</h2>
      ${mail.text === "" ? html`<p class="quiet">Nothing that was not in your mail already.</p>` : html`<div class="paper"><div class="multiline" dir="auto">${mail.text}</div></div>`}
      <p><a href="/meetings/${mail.meetingId}">To the meeting</a></p>
      <h2>How it came</h2>
      ${headerList(read)}
      <details><summary>The whole mail, as it came</summary><pre dir="auto">${text}</pre>${raw.length > SHOWN_CHARACTERS ? html`<p class="hint">This is its beginning.</p>` : nothing}</details>
      <p><a href="/mailbox/${mail.id}/mail.eml" download>Take it along as a file (.eml)</a></p>`,
  });
}

async function filePage(c: WebContext, error?: FormError): Promise<Response> {
  return page(c, {
    title: "Hand in a reply",
    section: "settings",
    status: errorStatus(error),
    body: html`<p class="lede">A reply that your mail program saved as a file (.eml) is put beside the item that it answers, as if it had been read from a mailbox.</p>
      ${errorSummary(error)}
      <form method="post" action="/mailbox/file" enctype="multipart/form-data" aria-label="Hand in a reply">
        <div class="field">
          <label for="content">The mail, at most 5 MB</label>
          <input id="content" name="content" type="file" accept=".eml,message/rfc822" required>
        </div>
        <div class="actions">${button("Hand it in")}</div>
      </form>
      <p class="hint">It is kept if it answers a mail that went out from here, and forgotten if it does not.</p>`,
  });
}

async function fileOf(c: WebContext): Promise<string> {
  const found = (await c.req.parseBody())["content"];
  return found instanceof File ? Buffer.from(await found.arrayBuffer()).toString("base64") : "";
}

/** /mailbox/:id and the way to hand in a mail as a file. */
export function mailboxPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/mailbox/file", (c) => filePage(c));
  routes.post("/mailbox/file", async (c) =>
    submit(c, {
      operation: takeMail,
      input: { content: await fileOf(c) },
      done: ({ mails }) => (mails[0] ? `/mailbox/${mails[0].id}` : "/settings/mailbox"),
      notice: "Kept.",
      again: (error) => filePage(c, error),
    }),
  );
  routes.get("/mailbox/:id", mailPage);
  routes.get("/mailbox/:id/mail.eml", async (c) => {
    const { raw, id } = await call(c.get("caller"), showRaw, { id: c.req.param("id") });
    // Somebody else wrote it: it is only ever saved, never shown by the browser.
    return c.body(Buffer.from(raw, "base64"), 200, {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="mail-${id}.eml"`,
      "x-content-type-options": "nosniff",
    });
  });
  return routes;
}
