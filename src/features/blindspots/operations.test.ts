import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { AppError } from "../../lib/errors.ts";
import { saveProfile } from "../account/operations.ts";
import {
  approveAgenda,
  chooseCapture,
  listProposals,
  openAgenda,
  previewAgenda,
  putItem,
  removeItem,
  showAgenda,
} from "../agenda/index.ts";
import { deliveryFile, markSent } from "../delivery/index.ts";
import { captureThought, deleteCapture, requireCapture, resolveCapture } from "../journal/index.ts";
import { listMeetings, markNotHeld, scheduleSeries } from "../meetings/index.ts";
import { addPerson } from "../people/index.ts";
import { tickAgendaItem } from "../recap/index.ts";
import { answerPrompt, nextQuestion, showBlindspots, skipQuestion } from "./index.ts";
import type { Prompt } from "./schema.ts";

interface Scene {
  readonly personId: string;
  readonly meetings: readonly string[];
}

/** Weekly with Max from Thursday 12 March 2026 at 10:00 in Berlin; the clock stands on Monday 2 March. */
async function scene(app: TestApp): Promise<Scene> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const { id: personId } = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  const series = { startsOn: "2026-03-12", time: "10:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 1 };
  await app.call(scheduleSeries, { personId, ...series });
  return { personId, meetings: (await app.call(listMeetings, {})).meetings.map((one) => one.id) };
}

async function promptOf(app: TestApp, personId: string, prompt: Prompt) {
  const seen = await app.call(showBlindspots, { personId });
  const state = seen.prompts.find((one) => one.prompt === prompt);
  assert.ok(state);
  return { ...state, ring: seen.told };
}

/** Approves the agenda of a meeting and sends it by hand. */
async function sendAgenda(app: TestApp, meetingId: string): Promise<string> {
  await app.call(putItem, { meetingId, kind: "need", text: "A yes to the pilot" });
  const { mail } = await app.call(previewAgenda, { meetingId });
  const { id } = await app.call(approveAgenda, { meetingId, way: "copy", hash: mail.hash });
  const { content } = await app.call(deliveryFile, { id });
  await app.call(markSent, { id });
  return content;
}

const refused = (code: AppError["code"], field?: string) => (error: unknown) =>
  error instanceof AppError && error.code === code && (field === undefined || error.fields[0]?.field === field);

onEveryStore("an answer is an entry of the journal of its own kind (S16-S20)", async (app) => {
  const { personId } = await scene(app);
  for (const [input, kind] of [
    [{ prompt: "proud", text: "One layout for all depots" }, "win"],
    [{ prompt: "energy", text: "Chasing counts", energy: -2, projects: ["Stock"] }, "energy"],
    [{ prompt: "skills", text: "Running a workshop", skills: ["Facilitation"], goal: "Lead the pilot" }, "skill"],
    [{ prompt: "direction", text: "Lead a small team", horizon: "now" }, "direction"],
    [{ prompt: "obstacles", text: "One test system", ownedBy: "Platform", decision: "A second one" }, "challenge"],
  ] as const) {
    const { captureId } = await app.call(answerPrompt, {
      ...input,
      projects: [...("projects" in input ? input.projects : [])],
      skills: [...("skills" in input ? input.skills : [])],
    });
    assert.equal((await requireCapture(app.database.reader, app.owner, captureId)).kind, kind);
  }
  const seen = await app.call(showBlindspots, { personId });
  assert.deepEqual(
    seen.prompts.map((one) => [one.prompt, one.isFresh, one.state, one.freshUntil]),
    [
      ["proud", true, "untold", "2026-03-16"],
      ["energy", true, "untold", "2026-03-16"],
      ["skills", true, "untold", "2026-05-01"],
      ["direction", true, "untold", "2026-05-31"],
      ["obstacles", true, "untold", "2026-03-16"],
    ],
  );
  assert.equal(seen.told, 0, "answered is not told (S21)");
  assert.deepEqual(
    seen.statements.map((one) => [one.kind, one.state]),
    [
      ["readiness", "untold"],
      ["stuckness", "untold"],
    ],
  );
});

onEveryStore("a number, a horizon or an owner goes only with its own question, and energy names its work (S17)", async (app) => {
  await assert.rejects(app.call(answerPrompt, { prompt: "proud", text: "x", energy: 1 }), refused("invalid", "energy"));
  await assert.rejects(app.call(answerPrompt, { prompt: "proud", text: "x", horizon: "now" }), refused("invalid", "horizon"));
  await assert.rejects(app.call(answerPrompt, { prompt: "skills", text: "x", ownedBy: "Noor" }), refused("invalid", "ownedBy"));
  await assert.rejects(app.call(answerPrompt, { prompt: "energy", text: "x", energy: 1 }), refused("invalid", "projects"));
  await assert.rejects(
    app.call(answerPrompt, { prompt: "energy", text: "x", projects: ["Stock"] }),
    refused("invalid", "energy"),
  );
  await assert.rejects(app.call(answerPrompt, { prompt: "proud", text: " " }), refused("invalid", "text"));
});

onEveryStore("a statement is untold, then prepared, and told only once the agenda was sent (S2, S21)", async (app) => {
  const { personId, meetings } = await scene(app);
  const [meetingId = ""] = meetings;
  const { captureId } = await app.call(answerPrompt, { prompt: "direction", text: "Ready to lead the pilot", horizon: "now" });
  await app.call(openAgenda, { meetingId });
  const { item } = await app.call(chooseCapture, { meetingId, captureId });
  assert.equal(item.kind, "growth");
  const prepared = await promptOf(app, personId, "direction");
  assert.equal(prepared.state, "prepared");
  assert.equal(prepared.preparedFor?.meetingId, meetingId);
  assert.equal(prepared.ring, 0, "prepared does not count");
  await app.call(removeItem, { id: item.id });
  assert.equal((await promptOf(app, personId, "direction")).state, "untold");
  await app.call(chooseCapture, { meetingId, captureId });
  await sendAgenda(app, meetingId);
  const told = await promptOf(app, personId, "direction");
  assert.deepEqual([told.state, told.counts, told.countsUntil, told.ring], ["told", true, "2026-05-31", 1]);
  assert.equal((await app.call(showBlindspots, { personId })).statements[0]?.state, "told");
  app.clock.set("2026-06-02T09:00:00Z");
  assert.equal((await promptOf(app, personId, "direction")).ring, 0, "told too long ago no longer counts");
});

onEveryStore("what one person was told another does not know (S21)", async (app) => {
  const { meetings } = await scene(app);
  const other = await app.call(addPerson, { name: "Ruth Perrin", role: "mentor" });
  const { captureId } = await app.call(answerPrompt, { prompt: "proud", text: "One layout" });
  await app.call(openAgenda, { meetingId: meetings[0] ?? "" });
  await app.call(chooseCapture, { meetingId: meetings[0] ?? "", captureId });
  await sendAgenda(app, meetings[0] ?? "");
  assert.deepEqual(await app.call(showBlindspots, { personId: other.id }).then((one) => [one.told, one.prompts[0]?.state]), [
    0,
    "untold",
  ]);
});

onEveryStore("all five told make the ring full, and a deleted answer leaves it (S21)", async (app) => {
  const { personId, meetings } = await scene(app);
  const [meetingId = ""] = meetings;
  await app.call(openAgenda, { meetingId });
  const answers = [
    { prompt: "proud", text: "One layout" },
    { prompt: "energy", text: "Chasing counts", energy: -2, projects: ["Stock"] },
    { prompt: "skills", text: "Workshops" },
    { prompt: "direction", text: "Lead a team" },
    { prompt: "obstacles", text: "One test system" },
  ] as const;
  let last = "";
  for (const { projects = [], ...answer } of answers as readonly {
    prompt: Prompt;
    text: string;
    energy?: number;
    projects?: readonly string[];
  }[]) {
    const { captureId } = await app.call(answerPrompt, { ...answer, projects: [...projects] });
    await app.call(chooseCapture, { meetingId, captureId });
    last = captureId;
  }
  await sendAgenda(app, meetingId);
  assert.equal((await app.call(showBlindspots, { personId })).told, 5);
  await app.call(deleteCapture, { id: last });
  assert.equal((await app.call(showBlindspots, { personId })).told, 4);
});

onEveryStore(
  "what was ticked off in a talk that was held was told in it, and taking the tick back untells it (S2)",
  async (app) => {
    const { personId, meetings } = await scene(app);
    const [meetingId = ""] = meetings;
    const { captureId } = await app.call(answerPrompt, { prompt: "obstacles", text: "One test system for two teams" });
    await app.call(openAgenda, { meetingId });
    const { item } = await app.call(chooseCapture, { meetingId, captureId });
    app.clock.set("2026-03-12T09:10:00Z");
    await app.call(tickAgendaItem, { itemId: item.id, discussed: true });
    await app.call(tickAgendaItem, { itemId: item.id, discussed: true });
    const told = await promptOf(app, personId, "obstacles");
    assert.deepEqual([told.state, told.told?.channel, told.ring], ["told", "talk", 1]);
    await app.call(tickAgendaItem, { itemId: item.id, discussed: false });
    assert.equal((await promptOf(app, personId, "obstacles")).ring, 0);
    await app.call(tickAgendaItem, { itemId: item.id, discussed: true });
    await app.call(markNotHeld, { id: meetingId });
    assert.equal((await promptOf(app, personId, "obstacles")).ring, 0, "a talk that did not happen told nothing");
  },
);

onEveryStore("an obstacle becomes the challenge with the decision that would help (S20)", async (app) => {
  const { meetings, personId } = await scene(app);
  const [meetingId = ""] = meetings;
  const { captureId } = await app.call(answerPrompt, {
    prompt: "obstacles",
    text: "One test system for two teams",
    ownedBy: "Platform team",
    decision: "A second one, or fixed days",
  });
  await app.call(openAgenda, { meetingId });
  const { item } = await app.call(chooseCapture, { meetingId, captureId });
  assert.deepEqual(
    [item.kind, item.text, item.decisionWanted],
    ["challenge", "One test system for two teams\nWho could move it: Platform team", "A second one, or fixed days"],
  );
  await app.call(resolveCapture, { id: captureId });
  assert.equal((await app.call(showBlindspots, { personId })).statements.length, 0, "settled is no longer stuck");
});

onEveryStore(
  "energy is in no proposal and no mail until its owner puts it there, and has a trend after three (S17)",
  async (app) => {
    const { personId, meetings } = await scene(app);
    const [meetingId = ""] = meetings;
    for (const energy of [2, 0, -2])
      await app.call(answerPrompt, { prompt: "energy", text: "Secretly tired of counting", energy, projects: ["Stock"] });
    await app.call(openAgenda, { meetingId });
    const mail = await sendAgenda(app, meetingId);
    for (const text of [
      mail,
      JSON.stringify(await app.call(listProposals, { meetingId })),
      JSON.stringify(await app.call(showAgenda, { meetingId })),
    ])
      assert.ok(!/tired|Stock/u.test(text), text);
    const { energy, told } = await app.call(showBlindspots, { personId });
    assert.deepEqual(energy, [{ project: "Stock", entries: 3, average: 0, last: -2, trend: "falling" }]);
    assert.equal(told, 0);
  },
);

onEveryStore("another direction keeps the earlier one, and a skill finds its evidence (S18, S19)", async (app) => {
  const { personId } = await scene(app);
  await app.call(answerPrompt, { prompt: "direction", text: "Become an expert", horizon: "later" });
  app.clock.set("2026-03-20T09:00:00Z");
  await app.call(answerPrompt, { prompt: "direction", text: "Lead a team", horizon: "year" });
  await app.call(answerPrompt, { prompt: "skills", text: "Workshops", skills: ["Facilitation"], goal: "Lead the pilot" });
  await app.call(captureThought, { kind: "win", text: "The workshop ended with a plan", skills: ["facilitation"] });
  const seen = await app.call(showBlindspots, { personId });
  assert.deepEqual(
    seen.directions.map((one) => [one.text, one.horizon, one.answeredOn]),
    [
      ["Lead a team", "year", "2026-03-20"],
      ["Become an expert", "later", "2026-03-02"],
    ],
  );
  const skills = seen.prompts.find((one) => one.prompt === "skills");
  assert.deepEqual([skills?.answer?.goal, skills?.evidence], ["Lead the pilot", 1]);
});

onEveryStore(
  "a preparation has one light question, which stays until it is answered or skipped, and is another one next time",
  async (app) => {
    const { personId, meetings } = await scene(app);
    const [first = "", second = "", third = ""] = meetings;
    assert.equal((await app.call(nextQuestion, { personId, meetingId: first })).prompt, "proud");
    assert.equal((await app.call(nextQuestion, { personId, meetingId: first })).prompt, "proud");
    const skipped = await app.call(skipQuestion, { personId, meetingId: first });
    assert.deepEqual([skipped.prompt, skipped.skippedAt !== null], ["proud", true]);
    assert.equal((await app.call(nextQuestion, { personId, meetingId: first })).skippedAt !== null, true, "no second one");
    app.clock.advance({ hours: 1 });
    assert.equal((await app.call(nextQuestion, { personId, meetingId: second })).prompt, "energy");
    const { captureId } = await app.call(answerPrompt, {
      prompt: "energy",
      text: "Stock",
      energy: -1,
      projects: ["Stock"],
      meetingId: second,
    });
    assert.equal((await app.call(nextQuestion, { personId, meetingId: second })).captureId, captureId);
    app.clock.advance({ hours: 1 });
    assert.equal(
      (await app.call(nextQuestion, { personId, meetingId: third })).prompt,
      "proud",
      "skipped once, asked again later",
    );
    const other = await app.call(addPerson, { name: "Ruth Perrin" });
    await assert.rejects(app.call(nextQuestion, { personId: other.id, meetingId: first }), refused("not_found"));
    for (const operation of [nextQuestion, skipQuestion])
      await assert.rejects(app.callAs(app.stranger, operation, { personId, meetingId: first }), refused("not_found"));
  },
);
