import { clockTime, shortDay } from "../../../lib/dates.ts";
import { type FormError, type FormValues, selectField, textField } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { rhythmLine } from "../rules/rhythm.ts";
import type { CancelReason, Meeting, Series, SeriesRule } from "../schema.ts";

const reasons: Record<CancelReason, string> = {
  cancelled: "Cancelled",
  holiday: "Days off",
  paused: "Paused",
  ended: "Series ended",
  calendar: "Cancelled",
};

/** The state of a meeting in a word; nothing for one that simply stands. */
export function stateWord(meeting: Meeting): string {
  if (meeting.state === "held") return "Held";
  if (meeting.state === "not_held") return "Did not happen";
  if (meeting.state === "cancelled") return reasons[meeting.cancelReason ?? "cancelled"];
  return meeting.movedAt === null ? "" : "Moved";
}

/** "Tue 10 Mar, 10:00" in the meeting's own zone, named when it is not the owner's. */
export function whenLine(meeting: Meeting, zone: string, thisYear: number): Html {
  const agreed = Temporal.PlainDateTime.from(meeting.localStart);
  const words = `${shortDay(agreed.toPlainDate(), thisYear)}, ${clockTime(agreed.toPlainTime())}`;
  return html`<time datetime="${meeting.startsAt}">${words}</time>${when(meeting.zone !== zone, () => html` <span class="quiet">${meeting.zone}</span>`)}`;
}

export interface TableView {
  readonly caption: string;
  /** Whom each meeting is with, by id; left out on the page of one person. */
  readonly names?: ReadonlyMap<string, string>;
  readonly zone: string;
  readonly thisYear: number;
}

function tableRow(meeting: Meeting, view: TableView): Html {
  return html`<tr>
    <td><a href="/meetings/${meeting.id}">${whenLine(meeting, view.zone, view.thisYear)}</a>${when(stateWord(meeting), (word) => html` <span class="badge">${word}</span>`)}${when(meeting.clockNote, (note) => html`<br><span class="hint">${note}</span>`)}</td>
    ${when(view.names, (names) => html`<td dir="auto">${names.get(meeting.personId) ?? ""}</td>`)}
    <td class="num">${meeting.minutes} min</td>
    <td><a href="/meetings/${meeting.id}/move">Change<span class="visually-hidden"> the meeting on ${meeting.localStart.slice(0, 10)}</span></a></td>
  </tr>`;
}

export function meetingTable(meetings: readonly Meeting[], view: TableView): Html {
  if (meetings.length === 0) return nothing;
  return html`<table>
    <caption class="visually-hidden">${view.caption}</caption>
    <thead><tr><th scope="col">When</th>${when(view.names, () => html`<th scope="col">With</th>`)}<th scope="col" class="num">Length</th><th scope="col"><span class="visually-hidden">Change</span></th></tr></thead>
    <tbody>${each(meetings, (meeting) => tableRow(meeting, view))}</tbody>
  </table>`;
}

const RHYTHMS = [1, 2, 3, 4].map((weeks) => ({
  value: String(weeks),
  label: weeks === 1 ? "Every week" : `Every ${weeks} weeks`,
}));

/** Every zone that this runtime knows, for the browser to complete what is typed. */
export function zoneList(): Html {
  return html`<datalist id="zones">${Intl.supportedValuesOf("timeZone").map((zone) => html`<option value="${zone}"></option>`)}</datalist>`;
}

export function zoneField(value: string | undefined, error: FormError, hint: string): Html {
  return textField({ name: "zone", label: "Time zone", value, error, required: true, list: "zones", autocomplete: "off", hint });
}

/** The fields of a series, for every form about one. */
export function seriesFields(
  values: FormValues,
  error: FormError,
  firstDay: { readonly label: string; readonly hint: string },
): Html {
  return html`
    ${textField({ name: "startsOn", label: firstDay.label, type: "date", value: values["startsOn"], error, required: true, hint: firstDay.hint })}
    ${textField({ name: "time", label: "Starts at", type: "time", value: values["time"], error, required: true })}
    ${textField({ name: "minutes", label: "Length in minutes", type: "number", min: 15, max: 60, value: values["minutes"], error, required: true, hint: "Between 15 and 60." })}
    ${selectField({ name: "everyWeeks", label: "How often", value: values["everyWeeks"], error, choices: RHYTHMS })}
    ${zoneField(values["zone"], error, "The place whose clock counts, such as Europe/Berlin. The meeting keeps this local time when clocks change.")}
    ${zoneList()}`;
}

/** What a posted series form says. Numbers and days are checked by the operation, so that each message stands beside its field. */
export function seriesInput(values: FormValues): {
  startsOn: string;
  time: string;
  zone: string;
  minutes: string;
  everyWeeks: string;
} {
  const text = (name: string): string => values[name] ?? "";
  // Some browsers send seconds.
  return {
    startsOn: text("startsOn"),
    time: text("time").slice(0, 5),
    zone: text("zone"),
    minutes: text("minutes"),
    everyWeeks: text("everyWeeks"),
  };
}

export function seriesValues(rule: SeriesRule, startsOn: string): FormValues {
  return { startsOn, time: rule.time, zone: rule.zone, minutes: String(rule.minutes), everyWeeks: String(rule.everyWeeks) };
}

function day(on: string): Html {
  return html`<time datetime="${on}">${shortDay(Temporal.PlainDate.from(on), 0)}</time>`;
}

/** The rhythm of a series in words: what holds now, what is agreed for later, pauses and the end. */
export function seriesSummary(series: Series, today: string, zone: string): Html {
  const present = series.rules.findLast((rule) => rule.fromOn <= today) ?? series.rules[0];
  if (!present) return nothing;
  const later = series.rules.filter((rule) => rule.fromOn > today && rule !== present);
  const pauses = series.pauses.filter((pause) => pause.untilOn === null || pause.untilOn >= today);
  const place = (rule: SeriesRule): string => (rule.zone === zone ? "" : `, ${rule.zone}`);
  return html`<p>${rhythmLine(present)}${place(present)}, ${present.minutes} minutes${present.firstOn > today ? html`, from ${day(present.firstOn)}` : nothing}.</p>
    ${each(later, (rule) => html`<p class="quiet">From ${day(rule.firstOn)}: ${rhythmLine(rule)}${place(rule)}, ${rule.minutes} minutes.</p>`)}
    ${each(pauses, (pause) => html`<p class="quiet">Paused from ${day(pause.fromOn)} ${pause.untilOn === null ? "until you resume it" : html`to ${day(pause.untilOn)}`}.</p>`)}
    ${when(series.endedOn, (on) => html`<p class="quiet">The last day is ${day(on)}.</p>`)}`;
}
