import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { withSourceMarks } from "./composing-figures.ts";
import { countWords } from "../../../lib/text.ts";
import { type Answer, type Dimension, dimensions, type ImpactScore } from "../schema.ts";
import { AGENDA_WORDS, compose, draftSegments, joined, type Material, RETELL_WORDS, withoutGaps } from "./composing.ts";
import { connectingWords, dimensionLabels, DATE_LABEL, gapTexts, SOURCE_LABEL, SOURCE_MARK } from "./composing-words.ts";

function score(scores: Partial<ImpactScore["scores"]> = {}, more: Partial<ImpactScore> = {}): ImpactScore {
  const none = { action: 0, outcome: 0, beneficiary: 0, evidence: 0, comparison: 0, extension: 0 } as const;
  return { scores: { ...none, ...scores }, total: 0, band: "weak", spans: [], next: null, ...more };
}

function material(text: string, answers: readonly Answer[] = [], more: Partial<Material> = {}): Material {
  return { text, answers, before: score({ action: 1 }), after: score({ action: 1 }), ...more };
}

const answer = (dimension: Dimension, text: string): Answer => ({ dimension, text });

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Everything that a draft says beside its gaps and marks. */
const said = (draft: string): string =>
  draftSegments(draft)
    .filter(({ isGap }) => !isGap)
    .map(({ text }) => text)
    .join("");

const labelWords = new Set(wordsOf([...connectingWords, ...Object.values(dimensionLabels), SOURCE_LABEL, DATE_LABEL].join(" ")));

/** The words of a draft that neither the person said nor the card's labels are. */
function invented(draft: string, { text, answers, date = "", source = "" }: Material): string[] {
  const known = new Set(wordsOf([text, ...answers.map((one) => one.text), date, source].join(" ")));
  return wordsOf(said(draft)).filter((word) => !known.has(word) && !labelWords.has(word));
}

const phrases = [
  "I rewrote the rota template",
  "the ward no longer phones round at the weekend",
  "so that the directors can settle the budget",
  "errors fell from 9 to 2.5 a week",
  "15% of our spend buys nothing",
  "and I've trained two nurses",
  "my part was the query",
  "It saves 1,200 € a month",
  "because Dr. Sim asked e.g. for it",
  "Q4 took 3 days in 2024",
  "для врачей",
  "会议",
  "🎉",
];
const piece = fc.oneof(
  fc.constantFrom(...phrases),
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.lorem({ maxCount: 45 }),
  fc.constantFrom("\n", ". ", "! ", ", ", "; ", " – ", "[who uses it?]", "(", '"'),
);
const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(" "));
const points = fc.constantFrom(0 as const, 1 as const, 2 as const);
const scores = fc.record({
  action: points,
  outcome: points,
  beneficiary: points,
  evidence: points,
  comparison: points,
  extension: points,
});
const span = fc.record({
  dimension: fc.constantFrom(...dimensions),
  from: fc.nat(60),
  length: fc.nat(40),
  points,
});
const scored = fc
  .record({
    scores,
    band: fc.constantFrom("weak" as const, "developing" as const, "strong" as const),
    spans: fc.array(span, { maxLength: 6 }),
  })
  .map(({ scores: given, band, spans }) =>
    score(given, { band, spans: spans.map((one) => ({ ...one, to: one.from + one.length, text: "", why: "" })) }),
  );
const materials = fc.record<Material>({
  text,
  answers: fc.array(fc.record({ dimension: fc.constantFrom(...dimensions), text }), { maxLength: 6 }),
  before: scored,
  after: scored,
  date: fc.constantFrom(undefined, "2026-03-02"),
  source: fc.constantFrom(undefined, "", "The report, page 4"),
});

test("a draft holds the person's words, visible gaps and the card's labels, and never more words than it may (S35)", () => {
  fc.assert(
    fc.property(materials, (given) => {
      const { retell, agenda, card } = compose(given);
      for (const draft of [retell, agenda, card, joined(given)]) assert.deepEqual(invented(draft, given), [], draft);
      for (const draft of [retell, agenda]) assert.deepEqual(invented(withoutGaps(draft), given), [], draft);
      assert.ok(countWords(retell) <= RETELL_WORDS, retell);
      assert.ok(countWords(agenda) <= AGENDA_WORDS, agenda);
    }),
    { numRuns: 500 },
  );
});

test("a mark stands behind a whole figure with its unit, never inside a word (S35)", () => {
  for (const [text, marked] of [
    ["errors fell from 9 to 2.5 a week", "errors fell from 9 to 2.5 (source?) a week"],
    ["It saves 1,200 € a month", "It saves 1,200 € (source?) a month"],
    ["0 Ͱ𝟎", "0 (source?) Ͱ𝟎"],
    ["3x4 pieces and 3kg of it", "3x4 pieces and 3kg (source?) of it"],
  ] as const)
    assert.equal(withSourceMarks(text), marked);
});

test("a figure is never cut, rounded or joined with another: each one in a draft was written so (S35)", () => {
  const figures = (words: string): string[] => words.match(/\d+(?:[.,]\d+)*/gu) ?? [];
  fc.assert(
    fc.property(materials, (given) => {
      const all = figures([given.text, ...given.answers.map((one) => one.text), given.date ?? "", given.source ?? ""].join("\n"));
      for (const draft of Object.values(compose(given)))
        for (const figure of figures(draft)) assert.ok(all.includes(figure) || given.date?.includes(figure), figure);
    }),
    { numRuns: 300 },
  );
});

test("a fact that no answer names is in no draft (S35)", () => {
  const canary = "canary";
  fc.assert(
    fc.property(materials, fc.constantFrom(...dimensions), (given, dimension) => {
      const without = { ...given, answers: given.answers.filter((one) => one.dimension !== dimension) };
      const drafts = Object.values(compose(without)).join("\n");
      assert.ok(!drafts.includes(canary));
      const told = { ...given, answers: [...without.answers, answer(dimension, canary)] };
      assert.ok(compose(told).card.includes(canary), "what was answered is on the card");
    }),
    { numRuns: 200 },
  );
});

test("nothing that was said is missing from the card", () => {
  fc.assert(
    fc.property(materials, (given) => {
      const { card } = compose({ ...given, source: "the report" });
      for (const words of [given.text, ...given.answers.map((one) => one.text)]) assert.ok(card.includes(words), words);
    }),
    { numRuns: 200 },
  );
});

test("what is missing stays visible until it is said (S35)", () => {
  const bare = compose(material("I completed the year-end report."));
  assert.equal(bare.retell, "Completed the year-end report. [what changed?] [who uses it?]");
  assert.equal(bare.agenda, "I completed the year-end report. [what changed?] [who uses it?] [how does one know?]");
  for (const gap of ["[who uses it?]", "[compared with what?]", "[source?]", "[date?]"]) assert.ok(bare.card.includes(gap), gap);
  const more = compose(
    material("I completed the year-end report.", [answer("beneficiary", "The directors settle the budget from it")]),
  );
  assert.ok(!Object.values(more).some((draft) => draft.includes(gapTexts.beneficiary)));
  const strong = compose(material("Done.", [], { after: score({}, { band: "strong" }) }));
  assert.equal(strong.agenda, "Done.");
});

test("for another room the change comes before the effort, and the line needs no I (S35)", () => {
  const retell = (words: string, ...answers: Answer[]): string =>
    compose(material(words, answers, { after: score({}, { band: "strong" }) })).retell;
  assert.equal(
    retell(
      "I rewrote the rota template",
      answer("outcome", "so the ward no longer phones round"),
      answer("comparison", "Before, it took Ana 3 hours"),
    ),
    "The ward no longer phones round. Before, it took Ana 3 hours. Rewrote the rota template.",
  );
  // What points back has nothing to point at when it comes first.
  assert.equal(
    retell("I rewrote the rota template.", answer("outcome", "It saves the ward an hour")),
    "Rewrote the rota template. It saves the ward an hour.",
  );
  assert.equal(
    retell("I built it and I also trained two nurses, which nobody had asked for."),
    "Built it and also trained two nurses, which nobody had asked for.",
  );
  for (const kept of [
    "I halved my team's backlog.",
    "I need a second reviewer.",
    "I have limited access.",
    "I built it and I am proud.",
    "I was asked by Noor.",
  ])
    assert.equal(retell(kept), kept, "where grammar alone cannot turn it, it stays as it was written");
});

test("sentences of the text that tell of the change come before those of the effort", () => {
  const words = "I rewrote the rota template. The ward no longer phones round.";
  const spans = [
    { dimension: "action" as const, from: 2, to: 9, text: "rewrote", points: 2 as const, why: "" },
    { dimension: "outcome" as const, from: 29, to: 60, text: "", points: 2 as const, why: "" },
  ];
  const given = material(words, [], { before: score({}, { spans }), after: score({}, { band: "strong" }) });
  assert.equal(compose(given).retell, "The ward no longer phones round. Rewrote the rota template.");
  assert.equal(compose(given).agenda, words);
});

test("when there is not room for all, whole answers are left out; only a sentence longer than everything is cut, and says so", () => {
  const many = Array.from({ length: 24 }, (_, index) => `word${index}`).join(" ");
  const { retell, agenda, card } = compose(
    material("I built it.", [answer("outcome", `The ward ${many}`), answer("extension", `Nobody asked for ${many}`)]),
  );
  assert.equal(retell, `The ward ${many}. [who uses it?]`);
  assert.ok(agenda.includes(many) && card.includes("Nobody asked for"));
  const long = `I moved ${many}, then ${many} and 3.5 days`;
  const cut = compose(material(long, [], { after: score({}, { band: "strong" }) }));
  assert.ok(cut.retell.endsWith(" …"), cut.retell);
  assert.ok(long.includes(cut.retell.slice(0, -2).replace(/^Moved/u, "moved")), "as far as it goes, it is what was written");
  assert.ok(cut.card.startsWith(long));
});

test("figures on the card are marked until somebody says where they are from; years, dates, hours and names are no figures", () => {
  const first = (words: string): string => compose(material(words)).card.split("\n")[0] ?? "";
  for (const [words, marked] of [
    ["15% of our spend", `15% ${SOURCE_MARK} of our spend`],
    ["from 9 to 12 days", `from 9 to 12 days ${SOURCE_MARK}`],
    ["It took 3 days in 2024.", `It took 3 days ${SOURCE_MARK} in 2024.`],
    ["We saved 1,200 € a month and 2.5 hours", `We saved 1,200 € ${SOURCE_MARK} a month and 2.5 hours ${SOURCE_MARK}`],
    [
      "On 3 March at 10:00, for Q4 and the 2nd ward, COVID-19, ward 4",
      "On 3 March at 10:00, for Q4 and the 2nd ward, COVID-19, ward 4",
    ],
  ] as const)
    assert.equal(first(words), marked);
  const { card } = compose(material("15% of our spend", [], { source: "The report, page 4", date: "2026-03-02" }));
  assert.match(card, /^15% of our spend\n/u);
  assert.match(card, /\nSource: The report, page 4\nDate: 2026-03-02$/u);
});

test("what is kept of a draft is what the person said, without gaps, marks and empty lines of the card", () => {
  const { agenda, card } = compose(
    material("I built it. See [1].", [answer("outcome", "9 wards use it")], { date: "2026-03-02" }),
  );
  assert.equal(withoutGaps(agenda), "I built it. See [1]. 9 wards use it.");
  assert.equal(withoutGaps(card), "I built it. See [1].\n\nWhat changed: 9 wards use it\nDate: 2026-03-02");
});

test("an answer that only names somebody stands behind the sentence it belongs to", () => {
  const text = "I rewrote the rota template.";
  const given = material(text, [answer("beneficiary", "The nurses on ward 4")], { names: new Set(["The nurses on ward 4"]) });
  assert.equal(withoutGaps(compose(given).agenda), "I rewrote the rota template, for the nurses on ward 4.");
  assert.equal(withoutGaps(compose(given).retell), "Rewrote the rota template, for the nurses on ward 4.");
});

test("an answer that only repeats what stands there is not said twice", () => {
  const given = material("I rewrote the rota template for the ward.", [answer("beneficiary", "For the ward")]);
  assert.equal(withoutGaps(compose(given).agenda), given.text);
});
