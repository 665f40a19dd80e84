import assert from "node:assert/strict";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { testPages } from "../../../test/support/test-pages.ts";
import { calendarText, eventText } from "../../../test/support/weekly-calendar.ts";
import { withWebPeer } from "../../../test/support/web-peer.ts";
import { calendarPages, listSources } from "./index.ts";

const config = { keyFile: "/nowhere", key: Buffer.alloc(32, 7).toString("base64") };
const SECRET = "private-0123456789";

onEveryStore("a calendar is added, looked at, renewed and given up with plain forms", async (app) => {
  let answer = calendarText(
    [
      eventText({ uid: "a", summary: "Planning", start: "20260309T100000" }),
      eventText({ uid: "b", summary: "<b>Broken</b>", start: "20261399T990000" }),
      eventText({ uid: "c", summary: "Review", start: "20260310T100000" }),
    ].join(""),
    ["X-WR-CALNAME:Work"],
  );
  await withWebPeer(
    (_request, response) => (answer === "" ? response.writeHead(404).end() : response.end(answer)),
    async (at) => {
      const pages = testPages(app, [() => calendarPages(config)]);
      assert.match(await pages.get("/calendar"), /Where do I find the address/u);
      const address = `${at}/${SECRET}/basic.ics`;

      const refused = await pages.post("/calendar/sources", { address });
      assert.equal(refused.status, 409);
      assert.match(refused.text, /in the network around it/u);
      assert.ok(refused.text.includes(address), "what was typed is still there");
      const wrong = await pages.post("/calendar/sources", { address: "my calendar" });
      assert.deepEqual([wrong.status, wrong.text.includes("It begins with https://")], [422, true]);

      const added = await pages.post("/calendar/sources", { address, allowPrivate: "yes" });
      assert.deepEqual([added.status, added.location], [303, "/calendar"]);
      const list = await pages.get("/calendar");
      assert.match(list, /3 events, 2 of them in the months ahead, 1 set aside/u);
      const { sources } = await app.call(listSources, {});
      const path = `/calendar/sources/${sources[0]?.id}`;
      const page = await pages.get(path);
      assert.match(page, /&lt;b&gt;Broken/u);
      assert.ok(!(list + page).includes(SECRET), "the address is shown in part");

      answer = calendarText(eventText({ uid: "a", summary: "Planning", start: "20260309T100000" }));
      await pages.post(`${path}/reading`, {});
      assert.match(await pages.get(path), /Are these events really gone\?/u);
      await pages.post(`${path}/shrinking`, {});
      assert.doesNotMatch(await pages.get(path), /really gone/u);

      answer = "";
      await pages.post(`${path}/reading`, {});
      assert.match(await pages.get(path), /Stale since[\s\S]*copy the new one/u);
      const stillGone = await pages.post(`${path}/address`, { address, allowPrivate: "yes" });
      assert.equal(stillGone.status, 422);
      answer = calendarText(eventText({ uid: "a", summary: "Planning", start: "20260309T113000" }));
      const renewed = await pages.post(`${path}/address`, { address: `${at}/renewed/basic.ics`, allowPrivate: "yes" });
      assert.deepEqual([renewed.status, renewed.location], [303, path]);
      assert.doesNotMatch(await pages.get(path), /Stale/u);

      assert.equal((await pages.post(`${path}/removal`, {})).location, "/calendar");
      await pages.get(path, 404);
    },
  );
});

onEveryStore("a form that carries no file says what to choose", async (app) => {
  const pages = testPages(app, [() => calendarPages(config)]);
  const { status, text } = await pages.post("/calendar/files", { file: "no file" });
  assert.equal(status, 422);
  assert.match(text, /Choose the \.ics file/u);
});
