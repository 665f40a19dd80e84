import { type AnyOperation, mayChange } from "../../platform/operation.ts";
import { type Field, fieldsOf, isFlat, operationWords, outputSchema } from "../../platform/operation-schema.ts";
import { each, type Html, html, nothing, when } from "../web/kit/html.ts";
import { page } from "../web/kit/page.ts";
import { type WebRoutes, webRoutes } from "../web/kit/web.ts";

/** What kind of value a field takes, in words. */
export function kindInWords(field: Field): string {
  const plain = {
    text: field.choices.length > 0 ? field.choices.join(" | ") : "text",
    number: "number",
    boolean: "true | false",
    json: "JSON",
    list: "",
  }[field.kind];
  const words = field.kind === "list" && field.element ? `list of ${kindInWords(field.element)}` : plain;
  return field.nullable ? `${words} | null` : words;
}

function fieldRow(field: Field): Html {
  const facts = [
    field.required ? "required" : "",
    field.fallback === undefined ? "" : `default ${JSON.stringify(field.fallback)}`,
    field.description,
  ]
    .filter(Boolean)
    .join("; ");
  return html`<tr>
    <th scope="row"><code>${field.name}</code></th>
    <td>${kindInWords(field)}</td>
    <td>${facts}</td>
  </tr>`;
}

function fieldTable(operation: AnyOperation, fields: readonly Field[]): Html {
  if (fields.length === 0) return html`<p class="meta">Takes no input.</p>`;
  return html`<table>
    <caption class="visually-hidden">
      Input of ${operation.name}
    </caption>
    <thead>
      <tr>
        <th scope="col">Field</th>
        <th scope="col">Value</th>
        <th scope="col">Notes</th>
      </tr>
    </thead>
    <tbody>
      ${each(fields, fieldRow)}
    </tbody>
  </table>`;
}

/** A line that a person can paste into a shell; single quotes in the JSON are written so that a POSIX shell keeps them. */
function curlLine(operation: AnyOperation, fields: readonly Field[], origin: string): string {
  const [feature, verb] = operationWords(operation.name);
  const address = `${origin}/api/${feature}/${verb}`;
  const token = `-H "Authorization: Bearer $TOKEN"`;
  const example = operation.examples?.[0] as object | undefined;
  const needsInput = fields.some((field) => field.required);
  if (!mayChange(operation) && isFlat(fields) && !example && !needsInput) return `curl ${token} ${address}`;
  const body =
    example ?? Object.fromEntries(fields.filter((field) => field.required).map((field) => [field.name, field.choices[0] ?? "…"]));
  return `curl ${token} ${address} -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`;
}

function operationEntry(operation: AnyOperation, origin: string): Html {
  const fields = fieldsOf(operation);
  const [feature, verb] = operationWords(operation.name);
  const outputs = Object.keys(outputSchema(operation).properties ?? {});
  return html`<section aria-labelledby="${feature}-${verb}">
    <h3 id="${feature}-${verb}">${operation.name}</h3>
    <p>${operation.summary}.</p>
    <p class="meta">
      <code>POST /api/${feature}/${verb}</code
      >${!mayChange(operation) && isFlat(fields) ? html` or <code>GET</code> with query parameters` : nothing}
    </p>
    ${fieldTable(operation, fields)}
    ${when(outputs.length > 0 && outputs, (names) => html`<p class="meta">Answers with ${names.join(", ")}.</p>`)}
    <p><code>${curlLine(operation, fields, origin)}</code></p>
  </section>`;
}

function apiBody(operations: readonly AnyOperation[], origin: string): Html {
  const features = [...new Set(operations.map((operation) => operationWords(operation.name)[0]))];
  return html`<p class="lede">Everything you can do here, a program can do too: one operation each, JSON in and JSON out.</p>
    <p>
      Send your access token with every call. It is on the <a href="/settings">settings page</a> and in the file
      <code>token</code> in your data folder. The same list drives the command line (<code>throughline help</code>) and assistants
      (MCP, at <code>/mcp</code> or <code>throughline mcp</code>).
    </p>
    <p><code>TOKEN=$(throughline token show)</code></p>
    <p>
      An error answers with a fitting status and <code>{"error": {"code", "message", "fields"}}</code>; the message says what to
      do. The machine-readable description is <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).
    </p>
    <nav aria-label="Features">
      <ul>
        ${each(features, (feature) => html`<li><a href="#${feature}">${feature}</a></li>`)}
      </ul>
    </nav>
    ${each(
      features,
      (feature) =>
        html`<h2 id="${feature}">${feature}</h2>
          ${operations.filter((operation) => operationWords(operation.name)[0] === feature).map((operation) => operationEntry(operation, origin))}`,
    )}`;
}

/** GET /api: the operations for people who write programs. Needs no token: it shows nothing of the owner's. */
export function apiPages(operations: readonly AnyOperation[]): WebRoutes {
  const routes = webRoutes();
  routes.get("/api", (c) =>
    page(c, { title: "For programs", section: "settings", body: apiBody(operations, new URL(c.req.url).origin) }),
  );
  return routes;
}
