const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    "january jan januar janvier janv enero ene jänner",
    "february feb februar février févr fevrier febrero",
    "march mar märz maerz mrz mars marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet juil julio",
    "august aug août aout agosto ago",
    "september sep sept septembre septiembre",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre decembre diciembre dic",
  ].flatMap((names, index) => names.split(" ").map((name) => [name, index + 1])),
);

interface Written {
  readonly day: number;
  readonly month: number;
  readonly year: number | undefined;
}

// Days and months in words, in either order; numbers only where nobody can read them the other way round.
const DATES: readonly (readonly [RegExp, (found: RegExpExecArray) => Written | undefined])[] = [
  [/(\d{4})-(\d{2})-(\d{2})/u, ([, year, month, day]) => ({ day: Number(day), month: Number(month), year: Number(year) })],
  [
    /(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})\b)?/u,
    ([, day, month, year]) => ({ day: Number(day), month: Number(month), year: fullYear(year) }),
  ],
  [
    /(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:of |de )?(\p{L}{3,12})\.?,?(?:\s+(?:de |del )?(\d{4}))?/u,
    ([, day, name = "", year]) => inWords(day, name, year),
  ],
  [/(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(\d{4}))?/u, ([, name = "", day, year]) => inWords(day, name, year)],
  [
    /(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?/u,
    ([, first, second, year]) => {
      const [a, b] = [Number(first), Number(second)];
      if (a > 12) return { day: a, month: b, year: fullYear(year) };
      return b > 12 || a === b ? { day: b, month: a, year: fullYear(year) } : undefined;
    },
  ],
];

function fullYear(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return text.length === 2 ? 2_000 + Number(text) : Number(text);
}

function inWords(day: string | undefined, name: string, year: string | undefined): Written | undefined {
  const month = MONTHS[name.toLowerCase()];
  return month === undefined ? undefined : { day: Number(day), month, year: fullYear(year) };
}

/** The day that was meant: without a year, the next such day from two weeks before `on` (somebody may still be away by mistake). */
function dayOf({ day, month, year }: Written, on: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const make = (inYear: number): Temporal.PlainDate | undefined => {
    try {
      return Temporal.PlainDate.from({ year: inYear, month, day }, { overflow: "reject" });
    } catch {
      return undefined;
    }
  };
  if (year !== undefined) return make(year);
  const same = make(on.year);
  return same && Temporal.PlainDate.compare(same, on.subtract({ days: 14 })) < 0 ? make(on.year + 1) : same;
}

/** What stands right before the last day away, and what stands before the first day back. */
const UNTIL =
  /\b(?:until|till|through|from [^\n.]{4,25} to|bis(?: einschließlich)?(?: zum)?|jusqu['’]au|hasta el|fino al|tot en met|t\/m)\b/giu;
const BACK =
  /\b(?:(?:back|return(?:ing)?|available again|reachable again)(?: in the office| to the office| to work)?(?: again)?(?: on| from)?|wieder (?:ab|am|ab dem)|zurück (?:am|ab)|ab dem|de retour (?:le|à partir du)|de vuelta el|regreso el|vuelvo el)\b/giu;
const NEAR = 40;
const LONGEST = 5_000;

function firstDate(text: string, on: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const found = DATES.flatMap(([pattern, read]) => {
    const match = pattern.exec(text);
    const written = match && read(match);
    const day = written ? dayOf(written, on) : undefined;
    return match && day ? [{ at: match.index, day }] : [];
  });
  return found.sort((a, b) => a.at - b.at)[0]?.day;
}

function dateAfter(text: string, cue: RegExp, on: Temporal.PlainDate): Temporal.PlainDate | undefined {
  for (const match of text.matchAll(cue)) {
    const start = match.index + match[0].length;
    const sentence = text.slice(start, start + NEAR).split("\n")[0] ?? "";
    const day = firstDate(sentence, on);
    if (day) return day;
  }
  return undefined;
}

/**
 * The last day of an absence, if a note says it plainly: "until 20 March", "zurück am 23.03.", "de retour le 23 mars". Undefined when it
 * does not, or when it could be read in two ways ("03/04"). `on` is the day when the note came.
 */
export function awayUntil(text: string, on: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const words = text.slice(0, LONGEST);
  const last = dateAfter(words, UNTIL, on) ?? dateAfter(words, BACK, on)?.subtract({ days: 1 });
  // A day that is long over, or years ahead, is about something else.
  if (!last || Temporal.PlainDate.compare(last, on) < 0 || Temporal.PlainDate.compare(last, on.add({ years: 1 })) > 0)
    return undefined;
  return last;
}
