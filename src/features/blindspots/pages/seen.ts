import { call } from "../../../platform/operation.ts";
import {
  button,
  errorStatus,
  errorSummary,
  form,
  type FormValues,
  readForm,
  submit,
  textArea,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type Surroundings, type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import type { AppError } from "../../../lib/errors.ts";
import { type Meeting, showMeeting } from "../../meetings/index.ts";
import { rateTalk, seenIn } from "../operations/seen.ts";
import type { SeenRating } from "../schema.ts";
import { dayOf } from "./words.ts";

const steps = [
  [1, "Invisible"],
  [2, "Hardly seen"],
  [3, "In between"],
  [4, "Mostly seen"],
  [5, "Seen"],
] as const;

const wordFor = (rating: number): string => steps.find(([value]) => value === rating)?.[1] ?? "";
const ENOUGH = 3;

function noteForm(meetingId: string, { rating, note }: SeenRating, values?: FormValues, error?: AppError): Html {
  return form(
    `/meetings/${meetingId}/seen`,
    html`<input type="hidden" name="rating" value="${rating}">
      ${textArea({ name: "seen-note", label: "What made it so", value: values?.["seen-note"] ?? note, rows: 2, error, hint: "If you like. Yours alone." })}
      <div class="actions">${button("Keep the note", { kind: "quiet" })}</div>`,
    { label: "What made it so" },
  );
}

/** After a talk: one tap on how it left its owner (S3). Nothing before it has begun. */
export async function seenSection(c: WebContext, meeting: Meeting): Promise<Html> {
  const { owner, database } = c.get("caller");
  const { now } = c.get("surroundings");
  const isOver =
    meeting.state === "held" ||
    (meeting.state === "planned" && Temporal.Instant.compare(Temporal.Instant.from(meeting.endsAt), now) <= 0);
  if (!isOver) return nothing;
  const present = await seenIn(database.reader, owner, meeting);
  return html`<h2 id="seen">How did it leave you?</h2>
    <p class="hint">One tap, for you alone. After three talks you see a line.</p>
    ${form(
      `/meetings/${meeting.id}/seen`,
      html`<div class="actions">${steps.map(([value, word]) => html`${button(value === present?.rating ? `${word} ✓` : word, { kind: value === present?.rating ? "primary" : "quiet", name: "rating", value: String(value) })} `)}</div>`,
      { label: "How it left you" },
    )}
    ${when(present, (rating) => noteForm(meeting.id, rating))}`;
}

const WIDTH = 320;
const HEIGHT = 96;
const EDGE = 10;

function points(ratings: readonly SeenRating[]): { x: number; y: number }[] {
  const stepX = (WIDTH - 2 * EDGE) / Math.max(1, ratings.length - 1);
  const stepY = (HEIGHT - 2 * EDGE) / 4;
  return ratings.map(({ rating }, index) => ({
    x: Math.round((EDGE + index * stepX) * 10) / 10,
    y: Math.round((HEIGHT - EDGE - (rating - 1) * stepY) * 10) / 10,
  }));
}

/** How seen the talks left their owner: a line after three, with a table that says the same (S3). */
export function seenTrend(ratings: readonly SeenRating[], place: Surroundings): Html {
  if (ratings.length < ENOUGH) return nothing;
  const dots = points(ratings);
  const first = ratings[0]?.rating ?? 0;
  const last = ratings.at(-1)?.rating ?? 0;
  return html`<h2>How seen the talks left you</h2>
    <svg class="trend" role="img" aria-label="${ratings.length} talks, from ${wordFor(first).toLowerCase()} to ${wordFor(last).toLowerCase()}" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">
      <polyline fill="none" stroke="currentColor" stroke-width="2" points="${dots.map(({ x, y }) => `${x},${y}`).join(" ")}"></polyline>
      ${dots.map(({ x, y }) => html`<circle cx="${x}" cy="${y}" r="4" fill="currentColor"></circle>`)}
    </svg>
    <details><summary>The same as a table</summary><table><thead><tr><th scope="col">Talk</th><th scope="col">It left you</th><th scope="col">Note</th></tr></thead>
    <tbody>${each(ratings, (one) => html`<tr><td><a href="/meetings/${one.meetingId}">${dayOf(one.startsAt, place)}</a></td><td>${wordFor(one.rating)}</td><td dir="auto">${one.note}</td></tr>`)}</tbody></table></details>`;
}

async function rate(c: WebContext): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const values = await readForm(c);
  const note = values["seen-note"];
  const meeting = await call(c.get("caller"), showMeeting, { id });
  return submit(c, {
    operation: rateTalk,
    input: { meetingId: id, rating: values["rating"] ?? "", ...(note === undefined ? {} : { note }) },
    done: () => `/meetings/${id}#seen`,
    notice: "Kept, for you alone.",
    again: async (error) => {
      const body = html`${errorSummary(error)}${await seenSection(c, meeting)}<p><a href="/meetings/${id}">Back</a></p>`;
      return page(c, { title: "How did it leave you?", section: "meetings", body, status: errorStatus(error) });
    },
  });
}

export function seenPages(): WebRoutes {
  const routes = webRoutes();
  routes.post("/meetings/:id/seen", rate);
  return routes;
}
