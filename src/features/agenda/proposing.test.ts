import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { newId } from "../../lib/ids.ts";
import { saveProfile } from "../account/operations.ts";
import { addCommitment, putCommitment } from "../commitments/index.ts";
import { captureThought } from "../journal/index.ts";
import { listMeetings, markHeld, type Meeting, scheduleSeries } from "../meetings/index.ts";
import { addPerson } from "../people/index.ts";
import {
  approveAgenda,
  chooseAgenda,
  noteTime,
  openAgenda,
  preparationTimes,
  preparedItems,
  previewAgenda,
  proposeAgenda,
  putItem,
  readyAgenda,
  showAgenda,
} from "./index.ts";

interface Scene {
  readonly personId: string;
  readonly meetings: readonly Meeting[];
  readonly meetingId: string;
}

/** Meetings with Max on Tuesdays from 3 March 2026; the clock stands a day before the first. */
async function weekly(app: TestApp): Promise<Scene> {
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
  const { meetings } = await app.call(listMeetings, { to: "2026-05-30" });
  return { personId, meetings, meetingId: meetings[0]?.id ?? "" };
}

const note = async (
  app: TestApp,
  kind: "win" | "challenge" | "energy",
  text: string,
  happenedOn = "2026-03-01",
): Promise<string> =>
  (await app.call(captureThought, { kind, text, happenedOn, ...(kind === "energy" ? { energy: -2 } : {}) })).id;

const onAgenda = async (app: TestApp, meetingId: string): Promise<string[]> =>
  (await preparedItems(app.database.reader, app.owner, meetingId)).map((item) => item.text);

async function promise(app: TestApp, { personId, meetingId }: Scene, text: string): Promise<void> {
  await inTransaction(app.database, (tx) =>
    putCommitment(tx, app.owner, app.clock.now(), { personId, meetingId, side: "mine", text, dueOn: null, isShared: true }),
  );
}

onEveryStore(
  "one page proposes the oldest and the latest win, the oldest obstacle and what is open, and writes nothing",
  async (app) => {
    const scene = await weekly(app);
    const { meetingId } = scene;
    await note(app, "win", "The oldest win", "2026-02-01");
    await note(app, "win", "One in between", "2026-02-10");
    await note(app, "win", "The latest win", "2026-02-20");
    await note(app, "challenge", "The oldest obstacle", "2026-02-02");
    await note(app, "challenge", "A newer obstacle", "2026-02-12");
    await promise(app, scene, "Send the plan");
    const sheet = await app.call(proposeAgenda, { meetingId });
    assert.deepEqual(
      sheet.wins.map((one) => one.text),
      ["The oldest win", "The latest win"],
    );
    assert.equal(sheet.challenge?.text, "The oldest obstacle");
    assert.equal(sheet.challenge?.asNeed, "A way forward with this: The oldest obstacle");
    assert.deepEqual(
      sheet.open.map(({ text, wasShared }) => [text, wasShared]),
      [["Send the plan", true]],
    );
    assert.equal(sheet.need, null);
    assert.equal((await app.call(showAgenda, { meetingId })).startedAt, null, "looking at it starts nothing");
  },
);

onEveryStore("nothing is on the agenda but what was chosen, and the mail has no other word (S27)", async (app) => {
  const { meetingId } = await weekly(app);
  const chosen = await note(app, "win", "The release went out");
  await note(app, "win", "CANARY a win that stays private", "2026-02-01");
  await note(app, "challenge", "CANARY an obstacle");
  await note(app, "energy", "CANARY an energy");
  await app.call(proposeAgenda, { meetingId });
  await app.call(chooseAgenda, { meetingId, need: "A yes to the pilot", captures: [{ captureId: chosen, kind: "win" }] });
  assert.deepEqual(await onAgenda(app, meetingId), ["A yes to the pilot", "The release went out"]);
  const { mail } = await app.call(previewAgenda, { meetingId });
  assert.doesNotMatch(JSON.stringify(mail), /CANARY/u);
});

onEveryStore("whatever is chosen of what is proposed, exactly that is on the agenda", async (app) => {
  const scene = await weekly(app);
  const win = { captureId: await note(app, "win", "The win"), kind: "win" } as const;
  const obstacle = { captureId: await note(app, "challenge", "The obstacle"), kind: "challenge" } as const;
  for (const [index, captures] of [[], [win], [obstacle], [win, obstacle]].entries()) {
    const meetingId = scene.meetings[index + 1]?.id ?? "";
    await app.call(chooseAgenda, { meetingId, need: "The need", captures });
    assert.equal((await onAgenda(app, meetingId)).length, 1 + captures.length);
  }
  await promise(app, scene, "Shared");
  await app.call(addCommitment, { personId: scene.personId, side: "mine", text: "Private" });
  const { meetingId } = scene;
  for (const texts of [["Private"], [], ["Shared"], ["Private", "Shared"], ["Shared"]]) {
    const { open } = await app.call(proposeAgenda, { meetingId });
    const isChosen = ({ text }: { text: string }): boolean => texts.includes(text);
    await app.call(chooseAgenda, {
      meetingId,
      need: "The need",
      open: open.filter(isChosen).map((one) => one.ref),
      leave: open.filter((one) => !isChosen(one)).map((one) => one.ref),
    });
    assert.deepEqual((await onAgenda(app, meetingId)).toSorted(), [...texts, "The need"].toSorted());
  }
});

onEveryStore("the need comes from the last talk while nobody ticked it off there (S25)", async (app) => {
  const { meetings } = await weekly(app);
  const [first, second] = meetings.map((one) => one.id);
  await app.call(chooseAgenda, { meetingId: first ?? "", need: "A yes to the pilot" });
  app.clock.set("2026-03-04T09:00:00Z");
  await app.call(markHeld, { id: first ?? "" });
  const sheet = await app.call(proposeAgenda, { meetingId: second ?? "" });
  assert.deepEqual(sheet.need, { id: null, version: 0, text: "A yes to the pilot", isOld: true });
  assert.deepEqual(await onAgenda(app, second ?? ""), [], "it is only proposed");
});

onEveryStore("an obstacle can say what is needed, in the words that were shown, with the decision wanted (S29)", async (app) => {
  const { meetingId } = await weekly(app);
  const captureId = await note(app, "challenge", "Two teams share one test system");
  const choice = { meetingId, captures: [{ captureId, kind: "challenge" as const }] };
  await app.call(chooseAgenda, { ...choice, needFromChallenge: true, decisionWanted: "May I propose fixed days?" });
  const [need, challenge] = await preparedItems(app.database.reader, app.owner, meetingId);
  assert.equal(need?.text, "A way forward with this: Two teams share one test system");
  assert.deepEqual([challenge?.kind, challenge?.decisionWanted], ["challenge", "May I propose fixed days?"]);
});

onEveryStore(
  "a question of the bank is chosen as it was shown, bound to project and skill, and one is enough (S30)",
  async (app) => {
    const { meetingId } = await weekly(app);
    await app.call(captureThought, { kind: "win", text: "The release went out", projects: ["Pilot"], skills: ["Facilitation"] });
    const { questions } = await app.call(proposeAgenda, { meetingId });
    const [question] = questions;
    assert.ok(question, "a question that needs nothing filled in is offered");
    for (const { text, project, skill } of questions)
      assert.deepEqual(
        [project, skill],
        [text.includes("Pilot") ? "Pilot" : "", text.includes("Facilitation") ? "Facilitation" : ""],
        "what a question does not name is not said beside it",
      );
    const { questionId, text } = question;
    const about = { project: "Pilot", skill: "Facilitation" };
    const choice = { meetingId, need: "A yes", question: { id: newId(), questionId, ...about } };
    await app.call(chooseAgenda, choice);
    await app.call(chooseAgenda, choice);
    const growth = (await preparedItems(app.database.reader, app.owner, meetingId)).filter((item) => item.kind === "growth");
    assert.deepEqual(
      growth.map((item) => [item.text, item.project, item.skill]),
      [[text, "Pilot", "Facilitation"]],
    );
    assert.deepEqual((await app.call(proposeAgenda, { meetingId })).questions, []);
  },
);

onEveryStore("without a need nothing is chosen at all, and the message stands at its field (S25)", async (app) => {
  const { meetingId } = await weekly(app);
  const captureId = await note(app, "win", "The release went out");
  const without = app.call(chooseAgenda, { meetingId, captures: [{ captureId }] });
  const at = (field: string) => (error: { fields: { field: string }[] }) => error.fields[0]?.field === field;
  await assert.rejects(without, at("need"));
  const aboutNothing = app.call(chooseAgenda, { meetingId, need: "A yes", decisionWanted: "May I?" });
  await assert.rejects(aboutNothing, at("decisionWanted"), "what was typed is not dropped");
  assert.deepEqual(await onAgenda(app, meetingId), []);
});

onEveryStore("the same choice sent twice is one agenda", async (app) => {
  const { meetingId } = await weekly(app);
  const captureId = await note(app, "win", "The release went out");
  const input = {
    meetingId,
    need: "A yes",
    needVersion: 0,
    captures: [{ captureId, kind: "win" as const }],
    written: [{ id: newId(), kind: "growth" as const, text: "What should I learn next?" }],
  };
  await app.call(chooseAgenda, input);
  await app.call(chooseAgenda, input);
  assert.deepEqual(await onAgenda(app, meetingId), ["A yes", "The release went out", "What should I learn next?"]);
});

onEveryStore("a need that another window wrote meanwhile is not written over", async (app) => {
  const { meetingId } = await weekly(app);
  await app.call(openAgenda, { meetingId });
  await app.call(putItem, { meetingId, kind: "need", text: "From the other window" });
  await assert.rejects(app.call(chooseAgenda, { meetingId, need: "From here", needVersion: 0 }), { code: "conflict" });
  assert.deepEqual(await onAgenda(app, meetingId), ["From the other window"]);
});

onEveryStore("somebody else's meeting or capture can be neither proposed nor chosen", async (app) => {
  const { meetingId } = await weekly(app);
  const captureId = await note(app, "win", "Private");
  await assert.rejects(app.callAs(app.stranger, proposeAgenda, { meetingId }), { code: "not_found" });
  await assert.rejects(app.callAs(app.stranger, chooseAgenda, { meetingId, need: "Mine" }), { code: "not_found" });
  const { id: personId } = await app.callAs(app.stranger, addPerson, { name: "Nina" });
  await app.callAs(app.stranger, scheduleSeries, {
    personId,
    startsOn: "2026-03-12",
    time: "10:00",
    zone: "Europe/Berlin",
    minutes: 30,
    everyWeeks: 1,
  });
  const theirs = (await app.callAs(app.stranger, listMeetings, {})).meetings[0]?.id ?? "";
  const taking = app.callAs(app.stranger, chooseAgenda, { meetingId: theirs, need: "Mine", captures: [{ captureId }] });
  await assert.rejects(taking, { code: "not_found" });
  await assert.rejects(app.call(chooseAgenda, { meetingId, need: "x".repeat(30_000) }), { code: "invalid" });
});

async function finished(app: TestApp, meetingId: string, seconds: number): Promise<void> {
  await app.call(chooseAgenda, { meetingId, need: "A yes", seconds });
  await app.call(readyAgenda, { meetingId });
}

onEveryStore("the median of active time is told from the third finished preparation on, the latest six (S27)", async (app) => {
  const { meetings } = await weekly(app);
  const times = [600, 0, 780, 660, 900, 60, 120, 180];
  const told: (number | null)[] = [];
  for (const [index, seconds] of times.entries()) {
    const meeting = meetings[index];
    assert.ok(meeting);
    app.clock.set(Temporal.Instant.from(meeting.startsAt).subtract({ hours: 20 }).toString());
    await finished(app, meeting.id, seconds);
    told.push((await app.call(preparationTimes, {})).medianSeconds);
  }
  // The second was made without scripts: its time is unknown, so it does not count.
  assert.deepEqual(told, [null, null, null, 660, 720, 660, 630, 420]);
  assert.equal((await app.call(preparationTimes, {})).counted, 6);
  assert.deepEqual(await app.callAs(app.stranger, preparationTimes, {}), { counted: 0, medianSeconds: null });
});

onEveryStore(
  "a preparation that was never finished is not counted, and from the start of the talk on no time is added (S27)",
  async (app) => {
    const { meetingId, meetings } = await weekly(app);
    await app.call(openAgenda, { meetingId });
    await app.call(noteTime, { meetingId, seconds: 90 });
    assert.equal((await app.call(preparationTimes, {})).counted, 0);
    app.clock.set(meetings[0]?.startsAt ?? "");
    assert.equal((await app.call(noteTime, { meetingId, seconds: 90 })).activeSeconds, 90);
  },
);

onEveryStore("what was chosen on one page can be approved at once", async (app) => {
  const { meetingId } = await weekly(app);
  await app.call(chooseAgenda, { meetingId, need: "A yes to the pilot", seconds: 40 });
  const { mail, missing } = await app.call(previewAgenda, { meetingId });
  assert.deepEqual(missing, []);
  await app.call(approveAgenda, { meetingId, way: "copy", hash: mail.hash });
  assert.equal((await app.call(showAgenda, { meetingId })).activeSeconds, 40);
});
