import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Caller } from "../../platform/operation.ts";
import type { Assets } from "./assets.ts";
import { answerError, errorPage, notFoundPage } from "./errors.ts";
import { requestHeader } from "./kit/headers.ts";
import { html } from "./kit/html.ts";
import type { Surroundings, WebContext, WebEnv, WebRoutes } from "./kit/web.ts";
import { keysPages } from "./keys-page.ts";
import { guard } from "./security.ts";
import { shellData } from "./shell-data.ts";

const LARGEST_FORM = 1_000_000;

export interface WebAppFacts {
  /** Every feature's pages, mounted in this order. */
  readonly featurePages: readonly (() => WebRoutes)[];
  /** Who is asking. Throws AppError when nobody may. */
  readonly callerFor: (c: WebContext) => Caller;
  readonly surroundingsFor: (c: WebContext, caller: Caller) => Surroundings | Promise<Surroundings>;
  /** `Host` values that this server answers to; see `loopbackHosts`. */
  readonly allowedHosts: ReadonlySet<string>;
  /** The `Host` under which somebody elsewhere asks for the page of a link, and gets nothing else. */
  readonly publicHost?: string | undefined;
  readonly assets: Assets;
  /** Surfaces for programs by their path ("/api"): behind the same guard, without callers, forms and error pages of the web. */
  // oxlint-disable-next-line typescript/no-explicit-any -- each brings its own variables along
  readonly programs?: Readonly<Record<string, Hono<any>>>;
  /** Paths whose forms carry a file, with the largest body in bytes. */
  readonly largeForms?: Readonly<Record<string, number>>;
  readonly log?: (error: Error) => void;
}

function tooLarge(c: WebContext): Response | Promise<Response> {
  const sentence = "That was more than this form can take, so nothing was saved and nothing was lost.";
  return errorPage(
    c,
    413,
    "This is very long",
    sentence,
    html`<p>Go back one page in your browser: your text is still there. Shorten it, or split it in two.</p>`,
  );
}

/** Node reads no more of a body than its length says, so a short one needs no counting of bytes; counting makes a stream of it. */
function declaresAtMost(c: WebContext, maxSize: number): boolean {
  const length = requestHeader(c, "content-length");
  return length !== undefined && requestHeader(c, "transfer-encoding") === undefined && Number(length) <= maxSize;
}

/** The web surface: every feature's pages behind the loopback guard, with style, scripts and error pages. */
export function webApp(facts: WebAppFacts): Hono<WebEnv> {
  const { assets, allowedHosts, callerFor, surroundingsFor, largeForms = {}, log = () => undefined } = facts;
  const app = new Hono<WebEnv>();
  const limits = new Map(Object.entries(largeForms).map(([path, maxSize]) => [path, bodyLimit({ maxSize, onError: tooLarge })]));
  const usual = bodyLimit({ maxSize: LARGEST_FORM, onError: tooLarge });

  app.onError((error, c) => answerError(c, error, log));
  app.notFound(notFoundPage);
  app.use(guard(allowedHosts, facts.publicHost));
  app.get("/assets/*", (c) => assets.answer(c) ?? notFoundPage(c));
  for (const [path, program] of Object.entries(facts.programs ?? {})) app.route(path, program);
  app.use(async (c, next) => {
    const caller = callerFor(c);
    c.set("caller", caller);
    c.set("assets", assets);
    c.set("surroundings", await surroundingsFor(c, caller));
    // No id has a NUL in it, and PostgreSQL cannot even be asked for one.
    if (c.req.path.includes("\0")) return notFoundPage(c);
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    const limit = limits.get(c.req.path);
    if (!limit && declaresAtMost(c, LARGEST_FORM)) return next();
    return (limit ?? usual)(c, next);
  });
  app.route("/", keysPages());
  app.route("/", shellData());
  for (const pages of facts.featurePages) app.route("/", pages());
  return app;
}
