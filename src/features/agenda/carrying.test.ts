import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import {
  dropQuestion,
  keepCommitment,
  putCommitment,
  putOpenQuestion,
  addCommitment,
  reopenCommitment,
} from "../commitments/index.ts";
import { cancelMeeting, handOver, listMeetings, markHeld, markNotHeld, type Meeting, scheduleSeries } from "../meetings/index.ts";
import { addPerson } from "../people/index.ts";
import { letGo, openAgenda, preparedItems, prepareItem, putItem, removeItem, restoreItem, saveItem, tickItem } from "./index.ts";

interface Weeks {
  readonly personId: string;
  readonly meetings: readonly Meeting[];
}

/** Meetings with Max on Tuesdays at 10:00 in Berlin from 3 March 2026; the clock stands a day before the first. */
async function weekly(app: TestApp): Promise<Weeks> {
  const { id: personId } = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  await app.call(scheduleSeries, {
    personId,
    startsOn: "2026-03-03",
    time: "10:00",
    zone: "Europe/Berlin",
    minutes: 30,
    everyWeeks: 1,
  });
  return { personId, meetings: (await app.call(listMeetings, { to: "2026-05-05" })).meetings };
}

function at(weeks: Weeks, index: number): string {
  const meeting = weeks.meetings[index];
  assert.ok(meeting, `a meeting ${index}`);
  return meeting.id;
}

/** Moves the clock to the day after a meeting of the series. */
function afterMeeting(app: TestApp, weeks: Weeks, index: number): void {
  app.clock.set(
    Temporal.Instant.from(weeks.meetings[index]?.endsAt ?? "")
      .add({ hours: 24 })
      .toString(),
  );
}

async function texts(app: TestApp, meetingId: string): Promise<string[]> {
  return (await app.call(openAgenda, { meetingId })).items.filter((item) => item.preparedAt !== null).map((item) => item.text);
}

async function put(
  app: TestApp,
  meetingId: string,
  kind: "need" | "win" | "challenge" | "growth" | "topic",
  text: string,
): Promise<string> {
  await app.call(openAgenda, { meetingId });
  return (await app.call(putItem, { meetingId, kind, text })).item.id;
}

async function promise(
  app: TestApp,
  weeks: Weeks,
  text: string,
  side: "mine" | "theirs" = "mine",
  isShared = true,
): Promise<string> {
  return inTransaction(app.database, (tx) =>
    putCommitment(tx, app.owner, app.clock.now(), {
      personId: weeks.personId,
      meetingId: at(weeks, 0),
      side,
      text,
      dueOn: "2026-03-09",
      isShared,
    }),
  );
}

async function question(app: TestApp, weeks: Weeks, text: string): Promise<string> {
  return inTransaction(app.database, (tx) =>
    putOpenQuestion(tx, app.owner, app.clock.now(), { personId: weeks.personId, meetingId: at(weeks, 0), text, isShared: true }),
  );
}

onEveryStore(
  "what nobody else has read comes over as a private draft, also from a recap that was kept without sending",
  async (app) => {
    const weeks = await weekly(app);
    afterMeeting(app, weeks, 0);
    await app.call(markHeld, { id: at(weeks, 0) });
    await promise(app, weeks, "Only for me", "theirs", false);
    const { items } = await app.call(openAgenda, { meetingId: at(weeks, 1) });
    assert.deepEqual(
      items.map(({ text, preparedAt }) => [text, preparedAt]),
      [["Only for me", null]],
    );
  },
);

onEveryStore(
  "what is still open stands in the next preparation exactly once, even when it is opened twice at once (S53)",
  async (app) => {
    const weeks = await weekly(app);
    await put(app, at(weeks, 0), "need", "A yes to the pilot");
    const discussed = await put(app, at(weeks, 0), "win", "The release went out");
    await put(app, at(weeks, 0), "challenge", "Two teams, one test system");
    afterMeeting(app, weeks, 0);
    await app.call(markHeld, { id: at(weeks, 0) });
    await inTransaction(app.database, (tx) => tickItem(tx, app.owner, app.clock.now(), discussed, true));
    await promise(app, weeks, "Send the plan");
    await promise(app, weeks, "Ask about the budget", "theirs");
    await question(app, weeks, "Who decides?");
    await Promise.all([1, 2, 3].map(() => app.call(openAgenda, { meetingId: at(weeks, 1) })));
    await app.call(openAgenda, { meetingId: at(weeks, 1) });
    const { items } = await app.call(openAgenda, { meetingId: at(weeks, 1) });
    assert.deepEqual(
      items.map(({ kind, text, carriedSide, dueOn }) => [kind, text, carriedSide, dueOn]),
      [
        ["challenge", "Two teams, one test system", null, null],
        ["carried", "Send the plan", "mine", "2026-03-09"],
        ["carried", "Ask about the budget", "theirs", "2026-03-09"],
        ["carried", "Who decides?", "question", null],
      ],
      "a discussed item and the need of a talk that took place do not come over",
    );
    assert.ok(
      items.every((item) => item.preparedAt !== null),
      "this person read all of it before",
    );
  },
);

onEveryStore(
  "everything comes over from the last agenda, through cancelled and not held meetings, each item once (S53)",
  async (app) => {
    const weeks = await weekly(app);
    await put(app, at(weeks, 0), "challenge", "From the first");
    afterMeeting(app, weeks, 0);
    await app.call(markHeld, { id: at(weeks, 0) });
    await put(app, at(weeks, 1), "need", "A decision on the pilot");
    await put(app, at(weeks, 1), "win", "From the second");
    afterMeeting(app, weeks, 1);
    await app.call(markNotHeld, { id: at(weeks, 1) });
    await app.call(cancelMeeting, { id: at(weeks, 2) });
    assert.deepEqual((await texts(app, at(weeks, 3))).toSorted(), [
      "A decision on the pilot",
      "From the first",
      "From the second",
    ]);
    const { items } = await app.call(openAgenda, { meetingId: at(weeks, 3) });
    assert.equal(items[0]?.kind, "need", "it did not happen, so what was needed still is");
    await put(app, at(weeks, 3), "topic", "From the fourth");
    afterMeeting(app, weeks, 3);
    await app.call(markNotHeld, { id: at(weeks, 3) });
    assert.deepEqual((await texts(app, at(weeks, 4))).toSorted(), [
      "A decision on the pilot",
      "From the first",
      "From the fourth",
      "From the second",
    ]);
  },
);

onEveryStore("what is discussed after any number of carries is closed", async (app) => {
  const weeks = await weekly(app);
  await put(app, at(weeks, 0), "topic", "A room for the team");
  for (const index of [0, 1]) {
    afterMeeting(app, weeks, index);
    await app.call(markHeld, { id: at(weeks, index) });
    await app.call(openAgenda, { meetingId: at(weeks, index + 1) });
  }
  const [item] = await preparedItems(app.database.reader, app.owner, at(weeks, 2));
  assert.equal(item?.text, "A room for the team");
  await inTransaction(app.database, (tx) => tickItem(tx, app.owner, app.clock.now(), item?.id ?? "", true));
  afterMeeting(app, weeks, 2);
  await app.call(markHeld, { id: at(weeks, 2) });
  assert.deepEqual(await texts(app, at(weeks, 3)), []);
});

onEveryStore(
  "a promise that is kept leaves an open preparation, and comes back when it is opened again (S47, S53)",
  async (app) => {
    const weeks = await weekly(app);
    afterMeeting(app, weeks, 0);
    const id = await promise(app, weeks, "Send the plan");
    const asked = await question(app, weeks, "Who decides?");
    assert.deepEqual(await texts(app, at(weeks, 1)), ["Send the plan", "Who decides?"]);
    await app.call(keepCommitment, { id });
    await app.call(dropQuestion, { id: asked });
    assert.deepEqual(await texts(app, at(weeks, 1)), []);
    assert.deepEqual(await preparedItems(app.database.reader, app.owner, at(weeks, 1)), []);
    await app.call(reopenCommitment, { id });
    assert.deepEqual(await texts(app, at(weeks, 1)), ["Send the plan"]);
  },
);

onEveryStore("what is taken out stays out of this agenda and is open again next time; what is let go is not", async (app) => {
  const weeks = await weekly(app);
  await put(app, at(weeks, 0), "topic", "Taken out");
  await put(app, at(weeks, 0), "topic", "Let go");
  afterMeeting(app, weeks, 0);
  await app.call(markHeld, { id: at(weeks, 0) });
  const { items } = await app.call(openAgenda, { meetingId: at(weeks, 1) });
  for (const item of items) await app.call(item.text === "Let go" ? letGo : removeItem, { id: item.id });
  const again = await app.call(openAgenda, { meetingId: at(weeks, 1) });
  assert.deepEqual(again.items, []);
  assert.deepEqual(
    again.takenOut.map((item) => item.text),
    ["Taken out"],
  );
  afterMeeting(app, weeks, 1);
  await app.call(markHeld, { id: at(weeks, 1) });
  assert.deepEqual(await texts(app, at(weeks, 2)), ["Taken out"]);
});

onEveryStore("an item that was taken out can be put back", async (app) => {
  const weeks = await weekly(app);
  afterMeeting(app, weeks, 0);
  await promise(app, weeks, "Send the plan");
  const { items } = await app.call(openAgenda, { meetingId: at(weeks, 1) });
  await app.call(removeItem, { id: items[0]?.id ?? "" });
  await app.call(restoreItem, { id: items[0]?.id ?? "" });
  assert.deepEqual(await texts(app, at(weeks, 1)), ["Send the plan"]);
});

onEveryStore("a private draft and a promise that nobody read do not come over as prepared", async (app) => {
  const weeks = await weekly(app);
  await app.call(openAgenda, { meetingId: at(weeks, 0) });
  await app.call(saveItem, { meetingId: at(weeks, 0), kind: "topic", text: "Only for me" });
  afterMeeting(app, weeks, 0);
  await app.call(addCommitment, { personId: weeks.personId, side: "mine", text: "Written down alone" });
  const { items } = await app.call(openAgenda, { meetingId: at(weeks, 1) });
  assert.deepEqual(
    items.map((item) => [item.text, item.preparedAt]),
    [["Written down alone", null]],
  );
  assert.deepEqual(await preparedItems(app.database.reader, app.owner, at(weeks, 1)), []);
  await app.call(prepareItem, { id: items[0]?.id ?? "" });
  assert.deepEqual(await texts(app, at(weeks, 1)), ["Written down alone"]);
});

onEveryStore("what is open waits while another meeting with the same person comes first", async (app) => {
  const weeks = await weekly(app);
  await promise(app, weeks, "Send the plan");
  const later = await app.call(openAgenda, { meetingId: at(weeks, 1) });
  assert.deepEqual([later.items, later.waitsForEarlier], [[], true]);
  assert.deepEqual(await texts(app, at(weeks, 0)), ["Send the plan"]);
  afterMeeting(app, weeks, 0);
  assert.deepEqual(await texts(app, at(weeks, 1)), ["Send the plan"]);
});

onEveryStore("nothing comes over to a new manager by itself", async (app) => {
  const weeks = await weekly(app);
  await put(app, at(weeks, 0), "challenge", "Between Max and me");
  afterMeeting(app, weeks, 0);
  await app.call(markHeld, { id: at(weeks, 0) });
  await promise(app, weeks, "Promised to Max");
  await app.call(handOver, { personId: weeks.personId, name: "Nina Okafor", email: "nina@example.org", on: "2026-03-06" });
  const { meetings } = await app.call(listMeetings, { from: "2026-03-07" });
  const first = meetings.find((meeting) => meeting.personId !== weeks.personId && meeting.state === "planned");
  assert.ok(first, "the series goes on with the new manager");
  assert.deepEqual((await app.call(openAgenda, { meetingId: first.id })).items, []);
});
