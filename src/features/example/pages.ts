import { type WebRoutes, webRoutes } from "../../surfaces/web/kit/web.ts";

/** What the composition root knows about the example's data file. */
interface ExampleFile {
  create(): Promise<void>;
  discard(): Promise<void>;
}

/** The cookie that says which data a browser looks at. It holds nothing else. */
export const VIEW_COOKIE = "throughline_view=example";
const ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";

/** POST /example shows the example to this browser; POST /example/discard throws its data file away; POST /example/leave goes back to one's own. */
export function examplePages(file: ExampleFile): WebRoutes {
  const routes = webRoutes();
  routes.post("/example", async (c) => {
    await file.create();
    c.header("set-cookie", VIEW_COOKIE + ATTRIBUTES);
    return c.redirect("/", 303);
  });
  routes.post("/example/leave", (c) => {
    c.header("set-cookie", `throughline_view=; Max-Age=0${ATTRIBUTES}`);
    return c.redirect("/", 303);
  });
  routes.post("/example/discard", async (c) => {
    await file.discard();
    c.header("set-cookie", `throughline_view=; Max-Age=0${ATTRIBUTES}`);
    return c.redirect("/", 303);
  });
  return routes;
}
