import { type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { answerRoutes } from "./answers.ts";
import { meetingPages } from "./meeting.ts";
import { recapPreviewPages } from "./preview.ts";
import { recapEditPages } from "./recap.ts";

export function recapPages(): WebRoutes {
  return webRoutes()
    .route("/", meetingPages())
    .route("/", recapEditPages())
    .route("/", recapPreviewPages())
    .route("/", answerRoutes());
}
