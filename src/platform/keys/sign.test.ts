import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { openSigner } from "./sign.ts";

const source = { keyFile: "/nowhere/at/all", key: randomBytes(32).toString("base64") };

test("a signature is the same for the same parts and key, and for nothing else", () => {
  const signer = openSigner(source, "links");
  const signed = signer.sign("a", "bc").toString("hex");
  assert.equal(openSigner(source, "links").sign("a", "bc").toString("hex"), signed);
  assert.notEqual(signer.sign("ab", "c").toString("hex"), signed, "parts do not run into each other");
  assert.notEqual(openSigner(source, "something else").sign("a", "bc").toString("hex"), signed, "a purpose has its own key");
  const other = openSigner({ ...source, key: randomBytes(32).toString("base64") }, "links");
  assert.notEqual(other.sign("a", "bc").toString("hex"), signed);
});

test("a key that cannot be read is said when it is needed", () => {
  const signer = openSigner({ keyFile: "/dev/null/key" }, "links");
  assert.throws(
    () => signer.sign("a"),
    (error: NodeJS.ErrnoException) => error.code !== undefined,
  );
});
