import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { testPages } from "../../../test/support/test-pages.ts";
import { weeklyTalk } from "../../../test/support/weekly-talk.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { addCommitment, listCommitments } from "../commitments/index.ts";
import { recapPages } from "../recap/index.ts";
import { todayPages } from "../today/index.ts";
import { answerPages, keepAnswer, listAnswers, type NewAnswer } from "./index.ts";

type Said = Partial<NewAnswer> & Pick<NewAnswer, "kind" | "text">;

async function hear(app: TestApp, talk: { personId: string; meetingId: string }, said: Said): Promise<string> {
  const facts = { sourceKey: `${said.kind} ${said.text}`, way: "mail", isVerified: true, ...talk, ...said } as const;
  return inTransaction(app.database, (tx) => keepAnswer(tx, app.owner, app.clock.now(), facts));
}

const withPages = (app: TestApp) => testPages(app, [recapPages, todayPages, answerPages]);

onEveryStore("an answer shows on the start page and on its meeting, and can be taken over or left aside there", async (app) => {
  const pages = withPages(app);
  const talk = await weeklyTalk(app);
  const { id: about } = await app.call(addCommitment, { ...talk, side: "theirs", text: "Ask <finance>", dueOn: "2026-03-18" });
  const correction = await hear(app, talk, {
    kind: "correction",
    text: "Ask <Lena>",
    namedOn: "2026-03-25",
    about: { kind: "commitment", id: about, text: "Ask <finance>" },
  });
  const other = await hear(app, talk, { kind: "topic", text: "Holidays" });
  const path = `/meetings/${talk.meetingId}`;
  assert.match(await pages.get("/"), /<bdi>Max<\/bdi> said something: 2 lines wait for you/u);
  const before = await pages.get(path);
  assert.match(before, /In your ledger<\/dt><dd dir="auto">Ask &lt;finance&gt; \(by Wed 18 Mar\)/u);
  assert.match(before, /has it<\/dt><dd dir="auto">Ask &lt;Lena&gt; \(by Wed 25 Mar\)/u);
  const odd = await pages.post(`${path}/answers/${correction}`, { act: "constructor" });
  assert.equal(odd.status, 303);
  assert.equal((await app.call(listAnswers, { waiting: true })).answers.length, 2, "an act that there is not does nothing");
  await pages.post(`${path}/answers/${correction}`, { act: "accept" });
  await pages.post(`${path}/answers/${other}`, { act: "decline" });
  assert.equal((await app.call(listCommitments, {})).theirs[0]?.text, "Ask <Lena>");
  const after = await pages.get(path);
  assert.match(after, /You took it over/u);
  assert.match(after, /You left it aside/u);
  assert.doesNotMatch(await pages.get("/"), /said something/u);
});

onEveryStore("a sender who is not sure is said to be so, and asked about first", async (app) => {
  const pages = withPages(app);
  const talk = await weeklyTalk(app);
  const id = await hear(app, talk, { kind: "reply", text: "Pay here", isVerified: false, sender: "max@evil.example.org" });
  const path = `/meetings/${talk.meetingId}`;
  const page = await pages.get(path);
  assert.match(
    page,
    /It is not sure that <bdi>Max<\/bdi> wrote this: it says to come from <span dir="auto">max@evil\.example\.org/u,
  );
  assert.ok(!page.includes("Keep it"));
  await pages.post(`${path}/answers/${id}`, { act: "verify" });
  assert.ok((await pages.get(path)).includes("Keep it"));
});

onEveryStore("out of reach, the page about pages says that a reply does the same, and offers no switch", async (app) => {
  const pages = withPages(app);
  const { personId } = await weeklyTalk(app);
  const page = await pages.get(`/people/${personId}/page`);
  assert.match(page, /answers on your machine alone/u);
  assert.ok(!page.includes("Let Max open a page"));
  const forced = await pages.post(`/people/${personId}/page`, { allowed: "yes" });
  assert.equal(forced.status, 503);
  assert.match(forced.text, /cannot be reached from outside yet/u);
  await pages.get("/people/nobody/page", 404);
});
