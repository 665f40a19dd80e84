import { longDay } from "../../../lib/dates.ts";
import type { KeySource } from "../../../platform/keys/seal.ts";
import { call } from "../../../platform/operation.ts";
import { actionButton, readForm, submit } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { browserOperations } from "../operations/browsers.ts";
import type { ReminderSettings } from "../schema.ts";

/** What runs in the service worker, one file for each thing that it does. */
const WORKER_FILES = ["features/reminders/client/push-worker.ts"] as const;

type Browser = ReminderSettings["browsers"][number];

function browserLine({ id, vendor, createdAt, endpointHash }: Browser, zone: string): Html {
  const day = longDay(Temporal.Instant.from(createdAt).toZonedDateTimeISO(zone).toPlainDate());
  return html`<li class="entry" data-endpoint="${endpointHash}"><p>A browser through ${vendor}, since <time datetime="${createdAt}">${day}</time></p>
    ${actionButton(`/settings/reminders/browsers/${id}/removal`, "Remove")}</li>`;
}

/** The browsers that get reminders, and the place where an island puts the button for this one. */
export function browserSection(c: WebContext, { browsers }: ReminderSettings): Html {
  const { zone, isExample } = c.get("surroundings");
  if (isExample) return nothing;
  return html`<h2 id="browsers">In your browser</h2>
    <p>A reminder appears as a notification, also while no page of Throughline is open. The maker of your browser passes the message on. It is encrypted, so they see when it comes and how long it is, not what it says.</p>
    ${browsers.length === 0 ? html`<p class="quiet">No browser gets reminders yet.</p>` : html`<ul class="entries">${each(browsers, (one) => browserLine(one, zone))}</ul>`}
    <div id="this-browser"><noscript><p class="hint">Without JavaScript a browser cannot be told. Reminders by mail work in any case.</p></noscript></div>`;
}

/** What the island asks for, and the worker itself. */
export function pushRoutes(config: KeySource, place: string): WebRoutes {
  const { pushKey, addBrowser, removeBrowser } = browserOperations(config);
  const routes = webRoutes();
  // Served here, because a worker is in charge of what lies below its own address.
  routes.get("/service-worker.js", (c) => {
    const prefix = c.get("assets")?.prefix ?? "/";
    const lines = WORKER_FILES.map((path) => `importScripts("${prefix}${path}");\n`);
    return new Response(lines.join(""), {
      headers: { "content-type": "text/javascript; charset=UTF-8", "cache-control": "no-cache" },
    });
  });
  routes.post(`${place}/push-key`, async (c) => c.json(await call(c.get("caller"), pushKey, {})));
  routes.post(`${place}/browsers`, async (c) => {
    const { endpoint = "", p256dh = "", auth = "" } = await readForm(c);
    return submit(c, {
      operation: addBrowser,
      input: { endpoint, p256dh, auth },
      done: () => `${place}#browsers`,
      notice: "This browser gets reminders.",
      again: (error) => c.text(error.message, 422),
    });
  });
  routes.post(`${place}/browsers/:id/removal`, (c) =>
    submit(c, {
      operation: removeBrowser,
      input: { id: c.req.param("id") },
      done: () => `${place}#browsers`,
      notice: "That browser gets no more reminders.",
      again: (error) => c.text(error.message, 422),
    }),
  );
  return routes;
}
