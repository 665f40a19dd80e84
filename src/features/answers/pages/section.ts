import { dayIn, shortDay, shortMoment } from "../../../lib/dates.ts";
import { firstName } from "../../../lib/text.ts";
import { call } from "../../../platform/operation.ts";
import { actionButton, button, form } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, multiline, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { type Commitment, listCommitments } from "../../commitments/index.ts";
import type { Meeting } from "../../meetings/index.ts";
import { listPeople, type Person } from "../../people/index.ts";
import { answersOf } from "../operations/keeping.ts";
import { openLinkOf } from "../operations/links.ts";
import { waitingAnswers } from "../operations/settling.ts";
import type { Answer, AnswerKind } from "../schema.ts";

/** What the answers of one meeting are shown with. */
interface View {
  readonly meeting: Meeting;
  readonly name: string;
  readonly now: Temporal.Instant;
  /** The commitments of this person as they stand now. */
  readonly ledger: ReadonlyMap<string, Commitment>;
}

const KIND_NAMES: Record<AnswerKind, string> = {
  topic: "A topic",
  reply: "A reply",
  confirmation: "A yes",
  correction: "A correction",
  more_time: "More time",
  away: "Away",
};

const dayWords = (on: string, { meeting }: View): string =>
  shortDay(Temporal.PlainDate.from(on), Temporal.PlainDateTime.from(meeting.localStart).year);

function moment(at: string, { meeting, now }: View): Html {
  const year = dayIn(meeting.zone, now).year;
  return html`<time datetime="${at}">${shortMoment(Temporal.Instant.from(at), meeting.zone, year)}</time>`;
}

function acceptLabel(answer: Answer, view: View): string {
  const { kind, about, namedOn } = answer;
  if (kind === "topic") return "Put it on the agenda";
  if (kind === "confirmation") return "Note this yes";
  if (kind === "away") return "Good to know";
  if (about?.kind === "question" && kind === "reply") return "Take it as the answer";
  if (about?.kind !== "commitment") return "Keep it";
  if (kind === "more_time") return namedOn ? `Agree: by ${dayWords(namedOn, view)}` : "Agree, without a day";
  return kind === "correction" ? "Take it over" : "Keep it";
}

function acts(answer: Answer, view: View): Html {
  const path = `/meetings/${answer.meetingId}/answers/${answer.id}`;
  if (answer.state === "accepted") return html`<p class="meta">You took it over ${moment(answer.acceptedAt ?? "", view)}.</p>`;
  if (answer.state === "declined") return html`<p class="meta">You left it aside ${moment(answer.declinedAt ?? "", view)}.</p>`;
  const leave = button("Leave it aside", { kind: "quiet", name: "act", value: "decline" });
  const yes =
    answer.state === "unverified"
      ? button(`It is from ${view.name}`, { name: "act", value: "verify" })
      : button(acceptLabel(answer, view), { name: "act", value: "accept" });
  return form(path, html`<div class="actions">${yes} ${leave}</div>`, {
    label: `${KIND_NAMES[answer.kind]}: what to do with it`,
  });
}

function until(dueOn: string | null, view: View): string {
  return dueOn === null ? "no day agreed" : `by ${dayWords(dueOn, view)}`;
}

/** Both versions beside each other: nothing is overwritten until its owner says so. */
function bothVersions(answer: Answer, view: View): Html {
  const present = answer.about?.kind === "commitment" ? view.ledger.get(answer.about.id) : undefined;
  const changes = answer.kind === "correction" || answer.kind === "more_time";
  if (!present || !changes || answer.acceptedAt) return nothing;
  const text = answer.kind === "correction" && answer.text !== "" ? answer.text : present.text;
  const dueOn = answer.kind === "more_time" ? answer.namedOn : (answer.namedOn ?? present.dueOn);
  return html`<dl class="versions"><dt>In your ledger</dt><dd dir="auto">${present.text} (${until(present.dueOn, view)})</dd>
    <dt>As <bdi>${view.name}</bdi> has it</dt><dd dir="auto">${text} (${until(dueOn, view)})</dd></dl>`;
}

function said(answer: Answer, view: View, versions: Html): Html {
  const { kind, text, namedOn, about } = answer;
  // What is shown beside the words of the ledger is not said twice.
  if (versions !== nothing && kind === "correction") return versions;
  const day = when(
    namedOn,
    (on) => html`<p>${kind === "away" ? "Until" : "By"} <time datetime="${on}">${dayWords(on, view)}</time></p>`,
  );
  return html`${when(about?.text, (words) => html`<p class="quiet" dir="auto">To: “${words}”</p>`)}
    ${text === "" ? nothing : multiline(text)}${versions === nothing ? day : versions}`;
}

/** How it came; a mail that was kept can be read as it came. */
function cameBy({ way, rawId }: Answer): Html {
  if (way === "page") return html`on the page`;
  return rawId === null ? html`by mail` : html`<a href="/mailbox/${rawId}">by mail</a>`;
}

function entry(answer: Answer, view: View): Html {
  const doubt = html`<p class="warning">It is not sure that <bdi>${view.name}</bdi> wrote this${when(answer.sender, (sender) => html`: it says to come from <span dir="auto">${sender}</span>`)}. It changes nothing until you say so.</p>`;
  return html`<li class="entry" id="answer-${answer.id}">
    <p class="meta"><span class="tag">${KIND_NAMES[answer.kind]}</span> ${moment(answer.receivedAt, view)}, ${cameBy(answer)}</p>
    ${answer.state === "unverified" ? doubt : nothing}${said(answer, view, bothVersions(answer, view))}${acts(answer, view)}</li>`;
}

function group(title: Html, answers: readonly Answer[], view: View): Html {
  if (answers.length === 0) return nothing;
  return html`<h2>${title}</h2><ul class="entries">${each(answers, (answer) => entry(answer, view))}</ul>`;
}

/** The page that the other person can open about this meeting now, if there is one, and how it is closed. */
export async function openPageSection(c: WebContext, meeting: Meeting, person: Person): Promise<Html> {
  const { owner, database } = c.get("caller");
  const { now } = c.get("surroundings");
  const link = await openLinkOf(database.reader, owner, now, meeting.id);
  if (!link) return nothing;
  const name = firstName(person.name);
  const view: View = { meeting, name, now, ledger: new Map() };
  return html`<h2>The page for <bdi>${name}</bdi></h2>
    <p>The link in your mail opens a page on which <bdi>${name}</bdi> can answer, until ${moment(link.expiresAt, view)}.</p>
    ${actionButton(`/meetings/${meeting.id}/link/${link.id}/revocation`, "Close this page")}`;
}

/** What the other person said about a meeting, before and after it, each with what can be done with it. */
export async function answersSection(c: WebContext, meeting: Meeting, person: Person): Promise<Html> {
  const caller = c.get("caller");
  const answers = await answersOf(caller.database.reader, caller.owner, meeting.id);
  if (answers.length === 0) return nothing;
  const { mine, theirs } = await call(caller, listCommitments, { personId: person.id });
  const ledger = new Map([...mine, ...theirs].map((one) => [one.id, one]));
  const view: View = { meeting, name: firstName(person.name), now: c.get("surroundings").now, ledger };
  const isBefore = (answer: Answer): boolean => answer.receivedAt < meeting.startsAt;
  const from = html`From <bdi>${view.name}</bdi>, `;
  return html`<section id="answers" aria-label="What ${view.name} said">
    ${group(html`${from}before the meeting`, answers.filter(isBefore), view)}
    ${group(
      html`${from}after the meeting`,
      answers.filter((answer) => !isBefore(answer)),
      view,
    )}</section>`;
}

/** For the start page: a line for each meeting with something that waits. */
export async function answersNotice(c: WebContext): Promise<Html> {
  const caller = c.get("caller");
  const waiting = await waitingAnswers(caller.database.reader, caller.owner);
  if (waiting.length === 0) return nothing;
  const { people } = await call(caller, listPeople, {});
  const nameOf = (id: string): string => firstName(people.find((one) => one.id === id)?.name ?? "");
  return html`<h2>Answers to you</h2><ul class="entries">${each(
    waiting,
    ({ meetingId, personId, count }) =>
      html`<li class="entry"><p><a href="/meetings/${meetingId}#answers"><bdi>${nameOf(personId)}</bdi> said something: ${count === 1 ? "one line waits" : `${count} lines wait`} for you</a></p></li>`,
  )}</ul>`;
}
