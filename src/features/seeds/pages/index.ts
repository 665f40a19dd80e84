import { type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { detailPages } from "./detail.ts";
import { listPages } from "./list.ts";

export function seedPages(): WebRoutes {
  const routes = webRoutes();
  for (const pages of [listPages, detailPages]) routes.route("/", pages());
  return routes;
}
