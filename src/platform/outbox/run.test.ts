import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { silentLog } from "../log.ts";
import { inTransaction } from "../storage/database.ts";
import { type OutboxHandler, runDue, type RunSummary } from "./run.ts";
import type { AttemptOutcome, OutboxState, Settlement } from "./schema.ts";
import { cancel, confirmSent, enqueue, nextDueAt, queueAgain, readRow, releaseHeld, reschedule } from "./store.ts";

interface Probe {
  readonly handler: OutboxHandler;
  readonly settlements: Settlement[];
  sent: number;
  next: AttemptOutcome;
}

/** A handler that "sends" by counting, and answers with `next`. */
function counting(changes: Partial<OutboxHandler> = {}): Probe {
  const probe: Probe = {
    settlements: [],
    sent: 0,
    next: { result: "sent" },
    handler: {
      async attempt(_item, begin) {
        if (probe.next.result === "sent" || probe.next.result === "unknown") {
          if (!(await begin())) return { result: "lost" };
          probe.sent += 1;
        }
        return probe.next;
      },
      async began() {},
      async settled(_tx, _item, settlement) {
        probe.settlements.push(settlement);
      },
      ...changes,
    },
  };
  return probe;
}

function run(app: TestApp, handler: OutboxHandler): Promise<RunSummary> {
  return runDue({ database: app.database, clock: app.clock, log: silentLog, handlers: { parcel: handler } });
}

function queue(app: TestApp, key: string, inMinutes: number, expiresInMinutes?: number): Promise<boolean> {
  const now = app.clock.now();
  const expiresAt = expiresInMinutes === undefined ? null : now.add({ minutes: expiresInMinutes });
  return inTransaction(app.database, (tx) =>
    enqueue(tx, app.owner, now, { key, kind: "parcel", dueAt: now.add({ minutes: inMinutes }), expiresAt }),
  );
}

async function stateOf(app: TestApp, key: string): Promise<OutboxState | undefined> {
  return (await readRow(app.database.reader, app.owner, key))?.state;
}

onEveryStore("work is done once, at its hour and not before", async (app) => {
  const probe = counting();
  assert.equal(await queue(app, "a", 60), true);
  assert.equal(await queue(app, "a", 5), false, "the same key is queued once");
  assert.equal((await nextDueAt(app.database.reader))?.toString(), app.clock.now().add({ minutes: 60 }).toString());
  await run(app, probe.handler);
  assert.equal(probe.sent, 0);
  app.clock.advance({ minutes: 60 });
  assert.equal((await run(app, probe.handler)).sent, 1);
  app.clock.advance({ days: 3 });
  await run(app, probe.handler);
  assert.deepEqual([probe.sent, await stateOf(app, "a"), await nextDueAt(app.database.reader)], [1, "sent", undefined]);
});

onEveryStore("ten workers at once deliver everything once", async (app) => {
  const probe = counting();
  for (let n = 0; n < 20; n += 1) await queue(app, `k${n}`, 0);
  const runs = await Promise.all(Array.from({ length: 10 }, () => run(app, probe.handler)));
  assert.equal(probe.sent, 20);
  assert.equal(
    runs.reduce((sum, one) => sum + one.sent, 0),
    20,
  );
});

onEveryStore("a temporary failure waits longer each time, and ends as missed when the hour has passed", async (app) => {
  const probe = counting();
  probe.next = { result: "retry", error: "The server is busy." };
  await queue(app, "a", 0, 10);
  const waits: number[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    await run(app, probe.handler);
    const next = (await nextDueAt(app.database.reader)) as Temporal.Instant;
    waits.push(app.clock.now().until(next).total("minutes"));
    app.clock.set(next.toString());
  }
  assert.deepEqual(waits, [1, 2, 4, 3], "the last wait ends with the expiry");
  assert.equal((await readRow(app.database.reader, app.owner, "a"))?.attempts, 4);
  assert.equal((await run(app, probe.handler)).missed, 1);
  assert.deepEqual(probe.settlements, ["missed"]);
});

onEveryStore("a worker that dies before its data began is replaced after its lease", async (app) => {
  const dead = counting({ attempt: () => new Promise(() => undefined) });
  await queue(app, "a", 0);
  void run(app, dead.handler);
  while ((await stateOf(app, "a")) !== "connecting") await new Promise((resolve) => setTimeout(resolve, 5));
  const alive = counting();
  app.clock.advance({ minutes: 9 });
  await run(app, alive.handler);
  assert.equal(alive.sent, 0, "the lease still holds");
  app.clock.advance({ minutes: 1 });
  await run(app, alive.handler);
  assert.deepEqual([alive.sent, await stateOf(app, "a")], [1, "sent"]);
});

onEveryStore("a worker that wakes up after its lease went to another sends nothing", async (app) => {
  let wake = (): void => undefined;
  const asleep = counting({
    async attempt(_item, begin) {
      await new Promise<void>((resolve) => (wake = resolve));
      return (await begin()) ? { result: "sent" } : { result: "lost" };
    },
  });
  await queue(app, "a", 0);
  const slow = run(app, asleep.handler);
  while ((await stateOf(app, "a")) !== "connecting") await new Promise((resolve) => setTimeout(resolve, 5));
  app.clock.advance({ minutes: 11 });
  const alive = counting();
  await run(app, alive.handler);
  wake();
  await slow;
  assert.deepEqual([alive.sent, asleep.settlements], [1, []]);
});

onEveryStore("a worker that dies while its data leaves is unknown: nobody sends again, its owner answers", async (app) => {
  const dead = counting({
    async attempt(_item, begin) {
      await begin();
      return new Promise(() => undefined);
    },
  });
  await queue(app, "a", 0);
  void run(app, dead.handler);
  while ((await stateOf(app, "a")) !== "in_data") await new Promise((resolve) => setTimeout(resolve, 5));
  app.clock.advance({ minutes: 10 });
  const alive = counting();
  await run(app, alive.handler);
  app.clock.advance({ days: 2 });
  await run(app, alive.handler);
  assert.deepEqual([alive.sent, alive.settlements, await stateOf(app, "a")], [0, ["unknown"], "unknown"]);
  const now = app.clock.now();
  assert.equal(
    await inTransaction(app.database, (tx) => cancel(tx, app.owner, now, "a")),
    false,
    "what may have arrived cannot be withdrawn",
  );
  assert.equal(await inTransaction(app.database, (tx) => queueAgain(tx, app.owner, now, "a", ["unknown"], null)), true);
  await run(app, alive.handler);
  assert.equal(alive.sent, 1);
});

onEveryStore("a slow worker can still report that the server took it after all", async (app) => {
  let finish = (): void => undefined;
  const slow = counting({
    async attempt(_item, begin) {
      await begin();
      await new Promise<void>((resolve) => (finish = resolve));
      return { result: "sent" };
    },
  });
  await queue(app, "a", 0);
  const running = run(app, slow.handler);
  while ((await stateOf(app, "a")) !== "in_data") await new Promise((resolve) => setTimeout(resolve, 5));
  app.clock.advance({ minutes: 10 });
  await run(app, counting().handler);
  finish();
  await running;
  assert.deepEqual([slow.settlements, await stateOf(app, "a")], [["sent"], "sent"]);
});

onEveryStore(
  "a probe that finds the work settles an unknown end; one that does not is asked again later, then the owner",
  async (app) => {
    const answers: ("sent" | "ask" | Temporal.Instant)[] = [];
    const probe = counting({ probe: async () => answers.shift() ?? "ask" });
    probe.next = { result: "unknown", error: "The line was lost." };
    await queue(app, "found", 0);
    answers.push(app.clock.now().add({ minutes: 12 }), "sent");
    await run(app, probe.handler);
    assert.equal(await stateOf(app, "found"), "unknown");
    app.clock.advance({ minutes: 12 });
    await run(app, probe.handler);
    assert.equal(await stateOf(app, "found"), "sent");
    await queue(app, "asked", 0);
    await run(app, probe.handler);
    assert.deepEqual([await stateOf(app, "asked"), await nextDueAt(app.database.reader)], ["unknown", undefined]);
    const now = app.clock.now();
    assert.equal(await inTransaction(app.database, (tx) => confirmSent(tx, app.owner, now, "asked")), true);
    assert.equal(await inTransaction(app.database, (tx) => confirmSent(tx, app.owner, now, "asked")), false);
  },
);

onEveryStore("withdrawing and sending race for the row, and one of them wins", async (app) => {
  const now = app.clock.now();
  await queue(app, "early", 0);
  assert.equal(await inTransaction(app.database, (tx) => cancel(tx, app.owner, now, "early")), true);
  let answer: boolean | undefined;
  const racing = counting({
    async attempt(_item, begin) {
      answer = await inTransaction(app.database, (tx) => cancel(tx, app.owner, now, "race"));
      return (await begin()) ? { result: "sent" } : { result: "lost" };
    },
  });
  await queue(app, "race", 0);
  await run(app, racing.handler);
  assert.deepEqual([answer, racing.settlements, await stateOf(app, "race")], [true, [], "cancelled"]);
});

onEveryStore("held work waits until it is released, and keeps its own hour", async (app) => {
  const probe = counting();
  probe.next = { result: "hold", error: "The password was refused." };
  await queue(app, "a", 0, 600);
  await run(app, probe.handler);
  app.clock.advance({ hours: 5 });
  probe.next = { result: "sent" };
  await run(app, probe.handler);
  assert.equal(probe.sent, 0);
  const now = app.clock.now();
  await queue(app, "later", 30);
  await inTransaction(app.database, (tx) => releaseHeld(tx, app.owner, now, ["a", "later"]));
  await run(app, probe.handler);
  assert.deepEqual([probe.sent, await stateOf(app, "a"), await stateOf(app, "later")], [1, "sent", "queued"]);
});

onEveryStore("work moved to another hour leaves the hands of a worker that had not begun", async (app) => {
  const now = app.clock.now();
  const moving = counting({
    async attempt(_item, begin) {
      await inTransaction(app.database, (tx) =>
        reschedule(tx, app.owner, now, "a", { dueAt: now.add({ hours: 2 }), expiresAt: null }),
      );
      return (await begin()) ? { result: "sent" } : { result: "lost" };
    },
  });
  await queue(app, "a", 0);
  await run(app, moving.handler);
  assert.equal(await stateOf(app, "a"), "queued");
  const probe = counting();
  app.clock.advance({ hours: 2 });
  await run(app, probe.handler);
  assert.equal(probe.sent, 1);
});

onEveryStore(
  "an error inside a handler never loses the row: before the data it is tried again, after it unknown",
  async (app) => {
    const failing = counting({
      async attempt(item, begin) {
        if (item.key === "after") await begin();
        throw new Error("a mistake in the program");
      },
    });
    await queue(app, "before", 0);
    await queue(app, "after", 0);
    await run(app, failing.handler);
    assert.deepEqual([await stateOf(app, "before"), await stateOf(app, "after")], ["queued", "unknown"]);
  },
);

onEveryStore("another owner's key is another row", async (app) => {
  await queue(app, "a", 0);
  const now = app.clock.now();
  assert.equal(await inTransaction(app.database, (tx) => cancel(tx, app.stranger, now, "a")), false);
});
