import { instantText } from "../../../platform/clock.ts";
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
const daysByZone = new Map<string, Map<string, string>>();

function daysOf(zone: string): Map<string, string> {
  const known = daysByZone.get(zone);
  if (known && known.size < MOST_DAYS) return known;
  const fresh = new Map<string, string>();
  daysByZone.set(zone, fresh);
  return fresh;
}

/** "Tue 3 Mar 2026", remembered by the minute (in which no zone changes its day): to work out a day costs as much as all the rest of a line. */
function longDayText(instant: string, zone: string, days: Map<string, string>): string {
  const minute = instant.slice(0, 16);
  const known = days.get(minute);
  if (known !== undefined) return known;
  const text = formatFor(zone).format(Date.parse(instant)).replace(",", "");
  days.set(minute, text);
  return text;
}

/** "Tue 3 Mar" in the owner's zone; with the year when it is another one than now. */
export type DayText = (instant: string) => string;

export function dayTextFor({ zone, now }: Pick<Surroundings, "zone" | "now">): DayText {
  const days = daysOf(zone);
  const today = longDayText(instantText(now), zone, days);
  const thisYear = today.slice(today.lastIndexOf(" "));
  return (instant) => {
    const day = longDayText(instant, zone, days);
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
  if (kind === "seed") return personName ? `Seed, for ${person}` : "Seed";
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

const LONGEST_EXCERPT = 180;

/** Mails are shown by their beginning, as running text and without the greeting: the whole is one link away. */
function excerpt(text: string): string {
  const lines = text.split("\n").filter((one) => one.trim() !== "");
  const running = (lines.length > 1 ? lines.slice(1) : lines).join(" · ");
  if (running.length <= LONGEST_EXCERPT) return running;
  const cut = running.slice(0, LONGEST_EXCERPT);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), 1))} …`;
}

const BEFORE_A_HIT = 60;

/** Of a long mail, what stands around the first hit. */
function aroundHit(segments: Hit["highlighted"]): Hit["highlighted"] {
  const first = Math.max(
    segments.findIndex((one) => one.hit),
    0,
  );
  const before = first === 0 ? "" : (segments[first - 1]?.text ?? "").slice(-BEFORE_A_HIT);
  const shown: { text: string; hit: boolean }[] =
    before === "" ? [] : [{ text: `… ${before.slice(before.indexOf(" ") + 1)}`, hit: false }];
  let left = LONGEST_EXCERPT;
  for (const { text, hit } of segments.slice(first)) {
    if (left <= 0) break;
    shown.push({ text: text.length > left ? `${text.slice(0, left)} …` : text, hit });
    left -= text.length;
  }
  return shown;
}

function words(entry: RecordEntry | Hit): Html | string {
  if (!("highlighted" in entry)) return entry.source === "told" ? excerpt(entry.text) : entry.text;
  const segments = entry.source === "told" ? aroundHit(entry.highlighted) : entry.highlighted;
  return html`${segments.map((segment) => (segment.hit ? html`<mark>${segment.text}</mark>` : segment.text))}`;
}

/** Nothing where the words would only say the label again: a meeting has no others. */
function wordLine(entry: RecordEntry | Hit, label: string): Html {
  if (entry.text === label) return nothing;
  return html`<p class="${entry.source === "told" ? "quiet" : "multiline"}" dir="auto">${words(entry)}</p>`;
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
  if (entry.source !== "capture" || entry.toldAt !== null) return nothing;
  return entry.kind === "win"
    ? html`, not told yet: <a href="/journal/${entry.id}/impact">make it land</a>`
    : html`, not told yet`;
}

// One template for a line: twenty of them make the page, and each nested call costs as much as the escaping.
function line(entry: RecordEntry | Hit, day: DayText): Html {
  const label = labelOf(entry);
  return html`<li class="entry"><p class="meta"><a class="when" href="/record/${entry.id}"><time datetime="${entry.happenedAt}">${day(entry.happenedAt)}</time></a> ${label}${neverToldMark(entry)}${meetingLink(entry)}${mailLink(entry)}${tagLinks(entry)}</p>
${wordLine(entry, label)}
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
