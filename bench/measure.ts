import { setTimeout as pause } from "node:timers/promises";
import { searchRecord } from "../src/features/record/index.ts";
import type { OwnerId } from "../src/lib/ids.ts";
import { systemClock } from "../src/platform/clock.ts";
import { call } from "../src/platform/operation.ts";
import type { Database } from "../src/platform/storage/database.ts";
import { load, type LoadPlan, type LoadResult, median, requestBytes, percentileOf } from "./load.ts";
import { MEASURED, searchFor } from "./notes.ts";
import type { Plan } from "./options.ts";
import { notesInTheDom } from "./pages.ts";
import { type Measured, residentMegabytes } from "./processes.ts";

/** One number beside that of the bare server, which does not have every figure. */
export interface Pair {
  readonly ours: number;
  readonly bare?: number;
}

/** What is measured for one number of owners on one store, by the name of the figure. */
export type Measurements = Readonly<Record<string, Pair>>;

const SETTLE_MS = 3_000;

/** The median of several starts; the first one, which fills the compile cache, does not count. */
async function startTime(starts: number, start: () => Promise<Measured>): Promise<number> {
  const times: number[] = [];
  for (let turn = -1; turn < starts; turn += 1) {
    const one = await start();
    if (turn >= 0) times.push(one.startMs);
    await one.stop();
  }
  return median(times);
}

function medianOf(results: readonly LoadResult[], figure: keyof LoadResult): number {
  return median(results.map((result) => result[figure]));
}

/** Both servers in turns, so that whatever else the machine does meets both. Throws when an answer was an error. */
async function inTurns(rounds: number, ours: LoadPlan, bare: LoadPlan): Promise<{ ours: LoadResult[]; bare: LoadResult[] }> {
  const results = { ours: [] as LoadResult[], bare: [] as LoadResult[] };
  // The first round warms both up and does not count.
  for (let round = -1; round < rounds; round += 1) {
    const [one, other] = [await load(bare), await load(ours)];
    if (round >= 0) results.bare.push(one);
    if (round >= 0) results.ours.push(other);
  }
  const failures = [...results.ours, ...results.bare].reduce((sum, result) => sum + result.failures, 0);
  if (failures > 0) throw new Error(`${failures} requests were answered with an error`);
  return results;
}

async function recordPage(plan: Plan, ours: Measured, bare: Measured, connections: number): Promise<Measurements> {
  const facts = { connections, seconds: plan.secondsARound };
  const ask = (server: Measured, path: string): LoadPlan => {
    const bytes = requestBytes(server.port, "GET", path);
    return { ...facts, port: server.port, request: () => bytes };
  };
  const results = await inTurns(plan.rounds, ask(ours, "/record"), ask(bare, "/"));
  return {
    [`page-rate-${connections}`]: {
      ours: medianOf(results.ours, "requestsPerSecond"),
      bare: medianOf(results.bare, "requestsPerSecond"),
    },
    [`page-p99-${connections}`]: { ours: medianOf(results.ours, "p99"), bare: medianOf(results.bare, "p99") },
  };
}

/** Notes on days all over the past, so that the newest page stays the same on every run. */
function noteForm(): () => string {
  let count = 0;
  return () => {
    count += 1;
    const day = Temporal.PlainDate.from("2017-01-01")
      .add({ days: count % 3_000 })
      .toString();
    return new URLSearchParams({
      kind: "win",
      happenedOn: day,
      text: `${MEASURED} number ${count}, forty words would not change much`,
    }).toString();
  };
}

async function durableWrite(plan: Plan, ours: Measured, bare: Measured): Promise<Measurements> {
  const nextForm = noteForm();
  const post = (server: Measured, path: string): LoadPlan => ({
    port: server.port,
    connections: 1,
    seconds: 60,
    requests: plan.writesARound,
    request: () =>
      requestBytes(server.port, "POST", path, {
        body: nextForm(),
        headers: { "content-type": "application/x-www-form-urlencoded" },
      }),
  });
  const results = await inTurns(plan.rounds, post(ours, "/journal"), post(bare, "/"));
  return {
    "write-p50": { ours: medianOf(results.ours, "p50"), bare: medianOf(results.bare, "p50") },
    "write-p99": { ours: medianOf(results.ours, "p99"), bare: medianOf(results.bare, "p99") },
  };
}

async function searchOverHttp(plan: Plan, ours: Measured): Promise<Measurements> {
  let count = 0;
  const nextRequest = (): Buffer =>
    requestBytes(ours.port, "GET", `/record/search?text=${encodeURIComponent(searchFor((count += 1)))}`);
  const result = await load({ port: ours.port, connections: 1, seconds: 60, requests: plan.searches, request: nextRequest });
  if (result.failures > 0) throw new Error(`${result.failures} searches were answered with an error`);
  return { "search-http-p50": { ours: result.p50 }, "search-http-p99": { ours: result.p99 } };
}

/** The operation by itself, without the web. */
export async function searchInProcess(plan: Plan, database: Database, owner: OwnerId): Promise<Measurements> {
  const times: number[] = [];
  for (let count = -20; count < plan.searches; count += 1) {
    const begun = performance.now();
    await call({ owner, database, clock: systemClock }, searchRecord, { text: searchFor(count) });
    if (count >= 0) times.push(performance.now() - begun);
  }
  return { "search-p50": { ours: median(times) }, "search-p99": { ours: percentileOf(times, 0.99) } };
}

interface Servers {
  startOurs(): Promise<Measured>;
  startBare(): Promise<Measured>;
}

/** Everything that is asked of a running server, and how fast one starts. */
export async function measureServers(plan: Plan, { startOurs, startBare }: Servers): Promise<Measurements> {
  const starts = { ours: await startTime(plan.starts, startOurs), bare: await startTime(plan.starts, startBare) };
  const [ours, bare] = [await startOurs(), await startBare()];
  try {
    await pause(SETTLE_MS);
    const idle = { ours: residentMegabytes(ours.pid), bare: residentMegabytes(bare.pid) };
    const one = await recordPage(plan, ours, bare, 1);
    const sixteen = await recordPage(plan, ours, bare, 16);
    const search = await searchOverHttp(plan, ours);
    const write = await durableWrite(plan, ours, bare);
    const loaded = { ours: residentMegabytes(ours.pid), bare: residentMegabytes(bare.pid) };
    const dom = await notesInTheDom(ours, bare, plan.pageLoads);
    return { start: starts, "rss-idle": idle, "rss-loaded": loaded, ...one, ...sixteen, ...search, ...write, dom };
  } finally {
    await ours.stop();
    await bare.stop();
  }
}
