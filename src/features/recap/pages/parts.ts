import { dayIn, shortMoment } from "../../../lib/dates.ts";
import { call } from "../../../platform/operation.ts";
import { actionButton } from "../../../surfaces/web/kit/form.ts";
import { type Html, html } from "../../../surfaces/web/kit/html.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { type Meeting, showMeeting } from "../../meetings/index.ts";
import { type Person, showPerson } from "../../people/index.ts";
import { partTitle } from "../rules.ts";
import { noteParts } from "../schema.ts";

/** The meeting that a page is about, with the person it is with. */
export interface Talk {
  readonly meeting: Meeting;
  readonly person: Person;
}

export async function talkOf(c: WebContext): Promise<Talk> {
  const caller = c.get("caller");
  const meeting = await call(caller, showMeeting, { id: c.req.param("id") ?? "" });
  return { meeting, person: await call(caller, showPerson, { id: meeting.personId }) };
}

/** "Tue 3 Mar, 10:00" in the meeting's zone, as a <time>. */
export function moment(at: string, zone: string, now: Temporal.Instant): Html {
  return html`<time datetime="${at}">${shortMoment(Temporal.Instant.from(at), zone, dayIn(zone, now).year)}</time>`;
}

/** What a note can be, in the words of the page. */
export function noteChoices(personName: string): { value: string; label: string }[] {
  const single = { note: "Just a note", decision: "Decision", my_action: "My action", open_question: "Open question" };
  return noteParts.map((part) => ({
    value: part,
    label: part === "manager_commitment" ? partTitle(part, personName).replace(/s$/u, "") : single[part],
  }));
}

/** The question after a meeting's hour. Saying yes opens the recap; saying no carries everything over and sends nothing. */
export function didItHappen(meetingId: string): Html {
  return html`<div class="actions">${actionButton(`/meetings/${meetingId}/recap/start`, "It took place: write the recap", { kind: "primary" })}
    ${actionButton(`/meetings/${meetingId}/answer`, "It did not happen", { fields: { happened: "no", return: `/meetings/${meetingId}` } })}</div>`;
}
