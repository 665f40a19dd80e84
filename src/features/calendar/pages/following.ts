import { notFound } from "../../../lib/errors.ts";
import { firstName } from "../../../lib/text.ts";
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
  selectField,
  submit,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, webRoutes, type WebRoutes } from "../../../surfaces/web/kit/web.ts";
import { listPeople, personRoles, roleNames, showPerson } from "../../people/index.ts";
import { confirmCandidate, listCalendarFollowings, releaseCalendar } from "../operations/confirming.ts";
import { dismissCandidate, dropTitleRule, keepTitleRule, listCandidates, offerAgain } from "../operations/finding.ts";
import { type Following, titleVerdicts } from "../schema/following.ts";
import { eventMoment } from "./found.ts";

type Tried = (c: WebContext, error: FormError, values: FormValues) => Promise<Response>;

/** Asks who an event is with, when nobody was guessed or somebody else is meant. */
async function whoPage(c: WebContext, event: FormValues, typed?: FormValues, error?: FormError): Promise<Response> {
  const { candidates } = await call(c.get("caller"), listCandidates, {});
  const { sourceId = "", seriesKey = "" } = event;
  const candidate = candidates.find((one) => one.sourceId === sourceId && one.seriesKey === seriesKey);
  if (!candidate && !error) throw notFound("This event");
  const { people } = await call(c.get("caller"), listPeople, {});
  const present = people.filter((one) => one.endedOn === null);
  const hasManager = present.some((one) => one.role === "manager");
  const values = typed ?? {
    personId: candidate?.personId ?? "",
    name: candidate?.personId ? "" : (candidate?.name ?? ""),
    email: candidate?.personId ? "" : (candidate?.email ?? ""),
    role: hasManager ? "other" : "manager",
  };
  const known = [{ value: "", label: "Somebody new" }, ...present.map((one) => ({ value: one.id, label: one.name }))];
  const body = html`${errorSummary(error)}
    ${when(candidate, (one) => html`<p class="lede"><bdi>${one.title}</bdi>, ${one.rhythm}.</p>`)}
    ${form(
      "/calendar/confirmations",
      html`<input type="hidden" name="sourceId" value="${sourceId}"><input type="hidden" name="seriesKey" value="${seriesKey}">
      ${present.length === 0 ? nothing : selectField({ name: "personId", label: "With whom", value: values["personId"], choices: known, error })}
      ${textField({ name: "name", label: present.length === 0 ? "Their name" : "The new person's name", value: values["name"], error, autocomplete: "off" })}
      ${textField({ name: "email", label: "Mail address", type: "email", value: values["email"], error, autocomplete: "off", hint: "Your agendas are addressed to it. You can add it later." })}
      ${selectField({ name: "role", label: "Who they are to you", value: values["role"], choices: personRoles.map((role) => ({ value: role, label: roleNames[role] })), error })}
      <p class="actions">${button("This is my 1:1")} <a href="/calendar">Back</a></p>`,
      { label: "Whom this 1:1 is with" },
    )}`;
  return page(c, { title: "Who is this 1:1 with?", section: "meetings", body, status: errorStatus(error) });
}

async function confirm(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  const { sourceId = "", seriesKey = "", personId, name = "", email = "", role } = values;
  const whom = personId
    ? { personId }
    : {
        name,
        email: email.trim() || null,
        ...(personRoles.find((one) => one === role) ? { role: personRoles.find((one) => one === role) } : {}),
      };
  return submit(c, {
    operation: confirmCandidate,
    input: { sourceId, seriesKey, ...whom },
    done: ({ id }) => `/calendar/followings/${id}`,
    notice: "These meetings follow your calendar from now on.",
    again: (error) => whoPage(c, { sourceId, seriesKey }, values, error),
  });
}

function nextStep({ nextMeetingId, nextStartAt, zone, personId }: Following, c: WebContext): Html {
  if (nextMeetingId === null || nextStartAt === null || zone === null)
    return html`<p>Your calendar holds no date to come. When there is one, it appears here by itself.</p>`;
  return html`<p>The next one is <a href="/meetings/${nextMeetingId}">${eventMoment(nextStartAt, zone, c.get("surroundings"))}</a>.</p>
    <p class="actions"><a class="button" href="/meetings/${nextMeetingId}/prepare">Prepare it</a> <a href="/people/${personId}">All meetings</a> <a href="/calendar">More 1:1s in your calendar</a></p>`;
}

/** Where one goes after confirming: what follows from it, and the way out. */
async function followingPage(c: WebContext): Promise<Response> {
  const caller = c.get("caller");
  const { followings } = await call(caller, listCalendarFollowings, {});
  const following = followings.find((one) => one.id === c.req.param("id"));
  if (!following) throw notFound("What you follow");
  const person = await call(caller, showPerson, { id: following.personId });
  const body = html`<p class="lede">“<bdi>${following.title}</bdi>”, ${following.rhythm}.</p>
    ${nextStep(following, c)}
    ${person.email === null ? html`<p class="hint">${firstName(person.name)} has no mail address here yet. <a href="/people/${person.id}">Add it</a> so that agendas can be addressed.</p>` : nothing}
    <h2>How it follows</h2>
    <ul>
      <li>What is moved in the calendar moves here, and an approved agenda goes out at the new hour.</li>
      <li>What is cancelled there is cancelled here. What you prepared for it carries over to the next one.</li>
      <li>What was held, and what you cancel yourself, stays as you left it.</li>
    </ul>
    <h2>Stop following</h2>
    <p class="hint">The meetings stay where they are and go on at the same rhythm. You can confirm the event again later.</p>
    ${actionButton(`/calendar/followings/${following.id}/release`, "Stop following")}`;
  return page(c, { title: `Your 1:1 with ${person.name}`, section: "meetings", body });
}

/** Confirming, refusing and correcting what was found. `again` shows the calendars with a message beside the field of a title rule. */
export function followingRoutes(again: Tried): WebRoutes {
  const routes = webRoutes();
  const overview = (c: WebContext) => (error: FormError) => again(c, error, {});
  routes.get("/calendar/confirmations/new", (c) =>
    whoPage(c, { sourceId: c.req.query("source") ?? "", seriesKey: c.req.query("event") ?? "" }),
  );
  routes.post("/calendar/confirmations", confirm);
  routes.get("/calendar/followings/:id", followingPage);
  routes.post("/calendar/followings/:id/release", (c) =>
    submit(c, {
      operation: releaseCalendar,
      input: { id: c.req.param("id") },
      done: ({ personId }) => `/people/${personId}`,
      notice: "The series no longer follows the calendar. Its meetings stay.",
      again: overview(c),
    }),
  );
  routes.post("/calendar/dismissals", async (c) => {
    const { sourceId = "", seriesKey = "" } = await readForm(c);
    return submit(c, {
      operation: dismissCandidate,
      input: { sourceId, seriesKey },
      done: () => "/calendar",
      notice: "Noted: not a 1:1. It is not offered again.",
      again: overview(c),
    });
  });
  routes.post("/calendar/dismissals/removal", async (c) => {
    const { sourceId = "", seriesKey = "" } = await readForm(c);
    return submit(c, { operation: offerAgain, input: { sourceId, seriesKey }, done: () => "/calendar", again: overview(c) });
  });
  routes.post("/calendar/title-rules", async (c) => {
    const values = await readForm(c);
    return submit(c, {
      operation: keepTitleRule,
      input: { phrase: values["phrase"] ?? "", verdict: titleVerdicts.find((one) => one === values["verdict"]) ?? "never" },
      done: () => "/calendar",
      notice: "Remembered.",
      again: (error) => again(c, error, values),
    });
  });
  routes.post("/calendar/title-rules/:id/removal", (c) =>
    submit(c, { operation: dropTitleRule, input: { id: c.req.param("id") }, done: () => "/calendar", again: overview(c) }),
  );
  return routes;
}
