import { countWords } from "../../../lib/text.ts";
import { button, type FormError, messageFor, textField } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { draftSegments } from "../rules/composing.ts";
import { dimensionLabels } from "../rules/composing-words.ts";
import { markedSegments } from "../rules/marking.ts";
import { type Composed, type Dimension, dimensions, type Drafts, type ImpactScore, type Question } from "../schema.ts";
import { answerName, type CoachState, hasFigures } from "./state.ts";

// Each part has an id and `data-part`: with scripts, the same markup comes again while somebody types and replaces the part.

/** The text with the words that say something marked. */
export function markedText(text: string, { spans }: ImpactScore): Html {
  return html`<p class="multiline" dir="auto">${markedSegments(text, spans).map(({ text: words, points }) =>
    points === 0 ? words : html`<mark${points === 1 ? html` class="some"` : nothing}>${words}</mark>`,
  )}</p>`;
}

function wordsFor(dimension: Dimension, { before }: Composed): Html[] {
  const found = before.spans.filter((span) => span.dimension === dimension && span.points > 0).map((span) => span.text);
  return [...new Set(found)].map((words) => html`<q dir="auto">${words}</q> `);
}

/** Which words say what, and what nobody can know yet: in words, because this is no examination. */
export function saidPart(state: CoachState, composed: Composed | undefined): Html {
  if (!composed) return html`<div id="coach-said" data-part></div>`;
  const rows = dimensions.map((dimension) => ({ dimension, words: wordsFor(dimension, composed) }));
  const answered = new Set(state.answers.map((one) => one.dimension));
  // An answer may say more than it was asked for: what counts is the whole.
  const missing = rows.filter(
    ({ dimension, words }) => words.length === 0 && !answered.has(dimension) && composed.after.scores[dimension] === 0,
  );
  return html`<div id="coach-said" data-part>
${markedText(state.text, composed.before)}
<dl class="said">${rows
    .filter((row) => row.words.length > 0)
    .map((row) => html`<dt>${dimensionLabels[row.dimension]}</dt><dd>${row.words}</dd>`)}</dl>
${when(missing.length > 0, () => html`<p class="hint">Not said: ${missing.map((row) => dimensionLabels[row.dimension].toLowerCase()).join(", ")}.</p>`)}</div>`;
}

function endingSentence({ after }: Composed): Html {
  return html`<p class="asked">${after.band === "strong" ? "That says what it was worth." : "That is enough to tell it."}</p>`;
}

interface Asking {
  readonly question: Question | null;
  /** An answer that was taken back to be changed. */
  readonly typed: string;
  readonly composed: Composed | undefined;
  readonly error?: FormError;
}

/** The one question and the field for its answer, or that there is none. */
export function questionPart({ question, typed, composed, error }: Asking): Html {
  if (!question) return html`<div id="coach-question" data-part>${when(composed, endingSentence)}</div>`;
  const name = answerName(question.dimension);
  const message = messageFor(error, name);
  return html`<div id="coach-question" data-part>
${when(composed?.after.band === "strong", () => html`<p class="hint">That says what it was worth. One more question, if you like.</p>`)}
<div class="field"><label class="asked" for="${name}">${question.text}</label>
<textarea name="${name}" id="${name}" rows="3" dir="auto"${when(message, () => html` aria-invalid="true" aria-describedby="${name}-error"`)}>
${typed}</textarea>${when(message, (text) => html`<p class="error" id="${name}-error">${text}</p>`)}</div>
<input type="hidden" name="question" value="${question.dimension}">
<div class="actions">${button("Add it", { name: "act", value: "answer" })}
${button("Ask another", { kind: "quiet", name: "act", value: "pass" })}
${button("Good enough", { kind: "quiet", name: "act", value: "enough" })}</div></div>`;
}

/** Where figures come from: asked for as soon as there are any. */
export function sourcePart(state: CoachState, error?: FormError): Html {
  const isAsked = hasFigures(state) || state.source !== "";
  return html`<div id="coach-source" data-part${isAsked ? nothing : html` hidden`}>${textField({ name: "source", label: "Where the figures come from", value: state.source, error, hint: "A file, a link or a person, so that they can be repeated safely." })}</div>`;
}

const DRAFTS: readonly { readonly name: keyof Drafts; readonly title: string; readonly hint: string }[] = [
  { name: "agenda", title: "For an agenda", hint: "Short enough to be read before the talk" },
  { name: "retell", title: "To retell", hint: "What somebody else can say in another room" },
  { name: "card", title: "For the record", hint: "Everything, with source and date" },
];

function draftText(draft: string): Html[] {
  return draftSegments(draft).map(({ text, isGap }) => (isGap ? html`<span class="gap">${text}</span>` : html`${text}`));
}

function draftEntry({ name, title, hint }: (typeof DRAFTS)[number], drafts: Drafts): Html {
  const words = countWords(drafts[name]);
  return html`<section class="draft"><h3>${title}</h3>
<p class="meta">${hint}, ${words} words</p>
<p class="multiline" dir="auto">${draftText(drafts[name])}</p>
<div class="actions">${button("Use this wording", { kind: name === "agenda" ? "primary" : "quiet", name: "act", value: `use-${name}` })}</div></section>
`;
}

/** What was noted and what it becomes, beside each other. `present` is what stands in the journal now. */
export function draftsPart(state: CoachState, composed: Composed | undefined, present: string): Html {
  const hasDrafts =
    composed !== undefined &&
    (state.answers.length > 0 ||
      state.isEnough ||
      composed.next === null ||
      composed.after.band === "strong" ||
      state.text !== present);
  if (!hasDrafts) return html`<div id="coach-drafts" data-part></div>`;
  const hasGaps = Object.values(composed.drafts).some((draft) => draftSegments(draft).some(({ isGap }) => isGap));
  return html`<div id="coach-drafts" data-part><h2>What it becomes</h2>
<p class="hint">Your words alone, set one after the other.${when(hasGaps, () => html` What is missing stands in brackets and stays out of the wording you use.`)}</p>
<div class="columns"><section class="draft"><h3>As you noted it</h3><p class="multiline" dir="auto">${present}</p></section>
${each(DRAFTS, (draft) => draftEntry(draft, composed.drafts))}</div></div>`;
}
