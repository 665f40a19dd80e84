import type { EventSeries, Party } from "../schema/following.ts";
import { folded } from "./finding-titles.ts";

/** The owner as calendars may know them. */
export interface Self {
  readonly name: string | null;
  /** Lower case. */
  readonly addresses: ReadonlySet<string>;
}

const ROOM_ADDRESS =
  /@resource\.calendar\.google\.com$|@(?:rooms?|resources?|meeting-?rooms?)\.|^(?:room|raum|salle|conf|confroom|meetingroom|meeting-room|besprechungsraum|konferenzraum|res|resource|mr)[-_.]?\w*\d|^(?:room|raum|salle|conf|confroom|meetingroom|besprechungsraum|konferenzraum)[-_.]/u;
const ROOM_NAME =
  /^(?:room|raum|salle|meeting ?room|conference|besprechung\w*|konferenz\w*|zimmer|boardroom|huddle|phone ?booth)\b|\b(?:meeting ?room|besprechungsraum|konferenzraum|salle de reunion)\b|^\S+ \(\d+\)$/u;
const CALENDAR_ADDRESS =
  /@group\.calendar\.google\.com$|^unknownorganizer@|^(?:no-?reply|calendar|notifications?)@|calendar-notification/u;
const BOT =
  /@(?:fireflies\.ai|otter\.ai|read\.ai|fathom\.video|avoma\.com|tldv\.io|gong\.io|grain\.com|zoom\.us|calendly\.com)$|\bnote ?taker\b|\bassistant bot\b/u;
const LIST_LOCAL =
  /^(?:all|alle|tous|everyone|staff|team|group|list|hr|info|office|dev|devs|eng|engineering|product|design|marketing|sales|ops|support|leads|managers?|management|leadership|finance|legal|people|it|security|data|research|backend|frontend|mobile|platform|vertrieb|einkauf|personal|direction|equipe|mitarbeiter|kollegen)(?:[-_.+].*)?$|(?:^|[-_.])(?:team|all|list|group|everyone|leads|alle|verteiler|liste|equipe|squad|dl|grp)(?:[-_.]|$)/u;
const LIST_DOMAIN = /@(?:lists?|groups?|verteiler|listes)\.|@googlegroups\.com$/u;
const LIST_NAME = /\b(?:team|group|everyone|all staff|verteiler|gruppe|equipe|liste|distribution|squad|mailing ?list)\b/u;

export type PartyKind = "person" | "room" | "list" | "other";

/** Whether an entry of a guest list is somebody: rooms, calendars, note takers and lists of many are not. */
export function kindOf({ name, email }: Party): PartyKind {
  const [address, called] = [email.toLowerCase(), folded(name)];
  if (ROOM_ADDRESS.test(address) || ROOM_NAME.test(called)) return "room";
  if (CALENDAR_ADDRESS.test(address) || BOT.test(address) || BOT.test(called)) return "other";
  const local = address.split("@")[0] ?? "";
  if (LIST_DOMAIN.test(address) || LIST_LOCAL.test(local) || LIST_NAME.test(called)) return "list";
  return "person";
}

/** The parts of a name, folded: "Ana Silva" and "Silva, Ana" are the same. */
function nameParts(name: string): string[] {
  return folded(name)
    .replace(/\(.*?\)/gu, " ")
    .split(/[\s,.;]+/u)
    .filter((part) => part.length > 1);
}

/** "dana.kim@x" says "Dana Kim"; an address without a joint says nothing certain. */
export function nameFromAddress(email: string): string {
  const parts = (email.split("@")[0] ?? "")
    .replace(/\+.*$/u, "")
    .replace(/\d+$/u, "")
    .split(/[._-]+/u);
  return parts
    .filter(Boolean)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(" ");
}

function isSameName(a: string, b: string): boolean {
  const [first, second] = [nameParts(a), nameParts(b)];
  if (first.length === 0 || second.length === 0) return false;
  if (first.length === 1 && second.length === 1) return first[0] === second[0];
  return first.length > 1 && second.length > 1 && first.toSorted().join(" ") === second.toSorted().join(" ");
}

export function isSelf(party: Party, self: Self): boolean {
  if (party.email !== "" && self.addresses.has(party.email.toLowerCase())) return true;
  if (self.name === null) return false;
  return isSameName(party.name, self.name) || (party.email !== "" && isSameName(nameFromAddress(party.email), self.name));
}

/** Everybody of a series once, the organiser too. */
function partiesOf({ organizer, attendees }: Pick<EventSeries, "organizer" | "attendees">): Party[] {
  const all = [...attendees.filter((one) => !one.isRoom), ...(organizer ? [organizer] : [])];
  const byAddress = Map.groupBy(all, ({ name, email }) => (email === "" ? folded(name) : email.toLowerCase()));
  return [...byAddress]
    .filter(([key]) => key !== "")
    .map(([, same]) => ({ email: same[0]?.email ?? "", name: same.find((one) => one.name !== "")?.name ?? "" }));
}

const OFTEN = 0.8;
const ENOUGH = 3;

/**
 * The owner's addresses in a calendar: the known one, and one that stands in nearly every event while no other does as often.
 */
export function ownAddresses(all: readonly Pick<EventSeries, "organizer" | "attendees">[], known: string | null): Set<string> {
  const own = new Set(known === null ? [] : [known.toLowerCase()]);
  const withGuests = all.map(partiesOf).filter((parties) => parties.length > 0);
  const counts = Map.groupBy(
    withGuests.flatMap((parties) => parties.filter((one) => one.email !== "" && kindOf(one) === "person")),
    (one) => one.email.toLowerCase(),
  );
  const [first, second] = [...counts]
    .map(([email, found]) => ({ email, count: found.length }))
    .toSorted((a, b) => b.count - a.count);
  const stands = first && first.count >= ENOUGH && first.count >= withGuests.length * OFTEN && first.count > (second?.count ?? 0);
  return stands ? own.add(first.email) : own;
}

export interface Guests {
  /** The people beside the owner; rooms and lists are not counted. */
  readonly others: readonly Party[];
  readonly hasList: boolean;
  /** False: the calendar names nobody at all. */
  readonly areNamed: boolean;
}

export function guestsOf(series: Pick<EventSeries, "organizer" | "attendees">, self: Self): Guests {
  const parties = partiesOf(series);
  const people = parties.filter((one) => kindOf(one) === "person");
  const others = people.filter((one) => !isSelf(one, self));
  // Two people of whom none is known to be the owner: one of them is, since it is the owner's calendar. An organiser invites.
  const isUnknownPair = others.length === 2 && people.length === 2;
  const [first, second] = others;
  const organizer = series.organizer?.email.toLowerCase();
  const guess = first && second && (second.email.toLowerCase() === organizer ? second : first);
  return {
    others: isUnknownPair && guess ? [guess] : others,
    hasList: parties.some((one) => kindOf(one) === "list"),
    areNamed: parties.length > 0,
  };
}

/** Whether a name in a title means this person: the whole name, or the first one. */
export function isCalled(name: string, person: string): boolean {
  const [said, full] = [nameParts(name), nameParts(person)];
  if (said.length === 0 || full.length === 0) return false;
  if (said.length === 1) return said[0] === full[0] || said[0] === full.at(-1);
  return isSameName(name, person) || (said[0] === full[0] && full.length === 1);
}
