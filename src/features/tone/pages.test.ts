import assert from "node:assert/strict";
import { onEveryStore } from "../../../test/support/test-app.ts";
import { testPages } from "../../../test/support/test-pages.ts";
import { checkTone, markedText, toneNotes, tonePages } from "./index.ts";
import { elsewhereParts } from "./data/places.ts";

onEveryStore(
  "the page says what belongs elsewhere, who is there for it, and that it is no legal advice",
  async (app) => {
    const text = await testPages(app, [tonePages]).get("/belongs-elsewhere");
    for (const { id } of elsewhereParts) assert.match(text, new RegExp(`<section id="${id}"`, "u"));
    for (const place of ["HR", "works council", "union", "lawyer", "occupational health", "security officer"])
      assert.ok(text.includes(place), place);
    assert.match(text, /not legal advice/u);
    assert.deepEqual(
      checkTone(text.replaceAll(/<[^>]+>/gu, " ")).filter(({ rule }) => rule === "blame"),
      [],
    );
  },
  ["sqlite"],
);

onEveryStore(
  "what people wrote is escaped in marks and notes, and each mark leads to its note and back",
  async () => {
    const text = "You never sent <b>the</b> figures & it is illegal.";
    const findings = checkTone(text);
    const marked = (await markedText(text, findings)).toString();
    const notes = (await toneNotes(text, findings, () => ({ href: "/x?a=1&b=2", label: "Change the words" }))).toString();
    assert.match(marked, /&lt;b&gt;the&lt;\/b&gt; figures &amp; it/u);
    assert.match(marked, /href="#tone-1" aria-describedby="tone-why-1"/u);
    assert.match(notes, /id="tone-1"[^]*href="#tone-words-1"/u);
    assert.match(notes, /href="\/belongs-elsewhere#wrong"/u);
    assert.doesNotMatch(marked + notes, /<b>/u);
    assert.equal(
      marked
        .replaceAll(/<[^>]+>/gu, "")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&amp;", "&"),
      text,
    );
    assert.equal((await toneNotes("All well.", [])).toString(), "");
  },
  ["sqlite"],
);
