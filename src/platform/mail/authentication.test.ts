import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSender, learnServer, organisationOf, parseResults } from "./authentication.ts";

const from = [{ name: "Max", address: "max@example.org" }];
const results = (...values: string[]) => ({ headers: values.map((value) => ({ name: "authentication-results", value })), from });
const received = (value: string) => ({ name: "received", value });

test("a header is read with comments, quotes and versions (RFC 8601, section 2.2)", () => {
  const { server, results: found } = parseResults(
    `mx.example.net 1; spf=pass (sender (really) "ok;" allowed) smtp.mailfrom="max@example.org"; dkim/1 = pass header.d=example.org header.s=a; none`,
  );
  assert.equal(server, "mx.example.net");
  assert.deepEqual(
    found.map(({ method, result }) => [method, result]),
    [
      ["spf", "pass"],
      ["dkim", "pass"],
    ],
  );
  assert.equal(found[0]?.properties.get("smtp.mailfrom"), "max@example.org");
});

const cases: readonly [string, string, boolean][] = [
  ["DMARC passed", "mx.example.net; dmarc=pass header.from=example.org", true],
  ["a signature of the same domain", "mx.example.net; dkim=pass header.d=example.org", true],
  ["a signature of its parent domain", "mx.example.net; dkim=pass header.i=@mail.example.org", true],
  ["the envelope of the same domain", "mx.example.net; spf=pass smtp.mailfrom=bounces@example.org", true],
  ["DMARC failed, although a signature passed", "mx.example.net; dkim=pass header.d=example.org; dmarc=fail", false],
  ["a signature of a stranger", "mx.example.net; dkim=pass header.d=example.com", false],
  ["a passed DMARC of a stranger", "mx.example.net; dmarc=pass header.from=evil.example", false],
  ["nothing was checked", "mx.example.net; none", false],
  ["a signature that failed", "mx.example.net; dkim=fail header.d=example.org", false],
  ["a pass within a comment", "mx.example.net; dkim=fail (dkim=pass header.d=example.org)", false],
  ["a pass within quotes", 'mx.example.net; dkim=fail reason="; dkim=pass header.d=example.org"', false],
  ["another server", "mx.example.com; dmarc=pass header.from=example.org", false],
  ["a server whose name only begins alike", "mx.example.net.evil.example; dmarc=pass header.from=example.org", false],
];

for (const [title, value, verified] of cases) {
  test(`a sender is ${verified ? "" : "not "}verified: ${title}`, () => {
    assert.equal(checkSender(results(value), "mx.example.net").verified, verified);
  });
}

test("only the topmost results count, and none without a known server", () => {
  const good = "mx.example.net; dmarc=pass header.from=example.org";
  assert.equal(checkSender(results("mx.example.com; none", good), "mx.example.net").verified, false);
  assert.equal(checkSender(results(good), undefined).verified, false);
  assert.equal(checkSender({ headers: [], from }, "mx.example.net").verified, false);
});

test("a mail that names several senders is not verified", () => {
  const two = [...from, { name: "", address: "eve@example.org" }];
  const { headers } = results("mx.example.net; dmarc=pass header.from=example.org");
  assert.equal(checkSender({ headers, from: two }, "mx.example.net").verified, false);
});

test("the server is learned from most mails, and not from one", () => {
  const own = {
    headers: [...results("mx.example.net; none").headers, received("from a.example.com by mail.example.net with ESMTPS; date")],
  };
  const forged = { headers: [...results("mx.evil.example; dmarc=pass").headers, received("from b by c.evil.example")] };
  assert.equal(learnServer([own, own, own, own]), undefined, "too few");
  assert.equal(learnServer([own, own, own, own, forged]), "mx.example.net");
  assert.equal(learnServer([own, own, forged, forged, forged]), undefined);
  assert.equal(learnServer(Array.from({ length: 9 }, () => results("mx.example.net; none"))), undefined, "no host of its own");
});

test("Exchange Online signs without a name, and is known by the host that took the mail in", () => {
  const mail = {
    headers: [
      received("from x by DB9PR01.eurprd01.prod.outlook.com with HTTPS; date"),
      ...results(
        "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.org; dkim=pass header.d=example.org; dmarc=pass header.from=example.org",
      ).headers,
    ],
    from,
  };
  const learned = learnServer([mail, mail, mail, mail, mail]);
  assert.equal(learned, "outlook.com");
  assert.equal(checkSender(mail, learned).verified, true);
});

test("strangers under one registry are two organisations", () => {
  assert.equal(organisationOf("a.mail.example.org"), "example.org");
  assert.notEqual(organisationOf("one.co.uk"), organisationOf("two.co.uk"));
});
