import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { visitorOf } from "../../../test/support/visitor.ts";
import { weeklyTalk } from "../../../test/support/weekly-talk.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { blindspotPages } from "../blindspots/index.ts";
import { listMeetings, markHeld, markNotHeld } from "../meetings/index.ts";
import { agendaPages, chooseAgenda, openAgenda, proposeAgenda, putItem, showAgenda, tickItem } from "./index.ts";

const CHALLENGE = "One test system for two teams";
const SAYS = `“${CHALLENGE}” is on the list for the third time. Bring two options and ask for a decision.`;

/** Four talks; the challenge is put on the agenda of the first. */
async function scene(app: TestApp): Promise<string[]> {
  await weeklyTalk(app);
  const ids = (await app.call(listMeetings, {})).meetings.slice(0, 4).map((one) => one.id);
  const [meetingId = ""] = ids;
  await app.call(openAgenda, { meetingId });
  await app.call(putItem, { meetingId, kind: "need", text: "A way forward" });
  await app.call(putItem, { meetingId, kind: "challenge", text: CHALLENGE });
  return ids;
}

const DAYS = ["2026-03-12", "2026-03-19", "2026-03-26", "2026-04-02"];

async function hold(app: TestApp, ids: readonly string[], week: number, held = true): Promise<void> {
  const id = ids[week] ?? "";
  await app.call(openAgenda, { meetingId: id });
  app.clock.set(`${DAYS[week]}T12:00:00Z`);
  await app.call(held ? markHeld : markNotHeld, { id });
}

onEveryStore(
  "a challenge carried into its third held talk raises challenge_repeat, and asks for a decision (S29)",
  async (app) => {
    const ids = await scene(app);
    const visitor = visitorOf(app, [agendaPages, blindspotPages]);
    await hold(app, ids, 0);
    const second = await app.call(openAgenda, { meetingId: ids[1] ?? "" });
    assert.deepEqual(
      second.repeated.map(({ times, level, say }) => [times, level, say]),
      [[2, "nudge", null]],
    );
    assert.doesNotMatch(await visitor.open(`/meetings/${ids[1]}/prepare/challenge`), /on the list for the/u);
    await hold(app, ids, 1);

    const meetingId = ids[2] ?? "";
    const { repeated, open } = await app.call(proposeAgenda, { meetingId });
    assert.deepEqual(
      repeated.map(({ times, level, say, asksForDecision }) => [times, level, say, asksForDecision]),
      [[3, "warn", SAYS, true]],
    );
    const page = await visitor.open(`/meetings/${meetingId}/prepare`);
    assert.ok(page.includes(SAYS));
    const ref = open.find((one) => one.kind === "challenge")?.ref ?? "";
    const field = `decided-${ref.slice("item:".length)}`;
    assert.ok(page.includes(`name="${field}"`), "the decision is asked for where the challenge stands");

    const fields = { need: "A decision", needVersion: "0", shown: ref };
    const refused = await visitor.sendWrong(`/meetings/${meetingId}/prepare/proposal`, { ...fields, [field]: "May I buy one?" });
    assert.match(refused, /Tick the challenge that this decision is about/u);
    assert.ok(refused.includes("May I buy one?"));
    await visitor.send(`/meetings/${meetingId}/prepare/proposal`, { ...fields, open: ref, [field]: "May I buy one?" });
    const { items, repeated: after } = await app.call(showAgenda, { meetingId });
    const item = items.find((one) => one.kind === "challenge");
    assert.equal(item?.decisionWanted, "May I buy one?");
    assert.equal(item.preparedAt === null, false);
    assert.deepEqual(
      after.map((one) => one.asksForDecision),
      [false],
    );
    assert.ok((await visitor.open(`/meetings/${meetingId}/prepare/challenge`)).includes(SAYS));
  },
);

onEveryStore(
  "a talk that did not take place counts nothing, and a challenge that was talked about begins anew (S29)",
  async (app) => {
    const ids = await scene(app);
    await hold(app, ids, 0);
    await hold(app, ids, 1, false);
    const third = await app.call(openAgenda, { meetingId: ids[2] ?? "" });
    assert.deepEqual(
      third.repeated.map((one) => one.times),
      [2],
    );
    const { items } = third;
    const carried = items.find((one) => one.kind === "challenge");
    assert.ok(carried);
    await hold(app, ids, 2);
    await inTransaction(app.database, (tx) => tickItem(tx, app.owner, app.clock.now(), carried.id, true));
    assert.deepEqual((await app.call(openAgenda, { meetingId: ids[3] ?? "" })).repeated, []);
    assert.deepEqual((await app.call(proposeAgenda, { meetingId: ids[3] ?? "" })).repeated, []);
  },
);

onEveryStore("a decision about a challenge that belongs to somebody else is refused (S29)", async (app) => {
  const ids = await scene(app);
  const meetingId = ids[0] ?? "";
  const decisions = [{ ref: "item:00000000-0000-0000-0000-000000000000", text: "May I?" }];
  await assert.rejects(app.call(chooseAgenda, { meetingId, need: "A yes", decisions }), { code: "invalid" });
  await assert.rejects(app.callAs(app.stranger, chooseAgenda, { meetingId, need: "A yes", decisions }), { code: "not_found" });
});
