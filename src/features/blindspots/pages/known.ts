import { call } from "../../../platform/operation.ts";
import { actionButton, readForm, submit } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type Surroundings, type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { AppError } from "../../../lib/errors.ts";
import { firstName } from "../../../lib/text.ts";
import { type Person, showPerson } from "../../people/index.ts";
import { answerPrompt } from "../operations/answering.ts";
import { listSeen } from "../operations/seen.ts";
import { showBlindspots } from "../operations/showing.ts";
import type { Answer, Blindspots, EnergyTrend, PromptState, Statement } from "../schema.ts";
import { answerAgain, answerForm, answerFrom, isPrompt } from "./answer-form.ts";
import { ring } from "./ring.ts";
import { seenTrend } from "./seen.ts";
import { day, horizonLabels, promptWords, signed, standingFacts, standingLine } from "./words.ts";

interface View {
  readonly person: Person;
  readonly seen: Blindspots;
  readonly place: Surroundings;
}

/** Where the agenda feature takes an answer in: a page of a later feature, so only its address is known here. */
export function agendaPath(meetingId: string): string {
  return `/meetings/${meetingId}/agenda/answers`;
}

function answerFacts(answer: Answer, place: Surroundings): Html {
  const energy = answer.energy === null ? nothing : html`, energy ${signed(answer.energy)}`;
  const horizon = answer.horizon === null ? nothing : html`, ${horizonLabels[answer.horizon].toLowerCase()}`;
  const tags = [...answer.projects, ...answer.skills].map((name) => html` <span class="tag" dir="auto">${name}</span>`);
  return html`<p class="multiline" dir="auto"><a href="/journal/${answer.captureId}">${answer.text}</a></p>
    ${when(answer.goal, (goal) => html`<p class="quiet" dir="auto">For: ${goal}</p>`)}
    ${when(answer.ownedBy, (who) => html`<p class="quiet" dir="auto">Who could move it: ${who}</p>`)}
    ${when(answer.decision, (decision) => html`<p class="quiet" dir="auto">Decision that would help: ${decision}</p>`)}
    <p class="meta">${day(answer.answeredOn, place)}${energy}${horizon}${tags}</p>`;
}

function freshness({ answer, freshUntil, isFresh }: PromptState, place: Surroundings): Html {
  if (answer === null || freshUntil === null) return html`Not answered yet`;
  return isFresh ? html`Fresh until ${day(freshUntil, place)}` : html`Worth a new look since ${day(freshUntil, place)}`;
}

function ringLine({ counts, countsUntil, state }: PromptState, place: Surroundings): Html {
  if (counts && countsUntil)
    return html`. ${state === "told" ? "It counts" : "An earlier answer was told and counts"} until ${day(countsUntil, place)}`;
  return nothing;
}

function evidenceLine({ prompt, answer, evidence }: PromptState): Html {
  const skill = answer?.skills[0];
  if (prompt !== "skills" || !skill) return nothing;
  const words = evidence === 0 ? "No win carries it yet" : evidence === 1 ? "1 win as evidence" : `${evidence} wins as evidence`;
  return html`<p class="meta"><a href="/record?skill=${encodeURIComponent(skill)}">${words}</a></p>`;
}

function tellButton(one: PromptState, meetingId: string | null): Html {
  const isOpen = one.answer !== null && (one.state === "untold" || (one.state === "told" && !one.counts));
  if (!isOpen || !one.answer || meetingId === null) return nothing;
  const label = one.prompt === "obstacles" ? "Make it the challenge of the next talk" : "Put it on the next agenda";
  const fields = { captureId: one.answer.captureId, from: "known" };
  return html`<div class="actions">${actionButton(agendaPath(meetingId), label, { fields })}</div>`;
}

function promptEntry(one: PromptState, { person, seen, place }: View): Html {
  const { name, question } = promptWords[one.prompt];
  const meetingId = seen.nextMeetingId;
  return html`<li class="entry" id="${one.prompt}"><h3>${name}${one.counts ? html` <span class="badge">told</span>` : nothing}</h3>
    ${one.answer ? answerFacts(one.answer, place) : html`<p class="quiet">${question}</p>`}
    <p class="meta">${freshness(one, place)}${one.answer ? html`. ${standingLine(one, place)}` : nothing}${ringLine(one, place)}.</p>
    ${evidenceLine(one)}
    ${tellButton(one, meetingId)}
    <details><summary>${one.answer ? "Answer anew" : "Answer"}</summary>
    ${answerForm({
      prompt: one.prompt,
      action: `/people/${person.id}/known/${one.prompt}`,
      agendaAction: meetingId === null ? undefined : agendaPath(meetingId),
      hidden: { from: "known" },
    })}</details></li>`;
}

const STATEMENTS: Readonly<Record<Statement["kind"], string>> = {
  readiness: "Ready for",
  wish: "Wishing for",
  stuckness: "Stuck with",
};

function statementList({ seen, place }: View): Html {
  if (seen.statements.length === 0) return nothing;
  return html`<h2>Ready, wishing, stuck</h2>
    <p class="hint">What you said about your work, and whether it has reached anybody. Only a mail that went out or a talk that was held tells it.</p>
    <ul class="entries">${each(
      seen.statements,
      (
        one,
      ) => html`<li class="entry"><p dir="auto"><span class="quiet">${STATEMENTS[one.kind]}:</span> <a href="/journal/${one.captureId}">${one.text}</a></p>
        <p class="meta"><span class="badge">${one.state}</span> ${standingFacts(one, place)}</p></li>`,
    )}</ul>`;
}

const TRENDS = { rising: "rising", steady: "steady", falling: "falling" } as const;

function energyRow(one: EnergyTrend): Html {
  return html`<tr><th scope="row" dir="auto">${one.project}</th><td class="num">${one.entries}</td><td class="num">${signed(one.average)}</td><td>${one.trend ? TRENDS[one.trend] : "after three entries"}</td></tr>`;
}

function energyTable({ seen }: View): Html {
  if (seen.energy.length === 0) return nothing;
  return html`<h2>Energy by project</h2>
    <p class="hint">From −2 (draining) to +2 (energising). Yours alone: nothing proposes it for an agenda.</p>
    <table><thead><tr><th scope="col">Work</th><th scope="col" class="num">Entries</th><th scope="col" class="num">Average</th><th scope="col">Trend</th></tr></thead>
    <tbody>${each(seen.energy, energyRow)}</tbody></table>`;
}

function earlierDirections({ seen, place }: View): Html {
  const earlier = seen.directions.slice(1);
  if (earlier.length === 0) return nothing;
  return html`<h2>Earlier directions</h2>
    <ul class="entries">${each(earlier, (one) => html`<li class="entry">${answerFacts(one, place)}</li>`)}</ul>`;
}

async function knownPage(c: WebContext): Promise<Response> {
  const caller = c.get("caller");
  const personId = c.req.param("id") ?? "";
  const person = await call(caller, showPerson, { id: personId });
  const seen = await call(caller, showBlindspots, { personId });
  const { ratings } = await call(caller, listSeen, { personId });
  const view: View = { person, seen, place: c.get("surroundings") };
  const name = firstName(person.name);
  const body = html`<p class="meta"><a href="/people/${personId}" dir="auto">${person.name}</a> · <a href="/people/${personId}/card">What you know about <bdi>${name}</bdi></a> · <a href="/seeds?person=${personId}">Seeds</a> · <a href="/waits">What are you waiting for?</a></p>
    <p class="lede">Five things nobody can see from outside. <bdi>${name}</bdi> knows what you have told, and only that.</p>
    <div class="ring-line">${ring(seen.prompts.map((one) => one.counts))}
    <p>${seen.told} of ${seen.of} told to <bdi>${name}</bdi> lately.${seen.nextMeetingId === null ? html` No 1:1 is planned: <a href="/people/${personId}">plan one</a>, and an answer goes onto its agenda with one click.` : nothing}</p></div>
    <h2>The five</h2>
    <ul class="entries">${each(seen.prompts, (one) => promptEntry(one, view))}</ul>
    ${statementList(view)}
    ${energyTable(view)}
    ${earlierDirections(view)}
    ${seenTrend(ratings, view.place)}`;
  return page(c, { title: `What ${name} cannot know`, section: "people", body });
}

async function keepAnswer(c: WebContext): Promise<Response> {
  const personId = c.req.param("id") ?? "";
  const prompt = c.req.param("prompt");
  if (!isPrompt(prompt)) throw new AppError("not_found", "There is no such question.");
  await call(c.get("caller"), showPerson, { id: personId });
  const values = await readForm(c);
  return submit(c, {
    operation: answerPrompt,
    input: answerFrom(prompt, values),
    done: () => `/people/${personId}/known#${prompt}`,
    notice: "Kept. Only you know it until you put it on an agenda.",
    again: (error) =>
      answerAgain(c, {
        prompt,
        values,
        error,
        action: `/people/${personId}/known/${prompt}`,
        back: `/people/${personId}/known`,
      }),
  });
}

/** /people/:id/known: the ring of five, what each answer is and who knows it. */
export function knownPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/people/:id/known", knownPage);
  routes.post("/people/:id/known/:prompt", keepAnswer);
  return routes;
}
