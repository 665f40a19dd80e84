import {
  button,
  checkbox,
  errorSummary,
  form,
  type FormError,
  type FormValues,
  messageFor,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";

/** Which of the three forms was sent and has to be looked at again. */
export interface Tried {
  readonly form: "address" | "file" | "account";
  readonly error: FormError;
  readonly values: FormValues;
}

interface OwnNetwork {
  readonly id: string;
  readonly error: FormError;
  readonly checked: boolean;
}

/** The choice that a calendar may be on this machine or near it. Off unless somebody says so: an address can be a trap. */
export function ownNetworkChoice({ id, error, checked }: OwnNetwork): Html {
  return html`<div class="field" id="${id}">
    ${checkbox({ name: id, label: "It is on this machine or in my own network", checked })}
    ${when(messageFor(error, id), (text) => html`<p class="error">${text}</p>`)}
  </div>`;
}

const help = html`<details>
  <summary>Where do I find the address?</summary>
  <dl>
    <dt>Google Calendar</dt>
    <dd>On a computer: Settings, your calendar on the left, “Integrate calendar”, “Secret address in iCal format”.</dd>
    <dt>Outlook and Microsoft 365</dt>
    <dd>On the web: Settings, Calendar, Shared calendars, “Publish a calendar” with all details, then copy the ICS link.</dd>
    <dt>Fastmail</dt>
    <dd>Settings, Calendars, Edit beside the calendar, “Export” or “Publish”, then copy the address. CalDAV with an app password works as well.</dd>
    <dt>Nextcloud</dt>
    <dd>In Calendar: the pencil beside the calendar, “Share link”, then “Copy subscription link”. CalDAV works as well.</dd>
    <dt>iCloud</dt>
    <dd>Better by CalDAV: server caldav.icloud.com, your Apple account and an app password from account.apple.com. Then the calendar need not be public.</dd>
  </dl>
  <p class="hint">Whoever has this address can read the calendar, so it is kept sealed and shown only in part. Some companies switch such addresses off: then export a file.</p>
</details>`;

function addressForm(tried: Tried | undefined): Html {
  const mine = tried?.form === "address" ? tried : undefined;
  const { error, values = {} } = mine ?? {};
  return html`<section aria-labelledby="by-address">
    <h3 id="by-address">By its address</h3>
    ${errorSummary(error)}
    ${form(
      "/calendar/sources",
      html`${textField({ name: "address", label: "Address of the calendar", value: values["address"], hint: "The secret address that your calendar gives you, often called ICS or iCal. It begins with https:// or webcal://.", autocomplete: "off", error, required: true })}
      ${ownNetworkChoice({ id: "allowPrivate", error, checked: values["allowPrivate"] === "yes" })}
      <div class="actions">${button("Read this calendar")}</div>`,
      { label: "Add a calendar by its address" },
    )}
    ${help}
  </section>`;
}

function fileForm(tried: Tried | undefined): Html {
  const error = tried?.form === "file" ? tried.error : undefined;
  const message = messageFor(error, "file");
  return html`<details${error ? html` open` : nothing}>
    <summary>From a file</summary>
    ${errorSummary(error)}
    <form method="post" action="/calendar/files" enctype="multipart/form-data" aria-label="Add a calendar from a file">
      <div class="field">
        <label for="file">Calendar file</label>
        <p class="hint" id="file-hint">An .ics file that your calendar exported. It is read once: what changes in your calendar later is not in it.</p>
        <input type="file" id="file" name="file" accept=".ics,.ical,.ifb,text/calendar" required aria-describedby="file-hint${when(message, () => html` file-error`)}">
        ${when(message, (text) => html`<p class="error" id="file-error">${text}</p>`)}
      </div>
      <div class="actions">${button("Read this file", { kind: "quiet" })}</div>
    </form>
  </details>`;
}

function accountForm(tried: Tried | undefined): Html {
  const mine = tried?.form === "account" ? tried : undefined;
  const { error, values = {} } = mine ?? {};
  return html`<details${mine ? html` open` : nothing}>
    <summary>From an account: iCloud, Fastmail, Nextcloud (CalDAV)</summary>
    ${errorSummary(error)}
    ${form(
      "/calendar/accounts",
      html`${textField({ name: "server", label: "Server", value: values["server"], hint: "For example caldav.icloud.com, caldav.fastmail.com or the address of your Nextcloud.", autocomplete: "off", error, required: true })}
      ${textField({ name: "user", label: "User name", value: values["user"], hint: "Usually your mail address.", autocomplete: "username", error, required: true })}
      ${textField({ name: "password", label: "Password", type: "password", hint: "iCloud and Fastmail want an app password: you make it in your account there.", autocomplete: "current-password", error, required: true })}
      ${ownNetworkChoice({ id: "accountAllowPrivate", error, checked: values["accountAllowPrivate"] === "yes" })}
      <div class="actions">${button("Look for calendars", { kind: "quiet" })}</div>`,
      { label: "Add calendars of a CalDAV account" },
    )}
  </details>`;
}

/** The three ways to bring a calendar, the quickest first. */
export function addingForms(tried: Tried | undefined): Html {
  return html`<section aria-labelledby="add">
    <h2 id="add">Add a calendar</h2>
    ${addressForm(tried)}
    ${fileForm(tried)}
    ${accountForm(tried)}
  </section>`;
}
