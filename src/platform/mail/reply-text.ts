import { quoteHeaderAt } from "./quote-header.ts";
import { asWords, type SentMail, sentWords, type SentWords } from "./sent-words.ts";
import { isGreeting, isProgramLine, withoutSignature } from "./signature.ts";

export type { SentMail } from "./sent-words.ts";

/** Something new that a reply says. */
export interface ReplyPiece {
  /** The part of what was sent that it answers, by its place in `SentMail.parts`; null when it answers the whole. */
  readonly part: number | null;
  readonly text: string;
}

type LineKind = "new" | "blank" | "quoted" | "ours" | "header";

interface Line {
  readonly text: string;
  kind: LineKind;
  /** Where it ends in what was sent; -1 when it is not from there. */
  place: number;
}

const MOST_LINES = 4_000;
const QUOTE_MARK = /^\s{0,3}(?:[>|]\s?)+/u;
/** A line of so many words that stands in what was sent was not written anew. */
const ENOUGH_WORDS = 4;

const wordCount = (words: string): number => words.trim().split(" ").length;

/** First look at each line by itself. */
function looked(body: string, sent: SentWords): Line[] {
  let place = 0;
  return body
    .split("\n")
    .slice(0, MOST_LINES)
    .map((raw): Line => {
      const quoted = QUOTE_MARK.test(raw);
      const text = quoted ? raw.replace(QUOTE_MARK, "") : raw;
      const words = asWords(text);
      if (words.trim() === "") return { text, kind: quoted ? "quoted" : "blank", place: -1 };
      const found = sent.find(words, place);
      const enough = quoted || wordCount(words) >= ENOUGH_WORDS;
      if (found >= 0 && enough) place = found;
      if (quoted) return { text, kind: "quoted", place: found };
      return { text, kind: found >= 0 && enough ? "ours" : "new", place: found };
    });
}

const isOld = (line: Line | undefined): boolean => line?.kind === "quoted" || line?.kind === "ours";

function neighbour(lines: readonly Line[], at: number, step: 1 | -1): Line | undefined {
  let index = at + step;
  while (lines[index]?.kind === "blank") index += step;
  return lines[index];
}

/** Marks what introduces a quote. "On Monday Max wrote:" counts only when something old, or nothing at all, follows. */
function markHeaders(lines: Line[]): void {
  const texts = lines.map((line) => line.text);
  for (let at = 0; at < lines.length; at += 1) {
    const header = lines[at]?.kind === "new" || lines[at]?.kind === "quoted" ? quoteHeaderAt(texts, at) : undefined;
    if (!header) continue;
    const next = neighbour(lines, at + header.lines - 1, 1);
    if (header.kind === "introduction" && next !== undefined && !isOld(next) && !isShortOurs(next)) continue;
    for (const line of lines.slice(at, at + header.lines)) line.kind = "header";
    at += header.lines - 1;
  }
}

/** What gateways write on top of a mail from outside stands among our lines, and is nobody's. */
function markBanners(lines: Line[]): void {
  const first = lines.findIndex((line) => line.kind === "header");
  if (first < 0) return;
  for (const line of lines.slice(first)) if (line.kind === "new" && isProgramLine(line.text)) line.kind = "quoted";
}

/** Our greeting and our headings are short; alone they could be anybody's words. */
const isShortOurs = (line: Line): boolean => line.kind === "new" && line.place >= 0;

/** Short lines of ours ("2. A challenge") are known by their company. Goes both ways, until nothing changes any more. */
function markShort(lines: Line[], sent: SentWords): void {
  const mark = (at: number, step: 1 | -1): void => {
    const line = lines[at] as Line;
    if (!isShortOurs(line) || !sent.isLine(asWords(line.text))) return;
    const beside = neighbour(lines, at, step);
    if (isOld(beside) || beside?.kind === "header") line.kind = "ours";
  };
  for (let at = 0; at < lines.length; at += 1) mark(at, -1);
  for (let at = lines.length - 1; at >= 0; at -= 1) mark(at, 1);
}

/**
 * After a second header it is an older mail of the thread. After the first one, what is neither quoted nor ours was written in between,
 * as long as something of ours follows it or stands before it.
 */
function markOlder(lines: Line[]): void {
  const starts = lines.flatMap((line, at) => (line.kind === "header" && lines[at - 1]?.kind !== "header" ? [at] : []));
  const marked = lines.some((line) => line.kind === "quoted");
  const [first = lines.length, second = lines.length] = starts;
  for (const line of lines.slice(second)) if (line.kind === "new") line.kind = "quoted";
  // Nothing is marked and nothing is recognised: an older mail follows the header as it was.
  const following = lines.slice(first, second);
  if (!marked && !following.some((line) => line.kind === "ours"))
    for (const line of following) if (line.kind === "new") line.kind = "quoted";
}

interface Run {
  readonly text: string;
  readonly part: number | null;
}

function runs(lines: readonly Line[], sent: SentWords): Run[] {
  const found: Run[] = [];
  let anchor = -1;
  let open: string[] = [];
  const close = (): void => {
    if (open.some((text) => text.trim() !== ""))
      found.push({ text: open.join("\n"), part: anchor < 0 ? null : (sent.partAt(anchor) ?? null) });
    open = [];
  };
  for (const line of lines) {
    if (line.kind === "new" || (line.kind === "blank" && open.length > 0)) {
      open.push(line.text);
      continue;
    }
    if (line.kind === "blank") continue;
    close();
    if (line.kind === "header") anchor = -1;
    else if (line.place >= 0) anchor = line.place;
  }
  close();
  return found;
}

function merged(pieces: readonly Run[]): ReplyPiece[] {
  const byPart = Map.groupBy(pieces, (piece) => piece.part);
  return [...byPart].map(([part, all]) => ({ part, text: all.map((one) => one.text).join("\n\n") }));
}

/** What a library for replies takes for a signature or a quote in languages that are not known here. Bounded, because its patterns are not. */
async function secondOpinion(text: string): Promise<string> {
  const lines = text.split("\n");
  if (lines.length > 40 || lines.some((line) => line.length > 200) || text.length > 2_000) return text;
  const { default: EmailReplyParser } = await import("email-reply-parser");
  const fragments = new EmailReplyParser().read(text).getFragments();
  const visible = fragments.filter((one) => !one.isHidden()).map((one) => one.getContent());
  const said = visible.join("\n").trim();
  // A postscript below a signature was said, and a text without any words left was not a signature.
  return said === "" || /^p\.?\s?s\.?\s?:?\s/imu.test(text) ? text : said;
}

/**
 * Reduces a reply to what is new in it, piece by piece: quotes go, marked or not, also the unmarked copy of what was sent, introductions in
 * many languages, signatures and greetings. What stands between lines of ours answers the part above it. `names`: as which its writer may sign.
 * Gives no piece when nothing is new.
 */
export async function reduceReply(body: string, sent: SentMail, names: readonly string[] = []): Promise<ReplyPiece[]> {
  const known = sentWords(sent);
  const lines = looked(body, known);
  markHeaders(lines);
  markBanners(lines);
  markShort(lines, known);
  markOlder(lines);
  const pieces: ReplyPiece[] = [];
  for (const { part, text } of merged(runs(lines, known))) {
    const said = await secondOpinion(withoutSignature(text, names));
    if (/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(said)) pieces.push({ part, text: said });
  }
  // A greeting above answers that stand further down says nothing by itself.
  return pieces.length > 1 ? pieces.filter((piece) => !isGreeting(piece.text)) : pieces;
}
