import { wordsOf } from "../../lib/words.ts";

/** Lines that programs put under a mail. */
const FROM_PROGRAMS =
  /^(?:sent (?:from|via|with) |get outlook for |get (?:the )?\w+ app|von meinem .{1,40} gesendet|gesendet (?:von|mit|über) |diese nachricht wurde von |envoyé (?:de(?:puis)?|à partir|avec) |télécharger outlook |enviado (?:desde|con) |obtener outlook |holen sie sich outlook |inviato da |verzonden (?:met|vanaf) |verstuurd vanaf |sendt fra |skickat från |enviado do |this e-?mail (?:and any|is intended|may contain)|virus-free\b|yahoo mail |\[?external(?: e-?mail| sender)?\]?(?::|$)|caution: |(?:achtung|warnung|hinweis): diese (?:e-?)?mail )/iu;

/** With what people end a mail before their name. */
const CLOSINGS =
  /^(?:(?:best|kind|warm|many thanks and kind|with (?:best|kind))(?: regards| wishes)?|regards|cheers|all the best|(?:thanks|thank you|many thanks)(?: (?:and|&) (?:best|kind)? ?regards)?|sincerely|take care|talk soon|see you|(?:viele|beste|liebe|herzliche|schöne|freundliche|sonnige) grüße?|(?:mit )?(?:freundlichen|besten|herzlichen|lieben|vielen) grüßen|gruß|grüße|lg|vg|mfg|danke(?: und (?:viele )?grüße?)?|cordialement|bien (?:cordialement|à (?:toi|vous))|amicalement|à bientôt|merci|bonne (?:journée|soirée)|un saludo|saludos(?: cordiales)?|atentamente|un abrazo|gracias)\s?[,.!]?\s*$/iu;

/** What companies hang under everything that leaves them. */
const NOTICES =
  /\b(?:confidential|intended (?:only )?(?:recipient|for)|unauthori[sz]ed|vertraulich|bestimmungsgemäße|confidentiel|destinataire|confidencial|destinatario)/iu;

const GREETING =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon)|hallo|moin|servus|liebe[rs]?|guten (?:morgen|tag|abend)|bonjour|salut|cher|chère|hola|buenos días|buenas tardes|estimad[oa])\b/iu;

const MOST_LINES_BELOW = 12;
const LONGEST_LINE_BELOW = 90;

const isShort = (line: string): boolean => line.length <= LONGEST_LINE_BELOW;
const isPostscript = (line: string): boolean => /^p\.?\s?s\.?\s?:?\s/iu.test(line.trim());

/** A sentence of more than a few words, or a question, is something that was said. */
function saysSomething(line: string): boolean {
  return line.includes("?") || (wordsOf(line).length > 8 && !/[@|·•]|\d{4}|https?:/u.test(line));
}

/** The line from which on it is a signature: the delimiter of RFC 3676 (section 4.3), a program's line, or a closing with a name below. */
function signatureStart(lines: readonly string[]): number {
  const delimiter = lines.findIndex((line) => /^--\s?$/u.test(line.trimStart()));
  if (delimiter >= 0) return delimiter;
  const program = lines.findIndex((line) => FROM_PROGRAMS.test(line.trim()) && line.length < 160);
  const end = program < 0 ? lines.length : program;
  const closing = lines.slice(0, end).findLastIndex((line) => CLOSINGS.test(line.trim()));
  if (closing < 0) return end;
  const under = lines.slice(closing + 1, end);
  const postscript = under.findIndex(isPostscript);
  const below = (postscript < 0 ? under : under.slice(0, postscript)).filter((line) => line.trim() !== "");
  const isName = below.length <= MOST_LINES_BELOW && below.every((line) => isShort(line) && !saysSomething(line));
  return isName ? closing : end;
}

/** The paragraphs at the end that are a company's notice. */
function noticeStart(lines: readonly string[]): number {
  let end = lines.length;
  for (;;) {
    while (end > 0 && lines[end - 1]?.trim() === "") end -= 1;
    const start = lines.slice(0, end).findLastIndex((line) => line.trim() === "") + 1;
    const paragraph = lines.slice(start, end).join(" ");
    if (start === 0 || wordsOf(paragraph).length < 15 || !NOTICES.test(paragraph)) return end;
    end = start;
  }
}

function postscripts(lines: readonly string[]): string[] {
  const from = lines.findIndex(isPostscript);
  return from < 0 ? [] : ["", ...lines.slice(from)];
}

/** A name alone on the last line, as people sign who use no closing. */
function withoutName(lines: readonly string[], names: readonly string[]): readonly string[] {
  const last = wordsOf(lines.at(-1) ?? "").join(" ");
  const isName = names.some((name) => {
    const words = wordsOf(name);
    return words.length > 0 && (last === words.join(" ") || last === words[0]);
  });
  return isName ? lines.slice(0, -1) : lines;
}

/** "Hi Ana," and nothing else. */
export function isGreeting(text: string): boolean {
  return GREETING.test(text.trim()) && wordsOf(text).length <= 5 && !text.includes("?");
}

function withoutGreeting(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== "");
  return isGreeting(lines[first] ?? "") ? lines.slice(first + 1) : lines;
}

const trimmed = (lines: readonly string[]): string =>
  lines
    .join("\n")
    .replace(/\n{3,}/gu, "\n\n")
    .trim();

/** Whether a mail program wrote this line. */
export function isProgramLine(line: string): boolean {
  return FROM_PROGRAMS.test(line.trim()) && line.length < 160;
}

/**
 * What somebody said, without greeting, signature, programs' lines and notices. `names`: as which its writer may sign. When nothing would be
 * left ("Thanks"), the text stays as it is. A postscript stays.
 */
export function withoutSignature(text: string, names: readonly string[]): string {
  const all = text.split("\n");
  const said = all.slice(0, noticeStart(all));
  const start = signatureStart(said);
  const top = trimmed(said.slice(0, start)).split("\n");
  const unsigned = withoutName(top, names);
  const kept = trimmed([...withoutGreeting(unsigned), ...postscripts(said.slice(start))]);
  return kept === "" ? trimmed(said.filter((line) => !isProgramLine(line))) || trimmed(all) : kept;
}
