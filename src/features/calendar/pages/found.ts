import { dayIn, shortMoment } from "../../../lib/dates.ts";
import { firstName } from "../../../lib/text.ts";
import { call } from "../../../platform/operation.ts";
import {
  actionButton,
  button,
  form,
  type FormError,
  type FormValues,
  radioGroup,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { listPeople } from "../../people/index.ts";
import { listCalendarFollowings } from "../operations/confirming.ts";
import { listCandidates, listDismissed, listTitleRules } from "../operations/finding.ts";
import type { Candidate, Following, TitleRule } from "../schema/following.ts";
import type { Place } from "./words.ts";

/** A date in the zone of its event, which is named where it is not the owner's. */
export function eventMoment(at: string, zone: string, place: Place): Html {
  const words = shortMoment(Temporal.Instant.from(at), zone, dayIn(place.zone, place.now).year);
  return html`<time datetime="${at}">${words}</time>${zone === place.zone ? nothing : html` <span class="quiet">${zone}</span>`}`;
}

const reference = ({ sourceId, seriesKey }: Candidate): Record<string, string> => ({ sourceId, seriesKey });

/** The page on which somebody else is named for an event. */
function whoPath({ sourceId, seriesKey }: Candidate): string {
  return `/calendar/confirmations/new?${new URLSearchParams({ source: sourceId, event: seriesKey }).toString()}`;
}

function confirmButton(candidate: Candidate): Html {
  const { name, email, personId } = candidate;
  if (name === null) return html`<a class="button" href="${whoPath(candidate)}">Yes, this is my 1:1</a>`;
  const who: Record<string, string> = personId === null ? { name, ...(email === null ? {} : { email }) } : { personId };
  return html`${actionButton("/calendar/confirmations", `Yes, this is my 1:1 with ${firstName(name)}`, { kind: "primary", fields: { ...reference(candidate), ...who } })}
    <a href="${whoPath(candidate)}">With somebody else<span class="visually-hidden">: ${candidate.title}</span></a>`;
}

function candidateEntry(candidate: Candidate, place: Place): Html {
  const { title, name, email, reasons, rhythm, nextStartAt, zone, minutes } = candidate;
  const said = reasons.filter((one) => !one.startsWith("repeats "));
  return html`<li class="entry">
    <p dir="auto">${title === "" ? "Without a title" : title}</p>
    <p class="meta">${when(name, (called) => html`with <bdi>${called}</bdi>${when(email, (address) => html` &lt;${address}&gt;`)}, `)}${rhythm}, ${minutes} minutes${when(nextStartAt, (at) => html`, next ${eventMoment(at, zone, place)}`)}</p>
    ${said.length > 0 ? html`<p class="hint">Why: ${said.join("; ")}.</p>` : nothing}
    <div class="actions">${confirmButton(candidate)} ${actionButton("/calendar/dismissals", "Not a 1:1", { fields: reference(candidate) })}</div>
  </li>`;
}

function candidateSection(candidates: readonly Candidate[], place: Place): Html {
  const likely = candidates.filter((one) => one.isLikely);
  const others = candidates.filter((one) => !one.isLikely);
  const more = html`<ul class="entries">${each(others, (one) => candidateEntry(one, place))}</ul>`;
  const words = others.length === 1 ? "One more that might be a 1:1" : `${others.length} more that might be 1:1s`;
  return html`<section aria-labelledby="candidates">
    <h2 id="candidates">Which of these are your 1:1s?</h2>
    ${likely.length === 0 ? html`<p class="hint">Nothing in your calendar looks like a 1:1 for certain.</p>` : html`<ul class="entries">${each(likely, (one) => candidateEntry(one, place))}</ul>`}
    ${others.length === 0 ? nothing : html`<details${likely.length === 0 ? html` open` : nothing}><summary>${words}</summary>${more}</details>`}
  </section>`;
}

function followingEntry(following: Following, names: ReadonlyMap<string, string>, place: Place): Html {
  const { id, title, personId, rhythm, nextStartAt, nextMeetingId, zone, doubtedZone } = following;
  const next =
    nextStartAt === null || zone === null
      ? html`, no date to come`
      : html`, next <a href="/meetings/${nextMeetingId ?? ""}">${eventMoment(nextStartAt, zone, place)}</a>`;
  return html`<li class="entry">
    <p><a href="/people/${personId}" dir="auto">${names.get(personId) ?? ""}</a></p>
    <p class="meta">${rhythm}${next}. <bdi>${title}</bdi></p>
    ${when(doubtedZone, (unknown) => html`<p class="warning">It names the time zone “<bdi>${unknown}</bdi>”, which nobody knows. Until you have looked, nothing goes out by itself. <a href="/meetings/${nextMeetingId ?? ""}">Look at the hour</a></p>`)}
    <p><a href="/calendar/followings/${id}">How it follows, and how to stop<span class="visually-hidden">: ${title}</span></a></p>
  </li>`;
}

function followingSection(followings: readonly Following[], names: ReadonlyMap<string, string>, place: Place): Html {
  if (followings.length === 0) return nothing;
  return html`<section aria-labelledby="followings">
    <h2 id="followings">1:1s that follow your calendar</h2>
    <ul class="entries">${each(followings, (one) => followingEntry(one, names, place))}</ul>
  </section>`;
}

const VERDICTS = [
  { value: "never", label: "Never a 1:1" },
  { value: "always", label: "Always a 1:1" },
];

function ruleEntry({ id, phrase, verdict }: TitleRule): Html {
  return html`<li class="entry"><p>${verdict === "never" ? "Never" : "Always"}: <bdi>${phrase}</bdi></p>
    ${actionButton(`/calendar/title-rules/${id}/removal`, "Forget this")}</li>`;
}

interface Corrections {
  readonly rules: readonly TitleRule[];
  readonly dismissed: readonly { readonly sourceId: string; readonly seriesKey: string; readonly title: string }[];
  readonly error?: FormError;
  readonly values?: FormValues;
}

/** What the owner corrected: words in titles, and single events. */
function correctionSection({ rules, dismissed, error, values = {} }: Corrections): Html {
  const open = error !== undefined;
  return html`<details${open ? html` open` : nothing}><summary>Say what is a 1:1, and what is not</summary>
    <p class="hint">Words that you name here count from now on, in every calendar.</p>
    ${rules.length === 0 ? nothing : html`<ul class="entries">${each(rules, ruleEntry)}</ul>`}
    ${form(
      "/calendar/title-rules",
      html`${textField({ name: "phrase", label: "Words in the title", value: values["phrase"], error, required: true, autocomplete: "off" })}
      ${radioGroup({ name: "verdict", label: "Such an event is", value: values["verdict"] ?? "never", choices: VERDICTS, error })}
      <div class="actions">${button("Remember this", { kind: "quiet" })}</div>`,
      { label: "Words in titles" },
    )}
    ${
      dismissed.length === 0
        ? nothing
        : html`<p>You said that these are not 1:1s:</p><ul class="entries">${each(dismissed, ({ sourceId, seriesKey, title }) => html`<li class="entry"><p dir="auto">${title}</p>${actionButton("/calendar/dismissals/removal", "Offer it again", { fields: { sourceId, seriesKey } })}</li>`)}</ul>`
    }
  </details>`;
}

/** What was found in the calendars: 1:1s to confirm, those that are followed, and what was corrected. */
export async function foundSections(c: WebContext, tried: { error?: FormError; values?: FormValues } = {}): Promise<Html> {
  const caller = c.get("caller");
  const place = c.get("surroundings");
  const { candidates } = await call(caller, listCandidates, {});
  const { followings } = await call(caller, listCalendarFollowings, {});
  const { people } = await call(caller, listPeople, {});
  const { rules } = await call(caller, listTitleRules, {});
  const { dismissed } = await call(caller, listDismissed, {});
  const names = new Map(people.map((one) => [one.id, one.name]));
  return html`${candidates.length === 0 ? nothing : candidateSection(candidates, place)}
    ${followingSection(followings, names, place)}
    ${correctionSection({ rules, dismissed, ...tried })}`;
}
