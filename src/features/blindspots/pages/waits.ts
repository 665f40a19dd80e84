import type { AppError } from "../../../lib/errors.ts";
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
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type Surroundings, type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { type Meeting, nextMeeting } from "../../meetings/index.ts";
import { listPeople } from "../../people/index.ts";
import { answerWaits, dismissWait, showWaits, skipWaits, waitsAreDue } from "../operations/waits.ts";
import { type Waits, waits } from "../schema.ts";
import { day, waitWords } from "./words.ts";

const YES_NO = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

/** On the start page when it is time: at the start, and once a quarter (S1). */
export async function waitsNotice(c: WebContext): Promise<Html> {
  const { owner, database } = c.get("caller");
  if (!(await waitsAreDue(database.reader, owner, c.get("surroundings").now))) return nothing;
  return html`<h2>What are you waiting for?</h2>
    <p class="hint">Four questions, yes or no, a minute. What you wait for can be said instead. They come once a quarter.</p>
    <div class="actions"><a class="button quiet" href="/waits">Answer four questions</a> ${actionButton("/waits/skip", "Not now")}</div>`;
}

function questions(values: FormValues, error: AppError | undefined): Html {
  return form(
    "/waits",
    html`${waits.map((wait) => radioGroup({ name: wait, label: waitWords[wait].question, hint: waitWords[wait].hint, value: values[wait], choices: YES_NO, error }))}
    <div class="actions">${button("Keep the answers")} ${button("Not now", { kind: "quiet", formaction: "/waits/skip" })}</div>`,
    { label: "The four questions" },
  );
}

function proposals({ proposals: all }: Waits, meetingId: string | undefined): Html {
  if (all.length === 0) return nothing;
  return html`<h2>For your next agenda</h2>
    <p class="hint">A beginning for each yes. You fill the gap in your own words, and nothing goes out before.</p>
    <ul class="entries">${each(
      all,
      (one) => html`<li class="entry"><p>${one.text}</p>
        <div class="actions">${when(meetingId, (id) => actionButton(`/meetings/${id}/agenda/waits`, "Begin with this", { fields: { waitId: one.id } }))}
        ${actionButton(`/waits/${one.id}/dismissal`, "Put it aside")}</div></li>`,
    )}</ul>
    ${meetingId ? nothing : html`<p class="hint">No 1:1 is planned yet. They wait here until one is.</p>`}`;
}

function earlier({ checks }: Waits, place: Surroundings): Html {
  if (checks.length === 0) return nothing;
  return html`<h2>What you answered</h2>
    <table><thead><tr><th scope="col">Day</th>${waits.map((wait) => html`<th scope="col">${waitWords[wait].name}</th>`)}</tr></thead>
    <tbody>${each(checks, (check) => html`<tr><th scope="row">${day(check.checkedOn, place)}</th>${check.answers.map(({ answer }) => html`<td>${answer}</td>`)}</tr>`)}</tbody></table>`;
}

/** The next talk with a manager: what is waited for is mostly theirs to give. Without one, the next talk there is. */
async function nextWithManager(c: WebContext): Promise<Meeting | undefined> {
  const { owner, database } = c.get("caller");
  const { now } = c.get("surroundings");
  const { people } = await call(c.get("caller"), listPeople, {});
  const managers = people.filter((person) => person.role === "manager" && person.endedOn === null);
  const talks = await Promise.all(managers.map(({ id }) => nextMeeting(database.reader, owner, now, id)));
  const [first] = talks.filter((one) => one !== undefined).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  return first ?? nextMeeting(database.reader, owner, now);
}

async function waitsPage(c: WebContext, values?: FormValues, error?: AppError): Promise<Response> {
  const place = c.get("surroundings");
  const known = await call(c.get("caller"), showWaits, {});
  const next = await nextWithManager(c);
  const asks = known.isDue || error !== undefined || c.req.query("again") !== undefined;
  const later = when(
    known.nextOn,
    (on) => html`<p class="quiet">They come again ${day(on, place)}. <a href="/waits?again=1">Answer them now</a></p>`,
  );
  const body = html`${errorSummary(error)}
    <p class="lede">Waiting is quiet, and nobody can hear it. If one of these is a yes, it becomes a line that you can bring.</p>
    ${asks ? questions(values ?? {}, error) : later}
    ${proposals(known, next?.id)}
    ${earlier(known, place)}`;
  return page(c, { title: "What are you waiting for?", section: "today", body, status: errorStatus(error) });
}

async function answer(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  const input = Object.fromEntries(waits.map((wait) => [wait, values[wait]])) as Record<(typeof waits)[number], "yes" | "no">;
  return submit(c, {
    operation: answerWaits,
    input,
    done: () => "/waits",
    notice: "Kept, for you alone.",
    again: (error) => waitsPage(c, values, error),
  });
}

/** /waits: the four questions, what each yes proposes, and earlier answers. */
export function waitsPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/waits", (c) => waitsPage(c));
  routes.post("/waits", answer);
  routes.post("/waits/skip", (c) =>
    submit(c, {
      operation: skipWaits,
      input: {},
      done: () => "/",
      notice: "They come again in a quarter. Until then, the pages of your people lead to them.",
      again: (error) => waitsPage(c, {}, error),
    }),
  );
  routes.post("/waits/:id/dismissal", (c) =>
    submit(c, {
      operation: dismissWait,
      input: { id: c.req.param("id") },
      done: () => "/waits",
      notice: "Put aside.",
      again: (error) => waitsPage(c, {}, error),
    }),
  );
  return routes;
}
