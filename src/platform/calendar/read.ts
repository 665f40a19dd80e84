// A calendar file as it is written: its events one by one, and whatever had to be set aside with the reason.
import { type Components, type Component, readComponents, type ZoneComponent } from "./components.ts";
import { readEvent, titleOf, UnreadableEvent, type WrittenEvent } from "./event.ts";

/** An event that could not be read or followed. The others of the file are not touched by it. */
export interface SetAside {
  /** "" when it has none. */
  readonly uid: string;
  readonly summary: string;
  /** Where it begins in the text, counted from 1. */
  readonly line: number;
  /** A whole sentence. */
  readonly why: string;
}

export type WarningCode =
  | "unknown_zone"
  | "no_zone"
  | "repeated_uid"
  | "no_uid"
  | "bad_end"
  | "bad_date"
  | "broken_line"
  | "cut_off"
  | "more";

/** Something odd that cost no event, as a whole sentence. */
export interface CalendarWarning {
  readonly code: WarningCode | "set_aside";
  readonly message: string;
  readonly uid?: string;
  readonly line?: number;
}

export interface ReadCalendar {
  readonly events: readonly WrittenEvent[];
  readonly setAside: readonly SetAside[];
  readonly warnings: readonly CalendarWarning[];
  readonly zones: readonly ZoneComponent[];
  /** X-WR-TIMEZONE, as it is written. */
  readonly zoneName: string | undefined;
  /** X-WR-CALNAME; "" when the calendar has no name. */
  readonly name: string;
  /** METHOD in capitals, such as PUBLISH or CANCEL; "" when there is none. */
  readonly method: string;
  /** Whether it holds more events than are looked at; then none of them is here. */
  readonly isTooLarge: boolean;
  /** False for a text with neither a calendar nor an event in it, such as a web page. */
  readonly isCalendar: boolean;
  /** False when the text ends in the middle of something: half a file. */
  readonly isComplete: boolean;
}

function brokenLines({ broken, brokenCount }: Components): CalendarWarning[] {
  const [first] = broken;
  if (first === undefined) return [];
  const named = broken.slice(0, 5).join(", ");
  const message =
    brokenCount === 1
      ? `Line ${first} is not a calendar line and was left out.`
      : `${brokenCount.toLocaleString("en")} lines are not calendar lines and were left out, such as ${named}.`;
  return [{ code: "broken_line", message, line: first }];
}

function readOne(component: Component, events: WrittenEvent[], setAside: SetAside[], warnings: CalendarWarning[]): void {
  try {
    const { event, odd } = readEvent(component);
    events.push(event);
    for (const one of odd) warnings.push({ ...one, code: one.code as WarningCode, uid: event.uid, line: component.line });
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error;
    setAside.push({ ...titleOf(component), line: component.line, why: `It was left out: ${error.message}` });
  }
}

/** Reads the text of a calendar (RFC 5545), leniently. Never throws, whatever the text is; one bad event costs only itself. */
export function readCalendar(text: string): ReadCalendar {
  const components = readComponents(text);
  const { halves, zones, isCalendar, isComplete } = components;
  const events: WrittenEvent[] = [];
  const setAside: SetAside[] = [];
  const warnings: CalendarWarning[] = [];
  for (const component of components.events) readOne(component, events, setAside, warnings);
  for (const half of halves)
    setAside.push({ ...titleOf(half), line: half.line, why: "It was left out: the text ends in the middle of it." });
  warnings.push(...brokenLines(components));
  if (isCalendar && !isComplete)
    warnings.push({ code: "cut_off", message: "The text ends before the calendar does; it may be half a file." });
  const own = (name: string): string | undefined => components.lines.find((line) => line.name === name)?.value.trim();
  return {
    events,
    setAside,
    warnings,
    zones,
    zoneName: own("X-WR-TIMEZONE") || undefined,
    name: own("X-WR-CALNAME")?.slice(0, 200) ?? "",
    method: own("METHOD")?.toUpperCase() ?? "",
    isTooLarge: components.isTooMany,
    isCalendar,
    isComplete,
  };
}
