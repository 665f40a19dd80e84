import type { Migration } from "kysely/migration";
import * as account from "./001-account.ts";
import * as people from "./002-people.ts";

/** Forwards only, in the order of their names. A released migration is never edited; add the next number. */
export const migrations: Record<string, Migration> = {
  "001-account": account,
  "002-people": people,
};
