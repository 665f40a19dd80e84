import { KEY_BINDINGS, type KeyBinding } from "./client/key-list.ts";
import { type Html, html } from "./kit/html.ts";
import { page } from "./kit/page.ts";
import { type WebRoutes, webRoutes } from "./kit/web.ts";

function row({ keys, does }: KeyBinding): Html {
  const pressed = keys.map((key, place) => html`${place > 0 ? " then " : ""}<kbd>${key}</kbd>`);
  return html`<tr><th scope="row">${pressed}</th><td>${does}</td></tr>`;
}

/** `/keys`: which keys do what, readable without JavaScript. */
export function keysPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/keys", (c) =>
    page(c, {
      title: "Keys",
      section: "none",
      body: html`<p class="lede">Everything here works with the mouse and by touch. With a keyboard some of it is quicker.</p>
        <table>
          <thead><tr><th scope="col">Key</th><th scope="col">What it does</th></tr></thead>
          <tbody>
            ${KEY_BINDINGS.map(row)}
            <tr><th scope="row"><kbd>Ctrl</kbd> <kbd>K</kbd></th><td>Search, also while you type</td></tr>
            <tr><th scope="row"><kbd>Esc</kbd></th><td>Close what is open; what you typed is kept</td></tr>
          </tbody>
        </table>
        <p>Single keys rest while you type in a field. To switch them off, press <kbd>?</kbd> and clear the box there.</p>`,
    }),
  );
  return routes;
}
