import { dayIn, longDay, shortDay, shortMoment } from "../../lib/dates.ts";
import { firstName } from "../../lib/text.ts";
import { call } from "../../platform/operation.ts";
import { actionButton, button, form, selectField, textField } from "../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../surfaces/web/kit/html.ts";
import { page } from "../../surfaces/web/kit/page.ts";
import { type Surroundings, type WebContext, type WebRoutes, webRoutes } from "../../surfaces/web/kit/web.ts";
import { answersNotice } from "../answers/index.ts";
import { waitsNotice } from "../blindspots/index.ts";
import type { LedgerEntry } from "../commitments/index.ts";
import type { Delivery } from "../delivery/index.ts";
import { captureKinds, kindLabels } from "../journal/index.ts";
import { capturedNotice } from "../record/index.ts";
import { showToday } from "./operations.ts";
import type { ComingMeeting, PastMeeting, Today } from "./schema.ts";

const SHOWN_PROMISES = 5;

type Place = Pick<Surroundings, "zone" | "now">;

function moment(at: string, zone: string, { now }: Place): Html {
  return html`<time datetime="${at}">${shortMoment(Temporal.Instant.from(at), zone, dayIn(zone, now).year)}</time>`;
}

function dayWord(at: Temporal.Instant, zone: string, now: Temporal.Instant): string {
  const days = dayIn(zone, now).until(dayIn(zone, at), { largestUnit: "days" }).days;
  if (days === 0) return "today";
  return days === 1 ? "tomorrow" : `in ${days} days`;
}

function agendaLine(next: ComingMeeting, place: Place): Html {
  const { meeting, delivery } = next;
  const hour = moment(next.goesOutAt, meeting.zone, place);
  if (delivery?.sentAt) return html`<p>The agenda went out ${hour}.</p>`;
  if (delivery?.way === "smtp") return html`<p>The agenda is approved and goes out ${hour}.</p>`;
  if (delivery && Temporal.Instant.compare(Temporal.Instant.from(next.goesOutAt), place.now) <= 0)
    return html`<p>The agenda is approved and waits for you to send it.</p>`;
  if (delivery) return html`<p>The agenda is approved. Send it ${hour}; you are reminded here.</p>`;
  if (next.isOn) return nothing;
  return next.late
    ? html`<p>A day ahead is no longer possible, so the agenda goes out as soon as you approve it.</p>`
    : html`<p>The agenda goes out by ${hour}, 24 hours ahead.</p>`;
}

function missingList({ missing, delivery, preparation }: ComingMeeting): Html {
  if (delivery) return nothing;
  if (preparation === "ready") return html`<p>The preparation is ready; the mail waits for your approval.</p>`;
  if (missing.length === 0) return html`<p>Nothing is missing. Say that it is ready when it is.</p>`;
  const [only, ...others] = missing;
  if (only !== undefined && others.length === 0)
    return html`<p>Before it can go out: ${only.charAt(0).toLowerCase()}${only.slice(1)}</p>`;
  return html`<p>Before it can go out:</p><ul>${each(missing, (one) => html`<li>${one}</li>`)}</ul>`;
}

/** `said` is where the sentence on top leads already: the same button is not shown twice. */
function nextSection(next: ComingMeeting | null, place: Place, said: string): Html {
  if (!next)
    return html`<h2>Next 1:1</h2><p class="hint">None is planned. A series with a weekday and an hour makes every later step easier: <a href="/people">see your people</a>, or <a href="/calendar">take it from your calendar</a>.</p>`;
  const { meeting } = next;
  const path = `/meetings/${meeting.id}`;
  const canPrepare = !next.isOn && !next.delivery && said !== `${path}/prepare`;
  const nearness = next.isOn ? "now" : dayWord(Temporal.Instant.from(meeting.startsAt), meeting.zone, place.now);
  return html`<h2>Next 1:1</h2>
    <p><a href="${path}"><span dir="auto">${next.personName}</span>, ${moment(meeting.startsAt, meeting.zone, place)}</a> (${nearness}), ${meeting.minutes} minutes</p>
    ${agendaLine(next, place)}${missingList(next)}
    <p class="actions">${canPrepare ? html`<a class="button quiet" href="${path}/prepare">Prepare</a> ` : nothing}<a href="${path}">Open the meeting</a> <a href="/people/${meeting.personId}/known">What <bdi>${firstName(next.personName)}</bdi> cannot know</a></p>`;
}

const MAIL_STATES: Partial<Record<Delivery["state"], string>> = {
  unknown: "It is not certain that it arrived",
  failed: "It could not be sent",
  missed: "Its hour passed before it could be sent",
  held: "The meeting moved, or its hour is in doubt; it waits for your word",
};

function mailLine(mail: Delivery, said: string): Html {
  return html`<li class="entry"><p>${said}: <a href="/deliveries/${mail.id}">${mail.kind} to <span dir="auto">${mail.toName}</span></a></p></li>`;
}

/** The mails beside the one that the sentence on top is about. */
function mailSection(today: Today): Html {
  const isOther = (mail: Delivery): boolean => today.now.href !== `/deliveries/${mail.id}`;
  const byHand = today.byHand.filter(isOther);
  const trouble = today.trouble.filter(isOther);
  if (byHand.length + trouble.length === 0) return nothing;
  return html`<h2>Mails that wait for you</h2>
    <ul class="entries">${each(trouble, (mail) => mailLine(mail, MAIL_STATES[mail.state] ?? "It waits for your word"))}
    ${each(byHand, (mail) => mailLine(mail, "It is time to send"))}</ul>`;
}

function pastTitle(past: PastMeeting, place: Place): Html {
  return html`<a href="/meetings/${past.meetingId}"><span dir="auto">${past.personName}</span>, ${moment(past.startsAt, past.zone, place)}</a>`;
}

function unansweredSection({ unanswered }: Today, place: Place): Html {
  if (unanswered.length === 0) return nothing;
  return html`<h2>Did it happen?</h2>
    <ul class="entries">${each(
      unanswered,
      (past) => html`<li class="entry"><p>${pastTitle(past, place)}</p>
        <div class="actions">${actionButton(`/meetings/${past.meetingId}/recap/start`, "It took place: write the recap")}
        ${actionButton(`/meetings/${past.meetingId}/answer`, "It did not happen", { fields: { happened: "no", return: "/" } })}</div></li>`,
    )}</ul>`;
}

/** The recaps beside the one that the sentence on top is about. */
function recapSection(today: Today, place: Place): Html {
  const recapsDue = today.recapsDue.filter((recap) => today.now.href !== `/meetings/${recap.meetingId}/recap`);
  if (recapsDue.length === 0) return nothing;
  return html`<h2>Recaps to write</h2>
    <ul class="entries">${each(
      recapsDue,
      (recap) => html`<li class="entry"><p>${pastTitle(recap, place)}</p>
        <p class="meta">Helps most by ${moment(recap.dueAt, recap.zone, place)}. <a href="/meetings/${recap.meetingId}/recap">Write it, or keep it without sending</a></p></li>`,
    )}</ul>`;
}

/** An energy asks for a number as well, so it has its place on the whole form. */
const QUICK_KINDS = captureKinds.filter((kind) => kind !== "energy");

function captureSection(): Html {
  return html`<h2 id="capture">Note something</h2>
    ${form(
      "/journal",
      html`<input type="hidden" name="return" value="/">
      ${textField({ name: "text", label: "What happened", hint: "One line, yours alone until you choose it.", required: true })}
      ${selectField({ name: "kind", label: "Kind", value: "win", choices: QUICK_KINDS.map((value) => ({ value, label: kindLabels[value] })) })}
      <div class="actions">${button("Note it")}</div>`,
      { label: "Note something", draft: "today-capture", className: "quick" },
    )}`;
}

function promise(entry: LedgerEntry, names: ReadonlyMap<string, string>, place: Place): Html {
  const today = dayIn(place.zone, place.now);
  const due = entry.dueOn
    ? html`by <time datetime="${entry.dueOn}">${shortDay(Temporal.PlainDate.from(entry.dueOn), today.year)}</time>`
    : html`no date agreed`;
  const past =
    entry.overdueDays > 0
      ? html`, <span class="badge">${entry.overdueDays === 1 ? "1 day" : `${entry.overdueDays} days`} past</span>`
      : nothing;
  return html`<li class="entry"><p dir="auto"><a href="/commitments/${entry.id}">${entry.text}</a></p>
    <p class="meta">${when(names.get(entry.personId), (name) => html`<span dir="auto">${name}</span>, `)}${due}${past}</p></li>`;
}

function ledger(title: string, entries: readonly LedgerEntry[], names: ReadonlyMap<string, string>, place: Place): Html {
  if (entries.length === 0) return nothing;
  const more = entries.length - SHOWN_PROMISES;
  return html`<h3>${title}</h3>
    <ul class="entries">${each(entries.slice(0, SHOWN_PROMISES), (entry) => promise(entry, names, place))}</ul>
    ${more > 0 ? html`<p><a href="/commitments">${more} more</a></p>` : nothing}`;
}

/** One's own promises first: whoever keeps theirs may ask about the other side's (S47). */
function promiseSection({ open, people }: Today, place: Place): Html {
  const names = new Map(people.map((one) => [one.id, one.name]));
  if (open.mine.length + open.theirs.length === 0) {
    return html`<h2>Open commitments</h2><p class="hint">None. What you and your manager promise each other in a recap is kept here, with its day, until it is kept or dropped.</p>`;
  }
  return html`<h2>Open commitments</h2>${ledger("Mine", open.mine, names, place)}${ledger("Theirs", open.theirs, names, place)}`;
}

async function todayPage(c: WebContext): Promise<Response> {
  const place = c.get("surroundings");
  const today = await call(c.get("caller"), showToday, {});
  const { now } = today;
  const date = dayIn(place.zone, place.now);
  const body = html`${capturedNotice(c)}<p class="meta"><time datetime="${date.toString()}">${longDay(date)}</time></p>
    <p class="lede">${now.text}</p>
    <p class="actions"><a class="button" href="${now.href}">${now.label}</a></p>
    ${mailSection(today)}
    ${await answersNotice(c)}
    ${nextSection(today.next, place, now.href)}
    ${captureSection()}
    ${await waitsNotice(c)}
    ${unansweredSection(today, place)}
    ${recapSection(today, place)}
    ${promiseSection(today, place)}`;
  return page(c, { title: "Today", section: "today", body });
}

/** The start page. Newcomers never see it: the welcome pages are mounted before it and take them in. */
export function todayPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/", todayPage);
  return routes;
}
