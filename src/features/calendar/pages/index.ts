import { AppError, invalidField } from "../../../lib/errors.ts";
import { decodeCalendar } from "../../../platform/calendar/index.ts";
import { call } from "../../../platform/operation.ts";
import { isForForm, readForm, submit } from "../../../surfaces/web/kit/form.ts";
import { nothing } from "../../../surfaces/web/kit/html.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import { type WebContext, webRoutes, type WebRoutes } from "../../../surfaces/web/kit/web.ts";
import { calendarAccountOperations } from "../operations/accounts.ts";
import type { CalendarConfig } from "../operations/reading.ts";
import { calendarSourceOperations, listSources, removeSource, showSource } from "../operations/sources.ts";
import { accountRoutes } from "./account.ts";
import type { Tried } from "./adding.ts";
import { followingRoutes } from "./following.ts";
import { foundSections } from "./found.ts";
import { overviewPage } from "./overview.ts";
import { sourcePage } from "./source.ts";

/** The same error with its messages beside other fields: two forms of one page cannot both have a field called "address". */
function renamedFields(error: AppError, names: Readonly<Record<string, string>>): AppError {
  const fields = error.fields.map((one) => ({ ...one, field: names[one.field] ?? one.field }));
  return new AppError(error.code, error.message, { fields });
}

async function readUpload(c: WebContext): Promise<{ name: string; text: string }> {
  const { file } = await c.req.parseBody();
  if (!(file instanceof File) || file.size === 0) throw invalidField("file", "Choose the .ics file that your calendar exported.");
  return { name: "", text: decodeCalendar(new Uint8Array(await file.arrayBuffer())) };
}

/** The pages of calendars. They are made with the configuration, because addresses and passwords are sealed with its key. */
export function calendarPages(config: CalendarConfig): WebRoutes {
  const { addAddress, addFile, readNow, renewAddress, acceptShrink } = calendarSourceOperations(config);
  const { renewPassword } = calendarAccountOperations(config);
  const routes = webRoutes();

  async function overview(c: WebContext, tried?: Tried): Promise<Response> {
    const { sources } = await call(c.get("caller"), listSources, {});
    return overviewPage(c, { sources, found: sources.length === 0 ? nothing : await foundSections(c), tried });
  }

  const idOf = (c: WebContext): string => c.req.param("id") ?? "";

  async function source(c: WebContext, tried?: { error: AppError; values: Record<string, string> }): Promise<Response> {
    return sourcePage(c, await call(c.get("caller"), showSource, { id: idOf(c) }), tried);
  }

  // Nothing is asked from within the example: who looks around there has not said that anything may be.
  routes.use("/calendar/*", async (c, next) => {
    if (c.req.method !== "POST" || !c.get("surroundings").isExample) return next();
    leaveNotice(c, "You are looking around in the example: no calendar is read from here.");
    return c.redirect("/calendar", 303);
  });

  routes.get("/calendar", (c) => overview(c));
  routes.post("/calendar/sources", async (c) => {
    const values = await readForm(c);
    const input = { address: values["address"] ?? "", allowPrivate: values["allowPrivate"] === "yes" };
    return submit(c, {
      operation: addAddress,
      input,
      done: () => "/calendar",
      notice: "The calendar was read.",
      again: (error) => overview(c, { form: "address", error, values }),
    });
  });
  routes.post("/calendar/files", async (c) => {
    try {
      await call(c.get("caller"), addFile, await readUpload(c));
      leaveNotice(c, "The file was read.");
      return c.redirect("/calendar", 303);
    } catch (error) {
      if (isForForm(error)) return overview(c, { form: "file", error: renamedFields(error, { text: "file" }), values: {} });
      throw error;
    }
  });
  routes.route("/", accountRoutes(config, overview));
  routes.route(
    "/",
    followingRoutes(async (c, error, values) => {
      const { sources } = await call(c.get("caller"), listSources, {});
      return overviewPage(c, { sources, found: await foundSections(c, { error, values }), failed: error });
    }),
  );

  routes.get("/calendar/sources/:id", (c) => source(c));
  const acts = [
    { path: "reading", operation: readNow, notice: "The calendar was asked." },
    { path: "shrinking", operation: acceptShrink, notice: "Taken over as it is now." },
  ] as const;
  for (const { path, operation, notice } of acts) {
    routes.post(`/calendar/sources/:id/${path}`, (c) =>
      submit(c, {
        operation,
        input: { id: idOf(c) },
        done: ({ id }) => `/calendar/sources/${id}`,
        notice,
        again: (error) => source(c, { error, values: {} }),
      }),
    );
  }
  routes.post("/calendar/sources/:id/removal", (c) =>
    submit(c, {
      operation: removeSource,
      input: { id: idOf(c) },
      done: () => "/calendar",
      notice: "The calendar is no longer read. Its meetings stay.",
      again: (error) => source(c, { error, values: {} }),
    }),
  );
  routes.post("/calendar/sources/:id/address", async (c) => {
    const values = await readForm(c);
    return submit(c, {
      operation: renewAddress,
      input: { id: idOf(c), address: values["address"] ?? "", allowPrivate: values["allowPrivate"] === "yes" },
      done: ({ id }) => `/calendar/sources/${id}`,
      notice: "The new address is used from now on.",
      again: (error) => source(c, { error, values }),
    });
  });
  routes.post("/calendar/sources/:id/password", async (c) => {
    const { password = "" } = await readForm(c);
    return submit(c, {
      operation: renewPassword,
      input: { id: idOf(c), password },
      done: ({ id }) => `/calendar/sources/${id}`,
      notice: "The new password is used from now on.",
      again: (error) => source(c, { error, values: {} }),
    });
  });
  return routes;
}
