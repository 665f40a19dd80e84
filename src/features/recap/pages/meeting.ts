import type { AppError } from "../../../lib/errors.ts";
import { notFound } from "../../../lib/errors.ts";
import { agreedTime, hourDoubt } from "../../meetings/index.ts";
import { call } from "../../../platform/operation.ts";
import {
  actionButton,
  button,
  errorStatus,
  errorSummary,
  form,
  type FormValues,
  radioGroup,
  readForm,
  submit,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { agendaSummary, firstId, preparedItems } from "../../agenda/index.ts";
import { answersOf, answersSection, askedForAmong, openPageSection } from "../../answers/index.ts";
import { seenSection } from "../../blindspots/index.ts";
import { findDelivery } from "../../delivery/index.ts";
import { noteInMeeting, removeMeetingNote } from "../operations/notes.ts";
import { listMeetingNotes, showRecap } from "../operations/reading.ts";
import { tickAgendaItem } from "../operations/ticking.ts";
import { type MeetingNote, type NotePart } from "../schema.ts";
import { agendaSection, noteList, standing } from "./meeting-parts.ts";
import { noteChoices, type Talk, talkOf } from "./parts.ts";
import { uncoveredIn } from "./uncovered.ts";

interface Attempt {
  readonly values: FormValues;
  readonly error?: AppError;
}

function noteFields({ person }: Talk, { values, error }: Attempt, autofocus: boolean): Html {
  return html`${textField({ name: "text", label: "Note", value: values["text"], error, required: true, autofocus })}
    ${radioGroup({ name: "part", label: "What it is", value: values["part"] ?? "note", error, choices: noteChoices(person.name) })}`;
}

function noteForm(talk: Talk, attempt: Attempt, autofocus: boolean): Html {
  const { meeting } = talk;
  return html`<h2 id="notes">Notes</h2>
    <p class="hint">One line at a time, while you talk. Notes are yours alone; the others are drafted into the recap, where you decide.</p>
    ${form(`/meetings/${meeting.id}/notes`, html`${noteFields(talk, attempt, autofocus)}<div class="actions">${button("Note it")}</div>`, { label: "Note", draft: `meeting-note ${meeting.id}` })}`;
}

function furtherLinks({ meeting }: Talk, hasItems: boolean): Html {
  const path = `/meetings/${meeting.id}`;
  const planned = meeting.state === "planned";
  return html`<h2>More</h2>
    <ul>${planned ? html`<li><a href="${path}/prepare">Prepare</a></li>` : nothing}
    ${hasItems ? html`<li><a href="${path}/agenda">The agenda as a mail</a></li>` : nothing}
    <li><a href="${path}/recap">The recap</a></li>
    <li><a href="${path}/move">${planned ? "Move or cancel this meeting" : "Change what is noted about this meeting"}</a></li></ul>`;
}

async function meetingPage(c: WebContext, attempt: Attempt = { values: {} }): Promise<Response> {
  const talk = await talkOf(c);
  const { meeting, person } = talk;
  const caller = c.get("caller");
  const { owner, database } = caller;
  const { now } = c.get("surroundings");
  const db = database.reader;
  const summary = await agendaSummary(db, owner, meeting.id);
  const preparation = summary.ready ? "ready" : summary.started ? "started" : "none";
  const items = await preparedItems(db, owner, meeting.id);
  const agenda = await findDelivery(db, owner, meeting.id, "agenda");
  const recap = await call(caller, showRecap, { meetingId: meeting.id });
  const { notes } = await call(caller, listMeetingNotes, { meetingId: meeting.id });
  const canTick = meeting.state === "planned" || meeting.state === "held";
  const beside = {
    canTick,
    askedFor: await askedForAmong(db, owner, items.map(firstId)),
    answers: await answersOf(db, owner, meeting.id),
  };
  const body = html`${errorSummary(attempt.error)}
    <p class="lede"><time datetime="${meeting.startsAt}">${agreedTime(meeting.localStart)}</time>, ${meeting.minutes} minutes</p>
    ${when(meeting.clockNote, (note) => html`<p class="warning">${note}</p>`)}
    ${hourDoubt(meeting, `/meetings/${meeting.id}`)}
    ${standing(talk, { agenda, preparation, recap, now })}
    ${await answersSection(c, meeting, person)}
    ${agendaSection(items, talk, beside)}
    ${await seenSection(c, meeting)}
    ${await uncoveredIn(c, talk, `/meetings/${meeting.id}`)}
    ${noteForm(talk, attempt, c.req.query("noted") !== undefined)}
    ${noteList(notes, talk, now)}
    ${await openPageSection(c, meeting, person)}
    ${furtherLinks(talk, items.length > 0)}`;
  return page(c, { title: `1:1 with ${person.name}`, section: "meetings", body, status: errorStatus(attempt.error) });
}

async function addNote(c: WebContext): Promise<Response> {
  const meetingId = c.req.param("id") ?? "";
  const values = await readForm(c);
  const input = { meetingId, text: values["text"] ?? "", part: (values["part"] ?? "note") as NotePart };
  return submit(c, {
    operation: noteInMeeting,
    input,
    done: () => `/meetings/${meetingId}?noted=1#notes`,
    again: (error) => meetingPage(c, { values, error }),
  });
}

async function tick(c: WebContext): Promise<Response> {
  const { itemId = "", discussed } = await readForm(c);
  const path = `/meetings/${c.req.param("id")}`;
  return submit(c, {
    operation: tickAgendaItem,
    input: { itemId, discussed: discussed === "yes" },
    done: () => `${path}#item-${itemId}`,
    again: (error) => meetingPage(c, { values: {}, error }),
  });
}

function bothVersions(error: AppError | undefined): Html {
  const theirs = (error?.details as { theirs?: MeetingNote | null } | undefined)?.theirs;
  return theirs ? html`<p class="warning">Kept in the meantime: <span dir="auto">${theirs.text}</span></p>` : nothing;
}

async function notePage(c: WebContext, attempt?: Attempt): Promise<Response> {
  const talk = await talkOf(c);
  const { meeting } = talk;
  const { notes } = await call(c.get("caller"), listMeetingNotes, { meetingId: meeting.id });
  const newer = (attempt?.error?.details as { theirs?: MeetingNote | null } | undefined)?.theirs;
  const note = newer ?? notes.find((one) => one.id === c.req.param("noteId"));
  if (!note && !attempt) throw notFound("This note");
  const action = note ? `/meetings/${meeting.id}/notes/${note.id}` : `/meetings/${meeting.id}/notes`;
  const values = attempt?.values ?? { text: note?.text ?? "", part: note?.part ?? "note" };
  const body = html`${errorSummary(attempt?.error)}${bothVersions(attempt?.error)}
    ${form(
      action,
      html`${noteFields(talk, { values, ...(attempt?.error ? { error: attempt.error } : {}) }, true)}<p class="hint">The earlier wording is kept with its time.</p>
    <div class="actions">${button("Save")} <a href="/meetings/${meeting.id}#notes">Back</a></div>`,
      { label: "Change the note" },
    )}
    ${note ? actionButton(`${action}/removal`, "Take this note out", { kind: "danger" }) : nothing}`;
  return page(c, {
    title: "Change a note",
    section: "meetings",
    body,
    status: errorStatus(attempt?.error),
  });
}

async function changeNote(c: WebContext): Promise<Response> {
  const meetingId = c.req.param("id") ?? "";
  const values = await readForm(c);
  const input = {
    meetingId,
    text: values["text"] ?? "",
    part: (values["part"] ?? "note") as NotePart,
    replaces: c.req.param("noteId") ?? "",
  };
  return submit(c, {
    operation: noteInMeeting,
    input,
    done: () => `/meetings/${meetingId}#notes`,
    again: (error) => notePage(c, { values, error }),
  });
}

/** /meetings/:id: what is planned, ticking off, notes while talking, and the next act. */
export function meetingPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/meetings/:id", (c) => meetingPage(c));
  routes.post("/meetings/:id/notes", addNote);
  routes.post("/meetings/:id/ticks", tick);
  routes.get("/meetings/:id/notes/:noteId", (c) => notePage(c));
  routes.post("/meetings/:id/notes/:noteId", changeNote);
  routes.post("/meetings/:id/notes/:noteId/removal", (c) => {
    const path = `/meetings/${c.req.param("id")}`;
    return submit(c, {
      operation: removeMeetingNote,
      input: { id: c.req.param("noteId") },
      done: () => `${path}#notes`,
      notice: "The note is taken out.",
      again: (error) => notePage(c, { values: {}, error }),
    });
  });
  return routes;
}
