import { ensureToken, listOwners, renewToken, tokenFileIn } from "../../features/account/index.ts";
import { reindexEntries } from "../../features/record/index.ts";
import { systemClock } from "../../platform/clock.ts";
import { openInstallation } from "../../installation.ts";
import { type Database, inTransaction } from "../../platform/storage/database.ts";
import type { CommandContext } from "./command.ts";
import { usage } from "./failure.ts";

function onlyPath({ terminal, words }: CommandContext, command: string): string {
  const [typed, ...more] = words;
  if (!typed || more.length > 0 || typed.startsWith("--")) throw usage(`Say which file: throughline ${command} FILE.`);
  return terminal.path(typed);
}

/** The search index of every owner, made again where a copy went from one kind of store to the other. */
async function reindexAll(database: Database): Promise<void> {
  for (const owner of await listOwners(database.reader)) await inTransaction(database, (tx) => reindexEntries(tx, owner));
}

export async function backupCommand(context: CommandContext): Promise<number> {
  const path = onlyPath(context, "backup");
  const { backup } = await import("../../platform/storage/backup.ts");
  const installation = await openInstallation(context.config());
  try {
    const { rows, bytes } = await backup(installation.database, path, reindexAll);
    context.terminal.out(
      `Saved and checked: ${path} (${rows.toLocaleString("en")} rows, ${Math.ceil(bytes / 1024).toLocaleString("en")} kB). The key for the stored mail password is not in it.`,
    );
    return 0;
  } finally {
    await installation.close();
  }
}

export async function restoreCommand(context: CommandContext): Promise<number> {
  const path = onlyPath(context, "restore");
  const { restore } = await import("../../platform/storage/restore.ts");
  const { rows, keptAs } = await restore(context.config(), path, systemClock.now(), reindexAll);
  context.terminal.out(
    `Restored ${rows.toLocaleString("en")} rows from ${path}.${keptAs ? ` What was there before is kept as ${keptAs}.` : ""}`,
  );
  return 0;
}

export async function tokenCommand({ terminal, words, config }: CommandContext): Promise<number> {
  const [act, ...more] = words;
  if ((act !== "show" && act !== "renew") || more.length > 0)
    throw usage("Say what to do: throughline token show, or throughline token renew.");
  const { dataFolder } = config();
  const { database, owner, clock, close } = await openInstallation(config());
  try {
    const work = act === "show" ? ensureToken : renewToken;
    terminal.out(await work(database, owner, clock.now(), tokenFileIn(dataFolder)));
    if (act === "renew") terminal.err("The old token no longer works. Give this one to the programs that used it.");
    return 0;
  } finally {
    await close();
  }
}
