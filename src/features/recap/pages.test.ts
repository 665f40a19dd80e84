import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { type TestPages, testPages } from "../../../test/support/test-pages.ts";
import { saveProfile } from "../account/index.ts";
import { openAgenda, prepareItem, saveItem } from "../agenda/index.ts";
import { listCommitments } from "../commitments/index.ts";
import { listDeliveries } from "../delivery/index.ts";
import { listMeetings, meetingsPages, scheduleSeries, showMeeting } from "../meetings/index.ts";
import { addPerson } from "../people/index.ts";
import { recapPages, saveRecapLine, showRecap } from "./index.ts";
import type { RecapLine } from "./schema.ts";

/** A meeting on Tuesday 3 March 2026 at 10:00 in Berlin with one prepared and one private item; it has just begun. */
async function talk(app: TestApp): Promise<{ meetingId: string; path: string; pages: TestPages }> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const { id: personId } = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  await app.call(scheduleSeries, {
    personId,
    startsOn: "2026-03-03",
    time: "10:00",
    zone: "Europe/Berlin",
    minutes: 30,
    everyWeeks: 1,
  });
  const meetingId = (await app.call(listMeetings, { to: "2026-03-03" })).meetings[0]?.id ?? "";
  await app.call(openAgenda, { meetingId });
  const { item } = await app.call(saveItem, { meetingId, kind: "topic", text: "The import" });
  await app.call(prepareItem, { id: item.id });
  await app.call(saveItem, { meetingId, kind: "win", text: "CANARY-PRIVATE" });
  app.clock.set("2026-03-03T09:05:00Z");
  return { meetingId, path: `/meetings/${meetingId}`, pages: testPages(app, [meetingsPages, recapPages]) };
}

async function linesOf(app: TestApp, meetingId: string): Promise<RecapLine[]> {
  return (await app.call(showRecap, { meetingId })).parts.flatMap((one) => one.lines);
}

/** The fields of the recap form as a browser would send them back. */
function fieldsOf(text: string): Record<string, string> {
  const unescaped = (value: string): string => value.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
  const inputs = text.matchAll(/<input([^>]*)>/gu).map(([, attributes = ""]) => ({
    name: /name="([^"]*)"/u.exec(attributes)?.[1] ?? "",
    value: unescaped(/value="([^"]*)"/u.exec(attributes)?.[1] ?? ""),
  }));
  return Object.fromEntries([...inputs].map(({ name, value }) => [name, value]));
}

onEveryStore("the meeting page shows what is on the agenda, and no private draft", async (app) => {
  const { path, pages } = await talk(app);
  const text = await pages.get(path);
  assert.match(text, /The import/u);
  assert.match(text, /5 of 30 minutes planned/u);
  assert.doesNotMatch(text, /CANARY/u);
});

onEveryStore("ticking off and noting work without scripts", async (app) => {
  const { meetingId, path, pages } = await talk(app);
  const itemId = /name="itemId" value="([^"]+)"/u.exec(await pages.get(path))?.[1] ?? "";
  assert.equal((await pages.post(`${path}/ticks`, { itemId, discussed: "yes" })).location, `${path}#item-${itemId}`);
  assert.equal((await app.call(showMeeting, { id: meetingId })).state, "held");
  const noted = await pages.post(`${path}/notes`, { text: "The import <ships>", part: "decision" });
  assert.equal(noted.location, `${path}?noted=1#notes`);
  const text = await pages.get(`${path}?noted=1`);
  assert.match(text, /The import &lt;ships&gt;/u);
  assert.match(text, /Discussed<\/span>/u);
  const empty = await pages.post(`${path}/notes`, { text: "", part: "decision" });
  assert.equal(empty.status, 422);
  assert.match(empty.text, /Write a line first/u);
});

onEveryStore("a note is corrected on its own page; a second window sees both versions", async (app) => {
  const { path, pages } = await talk(app);
  await pages.post(`${path}/notes`, { text: "Frist", part: "note" });
  const notePath = /href="([^"]*\/notes\/[^"]+)"/u.exec(await pages.get(path))?.[1] ?? "";
  assert.match(await pages.get(notePath), /value="Frist"/u);
  assert.equal((await pages.post(notePath, { text: "First", part: "note" })).status, 303);
  const second = await pages.post(notePath, { text: "Fist", part: "note" });
  assert.equal(second.status, 409);
  assert.match(second.text, /value="Fist"/u);
  assert.match(second.text, /Kept in the meantime: <span dir="auto">First/u);
});

onEveryStore("the recap is written from the notes in one form, line by line", async (app) => {
  const { meetingId, path, pages } = await talk(app);
  await pages.post(`${path}/notes`, { text: "The import ships", part: "decision" });
  assert.match(await pages.get(`${path}/recap`), /It took place: write the recap/u);
  assert.equal((await pages.post(`${path}/recap/start`, {})).location, `${path}/recap`);
  const form = fieldsOf(await pages.get(`${path}/recap`));
  const typed = { ...form, "text-new-my_action": "Send the outline", "due-new-my_action": "2026-03-06", next: "stay" };
  assert.equal((await pages.post(`${path}/recap`, typed)).location, `${path}/recap?at=new-my_action`);
  const lines = await linesOf(app, meetingId);
  assert.deepEqual(
    lines.map((line) => [line.part, line.text, line.dueOn, line.preparedAt !== null]),
    [
      ["decision", "The import ships", null, true],
      ["my_action", "Send the outline", "2026-03-06", true],
    ],
  );
  const again = fieldsOf(await pages.get(`${path}/recap?at=new-my_action`));
  await pages.post(`${path}/recap`, { ...again, next: "stay" });
  assert.deepEqual(
    (await linesOf(app, meetingId)).map((line) => line.version),
    lines.map((line) => line.version),
    "what was not touched is not written",
  );
  const emptied = { ...again, [`text-${lines[0]?.id}`]: "", next: "preview" };
  assert.equal((await pages.post(`${path}/recap`, emptied)).location, `${path}/recap/preview`);
  assert.equal((await linesOf(app, meetingId)).length, 1);
});

onEveryStore("a bad date comes back beside its field with everything typed", async (app) => {
  const { path, pages } = await talk(app);
  await pages.post(`${path}/recap/start`, {});
  const { status, text } = await pages.post(`${path}/recap`, {
    "text-new-decision": "A",
    "text-new-my_action": "B & C",
    "due-new-my_action": "2026-02-30",
    next: "preview",
  });
  assert.equal(status, 422);
  assert.match(text, /id="due-new-my_action-error"/u);
  assert.match(text, /value="B &amp; C"/u);
  assert.match(text, /value="A"/u);
});

onEveryStore("two windows with the same recap: the second sees both versions and loses nothing", async (app) => {
  const { meetingId, path, pages } = await talk(app);
  await pages.post(`${path}/recap/start`, {});
  await pages.post(`${path}/recap`, {
    "text-new-decision": "Ships in April",
    "text-new-open_question": "Who reviews?",
    next: "stay",
  });
  const stale = fieldsOf(await pages.get(`${path}/recap`));
  const [decision, question] = await linesOf(app, meetingId);
  await app.call(saveRecapLine, { meetingId, id: decision?.id, version: 1, text: "Ships in May" });
  const clash = await pages.post(`${path}/recap`, { ...stale, [`text-${decision?.id}`]: "Ships in June", next: "stay" });
  assert.equal(clash.status, 409);
  assert.match(clash.text, /Kept in the meantime: <span dir="auto">Ships in May/u);
  assert.match(clash.text, /value="Ships in June"/u);
  assert.equal((await pages.post(`${path}/recap`, { ...fieldsOf(clash.text), next: "stay" })).status, 303);
  assert.equal((await linesOf(app, meetingId))[0]?.text, "Ships in June");
  const other = await pages.post(`${path}/recap`, { ...stale, [`text-${question?.id}`]: "Who reviews it?", next: "stay" });
  assert.equal(other.status, 303, "another line of the same page clashes with nothing");
});

onEveryStore("keeping without sending saves what stands in the form first", async (app) => {
  const { meetingId, path, pages } = await talk(app);
  await pages.post(`${path}/recap/start`, {});
  const kept = await pages.post(`${path}/recap`, { "text-new-my_action": "Send the outline", next: "waive" });
  assert.equal(kept.location, path);
  assert.equal((await app.call(showRecap, { meetingId })).state, "waived");
  assert.deepEqual(
    (await app.call(listCommitments, { open: true })).mine.map((one) => one.text),
    ["Send the outline"],
  );
  await pages.get(path);
  assert.match(await pages.get(`${path}/recap`), /You keep this recap without sending it/u);
});

onEveryStore("a meeting that did not happen has no recap (S31)", async (app) => {
  const { path, pages } = await talk(app);
  app.clock.set("2026-03-03T10:00:00Z");
  assert.match(await pages.get(path), /Did this meeting take place\?/u);
  await pages.post(`${path}/answer`, { happened: "no", return: path });
  assert.match(await pages.get(path), /This meeting did not happen/u);
  assert.match(await pages.get(`${path}/recap`), /did not take place, so there is no recap/u);
  const refused = await pages.post(`${path}/recap/start`, {});
  assert.equal(refused.status, 409);
});

onEveryStore("before it begins, the meeting page leads to preparing", async (app) => {
  const { path, pages } = await talk(app);
  app.clock.set("2026-03-02T09:00:00Z");
  assert.match(await pages.get(path), /Go on preparing/u);
  assert.match(await pages.get(`${path}/recap`), /has not begun/u);
});

onEveryStore("the preview shows the very words, approving freezes them, and a second click changes nothing", async (app) => {
  const { meetingId, path, pages } = await talk(app);
  await pages.post(`${path}/recap/start`, {});
  await pages.post(`${path}/recap`, { "text-new-decision": "The import <ships>", next: "preview" });
  const text = await pages.get(`${path}/recap/preview`);
  assert.match(text, /- The import &lt;ships&gt;/u);
  assert.match(text, /To<\/dt><dd dir="auto">Max Berger/u);
  const { hash = "" } = fieldsOf(text);
  const fields = { hash, way: "copy" };
  assert.equal((await pages.post(`${path}/recap/preview`, fields)).location, `${path}/recap/preview`);
  assert.equal((await pages.post(`${path}/recap/preview`, fields)).status, 303);
  assert.equal((await app.call(listDeliveries, { meetingId })).deliveries.length, 1);
  assert.match(await pages.get(`${path}/recap/preview`), /I have sent it/u);
  await pages.get(path);
  const stale = await pages.post(`${path}/recap/preview`, { hash: "0", way: "copy" });
  assert.equal(stale.status, 409);
  assert.match(stale.text, /The text changed since you looked/u);
});

onEveryStore("over 200 words the preview shows what to shorten instead of the button (S45)", async (app) => {
  const { path, pages } = await talk(app);
  await pages.post(`${path}/recap/start`, {});
  await pages.post(`${path}/recap`, { "text-new-decision": "word ".repeat(190), next: "preview" });
  const text = await pages.get(`${path}/recap/preview`);
  assert.match(text, /shorten it by \d+/u);
  assert.match(text, /\(190 words\)/u);
  assert.doesNotMatch(text, /Approve these words/u);
});
