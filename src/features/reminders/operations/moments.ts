import type { OwnerId } from "../../../lib/ids.ts";
import type { Db } from "../../../platform/storage/database.ts";
import { readOwner } from "../../account/index.ts";
import { planSend } from "../../delivery/index.ts";
import { hasGrowthBlock, type MeetingState } from "../../meetings/index.ts";
import { growthTurns, type GrowthTurn } from "../rules/growth.ts";
import { type Hours, usualHours } from "../rules/hours.ts";
import type { MeetingFacts } from "../rules/moments.ts";
import type { OwnerHoursTable } from "../schema.ts";
import {
  listHappenings,
  listMailFacts,
  listMeetingFacts,
  listRecapChanges,
  type MailFactsRow,
  type MeetingFactsRow,
  type Span,
} from "../store/moments.ts";
import { readHours } from "../store/settings.ts";

/** The owner's hours, and when they (or the zone that they are in) last changed. */
export interface KnownHours extends Hours {
  readonly changedAt: string;
}

export function toHours(row: OwnerHoursTable | undefined, zone: string): Hours {
  const { prepareTime, quietFrom, quietUntil, weekdays } = usualHours;
  return {
    zone,
    prepareTime: Temporal.PlainTime.from(row?.prepare_time ?? prepareTime),
    quietFrom: Temporal.PlainTime.from(row?.quiet_from ?? quietFrom),
    quietUntil: Temporal.PlainTime.from(row?.quiet_until ?? quietUntil),
    weekdays: new Set(row?.weekdays.split(",").map(Number) ?? weekdays),
  };
}

/** When somebody may be reminded: as they said, else from eight to eight on Monday to Friday. */
export async function hoursOf(db: Db, owner: OwnerId): Promise<KnownHours> {
  const { zone, updated_at: ownerChanged } = await readOwner(db, owner);
  const row = await readHours(db, owner);
  return { ...toHours(row, zone), changedAt: latest(ownerChanged, row?.updated_at) };
}

function latest(...times: readonly (string | null | undefined)[]): string {
  return times.reduce<string>((last, one) => (one && one > last ? one : last), "");
}

function stateOf({ held_at, not_held_at, cancelled_at }: MeetingFactsRow): MeetingState {
  if (held_at !== null) return "held";
  if (not_held_at !== null) return "not_held";
  return cancelled_at === null ? "planned" : "cancelled";
}

const instantOf = (text: string | null): Temporal.Instant | undefined =>
  text === null ? undefined : Temporal.Instant.from(text);

function agendaOf(mails: readonly MailFactsRow[]): MeetingFacts["agenda"] {
  const live = mails.find((mail) => mail.kind === "agenda" && mail.withdrawn_at === null);
  return (
    live && {
      way: live.way,
      sendAt: Temporal.Instant.from(live.send_at),
      sentAt: instantOf(live.sent_at),
      isStuck: [live.held_at, live.missed_at, live.failed_at].some((at) => at !== null),
    }
  );
}

/** A day ahead of the start, as it was planned from afar: what the plan becomes once it is late would move with every look. */
function plannedSendAt(startsAt: Temporal.Instant, zone: string): Temporal.Instant {
  return planSend({ startsAt, zone, now: startsAt.subtract({ hours: 72 }) }).sendAt;
}

interface Around {
  readonly mails: readonly MailFactsRow[];
  readonly turn: GrowthTurn | undefined;
  readonly recapChangedAt: string | undefined;
  readonly hours: KnownHours;
}

function factsOf(row: MeetingFactsRow, { mails, turn, recapChangedAt, hours }: Around): MeetingFacts {
  const startsAt = Temporal.Instant.from(row.starts_at);
  const changedAt = latest(
    row.updated_at,
    row.person_updated_at,
    row.series_updated_at,
    row.recap_started_at,
    row.recap_waived_at,
    recapChangedAt,
    turn?.changedAt,
    hours.changedAt,
    ...mails.map((mail) => mail.updated_at),
  );
  return {
    id: row.id,
    personName: row.name,
    state: stateOf(row),
    startsAt,
    endsAt: startsAt.add({ minutes: row.minutes }),
    plannedSendAt: plannedSendAt(startsAt, row.zone),
    agenda: agendaOf(mails),
    hasGrowthBlock: turn?.hasBlock ?? false,
    isRecapDone:
      row.recap_waived_at !== null ||
      mails.some((mail) => mail.kind === "recap" && mail.withdrawn_at === null && mail.sent_at !== null),
    changedAt: Temporal.Instant.from(changedAt),
  };
}

/** The meetings of a span with all that their moments follow from: six queries, however many meetings there are. */
export async function meetingFactsIn(db: Db, owner: OwnerId, span: Span, hours: KnownHours): Promise<MeetingFacts[]> {
  const rows = await listMeetingFacts(db, owner, span);
  if (rows.length === 0) return [];
  const mails = Map.groupBy(await listMailFacts(db, owner, span), (mail) => mail.meeting_id);
  const recapChanges = await listRecapChanges(db, owner, span);
  const turns = growthTurns(await listHappenings(db, owner, span.until), hasGrowthBlock);
  return rows.map((row) =>
    factsOf(row, {
      mails: mails.get(row.id) ?? [],
      turn: turns.get(row.id),
      recapChangedAt: recapChanges.get(row.id),
      hours,
    }),
  );
}
