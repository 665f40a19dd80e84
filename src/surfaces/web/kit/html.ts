import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export { html, raw };

/** Markup that is safe to send: the tag has escaped every value in it. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export const nothing: Html = raw("");

/** Markup for each item, one after the other. */
export function each<T>(items: readonly T[], render: (item: T, index: number) => Html): Html[] {
  return items.map(render);
}

/** Renders only when there is something to render. */
export function when<T>(value: T | null | undefined | false | "", render: (value: T) => Html): Html {
  return value === null || value === undefined || value === false || value === "" ? nothing : render(value);
}

/** A text of several lines, as paragraphs with kept line breaks. Escaped. */
export function multiline(text: string): Html {
  return html`<div class="multiline" dir="auto">${text}</div>`;
}
