import { actionButton } from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { Meeting, SeriesLead } from "../schema.ts";

/** Says that the hour of a meeting is a guess, and asks for the owner's word; nothing for any other meeting. */
export function hourDoubt(meeting: Meeting, back: string): Html {
  if (meeting.hourDoubtedAt === null || meeting.state === "held" || meeting.state === "not_held") return nothing;
  return html`<div class="warning">
    <p>Your calendar names a time zone that nobody knows, so this hour was read in ${meeting.zone}. Is it right? Until you say so, nothing goes out by itself for this series.</p>
    <div class="actions">${actionButton(`/meetings/${meeting.id}/hours`, "The hours are right", { kind: "primary", fields: { return: back } })}</div>
    <p class="hint">If they are wrong: set the zone of the event in your calendar. The next reading takes it over.</p>
  </div>`;
}

/** On the page where one meeting is moved: who leads. */
export function leadNotice(lead: SeriesLead | undefined): Html {
  if (!lead) return nothing;
  return html`<p class="notice">This meeting follows your calendar. You can move it here, but the calendar leads: its next reading sets the time again. What you cancel here stays cancelled.</p>`;
}

/** On the page of a person: the calendar's rhythm, and the way out. */
export function leadSection(lead: SeriesLead, personId: string): Html {
  return html`<p>Follows your <a href="/calendar">calendar</a>: ${lead.rhythm}.</p>
    ${when(lead.doubtedZone, (zone) => html`<p class="warning">It names the time zone “<bdi>${zone}</bdi>”, which nobody knows. Look at the next meeting and say whether its hour is right.</p>`)}
    <p class="hint">Moved, cancelled and put back there means moved, cancelled and put back here. If you stop following, the meetings stay as they are and go on at the same rhythm.</p>
    <div class="actions">${actionButton(`/people/${personId}/series/release`, "Stop following the calendar")} <a href="/people/${personId}/series/pause">End the series</a></div>`;
}
