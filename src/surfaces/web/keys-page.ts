import { html, raw } from "./kit/html.ts";
import { page } from "./kit/page.ts";
import { type WebRoutes, webRoutes } from "./kit/web.ts";

/** The keys as a table: the same words as the dialog that `?` opens. */
const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ["<kbd>c</kbd>", "Capture something that just happened"],
  ["<kbd>/</kbd> or <kbd>Ctrl</kbd> <kbd>K</kbd>", "Search everything you wrote, or go to a page"],
  ["<kbd>g</kbd> then <kbd>t</kbd>", "Go to Today"],
  ["<kbd>g</kbd> then <kbd>p</kbd>", "Prepare the next meeting"],
  ["<kbd>g</kbd> then <kbd>r</kbd>", "Go to the record"],
  ["<kbd>g</kbd> then <kbd>m</kbd>", "Go to the meetings"],
  ["<kbd>?</kbd>", "Show these keys"],
  ["<kbd>Esc</kbd>", "Close what is open; what you typed is kept"],
];

/** `/keys`: which keys do what, readable without JavaScript; with it, keys can be switched off here (WCAG 2.1.4). */
export function keysPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/keys", (c) =>
    page(c, {
      title: "Keys",
      section: "none",
      body: html`<p class="lede">
          Everything here can be done with the mouse or by touch. With a keyboard some of it is quicker.
        </p>
        <table id="keys">
          <thead>
            <tr>
              <th scope="col">Key</th>
              <th scope="col">What it does</th>
            </tr>
          </thead>
          <tbody>
            ${KEYS.map(
              ([keys, does]) =>
                html`<tr>
                  <th scope="row">${raw(keys)}</th>
                  <td>${does}</td>
                </tr>`,
            )}
          </tbody>
        </table>
        <p class="hint">Single keys rest while you type in a field.</p>
        <div id="keys-switch"></div>`,
    }),
  );
  return routes;
}
