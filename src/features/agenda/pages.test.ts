import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { weeklyTalk } from "../../../test/support/weekly-talk.ts";
import { testPages } from "../../../test/support/test-pages.ts";
import { type Visitor, visitorOf } from "../../../test/support/visitor.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { addCommitment, commitmentPages, putCommitment, putOpenQuestion } from "../commitments/index.ts";
import { deliveryPages, findDelivery, markSent } from "../delivery/index.ts";
import { captureThought } from "../journal/index.ts";
import { cancelMeeting } from "../meetings/index.ts";
import { agendaPages, putItem, saveItem, showAgenda } from "./index.ts";

interface Scene {
  readonly visitor: Visitor;
  readonly at: string;
  readonly meetingId: string;
  readonly personId: string;
}

/** A meeting with Max on Thursday 12 March 2026 at 10:00 in Berlin; the clock stands ten days before. */
async function scene(app: TestApp): Promise<Scene> {
  const { personId, meetingId } = await weeklyTalk(app);
  return {
    visitor: visitorOf(app, [agendaPages, deliveryPages, commitmentPages]),
    at: `/meetings/${meetingId}`,
    meetingId,
    personId,
  };
}

/** The hidden fields of the form of a step: which item it is, and which version it was made from. */
function formState(markup: string): { id: string; version: string } {
  const value = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`, "u").exec(markup)?.[1] ?? "";
  return { id: value("id"), version: value("version") };
}

async function fill(visitor: Visitor, path: string, fields: Record<string, string>, act = "put"): Promise<string> {
  return visitor.send(path, { ...formState(await visitor.open(path)), ...fields, act });
}

onEveryStore("from the first step to an approved mail with plain forms (S27, S31)", async (app) => {
  const { visitor, at, meetingId } = await scene(app);
  const win = await app.call(captureThought, { kind: "win", text: "The import is live" });
  assert.match(await visitor.open(`${at}/prepare`), /Start preparing/u);
  assert.equal(await visitor.send(`${at}/prepare`), `${at}/prepare/need`);
  assert.equal(await fill(visitor, `${at}/prepare/need`, { text: "A yes to the pilot" }), `${at}/prepare/win`);
  assert.match(await visitor.open(`${at}/prepare/win`), /The import is live/u);
  assert.equal(await visitor.send(`${at}/agenda/captures`, { captureId: win.id, kind: "win", step: "win" }), `${at}/prepare/win`);
  const challenge = {
    text: "One test system for two teams",
    options: "Two systems, or fixed days",
    leaning: "Fixed days",
    decisionWanted: "May I propose it?",
  };
  assert.equal(await fill(visitor, `${at}/prepare/challenge`, challenge), `${at}/prepare/growth`);
  assert.equal(
    await fill(visitor, `${at}/prepare/growth`, { text: "What should I learn next?", project: "Pilot", skill: "Facilitation" }),
    `${at}/prepare/carried`,
  );
  await visitor.open(`${at}/prepare/carried`);
  await fill(visitor, `${at}/prepare/topics`, { text: "A room for the team" });
  assert.match(await visitor.open(`${at}/prepare/minutes`), /Ready: see the mail/u);
  assert.equal(await visitor.send(`${at}/prepare/minutes`, { act: "ready" }), `${at}/agenda`);
  const mail = await visitor.open(`${at}/agenda`);
  for (const words of [
    "A yes to the pilot",
    "The import is live",
    "May I propose it?",
    "What should I learn next?",
    "A room for the team",
    "1:1 Ana / Max",
  ])
    assert.ok(mail.includes(words), words);
  const hash = /name="hash" value="([0-9a-f]+)"/u.exec(mail)?.[1] ?? "";
  assert.equal(await visitor.send(`${at}/agenda`, { way: "copy", sendAt: "", hash }), `${at}/agenda`);
  await visitor.send(`${at}/agenda`, { way: "copy", sendAt: "", hash });
  assert.ok(await findDelivery(app.database.reader, app.owner, meetingId, "agenda"));
  await visitor.open(`${at}/agenda`);
  await visitor.open(`${at}/prepare`);
});

onEveryStore("every step can be skipped, and what was typed is kept on the way", async (app) => {
  const { visitor, at, meetingId } = await scene(app);
  await visitor.send(`${at}/prepare`);
  assert.equal(await fill(visitor, `${at}/prepare/need`, { text: "" }, "next"), `${at}/prepare/win`);
  assert.deepEqual((await app.call(showAgenda, { meetingId })).items, [], "an empty form leaves nothing behind");
  await fill(visitor, `${at}/prepare/win`, { text: "Half a thought" }, "next");
  assert.match(await visitor.open(`${at}/prepare/win`), />\s*Half a thought<\/textarea>/u);
  assert.equal((await app.call(showAgenda, { meetingId })).step, "challenge");
  assert.match(await visitor.open(`${at}/agenda`), /Say what you need from this talk/u);
  assert.match(await visitor.sendWrong(`${at}/prepare/minutes`, { act: "ready" }), /Say what you need from this talk/u);
});

onEveryStore("the second tab sees both versions side by side, and either, or both, can be kept", async (app) => {
  const { visitor, at, meetingId } = await scene(app);
  await visitor.send(`${at}/prepare`);
  const path = `${at}/prepare/topics`;
  const left = formState(await visitor.open(path));
  await visitor.send(path, { ...left, text: "Begun", act: "next" });
  const tab = formState(await visitor.open(path));
  await visitor.send(path, { ...tab, text: "From the first tab", act: "put" });
  const both = await visitor.sendWrong(path, { ...tab, text: "From the second tab", act: "put" });
  assert.match(both, /From the first tab/u);
  assert.match(both, /From the second tab<\/textarea>/u);
  const joined = await app.call(showAgenda, { meetingId });
  const item = joined.items[0];
  assert.equal(item?.text, "From the first tab");
  const answer = await visitor.send(path, {
    id: item?.id ?? "",
    version: formState(both).version,
    text: "Both tabs together",
    act: "put",
  });
  assert.equal(answer, `${at}/prepare/minutes`);
  assert.equal((await app.call(showAgenda, { meetingId })).items[0]?.text, "Both tabs together");
});

onEveryStore("a beginning fills the question, and its gaps block the mail until they are filled (S30, S38)", async (app) => {
  const { visitor, at, meetingId } = await scene(app);
  await visitor.send(`${at}/prepare`);
  await app.call(putItem, { meetingId, kind: "need", text: "A yes" });
  const pages = testPages(app, [agendaPages]);
  const filled = await pages.post(`${at}/prepare/growth`, {
    ...formState(await visitor.open(`${at}/prepare/growth`)),
    project: "Pilot",
    skill: "",
    text: "My own words",
    act: "opener-0",
  });
  assert.match(filled.text, /My own words\n\nWhile I work on Pilot, I want to become better at \[skill\]/u);
  await app.call(putItem, { meetingId, kind: "growth", text: "How do I learn [skill]?" });
  assert.match(await visitor.open(`${at}/agenda`), /Fill in \[skill\]/u);
});

onEveryStore("what is still open, what was put aside and what comes from the ledgers is shown", async (app) => {
  const { visitor, at, meetingId, personId } = await scene(app);
  await inTransaction(app.database, async (tx) => {
    await putCommitment(tx, app.owner, app.clock.now(), {
      personId,
      meetingId,
      side: "mine",
      text: "Send the plan",
      dueOn: "2026-03-10",
      isShared: true,
    });
    await putCommitment(tx, app.owner, app.clock.now(), {
      personId,
      meetingId,
      side: "theirs",
      text: "Ask finance",
      dueOn: null,
      isShared: true,
    });
    await putOpenQuestion(tx, app.owner, app.clock.now(), { personId, meetingId, text: "Who decides?", isShared: true });
  });
  await app.call(addCommitment, { personId, side: "mine", text: "Only noted by me" });
  await visitor.send(`${at}/prepare`);
  const page = await visitor.open(`${at}/prepare/carried`);
  for (const words of [
    "Send the plan",
    "falls due before this talk",
    "Ask finance",
    "no date agreed",
    "Who decides?",
    "Only noted by me",
  ])
    assert.ok(page.includes(words), words);
  const mail = await visitor.open(`${at}/agenda`);
  assert.ok(mail.includes("Ask finance"));
  assert.ok(!mail.includes("Only noted by me"), "nobody chose it for this talk");
  const item = (await app.call(showAgenda, { meetingId })).items.find((one) => one.text === "Ask finance");
  assert.equal(await visitor.send(`${at}/agenda/items/${item?.id}`, { act: "out", step: "carried" }), `${at}/prepare/carried`);
  assert.match(await visitor.open(`${at}/prepare/carried`), /Put it back/u);
  await visitor.open("/commitments");
});

onEveryStore("minutes, order, trimming and the written status", async (app) => {
  const { visitor, at, meetingId } = await scene(app);
  await visitor.send(`${at}/prepare`);
  await app.call(putItem, { meetingId, kind: "need", text: "A yes" });
  const one = (await app.call(putItem, { meetingId, kind: "topic", text: "One" })).item.id;
  const two = (await app.call(putItem, { meetingId, kind: "topic", text: "Two" })).item.id;
  assert.match(
    await visitor.sendWrong(`${at}/prepare/minutes`, { [`minutes-${one}`]: "many", act: "save" }),
    /Write the minutes as a number/u,
  );
  const moved = await visitor.send(`${at}/prepare/minutes`, {
    [`minutes-${one}`]: "30",
    [`minutes-${two}`]: "10",
    act: `up:${two}`,
  });
  assert.equal(moved, `${at}/prepare/minutes#down-${two}`, "the focus stays with what was moved");
  const over = await visitor.open(`${at}/prepare/minutes`);
  assert.match(over, /12 minutes more than the 30/u);
  assert.ok(over.indexOf("Two") < over.lastIndexOf("One"));
  await visitor.send(`${at}/prepare/minutes`, { act: "trim" });
  assert.doesNotMatch(await visitor.open(`${at}/prepare/minutes`), /more than the 30/u);
  await visitor.send(`${at}/agenda/status`, { status: "All is on time" });
  assert.match(await visitor.open(`${at}/agenda`), /All is on time/u);
});

onEveryStore(
  "a change after the approval says that it has to be approved again; after sending, that it is for the talk",
  async (app) => {
    const { visitor, at, meetingId } = await scene(app);
    await visitor.send(`${at}/prepare`);
    await fill(visitor, `${at}/prepare/need`, { text: "A yes" });
    const approve = async (): Promise<void> => {
      const hash = /name="hash" value="([0-9a-f]+)"/u.exec(await visitor.open(`${at}/agenda`))?.[1] ?? "";
      await visitor.send(`${at}/agenda`, { way: "copy", sendAt: "", hash });
    };
    await approve();
    await fill(visitor, `${at}/prepare/topics`, { text: "One more" });
    assert.match(await visitor.open(`${at}/agenda`), /Approve these words/u);
    await approve();
    const delivery = await findDelivery(app.database.reader, app.owner, meetingId, "agenda");
    app.clock.set("2026-03-11T09:00:00Z");
    await app.call(markSent, { id: delivery?.id ?? "" });
    await fill(visitor, `${at}/prepare/topics`, { text: "Too late for the mail" });
    const page = await visitor.open(`${at}/agenda`);
    assert.match(page, /the changes are for the talk/u);
    assert.doesNotMatch(page, /Too late for the mail/u, "the mail is shown as it went out");
  },
);

onEveryStore("words that changed between looking and approving are not approved", async (app) => {
  const { visitor, at, meetingId } = await scene(app);
  await visitor.send(`${at}/prepare`);
  await fill(visitor, `${at}/prepare/need`, { text: "A yes" });
  const hash = /name="hash" value="([0-9a-f]+)"/u.exec(await visitor.open(`${at}/agenda`))?.[1] ?? "";
  await app.call(putItem, { meetingId, kind: "topic", text: "Slipped in" });
  assert.match(await visitor.sendWrong(`${at}/agenda`, { way: "copy", sendAt: "", hash }), /changed since you looked/u);
});

onEveryStore("a private draft reaches no mail and odd text breaks no page", async (app) => {
  const { visitor, at, meetingId } = await scene(app);
  await visitor.send(`${at}/prepare`);
  await app.call(saveItem, { meetingId, kind: "win", text: "CANARY-private" });
  const odd = `<script>alert(1)</script> "quoted" 🎉 שלום\r\n'single'`;
  await fill(visitor, `${at}/prepare/need`, { text: odd });
  for (const path of ["prepare", "prepare/need", "prepare/minutes"])
    assert.doesNotMatch(await visitor.open(`${at}/${path}`), /<script>alert/u);
  assert.doesNotMatch(await visitor.open(`${at}/agenda`), /CANARY-private|<script>alert/u);
  assert.match(
    await visitor.sendWrong(`${at}/prepare/topics`, {
      ...formState(await visitor.open(`${at}/prepare/topics`)),
      text: "x".repeat(100_000),
      act: "put",
    }),
    /longer than 20,000/u,
  );
});

onEveryStore("a cancelled meeting, a step that does not exist and a preparation not begun", async (app) => {
  const { visitor, at, meetingId } = await scene(app);
  await visitor.open(`${at}/prepare/nonsense`, 404);
  await visitor.open(`${at}/prepare/need`, 303);
  await app.call(cancelMeeting, { id: meetingId });
  assert.match(await visitor.open(`${at}/prepare`), /was cancelled/u);
  assert.equal(await visitor.send(`${at}/prepare`), `${at}/prepare`);
  await visitor.open("/meetings/none/prepare", 404);
});
