import { cleanText } from "../../../lib/text.ts";
import { callPure } from "../../../platform/operation.ts";
import { button, type FormValues, readForm } from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { type Answer, composeImpact, type Dimension, dimensions, scoreStatement } from "../../impact/index.ts";
import { isEmpty, newestContent } from "../rules/items.ts";
import type { Item } from "../schema.ts";
import { stepPath } from "./frame.ts";

// The coach at the win step (S28): one question beside a win that says little, and never a condition. What was asked and the words
// before the last answer travel in the form.

function askedIn({ asked = "" }: FormValues): Dimension[] {
  return asked.split(" ").filter((name): name is Dimension => (dimensions as readonly string[]).includes(name));
}

/** `typed`: an answer that came back, after an undo or because the win could not be saved. */
function question(dimension: Dimension, text: string, typed = ""): Html {
  const name = `answer-${dimension}`;
  return html`<div class="field"><label class="asked" for="${name}">${text}</label>
<p class="hint" id="${name}-hint">Your answer joins the words above. Leave it out if they are good enough.</p>
<textarea name="${name}" id="${name}" rows="2" dir="auto" aria-describedby="${name}-hint">
${typed}</textarea></div>
<div class="actions">${button("Add it to the win", { kind: "quiet", name: "act", value: "improve" })}</div>`;
}

/** What the coach says about the words in the form: a question while they are weak, a way to look at them while there are none. */
async function winPart(values: FormValues): Promise<Html> {
  const text = cleanText(values["text"] ?? "");
  const asked = askedIn(values);
  const next = text === "" ? null : (await callPure(composeImpact, { text, asked })).next;
  const isWeak = next !== null && (await scoreStatement(text)).band === "weak";
  return html`<div id="win-coach" data-part>${isWeak ? question(next.dimension, next.text, values[`answer-${next.dimension}`]) : nothing}
${when(text === "", () => html`<p id="coach-look">${button("Ask me about it", { kind: "quiet", name: "act", value: "improve" })}</p>`)}</div>`;
}

/** Below the field of the win. */
export function winCoach(meetingId: string, values: FormValues): Html {
  const earlier = values["earlier"];
  return html`<input type="hidden" name="asked" value="${askedIn(values).join(" ")}">
${when(
  earlier !== undefined && earlier !== values["text"] && earlier,
  (words) =>
    html`<div class="actions"><input type="hidden" name="earlier" value="${words}"><input type="hidden" name="given" value="${values["given"] ?? ""}"><span class="hint">Your answer is in it now.</span> ${button("Undo", { kind: "quiet", name: "act", value: "earlier" })}</div>`,
)}
<div aria-live="polite" data-live="${stepPath(meetingId, "win")}/question">${winPart(values)}</div>`;
}

/** POST /meetings/:id/prepare/win/question: the same part while somebody types. Keeps nothing. */
export async function answerWinQuestion(c: WebContext): Promise<Response> {
  return c.html(await winPart(await readForm(c)));
}

function answersIn(values: FormValues): Answer[] {
  return dimensions
    .map((dimension) => ({ dimension, text: cleanText(values[`answer-${dimension}`] ?? "") }))
    .filter((one) => one.text !== "");
}

/** The words as they were before the last answer; the answer is back in its field, so that nothing typed is lost. */
function beforeTheAnswer(values: FormValues): FormValues {
  const asked = askedIn(values);
  const last = asked.at(-1);
  const field = last === undefined ? {} : { [`answer-${last}`]: values["given"] ?? "" };
  return {
    ...values,
    ...field,
    text: values["earlier"] ?? values["text"] ?? "",
    earlier: "",
    asked: asked.slice(0, -1).join(" "),
  };
}

/** The form's values with the answer in the words, or with the words as they were before it. */
export async function rewordedWin(values: FormValues): Promise<FormValues> {
  if (values["act"] === "earlier") return beforeTheAnswer(values);
  const text = cleanText(values["text"] ?? "");
  const answers = answersIn(values);
  const last = answers.at(-1);
  if (text === "" || !last) return values;
  const composed = await callPure(composeImpact, { text, answers });
  const asked = [...askedIn(values), ...answers.map((one) => one.dimension)].join(" ");
  return { ...values, text: composed.text, earlier: text, given: last.text, asked };
}

/** One line beside a win that is in the list already, when it says little: the question, and where to answer it. */
export async function winHint(meetingId: string, item: Item): Promise<Html> {
  const content = newestContent(item);
  if (item.kind !== "win" || isEmpty(content)) return nothing;
  const { band, next } = await scoreStatement(content.text);
  if (band !== "weak" || !next) return nothing;
  return html`<p class="hint">${next.text} <a href="${stepPath(meetingId, "win")}?item=${item.id}">Answer it</a></p>`;
}
