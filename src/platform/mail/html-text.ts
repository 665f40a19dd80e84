/** Elements whose content nobody reads. */
const UNREAD = new Set(["script", "style", "head", "title", "template", "noscript", "svg", "object", "select"]);
const BLOCKS = new Set(
  "address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th tr ul".split(
    " ",
  ),
);
/** Blocks that stand apart from what is around them. */
const PARAGRAPHS = new Set("blockquote h1 h2 h3 h4 h5 h6 ol p pre table ul hr".split(" "));

const DEEPEST_QUOTE = 20;
const LONGEST_MARKUP = 1_000_000;

// The letters of Latin-1 in the order of their code points from 160 on, then what mail programs use beside them.
const LATIN =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
const NAMED = new Map<string, string>([
  ...LATIN.split(" ").map((name, index): [string, string] => [name, String.fromCodePoint(160 + index)]),
  ...Object.entries({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", hellip: "…", ndash: "–", mdash: "—", lsquo: "‘" }),
  ...Object.entries({ rsquo: "’", sbquo: "‚", ldquo: "“", rdquo: "”", bdquo: "„", euro: "€", bull: "•", trade: "™" }),
  ...Object.entries({
    lsaquo: "‹",
    rsaquo: "›",
    oelig: "œ",
    OElig: "Œ",
    zwnj: "",
    zwj: "\u200D",
    ensp: " ",
    emsp: " ",
    rarr: "→",
  }),
]);

function character(code: number): string {
  return code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff) ? String.fromCodePoint(code) : "\uFFFD";
}

function decode(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,9}));?/gu, (all, decimal, hex, name) => {
    if (decimal !== undefined) return character(Number(decimal));
    if (hex !== undefined) return character(Number.parseInt(hex as string, 16));
    return NAMED.get(name as string) ?? all;
  });
}

interface Writer {
  text(words: string): void;
  lineBreak(): void;
  block(apart: boolean): void;
  quote(by: 1 | -1): void;
  finish(): string;
}

function writer(): Writer {
  const lines: string[] = [];
  // Pieces, joined once: a string that grows by one sign at a time is copied as often.
  let pieces: string[] = [];
  let depth = 0;
  const prefix = (): string => (depth === 0 ? "" : `${">".repeat(Math.min(depth, DEEPEST_QUOTE))} `);
  const lineBreak = (): void => {
    const line = pieces.join("").replace(/\s+/gu, " ").trim();
    lines.push(`${prefix()}${line}`.trimEnd());
    pieces = [];
  };
  const isBlank = (one: string | undefined): boolean => one === undefined || /^[>\s]*$/u.test(one);
  const block = (apart: boolean): void => {
    if (pieces.some((piece) => piece.trim() !== "")) lineBreak();
    else pieces = [];
    if (apart && !isBlank(lines.at(-1))) lines.push(prefix().trimEnd());
  };
  return {
    text: (words) => void pieces.push(words),
    lineBreak,
    block,
    quote(by) {
      block(true);
      depth = Math.max(0, depth + by);
    },
    finish() {
      block(false);
      while (lines.length > 0 && isBlank(lines.at(-1))) lines.pop();
      return lines.join("\n");
    },
  };
}

interface Tag {
  readonly name: string;
  readonly closes: boolean;
  /** Where the text goes on. */
  readonly end: number;
}

/** The tag that begins at `from`, or undefined when "<" is only a sign. Quoted attribute values may hold ">". */
function tagAt(html: string, from: number): Tag | undefined {
  const named = /^<(\/?)([A-Za-z][A-Za-z\d:]{0,20})/u.exec(html.slice(from, from + 24));
  if (!named) return undefined;
  const nextClose = html.indexOf(">", from);
  if (nextClose < 0) return { name: (named[2] ?? "").toLowerCase(), closes: named[1] === "/", end: html.length };
  const inside = html.slice(from, nextClose);
  const openQuote = /=\s*(["'])[^"']*$/u.exec(inside.slice(-500))?.[1];
  // A ">" within a quoted value; looked for in the neighbourhood alone, so that a quote that nobody closes costs little.
  const near = html.slice(nextClose, nextClose + 4_000);
  const rest = openQuote === undefined ? 0 : near.indexOf(">", Math.max(0, near.indexOf(openQuote)));
  return { name: (named[2] ?? "").toLowerCase(), closes: named[1] === "/", end: nextClose + Math.max(0, rest) + 1 };
}

/** Where the text goes on after something that nobody reads: a comment, a declaration, a script. */
function after(html: string, what: string, from: number): number {
  const found = html.indexOf(what, from);
  return found < 0 ? html.length : found + what.length;
}

function closing(lower: string, name: string, from: number): number {
  const start = lower.indexOf(`</${name}`, from);
  return start < 0 ? lower.length : after(lower, ">", start);
}

function write(out: Writer, { name, closes }: Tag): void {
  if (name === "br") return out.lineBreak();
  if (name === "blockquote") return out.quote(closes ? -1 : 1);
  if (!BLOCKS.has(name)) return;
  out.block(PARAGRAPHS.has(name));
  if (name === "li" && !closes) out.text("- ");
}

/**
 * The words of an HTML mail as plain text: blocks become lines, and what stands in a blockquote gets ">" in front, as in a text mail.
 * It is for reading what somebody wrote, so nothing is fetched and nothing runs. Takes time in proportion to the length.
 */
export function htmlToText(markup: string): string {
  const html = markup.slice(0, LONGEST_MARKUP);
  const out = writer();
  const lower = html.toLowerCase();
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    out.text(decode(html.slice(at, open < 0 ? html.length : open)));
    if (open < 0) break;
    if (html.startsWith("<!--", open)) at = after(html, "-->", open + 4);
    else if (/[!?]/u.test(html[open + 1] ?? "")) at = after(html, ">", open);
    else {
      const tag = tagAt(html, open);
      if (tag) write(out, tag);
      else out.text("<");
      at = tag ? tag.end : open + 1;
      if (tag && !tag.closes && UNREAD.has(tag.name)) at = closing(lower, tag.name, at);
    }
  }
  return out.finish();
}
