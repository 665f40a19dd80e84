import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { testPages } from "../../../test/support/test-pages.ts";
import { saveProfile } from "../account/index.ts";
import { addCommitment } from "../commitments/index.ts";
import { journalPages, listCaptures } from "../journal/index.ts";
import { scheduleSeries } from "../meetings/index.ts";
import { addPerson } from "../people/index.ts";
import { todayPages } from "./index.ts";

async function withMax(app: TestApp): Promise<string> {
  await app.call(saveProfile, { name: "Ana Silva", zone: "Europe/Berlin" });
  return (await app.call(addPerson, { name: "Max <Berger>" })).id;
}

onEveryStore("the start page shows the next meeting, the hour of its agenda and one thing to do", async (app) => {
  const personId = await withMax(app);
  const pages = testPages(app, [todayPages, journalPages]);
  assert.match(await pages.get("/"), /None is planned/u);
  await app.call(scheduleSeries, {
    personId,
    startsOn: "2026-03-05",
    time: "10:00",
    zone: "Europe/Berlin",
    minutes: 30,
    everyWeeks: 1,
  });
  await app.call(addCommitment, { personId, side: "theirs", text: "Ask finance" });
  await app.call(addCommitment, { personId, side: "mine", text: "Send the plan", dueOn: "2026-03-01" });
  const text = await pages.get("/");
  assert.match(
    text,
    /Max &lt;Berger&gt;<\/span>, <time datetime="2026-03-05T09:00:00.000Z">Thu 5 Mar, 10:00<\/time><\/a> \(in 3 days\)/u,
  );
  assert.match(text, /goes out by <time datetime="2026-03-04T09:00:00.000Z">Wed 4 Mar, 10:00/u);
  assert.ok(text.indexOf("Send the plan") < text.indexOf("Ask finance"), "one's own first (S47)");
  assert.match(text, /1 day past/u);
});

onEveryStore("a line noted on the start page comes back to it", async (app) => {
  await withMax(app);
  const pages = testPages(app, [todayPages, journalPages]);
  const { status, location } = await pages.post("/journal", { text: "Shipped it", kind: "win", return: "/" });
  assert.equal(status, 303);
  assert.match(location ?? "", /^\/\?noticed=/u);
  assert.equal((await app.call(listCaptures, {})).captures[0]?.text, "Shipped it");
  await pages.get(location ?? "");
});

onEveryStore("after its hour the start page asks whether the meeting happened", async (app) => {
  const personId = await withMax(app);
  await app.call(scheduleSeries, {
    personId,
    startsOn: "2026-03-05",
    time: "10:00",
    zone: "Europe/Berlin",
    minutes: 30,
    everyWeeks: 1,
  });
  app.clock.set("2026-03-05T12:00:00Z");
  const text = await testPages(app, [todayPages]).get("/");
  assert.match(text, /Did it happen\?/u);
  assert.match(text, /name="happened" value="no"/u);
});
