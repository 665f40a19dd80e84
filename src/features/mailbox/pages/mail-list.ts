import { dayIn, shortDay, shortMoment } from "../../../lib/dates.ts";
import { each, type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import type { IncomingMail } from "../schema.ts";

function away(on: string | null, thisYear: number): string {
  return on === null ? "Away" : `Away until ${shortDay(Temporal.PlainDate.from(on), thisYear)}`;
}

/** What a mail is, in a word or two. */
export function kindWords({ kind, awayOn }: IncomingMail, thisYear: number): string {
  if (kind === "away") return away(awayOn, thisYear);
  return { reply: "Reply", bounce: "Came back", other: "Sent by a program" }[kind];
}

/** Kept mails with a line each. Everything in them was written by somebody else. */
export function mailList(c: WebContext, mails: readonly IncomingMail[]): Html {
  const { zone, now } = c.get("surroundings");
  const { year } = dayIn(zone, now);
  if (mails.length === 0) return html`<p class="quiet">Nothing yet.</p>`;
  const one = (mail: IncomingMail): Html => html`<li class="entry">
      <a href="/mailbox/${mail.id}">${kindWords(mail, year)}</a>
      <span class="meta">${mail.sender}, <time datetime="${mail.receivedAt}">${shortMoment(Temporal.Instant.from(mail.receivedAt), zone, year)}</time></span>
      ${mail.verified || mail.kind === "bounce" ? nothing : html`<span class="badge">sender not verified</span>`}
    </li>`;
  return html`<ul class="entries">${each(mails, one)}</ul>`;
}
