import assert from "node:assert/strict";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { testPages } from "../../../test/support/test-pages.ts";
import { saveProfile } from "../account/index.ts";
import { listMeetings, meetingsPages, scheduleSeries } from "../meetings/index.ts";
import { addPerson } from "../people/index.ts";
import { recapPages, saveRecap } from "./index.ts";

onEveryStore("a recap is read for its tone before it leaves, and its frame never gives rise to a note (S23)", async (app) => {
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
  const meetingId = (await app.call(listMeetings, { to: "2026-03-03" })).meetings[0]?.id ?? "";
  app.clock.set("2026-03-03T09:40:00Z");
  const pages = testPages(app, [meetingsPages, recapPages]);
  const path = `/meetings/${meetingId}/recap/preview`;
  await app.call(saveRecap, { meetingId, lines: [{ part: "manager_commitment", text: "Ask Finance for the budget" }] });
  assert.doesNotMatch(await pages.get(path), /class="tone"/u);
  await app.call(saveRecap, { meetingId, lines: [{ part: "open_question", text: "Why do you always cancel our talks?" }] });
  const text = await pages.get(path);
  assert.match(text, /<mark class="tone">/u);
  assert.ok(text.includes(`href="/meetings/${meetingId}/recap">Change the words`));
});
