import { invalidField } from "../../lib/errors.ts";
import type { Wording } from "./schema.ts";

/** Names without repetitions; case does not make another name, the first spelling stays. */
export function distinctNames(names: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const name of names) if (!seen.has(name.toLowerCase())) seen.set(name.toLowerCase(), name);
  return [...seen.values()];
}

/** Somebody who travels may already be in tomorrow. */
function dayAfter(today: string): string {
  return Temporal.PlainDate.from(today).add({ days: 1 }).toString();
}

/** Throws AppError `invalid` when the parts of a wording do not belong together. `today` is the day in the owner's zone. */
export function settleWording(wording: Wording, today: string): Wording {
  const { kind, energy, happenedOn } = wording;
  if (kind === "energy" && energy === null)
    throw invalidField("energy", "Say how it left you, from -2 (drained) to 2 (full of energy).");
  if (kind !== "energy" && energy !== null)
    throw invalidField("energy", 'The number belongs to the kind "energy". Leave it out, or choose that kind.');
  if (happenedOn > today && happenedOn > dayAfter(today))
    throw invalidField("happenedOn", "This day has not come yet. Choose today or an earlier day.");
  return { ...wording, projects: distinctNames(wording.projects), skills: distinctNames(wording.skills) };
}

/** Whether anything a reader sees differs between two wordings. */
export function differs(a: Wording, b: Wording): boolean {
  const seen = ({ kind, text, happenedOn, energy, projects, skills }: Wording): string =>
    JSON.stringify([kind, text, happenedOn, energy, projects, skills]);
  return seen(a) !== seen(b);
}

/**
 * The moment of a capture in the record: the moment it was written when that was on the day it is about, otherwise
 * noon of that day in the owner's zone.
 */
export function momentOf(happenedOn: string, writtenAt: Temporal.Instant, zone: string): Temporal.Instant {
  const written = writtenAt.toZonedDateTimeISO(zone);
  if (written.toPlainDate().toString() === happenedOn) return writtenAt;
  return Temporal.PlainDate.from(happenedOn).toZonedDateTime({ timeZone: zone, plainTime: "12:00" }).toInstant();
}

/** Splits what was typed into one field, "Atlas, Hiring", into names. */
export function namesIn(typed: string): string[] {
  return typed
    .split(/[,;\n]/u)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
