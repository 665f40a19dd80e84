import { dayIn } from "../../../lib/dates.ts";
import { call } from "../../../platform/operation.ts";
import {
  button,
  errorStatus,
  errorSummary,
  form,
  type FormError,
  type FormValues,
  readForm,
  submit,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { type Html, html, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { showPerson } from "../../people/index.ts";
import { leadOf, stopFollowing } from "../operations/following.ts";
import { nextMeeting, listSeries } from "../operations/reading.ts";
import { editSeries, endSeries, pauseSeries, resumeSeries, scheduleSeries } from "../operations/series.ts";
import { ruleOn } from "../rules/rhythm.ts";
import type { Series, SeriesLead } from "../schema.ts";
import { leadSection } from "./lead.ts";
import { seriesFields, seriesInput, seriesSummary, seriesValues } from "./parts.ts";

/** The series with a person that has no last day; undefined when there is none. */
export async function runningSeries(c: WebContext, personId: string): Promise<Series | undefined> {
  const { series } = await call(c.get("caller"), listSeries, { personId });
  return series.find((one) => one.endedOn === null);
}

const FIRST_MEETING = { label: "Your next meeting", hint: "It sets the weekday of the series." };
const FIRST_CHANGED = {
  label: "First meeting of the new rhythm",
  hint: "It sets the weekday. Meetings in the weeks before it stay as they are.",
};

/** What the form of a series begins with: what holds now, or half an hour a week. */
async function firstValues(c: WebContext, series: Series | undefined): Promise<FormValues> {
  const { zone, now } = c.get("surroundings");
  if (!series) return { startsOn: "", time: "10:00", zone, minutes: "30", everyWeeks: "1" };
  const { owner, database } = c.get("caller");
  const next = await nextMeeting(database.reader, owner, now, series.personId);
  const startsOn = next?.plannedOn ?? dayIn(zone, now).toString();
  const rule = ruleOn(series.rules, startsOn);
  return rule ? { ...seriesValues(rule, startsOn), unchangedDay: startsOn } : {};
}

async function leadOfSeries(c: WebContext, series: Series | undefined): Promise<SeriesLead | undefined> {
  const { owner, database } = c.get("caller");
  return series && leadOf(database.reader, owner, series.id);
}

async function seriesPage(c: WebContext, personId: string, typed?: FormValues, error?: FormError): Promise<Response> {
  const person = await call(c.get("caller"), showPerson, { id: personId });
  const series = await runningSeries(c, personId);
  const lead = await leadOfSeries(c, series);
  if (lead)
    return page(c, {
      title: `When you meet ${person.name}`,
      section: "people",
      status: errorStatus(error),
      body: html`${errorSummary(error)}${leadSection(lead, personId)}<p><a href="/people/${personId}">Back</a></p>`,
    });
  const values = typed ?? (await firstValues(c, series));
  const body = html`${errorSummary(error)}
    <p class="lede">${series ? "What was prepared, moved or held stays. The other coming meetings follow." : "The meetings of the next half year appear by themselves. You can move or cancel each one."}</p>
    ${form(
      `/people/${personId}/series`,
      html`${when(values["unchangedDay"], (on) => html`<input type="hidden" name="unchangedDay" value="${on}">`)}
      ${seriesFields(values, error, series ? FIRST_CHANGED : FIRST_MEETING)}
      <p class="actions">${button(series ? "Change the series" : "Plan the meetings")} <a href="/people/${personId}">Back</a></p>`,
    )}`;
  const title = series ? `Change when you meet ${person.name}` : `When do you meet ${person.name}?`;
  return page(c, { title, section: "people", body, status: errorStatus(error) });
}

async function saveSeries(c: WebContext): Promise<Response> {
  const personId = c.req.param("id") ?? "";
  const values = await readForm(c);
  const series = await runningSeries(c, personId);
  const { startsOn, ...rest } = seriesInput(values);
  const again = (error: FormError) => seriesPage(c, personId, values, error);
  const done = () => `/people/${personId}`;
  if (!series)
    return submit(c, {
      operation: scheduleSeries,
      input: { personId, startsOn, ...rest },
      done,
      again,
      notice: "Your meetings are planned.",
    });
  // The day that the form came with was not touched: a change of the hour alone must not undo a weekday agreed for later.
  const input = startsOn === values["unchangedDay"] ? { id: series.id, ...rest } : { id: series.id, startsOn, ...rest };
  return submit(c, { operation: editSeries, input, done, again, notice: "The series is changed." });
}

interface Day {
  readonly today: string;
  readonly zone: string;
}

function pauseForm(series: Series, personId: string, values: FormValues, error: FormError, { today, zone }: Day): Html {
  return html`${seriesSummary(series, today, zone)}
    <h2>Pause</h2>
    <p class="hint">For a leave or a long project. Coming meetings in the pause go; what you prepared is kept.</p>
    ${form(
      `/people/${personId}/series/pause`,
      html`${textField({ name: "from", label: "First day of the pause", type: "date", value: values["from"] ?? today, error, required: true })}
      ${textField({ name: "until", label: "Last day of the pause", type: "date", value: values["until"], error, hint: "Leave it empty when you do not know yet." })}
      <p class="actions">${button("Pause")}</p>`,
      { label: "Pause" },
    )}`;
}

async function stopPage(c: WebContext, personId: string, values: FormValues = {}, error?: FormError): Promise<Response> {
  const person = await call(c.get("caller"), showPerson, { id: personId });
  const series = await runningSeries(c, personId);
  const { zone, now } = c.get("surroundings");
  const today = dayIn(zone, now).toString();
  if (!series)
    return page(c, {
      title: "Pause or end",
      section: "people",
      body: html`<p>There is no running series. <a href="/people/${personId}">Back</a></p>`,
    });
  const lead = await leadOfSeries(c, series);
  const body = html`${errorSummary(error)}
    ${lead ? html`<p>Follows your calendar: ${lead.rhythm}. To pause it, cancel the dates there, or <a href="/meetings/days-off">skip days off</a> here.</p>` : pauseForm(series, personId, values, error, { today, zone })}
    <h2>End</h2>
    <p class="hint">You stop meeting regularly. Everything written stays.</p>
    ${form(
      `/people/${personId}/series/end`,
      html`${textField({ name: "on", label: "Last day of the series", type: "date", value: values["on"] ?? today, error, required: true })}
      <p class="actions">${button("End the series", { kind: "danger" })} <a href="/people/${personId}">Back</a></p>`,
      { label: "End" },
    )}`;
  return page(c, { title: `Pause or end the meetings with ${person.name}`, section: "people", body, status: errorStatus(error) });
}

async function stop(c: WebContext, how: "pause" | "end" | "resume" | "release"): Promise<Response> {
  const personId = c.req.param("id") ?? "";
  const values = await readForm(c);
  const series = await runningSeries(c, personId);
  if (!series) return stopPage(c, personId);
  const again = (error: FormError) => stopPage(c, personId, values, error);
  const done = () => `/people/${personId}`;
  const { id } = series;
  if (how === "end")
    return submit(c, {
      operation: endSeries,
      input: { id, on: values["on"] ?? "" },
      done,
      again,
      notice: "The series has an end.",
    });
  if (how === "release")
    return submit(c, {
      operation: stopFollowing,
      input: { id },
      done,
      again,
      notice: "The series no longer follows the calendar. Its meetings stay.",
    });
  if (how === "resume") return submit(c, { operation: resumeSeries, input: { id }, done, again, notice: "The series goes on." });
  const input = { id, from: values["from"] ?? "", until: values["until"] || null };
  return submit(c, { operation: pauseSeries, input, done, again, notice: "The series is paused." });
}

export function seriesPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/people/:id/series", (c) => seriesPage(c, c.req.param("id")));
  routes.post("/people/:id/series", saveSeries);
  routes.get("/people/:id/series/pause", (c) => stopPage(c, c.req.param("id")));
  routes.post("/people/:id/series/pause", (c) => stop(c, "pause"));
  routes.post("/people/:id/series/end", (c) => stop(c, "end"));
  routes.post("/people/:id/series/release", (c) => stop(c, "release"));
  routes.post("/people/:id/series/resume", (c) => stop(c, "resume"));
  return routes;
}
