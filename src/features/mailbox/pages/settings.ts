import { dayIn, shortMoment } from "../../../lib/dates.ts";
import { call } from "../../../platform/operation.ts";
import {
  actionButton,
  button,
  checkbox,
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
import type { MailSecurity } from "../../account/index.ts";
import type { MailConfig } from "../../delivery/index.ts";
import { mailboxAccountOperations } from "../operations/account.ts";
import { listIncoming } from "../operations/incoming.ts";
import type { Mailbox } from "../schema.ts";
import { mailList } from "./mail-list.ts";

const securities: { value: MailSecurity; label: string }[] = [
  { value: "implicit_tls", label: "TLS from the start (port 993)" },
  { value: "starttls", label: "STARTTLS (port 143)" },
  { value: "none", label: "None (this machine only)" },
];

interface Shown {
  readonly error?: FormError;
  readonly values?: FormValues;
  readonly check?: { readonly ok: boolean; readonly message: string };
}

function checkingField({ checkingServer, learnedServer }: Mailbox, { values, error }: Shown): Html {
  const learned =
    learnedServer === null
      ? "Leave this empty, and it is learned from your mails."
      : `Leave this empty to believe ${learnedServer}: its name is on your mails.`;
  return html`<details${checkingServer === null ? nothing : html` open`}>
      <summary>Which server checks who sent a mail</summary>
      <p class="hint">A sender is easy to forge. Only what your own mail server found out counts; it signs with its name in the header Authentication-Results.</p>
      ${textField({ name: "checkingServer", label: "Its name", value: values?.["checkingServer"] ?? checkingServer, hint: learned, error })}
    </details>`;
}

function accountForm(mailbox: Mailbox, shown: Shown): Html {
  const { error, values } = shown;
  const value = (name: "host" | "username"): string | null => values?.[name] ?? mailbox[name];
  const passwordHint = mailbox.hasPassword
    ? "Leave this empty to keep the stored one."
    : "Gmail, iCloud and Fastmail want an app password: you make it in your account there.";
  const same = values ? values["sameLogin"] === "yes" : mailbox.sameLogin;
  return form(
    "/settings/mailbox",
    html`${textField({ name: "host", label: "Server for incoming mail", value: value("host"), hint: "Your mail provider calls it IMAP server, for example imap.example.org.", error, required: true })}
      ${selectField({ name: "security", label: "Protection", choices: securities, value: values?.["security"] ?? mailbox.security ?? "implicit_tls", error })}
      ${textField({ name: "port", label: "Port", type: "number", min: 1, max: 65_535, value: values?.["port"] ?? String(mailbox.port ?? 993), error, required: true })}
      ${checkbox({ name: "sameLogin", label: "Log in as the account that sends", checked: same })}
      <p class="hint">Without the tick, give this mailbox a login of its own:</p>
      ${textField({ name: "username", label: "User name", value: value("username"), hint: "Usually your mail address.", autocomplete: "username", error })}
      ${textField({ name: "password", label: "Password", type: "password", hint: passwordHint, autocomplete: "current-password", error })}
      ${checkingField(mailbox, shown)}
      <div class="actions">${button("Save")}</div>`,
    { label: "Mailbox" },
  );
}

function standing(c: WebContext, mailbox: Mailbox): Html {
  const { zone, now } = c.get("surroundings");
  const moment = (at: string): Html =>
    html`<time datetime="${at}">${shortMoment(Temporal.Instant.from(at), zone, dayIn(zone, now).year)}</time>`;
  const read = when(mailbox.lastReadAt, (at) => html`<p class="quiet">Last read ${moment(at)}.</p>`);
  switch (mailbox.state) {
    case "none":
      return nothing;
    case "fresh":
      return mailbox.lastReadAt === null ? html`<p class="quiet">It has not been read yet.</p>` : read;
    case "trouble":
      return html`<div class="warning"><p>The mailbox cannot be read at the moment. ${mailbox.trouble}</p>${when(mailbox.nextTryAt, (at) => html`<p>The next try is ${moment(at)}.</p>`)}</div>${read}`;
    case "paused":
      return html`<div class="warning"><p>The mailbox is not read until you have looked at this. ${mailbox.trouble}</p></div>${read}`;
  }
}

const acts = html`<div class="actions">
    ${actionButton("/settings/mailbox/check", "Check the connection")}
    ${actionButton("/settings/mailbox/reading", "Read now")}
    ${actionButton("/settings/mailbox/removal", "Remove this mailbox", { kind: "danger" })}
  </div>
  <p class="hint">Checking logs in and opens the inbox. Nothing is marked as read, moved or deleted, ever.</p>`;

const privacy = html`<h2>What is read</h2>
  <p>Of each new mail in the inbox, its headers are looked at. Only what answers a mail that went out from here is kept: a reply, a note of absence, a mail that came back. Every other mail is forgotten at once: it is neither stored nor logged.</p>
  <p class="quiet">The password is stored sealed. Its key is a file outside your data, so that a copy of the data is not a copy of the password, and no export holds it.</p>`;

/** The page of the mailbox. It is made with the configuration, because passwords are sealed with its key. */
export function mailboxSettingsPages(config: MailConfig): WebRoutes {
  const { showMailbox, setMailbox, removeMailbox, testMailbox, readMailbox } = mailboxAccountOperations(config);
  const routes = webRoutes();

  async function settings(c: WebContext, shown: Shown = {}): Promise<Response> {
    const caller = c.get("caller");
    const mailbox = await call(caller, showMailbox, {});
    const { mails } = await call(caller, listIncoming, {});
    const { check, error } = shown;
    return page(c, {
      title: "Answers by mail",
      section: "settings",
      status: errorStatus(error),
      body: html`<p class="lede">With your mailbox, what your manager replies to an agenda or recap stands beside the item that it answers. You are told when a mail came back, and who is away.</p>
        ${errorSummary(error)}
        ${standing(c, mailbox)}
        ${when(check, (one) => html`<p class="${one.ok ? "notice" : "warning"}" role="status">${one.message}</p>`)}
        ${accountForm(mailbox, shown)}
        ${mailbox.state === "none" ? nothing : acts}
        ${privacy}
        <h2>What came in</h2>
        ${mailList(c, mails)}
        <p class="hint">Without a mailbox, you can <a href="/mailbox/file">hand in a reply as a file</a>.</p>`,
    });
  }

  routes.get("/settings/mailbox", (c) => settings(c));
  routes.post("/settings/mailbox", async (c) => {
    const { password: typed = "", ...values } = await readForm(c);
    const sameLogin = values["sameLogin"] === "yes";
    // The tick decides: what still stands in the two fields below it is not meant any more.
    const password = sameLogin ? "" : typed;
    const input = {
      host: values["host"] ?? "",
      port: values["port"] ?? "",
      security: values["security"] as MailSecurity,
      sameLogin,
      username: sameLogin ? "" : (values["username"] ?? ""),
      checkingServer: values["checkingServer"] ?? "",
      ...(password === "" ? {} : { password }),
    };
    // A password that was typed is not sent back to the page: it would stand in the markup.
    return submit(c, {
      operation: setMailbox,
      input,
      done: () => "/settings/mailbox",
      notice: "Saved. Check the connection to be sure.",
      again: (error) => settings(c, { error, values }),
    });
  });
  routes.post("/settings/mailbox/check", async (c) => settings(c, { check: await call(c.get("caller"), testMailbox, {}) }));
  routes.post("/settings/mailbox/reading", async (c) => settings(c, { check: await call(c.get("caller"), readMailbox, {}) }));
  routes.post("/settings/mailbox/removal", (c) =>
    submit(c, {
      operation: removeMailbox,
      input: {},
      done: () => "/settings/mailbox",
      notice: "The mailbox and its password were removed. What was answered stays.",
      again: (error) => settings(c, { error }),
    }),
  );
  return routes;
}
