import assert from "node:assert/strict";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { weeklyTalk } from "../../../test/support/weekly-talk.ts";
import { visitorOf } from "../../../test/support/visitor.ts";
import { deliveryPages, findDelivery, markSent } from "../delivery/index.ts";
import { agendaPages, openAgenda, putItem } from "./index.ts";

const HARSH = "You never sent the figures for Lyon";

onEveryStore(
  "words that may sting are marked in the mail before it is approved, hold nothing up, and are not shown once it is sent (S23)",
  async (app) => {
    const { meetingId } = await weeklyTalk(app);
    await app.call(openAgenda, { meetingId });
    await app.call(putItem, { meetingId, kind: "need", text: "A yes to the pilot" });
    const { item } = await app.call(putItem, { meetingId, kind: "topic", text: HARSH });
    const visitor = visitorOf(app, [agendaPages, deliveryPages]);
    const path = `/meetings/${meetingId}/agenda`;

    const before = await visitor.open(path);
    assert.match(
      before,
      /<mark class="tone"><a id="tone-words-1" href="#tone-1"[^>]*>You never sent<\/a><\/mark> the figures for Lyon/u,
    );
    assert.match(before, /I am still without the figures for Lyon\. Could you send them, or tell me who can\?/u);
    assert.ok(before.includes(`href="/meetings/${meetingId}/prepare/topics?item=${item.id}"`));
    assert.match(before, /Approve these words/u);

    const hash = /name="hash" value="([^"]+)"/u.exec(before)?.[1] ?? "";
    assert.equal(await visitor.send(path, { way: "copy", hash }), path);
    const delivery = await findDelivery(app.database.reader, app.owner, meetingId, "agenda");
    assert.ok(delivery?.text.includes(HARSH), "what leaves are the person's own words, without a mark");
    await app.call(markSent, { id: delivery?.id ?? "" });
    assert.doesNotMatch(await visitor.open(path), /class="tone"|tone-title/u);
  },
);
