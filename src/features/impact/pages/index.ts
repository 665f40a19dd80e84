import { type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { answerLive, goOn, showCoach } from "./coach.ts";
import { unseenPage } from "./unseen.ts";

/** /journal/:id/impact: a win is made to land, by one question at a time; /impact: the wins that nobody else has heard of. */
export function impactPages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/impact", unseenPage);
  routes.post("/impact/live", answerLive);
  routes.get("/journal/:id/impact", showCoach);
  routes.post("/journal/:id/impact", goOn);
  return routes;
}
