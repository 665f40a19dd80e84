import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { type SignInProvider, startSignInProvider } from "../../../test/support/sign-in-provider.ts";
import { type SmtpSink, startSmtpSink } from "../../../test/support/smtp-sink.ts";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { testPages } from "../../../test/support/test-pages.ts";
import { silentLog } from "../../platform/log.ts";
import { renewTokens } from "../../platform/mail/oauth.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { readMailAccount, saveProfile } from "../account/index.ts";
import { addPerson } from "../people/index.ts";
import { approveMail, createMailWorker, findDelivery, type MailConfig, mailSettingsPages, previewMail } from "./index.ts";
import { mailAccountOperations } from "./operations/account.ts";
import { signInOperations } from "./operations/sign-in.ts";
import { testMailOperation } from "./operations/test-mail.ts";

const redirectUri = "http://127.0.0.1:4111/settings/mail/sign-in";
const user = "ana@example.org";

interface Post {
  readonly app: TestApp;
  readonly provider: SignInProvider;
  readonly sink: SmtpSink;
  readonly config: MailConfig;
}

/** A provider with a mail server that takes its tokens alone. */
function withProvider(title: string, work: (post: Post) => Promise<void>): void {
  onEveryStore(title, async (app) => {
    const provider = await startSignInProvider();
    const sink = await startSmtpSink({ tokens: provider.live });
    const key = randomBytes(32).toString("base64");
    const config: MailConfig = { keyFile: "/nowhere", key, oauthClients: { google: provider.client } };
    try {
      await app.call(saveProfile, { name: "Ana Silva", email: user, zone: "Europe/Berlin" });
      await work({ app, provider, sink, config });
    } finally {
      await sink.close();
      await provider.close();
    }
  });
}

/** Signs in, and has the mails go to the test's server instead of the provider's own. */
async function signIn({ app, provider, sink, config }: Post): Promise<void> {
  const { beginSignIn, finishSignIn } = signInOperations(config);
  const { address } = await app.call(beginSignIn, { provider: "google", username: user, redirectUri });
  const back = provider.agree(address).searchParams;
  const account = await app.call(finishSignIn, { code: back.get("code") ?? "", state: back.get("state") ?? "" });
  assert.deepEqual(
    [account.signedInWith, account.username, account.hasPassword, account.host],
    ["google", user, false, "smtp.gmail.com"],
  );
  await app.database.writer
    .updateTable("mail_account")
    .set({ host: "127.0.0.1", port: sink.port, security: "none" })
    .where("owner_id", "=", app.owner)
    .execute();
}

withProvider("after signing in a mail goes out with the access, which stands sealed in the database", async (post) => {
  const { app, sink, config } = post;
  await signIn(post);
  assert.deepEqual(await app.call(testMailOperation(config), {}), {
    ok: true,
    message: `127.0.0.1 took the test mail. Look into the inbox of ${user}.`,
  });
  const [mail] = await sink.waitForMail();
  assert.deepEqual([mail?.envelopeTo, mail?.user], [[user], user]);
  assert.match(mail?.raw ?? "", /^Auto-Submitted: auto-generated\r$/mu);
  const row = await readMailAccount(app.database.reader, app.owner);
  assert.doesNotMatch(JSON.stringify(row), /access-1|refresh-1/u);
  assert.doesNotMatch(JSON.stringify(await app.call(mailAccountOperations(config).showMailAccount, {})), /sealed|v1\./u);
});

withProvider("an access that has ended is renewed once for a login, and kept", async (post) => {
  const { app, provider, sink, config } = post;
  await signIn(post);
  app.clock.advance({ hours: 2 });
  provider.live.delete("access-1");
  assert.equal((await app.call(testMailOperation(config), {})).ok, true);
  assert.equal((await app.call(testMailOperation(config), {})).ok, true);
  assert.deepEqual([provider.given, sink.mails.length], [2, 2]);
});

withProvider("an access that the server refuses although it is fresh is renewed once, then the owner is asked", async (post) => {
  const { app, provider, config } = post;
  await signIn(post);
  provider.live.clear();
  assert.equal((await app.call(testMailOperation(config), {})).ok, true, "renewed after the refusal");
  assert.equal(provider.given, 2);
  // From now on the server takes none of what the provider gives.
  provider.live.clear();
  provider.live.add = () => provider.live;
  const refused = await app.call(testMailOperation(config), {});
  assert.deepEqual([refused.ok, provider.given], [false, 3]);
  assert.match(refused.message, /no longer accepts the sign-in\. Sign in again/u);
});

withProvider("a sign-in that was ended pauses the account in words, and a new one lets the mail go", async (post) => {
  const { app, provider, sink, config } = post;
  await signIn(post);
  const max = await app.call(addPerson, { name: "Max Berger", email: "max@example.org" });
  const draft = {
    kind: "recap",
    meetingId: "meeting-1",
    meetingStartsAt: app.clock.now(),
    zone: "Europe/Berlin",
    personId: max.id,
    text: "Hi Max",
    html: "<p>Hi Max</p>",
    captureIds: [],
  } as const;
  const { hash } = await previewMail(app.database.reader, app.owner, draft);
  await inTransaction(app.database, (tx) =>
    approveMail(tx, app.owner, app.clock.now(), { draft, way: "smtp", expectedHash: hash }),
  );
  const worker = createMailWorker({ database: app.database, clock: app.clock, mailConfig: config, log: silentLog });

  app.clock.advance({ hours: 2 });
  provider.fault = "broken";
  await worker.tick();
  assert.match(
    (await findDelivery(app.database.reader, app.owner, "meeting-1", "recap"))?.lastError ?? "",
    /something else than a new access/u,
  );
  assert.equal((await app.call(mailAccountOperations(config).showMailAccount, {})).pausedReason, null, "it may work later");

  app.clock.advance({ minutes: 30 });
  provider.fault = "revoked";
  await worker.tick();
  const { pausedReason } = await app.call(mailAccountOperations(config).showMailAccount, {});
  assert.match(pausedReason ?? "", /Google ended the sign-in \(Token has been revoked\.\)\. Sign in again/u);
  assert.equal(sink.mails.length, 0);

  provider.fault = undefined;
  await signIn(post);
  await worker.tick();
  assert.deepEqual(
    sink.mails.map((mail) => mail.envelopeTo),
    [["max@example.org"]],
  );
});

withProvider("a sign-in that nobody here began, that took too long or was begun by another owner is refused", async (post) => {
  const { app, provider, config } = post;
  const { beginSignIn, finishSignIn } = signInOperations(config);
  const code = "code-1";
  await assert.rejects(app.call(finishSignIn, { code, state: "v1.made-up" }), { code: "invalid" });
  const { address } = await app.call(beginSignIn, { provider: "google", username: user, redirectUri });
  const state = provider.agree(address).searchParams.get("state") ?? "";
  await assert.rejects(app.callAs(app.stranger, finishSignIn, { code, state }), { code: "invalid" });
  await assert.rejects(app.call(finishSignIn, { code: "another", state }), { code: "unavailable" });
  app.clock.advance({ minutes: 16 });
  await assert.rejects(app.call(finishSignIn, { code, state }), { code: "invalid", message: /last 15 minutes/u });
  assert.equal(await readMailAccount(app.database.reader, app.owner), undefined);
  for (const address of ["http://evil.example/x", "javascript:alert(1)"])
    await assert.rejects(app.call(beginSignIn, { provider: "google", username: user, redirectUri: address }), {
      code: "invalid",
    });
});

withProvider("the page offers the sign-in only with a client, leads there by a link, and takes what comes back", async (post) => {
  const { app, provider, config } = post;
  const without = testPages(app, [() => mailSettingsPages({ keyFile: "/nowhere", key: config.key })]);
  assert.doesNotMatch(await without.get("/settings/mail?provider=gmail"), /Sign in with/u);
  assert.equal((await without.post("/settings/mail/sign-in/google", { address: user })).status, 404);
  const pages = testPages(app, [() => mailSettingsPages(config)]);
  assert.match(await pages.get("/settings/mail?provider=gmail"), /value="smtp\.gmail\.com"[^]*app password/u);
  assert.match(await pages.get("/settings/mail?provider=gmail"), /Sign in with Google/u);
  assert.equal((await pages.post("/settings/mail/sign-in/google", { address: "nobody" })).status, 422);
  const { text } = await pages.post("/settings/mail/sign-in/google", { address: user });
  const address = /<a class="button" href="([^"]+)"/u.exec(text)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const back = provider.agree(address);
  assert.match(await pages.get(`/settings/mail/sign-in?error=access_denied`), /gave no access/u);
  await pages.get(`${back.pathname}${back.search}`, 303);
  assert.match(await pages.get("/settings/mail"), /You are signed in as <strong>ana@example\.org/u);
});

test("a provider that is away or talks nonsense is told apart from one that says no", async () => {
  const provider = await startSignInProvider();
  const tokens = { accessToken: "a", refreshToken: "unknown", expiresAt: "2026-01-01T00:00:00Z" };
  const now = Temporal.Instant.from("2026-01-01T00:00:00Z");
  await assert.rejects(renewTokens(provider.client, tokens, now), { trouble: "credentials" });
  provider.fault = "nonsense";
  await assert.rejects(renewTokens(provider.client, tokens, now), { trouble: "no_connection" });
  await provider.close();
  await assert.rejects(renewTokens(provider.client, tokens, now), { trouble: "no_connection", message: /did not answer/u });
});
