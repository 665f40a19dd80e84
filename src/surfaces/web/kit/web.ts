import { Hono } from "hono";
import type { Context } from "hono";
import type { Caller } from "../../../platform/operation.ts";

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
}

export interface WebEnv {
  Variables: { caller: Caller; surroundings: Surroundings };
}

export type WebContext = Context<WebEnv>;
export type WebRoutes = Hono<WebEnv>;

/** A feature's pages: `export function journalPages(): WebRoutes { const routes = webRoutes(); routes.get("/journal", ...); return routes; }` */
export function webRoutes(): WebRoutes {
  return new Hono<WebEnv>();
}
