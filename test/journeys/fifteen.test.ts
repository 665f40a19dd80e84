import assert from "node:assert/strict";
import { test } from "node:test";
import { callApi } from "../support/journey-api.ts";
import { ana, approve, DUE, mailShown, MONDAY, settleIn } from "../support/journey-pages.ts";
import { inJourney, type Journey } from "../support/journey.ts";
import { chooseByArrows, tabTo, unreachableByKeyboard } from "../support/keyboard.ts";
import { countPresses } from "../support/presses.ts";

const FEWEST = 6;

const WIN = "Billing closes a day earlier since I merged the two lists";
const OBSTACLE = "Two teams share one test system and block each other";
const STEPS = ["need", "win", "challenge", "growth", "carried", "topics", "minutes"] as const;

/** Two weeks of noting things as they happened: that is what makes the proposals right. */
async function noteThingsAsTheyHappen(journey: Journey): Promise<void> {
  const names = { projects: ["Pilot"], skills: ["Facilitation"] };
  await callApi(journey, "journal.capture", { kind: "win", text: WIN, ...names });
  await callApi(journey, "journal.capture", { kind: "challenge", text: OBSTACLE, ...names });
  await journey.open("/");
}

const proposals = ({ page }: Journey) => {
  const form = page.getByRole("form", { name: "What could go on the agenda" });
  return {
    win: form.getByRole("checkbox", { name: WIN }),
    obstacle: form.getByRole("radio", { name: /^Bring it, and say first what I need/u }),
    question: form
      .getByRole("group", { name: /^A question about your growth/u })
      .getByRole("radio")
      .first(),
    put: form.getByRole("button", { name: "Put these on the agenda" }),
  };
};

/** Need, win, challenge and growth: the four that a talk is made of. */
async function hasAllFour(journey: Journey): Promise<void> {
  const { text } = await mailShown(journey);
  assert.match(text, new RegExp(`What I need from this talk\nA way forward with this: ${OBSTACLE}`, "u"));
  assert.match(text, new RegExp(`A win.*\n${WIN}`, "u"));
  assert.match(text, new RegExp(`A challenge.*\n${OBSTACLE}`, "u"));
  assert.match(text, /A question about my growth.*\n.+\?/u);
}

async function isApprovedAndArrives(journey: Journey): Promise<void> {
  const { page, sink } = journey;
  await page.getByText("Approved.").first().waitFor();
  const approved = await mailShown(journey);
  await journey.moveClockTo(DUE);
  const [mail] = await sink.waitForMail(1);
  assert.equal((mail?.parsed.text ?? "").replaceAll("\r\n", "\n").trim(), approved.text.trim());
}

for (const size of ["wide", "narrow"] as const) {
  test(`when the proposals are right, “Prepare” to “approved” takes ${FEWEST} clicks at most (S26, S27), ${size}`, (t) =>
    inJourney({ startsAt: MONDAY, size, looks: false }, async (journey) => {
      const { page } = journey;
      await settleIn(journey, ana);
      await noteThingsAsTheyHappen(journey);
      const presses = await countPresses(page);
      await journey.go("link", "Prepare", page.getByRole("main"));
      await proposals(journey).win.click();
      await proposals(journey).obstacle.click();
      await proposals(journey).question.click();
      await journey.go("button", "Put these on the agenda");
      await hasAllFour(journey);
      await journey.go("button", "Approve these words");
      await page.getByText("Approved.").first().waitFor();
      const clicks = await presses.clicks();
      t.diagnostic(`${clicks} clicks`);
      assert.ok(clicks > 0 && clicks <= FEWEST, `${clicks} clicks`);
      await isApprovedAndArrives(journey);
    }));
}

test("the same with the keyboard alone (S27)", () =>
  inJourney({ startsAt: MONDAY, looks: false }, async (journey) => {
    const { page } = journey;
    await settleIn(journey, ana);
    await noteThingsAsTheyHappen(journey);
    const presses = await countPresses(page);
    const enter = async (): Promise<void> => {
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
    };
    await tabTo(page, page.getByRole("main").getByRole("link", { name: "Prepare", exact: true }));
    await enter();
    await tabTo(page, proposals(journey).win);
    await page.keyboard.press("Space");
    await chooseByArrows(page, proposals(journey).obstacle);
    await chooseByArrows(page, proposals(journey).question);
    await tabTo(page, proposals(journey).put);
    await enter();
    await hasAllFour(journey);
    await tabTo(page, page.getByRole("button", { name: "Approve these words" }));
    await enter();
    assert.equal(await presses.clicks(), 0, "no pointer was used");
    await isApprovedAndArrives(journey);
  }));

test("nothing of a preparation is out of the keyboard's reach (S27)", () =>
  inJourney({ startsAt: MONDAY, looks: false }, async (journey) => {
    const { page } = journey;
    await settleIn(journey, ana);
    await noteThingsAsTheyHappen(journey);
    await journey.go("link", "Prepare", page.getByRole("main"));
    const preparing = new URL(page.url()).pathname;
    assert.deepEqual(await unreachableByKeyboard(page), [], "the proposals");
    await journey.go("button", "Start preparing");
    for (const step of STEPS) {
      await journey.open(`${preparing}/${step}`);
      assert.deepEqual(await unreachableByKeyboard(page), [], step);
    }
    await journey.open(`${preparing}/need`);
    await page.getByLabel("I need").fill("A yes to the pilot");
    await journey.go("button", "Put it on the agenda");
    await journey.open(preparing);
    assert.deepEqual(await unreachableByKeyboard(page), [], "all steps");
    await journey.go("link", "See the mail");
    assert.deepEqual(await unreachableByKeyboard(page), [], "the mail");
    await approve(journey, /^By itself/u);
    assert.deepEqual(await unreachableByKeyboard(page), [], "the approved mail");
  }));
