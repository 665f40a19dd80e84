import type { LedInstance } from "../../meetings/index.ts";
import type { EventSeries, SeriesInstance } from "../schema/following.ts";
import { zoneOf } from "./finding-series.ts";

/** What several event series say together about one series of meetings. */
export interface LeadFacts {
  readonly instances: readonly LedInstance[];
  readonly cancelledKeys: readonly string[];
  readonly until: Temporal.Instant;
  readonly rhythm: string;
  readonly doubtedZone: string | null;
}

function wall(instant: Temporal.Instant, zone: string): string {
  return instant.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: "minute" });
}

/** The day that a key means in a zone: it is the instant, or the day, of the date before anybody moved it. */
function plannedDay(key: string, zone: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/u.test(key)) return key;
  if (!/^\d{4}-\d{2}-\d{2}T.*Z$/u.test(key)) return undefined;
  return Temporal.Instant.from(key).toZonedDateTimeISO(zone).toPlainDate().toString();
}

function ledInstance(one: SeriesInstance, ownZone: string): LedInstance {
  const zone = zoneOf(one.zone, ownZone);
  const localStart = wall(Temporal.Instant.from(one.startsAt), zone);
  return {
    key: one.key,
    plannedOn: plannedDay(one.key, zone) ?? localStart.slice(0, 10),
    localStart,
    zone,
    minutes: one.minutes,
    isMoved: one.isMoved,
    isDoubted: one.isDoubted,
  };
}

/** `zone` is the owner's; `now` says up to when was read where the calendar holds nothing of the series any more. */
export function leadFacts(all: readonly EventSeries[], zone: string, now: Temporal.Instant): LeadFacts {
  const instances = new Map(all.flatMap((one) => one.instances).map((one) => [one.key, ledInstance(one, zone)]));
  const untils = all.map((one) => one.until).toSorted();
  return {
    instances: [...instances.values()].toSorted((a, b) => (a.localStart < b.localStart ? -1 : 1)),
    cancelledKeys: [...new Set(all.flatMap((one) => one.cancelledKeys))],
    until: untils[0] === undefined ? now.add({ hours: 24 * 7 * 52 }) : Temporal.Instant.from(untils[0]),
    rhythm: [...new Set(all.map((one) => one.rhythm))].join(", and "),
    doubtedZone: all.find((one) => one.doubtedZone !== null)?.doubtedZone ?? null,
  };
}
