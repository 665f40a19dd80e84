import { Hono } from "hono";
import type { Context } from "hono";
import type { Caller } from "../../../platform/operation.ts";
import type { PageAssets } from "../assets.ts";

/** Something that waits for the owner, shown on top of every page with a link to the place where it is done. */
export interface Reminder {
  readonly text: string;
  readonly href: string;
}

/** What every page is told about the place it is shown in. */
export interface Surroundings {
  /** The owner's zone: every time on a page is shown in it unless a meeting has its own. */
  readonly zone: string;
  readonly ownerName: string | null;
  readonly now: Temporal.Instant;
  /** True while the visitor looks around in the example; nothing is ever sent from it. */
  readonly isExample: boolean;
  /** True when THROUGHLINE_CLOCK moved the clock. */
  readonly clockIsShifted: boolean;
  /** Mails to be sent by hand now, a mail account that is paused, and the like. */
  readonly reminders?: readonly Reminder[];
}

export interface WebEnv {
  Variables: {
    caller: Caller;
    surroundings: Surroundings;
    /** Style sheet and scripts; absent when a feature's pages are rendered without the web app around them. */
    assets?: PageAssets | undefined;
    /** Set by `page()` and `submit()`: their responses already carry all their headers. */
    hasHeaders?: boolean;
  };
}

export type WebContext = Context<WebEnv>;
export type WebRoutes = Hono<WebEnv>;

/** A feature's pages: `export function journalPages(): WebRoutes { const routes = webRoutes(); routes.get("/journal", ...); return routes; }` */
export function webRoutes(): WebRoutes {
  return new Hono<WebEnv>();
}
