// How mail programs of the usual kinds build a reply, by hand.

/** What was sent: an agenda with five parts that can be answered. */
export const SENT_AGENDA = `Hi Max,

Here is what I would like to talk about in our next 1:1.

What I need from this talk
A yes or no to the pilot.

1. A win (3 min)
The new import went live on Monday.
Support tickets fell from 40 to 12 a week.

2. A challenge (8 min)
Two teams share one test system & block each other.
Options: A second system, or fixed days.
The decision I need: May I propose it to both teams?

3. Still open between us (5 min)
- On my side: Send the outline (by Mon 9 Mar)
- On your side: Ask finance about the course (no date agreed)

The last ten minutes: growth
While I work on the pilot, what would you need to see from me before you trust me with the next one?

See you then,
Ana`;

export const SENT_PARTS = [
  "A yes or no to the pilot.",
  "The new import went live on Monday.\nSupport tickets fell from 40 to 12 a week.",
  "Two teams share one test system & block each other.",
  "Send the outline",
  "Ask finance about the course",
  "While I work on the pilot, what would you need to see from me before you trust me with the next one?",
] as const;

export const NEED = 0;
export const CHALLENGE = 2;
export const OUTLINE = 3;
export const FINANCE = 4;
export const GROWTH = 5;

interface Facts {
  readonly subject?: string;
  readonly headers?: readonly string[];
}

/** The headers of a reply, without those that say how its body is built. */
export function replyHead({ subject = "Re: 1:1 Ana / Max", headers = [] }: Facts = {}): string {
  return [
    "From: Max Berger <max@example.org>",
    "To: Ana Silva <ana@example.org>",
    `Subject: ${subject}`,
    "Message-ID: <reply-1@example.org>",
    "In-Reply-To: <sent-1@example.org>",
    "References: <sent-0@example.org> <sent-1@example.org>",
    "Date: Tue, 3 Mar 2026 14:05:00 +0100",
    "MIME-Version: 1.0",
    ...headers,
  ].join("\r\n");
}

const crlf = (text: string): string => text.replace(/\r?\n/gu, "\r\n");

function quotedPrintable(text: string, charset: BufferEncoding = "utf8"): string {
  return crlf(text)
    .split("\r\n")
    .map((line) => {
      const bytes = [...Buffer.from(line, charset)].map((byte) =>
        byte === 61 || byte < 32 || byte > 126
          ? `=${byte.toString(16).toUpperCase().padStart(2, "0")}`
          : String.fromCodePoint(byte),
      );
      const lines: string[] = [];
      let open = "";
      for (const one of bytes) {
        if (open.length + one.length > 75) {
          lines.push(`${open}=`);
          open = "";
        }
        open += one;
      }
      return [...lines, open.replace(/ $/u, "=20")].join("\r\n");
    })
    .join("\r\n");
}

const base64 = (text: string): string =>
  (
    Buffer.from(crlf(text))
      .toString("base64")
      .match(/.{1,76}/gu) ?? []
  ).join("\r\n");

export function plain(text: string, facts: Facts = {}): Buffer {
  return Buffer.from(`${replyHead(facts)}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${crlf(text)}\r\n`);
}

export function encoded(text: string, how: "base64" | "quoted-printable", facts: Facts = {}): Buffer {
  const body = how === "base64" ? base64(text) : quotedPrintable(text);
  return Buffer.from(
    `${replyHead(facts)}\r\nContent-Type: text/plain; charset="UTF-8"\r\nContent-Transfer-Encoding: ${how}\r\n\r\n${body}\r\n`,
  );
}

export function inLatin1(text: string): Buffer {
  const head = `${replyHead()}\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(crlf(text), "latin1")]);
}

export function htmlOnly(html: string): Buffer {
  return Buffer.from(
    `${replyHead()}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(html)}\r\n`,
  );
}

export function alternative(text: string, html: string): Buffer {
  const part = (type: string, body: string): string =>
    `--b1\r\nContent-Type: ${type}; charset="UTF-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(body)}\r\n`;
  return Buffer.from(
    `${replyHead()}\r\nContent-Type: multipart/alternative; boundary="b1"\r\n\r\n${part("text/plain", text)}${part("text/html", html)}--b1--\r\n`,
  );
}

export const marked = (text: string): string => text.replaceAll(/^/gmu, "> ").replaceAll(/^> $/gmu, ">");

/** As programs wrap what they quote. */
export function wrapped(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => line.match(new RegExp(`.{1,${width}}(?:\\s|$)|\\S+`, "gu"))?.map((one) => one.trimEnd()) ?? [""])
    .join("\n");
}

export const asHtml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>\n");

export const outlookFields = `From: Ana Silva <ana@example.org>
Sent: Monday, March 2, 2026 10:00 AM
To: Max Berger <max@example.org>
Subject: 1:1 Ana / Max`;

export const outlookHtml = (answer: string): string =>
  `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0cm;} --></style></head><body lang="EN-GB"><div class="WordSection1"><p class="MsoNormal">${answer}<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b><span lang="EN-US">From:</span></b><span> Ana Silva &lt;ana@example.org&gt;<br><b>Sent:</b> Monday, March 2, 2026 10:00 AM<br><b>To:</b> Max Berger &lt;max@example.org&gt;<br><b>Subject:</b> 1:1 Ana / Max<o:p></o:p></span></p></div>${SENT_AGENDA.split(
    "\n\n",
  )
    .map((one) => `<p>${asHtml(one)}</p>`)
    .join("\n")}</div></body></html>`;

export const gmail = (answer: string, intro: string): string => `${answer}\n\n${intro}\n\n${marked(wrapped(SENT_AGENDA, 70))}\n`;
export const gmailHtml = (answer: string, intro: string): string =>
  `<div dir="ltr">${answer}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${asHtml(intro)}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${SENT_AGENDA.split(
    "\n\n",
  )
    .map((one) => `<p>${asHtml(one)}</p>`)
    .join("\n")}</blockquote></div>`;
