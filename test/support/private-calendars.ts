import { calendarSourceOperations, type CalendarConfig } from "../../src/features/calendar/index.ts";
import { newSource } from "../../src/features/calendar/operations/adding.ts";
import { seal } from "../../src/features/calendar/operations/secrets.ts";
import { insertSource } from "../../src/features/calendar/store/sources.ts";
import { changeObjects } from "../../src/features/calendar/store/texts.ts";
import { inTransaction } from "../../src/platform/storage/database.ts";
import type { TestApp } from "./test-app.ts";
import { weeklyCalendar } from "./weekly-calendar.ts";
import { withWebPeer } from "./web-peer.ts";

/** Private calendars as their owner left them: one of an account with sealed login, one at a secret address. */
export async function keepPrivateCalendars(app: TestApp, config: CalendarConfig, canary: string): Promise<void> {
  const { database, owner, clock } = app;
  const now = clock.now();
  const row = newSource(owner, now, {
    kind: "caldav",
    name: `${canary} calendar_source.name of an account`,
    shown_address: `${canary}.example/…shown`,
    sealed_address: seal(`https://${canary}.example/dav/`, config),
    sealed_login: seal(JSON.stringify({ user: canary, password: canary }), config),
    allowPrivate: false,
  });
  const object = { href: `/${canary} calendar_object.href`, etag: null, text: `${canary} calendar_object.text` };
  await inTransaction(database, async (tx) => {
    await insertSource(tx, { ...row, next_at: null });
    await changeObjects(tx, owner, now, row.id, { put: [object], gone: [] });
  });
  const { addAddress } = calendarSourceOperations(config);
  await withWebPeer(
    (_request, response) => response.end(weeklyCalendar(1)),
    async (at) => {
      await app.call(addAddress, { address: `${at}/${canary}/basic.ics`, allowPrivate: true });
    },
  );
}
