import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { type Visitor, visitorOf } from "../../../test/support/visitor.ts";
import { saveProfile } from "../account/operations.ts";
import { agendaPages, showAgenda } from "../agenda/index.ts";
import { deliveryPages } from "../delivery/index.ts";
import { journalPages, listCaptures } from "../journal/index.ts";
import { listMeetings, markHeld, meetingsPages, scheduleSeries } from "../meetings/index.ts";
import { addPerson } from "../people/index.ts";
import { recapPages } from "../recap/index.ts";
import { todayPages } from "../today/index.ts";
import { answerPrompt, blindspotPages, rateTalk, showBlindspots } from "./index.ts";

interface Scene {
  readonly visitor: Visitor;
  readonly personId: string;
  readonly meetings: readonly string[];
}

async function scene(app: TestApp): Promise<Scene> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const { id: personId } = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  const series = { startsOn: "2026-03-12", time: "10:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 1 };
  await app.call(scheduleSeries, { personId, ...series });
  const pages = [blindspotPages, meetingsPages, agendaPages, deliveryPages, journalPages, recapPages, todayPages];
  return {
    visitor: visitorOf(app, pages),
    personId,
    meetings: (await app.call(listMeetings, {})).meetings.map((one) => one.id),
  };
}

onEveryStore("an answer is told in two clicks: written where it is asked, and onto the agenda (S21)", async (app) => {
  const { visitor, personId, meetings } = await scene(app);
  const known = `/people/${personId}/known`;
  const empty = await visitor.open(known);
  assert.match(empty, /aria-label="0 of 5 told"/u);
  assert.match(empty, /Not answered yet/u);
  const to = /formaction="(\/meetings\/[^"]+\/agenda\/answers)"/u.exec(empty)?.[1] ?? "";
  const fields = { prompt: "direction", "direction-text": "Lead the pilot", "direction-horizon": "now", from: "known" };
  assert.equal(await visitor.send(to, { ...fields, act: "agenda" }), known);
  const { items } = await app.call(showAgenda, { meetingId: meetings[0] ?? "" });
  assert.deepEqual(
    items.map((item) => [item.kind, item.text, item.preparedAt !== null]),
    [["growth", "Lead the pilot", true]],
  );
  const page = await visitor.open(known);
  assert.match(page, /On the agenda for/u);
  assert.match(page, /Ready for:/u);
});

onEveryStore("an obstacle that was kept becomes the challenge by one click (S20)", async (app) => {
  const { visitor, personId, meetings } = await scene(app);
  const known = `/people/${personId}/known`;
  const fields = { "obstacles-text": "One test system", "obstacles-ownedBy": "Platform", "obstacles-decision": "A second one" };
  assert.equal(await visitor.send(`${known}/obstacles`, fields), `${known}#obstacles`);
  const page = await visitor.open(known);
  assert.match(page, /Only you know/u);
  assert.match(page, /Make it the challenge of the next talk/u);
  const captureId = /name="captureId" value="([^"]+)"/u.exec(page)?.[1] ?? "";
  await visitor.send(`/meetings/${meetings[0]}/agenda/answers`, { captureId, from: "known" });
  const { items } = await app.call(showAgenda, { meetingId: meetings[0] ?? "" });
  assert.deepEqual([items[0]?.kind, items[0]?.decisionWanted], ["challenge", "A second one"]);
});

onEveryStore("an answer that is not accepted comes back with what was typed", async (app) => {
  const { visitor, personId } = await scene(app);
  const known = `/people/${personId}/known`;
  const page = await visitor.sendWrong(`${known}/energy`, { "energy-text": "Chasing counts", "energy-projects": "Stock" });
  assert.match(page, /Say how it leaves you/u);
  assert.match(page, /value="Chasing counts"/u);
  await visitor.open("/people/nobody/known", 404);
  await visitor.open(`/people/${personId}/card/nothing`, 404);
});

onEveryStore("the preparation asks one light question, which can be answered, kept private or skipped (S16)", async (app) => {
  const { visitor, meetings, personId } = await scene(app);
  const [first = "", second = ""] = meetings;
  assert.match(await visitor.open(`/meetings/${first}/prepare`), /What are you most proud of this week\?/u);
  const to = `/meetings/${first}/prepare/proposal`;
  const again = await visitor.sendWrong(to, { prompt: "proud", "proud-text": " ", act: "keep" });
  assert.match(again, /Write your answer in a line/u);
  const answer = { prompt: "proud", "proud-text": "One layout", act: "keep" };
  assert.match(await visitor.show(to, answer), /Answered\. That was the only one/u);
  assert.match(await visitor.show(to, answer), /Answered\. That was the only one/u, "sent once more");
  assert.equal((await app.call(listCaptures, { kind: "win" })).captures.length, 1, "it is one answer");
  assert.deepEqual((await app.call(showAgenda, { meetingId: first })).items, [], "kept private");
  assert.match(await visitor.open(`/meetings/${first}/prepare`), /Answered\. That was the only one/u);
  const page = await visitor.open(`/meetings/${second}/prepare`);
  assert.match(page, /Which work/u, "the next one asks about energy");
  const written = { prompt: "energy", "energy-text": "Retyping", act: "skip" };
  const kept = await visitor.sendWrong(`/meetings/${second}/prepare/proposal`, written);
  assert.match(kept, /Keep it private, or empty it/u);
  assert.match(kept, /value="Retyping"/u, "nothing written is thrown away");
  await visitor.show(`/meetings/${second}/prepare/proposal`, { act: "skip", prompt: "energy" });
  assert.match(await visitor.open(`/meetings/${second}/prepare`), /Left for another time/u);
  assert.equal((await app.call(showBlindspots, { personId })).told, 0);
});

onEveryStore("the four questions are asked on the start page, and a yes becomes a draft with a gap (S1)", async (app) => {
  const { visitor, meetings } = await scene(app);
  assert.match(await visitor.open("/"), /What are you waiting for\?/u);
  assert.match(await visitor.sendWrong("/waits", { asked: "yes" }), /Answer yes or no/u);
  await visitor.send("/waits", { asked: "no", noticed: "no", ready: "yes", unstuck: "no" });
  const page = await visitor.open("/waits");
  assert.match(page, /I am ready for \[what\]/u);
  assert.doesNotMatch(await visitor.open("/"), /What are you waiting for\?/u);
  assert.match(await visitor.open(`/meetings/${meetings[0]}/prepare`), /I am ready for \[what\]/u);
  const waitId = /name="waitId" value="([^"]+)"/u.exec(page)?.[1] ?? "";
  const to = await visitor.send(`/meetings/${meetings[0]}/agenda/waits`, { waitId });
  assert.equal(to, `/meetings/${meetings[0]}/prepare/growth?item=${waitId}`);
  assert.match(await visitor.open(to), /I am ready for \[what\]/u);
  assert.equal(await visitor.send(`/meetings/${meetings[1]}/agenda/waits`, { waitId }), "/waits");
  await visitor.send("/waits/skip");
});

onEveryStore("how they like news stands beside the challenge (S44), and the card keeps its history (S15)", async (app) => {
  const { visitor, personId, meetings } = await scene(app);
  const card = `/people/${personId}/card`;
  await visitor.open(card);
  await visitor.send(`/meetings/${meetings[0]}/prepare`);
  const step = `/meetings/${meetings[0]}/prepare/challenge`;
  assert.doesNotMatch(await visitor.open(step), /wants to hear of trouble/u);
  await visitor.send(card, { category: "news", timing: "early", channel: "phone", depth: "headline", text: "Said so in March" });
  assert.match(await visitor.open(step), /Max wants to hear of trouble early, by phone, in a headline\./u);
  assert.match(await visitor.sendWrong(card, { category: "priorities", text: " " }), /Write down what you know/u);
  assert.match(await visitor.sendWrong(card, { category: "news" }), /Write down what you know/u);
  await visitor.send(card, { category: "priorities", text: "Fewer late deliveries" });
  const entry = /href="(\/people\/[^"]+\/card\/[^"]+)">Change/u.exec(await visitor.open(card))?.[1] ?? "";
  await visitor.send(entry, { category: "priorities", text: "Fewer late deliveries by June" });
  assert.match(await visitor.open(entry), /Earlier wordings/u);
  await visitor.send(`${entry}/deletion`);
  assert.match(await visitor.open(card), /Taken off the card/u);
  await visitor.open(entry);
  await visitor.send(`${entry}/restoration`);
});

onEveryStore("after a talk one tap says how it left its owner, and three make a line (S3)", async (app) => {
  const { visitor, personId, meetings } = await scene(app);
  const [first = "", second = "", third = ""] = meetings;
  assert.doesNotMatch(await visitor.open(`/meetings/${first}`), /How did it leave you/u);
  app.clock.set("2026-03-27T09:00:00Z");
  await app.call(markHeld, { id: first });
  assert.match(await visitor.open(`/meetings/${first}`), /How did it leave you/u);
  assert.equal(await visitor.send(`/meetings/${first}/seen`, { rating: "2" }), `/meetings/${first}#seen`);
  await visitor.send(`/meetings/${first}/seen`, { rating: "2", "seen-note": "No question all hour" });
  assert.match(await visitor.open(`/meetings/${first}`), /No question all hour/u);
  assert.match(await visitor.sendWrong(`/meetings/${first}/seen`, { rating: "9" }), /from 1 \(invisible\) to 5/u);
  await app.call(rateTalk, { meetingId: second, rating: 3 });
  assert.doesNotMatch(await visitor.open(`/people/${personId}/known`), /How seen the talks left you/u);
  await app.call(rateTalk, { meetingId: third, rating: 5 });
  assert.match(await visitor.open(`/people/${personId}/known`), /3 talks, from hardly seen to seen/u);
});

onEveryStore("the page of five shows answers, energy by project and earlier directions", async (app) => {
  const { visitor, personId } = await scene(app);
  for (const energy of [-2, -1, -2])
    await app.call(answerPrompt, { prompt: "energy", text: "Counts", energy, projects: ["Stock"] });
  await app.call(answerPrompt, { prompt: "direction", text: "Become an expert", horizon: "later" });
  await app.call(answerPrompt, { prompt: "direction", text: "Lead a team" });
  await app.call(answerPrompt, { prompt: "skills", text: "Workshops", skills: ["Facilitation"], goal: "The pilot" });
  app.clock.set("2026-04-20T09:00:00Z");
  const page = await visitor.open(`/people/${personId}/known`);
  for (const words of [
    "Energy by project",
    "Earlier directions",
    "Worth a new look since",
    "No win carries it yet",
    "For: The pilot",
  ])
    assert.ok(page.includes(words), words);
});
