import type { AppError } from "../../../lib/errors.ts";
import { firstName } from "../../../lib/text.ts";
import { call } from "../../../platform/operation.ts";
import {
  actionButton,
  button,
  errorStatus,
  errorSummary,
  form,
  type FormError,
  type FormValues,
  readForm,
  selectField,
  submit,
  textArea,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type Surroundings, type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { showPerson } from "../../people/index.ts";
import {
  deleteFromCard,
  editCard,
  noteOnCard,
  restoreToCard,
  showCard,
  showCardHistory,
  troublePreference,
} from "../operations/card.ts";
import { challengeAdvice, troubleSentence } from "../rules/card.ts";
import {
  type Card,
  cardCategories,
  type CardCategory,
  type CardEntry,
  type CardWording,
  channels,
  depths,
  timings,
} from "../schema.ts";
import { day, dayOf } from "./words.ts";

const CATEGORIES: Readonly<Record<CardCategory, string>> = {
  priorities: "What matters to them",
  pressures: "What presses on them",
  news: "How they like news, good and bad",
  other: "What else you know",
};

const empty = { value: "", label: "Not known" };
const TIMINGS = [
  empty,
  { value: "early", label: "Early, before there is a plan" },
  { value: "with_plan", label: "Once there is a plan" },
];
const CHANNELS = [
  empty,
  { value: "phone", label: "By phone" },
  { value: "in_person", label: "In person" },
  { value: "chat", label: "In a chat" },
  { value: "mail", label: "By mail" },
];
const DEPTHS = [
  empty,
  { value: "headline", label: "A headline" },
  { value: "short", label: "In short" },
  { value: "full", label: "All the details" },
];

function oneOf<T extends string>(values: readonly T[], typed: string | undefined): T | null {
  return values.find((value) => value === typed) ?? null;
}

/** The parts of a wording that its form has: the form about news has no category to choose, the other no preference. */
function wordingFrom(values: FormValues): CardWording {
  return {
    category: oneOf(cardCategories, values["category"]) ?? "other",
    text: values["text"] ?? "",
    timing: oneOf(timings, values["timing"]),
    channel: oneOf(channels, values["channel"]),
    depth: oneOf(depths, values["depth"]),
  };
}

function newsFields(name: string, values: FormValues, error: FormError, prefix: string): Html {
  const field = (one: string) => ({ name: one, id: `${prefix}${one}`, value: values[one], error });
  return html`<input type="hidden" name="category" value="news">
    ${selectField({ ...field("timing"), label: `When does ${name} want to hear of trouble?`, choices: TIMINGS })}
    ${selectField({ ...field("channel"), label: "How", choices: CHANNELS })}
    ${selectField({ ...field("depth"), label: "How much", choices: DEPTHS })}
    ${textArea({ ...field("text"), label: "In your words", rows: 2 })}`;
}

function otherFields(values: FormValues, error: FormError): Html {
  const choices = cardCategories.filter((one) => one !== "news").map((value) => ({ value, label: CATEGORIES[value] }));
  return html`${selectField({ name: "category", label: "It is about", value: values["category"], choices, error })}
    ${textArea({ name: "text", label: "What you know", value: values["text"], rows: 2, error, hint: "What they said or did, rather than what you make of it." })}`;
}

function wordingLines(person: string, wording: CardWording): Html {
  return html`${when(troubleSentence(person, wording), (sentence) => html`<p><bdi>${sentence}</bdi></p>`)}
    ${when(wording.text, (text) => html`<p class="multiline" dir="auto">${text}</p>`)}`;
}

function sourceLine(entry: CardEntry, place: Surroundings): Html {
  const on = day(entry.notedOn, place);
  if (entry.source === "typed")
    return html`${on}, noted by you. <a href="/people/${entry.personId}/card/${entry.id}">Change or take off</a>`;
  const from = entry.meetingId ? html`<a href="/meetings/${entry.meetingId}">an answer</a>` : html`an answer`;
  return html`${on}, from ${from}${when(entry.question, (question) => html` to “<span dir="auto">${question}</span>”`)}`;
}

function categoryPart(category: CardCategory, card: Card, person: string, place: Surroundings): Html {
  const entries = card.entries.filter((entry) => entry.category === category);
  if (entries.length === 0) return nothing;
  return html`<h2>${CATEGORIES[category]}</h2>
    <ul class="entries">${each(entries, (entry) => html`<li class="entry">${wordingLines(person, entry)}<p class="meta">${sourceLine(entry, place)}</p></li>`)}</ul>`;
}

function deletedPart({ deleted, personId }: Card, person: string): Html {
  if (deleted.length === 0) return nothing;
  return html`<details><summary>Taken off the card</summary><ul class="entries">${each(
    deleted,
    (entry) =>
      html`<li class="entry">${wordingLines(person, entry)}<div class="actions">${actionButton(`/people/${personId}/card/${entry.id}/restoration`, "Bring it back")}</div></li>`,
  )}</ul></details>`;
}

async function cardPage(c: WebContext, values: FormValues = {}, error?: AppError): Promise<Response> {
  const personId = c.req.param("id") ?? "";
  const person = await call(c.get("caller"), showPerson, { id: personId });
  const card = await call(c.get("caller"), showCard, { personId });
  const place = c.get("surroundings");
  const name = firstName(person.name);
  const action = `/people/${personId}/card`;
  const isNews = values["category"] === "news";
  const body = html`${errorSummary(error)}
    <p class="meta"><a href="/people/${personId}" dir="auto">${person.name}</a> · <a href="/people/${personId}/known">What <bdi>${name}</bdi> cannot know</a></p>
    <p class="lede">A busy person with pressures of their own. What you know of them helps you to put things so that they land. It never leaves this card.</p>
    ${card.entries.length === 0 ? html`<p class="hint">Nothing is here yet. What you learn from <bdi>${name}</bdi>’s answers collects here, and you can note things yourself.</p>` : nothing}
    ${cardCategories.map((category) => categoryPart(category, card, person.name, place))}
    <h2>When something goes wrong</h2>
    ${form(action, html`${newsFields(name, isNews ? values : {}, isNews ? error : undefined, isNews && error ? "" : "news-")}<div class="actions">${button("Note it", { kind: "quiet" })}</div>`, { label: "When something goes wrong" })}
    <h2>Something else</h2>
    ${isNews && error ? html`<p class="hint">First finish the form above.</p>` : form(action, html`${otherFields(values, error)}<div class="actions">${button("Note it", { kind: "quiet" })}</div>`, { label: "Something else", draft: `card ${personId}` })}
    ${deletedPart(card, person.name)}`;
  return page(c, { title: `What you know about ${name}`, section: "people", body, status: errorStatus(error) });
}

function history(revisions: readonly (CardWording & { writtenAt: string })[], person: string, place: Surroundings): Html {
  if (revisions.length === 0) return nothing;
  return html`<h2>Earlier wordings</h2><ul class="entries">${each(
    revisions,
    (one) => html`<li class="entry">${wordingLines(person, one)}<p class="meta">Written ${dayOf(one.writtenAt, place)}</p></li>`,
  )}</ul>`;
}

async function entryPage(c: WebContext, typed?: FormValues, error?: AppError): Promise<Response> {
  const personId = c.req.param("id") ?? "";
  const person = await call(c.get("caller"), showPerson, { id: personId });
  const { entry, revisions } = await call(c.get("caller"), showCardHistory, { id: c.req.param("entryId") ?? "" });
  const action = `/people/${personId}/card/${entry.id}`;
  const { category, text, timing, channel, depth } = entry;
  const values = typed ?? { category, text, timing: timing ?? "", channel: channel ?? "", depth: depth ?? "" };
  const fields = category === "news" ? newsFields(firstName(person.name), values, error, "") : otherFields(values, error);
  const present = html`${form(action, html`${fields}<div class="actions">${button("Keep this wording")}</div>`, { label: "Change it" })}
    <p class="hint">The earlier wording is kept below.</p>
    <div class="actions">${actionButton(`${action}/deletion`, "Take it off the card", { kind: "danger" })}</div>`;
  const gone = html`${wordingLines(person.name, entry)}<div class="actions">${actionButton(`${action}/restoration`, "Bring it back", { kind: "primary" })}</div>`;
  const body = html`${errorSummary(error)}${entry.deletedAt === null ? present : gone}
    ${history(revisions, person.name, c.get("surroundings"))}
    <p><a href="/people/${personId}/card">Back to the card</a></p>`;
  return page(c, { title: CATEGORIES[category], section: "people", body, status: errorStatus(error) });
}

async function note(c: WebContext): Promise<Response> {
  const personId = c.req.param("id") ?? "";
  const values = await readForm(c);
  return submit(c, {
    operation: noteOnCard,
    input: { personId, ...wordingFrom(values) },
    done: () => `/people/${personId}/card`,
    notice: "Noted on the card.",
    again: (error) => cardPage(c, values, error),
  });
}

async function change(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  return submit(c, {
    operation: editCard,
    input: { id: c.req.param("entryId") ?? "", ...wordingFrom(values) },
    done: () => `/people/${c.req.param("id")}/card`,
    notice: "The new wording is kept.",
    again: (error) => entryPage(c, values, error),
  });
}

/** /people/:id/card: what is known about a person, and where it came from (S15). Private. */
export function cardPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/people/:id/card", (c) => cardPage(c));
  routes.post("/people/:id/card", note);
  routes.get("/people/:id/card/:entryId", (c) => entryPage(c));
  routes.post("/people/:id/card/:entryId", change);
  for (const [way, operation, notice] of [
    ["deletion", deleteFromCard, "Taken off. You can bring it back."],
    ["restoration", restoreToCard, "It is back on the card."],
  ] as const)
    routes.post(`/people/:id/card/:entryId/${way}`, (c) =>
      submit(c, {
        operation,
        input: { id: c.req.param("entryId") },
        done: () => `/people/${c.req.param("id")}/card`,
        notice,
        again: (error) => entryPage(c, undefined, error),
      }),
    );
  return routes;
}

/** Beside a challenge that is being written: how this person wants to hear of trouble, when it is known (S44). Private: only its owner sees it. */
export async function troubleNote(c: WebContext, person: { readonly id: string; readonly name: string }): Promise<Html> {
  const { owner, database } = c.get("caller");
  const known = await troublePreference(database.reader, owner, person.id);
  if (!known) return nothing;
  const sentence = troubleSentence(person.name, known);
  return html`<aside class="hint" aria-label="How they like news">
    <p>${when(sentence, (text) => html`${text} `)}${when(known.text, (text) => html`${day(known.notedOn, c.get("surroundings"))}: “<span dir="auto">${text}</span>” `)}</p>
    <p>${challengeAdvice(known).join(" ")} <a href="/people/${person.id}/card">The card</a></p></aside>`;
}
