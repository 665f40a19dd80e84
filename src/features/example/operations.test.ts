import assert from "node:assert/strict";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { listCommitments } from "../commitments/index.ts";
import { listMeetings } from "../meetings/index.ts";
import { listPeople } from "../people/index.ts";
import { showTimeline } from "../record/index.ts";
import { listSeeds } from "../seeds/index.ts";
import { tellStory } from "./index.ts";

onEveryStore("the example's 26 weeks are told by the operations themselves, up to now", async (app) => {
  app.clock.set("2026-11-22T20:00:00Z");
  await tellStory(app.database, app.owner, app.clock.now());

  const { people } = await app.call(listPeople, {});
  assert.deepEqual(people.map((person) => [person.name, person.endedOn !== null]).toSorted(), [
    ["Amara Osei", false],
    ["Ruth Perrin", false],
    ["Tomas Keller", true],
  ]);
  const { meetings } = await app.call(listMeetings, { from: "2026-05-01", to: "2026-11-22", limit: 500 });
  const states = new Map([...Map.groupBy(meetings, (meeting) => meeting.state)].map(([state, list]) => [state, list.length]));
  assert.ok((states.get("held") ?? 0) >= 18, `held ${states.get("held")}`);
  assert.equal(states.get("cancelled"), 4);
  assert.equal(states.get("not_held"), 1);
  assert.equal(states.get("planned"), undefined, "nothing in the past waits for an answer");
  for (const person of people.filter((one) => one.endedOn === null)) {
    const { meetings: coming } = await app.call(listMeetings, { from: "2026-11-23", to: "2027-03-31", personId: person.id });
    assert.ok(coming.length >= 3, `${person.name} is met again`);
  }
  const ledgers = await app.call(listCommitments, {});
  assert.ok(ledgers.mine.some((one) => one.keptAt) && ledgers.theirs.some((one) => one.droppedAt));
  const { seeds } = await app.call(listSeeds, { all: true });
  assert.deepEqual(
    seeds.map((seed) => [seed.state, seed.asksAgain]),
    [
      ["planted", true],
      ["revisited", false],
      ["yes", false],
    ],
    "one seed asks to be mentioned again, one grows, one became a yes (S39)",
  );
  const { entries } = await app.call(showTimeline, { limit: 100 });
  assert.equal(entries.length, 100);
});
