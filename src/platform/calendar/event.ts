// One VEVENT as it is written (RFC 5545 section 3.6.1), before zones and rules come into it.
import { createHash } from "node:crypto";
import { cleanLine, cleanText } from "../../lib/text.ts";
import type { Component } from "./components.ts";
import { type ContentLine, paramOf } from "./lines.ts";
import { type Length, type Moment, readLength, readMoment } from "./moments.ts";

export interface CalendarPerson {
  readonly name: string;
  /** "" when the file gives none. */
  readonly email: string;
}

export interface CalendarAttendee extends CalendarPerson {
  readonly status: "accepted" | "declined" | "tentative" | "needs-action" | "delegated";
  /** A room or a thing, not a person (RFC 5545 section 3.2.3). */
  readonly isRoom: boolean;
}

export type EventStatus = "confirmed" | "tentative" | "cancelled";

/** A date of a list such as RDATE, with the end or length that a PERIOD brings along. */
export interface ListedMoment {
  readonly moment: Moment;
  readonly end: Moment | undefined;
  readonly length: Length | undefined;
}

export interface WrittenEvent {
  readonly uid: string;
  /** Where it begins in the text, counted from 1. */
  readonly line: number;
  readonly start: Moment;
  readonly end: Moment | undefined;
  readonly length: Length | undefined;
  readonly rules: readonly string[];
  readonly exceptRules: readonly string[];
  readonly added: readonly ListedMoment[];
  readonly except: readonly Moment[];
  /** The instance of its series that it stands for. */
  readonly instance: Moment | undefined;
  /** Whether it stands for that instance and all that follow. */
  readonly andFollowing: boolean;
  readonly sequence: number;
  readonly stamp: string;
  readonly modified: string;
  readonly status: EventStatus;
  /** Its lines, for what is only of interest once it happens (`detailsOf`). */
  readonly component: Component;
}

export interface EventDetails {
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly organizer: CalendarPerson | null;
  readonly attendees: readonly CalendarAttendee[];
}

/** Why an event is left out, as the end of a sentence that begins "It was left out: ". */
export class UnreadableEvent extends Error {}

const LONGEST_UID = 500;
const LONGEST_LINE = 1_000;
const LONGEST_TEXT = 20_000;
const MOST_ATTENDEES = 500;
const MOST_DATES = 20_000;

/** Values of type TEXT (RFC 5545 section 3.3.11). */
function unescaped(value: string): string {
  return value.includes("\\") ? value.replace(/\\([\\;,nN:"])/gu, (_, sign: string) => (/n/iu.test(sign) ? "\n" : sign)) : value;
}

const oneLine = (line: ContentLine | undefined): string =>
  line ? cleanLine(unescaped(line.value.slice(0, LONGEST_LINE))).slice(0, LONGEST_LINE) : "";

const manyLines = (line: ContentLine | undefined): string =>
  line ? cleanText(unescaped(line.value.slice(0, LONGEST_TEXT))) : "";

function momentOf(line: ContentLine | undefined): Moment | undefined {
  return line && readMoment(line.value, paramOf(line, "TZID"));
}

function mailOf(line: ContentLine): string {
  const address =
    /^mailto:(.+)$/iu.exec(line.value.trim())?.[1] ??
    paramOf(line, "EMAIL") ??
    /^[^\s:]+@[^\s:]+$/u.exec(line.value.trim())?.[0] ??
    "";
  return cleanLine(address).slice(0, 254);
}

function personOf(line: ContentLine): CalendarPerson {
  return { name: cleanLine(paramOf(line, "CN") ?? "").slice(0, 200), email: mailOf(line) };
}

const ANSWERS = new Set(["accepted", "declined", "tentative", "delegated"]);

function attendeeOf(line: ContentLine): CalendarAttendee {
  const answer = (paramOf(line, "PARTSTAT") ?? "").toLowerCase();
  const status = (ANSWERS.has(answer) ? answer : "needs-action") as CalendarAttendee["status"];
  return { ...personOf(line), status, isRoom: /^(?:room|resource)$/iu.test(paramOf(line, "CUTYPE") ?? "") };
}

function statusOf(line: ContentLine | undefined): EventStatus {
  const status = line?.value.trim().toLowerCase();
  return status === "cancelled" || status === "canceled" ? "cancelled" : status === "tentative" ? "tentative" : "confirmed";
}

function listed(text: string, zoneName: string | undefined): ListedMoment | undefined {
  const [first = "", second] = text.split("/");
  const moment = readMoment(first, zoneName);
  if (!moment) return undefined;
  return { moment, end: second ? readMoment(second, zoneName) : undefined, length: second ? readLength(second) : undefined };
}

/** Every date of some lines; what is none is counted. */
function listOf(lines: readonly ContentLine[]): { dates: ListedMoment[]; unread: number } {
  const texts = lines.flatMap((line) => {
    const zone = paramOf(line, "TZID");
    return line.value.split(",").map((text) => ({ text: text.trim(), zone }));
  });
  const given = texts.filter(({ text }) => text !== "");
  if (given.length > MOST_DATES) throw new UnreadableEvent(`it lists more than ${MOST_DATES.toLocaleString("en")} dates.`);
  const dates = given.map(({ text, zone }) => listed(text, zone)).filter((one) => one !== undefined);
  return { dates, unread: given.length - dates.length };
}

/** The UID, or one made of what the event says, so that it is the same at the next reading. */
function uidOf(line: ContentLine | undefined, otherwise: string): { uid: string; isOwn: boolean } {
  const text = cleanLine(line?.value ?? "");
  const digest = (whole: string): string => createHash("sha256").update(whole).digest("hex").slice(0, 32);
  if (text === "") return { uid: `without-uid-${digest(otherwise)}`, isOwn: false };
  return { uid: text.length > LONGEST_UID ? `long-uid-${digest(text)}` : text, isOwn: true };
}

export interface ReadEvent {
  readonly event: WrittenEvent;
  /** What was odd about it but not in the way, as sentences. */
  readonly odd: readonly { readonly code: string; readonly message: string }[];
}

function byName(component: Component): Map<string, ContentLine[]> {
  const lines = new Map<string, ContentLine[]>();
  for (const line of component.lines) {
    const same = lines.get(line.name);
    if (same) same.push(line);
    else lines.set(line.name, [line]);
  }
  return lines;
}

function required(line: ContentLine | undefined, missing: string, unreadable: string): Moment {
  if (!line) throw new UnreadableEvent(missing);
  const moment = momentOf(line);
  if (!moment) throw new UnreadableEvent(unreadable);
  return moment;
}

/** The title that a component seems to have, also when the rest of it cannot be read. */
export function titleOf(component: Component): { uid: string; summary: string } {
  const find = (name: string): ContentLine | undefined => component.lines.find((line) => line.name === name);
  return { uid: oneLine(find("UID")).slice(0, LONGEST_UID), summary: oneLine(find("SUMMARY")) };
}

/** What an event says about itself. Most events of a file are not in the window that is looked at, so this is not read for all. */
export function detailsOf({ component }: WrittenEvent): EventDetails {
  const one = (name: string): ContentLine | undefined => component.lines.find((line) => line.name === name);
  const attendees = component.lines.filter((line) => line.name === "ATTENDEE").slice(0, MOST_ATTENDEES);
  const organizer = one("ORGANIZER");
  return {
    summary: oneLine(one("SUMMARY")),
    description: manyLines(one("DESCRIPTION")),
    location: oneLine(one("LOCATION")),
    organizer: organizer ? personOf(organizer) : null,
    attendees: attendees.map(attendeeOf),
  };
}

/** Reads one event. Throws `UnreadableEvent` with the reason when its start or its place in a series cannot be read. */
export function readEvent(component: Component): ReadEvent {
  const lines = byName(component);
  const one = (name: string): ContentLine | undefined => lines.get(name)?.[0];
  const all = (name: string): ContentLine[] => lines.get(name) ?? [];
  const texts = (name: string): string[] =>
    all(name)
      .map((line) => line.value.trim())
      .filter(Boolean);
  const startLine = one("DTSTART");
  const start = required(startLine, "it has no start.", "its start is not a date.");
  const instanceLine = one("RECURRENCE-ID");
  const instance = instanceLine && required(instanceLine, "", "the date that it replaces is not a date.");
  const [added, except] = [listOf(all("RDATE")), listOf(all("EXDATE"))];
  const { uid, isOwn } = uidOf(one("UID"), `${startLine?.value}|${instanceLine?.value}|${one("SUMMARY")?.value}`);
  const end = momentOf(one("DTEND"));
  const length = one("DURATION") && readLength(one("DURATION")?.value ?? "");
  const event: WrittenEvent = {
    uid,
    line: component.line,
    start,
    end,
    length,
    rules: texts("RRULE"),
    exceptRules: texts("EXRULE"),
    added: added.dates,
    except: except.dates.map(({ moment }) => moment),
    instance,
    andFollowing: instanceLine !== undefined && paramOf(instanceLine, "RANGE")?.toUpperCase() === "THISANDFUTURE",
    sequence: Number(/^\d{1,9}/u.exec(one("SEQUENCE")?.value.trim() ?? "")?.[0] ?? 0),
    stamp: one("DTSTAMP")?.value.trim() ?? "",
    modified: one("LAST-MODIFIED")?.value.trim() ?? "",
    status: statusOf(one("STATUS")),
    component,
  };
  const odd = [
    isOwn ? undefined : { code: "no_uid", message: "It has no UID, so it is followed by its start and its title." },
    one("DTEND") && !end ? { code: "bad_end", message: "Its end is not a date, so its length is unknown." } : undefined,
    one("DURATION") && !length
      ? { code: "bad_end", message: "Its duration cannot be read, so its length is unknown." }
      : undefined,
    added.unread + except.unread > 0
      ? { code: "bad_date", message: `${added.unread + except.unread} of its added or excepted dates cannot be read.` }
      : undefined,
  ];
  return { event, odd: odd.filter((sentence) => sentence !== undefined) };
}
