import type { AppError } from "../../../lib/errors.ts";
import { dayIn } from "../../../lib/dates.ts";
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
  selectField,
  submit,
  textArea,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { comingMeetings, type Meeting, pastMeetings } from "../../meetings/index.ts";
import { listPeople, type Person } from "../../people/index.ts";
import { editSeed, openSeed, reopenSeed, restSeed, settleSeed } from "../operations/keeping.ts";
import { revisitSeed, takeBackMention } from "../operations/mentioning.ts";
import { showSeed, showSeedHistory } from "../operations/seeds.ts";
import { isSettled } from "../rules/seeds.ts";
import type { Mention, Seed } from "../schema.ts";
import { day, happeningWords, moment, nextAct, type Place, silence, stateWords } from "./words.ts";

interface View {
  readonly seed: Seed;
  readonly mentions: readonly Mention[];
  readonly people: readonly Person[];
  readonly next: Meeting | undefined;
  readonly past: readonly Meeting[];
  readonly place: Place;
}

/** A form that came back: which one, with what was typed into it. */
interface Back {
  readonly act: string;
  readonly values: FormValues;
  readonly error: AppError;
}

const OFFERED_TALKS = 8;

async function viewOf(c: WebContext, id: string): Promise<View> {
  const caller = c.get("caller");
  const { owner, database } = caller;
  const place = c.get("surroundings");
  const { seed, mentions } = await call(caller, showSeed, { id });
  const { people } = await call(caller, listPeople, {});
  const coming = await comingMeetings(database.reader, owner, place.now, OFFERED_TALKS, seed.personId);
  const next = coming.find(
    (one) => one.state === "planned" && Temporal.Instant.compare(Temporal.Instant.from(one.startsAt), place.now) > 0,
  );
  const past = await pastMeetings(database.reader, owner, place.now, { limit: OFFERED_TALKS, personId: seed.personId });
  return {
    seed,
    mentions,
    people,
    next,
    past: past.filter((one) => one.state !== "cancelled" && one.state !== "not_held"),
    place,
  };
}

/** What to do now: the line that would be said, and one button that puts it into the next preparation. */
function nextPart({ seed, next, place }: View): Html {
  if (isSettled(seed.state)) return nothing;
  const act = nextAct(seed);
  if (seed.waitsIn !== null) return html`<p>${act}</p>`;
  const bring = next
    ? actionButton(`/meetings/${next.id}/agenda/seeds`, "Put it into the next preparation", {
        fields: { seedId: seed.id },
        kind: seed.asksAgain ? "primary" : "quiet",
      })
    : html`<p class="hint">No 1:1 is planned. <a href="/people/${seed.personId}">Plan one</a>, and the line goes into its preparation with one click.</p>`;
  return html`${act === nothing ? nothing : html`<p>${act}</p>`}
    <blockquote dir="auto">${seed.line}</blockquote>
    ${when(next, ({ startsAt, zone }) => html`<p class="meta">Next 1:1: ${moment(startsAt, zone, place)}. You can change the line there; it stays a private draft until you put it on the agenda.</p>`)}
    <div class="actions">${bring}</div>`;
}

function mentionEntry(one: Mention, place: Place): Html {
  const where = when(one.meetingId, (id) => html`, <a href="/meetings/${id}">the 1:1</a>`);
  const canTakeBack = one.itemId === null || one.said !== "";
  return html`<li class="entry"><p class="meta">${one.saidOn === null ? "In a preparation, not said" : day(one.saidOn, place)}${where}</p>
    ${when(one.said, (said) => html`<p class="multiline" dir="auto">${said}</p>`)}
    ${canTakeBack ? html`<div class="actions">${actionButton(`/seeds/mentions/${one.id}/removal`, "Take this note back")}</div>` : nothing}</li>`;
}

function mentionForm({ seed, past, place }: View, values: FormValues, error: AppError | undefined): Html {
  const talks = past.map((one) => ({ value: one.id, label: `The 1:1 on ${one.localStart.slice(0, 10)}` }));
  return form(
    `/seeds/${seed.id}/mentions`,
    html`${textArea({ name: "heard", label: "What was said", value: values["heard"], rows: 2, error })}
    ${talks.length === 0 ? nothing : selectField({ name: "meetingId", label: "Where", value: values["meetingId"], error, choices: [{ value: "", label: "Outside of a 1:1" }, ...talks] })}
    ${textField({ name: "saidOn", label: "On", type: "date", value: values["saidOn"], error, hint: talks.length === 0 ? `Today, ${dayIn(place.zone, place.now).toString()}, if you leave it empty.` : "The day of the 1:1, or today, if you leave it empty." })}
    <div class="actions">${button("Note it", { kind: "quiet" })}</div>`,
    { label: "It was mentioned", draft: `seed mention ${seed.id}` },
  );
}

function openingForm({ seed }: View, values: FormValues, error: AppError | undefined): Html {
  return form(
    `/seeds/${seed.id}/opening`,
    html`${textArea({ name: "opening", label: "What opened", value: values["opening"] ?? seed.opening, rows: 2, error, hint: "Something concrete: a project that needs somebody, a date, a name." })}
    <div class="actions">${button(seed.opening === "" ? "Note the opening" : "Keep these words", { kind: "quiet" })}</div>`,
    { label: "An opening", draft: `seed opening ${seed.id}` },
  );
}

function outcomeForm({ seed }: View, values: FormValues, error: AppError | undefined): Html {
  return form(
    `/seeds/${seed.id}/outcome`,
    html`${radioGroup({
      name: "outcome",
      label: "What it became",
      value: values["outcome"],
      error,
      choices: [
        { value: "yes", label: "A yes" },
        { value: "no", label: "A no" },
      ],
    })}
    ${textArea({ name: "reason", label: "The reason given", value: values["reason"], rows: 2, error })}
    <div class="actions">${button("Note the answer", { kind: "quiet" })} ${button("Let it rest instead", { kind: "quiet", formaction: `/seeds/${seed.id}/rest` })}</div>`,
    { label: "Its answer", draft: `seed outcome ${seed.id}` },
  );
}

function wordsForm({ seed, people }: View, values: FormValues, error: AppError | undefined): Html {
  const choices = people
    .filter((one) => one.endedOn === null || one.id === seed.personId)
    .map((one) => ({ value: one.id, label: one.name }));
  return form(
    `/seeds/${seed.id}`,
    html`${textArea({ name: "text", label: "The wish", value: values["text"] ?? seed.text, rows: 2, error, required: true })}
    ${selectField({ name: "personId", label: "For whom", value: values["personId"] ?? seed.personId, error, choices, hint: "Somebody new has not heard it yet: it begins again with them." })}
    <div class="actions">${button("Keep these words", { kind: "quiet" })}</div>`,
    { label: "Its words", draft: `seed words ${seed.id}` },
  );
}

function settledPart({ seed }: View): Html {
  return html`${when(seed.reason, (reason) => html`<p class="multiline" dir="auto">${reason}</p>`)}
    <div class="actions">${actionButton(`/seeds/${seed.id}/reopening`, "Take it up again")}</div>`;
}

async function detailPage(c: WebContext, id: string, back?: Back): Promise<Response> {
  const view = await viewOf(c, id);
  const { seed, mentions, people, place } = view;
  const person = people.find((one) => one.id === seed.personId);
  const filled = (act: string) => [back?.act === act ? back.values : {}, back?.act === act ? back.error : undefined] as const;
  const living = html`<h2>It was mentioned</h2>${mentionForm(view, ...filled("mentions"))}
    <h2>Something opened</h2>${openingForm(view, ...filled("opening"))}
    <h2>Yes or no</h2>${outcomeForm(view, ...filled("outcome"))}`;
  const body = html`${errorSummary(back?.error)}
    <p class="quiet"><a href="/seeds">All seeds</a></p>
    <p class="lede" dir="auto">${seed.text}</p>
    <p class="meta"><span class="badge">${stateWords[seed.state]}</span>${when(person, ({ name }) => html`, with <a href="/people/${seed.personId}"><bdi>${name}</bdi></a>`)}. ${silence(seed, place)}</p>
    ${when(seed.opening, (opening) => html`<p class="multiline" dir="auto">${opening}${when(seed.openedOn, (on) => html` <span class="quiet">(${day(on, place)})</span>`)}</p>`)}
    ${nextPart(view)}
    ${isSettled(seed.state) ? settledPart(view) : nothing}
    ${when(mentions.length > 0, () => html`<h2>When it was mentioned</h2><ul class="entries">${each(mentions, (one) => mentionEntry(one, place))}</ul>`)}
    ${isSettled(seed.state) ? nothing : living}
    <h2>Its words</h2>${wordsForm(view, ...filled("words"))}
    <p><a href="/seeds/${seed.id}/history">Everything that happened to it</a></p>`;
  return page(c, { title: "A seed", section: "people", body, status: errorStatus(back?.error) });
}

async function historyPage(c: WebContext): Promise<Response> {
  const place = c.get("surroundings");
  const { seed, events } = await call(c.get("caller"), showSeedHistory, { id: c.req.param("id") ?? "" });
  const body = html`<p class="quiet"><a href="/seeds/${seed.id}">Back to the seed</a></p>
    <p class="lede" dir="auto">${seed.text}</p>
    <ul class="entries">${each(
      events,
      (
        one,
      ) => html`<li class="entry"><p class="meta">${day(one.happenedOn, place)}. ${happeningWords[one.happening]}${when(one.meetingId, (id) => html`, <a href="/meetings/${id}">the 1:1</a>`)}</p>
        ${when(one.note, (note) => html`<p class="multiline" dir="auto">${note}</p>`)}</li>`,
    )}</ul>`;
  return page(c, { title: "What happened to a seed", section: "people", body });
}

/** An act of the page of a seed that leads back to it. */
interface Act {
  readonly name: string;
  readonly notice: string;
  readonly run: (id: string, values: FormValues) => Pick<Parameters<typeof submit>[1], "operation" | "input">;
}

const acts: readonly Act[] = [
  {
    name: "mentions",
    notice: "Noted.",
    run: (id, { heard: said = "", meetingId = "", saidOn = "" }) => ({
      operation: revisitSeed,
      input: { id, said, meetingId, saidOn },
    }),
  },
  {
    name: "opening",
    notice: "Noted. What opened goes into the line for the next talk.",
    run: (id, { opening = "" }) => ({ operation: openSeed, input: { id, opening } }),
  },
  {
    name: "outcome",
    notice: "Noted.",
    run: (id, { outcome, reason = "" }) => ({ operation: settleSeed, input: { id, outcome, reason } }),
  },
  {
    name: "rest",
    notice: "It rests, and asks for nothing.",
    run: (id, { reason = "" }) => ({ operation: restSeed, input: { id, note: reason } }),
  },
  { name: "reopening", notice: "It grows again.", run: (id) => ({ operation: reopenSeed, input: { id } }) },
];

/** /seeds/:id: one wish, when it was mentioned, what became of it. */
export function detailPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/seeds/:id", (c) => detailPage(c, c.req.param("id")));
  routes.get("/seeds/:id/history", historyPage);
  routes.post("/seeds/:id", async (c) => {
    const id = c.req.param("id");
    const values = await readForm(c);
    const { text = "", personId } = values;
    return submit(c, {
      operation: editSeed,
      input: { id, text, ...(personId ? { personId } : {}) },
      done: () => `/seeds/${id}`,
      notice: "The new words are kept.",
      again: (error) => detailPage(c, id, { act: "words", values, error }),
    });
  });
  for (const { name, notice, run } of acts)
    routes.post(`/seeds/:id/${name}`, async (c) => {
      const id = c.req.param("id") ?? "";
      const values = await readForm(c);
      return submit(c, {
        ...run(id, values),
        done: () => `/seeds/${id}`,
        notice,
        again: (error) => detailPage(c, id, { act: name === "rest" ? "outcome" : name, values, error }),
      });
    });
  routes.post("/seeds/mentions/:mentionId/removal", async (c) =>
    submit(c, {
      operation: takeBackMention,
      input: { mentionId: c.req.param("mentionId") },
      done: ({ seed }) => `/seeds/${seed.id}`,
      notice: "Taken back.",
      again: (error) => {
        throw error;
      },
    }),
  );
  return routes;
}
