import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { AppError } from "../../lib/errors.ts";
import type { Log } from "../../platform/log.ts";
import { calendarText, eventText, weeklyCalendar } from "../../../test/support/weekly-calendar.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { withWebPeer } from "../../../test/support/web-peer.ts";
import { calendarSourceOperations, createCalendarReader, listSources, removeSource, showSource } from "./index.ts";
import { sourceTexts } from "./store/texts.ts";

const config = { keyFile: "/nowhere", key: Buffer.alloc(32, 7).toString("base64") };
const { addAddress, addFile, readNow, renewAddress, acceptShrink } = calendarSourceOperations(config);
const SECRET = "private-c4n4ry-0123456789";

/** A calendar server whose next answers are scripted. */
interface CalendarServer {
  readonly address: string;
  /** Paths that were asked for, with their conditions. */
  readonly asked: { path: string; etag: string | undefined }[];
  answer(script: (response: ServerResponse, path: string) => unknown): void;
}

async function withCalendar(work: (server: CalendarServer) => Promise<void>): Promise<void> {
  const asked: CalendarServer["asked"] = [];
  let script: Parameters<CalendarServer["answer"]>[0] = (response) => response.end(weeklyCalendar(4));
  await withWebPeer(
    ({ url = "", headers }, response) => {
      asked.push({ path: url, etag: headers["if-none-match"] });
      return script(response, url);
    },
    async (at) => {
      const answer: CalendarServer["answer"] = (next) => {
        script = next;
      };
      await work({ address: `${at}/${SECRET}/basic.ics`, asked, answer });
    },
  );
}

function add(app: TestApp, server: CalendarServer, more: { name?: string } = {}) {
  return app.call(addAddress, { address: server.address, allowPrivate: true, ...more });
}

async function refusal(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("It should have been refused.");
}

function readerOf({ database, clock }: TestApp) {
  const lines: string[] = [];
  const note = (facts: Record<string, unknown>, message: string): void => void lines.push(`${message} ${JSON.stringify(facts)}`);
  const log: Log = { error: note, warn: note, info: note, debug: note };
  return { ...createCalendarReader({ database, clock, config, log }), lines };
}

onEveryStore("a calendar is read from its address, named after itself, and its address is shown masked", async (app) => {
  await withCalendar(async (server) => {
    const broken = eventText({ uid: "bad", summary: "Broken", start: "20261399T990000" });
    server.answer((response) =>
      response.end(
        calendarText(`${broken}${eventText({ uid: "a", summary: "Ana / Max", start: "20260309T100000" })}`, [
          "X-WR-CALNAME:Work",
        ]),
      ),
    );
    const source = await add(app, server);
    assert.equal(source.name, "Work");
    assert.equal(source.state, "fresh");
    assert.equal(source.eventCount, 2);
    assert.equal(source.aheadCount, 1);
    assert.equal(source.lastReadAt, app.clock.now().toString({ fractionalSecondDigits: 3 }));
    assert.equal(source.setAside.length, 1);
    assert.equal(source.setAside[0]?.summary, "Broken");
    assert.ok(source.setAside[0]?.why);
    assert.match(source.shownAddress ?? "", /^127\.0\.0\.1:\d+\/….ics$/u);
    const shown = JSON.stringify([await app.call(listSources, {}), await app.call(showSource, { id: source.id })]);
    assert.ok(!shown.includes(SECRET));
    assert.equal((await sourceTexts(app.database.reader, app.owner, source.id)).length, 1);
  });
});

onEveryStore("a stranger neither sees, reads, renews nor removes a calendar", async (app) => {
  await withCalendar(async (server) => {
    const { id } = await add(app, server);
    assert.deepEqual(await app.callAs(app.stranger, listSources, {}), { sources: [] });
    for (const operation of [showSource, readNow, acceptShrink, removeSource])
      assert.equal((await refusal(app.callAs(app.stranger, operation, { id }))).code, "not_found");
    const renewal = app.callAs(app.stranger, renewAddress, { id, address: server.address });
    assert.equal((await refusal(renewal)).code, "not_found");
  });
});

onEveryStore("what cannot be read at first is not kept, and the message stands beside the address", async (app) => {
  await withCalendar(async (server) => {
    const cases: [string, string, (response: ServerResponse) => unknown][] = [
      ["a page", "invalid", (response) => response.end("<!DOCTYPE html><title>Log in</title>")],
      ["nothing", "invalid", (response) => response.end()],
      ["half", "invalid", (response) => response.end(weeklyCalendar(3).slice(0, -60))],
      ["gone", "invalid", (response) => response.writeHead(404).end()],
      ["out of order", "unavailable", (response) => response.writeHead(503).end()],
      ["cut", "unavailable", (response) => response.destroy()],
      [
        "too large",
        "invalid",
        (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(25_000_000))),
      ],
    ];
    for (const [what, code, script] of cases) {
      server.answer(script);
      const error = await refusal(add(app, server));
      assert.equal(error.code, code, what);
      assert.equal(error.fields[0]?.field, "address", what);
      assert.ok(!JSON.stringify(error.fields).includes(SECRET), what);
    }
    for (const address of ["calendar", "ftp://example.org/a.ics", "javascript:alert(1)"])
      assert.equal((await refusal(app.call(addAddress, { address }))).fields[0]?.field, "address");
    assert.deepEqual(await app.call(listSources, {}), { sources: [] });
  });
});

onEveryStore("this machine is not asked before its owner allows it, also not by a redirect", async (app) => {
  await withCalendar(async (server) => {
    const refused = await refusal(app.call(addAddress, { address: server.address }));
    assert.equal(refused.code, "conflict");
    assert.equal(refused.fields[0]?.field, "allowPrivate");
    assert.equal(server.asked.length, 0);
    server.answer((response) => response.writeHead(302, { location: "http://169.254.169.254/latest/" }).end());
    assert.equal((await refusal(add(app, server))).code, "conflict");
  });
});

onEveryStore("the same calendar is not read twice", async (app) => {
  await withCalendar(async (server) => {
    await add(app, server);
    const again = await refusal(add(app, server));
    assert.equal(again.code, "conflict");
    assert.equal(again.fields[0]?.field, "address");
    assert.equal((await app.call(listSources, {})).sources.length, 1);
  });
});

onEveryStore("a calendar is read again every quarter of an hour, and what did not change counts as read", async (app) => {
  await withCalendar(async (server) => {
    server.answer((response) => response.writeHead(200, { etag: '"1"' }).end(weeklyCalendar(4)));
    const { id } = await add(app, server);
    const reader = readerOf(app);
    await reader.tick();
    assert.equal(server.asked.length, 1, "it is not due yet");
    server.answer((response) => response.writeHead(304).end());
    app.clock.advance({ minutes: 17 });
    await reader.tick();
    assert.deepEqual(
      server.asked.map((one) => one.etag),
      [undefined, '"1"'],
    );
    const source = await app.call(showSource, { id });
    assert.equal(source.lastReadAt, app.clock.now().toString({ fractionalSecondDigits: 3 }));
    assert.equal(source.state, "fresh");
    assert.ok(!reader.lines.join("\n").includes(SECRET), "no log names the address");
  });
});

onEveryStore("whatever goes wrong with a feed, what was read stays, and since when it is stale is said", async (app) => {
  await withCalendar(async (server) => {
    const { id } = await add(app, server);
    const before = await sourceTexts(app.database.reader, app.owner, id);
    const cases: [string, (response: ServerResponse) => unknown, RegExp][] = [
      ["5xx", (response) => response.writeHead(503).end("sorry"), /out of order/u],
      ["HTML", (response) => response.end("<!DOCTYPE html><h1>Log in</h1>"), /a web page/u],
      ["nothing", (response) => response.end(), /nothing at all/u],
      ["half a file", (response) => response.end(weeklyCalendar(4).slice(0, -20)), /half a calendar/u],
      ["some other text", (response) => response.end("hello"), /not a calendar/u],
      ["an end in the middle", (response) => response.destroy(), /connection/u],
      ["too many requests", (response) => response.writeHead(429).end(), /fewer requests/u],
      ["a refusal", (response) => response.writeHead(403).end(), /refuses/u],
      ["most of it gone", (response) => response.end(weeklyCalendar(1)), /Over half/u],
      ["all of it gone", (response) => response.end(calendarText("")), /Over half/u],
    ];
    const staleSince = app.clock.now().toString({ fractionalSecondDigits: 3 });
    for (const [what, script, words] of cases) {
      server.answer(script);
      const source = await app.call(readNow, { id });
      assert.match(source.failReason ?? "", words, what);
      assert.ok(!(source.failReason ?? "").includes(SECRET), what);
      assert.equal(source.staleSinceAt, staleSince, what);
      assert.ok(source.nextTryAt, `${what}: it is tried again`);
      assert.deepEqual(await sourceTexts(app.database.reader, app.owner, id), before, what);
      app.clock.advance({ minutes: 1 });
    }
    server.answer((response) => response.end(weeklyCalendar(4)));
    const well = await app.call(readNow, { id });
    assert.deepEqual([well.state, well.staleSinceAt, well.failReason, well.shrunkTo], ["fresh", null, null, null]);
  });
});

onEveryStore("after failures a server is asked less and less often, at least every six hours", async (app) => {
  await withCalendar(async (server) => {
    const { id } = await add(app, server);
    server.answer((response) => response.writeHead(500).end());
    const waits: number[] = [];
    for (let failures = 0; failures < 8; failures += 1) {
      const { nextTryAt } = await app.call(readNow, { id });
      waits.push(
        app.clock
          .now()
          .until(nextTryAt ?? "")
          .total("minutes"),
      );
    }
    const expected = [30, 60, 120, 240, 360, 360, 360, 360];
    for (const [index, minutes] of expected.entries())
      assert.ok(Math.abs((waits[index] ?? 0) - minutes) <= minutes / 10 + 0.1, waits.join(" "));
  });
});

onEveryStore("an address that is gone is asked no more, until its owner gives the new one", async (app) => {
  await withCalendar(async (server) => {
    for (const status of [404, 410]) {
      server.answer((response) => response.end(weeklyCalendar(4)));
      const { id } = await add(app, server);
      server.answer((response) => response.writeHead(status).end());
      const gone = await app.call(readNow, { id });
      assert.equal(gone.state, "stopped");
      assert.equal(gone.nextTryAt, null);
      assert.match(gone.failReason ?? "", /copy the new one/u);
      const count = server.asked.length;
      app.clock.advance({ hours: 24 });
      await readerOf(app).tick();
      assert.equal(server.asked.length, count, "nobody asks");
      const still = await refusal(app.call(renewAddress, { id, address: server.address }));
      assert.equal(still.fields[0]?.field, "address", "the new one must work before the old one is given up");
      server.answer((response, path) =>
        path.startsWith("/new") ? response.end(weeklyCalendar(5)) : response.writeHead(404).end(),
      );
      const address = new URL("/new/secret/basic.ics", server.address).href;
      const renewed = await app.call(renewAddress, { id, address });
      assert.deepEqual([renewed.state, renewed.eventCount], ["fresh", 5]);
      await app.call(removeSource, { id });
    }
  });
});

onEveryStore("events that really are gone are gone once their owner has said so", async (app) => {
  await withCalendar(async (server) => {
    const { id } = await add(app, server);
    assert.equal((await app.call(acceptShrink, { id })).state, "fresh", "without need it changes nothing");
    server.answer((response) => response.end(weeklyCalendar(1)));
    const shrunk = await app.call(readNow, { id });
    assert.deepEqual([shrunk.state, shrunk.shrunkTo, shrunk.eventCount], ["shrunk", 1, 4]);
    const accepted = await app.call(acceptShrink, { id });
    assert.deepEqual([accepted.state, accepted.shrunkTo, accepted.eventCount], ["fresh", null, 1]);
    assert.deepEqual(await sourceTexts(app.database.reader, app.owner, id), [weeklyCalendar(1)]);
    server.answer((response) => response.end(calendarText("")));
    assert.equal((await app.call(readNow, { id })).state, "shrunk", "the yes counted once");
  });
});

onEveryStore("two processes that read at once ask once", async (app) => {
  await withCalendar(async (server) => {
    await add(app, server);
    app.clock.advance({ minutes: 17 });
    await Promise.all([readerOf(app).tick(), readerOf(app).tick(), readerOf(app).tick()]);
    assert.equal(server.asked.length, 2);
  });
});

onEveryStore("a reading that was under way when its source was removed brings nothing back", async (app) => {
  await withCalendar(async (server) => {
    const { id } = await add(app, server);
    server.answer(async (response) => {
      await app.call(removeSource, { id });
      response.end(weeklyCalendar(5));
    });
    app.clock.advance({ minutes: 17 });
    await readerOf(app).tick();
    assert.deepEqual(await app.call(listSources, {}), { sources: [] });
    assert.deepEqual(await sourceTexts(app.database.reader, app.owner, id), []);
    const rows = await app.database.reader.selectFrom("calendar_source").selectAll().execute();
    assert.deepEqual([rows[0]?.sealed_address, rows[0]?.shown_address], [null, null], "its secrets are gone");
  });
});

onEveryStore("a program that stops while it waits stops at once, and the source is read by the next", async (app) => {
  await withCalendar(async (server) => {
    const { id } = await add(app, server);
    app.clock.advance({ minutes: 17 });
    const reader = readerOf(app);
    server.answer(() => reader.close());
    await reader.tick();
    assert.equal((await app.call(showSource, { id })).state, "fresh", "stopping is no failure");
    server.answer((response) => response.end(weeklyCalendar(6)));
    await readerOf(app).tick();
    assert.equal((await app.call(showSource, { id })).eventCount, 6);
  });
});

onEveryStore("of the texts, the present one and the one before are kept", async (app) => {
  await withCalendar(async (server) => {
    const { id } = await add(app, server);
    for (let count = 5; count < 10; count += 1) {
      app.clock.advance({ minutes: 1 });
      server.answer((response) => response.end(weeklyCalendar(count)));
      await app.call(readNow, { id });
    }
    const kept = await app.database.reader.selectFrom("calendar_snapshot").select("text").orderBy("read_at").execute();
    assert.deepEqual(
      kept.map((one) => one.text),
      [weeklyCalendar(8), weeklyCalendar(9)],
    );
    server.answer((response) => response.end(weeklyCalendar(9).replaceAll("T080000Z", "T090000Z")));
    await app.call(readNow, { id });
    const again = await app.database.reader.selectFrom("calendar_snapshot").select("text").orderBy("read_at").execute();
    assert.deepEqual(again, kept, "a new DTSTAMP alone is no change");
  });
});

onEveryStore("a file is taken over as it is, and what is no whole calendar is refused beside the field", async (app) => {
  const source = await app.call(addFile, { text: weeklyCalendar(3, ["X-WR-CALNAME:From work"]) });
  assert.deepEqual([source.kind, source.name, source.eventCount, source.shownAddress], ["file", "From work", 3, null]);
  assert.equal((await app.call(readNow, { id: source.id })).state, "fresh");
  assert.equal((await refusal(app.call(addFile, { text: weeklyCalendar(3, ["X-WR-CALNAME:From work"]) }))).code, "conflict");
  for (const text of ["", "<html>", "hello", weeklyCalendar(3).slice(0, -20)])
    assert.equal((await refusal(app.call(addFile, { text }))).fields[0]?.field, "text");
  const renewal = app.call(renewAddress, { id: source.id, address: "https://example.org/a.ics" });
  assert.equal((await refusal(renewal)).code, "conflict");
});

onEveryStore("an address that was sealed with another key is asked for again, and nothing is lost", async (app) => {
  await withCalendar(async (server) => {
    const { id } = await add(app, server);
    const other = calendarSourceOperations({ ...config, key: Buffer.alloc(32, 8).toString("base64") });
    const source = await app.call(other.readNow, { id });
    assert.deepEqual([source.state, source.eventCount], ["stopped", 4]);
    assert.match(source.failReason ?? "", /another key/u);
  });
});
