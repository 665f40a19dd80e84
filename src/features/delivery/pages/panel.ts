import { dayIn, shortMoment } from "../../../lib/dates.ts";
import { mailtoLink } from "../../../platform/mail/mailto.ts";
import {
  actionButton,
  button,
  errorSummary,
  form,
  type FormError,
  type FormValues,
  radioGroup,
} from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { type Finding, markedText } from "../../tone/index.ts";
import type { Delivery, DeliveryChoices } from "../schema.ts";
import { deliveryStateLine, needsAttention } from "./state.ts";

/** What the page around it knows. */
export interface PanelPlace {
  readonly now: Temporal.Instant;
  /** The zone in which hours are shown. */
  readonly zone: string;
  readonly isExample: boolean;
}

interface PanelFacts {
  readonly choices: DeliveryChoices;
  /** Where approving posts `way`, `sendAt` and `hash`: `/meetings/…/agenda`. */
  readonly action: string;
  readonly place: PanelPlace;
  readonly error?: FormError;
  readonly values?: FormValues;
}

/** The acts that a mail in this state is open to. Each is a form, and each leads back to the mail's page. */
function acts(delivery: Delivery): Html {
  const at = `/deliveries/${delivery.id}`;
  const byHand = actionButton(`${at}/receipt`, "I have sent it");
  const withdraw = actionButton(`${at}/withdrawal`, "Withdraw the approval");
  switch (delivery.state) {
    case "planned":
      return html`${actionButton(`${at}/sending`, "Send it now")}${withdraw}`;
    case "held":
      return html`${actionButton(`${at}/sending`, "Send it now", { kind: "primary" })}${byHand}${withdraw}`;
    case "by_hand":
      return html`${actionButton(`${at}/receipt`, "I have sent it", { kind: "primary" })}${delivery.way === "draft" && delivery.isDraftMissing ? actionButton(`${at}/draft`, "Put it into my drafts again") : nothing}${withdraw}`;
    case "unknown":
      return html`${actionButton(`${at}/arrival`, "It arrived", { kind: "primary", fields: { arrived: "yes" } })}${actionButton(`${at}/arrival`, "It did not arrive: send it again", { fields: { arrived: "no" } })}`;
    case "failed":
    case "missed":
      // What its owner sent by hand and what came back is theirs to send again.
      return html`${["smtp", "draft"].includes(delivery.way) ? actionButton(`${at}/retry`, "Try again") : nothing}${byHand}${withdraw}`;
    case "sending":
    case "sent":
    case "withdrawn":
      return nothing;
  }
}

/** The same words to take along: as text, as a file, as a link. Offered while the mail has not gone out by itself. */
function takeAlong(delivery: Delivery): Html {
  if (!["by_hand", "failed", "missed", "held"].includes(delivery.state)) return nothing;
  const link = delivery.toAddress === null ? undefined : mailtoLink({ ...delivery, toAddress: delivery.toAddress });
  return html`<ul class="entries">
      <li><a href="/deliveries/${delivery.id}/mail.eml" download>Open as a draft in your mail program (.eml)</a></li>
      <li>${link ? html`<a href="${link}">Write it in your mail program (mailto)</a>` : html`<span class="quiet">${delivery.toAddress === null ? "No address is known, so there is no link to write to." : "This mail is too long for a link: copy the text instead."}</span>`}</li>
    </ul>
    <div class="field">
      <label for="words">The text, to copy</label>
      <textarea id="words" rows="8" readonly dir="auto">
${delivery.text}</textarea>
    </div>`;
}

/** Where an approved mail stands, and what can be done about it. */
export function deliveryStatus(delivery: Delivery, place: PanelPlace): Html {
  const open = acts(delivery);
  return html`<p${needsAttention(delivery) ? html` class="warning"` : nothing}>${deliveryStateLine(delivery, place.zone, place.now)}</p>
    ${when(delivery.noteOffered, () => html`<p class="notice">The meeting changed after this went out. <a href="/deliveries/${delivery.id}/note">Send ${delivery.toName} a short note</a></p>`)}
    ${takeAlong(delivery)}
    ${open === nothing ? nothing : html`<div class="actions">${open}</div>`}`;
}

function wayChoices({ mail, smtp, drafts }: DeliveryChoices): { value: string; label: string }[] {
  const copy = { value: "copy", label: "Copy the text and send it my own way" };
  if (mail.toAddress === null) return [copy];
  const hand = [
    ...(drafts ? [{ value: "draft", label: "Into the drafts of my mailbox, and I send it from there" }] : []),
    { value: "eml", label: "As a draft for my mail program (.eml)" },
    { value: "mailto", label: "As a link that opens my mail program (mailto)" },
    copy,
  ];
  return smtp === "none"
    ? hand
    : [{ value: "smtp", label: `By itself, at its hour, from ${mail.fromAddress ?? "your address"}` }, ...hand];
}

function hourChoices({ sendAt, alternatives }: DeliveryChoices, { zone, now }: PanelPlace): { value: string; label: string }[] {
  const planned = { value: "", label: shortMoment(Temporal.Instant.from(sendAt), zone, dayIn(zone, now).year) };
  return [planned, ...alternatives.map((one) => ({ value: one.sendAt, label: one.label }))];
}

function advice({ mail, smtp }: DeliveryChoices): Html {
  if (mail.toAddress === null)
    return html`<p class="hint">${mail.toName} has no mail address yet. Add it under People, or copy the text.</p>`;
  if (smtp === "paused")
    return html`<p class="warning">Sending is paused. <a href="/settings/mail">See why in the mail settings</a>; what you approve waits until then.</p>`;
  return smtp === "none"
    ? html`<p class="hint">Mails can also go out by themselves: <a href="/settings/mail">set up a mail account</a>.</p>`
    : nothing;
}

function approvalForm({ choices, action, place, error, values = {} }: PanelFacts): Html {
  const ways = wayChoices(choices);
  const { reason, alternatives, late, mail } = choices;
  const hours =
    alternatives.length === 0
      ? nothing
      : radioGroup({ name: "sendAt", label: "When", choices: hourChoices(choices, place), value: values["sendAt"] ?? "", error });
  return html`${errorSummary(error)}
    <p class="${late ? "warning" : "quiet"}">${reason}</p>
    ${advice(choices)}
    ${form(
      action,
      html`<input type="hidden" name="hash" value="${mail.hash}">
      ${radioGroup({ name: "way", label: "Choose one", choices: ways, value: values["way"] ?? ways[0]?.value, error, required: true })}
      ${hours}
      <p class="hint">Approving freezes these very words. If you change them later, you will be asked again.</p>
      <div class="actions">${button("Approve these words")}</div>`,
      { label: "Approve this mail" },
    )}`;
}

/**
 * The part of a preview page that says how a mail goes out: choose a way and an hour and approve, or see where the approved mail stands.
 * The approving operation gets `way`, `sendAt` ("" means the planned hour) and `hash` from the form.
 */
export function deliveryPanel(facts: PanelFacts): Html {
  const { choices, place } = facts;
  const { delivery } = choices;
  const open = delivery === null || (delivery.hash !== choices.mail.hash && delivery.state !== "sent");
  return html`<section aria-labelledby="delivery-title">
    <h2 id="delivery-title">How it goes out</h2>
    ${place.isExample ? html`<p class="notice">You are looking around in the example: nothing is sent from it.</p>` : nothing}
    ${delivery ? deliveryStatus(delivery, place) : nothing}
    ${choices.withdrawnByMove ? html`<p class="warning">The meeting moved after you approved, and the words named the old day. Nothing is sent until you approve the new ones.</p>` : nothing}
    ${open ? approvalForm(facts) : nothing}
  </section>`;
}

interface ShownMail {
  readonly fromName: string;
  readonly fromAddress: string | null;
  readonly toName: string;
  readonly toAddress: string | null;
  readonly subject: string;
  readonly text: string;
}

/** The mail as its reader sees it: names, subject, and the text. `findings` marks words in it, for a mail that has not left yet. */
export function mailPaper(mail: ShownMail, findings: readonly Finding[] = []): Html {
  const party = (name: string, address: string | null): string => (address === null ? name : `${name} <${address}>`);
  return html`<div class="paper">
    <dl>
      <dt>From</dt><dd dir="auto">${party(mail.fromName, mail.fromAddress)}</dd>
      <dt>To</dt><dd dir="auto">${party(mail.toName, mail.toAddress)}</dd>
      <dt>Subject</dt><dd dir="auto">${mail.subject}</dd>
    </dl>
    <div class="multiline" dir="auto">${markedText(mail.text, findings)}</div>
  </div>`;
}
