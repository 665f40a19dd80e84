import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError, type ErrorCode } from "../../lib/errors.ts";
import { addSecurityHeaders, requestHeader } from "./kit/headers.ts";
import { type Html, html } from "./kit/html.ts";
import { page } from "./kit/page.ts";
import type { WebContext } from "./kit/web.ts";
import { WrongHost } from "./security.ts";

/** The one table from what went wrong to what HTTP calls it. */
export const HTTP_STATUS: Record<ErrorCode, ContentfulStatusCode> = {
  not_found: 404,
  invalid: 422,
  conflict: 409,
  forbidden: 403,
  rate_limited: 429,
  unavailable: 503,
};

const TITLES: Record<ErrorCode, string> = {
  not_found: "Not found",
  invalid: "Please look at this again",
  conflict: "This changed in the meantime",
  forbidden: "Not from here",
  rate_limited: "A moment, please",
  unavailable: "Not possible right now",
};

const GO_BACK: Html = html`<p>What you typed is still in the form: go back one page in your browser to find it.</p>`;
const GO_ON: Html = html`<p><a href="/">Go to Today</a> or <a href="/record/search">search the record</a>.</p>`;

const wantsPage = (c: WebContext): boolean => requestHeader(c, "accept")?.includes("text/html") ?? false;

function plain(status: number, sentence: string): Response {
  const response = new Response(`${sentence}\n`, { status, headers: { "content-type": "text/plain; charset=UTF-8" } });
  addSecurityHeaders(response.headers);
  return response;
}

/** A page for a person, one sentence for a program. `surroundings` is missing when the error came before they were known. */
export function errorPage(
  c: WebContext,
  status: ContentfulStatusCode,
  title: string,
  sentence: string,
  more: Html,
): Response | Promise<Response> {
  if (!c.get("surroundings") || !wantsPage(c)) return plain(status, sentence);
  return page(c, {
    title,
    section: "none",
    status,
    body: html`<p class="lede">${sentence}</p>${more}`,
  });
}

export function notFoundPage(c: WebContext): Response | Promise<Response> {
  return errorPage(c, 404, TITLES.not_found, "There is no page at this address. It may have been removed.", GO_ON);
}

/** Turns whatever was thrown into an answer. What is inside an unexpected error stays in the log. */
export function answerError(c: WebContext, error: Error, log: (error: Error) => void): Response | Promise<Response> {
  if (error instanceof WrongHost)
    return plain(421, "This server answers only under its own address. Open the one that was printed when it started.");
  const wrote = c.req.method !== "GET" && c.req.method !== "HEAD";
  if (error instanceof AppError) {
    if (error.code === "unavailable") log(error);
    return errorPage(
      c,
      HTTP_STATUS[error.code],
      TITLES[error.code],
      error.message,
      wrote && error.code !== "forbidden" ? GO_BACK : GO_ON,
    );
  }
  log(error);
  return errorPage(
    c,
    500,
    "That did not work",
    "Something went wrong inside Throughline. What was saved before is safe; the log has the details.",
    wrote ? GO_BACK : GO_ON,
  );
}
