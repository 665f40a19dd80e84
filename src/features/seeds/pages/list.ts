import type { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import {
  button,
  errorStatus,
  errorSummary,
  form,
  type FormValues,
  readForm,
  selectField,
  submit,
  textArea,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { listPeople, type Person } from "../../people/index.ts";
import { plantSeed } from "../operations/keeping.ts";
import { listSeeds } from "../operations/seeds.ts";
import { isSettled } from "../rules/seeds.ts";
import type { Seed } from "../schema.ts";
import { nextAct, type Place, silence, stateWords } from "./words.ts";

function named(seed: Seed, people: readonly Person[]): Html {
  const person = people.find((one) => one.id === seed.personId);
  return when(person, ({ id, name }) => html`<a href="/people/${id}"><bdi>${name}</bdi></a>`);
}

function livingEntry(seed: Seed, people: readonly Person[], place: Place): Html {
  const next = nextAct(seed);
  return html`<li class="entry"><p dir="auto"><a href="/seeds/${seed.id}">${seed.text}</a></p>
    <p class="meta"><span class="badge">${stateWords[seed.state]}</span>, with ${named(seed, people)}. ${silence(seed, place)}${seed.timesSaid > 1 ? `, ${seed.timesSaid} times in all` : ""}</p>
    ${when(seed.opening, (opening) => html`<p class="quiet" dir="auto">${opening}</p>`)}
    ${next === nothing ? nothing : html`<p>${next}</p>`}</li>`;
}

function settledEntry(seed: Seed, people: readonly Person[]): Html {
  return html`<li class="entry"><p dir="auto"><a href="/seeds/${seed.id}">${seed.text}</a></p>
    <p class="meta"><span class="badge">${stateWords[seed.state]}</span>, with ${named(seed, people)}</p>
    ${when(seed.reason, (reason) => html`<p class="quiet" dir="auto">${reason}</p>`)}</li>`;
}

/** Those one still works with, and whoever the page was opened for. */
function choosable(people: readonly Person[], personId: string | undefined): Person[] {
  return people.filter((one) => one.endedOn === null || one.id === personId);
}

function plantForm(people: readonly Person[], values: FormValues, error: AppError | undefined): Html {
  if (people.length === 0)
    return html`<p class="hint">A seed is for somebody: <a href="/people/new">add the person</a> first.</p>`;
  return form(
    "/seeds",
    html`${textArea({ name: "text", label: "The wish, as you would say it", value: values["text"], rows: 2, error, required: true, hint: "For example: I would like to lead a project next year." })}
    ${selectField({ name: "personId", label: "For whom", value: values["personId"] ?? people.find((one) => one.role === "manager")?.id, error, choices: people.map((one) => ({ value: one.id, label: one.name })) })}
    ${textField({ name: "saidOn", label: "Said to them on", type: "date", value: values["saidOn"], error, hint: "Leave it empty if they have not heard it yet." })}
    ${textArea({ name: "heard", label: "What they answered", value: values["heard"], rows: 2, error, hint: "If you remember it. Yours alone." })}
    <div class="actions">${button("Plant it")}</div>`,
    { label: "A new seed", draft: "seed" },
  );
}

const LEDE =
  "A wish for later, said early and again, has time to become possible. Each one is yours alone until you put it on an agenda.";

async function seedsPage(c: WebContext, values: FormValues = {}, error?: AppError): Promise<Response> {
  const caller = c.get("caller");
  const place = c.get("surroundings");
  const { people } = await call(caller, listPeople, {});
  const person = people.find((one) => one.id === c.req.query("person"));
  const { seeds } = await call(caller, listSeeds, { personId: person?.id, all: true });
  const living = seeds.filter((seed) => !isSettled(seed.state));
  const settled = seeds.filter((seed) => isSettled(seed.state));
  const body = html`${errorSummary(error)}
    <p class="lede">${LEDE}</p>
    ${when(person, ({ id, name }) => html`<p class="meta">For <a href="/people/${id}"><bdi>${name}</bdi></a> only. <a href="/seeds">All seeds</a></p>`)}
    ${
      living.length === 0
        ? html`<p class="quiet">None is growing${settled.length > 0 ? " at the moment" : " yet"}. What you would like to do in a year is worth a sentence now.</p>`
        : html`<ul class="entries">${each(living, (seed) => livingEntry(seed, people, place))}</ul>`
    }
    <h2>Plant a seed</h2>
    ${plantForm(choosable(people, person?.id), { ...(person ? { personId: person.id } : {}), ...values }, error)}
    ${when(settled.length > 0, () => html`<h2>Answered, or at rest</h2><ul class="entries">${each(settled, (seed) => settledEntry(seed, people))}</ul>`)}`;
  return page(c, { title: "Seeds", section: "people", body, status: errorStatus(error) });
}

async function plant(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  const { text = "", personId = "", saidOn = "", heard: said = "" } = values;
  return submit(c, {
    operation: plantSeed,
    input: { text, personId, saidOn, said },
    done: ({ seed }) => `/seeds/${seed.id}`,
    notice: "Planted. Only you can see it here.",
    again: (error) => seedsPage(c, values, error),
  });
}

/** /seeds: wishes for the future, days since each was mentioned, and what is next (S39). */
export function listPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/seeds", (c) => seedsPage(c));
  routes.post("/seeds", plant);
  return routes;
}
