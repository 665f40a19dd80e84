import { AppError } from "../../../lib/errors.ts";
import type { OwnerId } from "../../../lib/ids.ts";
import { type KeySource, openSealer } from "../../../platform/keys/seal.ts";
import { ReadingTrouble } from "../rules/trouble.ts";
import type { CalendarSourceTable } from "../schema.ts";
import type { Login } from "./fetching.ts";

/** Opens what was sealed. Throws ReadingTrouble when the key is another one: then only the owner can help. */
function open(sealed: string | null, config: KeySource): string {
  try {
    return openSealer(config).open(sealed ?? "");
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new ReadingTrouble(
      "key",
      "The address of this calendar was sealed with another key, so it cannot be read. Enter it again.",
      true,
    );
  }
}

export function openUrl({ sealed_address }: Pick<CalendarSourceTable, "sealed_address">, config: KeySource): URL {
  return new URL(open(sealed_address, config));
}

export function openLogin({ sealed_login }: Pick<CalendarSourceTable, "sealed_login">, config: KeySource): Login {
  return JSON.parse(open(sealed_login, config)) as Login;
}

export function seal(text: string, config: KeySource): string {
  return openSealer(config).seal(text);
}

/** An account as it was typed, while its owner chooses among its calendars. */
export interface TypedAccount {
  readonly address: string;
  readonly user: string;
  readonly password: string;
  readonly allowPrivate: boolean;
}

const CHOOSING_HOURS = 1;

/** What was typed, sealed for the page on which calendars are chosen: nothing is stored before that. */
export function sealTyped(owner: OwnerId, now: Temporal.Instant, account: TypedAccount, config: KeySource): string {
  return seal(JSON.stringify({ owner, until: now.add({ hours: CHOOSING_HOURS }).toString(), account }), config);
}

/** Undefined when it was sealed for somebody else, elsewhere, or too long ago. */
export function openTyped(owner: OwnerId, now: Temporal.Instant, sealed: string, config: KeySource): TypedAccount | undefined {
  let typed: { owner: string; until: string; account: TypedAccount };
  try {
    typed = JSON.parse(openSealer(config).open(sealed)) as typeof typed;
  } catch {
    return undefined;
  }
  return typed.owner === owner && Temporal.Instant.compare(now, typed.until) < 0 ? typed.account : undefined;
}
