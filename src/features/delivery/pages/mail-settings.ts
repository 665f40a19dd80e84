import { call } from "../../../platform/operation.ts";
import {
  actionButton,
  button,
  errorStatus,
  errorSummary,
  form,
  type FormError,
  type FormValues,
  readForm,
  selectField,
  submit,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, webRoutes, type WebRoutes } from "../../../surfaces/web/kit/web.ts";
import { type MailAccount, mailAccountOperations, type MailConfig } from "../operations/account.ts";
import type { MailSecurity } from "../../account/index.ts";

const securities: { value: MailSecurity; label: string }[] = [
  { value: "starttls", label: "STARTTLS (usually port 587)" },
  { value: "implicit_tls", label: "TLS from the start (usually port 465)" },
  { value: "none", label: "None (a server on this machine only)" },
];

interface Shown {
  readonly error?: FormError;
  readonly values?: FormValues;
  readonly check?: { readonly ok: boolean; readonly message: string };
}

function accountForm(account: MailAccount, { error, values }: Shown): Html {
  const value = (name: "host" | "username"): string | null => values?.[name] ?? account[name];
  const passwordHint = account.hasPassword
    ? "Leave this empty to keep the stored one."
    : "Gmail, iCloud and Fastmail want an app password: you make it in your account there.";
  return form(
    "/settings/mail",
    html`${textField({ name: "host", label: "Server for outgoing mail", value: value("host"), hint: "Your mail provider calls it SMTP server, for example smtp.example.org.", error, required: true })}
      ${selectField({ name: "security", label: "Protection", choices: securities, value: values?.["security"] ?? account.security ?? "starttls", error })}
      ${textField({ name: "port", label: "Port", type: "number", min: 1, max: 65_535, value: values?.["port"] ?? String(account.port ?? 587), error, required: true })}
      ${textField({ name: "username", label: "User name", value: value("username"), hint: "Usually your mail address.", autocomplete: "username", error })}
      ${textField({ name: "password", label: "Password", type: "password", hint: passwordHint, autocomplete: "current-password", error })}
      <div class="actions">${button("Save")}</div>`,
    { label: "Mail account" },
  );
}

function fromEnvironment(account: MailAccount): Html {
  return html`<p>The account is set by <code>THROUGHLINE_SMTP_URL</code>: <strong>${account.host}</strong>, port ${account.port}${account.username ? html`, as ${account.username}` : nothing}. Change it there and start again.</p>`;
}

function paused(reason: string): Html {
  return html`<div class="warning">
    <p>Sending is paused, and nothing was dropped. ${reason}</p>
    ${actionButton("/settings/mail/resumption", "Try again now")}
  </div>`;
}

/** The page of the mail account. It is made with the configuration, because passwords are sealed with its key. */
export function mailSettingsPages(config: MailConfig): WebRoutes {
  const { showMailAccount, saveMailAccount, removeMailAccount, checkMailAccount, resumeMail } = mailAccountOperations(config);
  const routes = webRoutes();

  async function settings(c: WebContext, shown: Shown = {}): Promise<Response> {
    const account = await call(c.get("caller"), showMailAccount, {});
    const { check, error } = shown;
    const acts = html`<div class="actions">
      ${actionButton("/settings/mail/check", "Check the connection")}
      ${account.fromEnvironment ? nothing : actionButton("/settings/mail/removal", "Remove this account", { kind: "danger" })}
    </div>
    <p class="hint">Checking logs in and says goodbye. Nothing is sent.</p>`;
    return page(c, {
      title: "Sending mail",
      section: "settings",
      status: errorStatus(error),
      body: html`<p class="lede">With a mail account, what you approve goes out by itself at its hour. Without one you send it by hand, and are reminded.</p>
        ${errorSummary(error)}
        ${when(account.pausedReason, paused)}
        ${when(check, (one) => html`<p class="${one.ok ? "notice" : "warning"}" role="status">${one.message}</p>`)}
        ${account.fromEnvironment ? fromEnvironment(account) : accountForm(account, shown)}
        ${account.configured ? acts : nothing}
        <p class="quiet">The password is stored sealed. Its key is a file outside your data, so that a copy of the data is not a copy of the password.</p>`,
    });
  }

  routes.get("/settings/mail", (c) => settings(c));
  routes.post("/settings/mail", async (c) => {
    const { password = "", ...values } = await readForm(c);
    const input = {
      host: values["host"] ?? "",
      port: values["port"] ?? "",
      security: values["security"] as MailSecurity,
      username: values["username"] ?? "",
      ...(password === "" ? {} : { password }),
    };
    // A password that was typed is not sent back to the page: it would stand in the markup.
    return submit(c, {
      operation: saveMailAccount,
      input,
      done: () => "/settings/mail",
      notice: "Saved. Check the connection to be sure.",
      again: (error) => settings(c, { error, values }),
    });
  });
  routes.post("/settings/mail/check", async (c) => {
    const check = await call(c.get("caller"), checkMailAccount, {});
    if (check.ok) await call(c.get("caller"), resumeMail, {});
    return settings(c, { check });
  });
  routes.post("/settings/mail/resumption", (c) =>
    submit(c, {
      operation: resumeMail,
      input: {},
      done: () => "/settings/mail",
      notice: "What waits is tried again.",
      again: (error) => settings(c, { error }),
    }),
  );
  routes.post("/settings/mail/removal", (c) =>
    submit(c, {
      operation: removeMailAccount,
      input: {},
      done: () => "/settings/mail",
      notice: "The account and its password were removed.",
      again: (error) => settings(c, { error }),
    }),
  );
  return routes;
}
