import { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import { button, checkbox, errorStatus, errorSummary, form, isForForm, readForm } from "../../../surfaces/web/kit/form.ts";
import { html } from "../../../surfaces/web/kit/html.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, webRoutes, type WebRoutes } from "../../../surfaces/web/kit/web.ts";
import { calendarAccountOperations } from "../operations/accounts.ts";
import type { CalendarConfig } from "../operations/reading.ts";
import { openTyped, sealTyped, type TypedAccount } from "../operations/secrets.ts";
import type { Tried } from "./adding.ts";
import { many } from "./words.ts";

const EXPIRED = "This list is older than an hour. Enter the account again.";

interface Choosing {
  readonly typed: TypedAccount;
  readonly found: readonly { readonly name: string; readonly path: string }[];
  readonly error?: AppError;
}

/** The fields of the form by the names of the operation's input. */
const FIELDS = { address: "server", allowPrivate: "accountAllowPrivate" } as const;

function besideFields(error: AppError): AppError {
  const named = error.fields.map(({ field, message }) => ({ field: FIELDS[field as keyof typeof FIELDS] ?? field, message }));
  return new AppError(error.code, error.message, { fields: named });
}

/** /calendar/accounts: an account is entered, then its calendars are chosen. What was typed waits sealed within the page, for an hour. */
export function accountRoutes(config: CalendarConfig, overview: (c: WebContext, tried: Tried) => Promise<Response>): WebRoutes {
  const { addCaldav } = calendarAccountOperations(config);
  const routes = webRoutes();

  function choosing(c: WebContext, { typed, found, error }: Choosing): Promise<Response> {
    const { owner, clock } = c.get("caller");
    const sealed = sealTyped(owner, clock.now(), typed, config);
    const one = (calendar: Choosing["found"][number]) =>
      checkbox({ name: "calendars", label: html`<span dir="auto">${calendar.name}</span>`, value: calendar.path });
    return page(c, {
      title: "Choose calendars",
      section: "meetings",
      status: errorStatus(error),
      body: html`<p class="lede">This account has ${many(found.length, "calendar")}. Choose those in which your 1:1s stand.</p>
        ${errorSummary(error)}
        ${form(
          "/calendar/accounts/calendars",
          html`<input type="hidden" name="account" value="${sealed}">
          <fieldset class="field" id="calendars"><legend>Calendars</legend>${found.map(one)}</fieldset>
          <div class="actions">${button("Read these")}</div>`,
          { label: "Calendars of the account" },
        )}
        <p><a href="/calendar">All calendars</a></p>`,
    });
  }

  async function add(c: WebContext, typed: TypedAccount, calendars?: string[]): Promise<Response> {
    const input = calendars === undefined ? typed : { ...typed, calendars };
    const { found, added } = await call(c.get("caller"), addCaldav, input);
    if (added.length === 0) return choosing(c, { typed, found });
    leaveNotice(c, `${many(added.length, "calendar is", "calendars are")} read from now on.`);
    return c.redirect("/calendar", 303);
  }

  routes.post("/calendar/accounts", async (c) => {
    const { password = "", ...values } = await readForm(c);
    const typed: TypedAccount = {
      address: values["server"] ?? "",
      user: values["user"] ?? "",
      password,
      allowPrivate: values["accountAllowPrivate"] === "yes",
    };
    try {
      return await add(c, typed);
    } catch (error) {
      // The password is not sent back to the page: it would stand in the markup.
      if (isForForm(error)) return overview(c, { form: "account", error: besideFields(error), values });
      throw error;
    }
  });

  routes.post("/calendar/accounts/calendars", async (c) => {
    const { account = "", calendars = "" } = await readForm(c);
    const { owner, clock } = c.get("caller");
    const typed = openTyped(owner, clock.now(), account, config);
    if (!typed) return overview(c, { form: "account", error: new AppError("conflict", EXPIRED), values: {} });
    const chosen = calendars.split("\n").filter(Boolean);
    try {
      return await add(c, typed, chosen.length === 0 ? undefined : chosen);
    } catch (error) {
      const values = { server: typed.address, user: typed.user };
      if (isForForm(error)) return overview(c, { form: "account", error: besideFields(error), values });
      throw error;
    }
  });
  return routes;
}
