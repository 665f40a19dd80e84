import { dayIn } from "../../../lib/dates.ts";
import { instantText } from "../../../platform/clock.ts";
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
import { listPeople } from "../../people/index.ts";
import { skipDays } from "../operations/meetings.ts";
import { awaitingAnswer, comingMeetings, pastMeetings } from "../operations/reading.ts";
import type { Meeting } from "../schema.ts";
import { meetingTable, type TableView, whenLine } from "./parts.ts";

const COMING = 12;
const PAST = 20;

/** Whom each meeting is with, and how to show its day. */
export async function tableView(c: WebContext, caption: string): Promise<TableView> {
  const { people } = await call(c.get("caller"), listPeople, {});
  const { zone, now } = c.get("surroundings");
  return { caption, names: new Map(people.map((person) => [person.id, person.name])), zone, thisYear: dayIn(zone, now).year };
}

function question(meeting: Meeting, view: TableView): Html {
  const action = `/meetings/${meeting.id}/answer`;
  return html`<li class="entry">
    <p>${whenLine(meeting, view.zone, view.thisYear)} <span dir="auto">${view.names?.get(meeting.personId) ?? ""}</span></p>
    <div class="actions">${actionButton(action, "It took place", { fields: { happened: "yes", return: "/meetings" } })}
    ${actionButton(action, "It did not happen", { fields: { happened: "no", return: "/meetings" } })}</div>
  </li>`;
}

function pastSection(past: readonly Meeting[], view: TableView, isOlderPage: boolean): Html {
  if (past.length === 0) return isOlderPage ? html`<p class="hint">Nothing earlier than this.</p>` : nothing;
  const oldest = past.at(-1)?.startsAt;
  return html`<h2>Past</h2>
    ${meetingTable(past, { ...view, caption: "Past meetings" })}
    ${when(past.length === PAST && oldest, (at) => html`<p><a href="/meetings?before=${at}">Earlier meetings</a></p>`)}`;
}

/** Where an older page begins: an instant, or nothing when the address holds something else. */
function instantAsked(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : instantText(Temporal.Instant.from(text));
  } catch {
    return undefined;
  }
}

async function listPage(c: WebContext): Promise<Response> {
  const { owner, database } = c.get("caller");
  const { now } = c.get("surroundings");
  const db = database.reader;
  const view = await tableView(c, "Coming meetings");
  const before = instantAsked(c.req.query("before"));
  const past = await pastMeetings(db, owner, now, { limit: PAST, ...(before === undefined ? {} : { before }) });
  if (before !== undefined)
    return page(c, {
      title: "Earlier meetings",
      section: "meetings",
      body: html`${pastSection(past, view, true)}<p><a href="/meetings">Coming meetings</a></p>`,
    });
  const coming = await comingMeetings(db, owner, now, COMING);
  const open = await awaitingAnswer(db, owner, now);
  const body = html`
    ${coming.length + past.length === 0 ? html`<p class="lede">No meetings yet. <a href="/people">Choose a person</a> and agree when you meet: the meetings of the next half year appear by themselves. Or let them be <a href="/calendar">found in your calendar</a>.</p>` : nothing}
    ${when(open.length > 0 && open, (those) => html`<h2>Did it happen?</h2><ul class="entries">${each(those, (one) => question(one, view))}</ul>`)}
    ${when(coming.length > 0 && coming, (those) => html`<h2>Coming</h2>${meetingTable(those, view)}<p class="actions"><a href="/meetings/days-off">Skip days off</a> <a href="/calendar">Your calendars</a></p>`)}
    ${pastSection(past, view, false)}`;
  return page(c, { title: "Meetings", section: "meetings", body });
}

function daysOffPage(c: WebContext, values: FormValues = {}, error?: FormError): Promise<Response> {
  const body = html`${errorSummary(error)}
    <p class="lede">Holidays, a trip, a week that is too full: every coming meeting in these days is cancelled. What you prepared carries over, and you can put each one back.</p>
    ${form(
      "/meetings/days-off",
      html`${textField({ name: "from", label: "First day off", type: "date", value: values["from"], error, required: true })}
      ${textField({ name: "to", label: "Last day off", type: "date", value: values["to"], error, required: true })}
      <p class="actions">${button("Skip these days")} <a href="/meetings">Back</a></p>`,
    )}`;
  return page(c, { title: "Skip days off", section: "meetings", body, status: errorStatus(error) });
}

export function meetingListPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/meetings", listPage);
  routes.get("/meetings/days-off", (c) => daysOffPage(c));
  routes.post("/meetings/days-off", async (c) => {
    const values = await readForm(c);
    return submit(c, {
      operation: skipDays,
      input: { from: values["from"] ?? "", to: values["to"] ?? "" },
      done: () => "/meetings",
      notice: "The meetings in these days are cancelled. Each can be put back.",
      again: (error) => daysOffPage(c, values, error),
    });
  });
  return routes;
}
