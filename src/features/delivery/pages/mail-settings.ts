import { call } from "../../../platform/operation.ts";
import { mailPresets, type MailPreset, presetOf } from "../../../platform/mail/presets.ts";
import {
  actionButton,
  button,
  errorStatus,
  errorSummary,
  form,
  type FormError,
  type FormValues,
  isForForm,
  readForm,
  selectField,
  submit,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, webRoutes, type WebRoutes } from "../../../surfaces/web/kit/web.ts";
import { type MailAccount, mailAccountOperations, type MailConfig } from "../operations/account.ts";
import { testMailText } from "../mail.ts";
import { testMailOperation } from "../operations/test-mail.ts";
import type { MailSecurity } from "../../account/index.ts";
import { signInForm, signInRoutes } from "./sign-in.ts";

const securities: { value: MailSecurity; label: string }[] = [
  { value: "starttls", label: "STARTTLS (port 587)" },
  { value: "implicit_tls", label: "TLS from the start (port 465)" },
  { value: "none", label: "None (this machine only)" },
];

interface Shown {
  readonly error?: FormError;
  readonly values?: FormValues;
  readonly check?: { readonly ok: boolean; readonly message: string };
  /** The provider whose servers are filled in. */
  readonly preset?: MailPreset | undefined;
}

const ownServer = "own";

/** Whose mail account it is: the rest of the form follows from it. Links, so that it works without scripts. */
function providerChoice(chosen: string | undefined): Html {
  const one = (id: string, name: string): Html =>
    html`<a href="/settings/mail?provider=${id}"${id === chosen ? html` aria-current="true"` : nothing}>${name}</a>`;
  return html`<p>Whose mail do you use?</p>
    <nav class="actions" aria-label="Mail provider">${mailPresets.map(({ id, name }) => one(id, name))}${one(ownServer, "Another, or my own server")}</nav>`;
}

function passwordHint(account: MailAccount, preset: MailPreset | undefined): string {
  if (account.hasPassword && (!preset || preset.smtp.host === account.host)) return "Leave this empty to keep the stored one.";
  return preset?.login ?? "Many providers want an app password here: you make it in your account there.";
}

function accountForm(account: MailAccount, { error, values, preset }: Shown): Html {
  const filled: FormValues = preset ? { ...preset.smtp, port: String(preset.smtp.port) } : {};
  const value = (name: "host" | "username"): string | null => values?.[name] ?? filled[name] ?? account[name];
  return form(
    "/settings/mail",
    html`${textField({ name: "host", label: "Server for outgoing mail", value: value("host"), hint: "Your mail provider calls it SMTP server, for example smtp.example.org.", error, required: true })}
      ${selectField({ name: "security", label: "Protection", choices: securities, value: values?.["security"] ?? filled["security"] ?? account.security ?? "starttls", error })}
      ${textField({ name: "port", label: "Port", type: "number", min: 1, max: 65_535, value: values?.["port"] ?? filled["port"] ?? String(account.port ?? 587), error, required: true })}
      ${textField({ name: "username", label: "User name", value: value("username"), hint: "Usually your mail address.", autocomplete: "username", error })}
      ${textField({ name: "password", label: "Password", type: "password", hint: passwordHint(account, preset), autocomplete: "current-password", error })}
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

function trial(account: MailAccount): Html {
  const { subject, text } = testMailText(account.host ?? "");
  return html`<h2>Try it</h2>
    <p>The test goes to you alone and says: “${subject}. ${text}”</p>
    <div class="actions">
      ${actionButton("/settings/mail/test", "Send myself a test", { kind: "primary" })}
      ${actionButton("/settings/mail/check", "Check the login only")}
      ${account.fromEnvironment ? nothing : actionButton("/settings/mail/removal", "Remove this account", { kind: "danger" })}
    </div>`;
}

function account(shownAccount: MailAccount, shown: Shown): Html {
  if (shownAccount.fromEnvironment) return fromEnvironment(shownAccount);
  const { preset } = shown;
  const provider = preset?.oauth && shownAccount.providers.includes(preset.oauth) ? preset.oauth : undefined;
  return html`${when(shownAccount.signedInWith, () => html`<p class="notice">You are signed in as <strong>${shownAccount.username}</strong>. Typing a password ends that.</p>`)}
    ${providerChoice(preset?.id ?? (shownAccount.host && !presetOf(shownAccount.host) ? ownServer : undefined))}
    ${provider ? signInForm(provider, shown) : nothing}
    ${accountForm(shownAccount, shown)}`;
}

const sealed = html`<p class="quiet">The password is stored sealed. Its key is a file outside your data, so that a copy of the data is not a copy of the password.</p>`;

/** The page of the mail account. It is made with the configuration, because passwords are sealed with its key. */
export function mailSettingsPages(config: MailConfig): WebRoutes {
  const { showMailAccount, saveMailAccount, removeMailAccount, checkMailAccount, resumeMail } = mailAccountOperations(config);
  const sendTest = testMailOperation(config);
  const routes = webRoutes();

  async function settings(c: WebContext, shown: Shown = {}): Promise<Response> {
    const present = await call(c.get("caller"), showMailAccount, {});
    const { check, error } = shown;
    const asked = c.req.query("provider");
    const host = shown.values?.["host"] ?? present.host;
    const preset = mailPresets.find(({ id }) => id === asked) ?? (asked === undefined && host ? presetOf(host) : undefined);
    return page(c, {
      title: "Sending mail",
      section: "settings",
      status: errorStatus(error),
      body: html`<p class="lede">With a mail account, what you approve goes out by itself at its hour. Without one you send it by hand, and are reminded.</p>
        ${errorSummary(error)}
        ${when(present.pausedReason, paused)}
        ${when(check, (one) => html`<p class="${one.ok ? "notice" : "warning"}" role="status">${one.message}</p>`)}
        ${account(present, { ...shown, preset })}
        ${present.configured ? trial(present) : nothing}
        ${present.fromEnvironment ? nothing : sealed}
        <p>Replies are found by themselves with <a href="/settings/mailbox">your mailbox</a>.</p>`,
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
      notice: "Saved. Send yourself a test to be sure.",
      again: (error) => settings(c, { error, values }),
    });
  });
  for (const [path, operation] of [
    ["/settings/mail/check", checkMailAccount],
    ["/settings/mail/test", sendTest],
  ] as const) {
    routes.post(path, async (c) => {
      try {
        const check = await call(c.get("caller"), operation, {});
        if (check.ok) await call(c.get("caller"), resumeMail, {});
        return await settings(c, { check });
      } catch (error) {
        if (!isForForm(error)) throw error;
        return settings(c, { error });
      }
    });
  }
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
  signInRoutes(routes, config, settings);
  return routes;
}
