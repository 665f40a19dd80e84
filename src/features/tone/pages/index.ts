import { each, html } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { type ElsewherePart, elsewhereParts } from "../data/places.ts";

function part({ id, title, why, instead, who }: ElsewherePart) {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    <p>${why}</p>
    <ul>${each(instead, (one) => html`<li>${one}</li>`)}</ul>
    <p class="quiet">Who is there for it: ${who}</p>
  </section>`;
}

/** GET /belongs-elsewhere: what a mail to a manager is the wrong place for, and which place is the right one. */
export function tonePages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/belongs-elsewhere", (c) =>
    page(c, {
      title: "This belongs elsewhere",
      section: "none",
      body: html`<p class="lede">Some things matter too much for a mail to your manager. Nothing is wrong with having them on your mind; there is a better place for each, with people whose job it is.</p>
        <p>Throughline tells nobody that you read this, and keeps no note of it. On a device of your employer, others may still see what is on the screen.</p>
        <nav aria-label="On this page"><ul>${each(elsewhereParts, ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
        ${each(elsewhereParts, part)}
        <h2>What this page is not</h2>
        <p>It is not legal advice: rules differ between countries and workplaces, and the people named above know yours. Throughline cannot help where somebody is afraid of their manager. A person can.</p>
        <p><a href="/">Back to the start page</a></p>`,
    }),
  );
  return routes;
}
