import { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { errorStatus, errorSummary, textField } from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { searchRecord, showTimeline } from "../operations.ts";
import type { Timeline } from "../schema.ts";
import { entryLines } from "./entry.ts";
import { filterForm, filtersIn, isFiltered, linkTo, type Query, queryOf, viewLinks } from "./filters.ts";
import { capturedNotice } from "./noticed.ts";
import { tracePage } from "./trace.ts";

/** The answer, or the error that belongs beside a field of the filter form. */
async function answerOrError<T>(ask: Promise<T>): Promise<{ readonly answer?: T; readonly error?: AppError }> {
  try {
    return { answer: await ask };
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid") return { error };
    throw error;
  }
}

function emptyRecord(query: Query): Html {
  if (isFiltered(query)) return html`<p class="lede">Nothing fits these filters.</p><p><a href="/record">Show everything</a></p>`;
  return html`<p class="lede">Nothing here yet. Everything you note, tell, decide and promise will stand here, newest first.</p>
<p class="hint">Begin with one line about today: something that went well, or something in your way. <a href="/journal/new">Note something</a></p>`;
}

function pageLinks(
  path: string,
  query: Query,
  { newer, older }: Pick<Timeline, "older"> & { readonly newer?: string | null },
): Html {
  if (!newer && !older) return nothing;
  return html`<nav class="actions" aria-label="More entries">
${newer ? html`<a rel="prev" href="${linkTo(path, query, { after: newer })}">Newer</a>` : nothing}
${older ? html`<a rel="next" href="${linkTo(path, query, { before: older })}">Older</a>` : nothing}
</nav>
`;
}

async function timelinePage(c: WebContext): Promise<Response> {
  const query = queryOf(c);
  const { before, after } = query;
  const { answer, error } = await answerOrError(call(c.get("caller"), showTimeline, { ...filtersIn(query), before, after }));
  const isOpen = query["filters"] !== undefined || error !== undefined;
  const found =
    answer && answer.entries.length > 0
      ? html`${entryLines(answer.entries, c.get("surroundings"))}${pageLinks("/record", query, answer)}`
      : emptyRecord(query);
  const unseen =
    query["neverTold"] === undefined
      ? nothing
      : html`<p class="hint"><a href="/impact">How many of your wins anybody has heard of</a></p>`;
  const body = html`${capturedNotice(c)}${viewLinks("/record", query)}${unseen}${isOpen ? await filterForm(c, { path: "/record", query, error, label: "Show" }) : nothing}${error ? nothing : found}`;
  return page(c, { title: "Record", section: "record", body, status: errorStatus(error) });
}

function hitsOf(query: Query, answer: Awaited<ReturnType<typeof searchRecord.run>>, c: WebContext): Html {
  if (answer.hits.length === 0)
    return html`<p>Nothing was found. Every word must occur in an entry; try fewer words, or only the beginning of the last one.</p>`;
  const corrected =
    answer.correctedTo === null
      ? nothing
      : html`<p>Nothing has exactly these words. This is what was found for <strong>${answer.correctedTo}</strong>.</p>`;
  return html`${corrected}${entryLines(answer.hits, c.get("surroundings"))}${pageLinks("/record/search", query, answer)}`;
}

async function searchPage(c: WebContext): Promise<Response> {
  const query = queryOf(c);
  const { text, before } = query;
  const path = "/record/search";
  const asked =
    text === undefined ? {} : await answerOrError(call(c.get("caller"), searchRecord, { ...filtersIn(query), text, before }));
  const { error } = asked;
  const field = textField({
    name: "text",
    label: "Words to look for",
    type: "search",
    value: text,
    error,
    autofocus: text === undefined,
  });
  const isOpen = query["filters"] !== undefined || isFiltered(query);
  const form = isOpen
    ? await filterForm(c, { path, query, error, first: field, label: "Search" })
    : html`<form method="get" action="${path}" role="search">${errorSummary(error)}${field}
<div class="actions"><button type="submit">Search</button><a href="${linkTo(path, query, { filters: "open" })}">More filters</a></div></form>`;
  const hint = html`<p class="hint">Searches everything you ever wrote here. All words must occur; the last may be a beginning.</p>`;
  const found = asked.answer ? hitsOf(query, asked.answer, c) : error ? nothing : hint;
  return page(c, {
    title: "Search the record",
    section: "record",
    body: html`${form}${found}`,
    status: errorStatus(error),
  });
}

/** /record: the timeline; /record/search; /record/:id: where an entry comes from. */
export function recordPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/record", timelinePage);
  routes.get("/record/search", searchPage);
  routes.get("/record/:id", tracePage);
  return routes;
}
