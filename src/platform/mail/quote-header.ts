/** Verbs with which mail programs introduce what was said before: "On 3 March Ana wrote:". */
const WROTE =
  /\b(?:wrote|writes|schrieb|geschrieben|écrit|escribió|scritto|schreef|skrev|escreveu|napisał|napisała|pisze|kirjoitti|napsal|írta)(?![\p{L}])/iu;
const OPENS =
  /^(?:on|am|le|el|il|op|den|em|w dniu|dnia|le|på|pe|dne|\d|(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)\b)/iu;
const MOST_LINES = 4;
const LONGEST = 400;

const FROM = "from|von|de|da|van|från|fra|od|lähettäjä";
const OTHERS =
  "sent|date|to|cc|bcc|subject|gesendet|datum|an|betreff|envoyé|à|a|objet|enviado(?: el)?|enviada(?: em)?|fecha|para|asunto|assunto|inviato|data|oggetto|verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|emne|reply-to|antwort an|wichtigkeit|importance";
const FROM_LINE = new RegExp(`^\\*?(?:${FROM})\\s?:\\*?\\s`, "iu");
const OTHER_LINE = new RegExp(`^\\*?(?:${OTHERS})\\s?:\\*?(?:\\s|$)`, "iu");
const RULER =
  /^(?:[-_=*]{2,40}\s?(?:original message|original appointment|forwarded message|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|message d['’]origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht|mensagem original)\s?[-_=*]{0,40}|_{20,}|-{20,}|(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message (?:transféré|réexpédié)):)$/iu;

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === "";

/** "On … wrote:", in one to four lines, as programs and their users' languages break it. The number of lines, or 0. */
function introduction(lines: readonly string[], at: number): number {
  let joined = "";
  for (let count = 1; count <= MOST_LINES; count += 1) {
    const line = lines[at + count - 1]?.trim() ?? "";
    if (line === "") return 0;
    joined = `${joined} ${line}`.trim();
    if (joined.length > LONGEST) return 0;
    if (!/[:：]$/u.test(line)) continue;
    const first = lines[at] ?? "";
    const opens = OPENS.test(first.trim()) || first.includes("@");
    return opens && /\d/u.test(joined) && WROTE.test(joined) ? count : 0;
  }
  return 0;
}

/** Outlook's block: "From:", then at least two more of its fields within a few lines. The number of lines, or 0. */
function outlookBlock(lines: readonly string[], at: number): number {
  if (!FROM_LINE.test(lines[at] ?? "")) return 0;
  let fields = 0;
  let end = at + 1;
  for (let index = at + 1; index < Math.min(lines.length, at + 9); index += 1) {
    const line = lines[index] ?? "";
    if (OTHER_LINE.test(line)) {
      fields += 1;
      end = index + 1;
      // A blank line within the block comes from paragraphs of HTML; two of them end it.
    } else if (isBlank(line) && isBlank(lines[index + 1])) break;
  }
  return fields >= 2 ? end - at : 0;
}

/** A ruler that stands before an Outlook block, or that says "Original message". */
function ruler(lines: readonly string[], at: number): number {
  const line = (lines[at] ?? "").trim();
  if (!RULER.test(line)) return 0;
  if (!/^[-_]+$/u.test(line)) return 1;
  const next = lines.findIndex((one, index) => index > at && !isBlank(one));
  return next > at && next <= at + 2 && outlookBlock(lines, next) > 0 ? 1 : 0;
}

/**
 * How many lines from `at` on introduce what was quoted: "On … wrote:" in many languages, Outlook's block of fields, a ruler. 0 when
 * the line is none of these. Only the shape counts: whether something quoted follows is the caller's to see.
 */
export function quoteHeaderAt(
  lines: readonly string[],
  at: number,
): { readonly lines: number; readonly kind: "introduction" | "block" } | undefined {
  const introduced = introduction(lines, at);
  if (introduced > 0) return { lines: introduced, kind: "introduction" };
  const block = outlookBlock(lines, at) || ruler(lines, at);
  return block > 0 ? { lines: block, kind: "block" } : undefined;
}
