import { followSource } from "../../src/features/calendar/operations/following.ts";
import { followWindow } from "../../src/features/calendar/rules/window.ts";
import { insertSource } from "../../src/features/calendar/store/sources.ts";
import { newId, type OwnerId } from "../../src/lib/ids.ts";
import { expandCalendar } from "../../src/platform/calendar/expand.ts";
import { instantText } from "../../src/platform/clock.ts";
import { inTransaction } from "../../src/platform/storage/database.ts";
import type { TestApp } from "./test-app.ts";

/** One VEVENT, in the few words that a test is about. */
export interface EventText {
  readonly uid?: string;
  readonly title?: string;
  /** "20260310T100000", in `zone`. */
  readonly start: string;
  /** TZID; "" for a time without a zone. */
  readonly zone?: string;
  readonly minutes?: number;
  readonly rule?: string;
  readonly except?: readonly string[];
  /** Stands for the instance with this start of its series. */
  readonly instance?: string;
  readonly status?: "CONFIRMED" | "CANCELLED";
  readonly organizer?: string;
  readonly guests?: readonly string[];
  readonly sequence?: number;
}

const BERLIN = "Europe/Berlin";

/** Ana's 1:1 with Dana: who is invited to it. */
export const GUESTS = ["ana@example.org", "Dana Kim <dana@example.org>"] as const;

function guestLine(name: "ATTENDEE" | "ORGANIZER", guest: string): string {
  const { called, email } = /^(?:(?<called>.*?) )?<?(?<email>[^\s<>]+@[^\s<>]+)>?$/u.exec(guest)?.groups ?? {};
  return `${name}${called ? `;CN="${called}"` : ""}:mailto:${email ?? guest}`;
}

function lines(event: EventText): string[] {
  const { uid = "one@example.org", title = "1:1 Ana / Dana", start, zone = BERLIN, minutes = 30 } = event;
  const at = (name: string, value: string): string => (zone === "" ? `${name}:${value}` : `${name};TZID=${zone}:${value}`);
  return [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTAMP:20260301T080000Z",
    `SUMMARY:${title}`,
    at("DTSTART", start),
    `DURATION:PT${minutes}M`,
    ...(event.rule === undefined ? [] : [`RRULE:${event.rule}`]),
    ...(event.except ?? []).map((one) => at("EXDATE", one)),
    ...(event.instance === undefined ? [] : [at("RECURRENCE-ID", event.instance)]),
    ...(event.status === undefined ? [] : [`STATUS:${event.status}`]),
    ...(event.sequence === undefined ? [] : [`SEQUENCE:${event.sequence}`]),
    ...(event.organizer === undefined ? [] : [guestLine("ORGANIZER", event.organizer)]),
    ...(event.guests ?? []).map((guest) => guestLine("ATTENDEE", guest)),
    "END:VEVENT",
  ];
}

/** A calendar file with these events. */
export function calendarText(...events: readonly EventText[]): string {
  const all = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...events.flatMap(lines), "END:VCALENDAR"];
  return `${all.join("\r\n")}\r\n`;
}

/** A calendar that was never asked for: its readings are handed in. */
export async function addSource(app: TestApp, owner: OwnerId = app.owner): Promise<string> {
  const at = instantText(app.clock.now());
  const id = newId();
  await inTransaction(app.database, (tx) =>
    insertSource(tx, {
      owner_id: owner,
      id,
      kind: "file",
      name: "Work",
      shown_address: null,
      sealed_address: null,
      sealed_login: null,
      private_allowed_at: null,
      last_tried_at: at,
      last_read_at: at,
      stale_since_at: null,
      stopped_at: null,
      fail_reason: null,
      fail_code: null,
      failures: 0,
      next_at: null,
      lease_token: null,
      lease_until: null,
      etag: null,
      last_modified: null,
      sync_token: null,
      event_count: null,
      ahead_count: null,
      set_aside: "[]",
      warnings: "[]",
      shrunk_to: null,
      shrink_accepted_at: null,
      followed_at: null,
      removed_at: null,
      created_at: at,
      updated_at: at,
    }),
  );
  return id;
}

/** A good reading of a calendar: what follows it follows. */
export async function readText(app: TestApp, sourceId: string, text: string, owner: OwnerId = app.owner): Promise<void> {
  const now = app.clock.now();
  const expansion = expandCalendar(text, { ...followWindow(now), zone: "Europe/Berlin" });
  await inTransaction(app.database, (tx) => followSource(tx, owner, now, sourceId, expansion));
}
