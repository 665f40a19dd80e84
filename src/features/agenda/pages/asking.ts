import type { AppError } from "../../../lib/errors.ts";
import { dayIn, shortMoment } from "../../../lib/dates.ts";
import { call } from "../../../platform/operation.ts";
import {
  button,
  errorStatus,
  errorSummary,
  form,
  type FormValues,
  isForForm,
  readForm,
  selectField,
} from "../../../surfaces/web/kit/form.ts";
import { type Html, html, when } from "../../../surfaces/web/kit/html.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import type { WebContext, WebRoutes } from "../../../surfaces/web/kit/web.ts";
import { comingMeetings, type Meeting } from "../../meetings/index.ts";
import { listPeople } from "../../people/index.ts";
import { type Question, requireQuestion } from "../../questions/index.ts";
import { chooseQuestion } from "../operations/asking.ts";
import { openAgenda } from "../operations/opening.ts";
import { stepPath } from "./frame.ts";
import { sayEffect } from "./saving.ts";

const OFFERED = 12;

/** The coming talks in which something can still be prepared, the next first. */
async function talks(c: WebContext): Promise<Meeting[]> {
  const { owner, database } = c.get("caller");
  const { now } = c.get("surroundings");
  const coming = await comingMeetings(database.reader, owner, now, OFFERED);
  return coming.filter(
    (one) => one.state === "planned" && Temporal.Instant.compare(Temporal.Instant.from(one.startsAt), now) > 0,
  );
}

async function meetingForm(c: WebContext, question: Question, values: FormValues, error: AppError | undefined): Promise<Html> {
  const { people } = await call(c.get("caller"), listPeople, {});
  const { now } = c.get("surroundings");
  const names = new Map(people.map((one) => [one.id, one.name]));
  const choices = (await talks(c)).map(({ id, personId, startsAt, zone }) => ({
    value: id,
    label: `${names.get(personId) ?? ""}, ${shortMoment(Temporal.Instant.from(startsAt), zone, dayIn(zone, now).year)}`,
  }));
  if (choices.length === 0)
    return html`<p class="hint">No 1:1 is planned. <a href="/people">Plan one</a>, and the question goes into its preparation from here.</p>`;
  return form(
    `/questions/ask/${question.id}`,
    html`${selectField({ name: "meetingId", label: "In which 1:1", value: values["meetingId"], choices, error })}
    <div class="actions">${button("Put it into the preparation")} <a href="/questions?category=${question.category}">Back</a></div>`,
    { label: "Ask it in a 1:1" },
  );
}

async function askPage(c: WebContext, values: FormValues = {}, error?: AppError): Promise<Response> {
  const { owner, database } = c.get("caller");
  const question = await requireQuestion(database.reader, owner, c.req.param("id") ?? "");
  const { text, uncovers, followUp, placeholders } = question;
  const body = html`${errorSummary(error)}
    <p class="lede" dir="auto">${text}</p>
    <p class="meta" dir="auto">${uncovers === "" ? "You have not said what it uncovers" : uncovers}</p>
    ${when(followUp, (next) => html`<p class="quiet" dir="auto">Then: ${next}</p>`)}
    ${when(placeholders.length > 0, () => html`<p class="hint">What stands in [brackets] is filled from your own projects and skills where they fit; you fill the rest before it can go out.</p>`)}
    ${await meetingForm(c, question, values, error)}`;
  return page(c, { title: "Ask this question", section: "meetings", body, status: errorStatus(error) });
}

/** POST /questions/ask/:id: with the rules of every other way into a preparation (60 days, two in a talk, no gaps in a mail). */
async function ask(c: WebContext): Promise<Response> {
  const caller = c.get("caller");
  const values = await readForm(c);
  const { meetingId = "" } = values;
  const questionId = c.req.param("id") ?? "";
  try {
    await call(caller, openAgenda, { meetingId });
    const { item, approval } = await call(caller, chooseQuestion, { meetingId, questionId, put: true });
    leaveNotice(c, item.preparedAt === null ? "It is a private draft: fill in what stands in brackets." : "It is on the agenda.");
    sayEffect(c, approval);
    return c.redirect(`${stepPath(meetingId, "growth")}?item=${item.id}`, 303);
  } catch (error) {
    if (!isForForm(error)) throw error;
    return askPage(c, values, error);
  }
}

/** /questions/ask/:id: a question of the bank straight into a preparation (S40). */
export function askingRoutes(routes: WebRoutes): void {
  routes.get("/questions/ask/:id", (c) => askPage(c));
  routes.post("/questions/ask/:id", ask);
}
