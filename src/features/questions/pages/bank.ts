import { type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";

export function bankPages(): WebRoutes {
  return webRoutes();
}
