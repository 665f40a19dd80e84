import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { partFor } from "../data/places.ts";
import type { Finding, Rule } from "../schema.ts";

const NAMES: Readonly<Record<Rule, string>> = {
  placeholder: "Still to fill in",
  credential: "A secret",
  identifier: "Somebody you serve",
  legal: "Belongs elsewhere",
  health: "Health",
  private_life: "Private life",
  union: "Union and works council",
  others_pay: "Somebody else’s pay",
  others_performance: "Somebody else’s work",
  unreleased_figures: "Not public yet",
  pressure: "Pressure",
  sarcasm: "Irony",
  entitlement: "A claim",
  blame: "A reproach",
  absolutes: "Always and never",
  demand: "A bare demand",
  capitals: "Capitals",
  punctuation: "Marks",
};

const AROUND = 110;

/** How many notes are open at first: more at once is a wall. */
const SHOWN = 6;

/** The words before and after a finding, within its line and not farther than one can read at a glance. */
function around(text: string, { from, to }: Finding["span"]): { before: string; after: string } {
  const start = Math.max(text.lastIndexOf("\n", from - 1) + 1, from - AROUND);
  const lineEnd = text.indexOf("\n", to);
  const stop = Math.min(lineEnd < 0 ? text.length : lineEnd, to + AROUND);
  const cutBefore = start > 0 && text[start - 1] !== "\n";
  const cutAfter = stop < text.length && text[stop] !== "\n";
  // Never half a character, never half a word.
  const before = cutBefore ? `… ${text.slice(start, from).replace(/^\S*\s/u, "")}` : text.slice(start, from);
  const after = cutAfter ? `${text.slice(to, stop).replace(/\s\S*$/u, "")} …` : text.slice(to, stop);
  return { before, after };
}

/** A text whose findings are marked where they stand. Each mark leads to its note; the words themselves stay as they are. */
export function markedText(text: string, findings: readonly Finding[]): Html {
  let done = 0;
  const pieces = findings.map(({ span }, index) => {
    const before = text.slice(done, span.from);
    done = span.to;
    return html`${before}<mark class="tone"><a id="tone-words-${index + 1}" href="#tone-${index + 1}" aria-describedby="tone-why-${index + 1}">${span.text}</a></mark>`;
  });
  return html`${pieces}${text.slice(done)}`;
}

function elsewhereLink({ rule }: Finding): Html {
  const part = partFor(rule);
  return when(part, ({ id }) => html` <a href="/belongs-elsewhere#${id}">This belongs elsewhere</a>`);
}

/** Where the words of a finding can be changed, and what to call that place. */
export interface EditPlace {
  readonly href: string;
  readonly label: string;
}

function note(text: string, finding: Finding, number: number, place: EditPlace | undefined): Html {
  const { before, after } = around(text, finding.span);
  return html`<li class="entry" id="tone-${number}"><h3>${NAMES[finding.rule]}</h3>
    <p dir="auto">${before}<mark class="tone">${finding.span.text}</mark>${after}</p>
    <p id="tone-why-${number}">${finding.why}${elsewhereLink(finding)}</p>
    <p>Instead: <span dir="auto">${finding.instead}</span></p>
    <p class="meta">${when(place, ({ href, label }) => html`<a href="${href}">${label}</a> `)}<a href="#tone-words-${number}">In the mail</a></p></li>`;
}

function opening(findings: readonly Finding[]): string {
  const count = findings.length === 1 ? "One place" : `${findings.length} places`;
  return `${count} to read once more. Only you see this, nothing of it is kept, and what leaves is your decision.`;
}

/**
 * What was found in a text that is about to leave: the words in their sentence, why they may be read otherwise, another wording, the way
 * to change them. Renders nothing when nothing was found. Goes with `markedText` on the same page.
 */
export function toneNotes(
  text: string,
  findings: readonly Finding[],
  placeOf: (finding: Finding) => EditPlace | undefined = () => undefined,
): Html {
  if (findings.length === 0) return nothing;
  const notes = each(findings, (finding, index) => note(text, finding, index + 1, placeOf(finding)));
  return html`<section class="tone-notes screen-only" aria-labelledby="tone-title">
    <h2 id="tone-title">Before it leaves</h2>
    <p class="quiet">${opening(findings)}</p>
    <ol>${notes.slice(0, SHOWN)}</ol>
    ${when(notes.length > SHOWN, () => html`<details><summary>${notes.length - SHOWN} more</summary><ol>${notes.slice(SHOWN)}</ol></details>`)}
  </section>`;
}
