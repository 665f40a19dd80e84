import assert from "node:assert/strict";
import { test } from "node:test";
import { gapNames } from "../../lib/gaps.ts";
import { bankQuestions, categoryWords } from "./operations/bank.ts";
import { fromOwn, matching, recognised } from "./rules/bank.ts";
import { asksConditions, conditionChanges, conditionLines } from "./rules/conditions.ts";
import { choicesFor, filled, type Known, nothingKnown } from "./rules/filling.ts";
import { fromThreeCategories, growthCategories, inTurn, ranked, scoreOf, type Situation } from "./rules/ranking.ts";
import { type Facts, signalsFrom, stagesFrom, whyOf } from "./rules/signals.ts";
import { surfaceOf, surfaces } from "./rules/surface.ts";
import { askedAt } from "./rules/uses.ts";
import { audiences, categories, type Question, stages } from "./schema.ts";

test("107 of 107 questions say what they uncover, and each names its gaps and nothing else (S42)", () => {
  assert.equal(bankQuestions.length, 107);
  assert.equal(new Set(bankQuestions.map((one) => one.id)).size, 107);
  assert.equal(new Set(bankQuestions.map((one) => one.text)).size, 107);
  for (const question of bankQuestions) {
    assert.match(question.id, /^Q\d{3}$/u);
    assert.ok(question.uncovers.trim().length > 5, question.id);
    assert.ok(question.followUp.trim().length > 5, question.id);
    assert.match(question.text, /[.?]$/u, question.id);
    assert.deepEqual(gapNames(question.text), question.placeholders, question.id);
    assert.ok((categories as readonly string[]).includes(question.category), question.id);
    assert.ok(question.audience.length > 0 && question.audience.every((one) => audiences.includes(one)), question.id);
    assert.ok(question.stages.length > 0 && question.stages.every((one) => stages.includes(one)), question.id);
    assert.ok(question.signals.length > 0, question.id);
  }
  for (const category of categories) assert.ok(categoryWords[category], category);
});

const SITUATION: Situation = {
  signals: new Set(),
  stages: new Set(),
  audience: ["manager"],
  resting: new Set(),
  lastCategories: new Set(),
};

function question(id: string, facts: Partial<Question> = {}): Question {
  return {
    id,
    category: "skills",
    text: `${id}?`,
    uncovers: "",
    followUp: "",
    audience: ["manager"],
    stages: ["before_review"],
    signals: [],
    placeholders: [],
    asksConditions: false,
    isOwn: false,
    ...facts,
  };
}

test("a question counts 3 for each matching signal, 2 for the stage, 1 less when its category was asked last time (S40)", () => {
  const signals = ["growth_gap", "energy_drop", "new_project"];
  const facts = question("A", { signals, stages: ["new_manager"] });
  const cases: [Partial<Situation>, number][] = [
    [{}, 0],
    [{ signals: new Set(["growth_gap"]) }, 3],
    [{ signals: new Set(["growth_gap", "energy_drop", "challenge_repeat"]) }, 6],
    [{ stages: new Set(["new_manager"]) }, 2],
    [{ lastCategories: new Set(["skills"]) }, -1],
    [{ signals: new Set(signals), stages: new Set(["new_manager"]), lastCategories: new Set(["skills"]) }, 10],
  ];
  for (const [situation, score] of cases) assert.equal(scoreOf(facts, { ...SITUATION, ...situation }), score);
  assert.equal(scoreOf(question("A", { stages: ["any"] }), SITUATION), 2, "any fits every stage");
});

test("what rests or is for somebody else is never offered, and equals stand in the order of their ids (S40)", () => {
  const all = [question("C"), question("A"), question("B", { stages: ["any"] }), question("D", { audience: ["self"] })];
  const best = ranked(all, { ...SITUATION, resting: new Set(["A"]) });
  assert.deepEqual(
    best.map((one) => one.id),
    ["B", "C"],
  );
});

test("three offers are of three categories, and the same record gives the same ones", () => {
  for (const audience of ["manager", "stakeholder"] as const) {
    const best = fromThreeCategories(ranked(bankQuestions, { ...SITUATION, audience: [audience] }));
    assert.equal(new Set(best.map((one) => one.category)).size, 3, audience);
    assert.deepEqual(best, fromThreeCategories(ranked(bankQuestions.toReversed(), { ...SITUATION, audience: [audience] })));
  }
  const signals = new Set(["manager_changed"]);
  const [first] = ranked(bankQuestions, { ...SITUATION, signals, stages: stagesFrom(signals) });
  assert.equal(first?.id, "Q004", "a new manager is asked how bad news should reach them");
});

const DULL: readonly [surface: string, texts: readonly string[]][] = [
  [
    "How am I doing?",
    [
      "How am I doing?",
      "how am i doing",
      "Am I doing OK?",
      "So, how am I doing so far?",
      "Are you happy with my work?",
      "Am I on track?",
      "What do you think of my performance?",
      "How's my work?",
      "Hi Max, how am I doing? Thanks!",
      "How would you rate my performance at the moment?",
      "I was wondering if I am doing well",
      "Can you tell me how I'm doing?",
      "Is everything fine with my work?",
      "How have I been doing lately?",
      "Do I meet your expectations?",
    ],
  ],
  [
    "Any feedback for me?",
    [
      "any feedback?",
      "Do you have any feedback for me?",
      "Is there any feedback?",
      "Could you give me some feedback please?",
      "Have you got any general comments on my work?",
      "What feedback do you have for me?",
      "I'd love to hear your thoughts on my performance",
      "Any advice?",
      "Anything you want to tell me?",
    ],
  ],
  [
    "Is there anything I should be working on?",
    [
      "what should I work on",
      "Is there anything I should be working on?",
      "What should I focus on next?",
      "How can I improve?",
      "What can I do better?",
      "Where should I improve?",
      "What are my weaknesses?",
      "Which skills should I develop?",
      "Is there anything you want me to change?",
      "How could I get better?",
    ],
  ],
  [
    "Anything new?",
    [
      "anything new?",
      "What's new?",
      "Any news from your side?",
      "Any updates?",
      "Is there anything I should know?",
      "What's going on?",
      "Anything new in the team these days?",
    ],
  ],
  [
    "When will I be promoted?",
    [
      "when do I get promoted",
      "When will I be promoted?",
      "Can I get a promotion this year?",
      "Will I get promoted soon?",
      "How can I get promoted?",
      "When can I expect a raise?",
      "What about my promotion?",
      "Is a promotion possible?",
      "How long until I am promoted?",
    ],
  ],
  [
    "Can I get more responsibility?",
    [
      "can I have more responsibility?",
      "Could you give me more responsibility?",
      "I would like to take on more responsibility",
      "Can I get bigger projects?",
      "Is there more work for me?",
      "When can I take on more ownership?",
    ],
  ],
];

test("where a question about growth belongs, those come first, and others only when there are too few (S30)", () => {
  const situation = { ...SITUATION, signals: new Set(["manager_changed"]), stages: new Set(["new_manager" as const]) };
  const best = ranked(bankQuestions, situation);
  const found = fromThreeCategories(best, growthCategories);
  assert.equal(found.length, 3);
  assert.equal(new Set(found.map((one) => one.category)).size, 3);
  for (const one of found) assert.ok(growthCategories.has(one.category), one.category);
  const few = best.filter((one) => one.category === "skills" || one.category === "change" || one.category === "remote");
  assert.deepEqual(fromThreeCategories(few, growthCategories)[0]?.category, "skills");
  assert.equal(fromThreeCategories(few, growthCategories).length, 3);
});

test("a question that asks for a verdict is known in many wordings (S41)", () => {
  const missed = DULL.flatMap(([surface, texts]) => texts.filter((text) => surfaceOf(text)?.surface !== surface));
  assert.deepEqual(missed, []);
});

const EXACT = [
  "",
  "?",
  "In Tuesday's demo, what should I do the same way next time?",
  "How am I doing on the two conditions you named in March: the runbook and the hand-over?",
  "What feedback did the finance team give you about the import?",
  "Who decides on promotions to senior, and when?",
  "What would you have to have seen from me before you could put my name forward for a promotion?",
  "When does the promotion round close, and who reads the case?",
  "Is there anything I should know about the new budget before Thursday?",
  "Which part of the migration should I work on first?",
  "Can I take over the on-call rota from April, with Ana as my backup?",
  "What should I learn so that I can run the next audit alone?",
  "How do you prefer to hear about risks?",
  "What is new in the pricing model since we spoke?",
  "Could you give me feedback on the last paragraph of the proposal?",
  "How can I improve the import so that finance stops retyping?",
  "How am I doing? I ask because the review is near and I would like to know which of my three goals you would question.",
  "x".repeat(5_000),
];

test("a question with a subject of its own is left alone, and so is every question of the bank (S41)", () => {
  for (const text of EXACT) assert.equal(surfaceOf(text), undefined, text);
  for (const { id, text } of bankQuestions) assert.equal(surfaceOf(text), undefined, id);
});

test("every surface question leads to three better ones of at least two categories (S41)", () => {
  const best = ranked(bankQuestions, SITUATION);
  for (const { surface, instead } of surfaces) {
    const offered = inTurn(best, instead);
    assert.equal(offered.length, 3, surface);
    assert.ok(new Set(offered.map((one) => one.category)).size >= 2, surface);
  }
});

const KNOWN: Known = {
  ...nothingKnown,
  projects: ["Atlas"],
  skills: ["SQL", "Facilitation"],
  challenges: ["One test system.", "x".repeat(200)],
};

test("gaps are filled from the owner's own record when there is one answer, and offer a choice when there are several (S38)", () => {
  const text = "How could [project] teach me [skill] rather than only use what I know?";
  assert.deepEqual(filled(text, KNOWN), {
    text: "How could Atlas teach me [skill] rather than only use what I know?",
    gaps: [{ name: "skill", choices: ["SQL", "Facilitation"] }],
  });
  const named = filled(text, KNOWN, { project: "Borealis", skill: "SQL" });
  assert.equal(named.text, "How could Borealis teach me SQL rather than only use what I know?");
  assert.deepEqual(named.gaps, []);
  assert.deepEqual(choicesFor("challenge", KNOWN), ["One test system"], "what is too long for a sentence is not proposed");
  assert.deepEqual(choicesFor("miss", KNOWN), []);
  const two = filled("[project A] or [project B]?", KNOWN);
  assert.equal(two.text, "[project A] or [project B]?", "one project is not the answer to two gaps");
  assert.equal(filled("[miss]", KNOWN, { values: { miss: "the late invoice" } }).text, "the late invoice");
});

const QUIET: Facts = {
  daysSinceHandOver: null,
  heldWithoutGrowth: 0,
  heldMeetings: 0,
  fellAway: [],
  carriedChallenges: 0,
  theirPromises: [],
  ownDue: [],
  wins: 0,
  winsUnshared: 0,
  toldWidely: [],
  energies: [],
  stuckNotes: 0,
  projectsAtOnce: 0,
  newProjects: 0,
  daysSinceExpectations: null,
  leadHours: [],
  plannedMinutes: 0,
  plannedItems: 0,
  slotMinutes: 30,
};

test("a signal follows from counts, and from too little data follows none", () => {
  const cases: [Partial<Facts>, string[]][] = [
    [{}, []],
    [{ daysSinceHandOver: 90 }, ["manager_changed"]],
    [{ daysSinceHandOver: 91 }, []],
    [{ heldMeetings: 1, heldWithoutGrowth: 1 }, []],
    [{ heldMeetings: 3, heldWithoutGrowth: 2, daysSinceExpectations: 3 }, ["growth_gap"]],
    [{ heldMeetings: 3, daysSinceExpectations: 121 }, ["expectation_unknown"]],
    [{ fellAway: [true, true] }, ["one_on_one_cancelled"]],
    [{ fellAway: [false, true, false, true, false, true] }, ["one_on_one_cancelled"]],
    [{ fellAway: [false, true] }, []],
    [{ carriedChallenges: 1 }, ["challenge_repeat"]],
    [{ theirPromises: [{ overdueDays: 0, ageDays: 14 }] }, []],
    [{ theirPromises: [{ overdueDays: 1, ageDays: 2 }] }, ["mgr_commitment_age"]],
    [{ ownDue: [true, false, false] }, []],
    [{ ownDue: [true, true, false, false] }, ["own_followthrough"]],
    [{ wins: 4, winsUnshared: 2 }, ["wins_unshared"]],
    [{ wins: 2, winsUnshared: 2 }, []],
    [{ toldWidely: Array.from({ length: 6 }, () => false) }, ["visibility_narrow"]],
    [
      {
        energies: [
          [2, 2, 2],
          [-1, -1, -1, 2],
        ],
      },
      ["energy_drop"],
    ],
    [{ energies: [[-2, -2]] }, []],
    [{ stuckNotes: 2 }, ["stuck_logged"]],
    [{ projectsAtOnce: 6 }, ["workload_high"]],
    [{ newProjects: 1 }, ["new_project"]],
    [{ leadHours: [10, 30] }, ["agenda_late"]],
    [{ plannedMinutes: 28 }, ["agenda_overload"]],
    [{ plannedItems: 6 }, ["agenda_overload"]],
  ];
  for (const [facts, signals] of cases) {
    assert.deepEqual(signalsFrom({ ...QUIET, ...facts }), signals, JSON.stringify(facts));
    for (const signal of signals) assert.ok(whyOf(signal));
  }
});

test('an answer to "what would you have to have seen" is a list of conditions (S43)', () => {
  assert.ok(asksConditions("What would you have to have seen from me before you could put my name forward for the lead role?"));
  assert.ok(asksConditions("What would need to be true for you to recommend me?"));
  assert.ok(!asksConditions("What have you seen me do when I was at my best?"));
  assert.deepEqual(conditionLines("- One release without me\n\n2) A written plan\n* One release without me\n—\n"), [
    "One release without me",
    "A written plan",
  ]);
  assert.equal(conditionLines(Array.from({ length: 50 }, (_, index) => `Line ${index}`).join("\n")).length, 20);
});

test("a corrected answer adds its new lines and drops those that nothing was noted for (S43)", () => {
  const blank = { met_on: null, evidence: "", capture_id: null, dropped_at: null };
  const present = [
    { id: "1", text: "A plan", ...blank },
    { id: "2", text: "A relase", ...blank },
    { id: "3", text: "A talk", ...blank, evidence: "Held in May" },
  ];
  assert.deepEqual(conditionChanges("A plan\nA release", present), { add: ["A release"], drop: ["2"] });
});

test("a question was asked when it was sent, or when the meeting was held with it (S40)", () => {
  const draft = { prepared_at: null, removed_at: null, held_at: null, sent_at: null, starts_at: "2026-03-04T09:00:00.000Z" };
  const ready = { ...draft, prepared_at: "2026-03-02T09:00:00.000Z" };
  const sent = "2026-03-03T09:00:00.000Z";
  const held = "2026-03-04T10:00:00.000Z";
  assert.equal(askedAt({ ...draft, sent_at: sent, held_at: held }), null);
  assert.equal(askedAt(ready), null);
  assert.equal(askedAt({ ...ready, sent_at: sent }), sent);
  assert.equal(askedAt({ ...ready, held_at: held }), draft.starts_at);
  assert.equal(askedAt({ ...ready, held_at: held, removed_at: "2026-03-02T10:00:00.000Z" }), null);
  assert.equal(askedAt({ ...ready, sent_at: sent, removed_at: "2026-03-03T12:00:00.000Z" }), sent);
});

test("questions are found by category, stage and words, and a filled one is known again", () => {
  assert.equal(matching(bankQuestions, { category: "repair" }).length, 5);
  assert.ok(matching(bankQuestions, { text: "PROMOTION level" }).every((one) => /level/iu.test(JSON.stringify(one))));
  assert.ok(!matching(bankQuestions, { stage: "remote" }).some((one) => one.category === "manager_mode"));
  const own = fromOwn({ id: "own", text: "What about [a thing]?", uncovers: "", category: "own", follow_up: "" });
  assert.deepEqual(own.placeholders, ["a thing"]);
  assert.equal(recognised("how could  Atlas (v2) teach me SQL rather than only use what I know?", bankQuestions)?.id, "Q042");
  assert.equal(recognised("How could Atlas teach me?", bankQuestions), undefined);
  assert.equal(recognised("What about [a thing]?", [own])?.id, "own");
});
