// What mail servers of the usual kinds write when a mail does not arrive. `about` is the Message-ID of the mail that came back.
interface BounceMail {
  readonly name: string;
  readonly raw: string;
  readonly recipient: string;
  readonly status: string;
  readonly isFinal: boolean;
  readonly reason: RegExp;
}

export const LOST = "<lost-1@example.org>";

const report = (
  head: readonly string[],
  words: string,
  fields: readonly string[],
  inside: readonly string[],
  type = "message/rfc822",
): string =>
  [
    ...head,
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"',
    "",
    "This is a MIME-encapsulated message.",
    "",
    "--=_b",
    "Content-Type: text/plain; charset=utf-8",
    "",
    words,
    "--=_b",
    "Content-Type: message/delivery-status",
    "",
    ...fields,
    "",
    "--=_b",
    `Content-Type: ${type}`,
    "",
    ...inside,
    "--=_b--",
    "",
  ].join("\r\n");

const ours = [
  "From: Ana Silva <ana@example.org>",
  "To: Max <max@example.com>",
  `Message-ID: ${LOST}`,
  "References: <older@example.org>",
  "Subject: 1:1 Ana / Max",
  "",
  "Hi Max,",
];

const plain = (head: readonly string[], words: string): string => [...head, "", words, ""].join("\r\n");

export const bounces: readonly BounceMail[] = [
  {
    name: "Postfix, unknown user",
    raw: report(
      [
        "Return-Path: <>",
        "From: MAILER-DAEMON@mx.example.org (Mail Delivery System)",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
      ],
      "<max@example.com>: host mx.example.com[192.0.2.1] said: 550 5.1.1\r\n    <max@example.com>: Recipient address rejected: User unknown (in reply to RCPT TO command)",
      [
        "Reporting-MTA: dns; mx.example.org",
        "",
        "Final-Recipient: rfc822; max@example.com",
        "Original-Recipient: rfc822;max@example.com",
        "Action: failed",
        "Status: 5.1.1",
        "Remote-MTA: dns; mx.example.com",
        "Diagnostic-Code: smtp; 550 5.1.1 <max@example.com>: Recipient address",
        "    rejected: User unknown",
      ],
      ours,
    ),
    recipient: "max@example.com",
    status: "5.1.1",
    isFinal: true,
    reason: /no such mailbox.+User unknown/u,
  },
  {
    name: "Postfix, delayed",
    raw: report(
      ["Return-Path: <>", "From: MAILER-DAEMON@mx.example.org", "Subject: Delayed Mail (still being retried)"],
      "This is the mail system. Your message could not be delivered for more than 4 hours.",
      [
        "Reporting-MTA: dns; mx.example.org",
        "",
        "Final-Recipient: rfc822; max@example.com",
        "Action: delayed",
        "Status: 4.4.1",
        "Diagnostic-Code: X-Postfix; connect to mx.example.com: Connection timed out",
      ],
      ours.slice(0, 5),
      "text/rfc822-headers",
    ),
    recipient: "max@example.com",
    status: "4.4.1",
    isFinal: false,
    reason: /did not answer for days/u,
  },
  {
    name: "Exchange Online",
    raw: report(
      [
        "From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.com>",
        "Subject: Undeliverable: 1:1 Ana / Max",
        "X-MS-Exchange-Message-Is-Ndr:",
      ],
      "Your message to max@example.com couldn't be delivered.\r\nmax wasn't found at example.com.",
      [
        "Reporting-MTA: dns;DB9PR01.eurprd01.prod.outlook.com",
        "",
        "Final-Recipient: rfc822;max@example.com",
        "Action: failed",
        "Status: 5.1.10",
        "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient max@example.com not found by SMTP address lookup",
      ],
      ours,
    ),
    recipient: "max@example.com",
    status: "5.1.10",
    isFinal: true,
    reason: /RecipientNotFound/u,
  },
  {
    name: "Exchange in German, mailbox full",
    raw: report(
      ["From: postmaster@example.com", "Return-Path: <>", "Subject: Unzustellbar: 1:1 Ana / Max"],
      "Das Postfach des Empfängers ist voll.",
      [
        "Reporting-MTA: dns;exchange.example.com",
        "",
        "Final-Recipient: rfc822;max@example.com",
        "Action: failed",
        "Status: 5.2.2",
        "Diagnostic-Code: smtp;554 5.2.2 mailbox full",
      ],
      ours,
    ),
    recipient: "max@example.com",
    status: "5.2.2",
    isFinal: true,
    reason: /mailbox is full/u,
  },
  {
    name: "Gmail, address not found",
    raw: report(
      [
        "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "Return-Path: <>",
        "Subject: Delivery Status Notification (Failure)",
        "X-Failed-Recipients: max@example.com",
        `In-Reply-To: ${LOST}`,
        `References: ${LOST}`,
        "Auto-Submitted: auto-replied",
      ],
      "** Address not found **\r\n\r\nYour message wasn't delivered to max@example.com because the address couldn't be found.",
      [
        "Reporting-MTA: dns; googlemail.com",
        "Arrival-Date: Tue, 03 Mar 2026 05:00:00 -0800 (PST)",
        "",
        "Final-Recipient: rfc822; max@example.com",
        "Action: failed",
        "Status: 5.1.1",
        "Remote-MTA: dns; mx.example.com. (192.0.2.1, the server for the domain example.com.)",
        "Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.",
      ],
      ours,
    ),
    recipient: "max@example.com",
    status: "5.1.1",
    isFinal: true,
    reason: /does not exist/u,
  },
  {
    name: "blocked by rules",
    raw: report(
      ["From: MAILER-DAEMON@mx.example.org", "Subject: Undelivered Mail Returned to Sender"],
      "Blocked.",
      [
        "Reporting-MTA: dns; mx.example.org",
        "",
        "Final-Recipient: rfc822; max@example.com",
        "Action: failed",
        "Status: 5.7.1",
        "Diagnostic-Code: smtp; 554 5.7.1 Message rejected as spam",
      ],
      ours,
    ),
    recipient: "max@example.com",
    status: "5.7.1",
    isFinal: true,
    reason: /by its rules/u,
  },
  {
    name: "qmail, in words alone",
    raw: plain(
      ["Return-Path: <>", "From: MAILER-DAEMON@mail.example.org", "Subject: failure notice"],
      `Hi. This is the qmail-send program at mail.example.org.\r\nI'm afraid I wasn't able to deliver your message to the following addresses.\r\n\r\n<max@example.com>:\r\n192.0.2.1 does not like recipient.\r\nRemote host said: 550 No such user\r\nGiving up on 192.0.2.1.\r\n\r\n--- Below this line is a copy of the message.\r\n\r\nMessage-ID: ${LOST}\r\nSubject: 1:1 Ana / Max`,
    ),
    recipient: "max@example.com",
    status: "5.1.1",
    isFinal: true,
    reason: /no such mailbox.+550 No such user/u,
  },
  {
    name: "Exim, in words alone",
    raw: plain(
      [
        "Return-path: <>",
        "From: Mail Delivery System <Mailer-Daemon@host.example.org>",
        "X-Failed-Recipients: max@example.com",
        "Auto-Submitted: auto-replied",
        "Subject: Mail delivery failed: returning message to sender",
      ],
      `This message was created automatically by mail delivery software.\r\n\r\nA message that you sent could not be delivered to one or more of its recipients.\r\n\r\n  max@example.com\r\n    host mx.example.com [192.0.2.1]\r\n    SMTP error from remote mail server after RCPT TO:<max@example.com>:\r\n    550 5.1.1 User unknown\r\n\r\n------ This is a copy of the message's headers. ------\r\n\r\nMessage-ID: ${LOST}`,
    ),
    recipient: "max@example.com",
    status: "5.1.1",
    isFinal: true,
    reason: /no such mailbox/u,
  },
];
