import { type CalDavPlace, CalDavTrouble, findProperties, listOf, type Member, textOf } from "./caldav-request.ts";

/** A calendar that holds events. */
export interface FoundCalendar {
  readonly url: URL;
  readonly name: string;
}

const CALENDAR_NAMES = ["d:resourcetype", "d:displayname", "c:supported-calendar-component-set"];
const ENTRANCE_NAMES = [...CALENDAR_NAMES, "d:current-user-principal", "c:calendar-home-set"];

function isCalendar({ properties }: Member): boolean {
  const { resourcetype } = properties;
  return typeof resourcetype === "object" && resourcetype !== null && "calendar" in resourcetype;
}

/** Whether events may be in it: one that says nothing about it takes everything (RFC 4791, section 5.2.3). */
function takesEvents({ properties }: Member): boolean {
  const set = properties["supportedCalendarComponentSet"] as { comp?: unknown } | undefined;
  const components = listOf(set?.comp).map((one) => (one["_attributes"] as { name?: string } | undefined)?.name?.toUpperCase());
  return components.length === 0 || components.includes("VEVENT");
}

function nameOf({ path = "", properties }: Member): string {
  const shown = textOf(properties["displayname"])?.trim();
  if (shown) return shown;
  const last = path.split("/").findLast((part) => part !== "") ?? "Calendar";
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** Where a property points to. Home sets may lie on another server of the same provider (iCloud), which this one vouches for. */
function hrefIn(base: URL, value: unknown): URL | undefined {
  const [first] = listOf((value as { href?: unknown } | undefined)?.href);
  const text = textOf(first);
  const url = text === undefined ? null : URL.parse(text, base);
  return url && url.protocol === base.protocol ? url : undefined;
}

function calendarsAmong(base: URL, members: readonly Member[]): FoundCalendar[] {
  return members
    .filter((one) => one.path !== undefined && isCalendar(one) && takesEvents(one))
    .map((one) => ({ url: new URL(one.path ?? "", base), name: nameOf(one) }));
}

interface Entrance {
  readonly calendars: readonly FoundCalendar[];
  readonly principal: URL | undefined;
  readonly home: URL | undefined;
}

async function look(place: CalDavPlace): Promise<Entrance> {
  const { members } = await findProperties(place, "0", ENTRANCE_NAMES);
  const properties = members[0]?.properties ?? {};
  return {
    calendars: calendarsAmong(place.url, members),
    principal: hrefIn(place.url, properties["currentUserPrincipal"]),
    home: hrefIn(place.url, properties["calendarHomeSet"]),
  };
}

/** The address itself, then the well-known one, then the root (RFC 6764, section 6). */
function entrances({ url }: CalDavPlace): URL[] {
  const all = [url, new URL("/.well-known/caldav", url), new URL("/", url)];
  return all.filter((one, index) => all.findIndex((other) => other.href === one.href) === index);
}

const MAY_BE_ELSEWHERE = new Set(["gone", "not_caldav", "unsupported"]);

async function findEntrance(place: CalDavPlace): Promise<Entrance> {
  let trouble: unknown;
  for (const url of entrances(place)) {
    try {
      const found = await look({ ...place, url });
      if (found.calendars.length > 0 || found.principal || found.home) return found;
    } catch (error) {
      // A refused login is not tried elsewhere: too many wrong ones lock an account.
      if (!(error instanceof CalDavTrouble) || !MAY_BE_ELSEWHERE.has(error.trouble)) throw error;
      trouble ??= error;
    }
  }
  throw (
    trouble ??
    new CalDavTrouble("not_caldav", `${place.url.host} does not say where your calendars are. Check the server's address.`)
  );
}

/**
 * The calendars with events of an account. `place.url` may be a server, a principal, a home or one calendar; then it is that one.
 * Throws CalDavTrouble or WebTrouble, in words.
 */
export async function findCalendars(place: CalDavPlace): Promise<FoundCalendar[]> {
  const entrance = await findEntrance(place);
  if (entrance.calendars.length > 0) return [...entrance.calendars];
  const home = entrance.home ?? (entrance.principal && (await look({ ...place, url: entrance.principal })).home);
  if (!home)
    throw new CalDavTrouble("not_caldav", `${place.url.host} does not say where your calendars are. Check the server's address.`);
  const { members } = await findProperties({ ...place, url: home }, "1", CALENDAR_NAMES);
  return calendarsAmong(home, members);
}
