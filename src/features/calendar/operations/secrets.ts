import { AppError } from "../../../lib/errors.ts";
import { openSealer } from "../../../platform/keys/seal.ts";
import type { KeySource } from "../../../platform/keys/seal.ts";
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
