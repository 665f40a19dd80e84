import assert from "node:assert/strict";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { visitorOf } from "../../../test/support/visitor.ts";
import { recordPages } from "../record/index.ts";
import { captureThought, listCaptures, showCapture, showHistory } from "./operations.ts";
import { journalPages } from "./pages/index.ts";
import { localPath, withNoticed } from "./pages/return.ts";
import { test } from "node:test";

const features = [recordPages, journalPages];

onEveryStore("a line noted from any page leads back there, where it can be undone", async (app) => {
  const pages = visitorOf(app, features);
  await pages.open("/journal/new");
  const location = await pages.send("/journal", {
    text: "Shipped it",
    kind: "win",
    happenedOn: "",
    energy: "",
    projects: "Atlas, Hiring",
    skills: "",
    return: "/record?group=captured",
  });
  const [capture] = (await app.call(listCaptures, {})).captures;
  assert.equal(location, `/record?group=captured&noticed=${capture?.id}`);
  assert.deepEqual([capture?.kind, capture?.projects, capture?.happenedOn], ["win", ["Atlas", "Hiring"], "2026-03-02"]);
  const back = await pages.open(location);
  assert.match(back, new RegExp(`action="/journal/${capture?.id}/deletion"`, "u"));
  assert.equal(await pages.send(`/journal/${capture?.id}/deletion`, { return: "/record" }), "/record");
  assert.deepEqual((await app.call(listCaptures, {})).captures, []);
  assert.match(await pages.open("/journal/deleted"), /Shipped it/u);
  assert.match(await pages.open(`/journal/${capture?.id}`), /Bring it back/u);
  assert.equal(await pages.send(`/journal/${capture?.id}/restoration`), `/journal/${capture?.id}`);
  assert.equal((await app.call(listCaptures, {})).captures.length, 1);
});

onEveryStore("a capture that cannot be kept comes back with everything typed and the message beside its field", async (app) => {
  const pages = visitorOf(app, features);
  const typed = {
    text: "<b>הצגתי</b> 🎉",
    kind: "energy",
    happenedOn: "2026-02-30",
    energy: "-1",
    projects: `Atlas, ${"y".repeat(61)}`,
    skills: "Writing",
    return: "/meetings",
  };
  const text = await pages.sendWrong("/journal", typed);
  assert.match(text, /&lt;b&gt;הצגתי&lt;\/b&gt; 🎉<\/textarea>/u);
  assert.match(text, /id="happenedOn-error">This day does not exist/u);
  assert.match(text, /id="projects-error">Keep this to 60 characters/u);
  assert.match(text, /value="2026-02-30"/u);
  assert.match(text, /value="energy" checked/u);
  assert.match(text, /<option value="-1" selected>/u);
  assert.match(text, /name="return" value="\/meetings"/u);
  const long = await pages.sendWrong("/journal", { text: `begin ${"x".repeat(100_000)} end` });
  assert.match(long, /id="text-error">This is longer than 20,000 characters.*nothing was cut/u);
  assert.ok(long.includes("x end</textarea>"), "all of it is still there");
  for (const empty of ["", "  ", "\u0000"])
    assert.match(await pages.sendWrong("/journal", { text: empty }), /id="text-error">Write a few words/u);
  assert.match(await pages.sendWrong("/journal", { text: "x", kind: "victory" }), /id="kind-error">Choose one of/u);
  assert.match(await pages.sendWrong("/journal", { text: "x", kind: "energy" }), /id="energy-error">Say how it left you/u);
  assert.deepEqual((await app.call(listCaptures, {})).captures, []);
});

onEveryStore("a number that was left over from another kind does not stand in the way", async (app) => {
  await visitorOf(app, features).send("/journal", { text: "x", kind: "win", energy: "2" });
  assert.equal((await app.call(listCaptures, {})).captures[0]?.energy, null);
});

onEveryStore("a note is changed on its page, and every earlier wording stays there", async (app) => {
  const pages = visitorOf(app, features);
  const { id } = await app.call(captureThought, {
    kind: "energy",
    text: "Pairing",
    energy: 2,
    projects: ["Atlas"],
    skills: ["Mentoring"],
  });
  assert.match(await pages.open(`/journal/${id}`), /energy \+2/u);
  app.clock.advance({ hours: 2 });
  const location = await pages.send(`/journal/${id}`, {
    text: "Pairing with <i>Noor</i>",
    kind: "note",
    happenedOn: "2026-03-01",
    energy: "2",
    projects: "",
    skills: "Mentoring",
  });
  assert.equal(location, `/journal/${id}`);
  const text = await pages.open(`/journal/${id}`);
  assert.match(text, /Pairing with &lt;i&gt;Noor&lt;\/i&gt;/u);
  assert.match(text, /Earlier wordings.*Mon 2 Mar, 10:00.*Pairing<\/p>/su);
  assert.equal((await app.call(showHistory, { id })).revisions.length, 1);
  const wrong = await pages.sendWrong(`/journal/${id}`, {
    text: " ",
    kind: "note",
    happenedOn: "2026-03-01",
    projects: "kept",
    skills: "",
  });
  assert.match(wrong, /id="text-error">.*value="kept"/su);
});

onEveryStore("a note deleted in another tab keeps what was typed here", async (app) => {
  const pages = visitorOf(app, features);
  const { id } = await app.call(captureThought, { text: "Twice" });
  await pages.send(`/journal/${id}/deletion`);
  const late = await pages.sendWrong(`/journal/${id}`, {
    text: "Typed in the other tab",
    kind: "note",
    happenedOn: "2026-03-01",
  });
  assert.match(late, /Restore it first/u);
  assert.match(late, /Typed in the other tab/u);
});

onEveryStore("a challenge is settled and opened again on its page", async (app) => {
  const pages = visitorOf(app, features);
  const { id } = await app.call(captureThought, { kind: "challenge", text: "No device" });
  await pages.send(`/journal/${id}/settlement`);
  assert.notEqual((await app.call(showCapture, { id })).resolvedAt, null);
  assert.match(await pages.open(`/journal/${id}`), /It is open again/u);
  await pages.send(`/journal/${id}/settlement`, { open: "yes" });
  assert.equal((await app.call(showCapture, { id })).resolvedAt, null);
});

onEveryStore("somebody else's note is not found on any page", async (app) => {
  const pages = visitorOf(app, features);
  const { id } = await app.callAs(app.stranger, captureThought, { text: "Theirs" });
  await pages.open(`/journal/${id}`, 404);
  await pages.open(`/record/${id}`, 404);
  for (const act of ["", "/deletion", "/restoration", "/settlement"])
    await assert.rejects(pages.send(`/journal/${id}${act}`, { text: "Mine" }), /answered 404/u, act);
});

test("only a path on this server is returned to", () => {
  for (const [raw, path] of [
    ["/record?group=told", "/record?group=told"],
    ["/", "/"],
    ["//evil.example/x", undefined],
    ["/\\evil.example", undefined],
    ["https://evil.example", undefined],
    ["javascript:alert(1)", undefined],
    ["", undefined],
    [undefined, undefined],
  ] as const)
    assert.equal(localPath(raw), path, String(raw));
  assert.equal(withNoticed("/record?group=told&noticed=old", "new"), "/record?group=told&noticed=new");
});
