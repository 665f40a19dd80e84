// A recurrence rule as text (RFC 5545 section 3.3.10), checked before anything is computed from it: what costs without end is refused.
import { type Moment, readMoment } from "./moments.ts";

export type Frequency = "YEARLY" | "MONTHLY" | "WEEKLY" | "DAILY";

export interface Rule {
  readonly freq: Frequency;
  readonly interval: number;
  readonly count: number | undefined;
  readonly until: Moment | undefined;
  readonly wkst: string | undefined;
  readonly byDay: string[] | undefined;
  readonly byMonth: number[] | undefined;
  readonly byMonthDay: number[] | undefined;
  readonly byYearDay: number[] | undefined;
  readonly byWeekNo: number[] | undefined;
  readonly bySetPos: number[] | undefined;
  readonly byHour: number[] | undefined;
  readonly byMinute: number[] | undefined;
  readonly bySecond: number[] | undefined;
}

/** Why a rule is not followed, as the end of a sentence that begins "It was left out: ". */
export class RefusedRule extends Error {}

const FREQUENCIES = new Set<string>(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]);
const TOO_OFTEN = new Set(["HOURLY", "MINUTELY", "SECONDLY"]);
const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const LONGEST_RULE = 4_000;
const MOST_IN_LIST = 400;
/** A rule that fires more often a day than every hour is no meeting. */
const MOST_A_DAY = 24;

function partsOf(text: string): Map<string, string> {
  if (text.length > LONGEST_RULE) throw new RefusedRule("its rule is longer than any real one.");
  const parts = new Map<string, string>();
  for (const part of text
    .toUpperCase()
    .replace(/^\s*RRULE:/u, "")
    .split(";")) {
    const [name = "", value = ""] = part.split("=");
    if (name.trim()) parts.set(name.trim(), value.trim());
  }
  return parts;
}

function listOf(text: string | undefined): string[] | undefined {
  if (text === undefined || text === "") return undefined;
  const list = text.split(",").map((one) => one.trim());
  if (list.length > MOST_IN_LIST) throw new RefusedRule("its rule names more days or hours than there are.");
  return [...new Set(list)];
}

/** Whole numbers from `least` to `most`; with `negative` also counted from the end. */
function numbersOf(
  parts: Map<string, string>,
  name: string,
  least: number,
  most: number,
  negative = false,
): number[] | undefined {
  const list = listOf(parts.get(name));
  if (!list) return undefined;
  const numbers = list.map(Number);
  const fits = (one: number): boolean => {
    const size = negative ? Math.abs(one) : one;
    return Number.isInteger(one) && size >= least && size <= most;
  };
  if (!numbers.every(fits) || list.includes("")) throw new RefusedRule(`its rule has a ${name} that does not exist.`);
  return numbers;
}

function positive(parts: Map<string, string>, name: string): number | undefined {
  const text = parts.get(name);
  if (text === undefined || text === "") return undefined;
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new RefusedRule(`its rule has ${name}=${text.slice(0, 20)}.`);
  return number;
}

/** Days such as MO or -1FR. Positions mean something in months and years only; elsewhere they are dropped. */
function daysOf(parts: Map<string, string>, freq: Frequency): string[] | undefined {
  const days = listOf(parts.get("BYDAY"));
  if (!days) return undefined;
  const keepsPosition = (freq === "MONTHLY" || freq === "YEARLY") && !parts.has("BYWEEKNO");
  const read = days.map((text) => {
    const found = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/u.exec(text);
    if (!found || Number(found[1] ?? 1) === 0 || Math.abs(Number(found[1] ?? 1)) > 53)
      throw new RefusedRule("its rule has a BYDAY that does not exist.");
    const [, position, day = ""] = found;
    return position && keepsPosition ? `${Number(position)}${day}` : day;
  });
  return [...new Set(read)];
}

function frequencyOf(parts: Map<string, string>): Frequency {
  const freq = parts.get("FREQ") ?? "";
  if (TOO_OFTEN.has(freq)) throw new RefusedRule(`it repeats ${freq.toLowerCase()}, more often than any meeting.`);
  if (!FREQUENCIES.has(freq)) throw new RefusedRule("its rule does not say how often.");
  return freq as Frequency;
}

function untilOf(parts: Map<string, string>): Moment | undefined {
  const text = parts.get("UNTIL");
  if (text === undefined || text === "") return undefined;
  const until = readMoment(text);
  if (!until) throw new RefusedRule("its rule ends on a day that does not exist.");
  return until;
}

function understood(text: string): Rule {
  const parts = partsOf(text);
  const freq = frequencyOf(parts);
  const scale = parts.get("RSCALE");
  if (scale !== undefined && scale !== "GREGORIAN") throw new RefusedRule("it repeats in another calendar system.");
  const wkst = parts.get("WKST");
  const rule: Rule = {
    freq,
    interval: positive(parts, "INTERVAL") ?? 1,
    count: positive(parts, "COUNT"),
    until: untilOf(parts),
    wkst: wkst !== undefined && WEEKDAYS.includes(wkst) ? wkst : undefined,
    byDay: daysOf(parts, freq),
    byMonth: numbersOf(parts, "BYMONTH", 1, 12),
    byMonthDay: numbersOf(parts, "BYMONTHDAY", 1, 31, true),
    byYearDay: numbersOf(parts, "BYYEARDAY", 1, 366, true),
    byWeekNo: numbersOf(parts, "BYWEEKNO", 1, 53, true),
    bySetPos: numbersOf(parts, "BYSETPOS", 1, 366, true),
    byHour: numbersOf(parts, "BYHOUR", 0, 23),
    byMinute: numbersOf(parts, "BYMINUTE", 0, 59),
    bySecond: numbersOf(parts, "BYSECOND", 0, 59),
  };
  const timesADay = (rule.byHour?.length ?? 1) * (rule.byMinute?.length ?? 1) * (rule.bySecond?.length ?? 1);
  if (timesADay > MOST_A_DAY) throw new RefusedRule("it repeats more often than every hour.");
  return rule;
}

// A calendar has thousands of series and a handful of rules.
const known = new Map<string, Rule | RefusedRule>();
const MOST_KNOWN = 1_000;

function understoodOrNot(text: string): Rule | RefusedRule {
  try {
    return understood(text);
  } catch (error) {
    if (error instanceof RefusedRule) return error;
    throw error;
  }
}

/** Reads a rule. Throws `RefusedRule` with the reason. */
export function readRule(text: string): Rule {
  const read = known.get(text) ?? understoodOrNot(text);
  if (known.size < MOST_KNOWN && text.length < LONGEST_RULE) known.set(text, read);
  if (read instanceof RefusedRule) throw read;
  return read;
}
