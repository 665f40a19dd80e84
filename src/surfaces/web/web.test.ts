import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "node:path";
import { AppError, notFound } from "../../lib/errors.ts";
import type { Caller } from "../../platform/operation.ts";
import { openAssets } from "./assets.ts";
import { readForm } from "./kit/form.ts";
import { html } from "./kit/html.ts";
import { leaveNotice } from "./kit/notice.ts";
import { page } from "./kit/page.ts";
import { type Surroundings, webRoutes } from "./kit/web.ts";
import { loopbackHosts } from "./security.ts";
import { webApp } from "./web.ts";

const assets = openAssets(join(import.meta.dirname, "../.."));
const surroundings: Surroundings = {
  zone: "Europe/Berlin",
  ownerName: "Ana",
  now: Temporal.Instant.from("2026-03-02T09:00:00Z"),
  isExample: false,
  clockIsShifted: false,
};

function pages() {
  const routes = webRoutes();
  routes.get("/", (c) => page(c, { title: "Today", section: "today", body: html`<p>Here.</p>` }));
  routes.get("/missing", () => {
    throw notFound("This meeting");
  });
  routes.get("/broken", () => {
    throw new Error("secret: /home/ana/.config");
  });
  routes.get("/full", () => {
    throw new AppError("unavailable", "The disk is full. Free some space and try again.");
  });
  routes.post("/things", async (c) => {
    await readForm(c);
    leaveNotice(c, "The thing was kept; 100%.");
    return c.redirect("/", 303);
  });
  routes.post("/import", async (c) => c.text(String((await c.req.text()).length)));
  return routes;
}

const logged: Error[] = [];

function buildApp(facts: Partial<Surroundings> = {}) {
  return webApp({
    featurePages: [pages],
    callerFor: () => ({}) as Caller,
    surroundingsFor: () => ({ ...surroundings, ...facts }),
    allowedHosts: new Set(loopbackHosts(4111)),
    assets,
    largeForms: { "/import": 5_000_000 },
    log: (error) => logged.push(error),
  });
}

interface Ask {
  readonly method?: string;
  readonly host?: string;
  readonly headers?: Record<string, string>;
  readonly body?: BodyInit;
}

function ask(
  path: string,
  { method = "GET", host = "127.0.0.1:4111", headers = {}, body }: Ask = {},
  facts: Partial<Surroundings> = {},
) {
  return buildApp(facts).request(`http://${host}${path}`, {
    method,
    headers: { host, accept: "text/html", ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

void test("a page answers under each loopback name and no other", async () => {
  for (const host of ["127.0.0.1:4111", "localhost:4111", "[::1]:4111", "LOCALHOST:4111"])
    assert.equal((await ask("/", { host })).status, 200, host);
  for (const host of ["evil.example:4111", "localhost:4112", "localhost", "127.0.0.1.nip.io:4111"]) {
    const answer = await ask("/", { host });
    assert.equal(answer.status, 421, host);
    assert.match(await answer.text(), /^This server answers only under its own address\./u);
  }
});

void test("a write from another site is refused, from this one or from a program it is done", async () => {
  const write = (headers: Record<string, string>) =>
    ask("/things", { method: "POST", headers, body: new URLSearchParams({ text: "x" }) });
  const own = "http://127.0.0.1:4111";
  assert.equal((await write({ origin: own, "sec-fetch-site": "same-origin" })).status, 303);
  assert.equal((await write({ origin: own })).status, 303, "a browser that sends no Sec-Fetch-Site");
  assert.equal((await write({})).status, 303, "curl");
  for (const headers of [
    { origin: "http://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:4111" },
    { origin: "http://127.0.0.1:4112", "sec-fetch-site": "same-site" },
    { origin: own, "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "cross-site" },
  ] as Record<string, string>[]) {
    const answer = await write(headers);
    assert.equal(answer.status, 403, JSON.stringify(headers));
    assert.match(await answer.text(), /came from another site/u);
  }
});

void test("another site may link to a page but load nothing from here", async () => {
  const foreign = { "sec-fetch-site": "cross-site" };
  assert.equal((await ask("/", { headers: { ...foreign, "sec-fetch-mode": "navigate" } })).status, 200);
  assert.equal((await ask("/", { headers: { ...foreign, "sec-fetch-mode": "no-cors" } })).status, 403);
  assert.equal((await ask(`${assets.prefix}style.css`, { headers: { ...foreign, "sec-fetch-mode": "no-cors" } })).status, 403);
});

void test("every answer carries the policy, pages are never cached", async () => {
  const answers = await Promise.all([
    ask("/"),
    ask("/nowhere"),
    ask("/missing"),
    ask("/broken"),
    ask("/", { host: "evil.example" }),
    ask("/things", { method: "POST", body: new URLSearchParams() }),
    ask("/things", { method: "POST", headers: { origin: "null" } }),
    ask(`${assets.prefix}style.css`),
    ask("/assets/none/style.css"),
  ]);
  for (const answer of answers) {
    assert.match(
      answer.headers.get("content-security-policy") ?? "",
      /^default-src 'none'; script-src 'self'; style-src 'self';/u,
      String(answer.status),
    );
    assert.doesNotMatch(answer.headers.get("content-security-policy") ?? "", /unsafe|https?:|\*/u);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    assert.equal(answer.headers.get("referrer-policy"), "same-origin");
    assert.equal(answer.headers.get("cross-origin-opener-policy"), "same-origin");
    assert.match(
      answer.headers.get("cache-control") ?? "",
      answer.status === 200 && answer.headers.get("content-type")?.includes("css") ? /immutable/u : /^no-store$/u,
    );
  }
});

void test("a page takes its window from the site that opened it; where none did, the browser need not start another process for it", async () => {
  const policyFor = async (site: string | undefined): Promise<string | null> => {
    const headers: Record<string, string> = site === undefined ? {} : { "sec-fetch-site": site, "sec-fetch-mode": "navigate" };
    return (await ask("/", { headers })).headers.get("cross-origin-opener-policy");
  };
  for (const site of ["cross-site", "same-site", undefined]) assert.equal(await policyFor(site), "same-origin");
  for (const site of ["none", "same-origin"]) assert.equal(await policyFor(site), null, site);
});

void test("an error is a page with a status, a sentence and a way on, and never shows what is inside", async () => {
  const missing = await ask("/missing");
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /This meeting was not found\./u);
  const nowhere = await ask("/nowhere");
  assert.equal(nowhere.status, 404);
  assert.match(await nowhere.text(), /There is no page at this address/u);
  const broken = await ask("/broken");
  assert.equal(broken.status, 500);
  assert.doesNotMatch(await broken.text(), /secret:|\/home\/|node_modules/u);
  assert.equal(logged.at(-1)?.message, "secret: /home/ana/.config");
  const full = await ask("/full");
  assert.equal(full.status, 503);
  assert.match(await full.text(), /The disk is full\. Free some space/u);
});

void test("a program gets the sentence of an error without the page around it", async () => {
  const answer = await ask("/missing", { headers: { accept: "*/*" } });
  assert.equal(answer.status, 404);
  assert.equal(await answer.text(), "This meeting was not found. It may have been removed.\n");
});

void test("a form beyond the limit is refused with a page that says where the text is", async () => {
  const body = "x".repeat(1_000_001);
  const headers = { "content-length": String(body.length), "content-type": "application/x-www-form-urlencoded" };
  const answer = await ask("/things", { method: "POST", headers, body });
  assert.equal(answer.status, 413);
  assert.match(await answer.text(), /your text is still there/u);
  assert.equal(
    await (await ask("/import", { method: "POST", headers, body })).text(),
    "1000001",
    "a form with a file has its own limit",
  );
});

void test("a notice is shown once on the page after the form", async () => {
  const posted = await ask("/things", { method: "POST", body: new URLSearchParams() });
  const cookie = (posted.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const shown = await ask("/", { headers: { cookie } });
  assert.match(await shown.text(), /<p class="notice" role="status">The thing was kept; 100%\.<\/p>/u);
  assert.match(shown.headers.get("set-cookie") ?? "", /Max-Age=0/u);
  assert.doesNotMatch(await (await ask("/", { headers: { cookie: "throughline_notice=%E0%A4%A" } })).text(), /class="notice"/u);
});

void test("the set clock, the example and what waits are announced on every page", async () => {
  const text = await (
    await ask(
      "/",
      {},
      { clockIsShifted: true, isExample: true, reminders: [{ text: "Send the agenda to <Max>", href: "/deliveries/1" }] },
    )
  ).text();
  assert.match(text, /The clock was set to <time datetime="2026-03-02T09:00:00Z">Mon 2 Mar 2026, 10:00<\/time>/u);
  assert.match(text, /<form method="post" action="\/clock"/u);
  assert.match(text, /<form method="post" action="\/example\/discard"/u);
  assert.match(text, /<a href="\/deliveries\/1">Send the agenda to &lt;Max&gt;<\/a>/u);
  assert.doesNotMatch(await (await ask("/")).text(), /class="banner/u);
});

void test("no page has an inline script or style, or names another server", async () => {
  for (const path of ["/", "/keys", "/nowhere"]) {
    const text = await (await ask(path, {}, { clockIsShifted: true, isExample: true })).text();
    assert.doesNotMatch(text, /<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|javascript:/u, path);
    assert.doesNotMatch(text, /(?:src|href|action)="(?:https?:)?\/\//u, path);
  }
});
