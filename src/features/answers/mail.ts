import { html } from "hono/html";

/** The one line of a mail that says how to answer it: by replying, and on the page if there is one. */
export interface AnswerHint {
  /** Such as "If there is something to add, a short reply is enough", without the full stop. */
  readonly sentence: string;
  /** The address of the page; undefined when nobody can open one: then no link is shown. */
  readonly url: string | undefined;
}

export function hintText({ sentence, url }: AnswerHint): string {
  return url === undefined ? `${sentence}.` : `${sentence}, or a word on this page: ${url}`;
}

export function hintHtml({ sentence, url }: AnswerHint) {
  return url === undefined ? html`${sentence}.` : html`${sentence}, or a word on <a href="${url}">this page</a>.`;
}
