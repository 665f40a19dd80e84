import type { EventSeries, Party, TitleVerdict } from "../schema/following.ts";
import { guestsOf, type Guests, isCalled, nameFromAddress, type Self } from "./finding-people.ts";
import { folded, readTitle, type TitleSigns } from "./finding-titles.ts";

/** Somebody the owner has 1:1s with already. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

export interface FindingFacts {
  readonly self: Self;
  readonly people: readonly KnownPerson[];
  /** What the owner said about titles: a phrase as it is folded. */
  readonly titleRules: readonly { readonly key: string; readonly phrase: string; readonly verdict: TitleVerdict }[];
}

/** How much speaks for a 1:1, with the reasons in words and a guess who the other one is. */
export interface Finding {
  readonly score: number;
  readonly isLikely: boolean;
  readonly reasons: readonly string[];
  readonly name: string | null;
  readonly email: string | null;
  readonly personId: string | null;
}

/** From here on it is shown as a 1:1, and from there as one that might be. Set on bench/calendar's development set. */
const LIKELY = 55;
const POSSIBLE = 40;
const SURE = 200;

interface Sign {
  readonly points: number;
  readonly reason?: string;
}

const sign = (points: number, reason?: string): Sign => (reason === undefined ? { points } : { points, reason });

function guestSigns({ others, hasList, areNamed }: Guests): Sign[] {
  const signs: Sign[] = [];
  if (others.length === 1) signs.push(sign(40, "one other person"));
  if (others.length === 2) signs.push(sign(-40));
  if (others.length > 2) signs.push(sign(-80));
  if (areNamed && others.length === 0) signs.push(sign(-20));
  if (hasList) signs.push(sign(-30));
  return signs;
}

function pairSign(pair: TitleSigns["pair"], guests: Guests, self: Self): Sign | undefined {
  if (!pair) return undefined;
  const names = pair.join(" and ");
  const namesSelf = pair.some((one) => self.name !== null && isCalled(one, self.name));
  const namesOther = guests.others.length === 1 && pair.some((one) => isCalled(one, nameOf(guests.others[0])));
  return sign(namesSelf || namesOther ? 50 : 35, `its title names ${names}`);
}

function titleSigns(signs: TitleSigns, guests: Guests, self: Self): Sign[] {
  const { oneToOne, talk, otherwise, pair, name } = signs;
  const found: Sign[] = [];
  if (oneToOne !== null) found.push(sign(50, `its title says “${oneToOne}”`));
  else if (talk !== null) found.push(sign(20, `its title says “${talk}”`));
  const two = pairSign(pair, guests, self);
  if (two) found.push(two);
  // Where nobody is named as a guest, the title is all there is.
  if (name !== null) found.push(sign(guests.areNamed ? 15 : 25, `its title names ${name}`));
  // A title that says both is believed the first one, where the guests agree.
  const isBoth = oneToOne !== null && guests.others.length <= 1;
  if (otherwise.length > 0) found.push(sign(isBoth ? -30 : -70));
  return found;
}

const rhythmWords = (rhythm: string): string => `repeats ${rhythm}`;

function shapeSigns({ minutes, everyDays, rhythm }: EventSeries): Sign[] {
  const signs: Sign[] = [];
  if (minutes > 90) signs.push(sign(-45));
  if (everyDays === null) signs.push(sign(-5));
  else if (everyDays < 5) signs.push(sign(-45, rhythmWords(rhythm)));
  else signs.push(sign(everyDays <= 35 ? 10 : 0, rhythmWords(rhythm)));
  return signs;
}

function nameOf(party: Party | undefined): string {
  if (!party) return "";
  return party.name !== "" && !party.name.includes("@") ? party.name : nameFromAddress(party.email);
}

/** Who the other one is: the only other guest, else whom the title names beside the owner. */
function otherOf(signs: TitleSigns, guests: Guests, self: Self): { name: string | null; email: string | null } {
  const [only] = guests.others;
  if (only && guests.others.length === 1) return { name: nameOf(only) || null, email: only.email || null };
  if (signs.pair) {
    const isOwn = (one: string): boolean => self.name !== null && isCalled(one, self.name);
    const other = signs.pair.filter((one) => !isOwn(one));
    // Without the owner among them, either could be meant.
    return { name: other.length === 1 ? (other[0] ?? null) : null, email: null };
  }
  return { name: signs.name, email: null };
}

function knownPerson(
  people: readonly KnownPerson[],
  other: { name: string | null; email: string | null },
  title: string,
): KnownPerson | undefined {
  const byAddress = people.find((one) => one.email !== null && one.email.toLowerCase() === other.email?.toLowerCase());
  if (byAddress) return byAddress;
  const called =
    other.name === null
      ? []
      : people.filter((one) => isCalled(other.name ?? "", one.name) || isCalled(one.name, other.name ?? ""));
  if (called.length === 1) return called[0];
  if (other.name !== null) return undefined;
  const words = new Set(folded(title).split(/[^\p{L}\p{N}']+/u));
  const named = people.filter((one) => words.has(folded(one.name).split(" ")[0] ?? ""));
  return named.length === 1 ? named[0] : undefined;
}

function ruleFor(title: string, rules: FindingFacts["titleRules"]): FindingFacts["titleRules"][number] | undefined {
  const text = folded(title);
  const fitting = rules.filter((rule) => rule.key !== "" && text.includes(rule.key));
  // The longest phrase says most about this title.
  return fitting.toSorted((a, b) => b.key.length - a.key.length)[0];
}

/**
 * How much speaks for an event series being a 1:1, or undefined when too little does. What the owner said about titles goes before
 * everything else; all-day events have no hour and never are one.
 */
export function findOneToOne(series: EventSeries, facts: FindingFacts): Finding | undefined {
  const rule = ruleFor(series.title, facts.titleRules);
  if (series.isAllDay || rule?.verdict === "never") return undefined;
  const { self, people } = facts;
  const guests = guestsOf(series, self);
  const title = readTitle(series.title);
  const other = otherOf(title, guests, self);
  const known = knownPerson(people, other, series.title);
  const signs = [...shapeSigns(series), ...guestSigns(guests), ...titleSigns(title, guests, self)];
  if (known) signs.push(sign(30, `you know ${known.name}`));
  if (rule) signs.push(sign(SURE, `you said that “${rule.phrase}” always is one`));
  const score = signs.reduce((sum, one) => sum + one.points, 0);
  if (score < POSSIBLE) return undefined;
  return {
    score,
    isLikely: score >= LIKELY,
    reasons: signs.filter((one) => one.points > 0).flatMap((one) => one.reason ?? []),
    name: known?.name ?? other.name,
    email: known?.email ?? other.email,
    personId: known?.id ?? null,
  };
}
