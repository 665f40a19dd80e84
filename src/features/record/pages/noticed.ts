import { actionButton } from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { readAmong } from "../store.ts";

async function noticeOf(c: WebContext, id: string): Promise<Awaited<Html>> {
  const { owner, database } = c.get("caller");
  const [entry] = await readAmong(database.reader, owner, {}, [id]);
  if (!entry) return nothing;
  const undo = actionButton(`/journal/${id}/deletion`, "Undo", { fields: { return: c.req.path } });
  const land = entry.kind === "win" ? html`<a href="/journal/${id}/impact">Make it land</a>` : nothing;
  return html`<div class="actions"><span>Noted.</span>${undo}<a href="/journal/${id}">Add to what you noted</a>${land}</div>
`;
}

/** The quiet line on the page that somebody returns to after a capture (`?noticed=<id>`): undo it, add to it, make it land. Nothing otherwise. */
export function capturedNotice(c: WebContext): Html {
  const id = c.req.url.includes("noticed=") ? c.req.query("noticed") : undefined;
  return id && /^[\w-]{1,64}$/u.test(id) ? noticeOf(c, id) : nothing;
}
