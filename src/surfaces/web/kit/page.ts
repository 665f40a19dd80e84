import type { ContentfulStatusCode } from "hono/utils/http-status";
import { pageHeaders } from "./headers.ts";
import { layout } from "./layout.ts";
import type { Html } from "./html.ts";
import { FORGET_NOTICE, readNotice } from "./notice.ts";
import type { WebContext } from "./web.ts";

/** Which entry of the main navigation the page belongs to. */
export type Section = "today" | "meetings" | "record" | "people" | "settings" | "none";

export interface PageFacts {
  readonly title: string;
  readonly section: Section;
  readonly body: Html;
  /** Islands that this page needs beyond those of every page: "agenda/timer" is `features/agenda/client/timer.ts`. */
  readonly islands?: readonly string[];
  readonly status?: ContentfulStatusCode;
}

/** Answers with a whole page: layout, navigation, banners, and the body in one readable column. */
export async function page(c: WebContext, facts: PageFacts): Promise<Response> {
  const notice = readNotice(c);
  const text = await layout({ surroundings: c.get("surroundings"), assets: c.get("assets"), notice, path: c.req.path }, facts);
  c.set("hasHeaders", true);
  const usual = pageHeaders(c);
  const headers = notice === undefined ? usual : { ...usual, "set-cookie": FORGET_NOTICE };
  return new Response(text, { status: facts.status ?? 200, headers });
}
