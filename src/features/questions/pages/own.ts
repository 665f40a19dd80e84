import { type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";

export function ownPages(): WebRoutes {
  return webRoutes();
}
