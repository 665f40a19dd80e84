import { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import {
  actionButton,
  button,
  errorStatus,
  errorSummary,
  form,
  type FormError,
  type FormValues,
  messageFor,
  readForm,
  selectField,
  submit,
  textArea,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { addOwn, editOwn, exportOwn, importOwn, listOwn, retireOwn, reviveOwn, showOwn } from "../operations/own.ts";
import { categories, type Category, type ImportReport, type OwnQuestion, type ShareFormat } from "../schema.ts";
import { categoryNames } from "./words.ts";

function questionFields(values: FormValues, error: FormError): Html {
  return html`${textArea({ name: "text", label: "The question", value: values["text"], rows: 2, error, required: true, hint: "Words in [brackets] are filled in each time it is asked." })}
    ${textField({ name: "uncovers", label: "What it should uncover", value: values["uncovers"], error })}
    ${textField({ name: "followUp", label: "What to ask next", value: values["followUp"], error })}
    ${selectField({ name: "category", label: "What it is about", value: values["category"] ?? "own", error, choices: categories.map((one) => ({ value: one, label: categoryNames[one] })) })}`;
}

function inputFrom(values: FormValues) {
  const { text = "", uncovers = "", followUp = "", category = "own" } = values;
  return { text, uncovers, followUp, category: category as Category };
}

function ownLine({ id, text, uncovers, category, retiredAt }: OwnQuestion): Html {
  const acts = retiredAt
    ? actionButton(`/questions/own/${id}/revival`, "Use it again")
    : html`<a href="/questions/own/${id}">Change</a> ${actionButton(`/questions/own/${id}/retirement`, "Retire")}`;
  return html`<li class="entry"><p dir="auto">${text}</p>
    <p class="meta"><span class="tag">${categoryNames[category]}</span> <span dir="auto">${uncovers}</span></p>
    <div class="actions">${acts}</div></li>`;
}

function importForm(values: FormValues, error: FormError): Html {
  const message = messageFor(error, "file");
  return html`<form method="post" action="/questions/own/import" enctype="multipart/form-data" aria-label="Bring questions in">
    ${error ? errorSummary(error) : nothing}
    ${textArea({ name: "list", label: "A list", value: values["list"], rows: 5, error, hint: "One question an item, beginning with a hyphen. Below it, if you like: “- uncovers: …”, “- category: …”, “- follow-up: …”." })}
    <div class="field"><label for="file">Or a file</label>
      <p class="hint" id="file-hint">Markdown as above, or CSV with the columns text, uncovers, category, follow_up.</p>
      <input type="file" id="file" name="file" accept=".md,.markdown,.txt,.csv,text/markdown,text/csv,text/plain" aria-describedby="file-hint${when(message, () => html` file-error`)}">
      ${when(message, (text) => html`<p class="error" id="file-error">${text}</p>`)}</div>
    <div class="actions">${button("Bring them in", { kind: "quiet" })}</div></form>`;
}

function reportPart({ added, skipped }: ImportReport): Html {
  const count = added.length === 1 ? "1 question was" : `${added.length} questions were`;
  return html`<div class="notice" role="status"><p>${count} taken over.</p>
    ${when(skipped.length > 0, () => html`<p>Left out:</p><ul>${each(skipped, (one) => html`<li>Line ${one.line}: ${one.why}${when(one.text, (text) => html` (<span dir="auto">${text}</span>)`)}</li>`)}</ul>`)}</div>`;
}

interface Attempt {
  readonly values: FormValues;
  readonly error?: AppError;
  readonly of: "add" | "import";
}

async function ownPage(c: WebContext, attempt?: Attempt, report?: ImportReport): Promise<Response> {
  const { questions } = await call(c.get("caller"), listOwn, {});
  const used = questions.filter((one) => one.retiredAt === null);
  const retired = questions.filter((one) => one.retiredAt !== null);
  const adding = attempt?.of === "add" ? attempt : undefined;
  const importing = attempt?.of === "import" ? attempt : undefined;
  const body = html`<p class="quiet"><a href="/questions">All questions</a></p>
    ${when(report, reportPart)}
    ${used.length === 0 ? html`<p class="lede">A question that once opened something is worth keeping. It is then offered like the others.</p>` : html`<ul class="entries">${each(used, ownLine)}</ul>`}
    <h2>Add one</h2>
    ${adding ? errorSummary(adding.error) : nothing}
    ${form("/questions/own", html`${questionFields(adding?.values ?? {}, adding?.error)}<div class="actions">${button("Add it")}</div>`, { label: "Add a question", draft: "own question" })}
    <h2 id="bring">Bring some in</h2>
    ${importForm(importing?.values ?? {}, importing?.error)}
    ${when(
      used.length > 0,
      () => html`<h2>Share them</h2>
      <p class="hint">The questions alone: nothing of whom you asked, and nothing of what they said.</p>
      <ul><li><a href="/questions/own.md" download>As a list in Markdown</a></li><li><a href="/questions/own.csv" download>As a table in CSV</a></li></ul>`,
    )}
    ${when(retired.length > 0, () => html`<h2>Retired</h2><p class="hint">Not offered any more. What they uncovered is kept.</p><ul class="entries">${each(retired, ownLine)}</ul>`)}`;
  return page(c, { title: "Questions of your own", section: "meetings", body, status: errorStatus(attempt?.error) });
}

async function editPage(c: WebContext, id: string, values?: FormValues, error?: AppError): Promise<Response> {
  const { text, uncovers, followUp, category } = await call(c.get("caller"), showOwn, { id });
  const body = html`<p class="quiet"><a href="/questions/own">Questions of your own</a></p>
    ${errorSummary(error)}
    ${form(`/questions/own/${id}`, html`${questionFields(values ?? { text, uncovers, followUp, category }, error)}<p class="hint">Where it was asked before, its earlier words stay.</p><div class="actions">${button("Save")}</div>`, { label: "Change the question" })}`;
  return page(c, { title: "Change a question", section: "meetings", body, status: errorStatus(error) });
}

const LONGEST_FILE = 500_000;

async function bringIn(c: WebContext): Promise<Response> {
  const { list, file } = await c.req.parseBody();
  const hasFile = file instanceof File && file.size > 0;
  const typed = typeof list === "string" ? list : "";
  const field = hasFile ? "file" : "list";
  try {
    if (hasFile && file.size > LONGEST_FILE)
      throw new AppError("invalid", "This file is too long. Split it in two; nothing was taken over.");
    const format: { format?: ShareFormat } = hasFile && file.name.toLowerCase().endsWith(".csv") ? { format: "csv" } : {};
    return await ownPage(
      c,
      undefined,
      await call(c.get("caller"), importOwn, { text: hasFile ? await file.text() : typed, ...format }),
    );
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid") throw error;
    const message = error.fields[0]?.message ?? error.message;
    const beside = new AppError("invalid", message, { fields: [{ field, message }] });
    return ownPage(c, { values: { list: typed }, error: beside, of: "import" });
  }
}

async function share(c: WebContext, format: ShareFormat): Promise<Response> {
  const { name, mediaType, text } = await call(c.get("caller"), exportOwn, { format });
  return new Response(text, {
    headers: {
      "content-type": `${mediaType}; charset=UTF-8`,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}

async function change(c: WebContext, operation: typeof retireOwn, notice: string): Promise<Response> {
  return submit(c, {
    operation,
    input: { id: c.req.param("id") ?? "" },
    done: () => "/questions/own",
    notice,
    again: (error) => ownPage(c, { values: {}, error, of: "add" }),
  });
}

/** /questions/own: one's own questions, brought in and shared as files. */
export function ownPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/questions/own", (c) => ownPage(c));
  routes.post("/questions/own", async (c) => {
    const values = await readForm(c);
    return submit(c, {
      operation: addOwn,
      input: inputFrom(values),
      done: () => "/questions/own",
      notice: "Added.",
      again: (error) => ownPage(c, { values, error, of: "add" }),
    });
  });
  routes.post("/questions/own/import", bringIn);
  routes.get("/questions/own.md", (c) => share(c, "markdown"));
  routes.get("/questions/own.csv", (c) => share(c, "csv"));
  routes.get("/questions/own/:id", (c) => editPage(c, c.req.param("id")));
  routes.post("/questions/own/:id", async (c) => {
    const id = c.req.param("id");
    const values = await readForm(c);
    return submit(c, {
      operation: editOwn,
      input: { id, ...inputFrom(values) },
      done: () => "/questions/own",
      notice: "Saved.",
      again: (error) => editPage(c, id, values, error),
    });
  });
  routes.post("/questions/own/:id/retirement", (c) =>
    change(c, retireOwn, "Retired. It stands below, where you can use it again."),
  );
  routes.post("/questions/own/:id/revival", (c) => change(c, reviveOwn, "It is offered again."));
  return routes;
}
