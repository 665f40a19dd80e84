import { button, form } from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { Proposals } from "../schema.ts";
import { type Preparation, stepPath } from "./frame.ts";
import { managerName } from "./words.ts";

/** In the step about growth: the wish that was not mentioned for a while, if there is one (S39). */
export function seedPart({ meeting, person }: Preparation, { seed }: Proposals): Html {
  const name = managerName(person.name);
  if (!seed) return html`<p class="quiet"><a href="/seeds?person=${person.id}">Seeds you planted with <bdi>${name}</bdi></a></p>`;
  const why =
    seed.daysSince === null
      ? html`<bdi>${name}</bdi> has not heard of this one yet.`
      : html`Last said to <bdi>${name}</bdi> ${seed.daysSince} days ago.`;
  return html`<section aria-labelledby="seed"><h2 id="seed">A seed to mention again</h2>
    <blockquote dir="auto">${seed.text}</blockquote>
    <p class="meta">${why} <a href="/seeds/${seed.seedId}">The seed</a></p>
    ${form(
      `/meetings/${meeting.id}/agenda/seeds`,
      html`<input type="hidden" name="seedId" value="${seed.seedId}">
      <div class="actions">${button("Mention it in this talk", { kind: "quiet", name: "act", value: "put" })} ${button("Change the line first", { kind: "quiet", name: "act", value: "draft" })}</div>`,
      { label: "A seed to mention again" },
    )}</section>`;
}

/** Above the step about the challenge: what came back a third time, and what would end it (S29). */
export function repeatedNotes({ agenda, meeting }: Preparation): Html {
  const lines = agenda.repeated.flatMap(({ ref, say, asksForDecision }) => {
    const item = agenda.items.find((one) => one.carriedFrom === ref);
    if (!say || !item) return [];
    const more = asksForDecision
      ? html` <a href="${stepPath(meeting.id, "challenge")}?item=${item.id}">Add options and the decision you want</a>`
      : nothing;
    return [html`<p class="notice" dir="auto">${say}${more}</p>`];
  });
  return when(lines.length > 0, () => html`${lines}`);
}
