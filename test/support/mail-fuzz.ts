import { checkSender } from "../../src/platform/mail/authentication.ts";
import { awayUntil } from "../../src/platform/mail/away.ts";
import { readBounce, sortOf } from "../../src/platform/mail/machine-mail.ts";
import { readMail } from "../../src/platform/mail/read-mime.ts";
import { reduceReply } from "../../src/platform/mail/reply-text.ts";
import { bounces } from "./bounces.ts";
import { replyMails } from "./reply-mails.ts";
import { randomFrom } from "./seed.ts";
import { SENT_AGENDA, SENT_PARTS } from "./reply-shapes.ts";

const corpus: readonly Buffer[] = [...replyMails.map((one) => one.raw), ...bounces.map((one) => Buffer.from(one.raw))];

const PIECES = [
  "\r\n\r\n",
  "--b1\r\n",
  "Content-Type: multipart/mixed; boundary=b1\r\n",
  "Content-Type: message/rfc822\r\n",
  "Content-Type: text/html; charset=utf-7\r\n",
  "Content-Transfer-Encoding: base64\r\n",
  "Content-Type: text/plain; charset=iso-2022-jp\r\n",
  "=?utf-8?b?w4PDg8ODww==?=",
  "=?x?q?=",
  "\0\0\0",
  "\u00FF\u00FE",
  "<blockquote>",
  "<!--",
  "&#x110000;",
  "> > > >",
  "On 1 a@b wrote:\n",
  "From: a\nSent: b\nTo: c\n",
  "Authentication-Results: a; b=c (((\r\n",
  "Final-Recipient: rfc822;\r\n",
  "until 99 March",
  "\u202E",
];

/** One to six changes: a byte, a cut, a doubled or moved piece, a piece of another mail, or something nasty. */
function mutated(below: (limit: number) => number): Buffer {
  let mail: Buffer = Buffer.from(corpus[below(corpus.length)] as Buffer);
  for (let change = below(6) + 1; change > 0; change -= 1) {
    const at = below(mail.length + 1);
    const length = below(200);
    const [head, tail] = [mail.subarray(0, at), mail.subarray(at)];
    const other = corpus[below(corpus.length)] as Buffer;
    const kinds: (() => Buffer)[] = [
      () => Buffer.concat([head, Buffer.from([below(256)]), tail.subarray(1)]),
      () => Buffer.concat([head, tail.subarray(length)]),
      () => Buffer.concat([head, tail.subarray(0, length), tail]),
      () => Buffer.concat([head, Buffer.from(PIECES[below(PIECES.length)] ?? "", "latin1"), tail]),
      () => Buffer.concat([head, other.subarray(below(other.length))]),
      () => Buffer.concat([tail, head]),
    ];
    mail = (kinds[below(kinds.length)] as () => Buffer)();
  }
  return mail;
}

/** Everything that is done with a mail that comes in. */
async function readThrough(raw: Buffer): Promise<void> {
  const mail = await readMail(raw);
  sortOf(mail);
  readBounce(mail);
  checkSender(mail, "mx.example.net");
  awayUntil(`${mail.subject}\n${mail.text}`, Temporal.PlainDate.from("2026-03-11"));
  await reduceReply(mail.text, { text: SENT_AGENDA, parts: SENT_PARTS }, ["Max Berger"]);
}

interface FuzzRun {
  readonly seed: number;
  readonly mails: number;
  /** The longest time that one mail took, in milliseconds. */
  slowest: number;
}

/** Reads `mails` changed mails. Throws, with the seed and the mail in base64, when one of them causes an error or takes two seconds. */
export async function fuzzMails(seed: number, mails: number): Promise<FuzzRun> {
  const below = randomFrom(seed);
  const run: FuzzRun = { seed, mails, slowest: 0 };
  for (let count = 0; count < mails; count += 1) {
    const raw = mutated(below);
    const before = raw.toString("base64");
    const started = performance.now();
    const fail = (why: string, cause?: unknown): Error =>
      new Error(`Seed ${seed}, mail ${count}: ${why}. The mail in base64: ${before}`, { cause });
    try {
      await readThrough(raw);
    } catch (error) {
      throw fail("it caused an error", error);
    }
    const took = performance.now() - started;
    run.slowest = Math.max(run.slowest, took);
    if (took > 2_000) throw fail(`it took ${Math.round(took)} ms`);
    // What is kept are these bytes: reading must not have touched them.
    if (raw.toString("base64") !== before) throw fail("its bytes were changed");
  }
  return run;
}
