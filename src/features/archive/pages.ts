import { AppError, invalidField } from "../../lib/errors.ts";
import { call } from "../../platform/operation.ts";
import { button, errorStatus, errorSummary, type FormError, isForForm, messageFor } from "../../surfaces/web/kit/form.ts";
import { type Html, html, when } from "../../surfaces/web/kit/html.ts";
import { leaveNotice } from "../../surfaces/web/kit/notice.ts";
import { page } from "../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../surfaces/web/kit/web.ts";
import { exportJson, exportMarkdown, importJson } from "./operations.ts";
import { archiveText } from "./rules/text.ts";
import type { Archive } from "./schema.ts";

function archiveBody(error: FormError): Html {
  const message = messageFor(error, "archive");
  return html`<p class="lede">Everything you wrote is yours to take along: to keep, to read without Throughline, or to go on elsewhere.</p>
    <h2>Take it along</h2>
    <ul>
      <li><a href="/archive/throughline.json">One JSON file</a>: all of it, for another installation to read in</li>
      <li><a href="/archive/throughline-markdown.zip">A folder of Markdown, zipped</a>: meetings, journal, promises and people, to read anywhere</li>
    </ul>
    <p class="hint">Passwords and tokens are not in it. A mail that you approved but that has not gone out is not in it either: approve it again where you import.</p>
    <h2>Bring it here</h2>
    ${errorSummary(error)}
    <form method="post" action="/archive" enctype="multipart/form-data" aria-label="Import an archive">
      <div class="field">
        <label for="archive">Archive file</label>
        <p class="hint" id="archive-hint">A JSON file from this page, into an installation where nothing is written yet. Nothing is sent by it.</p>
        <input type="file" id="archive" name="archive" accept=".json,application/json" required aria-describedby="archive-hint${when(message, () => html` archive-error`)}">
        ${when(message, (text) => html`<p class="error" id="archive-error">${text}</p>`)}
      </div>
      <div class="actions">${button("Import")}</div>
    </form>`;
}

function archivePage(c: WebContext, error?: FormError): Promise<Response> {
  return page(c, { title: "Your archive", section: "settings", body: archiveBody(error), status: errorStatus(error) });
}

function download(name: string, type: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
  });
}

async function readUpload(c: WebContext): Promise<unknown> {
  const { archive } = await c.req.parseBody();
  if (!(archive instanceof File) || archive.size === 0) throw invalidField("archive", "Choose the JSON file that was exported.");
  try {
    return JSON.parse(await archive.text());
  } catch {
    throw invalidField("archive", "This file is not JSON. Choose the one that was exported as JSON; nothing was changed.");
  }
}

/** The message of any part of the archive belongs beside the one field of the form. */
function besideTheFile(error: AppError): AppError {
  const message = error.fields[0]?.message ?? error.message;
  return new AppError("invalid", message, { fields: [{ field: "archive", message }] });
}

/** /archive: downloads and the import. */
export function archivePages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/archive", (c) => archivePage(c));
  routes.get("/archive/throughline.json", async (c) => {
    const archive = await call(c.get("caller"), exportJson, {});
    return download("throughline.json", "application/json; charset=UTF-8", archiveText(archive));
  });
  routes.get("/archive/throughline-markdown.zip", async (c) => {
    const caller = c.get("caller");
    const { strToU8, zipSync } = await import("fflate");
    const { files } = await call(caller, exportMarkdown, {});
    const entries = Object.fromEntries(files.map((file) => [`throughline/${file.path}`, strToU8(file.text)]));
    return download(
      "throughline-markdown.zip",
      "application/zip",
      zipSync(entries, { mtime: caller.clock.now().epochMilliseconds }),
    );
  });
  routes.post("/archive", async (c) => {
    try {
      const archive = (await readUpload(c)) as Archive;
      await call(c.get("caller"), importJson, { archive });
      leaveNotice(c, "The archive was imported.");
      return c.redirect("/", 303);
    } catch (error) {
      if (isForForm(error)) return archivePage(c, besideTheFile(error));
      throw error;
    }
  });
  return routes;
}
