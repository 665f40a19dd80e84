import assert from "node:assert/strict";
import { test } from "node:test";
import { type CalDavPeer, type Faults, withCalDavPeer } from "../../../test/support/caldav-peer.ts";
import { calendarText, eventText } from "../../../test/support/weekly-calendar.ts";
import { withWebPeer } from "../../../test/support/web-peer.ts";
import { WebTrouble } from "../web-request/index.ts";
import { findCalendars } from "./caldav-discovery.ts";
import { type KnownState, readChanges } from "./caldav-reading.ts";
import { type CalDavPlace, CalDavTrouble } from "./caldav-request.ts";

const NOTHING: KnownState = { syncToken: null, etags: new Map() };

const one = (uid: string): string => calendarText(eventText({ uid, summary: `Talk <${uid}> & more`, start: "20260303T100000" }));

function placeOf({ at, user, password }: CalDavPeer, path = "/dav/ana%40example.org/work/"): CalDavPlace {
  return { url: new URL(path, at), login: { user, password }, allowPrivate: true };
}

/** Reads on from what a reading found. */
function known(changes: Awaited<ReturnType<typeof readChanges>>, before: KnownState = NOTHING): KnownState {
  const etags = new Map(before.etags);
  for (const href of changes.gone) etags.delete(href);
  for (const { href, etag } of changes.put) etags.set(href, etag);
  return { syncToken: changes.syncToken, etags };
}

const names = (changes: Awaited<ReturnType<typeof readChanges>>): string[] =>
  changes.put.map(({ href }) => href.split("/").at(-1) ?? "").sort();

async function troubleOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CalDavTrouble || error instanceof WebTrouble) return error.trouble;
    throw error;
  }
  return "none";
}

test("calendars are found from the server's name alone, those of tasks are left out (RFC 6764)", () =>
  withCalDavPeer(async (peer) => {
    for (const path of ["/", "/dav/", "/principals/ana/", "/dav/ana%40example.org/work/"]) {
      const found = await findCalendars(placeOf(peer, path));
      assert.deepEqual(
        found.map(({ name, url }) => [name, url.pathname]),
        [["Work & more", "/dav/ana%40example.org/work/"]],
        path,
      );
    }
  }));

test("a refused login, a page to log in on and a server without CalDAV are told apart", () =>
  withCalDavPeer(async (peer) => {
    const wrong = { ...placeOf(peer, "/"), login: { user: "ana@example.org", password: "wrong" } };
    assert.equal(await troubleOf(findCalendars(wrong)), "login");
    assert.equal(peer.asked.filter((one) => one.includes("propfind")).length, 1, "the login is not tried at every door");
    peer.faults = { loginPage: true };
    assert.equal(await troubleOf(findCalendars(placeOf(peer, "/"))), "not_caldav");
    assert.equal(await troubleOf(readChanges(placeOf(peer), NOTHING)), "not_caldav");
    peer.faults = { status: 404 };
    assert.equal(await troubleOf(findCalendars(placeOf(peer, "/"))), "gone");
    peer.faults = { status: 503 };
    assert.equal(await troubleOf(findCalendars(placeOf(peer, "/"))), "server");
  }));

test("a password is not handed on to another server that the first one sends us to", async () => {
  const seen: (string | undefined)[] = [];
  await withWebPeer(
    ({ headers }, response) => {
      seen.push(headers.authorization);
      response.writeHead(401).end();
    },
    (other) =>
      withWebPeer(
        (_request, response) => response.writeHead(301, { location: `${other}/dav/` }).end(),
        async (at) => {
          const place = { url: new URL(at), login: { user: "ana", password: "secret" }, allowPrivate: true };
          await assert.rejects(findCalendars(place), /sends us on to .* Enter that as the server/u);
        },
      ),
  );
  assert.deepEqual(seen, [undefined]);
});

test("the first reading brings every object whole, later ones what changed (RFC 6578)", () =>
  withCalDavPeer(async (peer) => {
    peer.put("a.ics", one("a"));
    peer.put("b.ics", one("b"));
    const first = await readChanges(placeOf(peer), NOTHING);
    assert.deepEqual(names(first), ["a.ics", "b.ics"]);
    assert.equal(first.put[0]?.text.trim(), one("a").trim(), "as the server has it, to the letter");
    assert.equal(first.put[0]?.href, "/dav/ana@example.org/work/a.ics", "in one form, however the server writes it");
    const state = known(first);
    assert.deepEqual(await readChanges(placeOf(peer), state), { put: [], gone: [], syncToken: first.syncToken });
    peer.put("b.ics", one("b2"));
    peer.put("c.ics", one("c"));
    peer.remove("a.ics");
    const second = await readChanges(placeOf(peer), state);
    assert.deepEqual(names(second), ["b.ics", "c.ics"]);
    assert.deepEqual(second.gone, ["/dav/ana@example.org/work/a.ics"]);
    assert.ok(!peer.asked.some((asked) => asked.includes("calendar-query")), "no filter is left to the server");
  }));

test("a sync token that the server no longer knows leads to a whole reading, which also notices what is gone", async () => {
  for (const staleTokenStatus of [403, 409, 410, 507, 404, 500]) {
    await withCalDavPeer(async (peer) => {
      for (const name of ["a", "b", "c"]) peer.put(`${name}.ics`, one(name));
      const state = known(await readChanges(placeOf(peer), NOTHING));
      peer.remove("a.ics");
      peer.put("b.ics", one("b2"));
      peer.faults = { staleTokenStatus };
      const changes = await readChanges(placeOf(peer), state);
      assert.deepEqual(names(changes), ["b.ics"], `${staleTokenStatus}: only what is new is fetched`);
      assert.deepEqual(changes.gone, ["/dav/ana@example.org/work/a.ics"]);
      assert.ok(changes.syncToken);
    });
  }
});

test("servers that lack a part are read all the same", async () => {
  const lacking: Faults[] = [{ noSync: true }, { noMultiget: true }, { noSync: true, noMultiget: true }, { part: 2 }];
  for (const faults of lacking) {
    await withCalDavPeer(async (peer) => {
      for (let index = 0; index < 7; index += 1) peer.put(`${index}.ics`, one(String(index)));
      peer.faults = faults;
      const first = await readChanges(placeOf(peer), NOTHING);
      assert.equal(first.put.length, 7, JSON.stringify(faults));
      peer.remove("3.ics");
      peer.put("4.ics", one("new"));
      const second = await readChanges(placeOf(peer), known(first));
      assert.deepEqual([names(second), second.gone.length], [["4.ics"], 1], JSON.stringify(faults));
    });
  }
});

test("an object that multiget leaves out is asked for by itself, and one that vanished meanwhile is gone", () =>
  withCalDavPeer(async (peer) => {
    peer.put("a.ics", one("a"));
    peer.put("b.ics", one("b"));
    peer.faults = { withheld: ["a.ics"] };
    assert.deepEqual(names(await readChanges(placeOf(peer), NOTHING)), ["a.ics", "b.ics"]);
  }));

test("a listing with nothing in it at all is no listing, so nothing counts as gone", () =>
  withCalDavPeer(async (peer) => {
    peer.put("a.ics", one("a"));
    const state = { ...known(await readChanges(placeOf(peer), NOTHING)), syncToken: null };
    peer.faults = { noSync: true, emptyListing: true };
    assert.equal(await troubleOf(readChanges(placeOf(peer), state)), "server");
  }));

test("a server that lists without an end is given up", () =>
  withCalDavPeer(async (peer) => {
    for (const name of ["a", "b"]) peer.put(`${name}.ics`, one(name));
    peer.faults = { part: 0 };
    const changes = await readChanges(placeOf(peer), NOTHING);
    assert.equal(changes.put.length, 2, "and read by its properties instead");
  }));
