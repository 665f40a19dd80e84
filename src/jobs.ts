import { setImmediate as nextTurn } from "node:timers/promises";
import { listOwners } from "./features/account/index.ts";
import type { CalendarReader } from "./features/calendar/index.ts";
import { createMailWorker, mailConfigOf } from "./features/delivery/index.ts";
import { createMailboxWatcher, createMailProbe, draftFolder } from "./features/mailbox/index.ts";
import { keepMeetingsAhead } from "./features/meetings/index.ts";
import { createReminderWorker } from "./features/reminders/index.ts";
import type { Installation } from "./installation.ts";
import type { Config } from "./platform/config/config.ts";
import type { Log } from "./platform/log.ts";
import { readRunningServer } from "./platform/running-server.ts";
import { type Schedule, startSchedule } from "./platform/schedule.ts";
import { inTransaction } from "./platform/storage/database.ts";

/** What the program was started with. */
export interface AppFacts {
  readonly config: Config;
  readonly installation: Installation;
  readonly log: Log;
}

/** Meetings are planned half a year ahead, so once an hour is plenty. A thousand owners take a second: pages are answered in between. */
async function planAhead({ database, clock }: Installation): Promise<void> {
  for (const owner of await listOwners(database.reader)) {
    await inTransaction(database, (tx) => keepMeetingsAhead(tx, owner, clock.now()));
    await nextTurn();
  }
}

/** Starts everything that the program does by itself: mails at their hour, to the second; mailboxes and calendars; meetings ahead. */
export function startJobs({ config, installation, log }: AppFacts, calendars: CalendarReader): Schedule {
  const { database, clock, shifted } = installation;
  const parts = { database, clock, log, mailConfig: mailConfigOf(config) };
  const mail = createMailWorker({ ...parts, probe: createMailProbe(parts), drafts: draftFolder(parts, parts.mailConfig) });
  const mailboxes = createMailboxWatcher(parts);
  // The port is known for certain once the server listens, and is written down then.
  const origin = (): string => readRunningServer(config.dataFolder)?.url ?? `http://127.0.0.1:${config.port}`;
  const reminders = createReminderWorker({ ...parts, origin });
  const schedule = startSchedule(
    [
      { name: "keep meetings ahead", everySeconds: 3_600, run: () => planAhead(installation) },
      // Before the mails: a meeting that moved meanwhile takes its agenda along.
      { name: "read calendars", everySeconds: 30, run: () => calendars.tick() },
      { name: "send due mail", everySeconds: shifted ? 1 : 5, run: () => mail.tick() },
      // After the mails, so that nobody is told to look at one that has just gone out.
      { name: "remind", everySeconds: shifted ? 1 : 30, run: () => reminders.tick() },
      { name: "watch mailboxes", everySeconds: shifted ? 1 : 10, run: () => mailboxes.tick() },
    ],
    log,
  );
  return {
    runAll: () => schedule.runAll(),
    async stop() {
      calendars.close();
      await Promise.all([schedule.stop(), mailboxes.stop()]);
    },
  };
}
