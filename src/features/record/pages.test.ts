import assert from "node:assert/strict";
import { onEveryStore, type TestApp } from "../../../test/support/test-app.ts";
import { visitorOf } from "../../../test/support/visitor.ts";
import { inTransaction } from "../../platform/storage/database.ts";
import { addPerson, type Person } from "../people/index.ts";
import { recordPages } from "./pages/index.ts";
import { keepEntry, type NewEntry, noteTelling } from "./store.ts";

function keep(app: TestApp, entry: Partial<NewEntry> & { id: string }): Promise<void> {
  const whole = { source: "capture" as const, kind: "win", text: `Text of ${entry.id}`, happenedAt: app.clock.now(), ...entry };
  return inTransaction(app.database, (tx) => keepEntry(tx, app.owner, app.clock.now(), whole));
}

async function fill(app: TestApp): Promise<Person> {
  const max = await app.call(addPerson, { name: "Max Berger" });
  await keep(app, {
    id: "win",
    text: "Shipped the migration",
    tags: [
      { kind: "project", name: "Atlas & Co" },
      { kind: "skill", name: "Writing" },
    ],
  });
  await keep(app, { id: "quiet", kind: "challenge", text: "<script>alert('x')</script> \u202Eright" });
  await keep(app, { id: "rtl", text: "הצגתי את התוכנית 🎉" });
  app.clock.advance({ days: 1 });
  await keep(app, {
    id: "mail",
    source: "told",
    kind: "agenda",
    text: `Hello Max. ${"word ".repeat(200)}`,
    personId: max.id,
    meetingId: "m1",
    deliveryId: "d1",
  });
  await keep(app, { id: "decided", source: "decision", kind: null, text: "We hire in May", personId: max.id, meetingId: "m1" });
  await keep(app, { id: "mine", source: "my_action", kind: null, text: "Write the plan", personId: max.id, meetingId: "m1" });
  await keep(app, { id: "theirs", source: "manager_commitment", kind: null, text: "Ask finance", personId: max.id });
  await keep(app, { id: "question", source: "open_question", kind: null, text: "Which team?", personId: max.id });
  await keep(app, { id: "meeting", source: "meeting", kind: null, text: "Held", personId: max.id });
  await keep(app, { id: "note", source: "note", kind: null, text: "He smiled", personId: max.id });
  await inTransaction(app.database, (tx) =>
    noteTelling(tx, app.owner, {
      captureId: "win",
      personId: max.id,
      meetingId: "m1",
      deliveryId: "d1",
      channel: "agenda",
      toldAt: app.clock.now(),
    }),
  );
  return max;
}

onEveryStore("the record shows what was captured, told, decided and promised, with the way back (S13, S48)", async (app) => {
  await fill(app);
  const text = await visitorOf(app, [recordPages]).open("/record");
  assert.match(
    text,
    /Told Max Berger <time datetime="2026-03-03T09:00:00.000Z">Tue 3 Mar<\/time> in <a href="\/deliveries\/d1">the agenda<\/a>/u,
  );
  for (const words of [
    "Agenda to Max Berger",
    "Decided with Max Berger",
    "You promised Max Berger",
    "Max Berger promised",
    "Open question",
    "not told yet",
  ])
    assert.ok(text.includes(words), words);
  assert.ok(text.includes('<a href="/meetings/m1">the 1:1</a>'));
  assert.ok(text.includes('href="/record?project=Atlas%20%26%20Co"'));
  assert.ok(!text.includes("<script>alert"));
  assert.ok(text.includes("word …"), "a mail is shown by its beginning");
});

onEveryStore("an empty record teaches, and a filter that fits nothing leads back", async (app) => {
  const pages = visitorOf(app, [recordPages]);
  assert.match(await pages.open("/record"), /Nothing here yet.*\/journal\/new/su);
  assert.match(await pages.open("/record?group=told"), /Nothing fits these filters/u);
});

onEveryStore("the filters are a plain form that keeps what was chosen", async (app) => {
  const max = await fill(app);
  const pages = visitorOf(app, [recordPages]);
  const text = await pages.open(`/record?filters=open&group=&kind=win&personId=&project=atlas+%26+co&skill=&from=2026-03-01&to=`);
  assert.match(text, /<option value="win" selected>/u);
  assert.match(text, /value="atlas &amp; co"/u);
  assert.ok(text.includes("Shipped the migration") && !text.includes("We hire"));
  assert.ok((await pages.open(`/record?personId=${max.id}`)).includes("We hire in May"));
  const untold = await pages.open("/record?group=captured&neverTold=yes");
  assert.ok(!untold.includes("Shipped the migration") && untold.includes("🎉"));
  const wrong = await pages.open("/record?from=2026-02-30&project=Atlas", 422);
  assert.match(wrong, /id="from-error">This day does not exist/u);
  assert.match(wrong, /value="Atlas"/u);
  await pages.open("/record?before=nonsense", 422);
  await pages.open("/record?group=nonsense", 422);
});

onEveryStore("older and newer lead through the whole record and keep the filters", async (app) => {
  for (let count = 10; count < 55; count += 1) {
    app.clock.advance({ hours: 1 });
    await keep(app, { id: `e${count}` });
  }
  const pages = visitorOf(app, [recordPages]);
  const link = (text: string, rel: string): string =>
    new RegExp(`rel="${rel}" href="([^"]+)"`, "u").exec(text)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const first = await pages.open("/record?group=captured");
  assert.equal(link(first, "prev"), "");
  assert.match(link(first, "next"), /group=captured/u);
  const second = await pages.open(link(first, "next"));
  const third = await pages.open(link(second, "next"));
  assert.equal(link(third, "next"), "");
  assert.equal(
    [first, second, third].reduce((sum, text) => sum + text.split('<li class="entry">').length - 1, 0),
    45,
  );
  assert.ok((await pages.open(link(second, "prev"))).includes("Text of e54"));
});

onEveryStore("the search marks what it found and says what it corrected", async (app) => {
  await fill(app);
  const pages = visitorOf(app, [recordPages]);
  assert.match(await pages.open("/record/search"), /Searches everything/u);
  assert.match(await pages.open("/record/search?text=migr"), /<mark>migration<\/mark>/u);
  const script = await pages.open("/record/search?text=script");
  assert.ok(script.includes("&lt;<mark>script</mark>&gt;"));
  assert.match(await pages.open("/record/search?text=migratoin"), /found for <strong>migration<\/strong>/u);
  assert.match(await pages.open("/record/search?text=zebra"), /Nothing was found/u);
  assert.match(await pages.open(`/record/search?text=${encodeURIComponent('"* OR (')}`), /Nothing was found/u);
  assert.match(await pages.open(`/record/search?text=${"x".repeat(3000)}`, 422), /id="text-error">Keep this to 200 characters/u);
  assert.ok((await pages.open("/record/search?text=plan&group=promised")).includes("Write the"));
});

onEveryStore("an entry traces back to its meeting, its mail and everybody who was told (S13, S48)", async (app) => {
  await fill(app);
  const pages = visitorOf(app, [recordPages]);
  const win = await pages.open("/record/win");
  assert.match(win, /<td dir="auto">Max Berger<\/td><td><time datetime="2026-03-03T09:00:00.000Z">Tue 3 Mar, 10:00<\/time>/u);
  assert.ok(win.includes('href="/journal/win"') && win.includes('href="/deliveries/d1"') && win.includes('href="/meetings/m1"'));
  assert.match(await pages.open("/record/quiet"), /Nobody yet/u);
  assert.ok((await pages.open("/record/mail")).includes('href="/deliveries/d1"'));
  for (const id of ["decided", "mine", "theirs", "question", "meeting", "note"]) await pages.open(`/record/${id}`);
  await pages.open("/record/nobody", 404);
});
