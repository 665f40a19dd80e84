import { errorStatus, errorSummary, type FormError } from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import type { CalendarSource } from "../schema.ts";
import { addingForms, type Tried } from "./adding.ts";
import { holds, kindInWords, many, moment, type Place, troubleLine } from "./words.ts";

function oddities({ setAsideCount, warningCount }: CalendarSource): string {
  return [setAsideCount > 0 ? `${setAsideCount} set aside` : "", warningCount > 0 ? many(warningCount, "doubt") : ""]
    .filter(Boolean)
    .map((words) => `, ${words}`)
    .join("");
}

function entry(source: CalendarSource, place: Place): Html {
  const read = source.lastReadAt === null ? html`never read` : html`read ${moment(source.lastReadAt, place)}`;
  return html`<li class="entry">
    <p><a href="/calendar/sources/${source.id}" dir="auto">${source.name}</a></p>
    <p class="meta">${read}: ${holds(source)}${oddities(source)}. ${kindInWords(source)}</p>
    ${troubleLine(source, place)}
  </li>`;
}

function list(sources: readonly CalendarSource[], place: Place): Html {
  if (sources.length === 0) return nothing;
  return html`<section aria-labelledby="sources">
    <h2 id="sources">Calendars that are read</h2>
    <ul class="entries">${sources.map((one) => entry(one, place))}</ul>
  </section>`;
}

interface Overview {
  readonly sources: readonly CalendarSource[];
  /** What was found in them: 1:1s to confirm, and those that are followed. */
  readonly found: Html;
  readonly tried?: Tried | undefined;
  /** Why something about what was found did not work. */
  readonly failed?: FormError;
}

/** All calendars of an owner, what was found in them, and how to add one. */
export function overviewPage(c: WebContext, { sources, found, tried, failed }: Overview): Promise<Response> {
  const surroundings = c.get("surroundings");
  const adding = surroundings.isExample
    ? html`<p class="notice">You are looking around in the example: no calendar is read from here.</p>`
    : addingForms(tried);
  return page(c, {
    title: "Your calendars",
    section: "meetings",
    status: errorStatus(tried?.error ?? failed),
    body: html`${errorSummary(failed)}<p class="lede">Your 1:1s stand in your calendar already. Throughline finds them there and follows them when they move. It only reads: nothing is ever written into your calendar.</p>
      ${found}
      ${list(sources, surroundings)}
      ${adding}`,
  });
}
