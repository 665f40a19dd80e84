import assert from "node:assert/strict";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { visitorOf } from "../../../test/support/visitor.ts";
import { weeklyTalk } from "../../../test/support/weekly-talk.ts";
import { agendaPages, showAgenda } from "../agenda/index.ts";
import { meetingsPages } from "../meetings/index.ts";
import { recordPages } from "../record/index.ts";
import { listSeeds, seedPages } from "./index.ts";

const WISH = "I would like to lead a project next year.";
const pages = [seedPages, agendaPages, meetingsPages, recordPages];

onEveryStore("a seed is planted, noted, opened, answered and taken up again with plain forms (S39)", async (app) => {
  const { personId } = await weeklyTalk(app);
  const visitor = visitorOf(app, pages);
  assert.match(await visitor.open("/seeds"), /None is growing yet/u);
  assert.match(await visitor.open(`/people/${personId}`), /Seeds you planted with them/u);
  const empty = await visitor.sendWrong("/seeds", { personId, text: " ", heard: "Over lunch" });
  assert.match(empty, /Write the wish/u);
  assert.match(empty, /Over lunch/u, "what was typed is still there");
  const seed = await visitor.send("/seeds", { personId, text: WISH, saidOn: "2026-01-12" });
  const list = await visitor.open(`/seeds?person=${personId}`);
  assert.match(list, /49 days ago/u);
  assert.match(list, /It is time to mention it again/u);
  assert.match(await visitor.open(seed), /On Monday 12 January 2026 I said/u);
  assert.match(await visitor.sendWrong(`${seed}/mentions`, { heard: "Later", saidOn: "2027-01-01" }), /still to come/u);
  await visitor.send(`${seed}/mentions`, { heard: "Perhaps in spring", saidOn: "2026-03-01", meetingId: "" });
  assert.match(await visitor.open(seed), /yesterday/u);
  assert.match(await visitor.sendWrong(`${seed}/opening`, { opening: "" }), /Write what opened/u);
  await visitor.send(`${seed}/opening`, { opening: "The spring release" });
  assert.match(await visitor.sendWrong(`${seed}/outcome`, { reason: "Because" }), /Say yes or no/u);
  await visitor.send(`${seed}/outcome`, { outcome: "no", reason: "No budget" });
  assert.match(await visitor.open("/seeds"), /Answered, or at rest/u);
  await visitor.send(`${seed}/reopening`);
  await visitor.send(`${seed}/rest`, { reason: "After the move" });
  await visitor.send(`${seed}/reopening`);
  await visitor.send(seed, { text: `${WISH} Or earlier.`, personId });
  const history = await visitor.open(`${seed}/history`);
  for (const words of ["No budget", "After the move", "Perhaps in spring", "The spring release", WISH])
    assert.ok(history.includes(words), words);
  const mention = /action="(\/seeds\/mentions\/[^"]+\/removal)"/u.exec(await visitor.open(seed))?.[1] ?? "";
  assert.equal(await visitor.send(mention), seed);
  assert.match(await visitor.open("/record/search?text=Or+earlier"), /Seed, for Max Berger/u);
  await visitor.open("/seeds/none", 404);
});

onEveryStore("a seed comes into the next preparation from its page, the growth step and the proposals (S39)", async (app) => {
  const { personId, meetingId } = await weeklyTalk(app);
  const visitor = visitorOf(app, pages);
  const path = await visitor.send("/seeds", { personId, text: WISH });
  const id = path.slice("/seeds/".length);
  const toAgenda = `/meetings/${meetingId}/agenda/seeds`;
  assert.ok((await visitor.open(path)).includes(`action="${toAgenda}"`));
  const proposals = await visitor.open(`/meetings/${meetingId}/prepare`);
  assert.match(proposals, /A seed that Max has not heard of/u);
  await visitor.send(`/meetings/${meetingId}/prepare`);
  assert.match(await visitor.open(`/meetings/${meetingId}/prepare/growth`), /A seed to mention again/u);
  const to = await visitor.send(toAgenda, { seedId: id });
  const step = await visitor.open(to);
  assert.match(step, new RegExp(WISH, "u"));
  assert.doesNotMatch(step, /A seed to mention again/u, "never twice in one preparation");
  assert.match(await visitor.open(path), /It stands in/u);
  assert.doesNotMatch(await visitor.open(`/meetings/${meetingId}/prepare/proposal`), /A seed that Max has not heard of/u);
  await visitor.send(toAgenda, { seedId: id, act: "put" });
  const { items } = await app.call(showAgenda, { meetingId });
  assert.deepEqual(
    items.map((item) => [item.kind, item.text, item.minutes, item.preparedAt !== null]),
    [["growth", WISH, 5, true]],
  );
  await visitor.send(`${path}/rest`);
  assert.equal(await visitor.send(toAgenda, { seedId: id }), path, "what rests is taken up again first");
  assert.deepEqual((await app.call(listSeeds, {})).seeds, []);
});
