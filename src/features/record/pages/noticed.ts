import { actionButton } from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";

/** The quiet line on the page that somebody returns to after a capture (`?noticed=<id>`): undo it, or add to it. Nothing otherwise. */
export function capturedNotice(c: WebContext): Html {
  const id = c.req.url.includes("noticed=") ? c.req.query("noticed") : undefined;
  if (!id || !/^[\w-]{1,64}$/u.test(id)) return nothing;
  const undo = actionButton(`/journal/${id}/deletion`, "Undo", { fields: { return: c.req.path } });
  return html`<div class="actions"><span>Noted.</span>${undo}<a href="/journal/${id}">Add to what you noted</a></div>
`;
}
