import { longDay } from "../../../lib/dates.ts";
import { firstName } from "../../../lib/text.ts";
import { call } from "../../../platform/operation.ts";
import {
  actionButton,
  button,
  errorStatus,
  errorSummary,
  form,
  type FormError,
  readForm,
  submit,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { showPerson } from "../../people/index.ts";
import { allowPage, revokeLink, showAccess } from "../operations/links.ts";
import type { GuestLink, PageAccess } from "../schema.ts";

function day(at: string, zone: string): Html {
  return html`<time datetime="${at}">${longDay(Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate())}</time>`;
}

function notReachable(name: string): Html {
  return html`<p>This Throughline answers on your machine alone, so nobody else can open a page of it. That is fine: <bdi>${name}</bdi> replies to your mail, and the mail says so.</p>
    <details><summary>How it can be reached from outside</summary>
    <p>Put a web server with a certificate in front of it that hands on requests below <code>/g/</code> and <code>/assets/</code> and keeps their <code>Host</code>, then start Throughline with <code>THROUGHLINE_PUBLIC_URL</code> set to its address, such as <code>https://one.example.org</code>. Under that address nothing but the pages for the people you meet is shown.</p></details>`;
}

function openLink(link: GuestLink, zone: string): Html {
  return html`<li class="entry"><p><a href="/meetings/${link.meetingId}">The page of this meeting</a> is open until ${day(link.expiresAt, zone)}.</p>
    ${actionButton(`/meetings/${link.meetingId}/link/${link.id}/revocation`, "Close it")}</li>`;
}

function accessSwitch({ personId, allowedAt, address }: PageAccess, name: string): Html {
  const isOn = allowedAt !== null;
  return form(
    `/people/${personId}/page`,
    isOn
      ? html`<p>It is on: your next agenda and recap for <bdi>${name}</bdi> carry a link to <code>${address ?? "a page"}</code>.</p>
        ${button("Switch it off and close every page", { kind: "danger", name: "allowed", value: "no" })}`
      : html`<p>It is off.</p>${button(`Let ${name} open a page`, { name: "allowed", value: "yes" })}`,
    { label: "A page to answer on" },
  );
}

async function accessPage(c: WebContext, error?: FormError): Promise<Response> {
  const caller = c.get("caller");
  const person = await call(caller, showPerson, { id: c.req.param("id") ?? "" });
  const access = await call(caller, showAccess, { personId: person.id });
  const { zone } = c.get("surroundings");
  const name = firstName(person.name);
  const open = access.links.filter((link) => link.isOpen);
  const body = html`<p class="quiet"><a href="/people/${person.id}" dir="auto">${person.name}</a></p>${errorSummary(error)}
    <p class="lede">With it, your agenda and recap carry one line with a link. It opens a quiet page that shows what the mail said, on which <bdi>${name}</bdi> can add a topic, answer, and confirm or correct what was promised.</p>
    <p>Nobody needs an account. What <bdi>${name}</bdi> writes waits on your meeting page until you decide; it changes nothing by itself. A link is for one meeting, and closes 30 days after it.</p>
    ${access.address === null ? notReachable(name) : nothing}
    ${access.address !== null || access.allowedAt !== null ? accessSwitch(access, name) : nothing}
    ${when(open.length > 0 && open, (links) => html`<h2>Open pages</h2><ul class="entries">${each(links, (link) => openLink(link, zone))}</ul>`)}`;
  return page(c, { title: `A page for ${name}`, section: "people", body, status: errorStatus(error) });
}

/** /people/:id/page: whether this person may open pages, and the ones that are open. */
export function answerPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/people/:id/page", (c) => accessPage(c));
  routes.post("/people/:id/page", async (c) => {
    const { allowed } = await readForm(c);
    const personId = c.req.param("id");
    return submit(c, {
      operation: allowPage,
      input: { personId, allowed: allowed === "yes" },
      done: () => `/people/${personId}/page`,
      notice: allowed === "yes" ? "It is on, from your next mail." : "It is off, and every page is closed.",
      again: (error) => accessPage(c, error),
    });
  });
  routes.post("/meetings/:id/link/:linkId/revocation", (c) =>
    submit(c, {
      operation: revokeLink,
      input: { id: c.req.param("linkId") },
      done: ({ meetingId }) => `/meetings/${meetingId}`,
      notice: "The page is closed. An approved mail that carries its link and has not left waits for your approval again.",
      again: (error) => {
        throw error;
      },
    }),
  );
  return routes;
}
