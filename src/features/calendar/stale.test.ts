import assert from "node:assert/strict";
import { GUESTS, calendarText, type EventText } from "../../../test/support/calendar-readings.ts";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { withWebPeer } from "../../../test/support/web-peer.ts";
import { saveProfile } from "../account/operations.ts";
import { approveAgenda, openAgenda, previewAgenda, putItem } from "../agenda/index.ts";
import { listMeetings } from "../meetings/index.ts";
import { calendarSourceOperations, confirmCandidate, listCandidates, staleReminders } from "./index.ts";

const { addAddress, readNow } = calendarSourceOperations({ keyFile: "/nowhere", key: Buffer.alloc(32, 7).toString("base64") });

/** Every Thursday at 10:00 in Berlin. The tests' clock stands on Monday 2 March. */
const weekly: EventText = {
  start: "20260305T100000",
  rule: "FREQ=WEEKLY",
  guests: GUESTS,
  organizer: "Dana Kim <dana@example.org>",
};

onEveryStore("when a send is due at an hour from a calendar that could not be read, every page says so", async (app) => {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  let isWell = true;
  await withWebPeer(
    (_request, response) => (isWell ? response.end(calendarText(weekly)) : response.writeHead(503).end()),
    async (at) => {
      const { id } = await app.call(addAddress, { address: `${at}/secret/basic.ics`, name: "Work", allowPrivate: true });
      const [candidate] = (await app.call(listCandidates, {})).candidates;
      const { personId } = await app.call(confirmCandidate, { sourceId: id, seriesKey: candidate?.seriesKey ?? "" });
      const [meeting] = (await app.call(listMeetings, { personId })).meetings;
      const meetingId = meeting?.id ?? "";
      await app.call(openAgenda, { meetingId });
      await app.call(putItem, { meetingId, kind: "need", text: "A yes to the pilot" });
      const { mail } = await app.call(previewAgenda, { meetingId });
      await app.call(approveAgenda, { meetingId, way: "copy", hash: mail.hash });
      const reminders = () => staleReminders(app.database.reader, app.owner, app.clock.now());

      app.clock.set("2026-03-03T20:00:00Z");
      assert.deepEqual(await reminders(), [], "all is well");
      isWell = false;
      app.clock.set("2026-03-02T10:00:00Z");
      await app.call(readNow, { id });
      assert.deepEqual(await reminders(), [], "the send is far away");
      app.clock.set("2026-03-03T20:00:00Z");
      const [reminder, ...more] = await reminders();
      assert.deepEqual(more, []);
      assert.equal(reminder?.href, `/calendar/sources/${id}`);
      assert.match(
        reminder?.text ?? "",
        /“Work” could not be read since Mon 2 Mar, 11:00, and the agenda to Dana Kim goes out Wed 4 Mar/u,
      );
      isWell = true;
      await app.call(readNow, { id });
      assert.deepEqual(await reminders(), []);
    },
  );
});
