import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { testPages } from "../../../test/support/test-pages.ts";
import { silentLog } from "../../platform/log.ts";
import { ImapTrouble } from "../../platform/mail/explain-imap.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { saveProfile } from "../account/index.ts";
import { addPerson } from "../people/index.ts";
import {
  approveMail,
  createMailWorker,
  type Delivery,
  deliveryPages,
  type DraftFolder,
  listDueByHand,
  markSent,
  offerDrafts,
  previewMail,
  showDelivery,
  withdraw,
} from "./index.ts";
import { draftAgain } from "./operations/drafting.ts";

const START = Temporal.Instant.from("2026-03-05T09:00:00Z");

/** A folder for drafts that breaks as told: before it has the mail, or after. */
interface ScriptedFolder extends DraftFolder {
  readonly kept: string[];
  fault: "before" | "after" | "login" | undefined;
}

function scriptedFolder(): ScriptedFolder {
  const folder: ScriptedFolder = {
    kept: [],
    fault: undefined,
    async put(_owner, message, begin) {
      if (folder.fault === "login") throw new ImapTrouble("credentials", "The login was refused.");
      if (!(await begin())) return false;
      if (folder.fault === "before") throw new ImapTrouble("no_connection", "The line broke.");
      folder.kept.push(message.toString("utf8"));
      if (folder.fault === "after") throw new ImapTrouble("no_connection", "The line broke.");
      return true;
    },
    holds: async (_owner, messageId) => folder.kept.some((one) => one.includes(messageId)),
  };
  return folder;
}

interface Post {
  readonly app: TestApp;
  readonly folder: ScriptedFolder;
  approve(): Promise<Delivery>;
  show(id: string): Promise<Delivery>;
  tick(): Promise<unknown>;
}

function withDrafts(title: string, work: (post: Post) => Promise<void>): void {
  onEveryStore(title, async (app) => {
    const folder = scriptedFolder();
    await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
    const max = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
    const worker = createMailWorker({
      database: app.database,
      clock: app.clock,
      mailConfig: { keyFile: "/nowhere" },
      log: silentLog,
      drafts: folder,
    });
    const draft = {
      kind: "agenda",
      meetingId: "meeting-1",
      meetingStartsAt: START,
      zone: "Europe/Berlin",
      personId: max.id,
      text: "Hi Max,\n\nI need your advice",
      html: "<p>Hi Max,</p>",
      captureIds: [],
    } as const;
    await work({
      app,
      folder,
      async approve() {
        const { hash } = await previewMail(app.database.reader, app.owner, draft);
        return inTransaction(app.database, (tx) =>
          approveMail(tx, app.owner, app.clock.now(), { draft, way: "draft", expectedHash: hash }),
        );
      },
      show: (id) => app.call(showDelivery, { id }),
      tick: () => worker.tick(),
    });
  });
}

withDrafts("a mail is put into the drafts only where a mailbox is set up", async ({ app, approve }) => {
  await assert.rejects(approve(), { code: "invalid", message: /No mailbox is set up/u });
  await inTransaction(app.database, (tx) => offerDrafts(tx, app.owner, app.clock.now(), true));
  assert.equal((await approve()).way, "draft");
  await inTransaction(app.database, (tx) => offerDrafts(tx, app.owner, app.clock.now(), false));
});

function offered(title: string, work: (post: Post) => Promise<void>): void {
  withDrafts(title, async (post) => {
    await inTransaction(post.app.database, (tx) => offerDrafts(tx, post.app.owner, post.app.clock.now(), true));
    await work(post);
  });
}

offered(
  "it lies in the drafts at once and once, its hour is reminded, and it counts as sent when its owner says so",
  async (post) => {
    const { app, folder, approve, show, tick } = post;
    const { id } = await approve();
    await tick();
    await tick();
    assert.equal(folder.kept.length, 1);
    assert.match(folder.kept[0] ?? "", /^To: "?Max Berger"? <max@example\.org>\r$/mu);
    const waiting = await show(id);
    assert.deepEqual([waiting.state, waiting.sentAt, waiting.draftedAt !== null], ["by_hand", null, true]);
    assert.match(await testPages(app, [deliveryPages]).get(`/deliveries/${id}`), /lies in the drafts of your mailbox/u);
    assert.equal((await listDueByHand(app.database.reader, app.owner, app.clock.now())).length, 0);
    app.clock.set("2026-03-04T09:00:00Z");
    assert.equal((await listDueByHand(app.database.reader, app.owner, app.clock.now())).length, 1);
    assert.equal((await app.call(markSent, { id })).state, "sent");
    await tick();
    assert.equal(folder.kept.length, 1);
  },
);

offered(
  "a line that broke is looked up, never repeated by itself: found means there, missing means the owner is asked",
  async (post) => {
    const { app, folder, approve, show, tick } = post;
    folder.fault = "after";
    const { id } = await approve();
    await tick();
    await tick();
    assert.deepEqual([folder.kept.length, (await show(id)).draftedAt !== null], [1, true]);
    await app.call(withdraw, { id });
    assert.match(await testPages(app, [deliveryPages]).get(`/deliveries/${id}`), /draft still lies in your mailbox: delete it/u);

    folder.fault = "before";
    const { id: second } = await approve();
    await tick();
    assert.equal((await show(second)).isDraftMissing, true);
    folder.fault = undefined;
    app.clock.advance({ minutes: 13 });
    await tick();
    app.clock.advance({ hours: 3 });
    await tick();
    assert.equal(folder.kept.length, 1, "absence is no proof: it is not put there again by itself");
    await app.call(draftAgain, { id: second });
    await tick();
    assert.deepEqual([folder.kept.length, (await show(second)).draftedAt !== null], [2, true]);
    await assert.rejects(app.call(draftAgain, { id: second }), { code: "conflict" });
  },
);

offered("a refused login waits for the owner, and what was sent another way meanwhile is not put there later", async (post) => {
  const { app, folder, approve, show, tick } = post;
  folder.fault = "login";
  const { id } = await approve();
  await tick();
  assert.equal((await show(id)).lastError, "The login was refused.");
  await app.call(markSent, { id });
  folder.fault = undefined;
  app.clock.advance({ hours: 1 });
  await tick();
  assert.equal(folder.kept.length, 0);
});
