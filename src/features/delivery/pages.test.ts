import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { startSmtpSink } from "../../../test/support/smtp-sink.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { testPages } from "../../../test/support/test-pages.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { saveProfile } from "../account/operations.ts";
import { readMailAccount } from "../account/index.ts";
import { addPerson } from "../people/index.ts";
import {
  approveMail,
  type Delivery,
  deliveryPages,
  type DeliveryWay,
  type MailConfig,
  mailSettingsPages,
  meetingChanged,
  previewMail,
} from "./index.ts";

const START = Temporal.Instant.from("2026-03-05T09:00:00Z");

async function approved(app: TestApp, way: DeliveryWay, text = "Hi Max,\n\n<script>alert(1)</script> مرحبا"): Promise<Delivery> {
  await app.call(saveProfile, { name: "Ana Silva", email: "ana@example.org", zone: "Europe/Berlin" });
  const max = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  const draft = {
    kind: "agenda",
    meetingId: "meeting-1",
    meetingStartsAt: START,
    zone: "Europe/Berlin",
    personId: max.id,
    text,
    html: "<p>Hi</p>",
    captureIds: [],
  } as const;
  const { hash } = await previewMail(app.database.reader, app.owner, draft);
  return inTransaction(app.database, (tx) => approveMail(tx, app.owner, app.clock.now(), { draft, way, expectedHash: hash }));
}

onEveryStore("the page of a mail shows its words, its state and the ways to take it along", async (app) => {
  const { id } = await approved(app, "copy");
  const pages = testPages(app, [deliveryPages]);
  const text = await pages.get(`/deliveries/${id}`);
  assert.match(text, /Approved\. Send it yourself/u);
  assert.match(text, /&lt;script&gt;/u);
  assert.doesNotMatch(text, /<script>alert/u);
  assert.match(text, /href="mailto:max@example\.org\?subject=/u);
  await pages.get("/deliveries/nobody", 404);
  const eml = await pages.get(`/deliveries/${id}/mail.eml`);
  assert.match(eml, /^X-Unsent: 1\r\n/u);
  const sent = await pages.post(`/deliveries/${id}/receipt`, {});
  assert.deepEqual([sent.status, sent.location], [303, `/deliveries/${id}`]);
  assert.match(await pages.get(`/deliveries/${id}`), /Sent .* to Max Berger, 72 hours ahead/u);
  const again = await pages.post(`/deliveries/${id}/withdrawal`, {});
  assert.equal(again.status, 409);
  assert.match(again.text, /already been sent/u);
});

onEveryStore("a mail that has not left shows which words may be read otherwise, and one that has does not (S23)", async (app) => {
  const { id } = await approved(app, "copy", "Hi Max,\n\nYou always cancel my 1:1 at the last minute.");
  const pages = testPages(app, [deliveryPages]);
  const before = await pages.get(`/deliveries/${id}`);
  assert.match(before, /Before it leaves/u);
  assert.match(before, /<mark class="tone">/u);
  assert.match(before, /href="\/meetings\/meeting-1\/prepare"/u, "and where they are changed");
  await pages.post(`/deliveries/${id}/receipt`, {});
  assert.doesNotMatch(await pages.get(`/deliveries/${id}`), /Before it leaves|class="tone"/u);
});

onEveryStore("a mail too long for a link is offered to be copied", async (app) => {
  const { id } = await approved(app, "mailto", "word ".repeat(500));
  assert.match(await testPages(app, [deliveryPages]).get(`/deliveries/${id}`), /too long for a link/u);
});

onEveryStore("the short note after a move is previewed and approved on its own page", async (app) => {
  const { id } = await approved(app, "copy");
  const pages = testPages(app, [deliveryPages]);
  await pages.post(`/deliveries/${id}/receipt`, {});
  await inTransaction(app.database, (tx) =>
    meetingChanged(tx, app.owner, app.clock.now(), {
      meetingId: "meeting-1",
      startsAt: START.add({ hours: 24 }),
      zone: "Europe/Berlin",
      cancelledAt: null,
    }),
  );
  assert.match(await pages.get(`/deliveries/${id}`), /Send Max Berger a short note/u);
  const note = await pages.get(`/deliveries/${id}/note`);
  assert.match(note, /Friday 6 March 2026, 10:00/u);
  const stale = await pages.post(`/deliveries/${id}/note`, { way: "copy", hash: "old" });
  assert.match(stale.text, /The text changed since you looked/u);
  const hash = /name="hash" value="([0-9a-f]+)"/u.exec(note)?.[1] ?? "";
  const { status, location } = await pages.post(`/deliveries/${id}/note`, { way: "copy", hash });
  assert.equal(status, 303);
  assert.match(await pages.get(location ?? ""), /The short note/u);
});

onEveryStore("the mail account is set, checked without sending, explained and removed", async (app) => {
  const sink = await startSmtpSink({ login: { user: "ana", password: "right" } });
  try {
    const config: MailConfig = { keyFile: "/nowhere", key: randomBytes(32).toString("base64") };
    const pages = testPages(app, [() => mailSettingsPages(config)]);
    await pages.get("/settings/mail");
    const typed = { host: "127.0.0.1", port: String(sink.port), security: "none", username: "ana" };
    const missing = await pages.post("/settings/mail", typed);
    assert.match(missing.text, /Write the password/u);
    const elsewhere = await pages.post("/settings/mail", { ...typed, host: "smtp.example.org", password: "s3cret-typed" });
    assert.match(elsewhere.text, /could be read on the way/u);
    assert.match(elsewhere.text, /value="smtp\.example\.org"/u, "what was typed is kept");
    assert.doesNotMatch(elsewhere.text, /s3cret-typed/u);
    assert.equal((await pages.post("/settings/mail", { ...typed, port: "many", password: "x" })).status, 422);
    await pages.post("/settings/mail", { ...typed, password: "wrong" });
    assert.match((await pages.post("/settings/mail/check", {})).text, /refused the login/u);
    await pages.post("/settings/mail", { ...typed, password: "right" });
    assert.match((await pages.post("/settings/mail/check", {})).text, /accepted the login\. Nothing was sent/u);
    assert.equal(sink.mails.length, 0);
    const stored = await readMailAccount(app.database.reader, app.owner);
    assert.doesNotMatch(JSON.stringify(stored), /right/u);
    const moved = await pages.post("/settings/mail", { ...typed, host: "localhost" });
    assert.match(moved.text, /Write the password for this server/u, "a stored password never travels to another server");
    await pages.post("/settings/mail/removal", {});
    assert.equal(await readMailAccount(app.database.reader, app.owner), undefined);
  } finally {
    await sink.close();
  }
});

onEveryStore(
  "an account from the environment is shown and cannot be changed on the page; a moved clock refuses servers elsewhere",
  async (app) => {
    const config: MailConfig = { keyFile: "/nowhere", key: randomBytes(32).toString("base64") };
    const fields = { host: "smtp.example.org", port: "587", security: "starttls", username: "ana", password: "x" };
    const shifted = await testPages(app, [() => mailSettingsPages({ ...config, clockIsShifted: true })]).post(
      "/settings/mail",
      fields,
    );
    assert.match(shifted.text, /THROUGHLINE_CLOCK/u);
    const pages = testPages(app, [() => mailSettingsPages({ ...config, smtpUrl: "smtp://127.0.0.1:2525?security=none" })]);
    assert.match(await pages.get("/settings/mail"), /is set by/u);
    assert.match((await pages.post("/settings/mail", fields)).text, /set by THROUGHLINE_SMTP_URL/u);
  },
);
