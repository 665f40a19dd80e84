import { html as honoHtml, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export { raw };

/** Markup that is safe to send: the tag has escaped every value in it. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const SPECIAL = /[&<>"']/u;
const EVERY_SPECIAL = /[&<>"']/gu;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replaceAll(EVERY_SPECIAL, (sign) => ENTITIES[sign] as string) : text;
}

function isMarkup(value: unknown): value is HtmlEscapedString {
  return typeof value === "object" && value !== null && "isEscaped" in value && !(value as HtmlEscapedString).callbacks;
}

/** A value as markup: texts escaped, markup as it is, lists one after the other. Undefined for what hono's own tag has to deal with. */
function markupOf(value: unknown): string | undefined {
  if (typeof value === "string") return escaped(value);
  if (value === null || value === undefined || typeof value === "boolean") return "";
  if (typeof value === "number") return String(value);
  if (!Array.isArray(value)) return isMarkup(value) ? value.toString() : undefined;
  let text = "";
  for (const one of value) {
    const markup = markupOf(one);
    if (markup === undefined) return undefined;
    text += markup;
  }
  return text;
}

/**
 * The tag that all markup is written with: every value in it is escaped unless it is markup itself. Pages are made of hundreds of small
 * pieces that are there already: they are joined at once, at half of what hono's tag takes, and a value that is waited for goes to that.
 */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Html {
  let text = strings[0] as string;
  for (let index = 0; index < values.length; index += 1) {
    const markup = markupOf(values[index]);
    if (markup === undefined) return honoHtml(strings, ...values);
    text += markup + (strings[index + 1] as string);
  }
  return raw(text);
}

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
