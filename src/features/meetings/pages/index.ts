import { type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { changePages } from "./change.ts";
import { meetingListPages } from "./list.ts";
import { personPages } from "./person.ts";
import { seriesPages } from "./series.ts";

export function meetingsPages(): WebRoutes {
  const routes = webRoutes();
  for (const pages of [meetingListPages, changePages, seriesPages, personPages]) routes.route("/", pages());
  return routes;
}
