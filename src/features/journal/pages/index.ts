import { dayIn } from "../../../lib/dates.ts";
import type { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { actionButton, errorStatus, type FormValues, readForm, submit } from "../../../surfaces/web/kit/form.ts";
import { each, html, nothing } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { captureThought, listCaptures, listNames } from "../operations.ts";
import { capturePages } from "./capture.ts";
import { besideFields, captureForm, inputFrom, kindLabels } from "./form.ts";
import { localPath, withNoticed } from "./return.ts";

/** Where somebody came from, so that a note without JavaScript leads back there too. */
function cameFrom(c: WebContext): string | undefined {
  const { host } = new URL(c.req.url);
  const from = URL.parse(c.req.header("referer") ?? "");
  return from?.host === host && !from.pathname.startsWith("/journal") ? localPath(from.pathname + from.search) : undefined;
}

async function newPage(c: WebContext, values: FormValues, error?: AppError): Promise<Response> {
  const { zone, now } = c.get("surroundings");
  const names = await call(c.get("caller"), listNames, {});
  const returnTo = localPath(values["return"]) ?? cameFrom(c);
  const lede = html`<p class="lede">Note it as it happens. In a month you will not remember it, and it is what your next 1:1 is made of.</p>`;
  const body = html`${error ? nothing : lede}
${captureForm({ action: "/journal", values, names, error, today: dayIn(zone, now).toString(), label: "Note it", draft: "capture", ...(returnTo ? { returnTo } : {}) })}`;
  return page(c, { title: "Note something", section: "none", body, status: errorStatus(error) });
}

async function deletedPage(c: WebContext): Promise<Response> {
  const { captures } = await call(c.get("caller"), listCaptures, { deleted: true, limit: 200 });
  const list = html`<ul class="entries">
${each(
  captures,
  (
    capture,
  ) => html`<li class="entry"><p class="meta"><a class="when" href="/journal/${capture.id}"><time datetime="${capture.happenedOn}">${capture.happenedOn}</time></a> ${kindLabels[capture.kind]}</p>
<p class="multiline" dir="auto">${capture.text}</p>
<div class="actions">${actionButton(`/journal/${capture.id}/restoration`, "Bring it back")}</div></li>
`,
)}</ul>`;
  const body =
    captures.length > 0 ? list : html`<p class="lede">Nothing is deleted.</p><p><a href="/record">Go to the record</a></p>`;
  return page(c, { title: "Deleted notes", section: "record", body });
}

/** Capturing from anywhere: POST /journal, with /journal/new as the whole form; and the pages of each capture. */
export function journalPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/journal", (c) => c.redirect("/record?group=captured"));
  routes.get("/journal/new", (c) => newPage(c, c.req.query()));
  routes.get("/journal/deleted", deletedPage);
  routes.post("/journal", async (c) => {
    const values = await readForm(c);
    const back = localPath(values["return"]) ?? "/";
    // The start page and the record say it themselves, beside the way to undo.
    const saysIt = /^\/(record)?(\?|$)/u.test(back);
    return submit(c, {
      operation: captureThought,
      input: inputFrom(values),
      done: ({ id }) => withNoticed(back, id),
      ...(saysIt ? {} : { notice: "Noted." }),
      again: (error) => newPage(c, values, besideFields(error)),
    });
  });
  routes.route("/", capturePages());
  return routes;
}
