import { dayIn, shortDay } from "../../../lib/dates.ts";
import { call } from "../../../platform/operation.ts";
import { each, type Html, html } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import type { Surroundings, WebContext } from "../../../surfaces/web/kit/web.ts";
import { showVisibility } from "../operations/seeing.ts";
import type { UnseenWin, Visibility } from "../schema.ts";

/** "3 of 4 wins": what a person can do something about, in a sentence without reproach. */
export function unseenSentence({ captured, unseen, unseenPercent }: Visibility): string {
  if (captured === 0) return "You noted no wins in the last three months.";
  if (unseen.length === 0) return captured === 1 ? "Your one win was heard." : `All of your ${captured} wins were heard.`;
  if (unseen.length === captured) return `Nobody but you has heard of your ${captured === 1 ? "one win" : `${captured} wins`}.`;
  return `Nobody but you has heard of ${unseen.length} of your ${captured} wins: ${unseenPercent} % are unseen.`;
}

function entry({ id, text, happenedOn }: UnseenWin, { zone, now }: Surroundings): Html {
  const day = shortDay(Temporal.PlainDate.from(happenedOn), dayIn(zone, now).year);
  return html`<li class="entry"><p class="meta"><a class="when" href="/journal/${id}"><time datetime="${happenedOn}">${day}</time></a></p>
<p class="multiline" dir="auto">${text}</p>
<div class="actions"><a href="/journal/${id}/impact">Make it land</a></div></li>
`;
}

/** /impact: the wins of the last three months that nobody else has heard of (S33). */
export async function unseenPage(c: WebContext): Promise<Response> {
  const visibility = await call(c.get("caller"), showVisibility, {});
  const surroundings = c.get("surroundings");
  const list = html`<ul class="entries">
${each(visibility.unseen, (win) => entry(win, surroundings))}</ul>`;
  const hint =
    visibility.captured === 0
      ? html`<p class="hint">A manager sees a part of what you do. One line as it happens is enough: <a href="/journal/new">note a win</a>.</p>`
      : html`<p class="hint">Since <time datetime="${visibility.from}">${shortDay(Temporal.PlainDate.from(visibility.from), dayIn(surroundings.zone, surroundings.now).year)}</time>. A win counts as heard once a mail with it went out, or you said it in a talk. The next preparation offers these by itself.</p>`;
  const body = html`<p class="lede">${unseenSentence(visibility)}</p>
${hint}
${visibility.unseen.length > 0 ? list : html`<p><a href="/record?group=captured">Everything you noted</a></p>`}`;
  return page(c, { title: "Wins nobody has heard of", section: "record", body });
}
