import { parseArgs } from "node:util";
import type { DialectName } from "../src/platform/storage/database.ts";

/** How much is measured. */
export interface Plan {
  /** Numbers of owners in one database, growing. */
  readonly owners: readonly number[];
  readonly stores: readonly DialectName[];
  readonly starts: number;
  /** Program and bare server take turns this often; the median counts. */
  readonly rounds: number;
  readonly secondsARound: number;
  readonly searches: number;
  readonly writesARound: number;
  readonly pageLoads: number;
}

const FULL = { owners: [1, 100, 1_000], starts: 7, rounds: 5, secondsARound: 2, searches: 400, writesARound: 100, pageLoads: 15 };
const QUICK = { owners: [1, 20], starts: 2, rounds: 2, secondsARound: 0.3, searches: 20, writesARound: 10, pageLoads: 2 };

/** More would not fit between two milliseconds of the search index's row ids. */
const MOST_OWNERS = 1_000;

export const USAGE = `npm run bench -- [--quick] [--owners 1,100,1000] [--stores sqlite,postgres]

  --quick    a smoke test of a minute: 1 and 20 owners, short runs
  --owners   how many owners share the database, one measurement for each, growing; at most ${MOST_OWNERS}
  --stores   what to measure on`;

/** Reads the command line. Throws an Error with a sentence for the person who typed it. */
export function readPlan(words: readonly string[]): Plan {
  const { values } = parseArgs({
    args: [...words],
    options: { quick: { type: "boolean" }, owners: { type: "string" }, stores: { type: "string" } },
  });
  const plan = values.quick ? QUICK : FULL;
  const owners = values.owners?.split(",").map(Number) ?? plan.owners;
  const grow = owners.every(
    (count, index) => Number.isInteger(count) && count > (owners[index - 1] ?? 0) && count <= MOST_OWNERS,
  );
  if (!grow) throw new Error(`--owners takes growing whole numbers up to ${MOST_OWNERS}, such as 1,100.\n\n${USAGE}`);
  const stores = values.stores?.split(",") ?? ["sqlite", "postgres"];
  if (!stores.every((name) => name === "sqlite" || name === "postgres"))
    throw new Error(`--stores takes sqlite, postgres or both with a comma.\n\n${USAGE}`);
  return { ...plan, owners, stores };
}
