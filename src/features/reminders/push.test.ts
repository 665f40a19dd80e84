import assert from "node:assert/strict";
import { createECDH, createPublicKey, randomBytes, verify } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { peerCertificate, withWebPeer } from "../../../test/support/web-peer.ts";
import { weeklyTalk } from "../../../test/support/weekly-talk.ts";
import { silentLog } from "../../platform/log.ts";
import { browserOperations, createReminderWorker, setReminders, showReminders } from "./index.ts";

interface Decrypting {
  decrypt(body: Buffer, keys: { version: string; privateKey: object; authSecret: string }): Buffer;
}

// The library that browsers' makers test against: it comes with web-push, which has no way to read what it wrote.
const webPushRequire = createRequire(createRequire(import.meta.url).resolve("web-push"));
const ece = webPushRequire("http_ece") as Decrypting;

/** What a browser keeps to itself and what it hands out when somebody subscribes (RFC 8291, section 2). */
function newBrowser(endpoint: string) {
  const keys = createECDH("prime256v1");
  keys.generateKeys();
  const auth = randomBytes(16).toString("base64url");
  return {
    subscription: { endpoint, p256dh: keys.getPublicKey("base64url"), auth },
    read: (body: Buffer) =>
      JSON.parse(ece.decrypt(body, { version: "aes128gcm", privateKey: keys, authSecret: auth }).toString("utf8")) as unknown,
  };
}

interface Pushed {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Throws unless the request is signed by whoever holds the key, for this service (RFC 8292, sections 2 and 3). */
function checkSigned({ authorization = "" }: IncomingMessage["headers"], publicKey: string, audience: string): void {
  const { token = "", key = "" } = /^vapid t=(?<token>[\w.-]+), ?k=(?<key>[\w-]+)$/u.exec(authorization)?.groups ?? {};
  assert.equal(key, publicKey);
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  const verifier = { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" } as const;
  assert.ok(
    verify("sha256", Buffer.from(`${head}.${claims}`), verifier, Buffer.from(signature, "base64url")),
    "the signature holds",
  );
  const said = JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as { aud: string; sub: string };
  assert.equal(said.aud, audience);
  assert.doesNotMatch(said.sub, /example\.org/u, "the service learns no address of the owner");
}

const config = { keyFile: "/nowhere", key: randomBytes(32).toString("base64") };
const { pushKey, addBrowser, removeBrowser } = browserOperations(config);

interface Service {
  readonly at: string;
  readonly pushed: Pushed[];
  status: number;
  tick(): Promise<void>;
}

async function withPushService(app: TestApp, work: (service: Service) => Promise<void>, allowPrivate = true): Promise<void> {
  const { database, clock } = app;
  const service: Service = { at: "", pushed: [], status: 201, tick: () => Promise.resolve() };
  await withWebPeer(
    async (request, response) => {
      service.pushed.push({ path: request.url ?? "", headers: request.headers, body: await readBody(request) });
      response.writeHead(request.url?.includes("gone") ? 410 : service.status).end();
    },
    async (at) => {
      const worker = createReminderWorker({
        database,
        clock,
        log: silentLog,
        mailConfig: config,
        origin: () => "http://127.0.0.1:4111",
        pushService: { allowPrivate, trusted: peerCertificate },
      });
      Object.assign(service, { at, tick: () => worker.tick() });
      await work(service);
    },
    true,
  );
}

onEveryStore(
  "a reminder reaches the browser encrypted and signed, once, and says a title, a sentence and a path",
  async (app) => {
    await withPushService(app, async (service) => {
      const { meetingId } = await weeklyTalk(app);
      await app.call(setReminders, { prepare: "browser" });
      const { publicKey } = await app.call(pushKey, {});
      assert.equal((await app.call(pushKey, {})).publicKey, publicKey, "one pair of keys for good");
      const browser = newBrowser(`${service.at}/one`);
      const other = newBrowser(`${service.at}/gone`);
      await app.call(addBrowser, browser.subscription);
      await app.call(addBrowser, browser.subscription);
      await app.call(addBrowser, other.subscription);
      assert.equal((await app.call(showReminders, {})).browsers.length, 2, "the same browser is one");
      app.clock.set("2026-03-10T15:00:00Z");
      await service.tick();
      await service.tick();
      assert.deepEqual(service.pushed.map(({ path }) => path).toSorted(), ["/gone", "/one"]);
      const pushed = service.pushed.find(({ path }) => path === "/one");
      assert.ok(pushed);
      assert.deepEqual(browser.read(pushed.body), {
        title: "Time to prepare",
        sentence: "Fifteen minutes are enough for the 1:1 with Max Berger.",
        path: `/meetings/${meetingId}/prepare`,
        tag: `prepare-${meetingId}`,
      });
      const { ttl, urgency, "content-encoding": encoding } = pushed.headers;
      assert.deepEqual([ttl, urgency, encoding], ["7200", "normal", "aes128gcm"]);
      checkSigned(pushed.headers, publicKey, service.at);
      assert.ok(!pushed.body.includes("Max"), "nothing can be read on the way");
      const left = (await app.call(showReminders, {})).browsers;
      assert.equal(left.length, 1, "a browser that is gone is forgotten");
    });
  },
);

onEveryStore("a service that is out of order is asked again, until it helps nobody any more", async (app) => {
  await withPushService(app, async (service) => {
    await weeklyTalk(app);
    await app.call(setReminders, { prepare: "browser" });
    await app.call(pushKey, {});
    await app.call(addBrowser, newBrowser(`${service.at}/one`).subscription);
    service.status = 503;
    app.clock.set("2026-03-10T15:00:00Z");
    await service.tick();
    app.clock.advance({ minutes: 2 });
    await service.tick();
    assert.equal(service.pushed.length, 2);
    service.status = 201;
    app.clock.set("2026-03-10T17:00:00Z");
    await service.tick();
    assert.equal(service.pushed.length, 2);
    const rows = await app.database.reader.selectFrom("outbox").select(["state"]).execute();
    assert.deepEqual(rows, [{ state: "missed" }]);
  });
});

onEveryStore("nothing on this machine or around it is ever asked as a push service", async (app) => {
  await withPushService(
    app,
    async (service) => {
      await weeklyTalk(app);
      await app.call(setReminders, { prepare: "browser" });
      await app.call(pushKey, {});
      await app.call(addBrowser, newBrowser(`${service.at}/one`).subscription);
      app.clock.set("2026-03-10T15:00:00Z");
      await service.tick();
      assert.equal(service.pushed.length, 0);
    },
    false,
  );
});

onEveryStore("a browser is refused unless it is one, and only its owner removes it", async (app) => {
  const { subscription } = newBrowser("https://push.example.org/one");
  for (const odd of [{ endpoint: "http://push.example.org/one" }, { endpoint: "x" }, { p256dh: "x" }, { auth: "" }])
    await assert.rejects(app.call(addBrowser, { ...subscription, ...odd }), { code: "invalid" }, JSON.stringify(odd));
  await app.call(addBrowser, subscription);
  const [browser] = (await app.call(showReminders, {})).browsers;
  assert.equal(browser?.vendor, "push.example.org");
  const id = browser?.id ?? "";
  await assert.rejects(app.callAs(app.stranger, removeBrowser, { id }), { code: "not_found" });
  await app.call(removeBrowser, { id });
  await assert.rejects(app.call(removeBrowser, { id }), { code: "not_found" });
  const kept = await app.database.reader.selectFrom("push_subscription").selectAll().execute();
  assert.deepEqual(kept, []);
});
