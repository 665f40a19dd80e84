import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { openSigner, type Signer } from "../../platform/keys/sign.ts";
import { isSignedFor, linkExpiry, stateOf, tokenFor, tokenHash } from "./rules.ts";

const newSigner = (): Signer => openSigner({ keyFile: "/nowhere", key: randomBytes(32).toString("base64") }, "guest link");
const signer = newSigner();
const scope = { owner: "owner", meetingId: "meeting", personId: "person" };
const token = tokenFor(signer, scope, 0);

test("a token has 43 characters, is the same every time, and opens its own scope", () => {
  assert.match(token, /^[\w-]{43}$/u);
  assert.equal(tokenFor(signer, { ...scope }, 0), token);
  assert.ok(isSignedFor(signer, token, scope));
});

test("no token opens another meeting, person or owner, whatever they are called", () => {
  const name = fc.string({ maxLength: 40 });
  fc.assert(
    fc.property(name, name, name, fc.nat(9), (owner, meetingId, personId, generation) => {
      const other = { owner, meetingId, personId };
      const isSame = owner === scope.owner && meetingId === scope.meetingId && personId === scope.personId;
      fc.pre(!isSame);
      assert.ok(!isSignedFor(signer, tokenFor(signer, other, generation), scope));
      assert.ok(!isSignedFor(signer, token, other));
      assert.notEqual(tokenFor(signer, other, generation), token);
    }),
  );
});

test("parts of the scope do not run into each other", () => {
  const shifted = { owner: "ownerm", meetingId: "eeting", personId: "person" };
  assert.ok(!isSignedFor(signer, token, shifted));
});

test("a token with any bit turned, cut off or added does not open, and the database's hash is another one", () => {
  const bytes = Buffer.from(token, "base64url");
  fc.assert(
    fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
      const turned = Buffer.from(bytes);
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const text = turned.toString("base64url");
      assert.ok(!isSignedFor(signer, text, scope));
      assert.notEqual(tokenHash(text), tokenHash(token));
    }),
  );
  fc.assert(fc.property(fc.nat(token.length - 1), (length) => assert.ok(!isSignedFor(signer, token.slice(0, length), scope))));
  fc.assert(fc.property(fc.string({ minLength: 2 }), (more) => assert.notEqual(tokenHash(token + more), tokenHash(token))));
});

test("nothing random opens, and nothing that another key signed", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => Buffer.from(b).toString("base64url")),
      ),
      (text) => {
        assert.ok(!isSignedFor(signer, text, scope));
      },
    ),
    { numRuns: 2_000 },
  );
  assert.ok(!isSignedFor(newSigner(), token, scope));
});

test("a revoked link is followed by another token", () => {
  const tokens = [0, 1, 2, 3].map((generation) => tokenFor(signer, scope, generation));
  assert.equal(new Set(tokens).size, 4);
  assert.ok(
    tokens.every((one) => isSignedFor(signer, one, scope)),
    "the database says which of them is the live one",
  );
});

test("a link closes 30 days after the meeting, also when the clocks change in between", () => {
  assert.equal(linkExpiry(Temporal.Instant.from("2026-03-12T09:30:00Z")).toString(), "2026-04-11T09:30:00Z");
});

test("where an answer stands follows from its dates", () => {
  const at = "2026-03-12T09:30:00.000Z";
  const none = { verified_at: null, accepted_at: null, declined_at: null };
  assert.equal(stateOf(none), "unverified");
  assert.equal(stateOf({ ...none, verified_at: at }), "waiting");
  assert.equal(stateOf({ ...none, verified_at: at, accepted_at: at }), "accepted");
  assert.equal(stateOf({ ...none, declined_at: at }), "declined");
});
