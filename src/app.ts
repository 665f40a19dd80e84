import { join } from "node:path";
import type { Hono } from "hono";
import { accountPages, ensureToken, isLiveToken, tokenFileIn } from "./features/account/index.ts";
import { calendarPages, createCalendarReader } from "./features/calendar/index.ts";
import { applySmtpUrl, mailConfigOf, mailSettingsPages } from "./features/delivery/index.ts";
import { examplePages, VIEW_COOKIE } from "./features/example/index.ts";
import { guestPages } from "./features/guest/index.ts";
import { featurePages, operationsOf } from "./features/index.ts";
import { mailboxSettingsPages } from "./features/mailbox/index.ts";
import { feedProgram, reminderPages } from "./features/reminders/index.ts";
import { openExample } from "./example-installation.ts";
import { type AppFacts, startJobs } from "./jobs.ts";
import { openSealer } from "./platform/keys/seal.ts";
import type { Caller } from "./platform/operation.ts";
import { programFolder } from "./platform/program-folder.ts";
import { reachOf } from "./platform/reach.ts";
import type { Schedule } from "./platform/schedule.ts";
import { inTransaction } from "./platform/storage/database.ts";
import { apiPages, httpApi } from "./surfaces/http-api/index.ts";
import { mcpEndpoint } from "./surfaces/mcp/index.ts";
import { openAssets } from "./surfaces/web/assets.ts";
import { clockPages } from "./surfaces/web/clock-pages.ts";
import type { WebContext } from "./surfaces/web/kit/web.ts";
import { loopbackHosts } from "./surfaces/web/security.ts";
import { webApp } from "./surfaces/web/web.ts";
import { surroundingsReader } from "./surroundings.ts";
import { version } from "./platform/version.ts";

/** An archive of many years, with room to spare; it is read into memory whole. */
const LARGEST_ARCHIVE = 200_000_000;
/** A calendar of 20 MB, the largest that is read, and what a form puts around it. */
const LARGEST_CALENDAR_FILE = 21_000_000;
/** A mail of 5 MB, the largest that is read, and what a form puts around it. */
const LARGEST_MAIL_FILE = 5_100_000;

/** The whole program behind one `fetch`, and the work that it does by itself. */
export interface App {
  readonly fetch: Hono["fetch"];
  /** Adds the loopback names of a port to the hosts that are answered. */
  answerTo(port: number): void;
  startJobs(): void;
  stop(): Promise<void>;
}

/** Puts features, surfaces and recurring jobs together for one installation. */
export async function buildApp(facts: AppFacts): Promise<App> {
  const { config, installation, log } = facts;
  const { database, owner, clock, shifted } = installation;
  const reach = reachOf(config);
  const own: Caller = { owner, database, clock, reach };
  const tokenFile = tokenFileIn(config.dataFolder);
  await ensureToken(database, owner, clock.now(), tokenFile);
  const { smtpUrl } = config;
  if (smtpUrl) await inTransaction(database, (tx) => applySmtpUrl(tx, owner, clock.now(), smtpUrl, openSealer(config)));

  const example = openExample(config.dataFolder, clock);
  const isExample = (c: WebContext): boolean =>
    example.current !== undefined && (c.req.header("cookie") ?? "").includes(VIEW_COOKIE);
  const callerFor = (c: WebContext): Caller => {
    const { current } = example;
    return current && isExample(c) ? { owner: current.owner, database: current.database, clock } : own;
  };
  const surroundings = surroundingsReader();

  const calendars = createCalendarReader({ database, clock, log, config: mailConfigOf(config) });
  let schedule: Schedule | undefined;
  const allowedHosts = new Set<string>();
  const tokenOwner = async (token: string): Promise<Caller | undefined> =>
    (await isLiveToken(database.reader, owner, token)) ? own : undefined;
  const unexpected = (error: Error): void => log.error({ err: error }, "A request failed unexpectedly");

  const assets = openAssets(join(programFolder, "src"));
  const operations = operationsOf(mailConfigOf(config));
  const app = webApp({
    featurePages: [
      ...featurePages,
      () => accountPages({ database, clock, tokenFile }),
      () => mailSettingsPages(mailConfigOf(config)),
      () => mailboxSettingsPages(mailConfigOf(config)),
      () => calendarPages(mailConfigOf(config)),
      () => reminderPages(config),
      () => apiPages(operations),
      () => examplePages(example),
      ...(shifted ? [() => clockPages(shifted, async () => schedule?.runAll())] : []),
    ],
    programs: {
      "/api": httpApi({
        operations,
        version,
        callerFor: tokenOwner,
        tokenPlace: `in the file ${tokenFile} and on the page /settings`,
        log: unexpected,
      }),
      "/feeds": feedProgram({ database, clock, config }),
      "/mcp": mcpEndpoint({ operations, version, callerFor: tokenOwner, log: unexpected }),
      ...(reach ? { "/g": guestPages({ database, clock, reach, links: assets.styleLinks, log: unexpected }) } : {}),
    },
    callerFor,
    surroundingsFor: (c, caller) =>
      surroundings(caller, {
        isExample: isExample(c),
        clockIsShifted: shifted !== undefined,
        isWrite: c.req.method !== "GET" && c.req.method !== "HEAD",
      }),
    allowedHosts,
    publicHost: reach && new URL(reach.url).host,
    largeForms: { "/archive": LARGEST_ARCHIVE, "/calendar/files": LARGEST_CALENDAR_FILE, "/mailbox/file": LARGEST_MAIL_FILE },
    assets,
    log: unexpected,
  });
  return {
    fetch: app.fetch,
    answerTo(port) {
      for (const host of loopbackHosts(port)) allowedHosts.add(host);
    },
    startJobs() {
      schedule = startJobs(facts, calendars);
    },
    async stop() {
      await schedule?.stop();
      calendars.close();
      await example.discard();
    },
  };
}
