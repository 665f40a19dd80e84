import type { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { checkbox, type Choice, errorSummary, selectField, textField } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { listPeople } from "../../people/index.ts";
import type { SearchInput, TimelineInput } from "../schema.ts";
import { listTags } from "../store.ts";
import type * as z from "zod";

/** The query of a page as it was typed: absent and empty are the same. */
export type Query = Readonly<Record<string, string>>;

const filterNames = ["group", "source", "kind", "project", "skill", "personId", "from", "to", "neverTold"] as const;

/** Reads the query string; empty fields of the filter form count as absent. */
export function queryOf(c: WebContext): Query {
  if (!c.req.url.includes("?")) return {};
  return Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value.trim() !== ""));
}

/** The part of the query that the operations take. Whether the values make sense is for their schema to say. */
export function filtersIn(query: Query): Partial<z.input<typeof TimelineInput> & z.input<typeof SearchInput>> {
  const picked = Object.fromEntries(filterNames.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]])));
  return { ...picked, ...(query["neverTold"] === undefined ? {} : { neverTold: true }) };
}

export function isFiltered(query: Query): boolean {
  return filterNames.some((name) => query[name] !== undefined);
}

/** A link to the same page with other parameters; undefined takes one away. A new filter always starts at the newest. */
export function linkTo(path: string, query: Query, changes: Readonly<Record<string, string | undefined>>): string {
  const { before: _before, after: _after, noticed: _noticed, ...rest } = query;
  const entries = Object.entries({ ...rest, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  // Not URLSearchParams: for this one link it takes a tenth of the whole page.
  const search = entries
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`)
    .join("&");
  return search === "" ? path : `${path}?${search}`;
}

interface View {
  readonly label: string;
  readonly group?: string;
  readonly neverTold?: string;
}

const views: readonly View[] = [
  { label: "Everything" },
  { label: "Captured", group: "captured" },
  { label: "Never told", group: "captured", neverTold: "yes" },
  { label: "Told", group: "told" },
  { label: "Decided", group: "decided" },
  { label: "Promised", group: "promised" },
];

// Without filters, the usual case, these links are always the same.
const plainViews = new Map<string, Html>();

function drawViews(path: string, query: Query): Html {
  const { group, neverTold } = query;
  return html`<nav class="actions" aria-label="Parts of the record">
${each(views, (view) => {
  const isShown = view.group === group && (view.neverTold === undefined) === (neverTold === undefined);
  const href = linkTo(path, query, { group: view.group, neverTold: view.neverTold });
  return isShown
    ? html`<a href="${href}" aria-current="true"><strong>${view.label}</strong></a>\n`
    : html`<a href="${href}">${view.label}</a>\n`;
})}${query["filters"] === undefined ? html`<a class="quiet" href="${linkTo(path, query, { filters: "open" })}">More filters</a>` : nothing}
</nav>
`;
}

/** The parts of the record as links, so that the usual questions take one click. */
export function viewLinks(path: string, query: Query): Html {
  if (Object.keys(query).length > 0) return drawViews(path, query);
  const known = plainViews.get(path);
  if (known) return known;
  const drawn = drawViews(path, query);
  plainViews.set(path, drawn);
  return drawn;
}

const kinds: readonly Choice[] = [
  { value: "", label: "Any" },
  { value: "win", label: "Win" },
  { value: "challenge", label: "Challenge" },
  { value: "question", label: "Question" },
  { value: "energy", label: "Energy" },
  { value: "skill", label: "Skill" },
  { value: "direction", label: "Direction" },
  { value: "feedback", label: "Feedback" },
  { value: "note", label: "Note" },
  { value: "agenda", label: "Agenda" },
  { value: "recap", label: "Recap" },
];

const groups: readonly Choice[] = [
  { value: "", label: "Everything" },
  { value: "captured", label: "Captured" },
  { value: "told", label: "Told" },
  { value: "decided", label: "Decided" },
  { value: "promised", label: "Promised" },
];

function datalist(id: string, names: readonly string[]): Html {
  return html`<datalist id="${id}">${names.map((name) => html`<option value="${name}"></option>`)}</datalist>`;
}

/** The filters as a plain GET form; `first` stands above them (the words of a search), `label` is on the button. */
export async function filterForm(
  c: WebContext,
  plan: {
    readonly path: string;
    readonly query: Query;
    readonly error?: AppError | undefined;
    readonly first?: Html;
    readonly label: string;
  },
): Promise<Html> {
  const { path, query, error, first = nothing, label } = plan;
  const { owner, database } = c.get("caller");
  const [{ people }, projects, skills] = await Promise.all([
    call(c.get("caller"), listPeople, {}),
    listTags(database.reader, owner, "project"),
    listTags(database.reader, owner, "skill"),
  ]);
  const persons = [{ value: "", label: "Anybody" }, ...people.map(({ id, name }) => ({ value: id, label: name }))];
  return html`<form method="get" action="${path}" aria-label="Filters">
${errorSummary(error)}${first}<input type="hidden" name="filters" value="open">
<div class="columns"><div>
${selectField({ name: "group", label: "Part of the record", value: query["group"], choices: groups, error })}
${selectField({ name: "kind", label: "Kind", value: query["kind"], choices: kinds, error })}
${selectField({ name: "personId", label: "Person", value: query["personId"], choices: persons, error })}
${checkbox({ name: "neverTold", label: "Only what nobody was told", checked: query["neverTold"] !== undefined })}
</div><div>
${textField({ name: "project", label: "Project", value: query["project"], list: "projects", error })}
${textField({ name: "skill", label: "Skill", value: query["skill"], list: "skills", error })}
${textField({ name: "from", label: "From", type: "date", value: query["from"], error })}
${textField({ name: "to", label: "To", type: "date", value: query["to"], error })}
</div></div>
${datalist("projects", projects)}${datalist("skills", skills)}
<div class="actions"><button type="submit">${label}</button><a href="${linkTo(path, query["text"] === undefined ? {} : { text: query["text"] }, {})}">Without filters</a></div>
</form>
`;
}
