import { type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { bankPages } from "./bank.ts";
import { ownPages } from "./own.ts";
import { personPages } from "./person.ts";

/** /questions: the bank, one's own, and what was asked and uncovered. */
export function questionPages(): WebRoutes {
  const routes = webRoutes();
  routes.route("/", ownPages());
  routes.route("/", personPages());
  routes.route("/", bankPages());
  return routes;
}
