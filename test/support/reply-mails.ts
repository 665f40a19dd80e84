// Replies as mail programs of the usual kinds build them: what is new in them is known.
import {
  alternative,
  asHtml,
  CHALLENGE,
  encoded,
  FINANCE,
  gmail,
  gmailHtml,
  GROWTH,
  htmlOnly,
  inLatin1,
  marked,
  NEED,
  OUTLINE,
  outlookFields,
  outlookHtml,
  plain,
  replyHead,
  SENT_AGENDA,
} from "./reply-shapes.ts";

export interface ReplyMail {
  readonly name: string;
  readonly raw: Buffer;
  /** What is new, by the part that it answers; null is the whole mail. */
  readonly pieces: readonly { readonly part: number | null; readonly text: string }[];
}

const EN = "On Mon, Mar 2, 2026 at 10:00 AM Ana Silva <ana@example.org> wrote:";
const WRAPPED = "On Mon, Mar 2, 2026 at 10:00 AM Ana Silva with a long name <\nana@example.org> wrote:";
const DE = "Am Mo., 2. März 2026 um 10:00 Uhr schrieb Ana Silva <ana@example.org>:";
const FR = "Le lun. 2 mars 2026 à 10:00, Ana Silva <ana@example.org> a écrit :";
const ES = "El lun, 2 mar 2026 a las 10:00, Ana Silva (<ana@example.org>) escribió:";
const THUNDERBIRD = "On 02.03.26 10:00, Ana Silva wrote:";
const THUNDERBIRD_DE = "Am 02.03.26 um 10:00 schrieb Ana Silva:";
const APPLE = "On 2. Mar 2026, at 10:00, Ana Silva <ana@example.org> wrote:";

const whole = (text: string): ReplyMail["pieces"] => [{ part: null, text }];
const YES = "Looks good to me. Please bring the numbers.";
const SHORTLY = `${marked("What I need from this talk\nA yes or no to the pilot.")}\n`;

/** What stands before and after lines of ours, as somebody writes who answers point by point. */
const inline = `Hi Ana,

> What I need from this talk
> A yes or no to the pilot.

Yes from me.

> 2. A challenge (8 min)
> Two teams share one test system & block each other.
> Options: A second system, or fixed days.

Fixed days, please.
A second system costs too much.

> - On your side: Ask finance about the course (no date agreed)

Done, they say yes.

Max`;

const inlinePieces: ReplyMail["pieces"] = [
  { part: NEED, text: "Yes from me." },
  { part: CHALLENGE, text: "Fixed days, please.\nA second system costs too much." },
  { part: FINANCE, text: "Done, they say yes." },
];

const outlookInline = `Hi Ana, see my answers below.

${outlookFields}

${SENT_AGENDA.replace("A yes or no to the pilot.", "A yes or no to the pilot.\nIt is a yes.").replace(
  "- On my side: Send the outline (by Mon 9 Mar)",
  "- On my side: Send the outline (by Mon 9 Mar)\nNo hurry with this one.",
)}`;

export const replyMails: readonly ReplyMail[] = [
  { name: "Gmail on the web, English", raw: alternative(gmail(YES, EN), gmailHtml(YES, EN)), pieces: whole(YES) },
  { name: "Gmail with an introduction on two lines", raw: plain(gmail(YES, WRAPPED)), pieces: whole(YES) },
  { name: "Gmail, HTML alone", raw: htmlOnly(gmailHtml(YES, EN)), pieces: whole(YES) },
  { name: "Gmail, German", raw: plain(gmail("Passt für mich.", DE)), pieces: whole("Passt für mich.") },
  {
    name: "Gmail, French",
    raw: plain(gmail("C'est parfait, merci pour la préparation.", FR)),
    pieces: whole("C'est parfait, merci pour la préparation."),
  },
  {
    name: "Gmail, Spanish",
    raw: plain(gmail("De acuerdo, lo vemos el martes.", ES)),
    pieces: whole("De acuerdo, lo vemos el martes."),
  },
  {
    name: "Gmail, German, base64",
    raw: encoded(gmail("Schöne Liste. Bitte noch das Budget.", DE), "base64"),
    pieces: whole("Schöne Liste. Bitte noch das Budget."),
  },
  {
    name: "Gmail, French, quoted-printable",
    raw: encoded(gmail("Très bien, on en parle demain.", FR), "quoted-printable"),
    pieces: whole("Très bien, on en parle demain."),
  },
  { name: "Outlook for the desktop, text", raw: plain(`${YES}\n\n${outlookFields}\n\n${SENT_AGENDA}`), pieces: whole(YES) },
  { name: "Outlook for the desktop, HTML alone", raw: htmlOnly(outlookHtml(YES)), pieces: whole(YES) },
  {
    name: "Outlook with a ruler, in German",
    raw: plain(
      `Einverstanden.\n\n________________________________\nVon: Ana Silva <ana@example.org>\nGesendet: Montag, 2. März 2026 10:00\nAn: Max Berger <max@example.org>\nBetreff: 1:1 Ana / Max\n\n${SENT_AGENDA}`,
    ),
    pieces: whole("Einverstanden."),
  },
  {
    name: "Outlook in French",
    raw: plain(
      `Entendu.\n\nDe : Ana Silva <ana@example.org>\nEnvoyé : lundi 2 mars 2026 10:00\nÀ : Max Berger <max@example.org>\nObjet : 1:1 Ana / Max\n\n${SENT_AGENDA}`,
    ),
    pieces: whole("Entendu."),
  },
  {
    name: "Outlook in Spanish",
    raw: plain(
      `Perfecto.\n\nDe: Ana Silva <ana@example.org>\nEnviado el: lunes, 2 de marzo de 2026 10:00\nPara: Max Berger <max@example.org>\nAsunto: 1:1 Ana / Max\n\n${SENT_AGENDA}`,
    ),
    pieces: whole("Perfecto."),
  },
  {
    name: "Outlook of old, Original Message",
    raw: plain(`${YES}\n\n-----Original Message-----\n${outlookFields}\n\n${SENT_AGENDA}`),
    pieces: whole(YES),
  },
  {
    name: "Outlook on the phone",
    raw: plain(
      `${YES}\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\n${outlookFields}\n\n${SENT_AGENDA}`,
    ),
    pieces: whole(YES),
  },
  {
    name: "Outlook on the phone, German",
    raw: plain(
      `Ja, gern.\n\nHolen Sie sich Outlook für Android<https://aka.ms/AAb9ysg>\n________________________________\nVon: Ana Silva <ana@example.org>\nGesendet: Montag, März 2, 2026 10:00:00 AM\nAn: Max Berger <max@example.org>\nBetreff: 1:1 Ana / Max\n\n${SENT_AGENDA}`,
    ),
    pieces: whole("Ja, gern."),
  },
  {
    name: "Outlook, answers between the lines",
    raw: plain(outlookInline),
    pieces: [
      { part: null, text: "Hi Ana, see my answers below." },
      { part: NEED, text: "It is a yes." },
      { part: OUTLINE, text: "No hurry with this one." },
    ],
  },
  {
    name: "Outlook on the web with bold fields",
    raw: plain(
      `${YES}\n\n*From:* Ana Silva <ana@example.org>\n*Sent:* Monday, March 2, 2026 10:00\n*To:* Max Berger\n*Subject:* 1:1 Ana / Max\n\n${SENT_AGENDA}`,
    ),
    pieces: whole(YES),
  },
  { name: "Apple Mail", raw: plain(`${YES}\n\nMax\n\n> ${APPLE}\n> \n${marked(SENT_AGENDA)}`), pieces: whole(YES) },
  {
    name: "Apple Mail, introduction without marks",
    raw: plain(`${YES}\n\n${APPLE}\n\n${marked(SENT_AGENDA)}`),
    pieces: whole(YES),
  },
  {
    name: "iPhone",
    raw: plain(`Fine with me\n\nSent from my iPhone\n\n> ${APPLE}\n>\n> \uFEFF${SENT_AGENDA.replaceAll("\n", "\n> ")}`),
    pieces: whole("Fine with me"),
  },
  {
    name: "iPhone, German",
    raw: plain(
      `Passt\n\nVon meinem iPhone gesendet\n\n> Am 02.03.2026 um 10:00 schrieb Ana Silva <ana@example.org>:\n>\n${marked(SENT_AGENDA)}`,
    ),
    pieces: whole("Passt"),
  },
  {
    name: "iPhone, French",
    raw: plain(
      `Ça marche\n\nEnvoyé de mon iPhone\n\n> Le 2 mars 2026 à 10:00, Ana Silva <ana@example.org> a écrit :\n>\n${marked(SENT_AGENDA)}`,
    ),
    pieces: whole("Ça marche"),
  },
  {
    name: "Android, Spanish",
    raw: plain(
      `Vale\n\nEnviado desde mi Samsung Galaxy\n\n-------- Mensaje original --------\nDe: Ana Silva <ana@example.org>\nFecha: 2/3/26 10:00 (GMT+01:00)\nPara: Max Berger <max@example.org>\nAsunto: 1:1 Ana / Max\n\n${SENT_AGENDA}`,
    ),
    pieces: whole("Vale"),
  },
  { name: "Thunderbird, top", raw: plain(`${YES}\n\n${THUNDERBIRD}\n${marked(SENT_AGENDA)}`), pieces: whole(YES) },
  { name: "Thunderbird, bottom", raw: plain(`${THUNDERBIRD}\n${marked(SENT_AGENDA)}\n\n${YES}\n`), pieces: whole(YES) },
  {
    name: "Thunderbird, bottom, German, with a signature",
    raw: plain(
      `${THUNDERBIRD_DE}\n${marked(SENT_AGENDA)}\n\nGerne, bis Dienstag.\n\n-- \nMax Berger\nLeiter Entwicklung\nTel. 030 1234567`,
    ),
    pieces: whole("Gerne, bis Dienstag."),
  },
  { name: "point by point", raw: plain(inline), pieces: inlinePieces },
  {
    name: "point by point, after an introduction",
    raw: plain(`${THUNDERBIRD}\n${inline.replace("Hi Ana,\n\n", "")}`),
    pieces: inlinePieces,
  },
  { name: "point by point, base64", raw: encoded(inline, "base64"), pieces: inlinePieces },
  { name: "one line quoted, answered below", raw: plain(`${EN}\n${SHORTLY}\nYes.\n`), pieces: [{ part: NEED, text: "Yes." }] },
  {
    name: "a heading quoted, answered below",
    raw: plain("> The last ten minutes: growth\n\nLet us take twenty minutes for this.\n"),
    pieces: [{ part: GROWTH, text: "Let us take twenty minutes for this." }],
  },
  {
    name: "one sentence on top and one in between",
    raw: plain(`Thanks for this, very clear.\n\n${EN}\n${SHORTLY}\nYes to the pilot.\n`),
    pieces: [
      { part: null, text: "Thanks for this, very clear." },
      { part: NEED, text: "Yes to the pilot." },
    ],
  },
  {
    name: "our lines without any mark",
    raw: plain(`Two teams share one test system & block each other.\nI know. Let us fix that.\n`),
    pieces: [{ part: CHALLENGE, text: "I know. Let us fix that." }],
  },
  { name: "the whole agenda copied without marks", raw: plain(`${YES}\n\n${SENT_AGENDA}`), pieces: whole(YES) },
  { name: "nothing quoted at all", raw: plain("Can we move this to Thursday?"), pieces: whole("Can we move this to Thursday?") },
  { name: "a single word", raw: plain("Thanks"), pieces: whole("Thanks") },
  { name: "an emoji", raw: plain(gmail("👍", EN)), pieces: whole("👍") },
  {
    name: "greeting, closing and name",
    raw: plain(`Hi Ana,\n\n${YES}\n\nBest regards,\nMax Berger\nHead of Engineering\n+49 30 1234567\n`),
    pieces: whole(YES),
  },
  {
    name: "German greeting and closing",
    raw: plain(`Liebe Ana,\n\ndas passt so.\n\nViele Grüße\nMax\n\n${DE}\n${marked(SENT_AGENDA)}`),
    pieces: whole("das passt so."),
  },
  {
    name: "a postscript below the signature",
    raw: plain(`${YES}\n\nCheers,\nMax\n\nPS: bring the report, too.\n`),
    pieces: whole(`${YES}\n\nPS: bring the report, too.`),
  },
  {
    name: "a company's notice at the end",
    raw: plain(
      `${YES}\n\nThis e-mail and any attachments are confidential and intended for the named recipient only. If you have received it in error, please delete it and tell the sender.\n`,
    ),
    pieces: whole(YES),
  },
  {
    name: "a banner of the gateway above the quote",
    raw: plain(
      `${YES}\n\n${outlookFields}\n\nCAUTION: This email originated from outside of the organization.\n\n${SENT_AGENDA}`,
    ),
    pieces: whole(YES),
  },
  {
    name: "an older mail of the thread below",
    raw: plain(
      `${YES}\n\n${EN}\n${marked(`${SENT_AGENDA}\n\nOn Mon, Feb 23, 2026 at 9:00 AM Max Berger <max@example.org> wrote:\n> See you on Tuesday, and bring the plan.`)}`,
    ),
    pieces: whole(YES),
  },
  {
    name: "two Outlook blocks, the older one unmarked",
    raw: plain(
      `${YES}\n\n${outlookFields}\n\n${SENT_AGENDA}\n\nFrom: Max Berger <max@example.org>\nSent: Monday, February 23, 2026 9:00 AM\nTo: Ana Silva <ana@example.org>\nSubject: Re: 1:1 Ana / Max\n\nSee you on Tuesday, and bring the plan.`,
    ),
    pieces: whole(YES),
  },
  {
    name: "Latin-1",
    raw: inLatin1(`Für mich in Ordnung, schöne Grüße an alle.\n\n${DE}\n${marked(SENT_AGENDA)}`),
    pieces: whole("Für mich in Ordnung, schöne Grüße an alle."),
  },
  {
    name: "an attached picture",
    raw: Buffer.from(
      `${replyHead()}\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\n${YES}\r\n--m\r\nContent-Type: image/png; name="logo.png"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: inline; filename="logo.png"\r\n\r\niVBORw0KGgo=\r\n--m--\r\n`,
    ),
    pieces: whole(YES),
  },
  {
    name: "nested parts",
    raw: Buffer.from(
      `${replyHead()}\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\n${YES}\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>${YES}</p>\r\n--a--\r\n--r--\r\n--m--\r\n`,
    ),
    pieces: whole(YES),
  },
  {
    name: "cut off in the middle of a part",
    raw: Buffer.from(
      `${replyHead()}\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\n${YES}\r\n--a\r\nContent-Type: text/ht`,
    ),
    pieces: whole(YES),
  },
  { name: "no Content-Type at all", raw: Buffer.from(`${replyHead()}\r\n\r\n${YES}\r\n`), pieces: whole(YES) },
  { name: "bare line feeds", raw: Buffer.from(plain(gmail(YES, EN)).toString().replaceAll("\r\n", "\n")), pieces: whole(YES) },
  { name: "only the quote, nothing new", raw: plain(`\n\n${EN}\n${marked(SENT_AGENDA)}`), pieces: [] },
  {
    name: "HTML without an end",
    raw: htmlOnly(`<div>${YES}<blockquote type="cite"><div>${asHtml(SENT_AGENDA)}`),
    pieces: whole(YES),
  },
  {
    name: "HTML with a script and a comment",
    raw: htmlOnly(`<!-- <p>not this</p> --><script>alert("no")</script><p>${YES}</p><style>p{}</style>`),
    pieces: whole(YES),
  },
];
