import { readPrivateFile } from "../../platform/private-file.ts";
import { call } from "../../platform/operation.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/storage/database.ts";
import type { OwnerId } from "../../lib/ids.ts";
import {
  actionButton,
  button,
  errorStatus,
  errorSummary,
  form,
  type FormError,
  type FormValues,
  readForm,
  submit,
  textField,
} from "../../surfaces/web/kit/form.ts";
import { type Html, html, when } from "../../surfaces/web/kit/html.ts";
import { page } from "../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../surfaces/web/kit/web.ts";
import { renewToken, saveProfile, showProfile } from "./operations.ts";
import { readLocalOwner } from "./store.ts";

/** The installation's own data, whoever is looked at (the example has no token). */
interface TokenPlace {
  readonly database: Database;
  readonly clock: Clock;
  readonly tokenFile: string;
}

function profileForm(values: FormValues, error: FormError): Html {
  return form(
    "/settings",
    html`${errorSummary(error)}
    ${textField({ name: "name", label: "Your name", hint: "As your manager knows you; mails are signed with it.", value: values["name"], required: true, autocomplete: "name", error })}
    ${textField({ name: "email", label: "Your mail address", hint: "Replies go there.", type: "email", value: values["email"], autocomplete: "email", error })}
    ${textField({ name: "zone", label: "Your time zone", hint: "Such as Europe/Berlin. Meetings keep the zone that they were planned in.", value: values["zone"], required: true, error })}
    <div class="actions">${button("Save")}</div>`,
    { label: "Profile" },
  );
}

function tokenSection(token: string | undefined, tokenFile: string): Html {
  return html`<h2 id="token">Access token</h2>
    <p>Programs and assistants on this machine show it to be let in. The command line finds it by itself. It is kept in <code>${tokenFile}</code>.</p>
    ${when(token, (known) => html`<details><summary>Show the token</summary><p><code>${known}</code></p></details>`)}
    <p class="hint">A new token ends the old one at once: programs that use it must be given the new one.</p>
    ${actionButton("/settings/token", "Renew the token")}`;
}

async function settingsPage(c: WebContext, place: TokenPlace, values: FormValues, error?: FormError): Promise<Response> {
  const token = readPrivateFile(place.tokenFile);
  const body = html`${profileForm(values, error)}
    <h2>More settings</h2>
    <ul>
      <li><a href="/calendar">Your calendars</a>: your 1:1s are found there and followed when they move</li>
      <li><a href="/settings/mail">Sending mail</a>: your mail account, if mails are to go out by themselves</li>
      <li><a href="/settings/mailbox">Answers by mail</a>: your mailbox, if replies are to be found by themselves</li>
      <li><a href="/settings/reminders">Reminders</a>: by mail or in your browser, and your 1:1s in your own calendar</li>
      <li><a href="/questions">Questions</a>: all of them with what each uncovers, and your own</li>
      <li><a href="/seeds">Seeds</a>: wishes for later, and when each was last said</li>
      <li><a href="/archive">Your archive</a>: take everything you wrote along, or bring it here</li>
      <li><a href="/api">For programs</a>: what scripts and assistants can do</li>
    </ul>
    ${tokenSection(token, place.tokenFile)}`;
  return page(c, { title: "Settings", section: "settings", body, status: errorStatus(error) });
}

/** /settings: the profile, the access token, and the way to the other settings. */
export function accountPages(place: TokenPlace): WebRoutes {
  const routes = webRoutes();
  routes.get("/settings", async (c) => {
    const profile = await call(c.get("caller"), showProfile, {});
    return settingsPage(c, place, { name: profile.name ?? "", email: profile.email ?? "", zone: profile.zone });
  });
  routes.post("/settings", async (c) => {
    const values = await readForm(c);
    const { name = "", email = "", zone = "" } = values;
    const input = { name, email: email.trim() === "" ? null : email, zone };
    return submit(c, {
      operation: saveProfile,
      input,
      done: () => "/settings",
      again: (error) => settingsPage(c, place, values, error),
    });
  });
  routes.post("/settings/token", async (c) => {
    const { database, clock, tokenFile } = place;
    const owner = (await readLocalOwner(database.reader)) as OwnerId;
    await renewToken(database, owner, clock.now(), tokenFile);
    return c.redirect("/settings#token", 303);
  });
  return routes;
}
