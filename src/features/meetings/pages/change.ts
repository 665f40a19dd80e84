import { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import {
  actionButton,
  button,
  errorStatus,
  errorSummary,
  form,
  type FormError,
  type FormValues,
  radioGroup,
  readForm,
  submit,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { showPerson } from "../../people/index.ts";
import { leadOf, trustHours } from "../operations/following.ts";
import { cancelMeeting, markHeld, markNotHeld, moveMeeting, restoreMeeting, unmarkMeeting } from "../operations/meetings.ts";
import { showMeeting } from "../operations/reading.ts";
import { moveFollowing } from "../operations/series.ts";
import { agreedTime } from "../rules/clock.ts";
import type { Meeting, SeriesLead } from "../schema.ts";
import { hourDoubt, leadNotice } from "./lead.ts";
import { zoneField, zoneList } from "./parts.ts";

const SCOPES = [
  { value: "one", label: "Only this meeting" },
  { value: "following", label: "This meeting and all that follow" },
];

function moveForm(meeting: Meeting, lead: SeriesLead | undefined, values: FormValues, error: FormError): Html {
  const shown = {
    date: meeting.localStart.slice(0, 10),
    time: meeting.localStart.slice(11),
    zone: meeting.zone,
    minutes: String(meeting.minutes),
    scope: "one",
    ...values,
  };
  return form(
    `/meetings/${meeting.id}/move`,
    html`${textField({ name: "date", label: "Day", type: "date", value: shown.date, error, required: true })}
    ${textField({ name: "time", label: "Starts at", type: "time", value: shown.time, error, required: true })}
    ${textField({ name: "minutes", label: "Length in minutes", type: "number", min: 15, max: 60, value: shown.minutes, error, required: true })}
    ${zoneField(shown.zone, error, "The place whose clock counts.")}
    ${zoneList()}
    ${lead ? nothing : radioGroup({ name: "scope", label: "What moves", value: shown.scope, error, choices: SCOPES })}
    <p class="actions">${button("Move")} <a href="/meetings/${meeting.id}">Back</a></p>`,
  );
}

function cancelSection(meeting: Meeting): Html {
  return html`<h2>Or leave it out</h2>
    <p class="hint">What you prepared for it carries over to the next one. You can put the meeting back.</p>
    ${actionButton(`/meetings/${meeting.id}/cancellation`, "Cancel this meeting", { kind: "danger" })}`;
}

function settledSection(meeting: Meeting): Html {
  if (meeting.state === "cancelled")
    return html`<p>${meeting.cancelReason === "calendar" ? "Your calendar does not hold this meeting any more, so it is cancelled. When it is back there, it is back here." : "This meeting is cancelled."}</p>${actionButton(`/meetings/${meeting.id}/cancellation`, "Put it back", { kind: "primary", fields: { restore: "yes" } })}`;
  const words =
    meeting.state === "held" ? "You noted that this meeting took place." : "You noted that this meeting did not happen.";
  return html`<p>${words}</p>${actionButton(`/meetings/${meeting.id}/answer`, "Take the answer back", { fields: { happened: "unknown", return: `/meetings/${meeting.id}/move` } })}`;
}

async function changePage(c: WebContext, id: string, values: FormValues = {}, error?: FormError): Promise<Response> {
  const meeting = await call(c.get("caller"), showMeeting, { id });
  const person = await call(c.get("caller"), showPerson, { id: meeting.personId });
  const { owner, database } = c.get("caller");
  const lead = await leadOf(database.reader, owner, meeting.seriesId);
  const body = html`${errorSummary(error)}
    <p class="lede">1:1 with <span dir="auto">${person.name}</span>, <time datetime="${meeting.startsAt}">${agreedTime(meeting.localStart)}</time>, ${meeting.minutes} minutes.</p>
    ${when(meeting.clockNote, (note) => html`<p class="warning">${note}</p>`)}
    ${leadNotice(lead)}${hourDoubt(meeting, `/meetings/${id}/move`)}
    ${meeting.state === "planned" ? html`${moveForm(meeting, lead, values, error)}${cancelSection(meeting)}` : settledSection(meeting)}`;
  return page(c, { title: "Change a meeting", section: "meetings", body, status: errorStatus(error) });
}

async function move(c: WebContext): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const values = await readForm(c);
  const input = {
    id,
    date: values["date"] ?? "",
    time: (values["time"] ?? "").slice(0, 5),
    zone: values["zone"] ?? "",
    minutes: values["minutes"] ?? "",
  };
  return submit(c, {
    operation: values["scope"] === "following" ? moveFollowing : moveMeeting,
    input,
    done: () => `/meetings/${id}`,
    notice: values["scope"] === "following" ? "This meeting and all that follow have moved." : "The meeting has moved.",
    again: (error) => changePage(c, id, values, error),
  });
}

async function cancelOrRestore(c: WebContext): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const { restore } = await readForm(c);
  const again = (error: AppError) => changePage(c, id, {}, error);
  if (restore)
    return submit(c, {
      operation: restoreMeeting,
      input: { id },
      done: () => `/meetings/${id}`,
      notice: "The meeting is back at its hour.",
      again,
    });
  return submit(c, {
    operation: cancelMeeting,
    input: { id },
    done: () => `/meetings/${id}/move`,
    notice: "The meeting is cancelled.",
    again,
  });
}

const ANSWERS = {
  yes: { operation: markHeld, notice: "Noted: it took place." },
  no: { operation: markNotHeld, notice: "Noted: it did not happen. What was open carries over." },
  unknown: { operation: unmarkMeeting, notice: "The answer is taken back." },
};

function isAnswer(text: string | undefined): text is keyof typeof ANSWERS {
  return text !== undefined && Object.hasOwn(ANSWERS, text);
}

/** Only paths of this server: a link in somebody's mail must not send the reader elsewhere. */
function localPath(text: string | undefined, otherwise: string): string {
  return text !== undefined && /^\/(?![/\\])/u.test(text) ? text : otherwise;
}

async function answer(c: WebContext): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const values = await readForm(c);
  const happened = values["happened"];
  const back = localPath(values["return"], `/meetings/${id}`);
  if (!isAnswer(happened))
    return changePage(c, id, {}, new AppError("invalid", "Say whether the meeting took place or did not happen."));
  const { operation, notice } = ANSWERS[happened];
  return submit(c, { operation, input: { id }, done: () => back, notice, again: (error) => changePage(c, id, {}, error) });
}

async function confirmHours(c: WebContext): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const values = await readForm(c);
  const { seriesId } = await call(c.get("caller"), showMeeting, { id });
  return submit(c, {
    operation: trustHours,
    input: { id: seriesId },
    done: () => localPath(values["return"], `/meetings/${id}`),
    notice: "Noted: the hours are right.",
    again: (error) => changePage(c, id, {}, error),
  });
}

/** Moving, cancelling and answering for one meeting. The page of the meeting itself belongs to `recap`. */
export function changePages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/meetings/:id/move", (c) => changePage(c, c.req.param("id")));
  routes.post("/meetings/:id/move", move);
  routes.post("/meetings/:id/cancellation", cancelOrRestore);
  routes.post("/meetings/:id/answer", answer);
  routes.post("/meetings/:id/hours", confirmHours);
  return routes;
}
