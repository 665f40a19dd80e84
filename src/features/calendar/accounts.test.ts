import assert from "node:assert/strict";
import { AppError } from "../../lib/errors.ts";
import { type CalDavPeer, withCalDavPeer } from "../../../test/support/caldav-peer.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { testPages } from "../../../test/support/test-pages.ts";
import { calendarText, eventText } from "../../../test/support/weekly-calendar.ts";
import { calendarAccountOperations, calendarPages, calendarSourceOperations, listSources, showSource } from "./index.ts";
import { sourceTexts } from "./store/texts.ts";

const config = { keyFile: "/nowhere", key: Buffer.alloc(32, 7).toString("base64") };
const { addCaldav, renewPassword } = calendarAccountOperations(config);
const { readNow, acceptShrink } = calendarSourceOperations(config);

const talk = (uid: string): string => calendarText(eventText({ uid, summary: `Talk ${uid}`, start: "20260303T100000" }));

const account = ({ at, user, password }: CalDavPeer) => ({ address: at, user, password, allowPrivate: true });

/** An account with four talks, read. */
async function withAccount(app: TestApp, work: (peer: CalDavPeer, id: string) => Promise<void>): Promise<void> {
  await withCalDavPeer(async (peer) => {
    for (const uid of ["a", "b", "c", "d"]) peer.put(`${uid}.ics`, talk(uid));
    const { added } = await app.call(addCaldav, account(peer));
    await work(peer, added[0]?.id ?? "");
  });
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

onEveryStore("the one calendar of an account is read at once, and the password is nowhere", async (app) => {
  await withAccount(app, async (peer, id) => {
    const source = await app.call(showSource, { id });
    assert.deepEqual([source.kind, source.name, source.state, source.eventCount], ["caldav", "Work & more", "fresh", 4]);
    assert.equal((await sourceTexts(app.database.reader, app.owner, id)).length, 4);
    assert.ok(!JSON.stringify(await app.call(listSources, {})).includes(peer.password));
    const again = await refusal(app.call(addCaldav, account(peer)));
    assert.equal(again.code, "conflict");
    const stranger = app.callAs(app.stranger, renewPassword, { id, password: "x" });
    assert.equal((await refusal(stranger)).code, "not_found");
  });
});

onEveryStore("what is wrong with an account is said beside its field, and nothing is kept", async (app) => {
  await withCalDavPeer(async (peer) => {
    const given = account(peer);
    const wrongs: [Partial<typeof given> & { calendars?: string[] }, string][] = [
      [{ password: "wrong" }, "password"],
      [{ address: "not a server" }, "address"],
      [{ allowPrivate: false }, "allowPrivate"],
      [{ calendars: ["Elsewhere"] }, "calendars"],
    ];
    for (const [wrong, field] of wrongs)
      assert.equal((await refusal(app.call(addCaldav, { ...given, ...wrong }))).fields[0]?.field, field);
    peer.faults = { loginPage: true };
    assert.match((await refusal(app.call(addCaldav, given))).message, /a web page instead/u);
    assert.deepEqual(await app.call(listSources, {}), { sources: [] });
  });
});

onEveryStore("a calendar of an account follows what changes, and a page to log in on changes nothing", async (app) => {
  await withAccount(app, async (peer, id) => {
    peer.put("e.ics", talk("e"));
    peer.remove("a.ics");
    assert.equal((await app.call(readNow, { id })).eventCount, 4);
    peer.put("f.ics", talk("f"));
    peer.faults = { staleTokenStatus: 403 };
    assert.equal((await app.call(readNow, { id })).eventCount, 5, "a stale token means a whole reading");
    const texts = await sourceTexts(app.database.reader, app.owner, id);
    for (const faults of [{ loginPage: true }, { status: 503 }, { noSync: true, emptyListing: true }, { status: 429 }]) {
      peer.faults = faults;
      assert.equal((await app.call(readNow, { id })).state, "stale", JSON.stringify(faults));
      assert.deepEqual(await sourceTexts(app.database.reader, app.owner, id), texts);
    }
    peer.faults = {};
    assert.equal((await app.call(readNow, { id })).state, "fresh");
  });
});

onEveryStore("an account whose objects vanish waits for its owner's word", async (app) => {
  await withAccount(app, async (peer, id) => {
    for (const uid of ["a", "b", "c"]) peer.remove(`${uid}.ics`);
    const shrunk = await app.call(readNow, { id });
    assert.deepEqual([shrunk.state, shrunk.shrunkTo, shrunk.eventCount], ["shrunk", 1, 4]);
    assert.equal((await sourceTexts(app.database.reader, app.owner, id)).length, 4);
    const accepted = await app.call(acceptShrink, { id });
    assert.deepEqual([accepted.state, accepted.eventCount], ["fresh", 1]);
    peer.remove("d.ics");
    assert.equal((await app.call(readNow, { id })).state, "shrunk");
    const emptied = await app.call(acceptShrink, { id });
    assert.deepEqual([emptied.state, emptied.eventCount], ["fresh", 0]);
  });
});

onEveryStore("a refused login is not tried again until there is a new password", async (app) => {
  await withAccount(app, async (peer, id) => {
    peer.password = "changed";
    const stopped = await app.call(readNow, { id });
    assert.deepEqual([stopped.state, stopped.nextTryAt, stopped.eventCount], ["stopped", null, 4]);
    assert.equal((await refusal(app.call(renewPassword, { id, password: "wrong" }))).fields[0]?.field, "password");
    assert.equal((await app.call(renewPassword, { id, password: "changed" })).state, "fresh");
  });
});

onEveryStore("on the pages an account is entered, its calendars are chosen, and the password is in no markup", async (app) => {
  await withCalDavPeer(async (peer) => {
    peer.put("a.ics", talk("a"));
    const pages = testPages(app, [() => calendarPages(config)]);
    const typed = { server: peer.at, user: peer.user, password: peer.password, accountAllowPrivate: "yes" };
    const wrong = await pages.post("/calendar/accounts", { ...typed, password: "wrong-password" });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /refused the login/u);
    assert.ok(!wrong.text.includes("wrong-password"));
    assert.ok(wrong.text.includes(peer.user), "what can be shown again is");
    const added = await pages.post("/calendar/accounts", typed);
    assert.deepEqual([added.status, added.location], [303, "/calendar"]);
    const { sources } = await app.call(listSources, {});
    const text = await pages.get(`/calendar/sources/${sources[0]?.id}`);
    assert.match(text, /Work &amp; more/u);
    assert.ok(!text.includes(peer.password));
    const unsealed = await pages.post("/calendar/accounts/calendars", { account: "v1.forged", calendars: "/dav/" });
    assert.equal(unsealed.status, 409);
  });
});
