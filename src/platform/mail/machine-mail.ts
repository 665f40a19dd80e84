import { cleanLine } from "../../lib/text.ts";
import { headerNamed, headersNamed, type MailPart, messageIdsIn, type ReadMail } from "./read-mime.ts";

/** Who wrote a mail: a person, or a program for one (an absence note), or a mail server about a mail that it could not deliver. */
export type MailSort = "person" | "auto_reply" | "bounce" | "other_machine";

/** What a report says about a mail that did not arrive (RFC 3464, section 2.3). */
export interface Bounce {
  /** Final-Recipient, else Original-Recipient; "" when it is not said. */
  readonly recipient: string;
  /** The status code of RFC 3463 such as 5.1.1; "" when it is not said. */
  readonly status: string;
  /** False for a delay that the server still works on. */
  readonly isFinal: boolean;
  /** The Message-IDs that the report names: the mail that came back is among them. */
  readonly about: readonly string[];
  /** What happened, for the owner. */
  readonly reason: string;
}

const BOUNCER = /^(?:mailer-daemon|postmaster|mail-daemon|mdaemon|microsoftexchange[\da-f]*)@/u;
const BOUNCE_SUBJECT =
  /^(?:undeliver(?:able|ed)|delivery (?:status notification|failure|has failed|incomplete)|mail delivery (?:failed|failure|system)|returned mail|failure notice|message not delivered|nicht zustellbar|unzustellbar|zustellung fehlgeschlagen|non remis|échec de la remise|no se puede entregar|no entregado)/iu;
const AUTO_SUBJECT =
  /^(?:(?:re|aw): ?)?(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|automatische (?:antwort|rückmeldung)|réponse automatique|respuesta automática|risposta automatica|automatisch antwoord|out of (?:the )?office|abwesenheit|abwesend|je suis absent|absence du bureau|fuera de la oficina|autosvar)/iu;

function isReport(mail: ReadMail): boolean {
  const type = headerNamed(mail, "content-type").toLowerCase();
  if (type.startsWith("multipart/report")) return !/report-type="?disposition-notification/u.test(type);
  return mail.parts.some((part) => part.type === "message/delivery-status") || headerNamed(mail, "x-failed-recipients") !== "";
}

function hasEmptyReturnPath(mail: ReadMail): boolean {
  return headersNamed(mail, "return-path").some((value) => value.trim() === "<>");
}

/**
 * Tells what a program wrote from what a person wrote: by Auto-Submitted (RFC 3834, section 5), the older headers for it, an empty
 * Return-Path, and reports (RFC 3464). In doubt about a program it is not a person: a note of absence is never an answer.
 */
export function sortOf(mail: ReadMail): MailSort {
  const sender = mail.from[0]?.address ?? "";
  if (isReport(mail)) return "bounce";
  if (BOUNCER.test(sender) && (BOUNCE_SUBJECT.test(mail.subject) || hasEmptyReturnPath(mail))) return "bounce";
  if (mail.parts.some((part) => part.type === "text/calendar" && (part.method ?? "") !== "")) return "other_machine";
  const automatic = headerNamed(mail, "auto-submitted").toLowerCase().split(";")[0]?.trim() ?? "";
  const replies =
    automatic.startsWith("auto-replied") ||
    ["x-autoreply", "x-autorespond", "x-autoreply-from", "x-mail-autoreply"].some((name) => headerNamed(mail, name) !== "") ||
    AUTO_SUBJECT.test(mail.subject) ||
    /^auto[_-]?reply/iu.test(headerNamed(mail, "precedence"));
  if (replies) return "auto_reply";
  if (automatic !== "" && automatic !== "no") return "other_machine";
  if (hasEmptyReturnPath(mail) || BOUNCER.test(sender)) return "other_machine";
  return /^(?:bulk|junk|list)$/iu.test(headerNamed(mail, "precedence")) || headerNamed(mail, "list-id") !== ""
    ? "other_machine"
    : "person";
}

function field(text: string, name: string): string {
  return cleanLine(new RegExp(`^${name}:[ \\t]*([^\\n]{0,1000}(?:\\n[ \\t][^\\n]{0,1000}){0,5})`, "imu").exec(text)?.[1] ?? "");
}

const bare = (address: string): string =>
  address
    .replace(/^[^;]*;/u, "")
    .replace(/[<>\s]/gu, "")
    .toLowerCase();

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^5\.1\.[0136]/u, "There is no such mailbox. Check the person's mail address."],
  [/^5\.(?:1\.2|4\.[46]|1\.8)/u, "The domain of the address takes no mail. Check the person's mail address."],
  [/^[45]\.2\.2/u, "The mailbox is full."],
  [/^5\.2\.1/u, "The mailbox is switched off."],
  [/^5\.3\.4/u, "The mail was too large."],
  [/^5\.7/u, "The receiving server refused it by its rules."],
  [/^[45]\.4\.[17]/u, "The receiving server did not answer for days."],
];

const IN_WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /user unknown|no such (?:user|mailbox|recipient)|does ?n.t exist|unknown user|address not found|recipient.{0,20}(?:unknown|not found)|wasn't found/iu,
    "5.1.1",
  ],
  [/(?:domain|host) (?:name )?not found|no mx|unrouteable/iu, "5.1.2"],
  [/mailbox (?:is )?full|quota/iu, "5.2.2"],
  [/spam|blocked|policy|not permitted|access denied/iu, "5.7.1"],
];

const LONGEST_QUOTE = 160;

function reasonFor(status: string, diagnostic: string): string {
  const known = REASONS.find(([code]) => code.test(status))?.[1] ?? "";
  const words = diagnostic
    .replace(/^\w+;\s*/u, "")
    .slice(0, LONGEST_QUOTE)
    .toWellFormed();
  return `It came back. ${known}${words === "" ? "" : `${known === "" ? "" : " "}The server wrote: "${words}".`}`.trim();
}

const ofType = (mail: ReadMail, ...types: string[]): MailPart[] => mail.parts.filter((part) => types.includes(part.type));

/** The line that most probably says why: one with a reply code of SMTP or a status code in it. */
function telling(text: string): string {
  const lines = text.split("\n").slice(0, 200);
  return cleanLine(lines.find((line) => /\b[45]\d\d[ -#]+\d\.\d+\.\d+|\b[45]\.\d\.\d+\b|\b5[05]\d[ -]/u.test(line)) ?? "");
}

/** The Message-ID of the mail inside, before every other that the report mentions. */
function idsAbout(mail: ReadMail): string[] {
  const inside = ofType(mail, "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global");
  const first = inside.flatMap((part) => messageIdsIn(field(part.text, "Message-ID")));
  const thread = [
    ...inside.flatMap((part) => messageIdsIn(part.text)),
    ...mail.inReplyTo,
    ...mail.references,
    ...messageIdsIn(mail.text),
  ];
  return [...new Set([...first, ...(first.length > 0 ? [] : [...messageIdsIn(field(mail.text, "Message-ID")), ...thread])])];
}

/** What a bounce says: from its machine-readable part, or as far as its words tell. */
export function readBounce(mail: ReadMail): Bounce {
  const report = ofType(mail, "message/delivery-status")[0]?.text ?? "";
  const words = telling(mail.text) || telling(ofType(mail, "message/rfc822")[0] === undefined ? report : "");
  const diagnostic = field(report, "Diagnostic-Code") || words;
  const action = field(report, "Action").toLowerCase();
  const said = (/\b[245]\.\d{1,3}\.\d{1,3}\b/u.exec(field(report, "Status") || words) ?? [""])[0];
  const status = said || (IN_WORDS.find(([pattern]) => pattern.test(mail.text.slice(0, 5_000)))?.[1] ?? "");
  const named = bare(
    field(report, "Final-Recipient") || field(report, "Original-Recipient") || headerNamed(mail, "x-failed-recipients"),
  );
  const recipient =
    named || (/<?([^\s<>@:;,"'()]{1,64}@[^\s<>@:;,"'()]{3,190})>?/u.exec(mail.text.slice(0, 5_000))?.[1] ?? "").toLowerCase();
  const passing = /^(?:delayed|delivered|relayed|expanded)$/u.test(action) || status.startsWith("2.");
  const isFinal = !passing && (action === "failed" || !status.startsWith("4."));
  return { recipient, status, isFinal, about: idsAbout(mail), reason: reasonFor(status, diagnostic) };
}
