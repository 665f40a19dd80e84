import { saveProfile } from "../../src/features/account/operations.ts";
import { listMeetings, scheduleSeries } from "../../src/features/meetings/index.ts";
import { addPerson } from "../../src/features/people/index.ts";
import type { TestApp } from "./test-app.ts";

/** Ana meets Max every Thursday from 12 March 2026 on, at 10:00 in Berlin for 30 minutes; gives him and the first meeting. */
export async function weeklyTalk(app: TestApp): Promise<{ personId: string; meetingId: string }> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const { id: personId } = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  const when = { startsOn: "2026-03-12", time: "10:00", zone: "Europe/Berlin", minutes: 30, everyWeeks: 1 };
  await app.call(scheduleSeries, { personId, ...when });
  const meetingId = (await app.call(listMeetings, {})).meetings[0]?.id ?? "";
  return { personId, meetingId };
}
