import type { ContentfulStatusCode } from "hono/utils/http-status";
import { layout } from "./layout.ts";
import type { Html } from "./html.ts";
import type { WebContext } from "./web.ts";

/** Which entry of the main navigation the page belongs to. */
export type Section = "today" | "meetings" | "record" | "people" | "settings" | "none";

export interface PageFacts {
  readonly title: string;
  readonly section: Section;
  readonly body: Html;
  /** Islands that this page needs beyond those of every page: "autosave", "timer", ... (files in a feature's `client/`). */
  readonly islands?: readonly string[];
  readonly status?: ContentfulStatusCode;
}

/** Answers with a whole page: layout, navigation, banners, and the body in one readable column. */
export function page(c: WebContext, facts: PageFacts): Response | Promise<Response> {
  return c.html(layout(c.get("surroundings"), facts, c.req.path), facts.status ?? 200);
}
