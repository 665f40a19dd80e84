import type { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import {
  actionButton,
  button,
  errorStatus,
  errorSummary,
  form,
  type FormValues,
  isForForm,
  readForm,
  submit,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { openRecap, saveRecap } from "../operations/lines.ts";
import { waiveRecap } from "../operations/mailing.ts";
import { showRecap } from "../operations/reading.ts";
import { dueWords, isAction } from "../rules.ts";
import { type LineConflict, type Recap, type RecapPart } from "../schema.ts";
import { answerOffers } from "./answers.ts";
import { didItHappen, moment, type Talk, talkOf } from "./parts.ts";
import { uncoveredIn } from "./uncovered.ts";
import { besideFields, postedLines, type Row, rowMark, rowsOf, shownIn } from "./recap-form.ts";

/** What the form is drawn with the second time: what was typed, and what was wrong with it. */
interface Attempt {
  readonly values: FormValues;
  readonly error?: AppError;
}

const FRESH: Attempt = { values: {} };

const LINE_NAMES: Record<RecapPart, string> = {
  decision: "Decision",
  my_action: "Action",
  manager_commitment: "Commitment",
  open_question: "Question",
};

const HINTS: Record<RecapPart, string> = {
  decision: "What you agreed on, in a sentence each.",
  my_action: "What you will do. A day makes it easier to keep; without one the mail says that none was agreed.",
  manager_commitment: "In their own plain words. The mail offers an easy way out of each.",
  open_question: "What neither of you could answer yet.",
};

function rowFields(row: Row, number: number, attempt: Attempt, focus: string | undefined): Html {
  const { key, part, line } = row;
  const { values, error } = attempt;
  const label = line
    ? `${LINE_NAMES[part]} ${number}`
    : number === 1
      ? LINE_NAMES[part]
      : `Another ${LINE_NAMES[part].toLowerCase()}`;
  const text = textField({ name: `text-${key}`, label, value: shownIn(row, "text", values), error, autofocus: focus === key });
  // What came back with an error keeps the version of the newer line: saving once more is a decision for these words.
  const facts = line ? { version: String(line.version), part, ...(line.preparedAt ? { was: rowMark(line) } : {}) } : {};
  const hidden = Object.entries(facts).map(([name, value]) => html`<input type="hidden" name="${name}-${key}" value="${value}">`);
  if (!isAction(part)) return html`${hidden}${text}`;
  return html`${hidden}<div class="line-form">${text}
    ${textField({ name: `who-${key}`, label: "Who, if somebody else", value: shownIn(row, "who", values), error })}
    ${textField({ name: `due-${key}`, label: "By when", type: "date", value: shownIn(row, "due", values), error })}</div>`;
}

function partFields({ part, title, lines }: Recap["parts"][number], attempt: Attempt, focus: string | undefined): Html {
  const rows = rowsOf(part, lines, attempt.values);
  return html`<fieldset><legend><h2>${title}</h2></legend>
    <p class="hint">${HINTS[part]}</p>
    ${each(rows, (row, index) => rowFields(row, index + 1, attempt, focus))}
  </fieldset>`;
}

function conflictNote(error: AppError | undefined): Html {
  if (error?.code !== "conflict" || !error.details) return nothing;
  const { mine, theirs } = error.details as LineConflict;
  return html`<div class="warning"><p>Your words: <span dir="auto">${mine.text === "" ? "(taken out)" : mine.text}</span></p>
    <p>Kept in the meantime: <span dir="auto">${theirs ? theirs.text : "(taken out)"}</span></p>
    <p>Your words stand in the form below. Save again to keep them, or change them first.</p></div>`;
}

function draftsNote(recap: Recap): Html {
  const drafts = recap.parts.flatMap((one) => one.lines).filter((line) => line.preparedAt === null).length;
  if (drafts === 0) return nothing;
  const lines = drafts === 1 ? "One line comes" : `${drafts} lines come`;
  return html`<p class="hint">${lines} from your notes. They are yours alone until you save: put them in the words you want read, or empty them.</p>`;
}

function recapForm(recap: Recap, attempt: Attempt, focus: string | undefined): Html {
  const path = `/meetings/${recap.meetingId}/recap`;
  return form(
    path,
    html`${draftsNote(recap)}${each(recap.parts, (part) => partFields(part, attempt, focus))}
    <p class="hint">To take a line out, empty it.</p>
    <div class="actions">${button("Save", { kind: "quiet", name: "next", value: "stay" })}
    ${button("Save and see the mail", { name: "next", value: "preview" })}
    ${button("Keep without sending", { kind: "quiet", name: "next", value: "waive" })}</div>`,
    { label: "Recap", draft: `recap ${recap.meetingId}` },
  );
}

/** What was sent or cannot be written any more, to read. */
export function recapParts({ parts }: Recap, year: number): Html {
  return html`${each(
    parts,
    ({ part, title, lines }) =>
      html`<h2>${title}</h2>${
        lines.length === 0
          ? html`<p class="quiet">none</p>`
          : html`<ul>${each(lines, (line) => html`<li dir="auto">${line.text}${isAction(part) ? ` (${line.who ? `${line.who}, ` : ""}${dueWords(line.dueOn, year)})` : ""}</li>`)}</ul>`
      }`,
  )}`;
}

function stateLine(recap: Recap, { meeting }: Talk, now: Temporal.Instant): Html {
  if (recap.state === "approved")
    return html`<p class="notice">You approved this recap. A change asks you to look at the mail again before it goes out.</p>`;
  if (recap.state === "waived")
    return html`<p class="notice">You keep this recap without sending it. Its promises stand in <a href="/commitments">your commitments</a>.</p>`;
  if (recap.state !== "draft") return nothing;
  return html`<p class="quiet">Three minutes, four parts. A recap helps most by ${moment(recap.dueAt, meeting.zone, now)}.</p>`;
}

function beginning({ meeting }: Talk): Html {
  if (meeting.state !== "held")
    return html`<p class="lede">Did it take place? Then three minutes are enough: what you noted for the recap is drafted already.</p>${didItHappen(meeting.id)}`;
  return html`<p class="lede">Three minutes are enough: what you noted for the recap is drafted already.</p>
    <div class="actions">${actionButton(`/meetings/${meeting.id}/recap/start`, "Write the recap", { kind: "primary" })}</div>`;
}

function recapBody(recap: Recap, talk: Talk, attempt: Attempt, now: Temporal.Instant, focus: string | undefined): Html {
  const { meeting } = talk;
  if (recap.state === "too_early")
    return html`<p class="lede">This meeting has not begun. The recap is written after it; until then, <a href="/meetings/${meeting.id}">note what comes to mind</a>.</p>`;
  if (recap.state === "impossible")
    return html`<p class="lede">This meeting did not take place, so there is no recap. What was open stands in the next preparation by itself.</p>`;
  if (recap.state === "to_write") return beginning(talk);
  if (recap.state === "sent")
    return html`<p class="lede">This recap went out ${moment(recap.sentAt ?? "", meeting.zone, now)}. It stays as it was read.</p>
      ${recapParts(recap, Temporal.PlainDateTime.from(meeting.localStart).year)}`;
  return html`${stateLine(recap, talk, now)}${conflictNote(attempt.error)}${recapForm(recap, attempt, focus)}`;
}

async function recapPage(c: WebContext, attempt: Attempt = FRESH): Promise<Response> {
  const talk = await talkOf(c);
  const { meeting, person } = talk;
  const recap = await call(c.get("caller"), showRecap, { meetingId: meeting.id });
  const { now } = c.get("surroundings");
  const body = html`<p class="quiet"><a href="/meetings/${meeting.id}">1:1 with <span dir="auto">${person.name}</span></a>, ${moment(meeting.startsAt, meeting.zone, now)}</p>
    ${errorSummary(attempt.error)}
    ${when(recap.undraftedNotes > 0 && recap.state !== "sent", () => undraftedNote(recap))}
    ${recap.state === "draft" || recap.state === "approved" || recap.state === "waived" ? await answerOffers(c, talk) : nothing}
    ${recapBody(recap, talk, attempt, now, c.req.query("at"))}
    ${recap.state === "to_write" ? nothing : await uncoveredIn(c, talk, `/meetings/${meeting.id}/recap`)}`;
  return page(c, {
    title: "Recap",
    section: "meetings",
    body,
    status: errorStatus(attempt.error),
  });
}

function undraftedNote({ meetingId, undraftedNotes }: Recap): Html {
  const notes = undraftedNotes === 1 ? "One note came" : `${undraftedNotes} notes came`;
  return form(
    `/meetings/${meetingId}/recap/start`,
    html`<p>${notes} after this recap was drafted. ${button("Draft from the notes", { kind: "quiet" })}</p>`,
    { className: "notice" },
  );
}

/** Where the next line is typed: the part in which a new one was just written. */
function nextFocus(keys: readonly string[]): string {
  const added = keys.findLast((key) => key.startsWith("new-"));
  const part = added && /^new-[a-z_]+/u.exec(added)?.[0];
  return part ? `?at=${part}` : "";
}

async function saveForm(c: WebContext): Promise<Response> {
  const meetingId = c.req.param("id") ?? "";
  const values = await readForm(c);
  const { keys, lines } = postedLines(values);
  const again = (error: AppError) => recapPage(c, { values, error: besideFields(error, keys) });
  const next = values["next"] ?? "stay";
  if (next === "preview")
    return submit(c, {
      operation: saveRecap,
      input: { meetingId, lines },
      done: () => `/meetings/${meetingId}/recap/preview`,
      again,
    });
  if (next !== "waive")
    return submit(c, {
      operation: saveRecap,
      input: { meetingId, lines },
      done: () => `/meetings/${meetingId}/recap${nextFocus(keys)}`,
      notice: "Saved.",
      again,
    });
  try {
    await call(c.get("caller"), saveRecap, { meetingId, lines });
  } catch (error) {
    if (isForForm(error)) return again(error);
    throw error;
  }
  return submit(c, {
    operation: waiveRecap,
    input: { meetingId },
    done: () => `/meetings/${meetingId}`,
    notice: "Kept without sending. The promises stand in your commitments.",
    again: (error) => recapPage(c, { values: {}, error }),
  });
}

/** /meetings/:id/recap: the four parts, to be written in three minutes (S45, S46). */
export function recapEditPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/meetings/:id/recap", (c) => recapPage(c));
  routes.post("/meetings/:id/recap", saveForm);
  routes.post("/meetings/:id/recap/start", (c) => {
    const meetingId = c.req.param("id");
    return submit(c, {
      operation: openRecap,
      input: { meetingId },
      done: () => `/meetings/${meetingId}/recap`,
      again: (error) => recapPage(c, { values: {}, error }),
    });
  });
  return routes;
}
