import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSmtpUrl } from "./account.ts";

for (const [url, host, port, security, login] of [
  [
    "smtp://ana%40example.org:p%40ss@smtp.example.org",
    "smtp.example.org",
    587,
    "starttls",
    { user: "ana@example.org", password: "p@ss" },
  ],
  ["smtps://ana:pass@smtp.example.org", "smtp.example.org", 465, "implicit_tls", { user: "ana", password: "pass" }],
  ["smtp://127.0.0.1:2525?security=none", "127.0.0.1", 2525, "none", undefined],
  ["smtp://[::1]:2525?security=none", "::1", 2525, "none", undefined],
] as const) {
  test(`${url} is understood`, () => assert.deepEqual(parseSmtpUrl(url), { host, port, security, login }));
}

for (const [url, complaint] of [
  ["smtp://smtp.example.org?security=none", /to this machine only/u],
  ["smtp://smtp.example.org?security=maybe", /only be none/u],
  ["https://smtp.example.org", /must look like/u],
  ["smtp://ana:100%@smtp.example.org", /%25/u],
  ["nothing", /must look like/u],
] as const) {
  test(`${url} is refused without repeating it`, () => {
    assert.throws(() => parseSmtpUrl(url), complaint);
    assert.throws(
      () => parseSmtpUrl(url),
      (error: Error) => !error.message.includes("smtp.example.org?") && !error.message.includes("100%@"),
    );
  });
}
