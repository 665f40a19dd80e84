import assert from "node:assert/strict";
import { inTransaction } from "../../platform/storage/database.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { weeklyTalk } from "../../../test/support/weekly-talk.ts";
import {
  approveAgenda,
  chooseAgenda,
  listProposals,
  openAgenda,
  previewAgenda,
  proposeAgenda,
  removeItem,
  showAgenda,
  takeSeed,
} from "../agenda/index.ts";
import { markSent } from "../delivery/index.ts";
import { handOver, listMeetings, markHeld } from "../meetings/index.ts";
import { listUses } from "../questions/index.ts";
import { searchRecord } from "../record/index.ts";
import {
  editSeed,
  listSeeds,
  openSeed,
  plantSeed,
  reopenSeed,
  restSeed,
  revisitSeed,
  seedToRevisit,
  settleSeed,
  showSeed,
  showSeedHistory,
  takeBackMention,
} from "./index.ts";

const WISH = "I would like to lead a project next year.";

async function planted(app: TestApp, saidOn?: string) {
  const talk = await weeklyTalk(app);
  const { seed } = await app.call(plantSeed, { personId: talk.personId, text: WISH, ...(saidOn ? { saidOn } : {}) });
  return { ...talk, id: seed.id };
}

async function meetingIds(app: TestApp): Promise<string[]> {
  return (await app.call(listMeetings, { limit: 100 })).meetings.map((one) => one.id);
}

async function send(app: TestApp, meetingId: string): Promise<void> {
  const { mail } = await app.call(previewAgenda, { meetingId });
  const delivery = await app.call(approveAgenda, { meetingId, way: "copy", hash: mail.hash });
  await app.call(markSent, { id: delivery.id });
}

onEveryStore(
  "a seed goes from planted over revisited and an opening to a yes, with days, meetings and reasons (S39)",
  async (app) => {
    const { personId, id, meetingId } = await planted(app);
    assert.equal((await app.call(showSeed, { id })).seed.state, "unsaid");
    app.clock.set("2026-03-12T12:00:00Z");
    await app.call(markHeld, { id: meetingId });
    const first = await app.call(revisitSeed, { id, meetingId, said: "He will think about it." });
    assert.deepEqual(
      [first.seed.state, first.seed.plantedOn, first.seed.daysSince, first.mentions[0]?.meetingId],
      ["planted", "2026-03-12", 0, meetingId],
    );
    app.clock.set("2026-04-20T12:00:00Z");
    const again = await app.call(revisitSeed, { id, saidOn: "2026-04-18", said: "In the corridor: maybe in spring." });
    assert.deepEqual([again.seed.state, again.seed.daysSince, again.seed.timesSaid], ["revisited", 2, 2]);
    assert.equal((await app.call(openSeed, { id, opening: "The spring release needs a lead." })).state, "opening");
    const done = await app.call(settleSeed, { id, outcome: "yes", reason: "Starts in May." });
    assert.deepEqual([done.state, done.settledOn, done.reason], ["yes", "2026-04-20", "Starts in May."]);
    assert.deepEqual((await app.call(listSeeds, { personId })).seeds, []);
    assert.equal((await app.call(listSeeds, { all: true })).seeds.length, 1);
    const { events } = await app.call(showSeedHistory, { id });
    assert.deepEqual(
      events.map((one) => one.happening),
      ["yes", "opening", "said", "said", "noted"],
    );
    for (const words of ["lead a project", "corridor", "spring release needs", "Starts in May"])
      assert.ok((await app.call(searchRecord, { text: words })).hits.length > 0, `the record finds “${words}”`);
  },
);

for (const [day, asks] of [
  ["2026-04-15", false],
  ["2026-04-16", true],
  ["2026-04-17", true],
] as const)
  onEveryStore(
    `on ${day} a seed that was said on 2 March ${asks ? "asks to be mentioned" : "asks for nothing"} (S39)`,
    async (app) => {
      const { id, personId } = await planted(app, "2026-03-02");
      app.clock.set(`${day}T08:00:00Z`);
      assert.equal((await app.call(showSeed, { id })).seed.asksAgain, asks);
      const next = (await app.call(listMeetings, { from: day, personId })).meetings[0]?.id ?? "";
      const { seed } = await app.call(proposeAgenda, { meetingId: next });
      assert.equal(seed?.text.includes(WISH) ?? false, asks, "the next preparation proposes a line in the owner's own words");
      assert.deepEqual((await app.call(listProposals, { meetingId: next })).seed, seed);
    },
  );

onEveryStore("a line in a preparation is a mention once the agenda was sent with it, and not before (S39)", async (app) => {
  const { id } = await planted(app);
  const [first = "", second = ""] = await meetingIds(app);
  await app.call(chooseAgenda, { meetingId: first, need: "What comes next", seedId: id });
  const waiting = (await app.call(showSeed, { id })).seed;
  assert.deepEqual([waiting.state, waiting.waitsIn], ["unsaid", first]);
  assert.equal((await app.call(proposeAgenda, { meetingId: first })).seed, null, "never twice in one preparation");
  assert.equal((await app.call(proposeAgenda, { meetingId: second })).seed, null, "nor in another one at the same time");
  app.clock.set("2026-03-11T08:00:00Z");
  await send(app, first);
  const said = (await app.call(showSeed, { id })).seed;
  assert.deepEqual([said.state, said.lastMentionedOn, said.waitsIn], ["planted", "2026-03-11", null]);
  assert.deepEqual((await app.call(listUses, {})).uses, [], "its answer belongs to the seed, not to a question");
});

onEveryStore(
  "a talk that was held with the line counts without a mail, and a line that came over stands once (S39)",
  async (app) => {
    const { id } = await planted(app);
    const [first = "", second = ""] = await meetingIds(app);
    await app.call(chooseAgenda, { meetingId: first, need: "What comes next", seedId: id });
    app.clock.set("2026-03-12T12:00:00Z");
    await app.call(markHeld, { id: first });
    assert.equal((await app.call(showSeed, { id })).seed.plantedOn, "2026-03-12");
    const { items } = await app.call(openAgenda, { meetingId: second });
    assert.equal(items.filter((item) => item.kind === "growth").length, 1, "it was not talked about, so it came over");
    app.clock.set("2026-05-20T12:00:00Z");
    await app.call(markHeld, { id: second });
    const carried = (await app.call(showSeed, { id })).seed;
    assert.deepEqual([carried.lastMentionedOn, carried.timesSaid], ["2026-03-19", 1]);
  },
);

onEveryStore(
  "a seed that is taken twice, or at once in two windows, is one line; taken out, it can come back (S39)",
  async (app) => {
    const { id, meetingId } = await planted(app);
    await app.call(openAgenda, { meetingId });
    const both = await Promise.all([1, 2, 3].map(() => app.call(takeSeed, { meetingId, seedId: id })));
    assert.equal(new Set(both.map(({ item }) => item.id)).size, 1);
    const itemId = both[0]?.item.id ?? "";
    assert.equal(both[0]?.item.preparedAt, null, "a private draft");
    await app.call(removeItem, { id: itemId });
    assert.equal((await app.call(proposeAgenda, { meetingId })).seed, null, "what was taken out is not proposed again here");
    assert.equal((await app.call(takeSeed, { meetingId, seedId: id, put: true })).item.id, itemId);
    const { items } = await app.call(showAgenda, { meetingId });
    assert.deepEqual(
      items.map((item) => [item.id, item.text, item.preparedAt !== null]),
      [[itemId, WISH, true]],
    );
  },
);

onEveryStore("somebody new has not heard it yet, and what the one before heard stays in the history (S39)", async (app) => {
  const { id, personId } = await planted(app, "2026-03-01");
  app.clock.set("2026-03-20T08:00:00Z");
  const { person } = await app.call(handOver, { personId, name: "Eva Roth", email: "eva@example.org", on: "2026-03-20" });
  const handed = await app.call(editSeed, { id, personId: person.id, text: `${WISH} Or earlier.` });
  assert.deepEqual([handed.state, handed.daysSince, handed.asksAgain], ["unsaid", null, true]);
  const { mentions } = await app.call(showSeed, { id });
  assert.deepEqual(
    mentions.map((one) => [one.personId, one.saidOn]),
    [[personId, "2026-03-01"]],
  );
  const { events } = await app.call(showSeedHistory, { id });
  assert.deepEqual(events.map(({ happening, note }) => [happening, note]).slice(0, 1), [["reworded", WISH]]);
});

onEveryStore("a seed rests, is taken up again, and its answer can be taken back; nothing written is lost (S39)", async (app) => {
  const { id, meetingId } = await planted(app, "2026-03-01");
  assert.equal((await app.call(restSeed, { id, note: "After the move." })).state, "resting");
  await assert.rejects(
    app.call(openAgenda, { meetingId }).then(() => app.call(takeSeed, { meetingId, seedId: id })),
    {
      code: "conflict",
    },
  );
  assert.equal((await app.call(reopenSeed, { id })).state, "planted");
  assert.equal((await app.call(reopenSeed, { id })).state, "planted", "twice is once");
  assert.equal((await app.call(settleSeed, { id, outcome: "no", reason: "No budget." })).state, "no");
  await assert.rejects(app.call(restSeed, { id }), { code: "conflict" });
  await assert.rejects(app.call(openSeed, { id, opening: "A gap" }), { code: "conflict" });
  await app.call(reopenSeed, { id });
  const { events } = await app.call(showSeedHistory, { id });
  assert.deepEqual(
    events.filter((one) => one.note !== "").map((one) => one.note),
    ["No budget.", "No budget.", "After the move.", WISH],
  );
});

onEveryStore("a note about a mention is taken back, the record with it; a line that went out stays said (S39)", async (app) => {
  const { id, meetingId } = await planted(app);
  const { mentions } = await app.call(revisitSeed, { id, said: "Said over lunch" });
  const back = await app.call(takeBackMention, { mentionId: mentions[0]?.id ?? "" });
  assert.deepEqual([back.seed.state, back.mentions], ["unsaid", []]);
  assert.equal((await app.call(searchRecord, { text: "lunch" })).hits.length, 0);
  await app.call(chooseAgenda, { meetingId, need: "What comes next", seedId: id });
  await send(app, meetingId);
  app.clock.set("2026-03-12T12:00:00Z");
  const noted = await app.call(revisitSeed, { id, meetingId, said: "She nodded" });
  assert.equal(noted.mentions.length, 1, "what was said joins the line of the same talk");
  const kept = await app.call(takeBackMention, { mentionId: noted.mentions[0]?.id ?? "" });
  assert.deepEqual([kept.seed.state, kept.mentions[0]?.said], ["planted", ""]);
});

onEveryStore("what cannot be is refused in words, and a stranger finds nothing (S39)", async (app) => {
  const { id, personId, meetingId } = await planted(app, "2026-03-01");
  await assert.rejects(app.call(plantSeed, { personId, text: "  " }), { code: "invalid" });
  await assert.rejects(app.call(plantSeed, { personId, text: WISH, saidOn: "2026-03-03" }), { code: "invalid" });
  await assert.rejects(app.call(plantSeed, { personId: "nobody", text: WISH }), { code: "not_found" });
  await assert.rejects(app.call(revisitSeed, { id, meetingId }), { code: "invalid", message: /still to come/u });
  await assert.rejects(app.call(settleSeed, { id, outcome: "perhaps" as "yes" }), { code: "invalid" });
  await assert.rejects(app.call(openSeed, { id, opening: "A gap", openedOn: "2027-01-01" }), { code: "invalid" });
  assert.equal((await app.call(listSeeds, { all: true })).seeds.length, 1, "a refused seed left nothing behind");
  const { mentions } = await app.call(showSeed, { id });
  const mentionId = mentions[0]?.id ?? "";
  for (const attempt of [
    () => app.callAs(app.stranger, showSeed, { id }),
    () => app.callAs(app.stranger, showSeedHistory, { id }),
    () => app.callAs(app.stranger, revisitSeed, { id, said: "x" }),
    () => app.callAs(app.stranger, takeBackMention, { mentionId }),
    () => app.callAs(app.stranger, openSeed, { id, opening: "x" }),
    () => app.callAs(app.stranger, settleSeed, { id, outcome: "yes" }),
    () => app.callAs(app.stranger, restSeed, { id }),
    () => app.callAs(app.stranger, reopenSeed, { id }),
    () => app.callAs(app.stranger, editSeed, { id, text: "x" }),
    () => app.callAs(app.stranger, plantSeed, { personId, text: "x" }),
    () => app.callAs(app.stranger, listSeeds, { personId }),
  ])
    await assert.rejects(attempt(), { code: "not_found" });
  const nobody = { personId: "nobody", meetingId: "none", itemIds: new Set<string>() };
  assert.equal(await seedToRevisit(app.database.reader, app.owner, app.clock.now(), nobody), undefined);
  assert.equal(
    (await inTransaction(app.database, (tx) => seedToRevisit(tx, app.stranger, app.clock.now(), nobody)))?.id,
    undefined,
  );
});
