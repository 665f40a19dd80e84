import { dayIn } from "../../../lib/dates.ts";
import { call } from "../../../platform/operation.ts";
import {
  actionButton,
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
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { editPerson, listPeople, type Person, personFields, personInput, showPerson } from "../../people/index.ts";
import { endWith, handOver } from "../operations/handover.ts";
import { leadOf } from "../operations/following.ts";
import { comingMeetings, listSeries, pastMeetings } from "../operations/reading.ts";
import type { Meeting, Series, SeriesLead } from "../schema.ts";
import { leadSection } from "./lead.ts";
import { meetingTable, seriesSummary } from "./parts.ts";

const COMING = 4;

interface PersonView {
  readonly person: Person;
  readonly series: readonly Series[];
  readonly coming: readonly Meeting[];
  readonly past: readonly Meeting[];
  readonly before: Person | undefined;
  readonly after: Person | undefined;
  readonly lead: SeriesLead | undefined;
}

async function personView(c: WebContext, id: string): Promise<PersonView> {
  const caller = c.get("caller");
  const { now } = c.get("surroundings");
  const person = await call(caller, showPerson, { id });
  const { people } = await call(caller, listPeople, {});
  const { series } = await call(caller, listSeries, { personId: id });
  const coming = await comingMeetings(caller.database.reader, caller.owner, now, COMING, id);
  const past = await pastMeetings(caller.database.reader, caller.owner, now, { limit: COMING, personId: id });
  const running = series.find((one) => one.endedOn === null);
  const lead = running && (await leadOf(caller.database.reader, caller.owner, running.id));
  return {
    person,
    lead,
    series,
    coming,
    past,
    before: people.find((one) => one.id === person.predecessorId),
    after: people.find((one) => one.predecessorId === id),
  };
}

function personLink(person: Person): Html {
  return html`<a href="/people/${person.id}" dir="auto">${person.name}</a>`;
}

function seriesSection(c: WebContext, { person, series, lead }: PersonView): Html {
  const { zone, now } = c.get("surroundings");
  const today = dayIn(zone, now).toString();
  const living = series.filter((one) => one.endedOn === null || one.endedOn >= today);
  const running = living.find((one) => one.endedOn === null);
  const paused = running?.pauses.some((pause) => pause.fromOn <= today && (pause.untilOn === null || pause.untilOn >= today));
  const path = `/people/${person.id}/series`;
  if (lead) return html`<h2>When you meet</h2>${leadSection(lead, person.id)}`;
  if (person.endedOn !== null && living.length === 0) return nothing;
  return html`<h2>When you meet</h2>
    ${living.length === 0 ? html`<p class="hint">No regular meeting yet. A fixed time is what makes the rest work.</p>` : each(living, (one) => seriesSummary(one, today, zone))}
    ${
      running
        ? html`<div class="actions"><a href="${path}">Change</a> <a href="${path}/pause">Pause or end</a> ${paused ? actionButton(`${path}/resume`, "Resume today") : nothing}</div>`
        : when(
            person.endedOn === null,
            () =>
              html`<p class="actions"><a href="${path}">Plan the meetings</a> <a href="/calendar">Take them from my calendar</a></p>`,
          )
    }`;
}

function meetingsSection(c: WebContext, { coming, past }: PersonView): Html {
  const { zone, now } = c.get("surroundings");
  const view = { zone, thisYear: dayIn(zone, now).year };
  return html`
    ${when(coming.length > 0, () => html`<h2>Coming meetings</h2>${meetingTable(coming, { ...view, caption: "Coming meetings" })}`)}
    ${when(past.length > 0, () => html`<h2>Last meetings</h2>${meetingTable(past, { ...view, caption: "Last meetings" })}`)}`;
}

async function personPage(c: WebContext, id: string, typed?: FormValues, error?: FormError): Promise<Response> {
  const view = await personView(c, id);
  const { person, before, after } = view;
  const values = typed ?? { name: person.name, email: person.email ?? "", role: person.role, note: person.note };
  const body = html`${errorSummary(error)}
    ${when(before, (one) => html`<p class="meta">After ${personLink(one)}, whose history is kept.</p>`)}
    ${when(person.endedOn, (on) => html`<p class="meta">Until <time datetime="${on}">${on}</time>${when(after, (one) => html`, then ${personLink(one)}`)}. Everything written stays.</p>`)}
    <p class="actions"><a href="/people/${id}/known">What they cannot know unless you tell them</a> <a href="/people/${id}/card">What you know about them</a> <a href="/people/${id}/questions">What you asked them</a> <a href="/people/${id}/page">A page for them to answer on</a> <a href="/seeds?person=${id}">Seeds you planted with them</a></p>
    ${seriesSection(c, view)}
    ${meetingsSection(c, view)}
    <h2>About</h2>
    ${form(`/people/${id}`, html`${personFields(values, error)}<p class="actions">${button("Save")}</p>`, { label: "About" })}
    ${when(
      person.endedOn === null,
      () => html`<h2>When things change</h2>
    <p class="actions"><a href="/people/${id}/successor">Somebody new takes over</a> <a href="/people/${id}/end">You no longer work together</a></p>`,
    )}`;
  return page(c, { title: person.name, section: "people", body, status: errorStatus(error) });
}

function lastDayField(c: WebContext, values: FormValues, error: FormError): Html {
  const { zone, now } = c.get("surroundings");
  return textField({
    name: "on",
    label: "Last day together",
    type: "date",
    value: values["on"] ?? dayIn(zone, now).toString(),
    error,
    required: true,
  });
}

async function successorPage(c: WebContext, id: string, values: FormValues = {}, error?: FormError): Promise<Response> {
  const person = await call(c.get("caller"), showPerson, { id });
  const body = html`${errorSummary(error)}
    <p class="lede">Your history with <span dir="auto">${person.name}</span> stays as it is. The series goes on with the new person from the next meeting after the last day together.</p>
    ${form(
      `/people/${id}/successor`,
      html`${textField({ name: "name", label: "Name of the new person", value: values["name"], error, required: true, autocomplete: "off" })}
      ${textField({ name: "email", label: "Mail address", type: "email", value: values["email"], error, autocomplete: "off", hint: "You can add it later." })}
      ${lastDayField(c, values, error)}
      <p class="actions">${button("Hand over")} <a href="/people/${id}">Back</a></p>`,
    )}`;
  return page(c, { title: "Somebody new takes over", section: "people", body, status: errorStatus(error) });
}

async function endPage(c: WebContext, id: string, values: FormValues = {}, error?: FormError): Promise<Response> {
  const person = await call(c.get("caller"), showPerson, { id });
  const body = html`${errorSummary(error)}
    <p class="lede">Your meetings with <span dir="auto">${person.name}</span> end after this day. Everything written stays, and stays searchable.</p>
    ${form(`/people/${id}/end`, html`${lastDayField(c, values, error)}<p class="actions">${button("End it here", { kind: "danger" })} <a href="/people/${id}">Back</a></p>`)}`;
  return page(c, { title: "You no longer work together", section: "people", body, status: errorStatus(error) });
}

/** One person with the series, the meetings, and what to do when either changes. */
export function personPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/people/:id", (c) => personPage(c, c.req.param("id")));
  routes.post("/people/:id", async (c) => {
    const id = c.req.param("id");
    const values = await readForm(c);
    const input = { id, ...personInput(values) };
    return submit(c, {
      operation: editPerson,
      input,
      done: () => `/people/${id}`,
      notice: "Saved.",
      again: (error) => personPage(c, id, values, error),
    });
  });
  routes.get("/people/:id/successor", (c) => successorPage(c, c.req.param("id")));
  routes.post("/people/:id/successor", async (c) => {
    const id = c.req.param("id");
    const values = await readForm(c);
    const input = { personId: id, name: values["name"] ?? "", email: values["email"]?.trim() || null, on: values["on"] ?? "" };
    return submit(c, {
      operation: handOver,
      input,
      done: ({ person }) => `/people/${person.id}`,
      notice: "The series goes on with the new person.",
      again: (error) => successorPage(c, id, values, error),
    });
  });
  routes.get("/people/:id/end", (c) => endPage(c, c.req.param("id")));
  routes.post("/people/:id/end", async (c) => {
    const id = c.req.param("id");
    const values = await readForm(c);
    return submit(c, {
      operation: endWith,
      input: { personId: id, on: values["on"] ?? "" },
      done: () => "/people",
      notice: "Noted. Everything written stays.",
      again: (error) => endPage(c, id, values, error),
    });
  });
  return routes;
}
