import { sql } from "kysely";
import type { OwnerId } from "../../lib/ids.ts";
import type { Db } from "../../platform/storage/database.ts";

export interface WinRow {
  readonly id: string;
  readonly text: string;
  readonly happened_on: string;
  /** Whether anybody was told. SQLite answers with a number. */
  readonly is_shared: boolean | number;
}

/** The wins from a day on, the latest first, and whether the ledger says that somebody was told. */
export async function listWins(db: Db, owner: OwnerId, from: string): Promise<WinRow[]> {
  const { rows } = await sql<WinRow>`select c.id, c.text, c.happened_on,
      exists (select 1 from telling as t where t.owner_id = c.owner_id and t.capture_id = c.id) as is_shared
    from capture as c
    where c.owner_id = ${owner} and c.kind = 'win' and c.deleted_at is null and c.happened_on >= ${from}
    order by c.happened_on desc, c.id desc`.execute(db);
  return rows;
}
