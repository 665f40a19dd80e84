import { type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import type { Surroundings } from "../../../surfaces/web/kit/web.ts";
import type { Hit, RecordEntry, Telling } from "../schema.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes longer than the whole page, so there is one for each zone. */
function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  formats.set(zone, made);
  return made;
}

const MOST_DAYS = 5_000;
const days = new Map<string, string>();

/** "Tue 3 Mar 2026", remembered: to work out a day costs as much as all the rest of a line. */
function longDayText(instant: string, zone: string): string {
  // Every zone is a multiple of 15 minutes away from UTC, so that a quarter of an hour never spans two days.
  const quarter = `${zone} ${instant.slice(0, 14)}${Math.trunc(Number(instant.slice(14, 16)) / 15)}`;
  const known = days.get(quarter);
  if (known !== undefined) return known;
  if (days.size >= MOST_DAYS) days.clear();
  const text = formatFor(zone).format(Date.parse(instant)).replace(",", "");
  days.set(quarter, text);
  return text;
}

/** "Tue 3 Mar" in the owner's zone; with the year when it is another one than now. */
export type DayText = (instant: string) => string;

export function dayTextFor({ zone, now }: Pick<Surroundings, "zone" | "now">): DayText {
  const thisYear = ` ${now.toZonedDateTimeISO(zone).year}`;
  return (instant) => {
    const day = longDayText(instant, zone);
    return day.endsWith(thisYear) ? day.slice(0, -thisYear.length) : day;
  };
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What an entry is, in the words of the page. */
export function labelOf({ source, kind, personName }: Pick<RecordEntry, "source" | "kind" | "personName">): string {
  const person = personName ?? "somebody";
  if (source === "capture") return capital(kind ?? "note");
  if (source === "told") return `${capital(kind ?? "mail")} to ${person}`;
  if (source === "decision") return personName ? `Decided with ${person}` : "Decided";
  if (source === "my_action") return personName ? `You promised ${person}` : "You promised";
  if (source === "manager_commitment") return `${capital(person)} promised`;
  if (source === "open_question") return "Open question";
  if (source === "meeting") return personName ? `1:1 with ${person}` : "1:1";
  return personName ? `Note from the 1:1 with ${person}` : "Note";
}

const channels: Readonly<Record<Telling["channel"], string>> = {
  agenda: "the agenda",
  recap: "the recap",
  note: "a note",
  talk: "a talk",
};

/** "the agenda", as a link to the mail when there is one. */
export function channelLink({ channel, deliveryId }: Telling): Html {
  return deliveryId ? html`<a href="/deliveries/${deliveryId}">${channels[channel]}</a>` : html`${channels[channel]}`;
}

function toldLine(telling: Telling, day: DayText): Html {
  return html`<p class="meta">Told ${telling.personName} <time datetime="${telling.toldAt}">${day(telling.toldAt)}</time> in ${channelLink(telling)}</p>
`;
}

const LONGEST_EXCERPT = 320;

/** Mails are shown by their beginning: the whole is one link away. */
function excerpt(entry: RecordEntry): string {
  if (entry.source !== "told" || entry.text.length <= LONGEST_EXCERPT) return entry.text;
  const cut = entry.text.slice(0, LONGEST_EXCERPT);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), 1))} …`;
}

function words(entry: RecordEntry | Hit): Html | string {
  if (!("highlighted" in entry)) return excerpt(entry);
  return html`${entry.highlighted.map((segment) => (segment.hit ? html`<mark>${segment.text}</mark>` : segment.text))}`;
}

function meetingLink({ meetingId }: RecordEntry): Html {
  return meetingId ? html`, <a href="/meetings/${meetingId}">the 1:1</a>` : nothing;
}

function mailLink({ deliveryId }: RecordEntry): Html {
  return deliveryId ? html`, <a href="/deliveries/${deliveryId}">the mail</a>` : nothing;
}

function tagLinks({ tags }: RecordEntry): Html | Html[] {
  if (tags.length === 0) return nothing;
  return tags.map(
    (tag) => html` <a class="tag" dir="auto" href="/record?${tag.kind}=${encodeURIComponent(tag.name)}">${tag.name}</a>`,
  );
}

function neverToldMark(entry: RecordEntry): Html {
  return entry.source === "capture" && entry.toldAt === null ? html`, not told yet` : nothing;
}

// One template for a line: twenty of them make the page, and each nested call costs as much as the escaping.
function line(entry: RecordEntry | Hit, day: DayText): Html {
  return html`<li class="entry"><p class="meta"><a class="when" href="/record/${entry.id}"><time datetime="${entry.happenedAt}">${day(entry.happenedAt)}</time></a> ${labelOf(entry)}${neverToldMark(entry)}${meetingLink(entry)}${mailLink(entry)}${tagLinks(entry)}</p>
<p class="multiline" dir="auto">${words(entry)}</p>
${entry.tellings.length === 0 ? nothing : entry.tellings.map((telling) => toldLine(telling, day))}</li>
`;
}

/** The entries as lines, newest first: when, what, to whom told, and the words. */
export function entryLines(entries: readonly (RecordEntry | Hit)[], surroundings: Surroundings): Html {
  const day = dayTextFor(surroundings);
  return html`<ul class="entries">
${entries.map((entry) => line(entry, day))}</ul>
`;
}
