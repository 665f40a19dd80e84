import { type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";

export function personPages(): WebRoutes {
  return webRoutes();
}
