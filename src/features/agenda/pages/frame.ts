import { dayIn, shortMoment } from "../../../lib/dates.ts";
import { call } from "../../../platform/operation.ts";
import { attributes } from "../../../surfaces/web/kit/attributes.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { type Meeting, showMeeting } from "../../meetings/index.ts";
import { type Person, showPerson } from "../../people/index.ts";
import { openAgenda } from "../operations/opening.ts";
import { showAgenda } from "../operations/reading.ts";
import { preparationTimes } from "../operations/timing.ts";
import { emptyHanded } from "../rules/items.ts";
import { type Agenda, type Step, steps } from "../schema.ts";
import { timeSpent } from "../rules/time.ts";
import { usualTime } from "../rules/usual-time.ts";
import { managerName, stepWords } from "./words.ts";

/** What every page of a preparation is about. */
export interface Preparation {
  readonly meeting: Meeting;
  readonly person: Person;
  readonly agenda: Agenda;
  readonly now: Temporal.Instant;
}

export function meetingId(c: WebContext): string {
  return c.req.param("id") ?? "";
}

/** A preparation that was started is opened on every visit, so that what was promised or kept since is in it or gone. */
export async function preparationOf(c: WebContext): Promise<Preparation> {
  const caller = c.get("caller");
  const { now } = c.get("surroundings");
  const meeting = await call(caller, showMeeting, { id: meetingId(c) });
  const person = await call(caller, showPerson, { id: meeting.personId });
  const shown = await call(caller, showAgenda, { meetingId: meeting.id });
  const canOpen = shown.startedAt !== null && meeting.state !== "cancelled";
  const agenda = canOpen ? await call(caller, openAgenda, { meetingId: meeting.id }) : shown;
  return { meeting, person, agenda, now };
}

export function isStep(name: string): name is Step {
  return (steps as readonly string[]).includes(name);
}

export function stepPath(id: string, step: Step): string {
  return `/meetings/${id}/prepare/${step}`;
}

export function neighbour(step: Step, by: 1 | -1): Step | undefined {
  return steps[steps.indexOf(step) + by];
}

/** "Thu 12 Mar, 10:00" with whom, and how long: under the heading of every page. */
export function meetingLine({ meeting, person, now }: Preparation): Html {
  const year = dayIn(meeting.zone, now).year;
  const when_ = shortMoment(Temporal.Instant.from(meeting.startsAt), meeting.zone, year);
  return html`<p class="meta"><a href="/meetings/${meeting.id}">1:1 with <bdi>${person.name}</bdi></a>, <time datetime="${meeting.startsAt}">${when_}</time>, ${meeting.minutes} minutes</p>`;
}

const STATE_MARKS: Readonly<Record<Agenda["steps"][number]["state"], Html>> = {
  prepared: html` <span class="badge" aria-hidden="true">✓</span><span class="visually-hidden">(on the agenda)</span>`,
  draft: html` <span class="badge">draft</span>`,
  empty: nothing,
};

export function stepList({ meeting, agenda }: Preparation, present?: Step): Html {
  return html`<nav class="actions" aria-label="Steps of the preparation">${each(
    agenda.steps,
    ({ step, state }) =>
      html`<a href="${stepPath(meeting.id, step)}"${step === present ? html` aria-current="step"` : nothing}>${stepWords[step].name}${STATE_MARKS[state]}</a> `,
  )}</nav>`;
}

/** What a person should know before anything else: the hour is near and nothing is prepared, or the slot is too short. */
export function notices({ agenda, meeting, person, now }: Preparation): Html {
  const ownCount = agenda.items.filter((item) => item.preparedAt !== null && item.carriedFrom === null).length;
  const isEmptyHanded = emptyHanded({ ownCount }, Temporal.Instant.from(meeting.startsAt), now);
  return html`${when(isEmptyHanded, () => html`<p class="warning">Less than a day is left and nothing of your own is on the agenda. The need alone is worth sending: it takes two minutes.</p>`)}
    ${when(agenda.waitsForEarlier, () => html`<p class="hint">You meet <bdi>${managerName(person.name)}</bdi> once more before this. What is open between you belongs to that talk first and comes here after it.</p>`)}`;
}

/**
 * Measured while somebody is at it; without JavaScript it says what is known. `carried` are seconds that the form of a preparation not yet
 * started takes along.
 */
export function timeLine({ meeting, agenda }: Preparation, carried = "0"): Html {
  const seconds = agenda.activeSeconds + (Number.parseInt(carried, 10) || 0);
  const address = agenda.startedAt === null ? undefined : `/meetings/${meeting.id}/prepare/time`;
  const isEmpty = agenda.items.length === 0;
  const facts = { id: "prepare-time", "data-seconds": seconds, "data-empty": isEmpty, "data-post": address };
  return html`<p class="meta"${attributes(facts)}>${timeSpent(seconds, isEmpty)}</p>`;
}

/** What preparing usually takes this person: shown to nobody else (S27). */
export async function usualTimeLine(c: WebContext): Promise<Html> {
  const sentence = usualTime(await call(c.get("caller"), preparationTimes, {}));
  return when(sentence, (text) => html`<p class="meta">${text}</p>`);
}
