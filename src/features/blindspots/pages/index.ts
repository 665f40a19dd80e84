import { type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { cardPages } from "./card.ts";
import { knownPages } from "./known.ts";
import { seenPages } from "./seen.ts";
import { waitsPages } from "./waits.ts";

export function blindspotPages(): WebRoutes {
  const routes = webRoutes();
  for (const pages of [knownPages, cardPages, waitsPages, seenPages]) routes.route("/", pages());
  return routes;
}
