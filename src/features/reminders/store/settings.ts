import type { OwnerId } from "../../../lib/ids.ts";
import { instantText } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/storage/database.ts";
import type { OwnerHoursTable, ReminderChannel, ReminderKind, ReminderSettingTable } from "../schema.ts";

export function readHours(db: Db, owner: OwnerId): Promise<OwnerHoursTable | undefined> {
  return db.selectFrom("owner_hours").selectAll().where("owner_id", "=", owner).executeTakeFirst();
}

export async function putHours(tx: Tx, row: OwnerHoursTable): Promise<void> {
  const { owner_id: _key, ...values } = row;
  await tx
    .insertInto("owner_hours")
    .values(row)
    .onConflict((conflict) => conflict.columns(["owner_id"]).doUpdateSet(values))
    .execute();
}

export function listSettings(db: Db, owner: OwnerId): Promise<ReminderSettingTable[]> {
  return db.selectFrom("reminder_setting").selectAll().where("owner_id", "=", owner).execute();
}

/** Keeps how a kind is told. Choosing the same again changes nothing, so that it stays wanted since then. */
export async function putSetting(
  tx: Tx,
  owner: OwnerId,
  now: Temporal.Instant,
  kind: ReminderKind,
  channel: ReminderChannel,
): Promise<void> {
  const values = { channel, since_at: instantText(now) };
  await tx
    .insertInto("reminder_setting")
    .values({ owner_id: owner, kind, ...values })
    .onConflict((conflict) =>
      conflict.columns(["owner_id", "kind"]).doUpdateSet(values).where("reminder_setting.channel", "<>", channel),
    )
    .execute();
}
