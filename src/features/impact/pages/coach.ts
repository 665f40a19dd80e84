import { dayIn, shortDay } from "../../../lib/dates.ts";
import { AppError } from "../../../lib/errors.ts";
import { call, callPure } from "../../../platform/operation.ts";
import {
  button,
  errorStatus,
  errorSummary,
  form,
  isForForm,
  readForm,
  submit,
  textArea,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { type Capture, showCapture } from "../../journal/index.ts";
import { composeImpact } from "../operations/composing.ts";
import { improveWording } from "../operations/improving.ts";
import { plainQuestions } from "../rules/asking.ts";
import { withoutGaps } from "../rules/composing.ts";
import { dimensionLabels } from "../rules/composing-words.ts";
import type { Composed, Dimension, Drafts, Question } from "../schema.ts";
import { draftsPart, questionPart, saidPart, sourcePart } from "./parts.ts";
import { answerName, type CoachState, composeInputFrom, isDimension, stateFrom } from "./state.ts";

interface Coaching {
  readonly capture: Capture;
  readonly state: CoachState;
  readonly composed: Composed | undefined;
  readonly question: Question | null;
  /** What stands in the field of the question already. */
  readonly typed: string;
  readonly error: AppError | undefined;
}

function answersPart({ capture, state }: Coaching): Html {
  const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`;
  return html`${hidden("since", state.since)}${hidden("present", capture.text)}${hidden("date", capture.happenedOn)}${hidden("passed", state.passed.join(" "))}${state.isEnough ? hidden("enough", "yes") : nothing}
${each(state.answers, ({ dimension, text }) => hidden(answerName(dimension), text))}
${when(
  state.answers.length > 0,
  () =>
    html`<ul class="entries">${each(
      state.answers,
      ({
        dimension,
        text,
      }) => html`<li class="entry"><p class="meta">${dimensionLabels[dimension]}</p><p class="multiline" dir="auto">${text}</p>
<div class="actions">${button("Change it", { kind: "quiet", name: "act", value: `back-${dimension}` })}</div></li>`,
    )}</ul>`,
)}`;
}

function ending({ question, composed, state }: Coaching): Html {
  if (question || !composed) return nothing;
  const canGoOn = state.isEnough && composed.next !== null;
  return html`${when(canGoOn, () => html`<div class="actions">${button("Ask me more", { kind: "quiet", name: "act", value: "more" })}</div>`)}`;
}

function conflict({ error }: Coaching): Html {
  const present = (error?.details as { present?: Capture } | undefined)?.present;
  if (error?.code !== "conflict" || !present) return nothing;
  return html`<section><h2>As it stands now</h2><p class="multiline" dir="auto">${present.text}</p>
<p class="hint">Use a wording below to replace it, or <a href="/journal/${present.id}">leave it as it is</a>.</p></section>`;
}

/** Enter in a field of one line presses the first button of a form: that is "Look again", never a wording that would be used. */
function coachForm(coaching: Coaching): Html {
  const { capture, state, composed, question, typed, error } = coaching;
  return form(
    `/journal/${capture.id}/impact`,
    html`${errorSummary(error)}${conflict(coaching)}
<div class="columns conversation" data-live="/impact/live"><div>${textArea({ name: "text", label: "In your words", value: state.text, rows: 4, error })}
<div class="actions" id="coach-look">${button("Look again", { kind: "quiet", name: "act", value: "look" })}</div></div>
<div><div aria-live="polite">${questionPart({ question, typed, composed, error })}</div>${ending(coaching)}
${answersPart(coaching)}${sourcePart(state, error)}</div>
${saidPart(state, composed)}</div>
${draftsPart(state, composed, capture.text)}`,
    { label: "Make it land", id: "coach", className: "coach", draft: `coach-${capture.id}-${question?.dimension ?? "end"}` },
  );
}

async function coachPage(c: WebContext, coaching: Coaching): Promise<Response> {
  const { capture, error } = coaching;
  const { zone, now } = c.get("surroundings");
  const day = shortDay(Temporal.PlainDate.from(capture.happenedOn), dayIn(zone, now).year);
  const body = html`<p class="meta"><a href="/journal/${capture.id}">Win, <time datetime="${capture.happenedOn}">${day}</time></a></p>
<p class="lede">One question at a time, four at most. What you answer joins your words; nothing else is added.</p>
${coachForm(coaching)}`;
  return page(c, { title: "Make it land", section: "record", body, islands: ["impact/coach"], status: errorStatus(error) });
}

/** The state with everything that follows from it. A text that cannot be composed comes back with the message beside its field. */
async function coach(capture: Capture, state: CoachState, error?: AppError): Promise<Coaching> {
  try {
    const composed = await callPure(composeImpact, composeInputFrom(state, capture.happenedOn));
    return { capture, state, composed, question: state.isEnough ? null : composed.next, typed: "", error };
  } catch (problem) {
    if (!isForForm(problem)) throw problem;
    return { capture, state, composed: undefined, question: null, typed: "", error: besideFields(problem, state) };
  }
}

/** A message about one of the answers belongs to no field that is on the page, unless it is the one being typed. */
function besideFields(problem: AppError, { answers }: CoachState): AppError {
  const fields = problem.fields.map(({ field, message }) => {
    const dimension = answers[Number(/^answers\.(\d+)\./u.exec(field)?.[1])]?.dimension;
    return { field: dimension ? answerName(dimension) : field, message };
  });
  return new AppError(problem.code, problem.message, { fields, details: problem.details });
}

export async function showCoach(c: WebContext): Promise<Response> {
  const capture = await call(c.get("caller"), showCapture, { id: c.req.param("id") ?? "" });
  if (capture.kind !== "win" || capture.deletedAt !== null) return c.redirect(`/journal/${capture.id}`, 303);
  const state: CoachState = {
    text: capture.text,
    answers: [],
    passed: [],
    source: "",
    since: capture.updatedAt,
    isEnough: false,
  };
  return coachPage(c, await coach(capture, state));
}

/** Takes an answer out of the list, back into the field it was typed into. */
async function takeBack(capture: Capture, state: CoachState, dimension: Dimension): Promise<Coaching> {
  const typed = state.answers.find((one) => one.dimension === dimension)?.text ?? "";
  const without = { ...state, answers: state.answers.filter((one) => one.dimension !== dimension), isEnough: false };
  const coaching = await coach(capture, without);
  return { ...coaching, question: { dimension, text: plainQuestions[dimension] }, typed };
}

async function useWording(c: WebContext, capture: Capture, state: CoachState, name: keyof Drafts): Promise<Response> {
  const coaching = await coach(capture, state);
  if (!coaching.composed) return coachPage(c, coaching);
  return submit(c, {
    operation: improveWording,
    input: { id: capture.id, text: withoutGaps(coaching.composed.drafts[name]), since: state.since },
    done: ({ id }) => `/journal/${id}?reworded=yes`,
    again: async (error) => {
      const present = (error.details as { present?: Capture } | undefined)?.present;
      // Whoever uses a wording after having seen the other one has decided.
      return coachPage(c, await coach(present ?? capture, { ...state, since: present?.updatedAt ?? state.since }, error));
    },
  });
}

/** POST /journal/:id/impact. Whatever the button, what is typed into the field of the question counts as its answer: nothing is lost. */
export async function goOn(c: WebContext): Promise<Response> {
  const capture = await call(c.get("caller"), showCapture, { id: c.req.param("id") ?? "" });
  const values = await readForm(c);
  const state = stateFrom(values);
  const [act = "", what] = (values["act"] ?? "").split("-");
  const asked = values["question"];
  if (act === "use" && (what === "retell" || what === "agenda" || what === "card")) return useWording(c, capture, state, what);
  if (act === "back" && isDimension(what)) return coachPage(c, await takeBack(capture, state, what));
  if (act === "pass" && isDimension(asked))
    return coachPage(c, await coach(capture, { ...state, passed: [...new Set([...state.passed, asked])] }));
  if (act === "enough" || act === "more") return coachPage(c, await coach(capture, { ...state, isEnough: act === "enough" }));
  return coachPage(c, await coach(capture, state));
}

/**
 * POST /impact/live: the parts of the page that follow from what is typed, as markup, for the island. It reads and keeps nothing: all
 * of it is in the form.
 */
export async function answerLive(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  const state = stateFrom(values);
  const composed = await callPure(composeImpact, composeInputFrom(state, values["date"]));
  const question = state.isEnough ? null : composed.next;
  return c.html(
    html`${saidPart(state, composed)}${questionPart({ question, typed: "", composed })}${sourcePart(state)}${draftsPart(state, composed, values["present"] ?? "")}`,
  );
}
