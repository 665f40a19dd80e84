import assert from "node:assert/strict";
import { test } from "node:test";
import { explainSmtpError, type SmtpError } from "./explain.ts";

function failure(facts: Partial<SmtpError>): SmtpError {
  return Object.assign(new Error(facts.message ?? "failed"), facts);
}

for (const [facts, trouble, words] of [
  [{ code: "ESOCKET", originalCode: "DEPTH_ZERO_SELF_SIGNED_CERT" }, "certificate", /signed by itself/u],
  [{ code: "ESOCKET", originalCode: "CERT_HAS_EXPIRED" }, "certificate", /expired/u],
  [{ code: "ESOCKET", originalCode: "ERR_TLS_CERT_ALTNAME_INVALID" }, "certificate", /another name/u],
  [{ code: "ESOCKET", originalCode: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, "certificate", /whole chain/u],
  [
    { code: "ESOCKET", originalCode: "ERR_SSL_WRONG_VERSION_NUMBER", message: "ssl3_get_record:wrong version number" },
    "certificate",
    /Choose STARTTLS/u,
  ],
  [{ code: "EDNS", originalCode: "ENOTFOUND" }, "no_connection", /is not known/u],
  [{ code: "ESOCKET", originalCode: "ECONNREFUSED" }, "no_connection", /Check the port/u],
  [{ code: "ETIMEDOUT" }, "no_connection", /did not answer in time/u],
  [{ code: "ECONNECTION" }, "no_connection", /was lost/u],
  [{ code: "EPROTOCOL", command: "CONN", responseCode: 554, response: "554 go away" }, "no_connection", /go away/u],
  [{ code: "EAUTH", responseCode: 535, response: "535 5.7.8 bad" }, "credentials", /app password/u],
  [{ code: "EAUTH", responseCode: 454, response: "454 4.7.0 later" }, "temporary", /at the moment/u],
  [
    { code: "EENVELOPE", command: "MAIL FROM", responseCode: 530, response: "530 5.7.0 Authentication required" },
    "credentials",
    /login/u,
  ],
  [
    { code: "EENVELOPE", command: "RCPT TO", responseCode: 554, response: "554 5.7.1 Relay access denied" },
    "permanent",
    /relay denied/u,
  ],
  [
    { code: "EENVELOPE", command: "RCPT TO", responseCode: 550, response: "550 5.1.1 User unknown" },
    "permanent",
    /no such mailbox/u,
  ],
  [
    { code: "EENVELOPE", command: "RCPT TO", responseCode: 552, response: "552 5.2.2 over quota" },
    "permanent",
    /mailbox is full/u,
  ],
  [
    { code: "EENVELOPE", command: "MAIL FROM", responseCode: 553, response: "553 5.7.1 not yours" },
    "permanent",
    /sending address/u,
  ],
  [{ code: "EMESSAGE", command: "DATA", responseCode: 554, response: "554 5.7.1 Spam" }, "permanent", /by its rules/u],
  [{ code: "EENVELOPE", command: "RCPT TO", responseCode: 451, response: "451 greylisted" }, "temporary", /greylisted/u],
] as const) {
  test(`${JSON.stringify(facts)} is explained as ${trouble}`, () => {
    const explained = explainSmtpError("smtp.example.org", failure(facts));
    assert.equal(explained.trouble, trouble, explained.message);
    assert.match(explained.message, words);
  });
}

test("a long or broken answer of a server is quoted short and on one line", () => {
  const { message } = explainSmtpError(
    "smtp.example.org",
    failure({ code: "EENVELOPE", command: "RCPT TO", responseCode: 451, response: `451 a\r\nb${"x".repeat(5_000)}` }),
  );
  assert.ok(message.length < 300);
  assert.doesNotMatch(message, /[\r\n]/u);
});
