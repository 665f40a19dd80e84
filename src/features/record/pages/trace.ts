import { shortMoment } from "../../../lib/dates.ts";
import { call } from "../../../platform/operation.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import type { Surroundings, WebContext } from "../../../surfaces/web/kit/web.ts";
import { traceEntry } from "../operations.ts";
import type { Telling, Trace } from "../schema.ts";
import { channelLink, labelOf } from "./entry.ts";

function moment(instant: string, { zone, now }: Surroundings): Html {
  const text = shortMoment(Temporal.Instant.from(instant), zone, now.toZonedDateTimeISO(zone).year);
  return html`<time datetime="${instant}">${text}</time>`;
}

function tellingTable(tellings: readonly Telling[], surroundings: Surroundings): Html {
  return html`<table>
<thead><tr><th scope="col">To whom</th><th scope="col">When</th><th scope="col">In</th><th scope="col">For</th></tr></thead>
<tbody>${tellings.map(
    (
      telling,
    ) => html`<tr><td dir="auto">${telling.personName}</td><td>${moment(telling.toldAt, surroundings)}</td><td>${channelLink(telling)}</td><td>${telling.meetingId ? html`<a href="/meetings/${telling.meetingId}">the 1:1</a>` : nothing}</td></tr>
`,
  )}</tbody>
</table>`;
}

function told(entry: Trace, surroundings: Surroundings): Html {
  if (entry.source !== "capture") return nothing;
  const history =
    entry.tellings.length > 0
      ? tellingTable(entry.tellings, surroundings)
      : html`<p class="quiet">Nobody yet. It stays private until you choose it for a meeting.</p>`;
  return html`<h2>Who was told</h2>${history}`;
}

function sources(entry: Trace): Html {
  return html`<ul>
${when(entry.source === "capture", () => html`<li><a href="/journal/${entry.id}">Your note: change it, see earlier wordings</a></li>`)}
${when(entry.source === "capture" && entry.kind === "win", () => html`<li><a href="/journal/${entry.id}/impact">Make it land: say what it was worth</a></li>`)}
${when(entry.meetingId, (id) => html`<li><a href="/meetings/${id}">The 1:1 it belongs to</a></li>`)}
${when(entry.deliveryId, (id) => html`<li><a href="/deliveries/${id}">The mail it stands in</a></li>`)}
${when(entry.source === "my_action" || entry.source === "manager_commitment", () => html`<li><a href="/commitments">All commitments</a></li>`)}
</ul>`;
}

function hasSource({ source, meetingId, deliveryId }: Trace): boolean {
  return meetingId !== null || deliveryId !== null || ["capture", "my_action", "manager_commitment"].includes(source);
}

/** /record/:id: one entry, where it comes from and who was told (S13, S48). */
export async function tracePage(c: WebContext): Promise<Response> {
  const entry = await call(c.get("caller"), traceEntry, { id: c.req.param("id") ?? "" });
  const surroundings = c.get("surroundings");
  const body = html`<p class="meta"><a href="/record">Record</a>, ${moment(entry.happenedAt, surroundings)}${entry.tags.map((tag) => html` <a class="tag" dir="auto" href="/record?${tag.kind}=${encodeURIComponent(tag.name)}">${tag.name}</a>`)}</p>
<p class="multiline" dir="auto">${entry.text}</p>
${hasSource(entry) ? html`<h2>Where it comes from</h2>${sources(entry)}` : nothing}
${told(entry, surroundings)}`;
  return page(c, { title: labelOf(entry), section: "record", body });
}
