import assert from "node:assert/strict";
import { test } from "node:test";
import { rateLimit } from "./rate-limit.ts";

const start = Temporal.Instant.from("2026-03-10T10:00:00Z");

test("so many are let through in a span, each key for itself, and again in the next one", () => {
  const limit = rateLimit({ most: 2, seconds: 60 });
  assert.deepEqual(
    [1, 2, 3].map(() => limit.take("a", start)),
    [true, true, false],
  );
  assert.equal(limit.take("b", start), true);
  assert.equal(limit.take("a", start.add({ seconds: 59 })), false);
  assert.equal(limit.take("a", start.add({ seconds: 60 })), true);
});

test("a clock that was set back locks nobody out", () => {
  const limit = rateLimit({ most: 1, seconds: 60 });
  assert.equal(limit.take("a", start), true);
  assert.equal(limit.take("a", start.subtract({ hours: 1 })), true);
});

test("keys of somebody's own making do not fill the memory, and a limit that was reached holds for the others", () => {
  const limit = rateLimit({ most: 1, seconds: 60 });
  for (let made = 0; made < 25_000; made += 1) limit.take(`key ${made}`, start.add({ milliseconds: made }));
  const last = start.add({ milliseconds: 25_000 });
  assert.equal(limit.take("key 24999", last), false);
});
