import { call } from "../../platform/operation.ts";
import {
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
  textField,
} from "../../surfaces/web/kit/form.ts";
import { each, type Html, html, when } from "../../surfaces/web/kit/html.ts";
import { page } from "../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../surfaces/web/kit/web.ts";
import { addPerson, listPeople } from "./operations.ts";
import { type Person, type PersonRole, personRoles } from "./schema.ts";

export const roleNames: Record<PersonRole, string> = {
  manager: "Manager",
  skip_level: "Manager's manager",
  mentor: "Mentor",
  sponsor: "Sponsor",
  peer: "Colleague",
  report: "Reports to you",
  other: "Somebody else",
};

const ROLE_CHOICES = personRoles.map((role) => ({ value: role, label: roleNames[role] }));

/** The fields that a person has, for every form about one. */
export function personFields(values: FormValues, error: FormError): Html {
  return html`
    ${textField({ name: "name", label: "Name", value: values["name"], error, required: true, autocomplete: "off" })}
    ${textField({ name: "email", label: "Mail address", type: "email", value: values["email"], error, autocomplete: "off", hint: "Agendas and recaps are addressed to it. You can add it later." })}
    ${selectField({ name: "role", label: "Who they are to you", value: values["role"] ?? "manager", error, choices: ROLE_CHOICES })}
    ${textArea({ name: "note", label: "Private note", value: values["note"], error, rows: 3, hint: "For your eyes only. It is never part of a mail." })}`;
}

/** What a posted person form says; an emptied address is no address. */
export function personInput(values: FormValues): { name: string; email: string | null; role: PersonRole; note: string } {
  return {
    name: values["name"] ?? "",
    email: values["email"]?.trim() || null,
    role: values["role"] as PersonRole,
    note: values["note"] ?? "",
  };
}

function personLine(person: Person): Html {
  return html`<li class="entry">
    <p><a href="/people/${person.id}" dir="auto">${person.name}</a> <span class="tag">${roleNames[person.role]}</span></p>
    ${when(person.endedOn, (on) => html`<p class="meta">Until <time datetime="${on}">${on}</time></p>`)}
    ${when(person.endedOn === null && person.email, (email) => html`<p class="meta">${email}</p>`)}
  </li>`;
}

async function listPage(c: WebContext): Promise<Response> {
  const { people } = await call(c.get("caller"), listPeople, {});
  const present = people.filter((person) => person.endedOn === null);
  const left = people.filter((person) => person.endedOn !== null);
  const body = html`
    ${
      present.length > 0
        ? html`<ul class="entries">${each(present, personLine)}</ul>`
        : html`<p class="lede">Nobody yet. Begin with your manager: the one person whose 1:1 you want to get more out of.</p>`
    }
    <p class="actions"><a href="/people/new">Add a person</a></p>
    ${when(left.length > 0 && left, (those) => html`<h2>Earlier</h2><ul class="entries">${each(those, personLine)}</ul>`)}`;
  return page(c, { title: "People", section: "people", body });
}

function newPage(c: WebContext, values: FormValues = {}, error?: FormError): Promise<Response> {
  const body = html`${errorSummary(error)}
    ${form("/people", html`${personFields(values, error)}<p class="actions">${button("Add")} <a href="/people">Back</a></p>`)}`;
  return page(c, { title: "Add a person", section: "people", body, status: errorStatus(error) });
}

/** The list and the form for somebody new. One person's page, with the series, belongs to `meetings`, which knows both. */
export function peoplePages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/people", listPage);
  routes.get("/people/new", (c) => newPage(c));
  routes.post("/people", async (c) => {
    const values = await readForm(c);
    return submit(c, {
      operation: addPerson,
      input: personInput(values),
      done: (person) => `/people/${person.id}/series`,
      again: (error) => newPage(c, values, error),
    });
  });
  return routes;
}
