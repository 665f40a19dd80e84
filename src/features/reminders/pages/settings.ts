import { longDay } from "../../../lib/dates.ts";
import { call } from "../../../platform/operation.ts";
import type { KeySource } from "../../../platform/keys/seal.ts";
import {
  actionButton,
  button,
  checkbox,
  type Choice,
  errorStatus,
  errorSummary,
  form,
  type FormError,
  type FormValues,
  messageFor,
  readForm,
  selectField,
  submit,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, nothing, when } from "../../../surfaces/web/kit/html.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { feedOperations } from "../operations/feed.ts";
import { setReminders, showReminders } from "../operations/settings.ts";
import { type CalendarFeed, type ReminderChannel, type ReminderKind, reminderKinds, type ReminderSettings } from "../schema.ts";
import { browserSection, pushRoutes } from "./browsers.ts";

const PLACE = "/settings/reminders";

const channelNames: readonly (Choice & { readonly value: ReminderChannel })[] = [
  { value: "none", label: "Not at all" },
  { value: "browser", label: "In my browser" },
  { value: "mail", label: "By mail to myself" },
  { value: "both", label: "Both" },
];

const kindFields: Record<ReminderKind, { readonly label: string; readonly hint: string }> = {
  prepare: { label: "Time to prepare", hint: "At your hour, on the last business day before the agenda goes out." },
  send: { label: "A mail to send by hand", hint: "When the hour of an approved mail has come." },
  recap: { label: "Recap", hint: "When a meeting is over and has no recap yet." },
  trouble: { label: "Something needs you", hint: "A mail failed or waits, or a calendar cannot be read before a send." },
  promise: { label: "A promise of yours", hint: "On the business day before it is due." },
};

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

function weekdayField(chosen: ReadonlySet<string>, error: FormError): Html {
  const message = messageFor(error, "weekdays");
  return html`<fieldset id="weekdays"><legend>Days on which reminders may come</legend>
    ${when(message, (text) => html`<p class="error">${text}</p>`)}
    ${each(weekdays, (label, index) => checkbox({ name: "weekdays", label, value: String(index + 1), checked: chosen.has(String(index + 1)) }))}
  </fieldset>`;
}

interface Shown {
  readonly error?: FormError;
  readonly values?: FormValues;
}

function settingsForm(settings: ReminderSettings, { error, values }: Shown): Html {
  const value = (name: "prepareTime" | "quietFrom" | "quietUntil" | ReminderKind): string => values?.[name] ?? settings[name];
  const chosen = new Set(values ? (values["weekdays"] ?? "").split("\n") : settings.weekdays.map(String));
  return form(
    PLACE,
    html`<h2>What, and how</h2>
      ${each(reminderKinds, (name) => selectField({ name, ...kindFields[name], choices: channelNames, value: value(name), error }))}
      <h2>When</h2>
      <p class="hint">All times are in your zone, ${settings.zone}. What would fall into quiet hours or on another day comes earlier when a deadline follows, else later.</p>
      ${textField({ name: "prepareTime", label: "Your hour to prepare", type: "time", value: value("prepareTime"), required: true, error })}
      ${textField({ name: "quietFrom", label: "Quiet from", type: "time", value: value("quietFrom"), required: true, error })}
      ${textField({ name: "quietUntil", label: "Quiet until", type: "time", value: value("quietUntil"), hint: "The same time twice: no quiet hours.", required: true, error })}
      ${weekdayField(chosen, error)}
      <div class="actions">${button("Save")}</div>`,
    { label: "Reminders" },
  );
}

function mailHint({ mailTo, hasMailAccount }: ReminderSettings): Html {
  if (!hasMailAccount)
    return html`<p class="hint">For reminders by mail, set up <a href="/settings/mail">your mail account</a> first.</p>`;
  if (mailTo === null)
    return html`<p class="hint">For reminders by mail, add your own address under <a href="/settings">Settings</a>.</p>`;
  return html`<p class="hint">Reminders by mail go from your own account to ${mailTo}. They name the person and the hour, and nothing that you wrote.</p>`;
}

function feedAddress(feed: CalendarFeed, origin: string, zone: string): Html {
  const address = feed.publicUrl ?? `${origin}${feed.path ?? ""}`;
  const since = (createdAt: string): string => longDay(Temporal.Instant.from(createdAt).toZonedDateTimeISO(zone).toPlainDate());
  const where =
    feed.publicUrl === null
      ? html`<p class="hint">This address works for calendar programs on this machine. For those elsewhere, this installation needs a public address (<code>THROUGHLINE_PUBLIC_URL</code>).</p>`
      : nothing;
  return html`<label for="feed-address">The address to subscribe to</label>
    <input id="feed-address" type="text" readonly value="${address}" autocomplete="off" spellcheck="false" data-copy="Copy the address">
    ${where}
    <p class="hint">Whoever has it can read it, so keep it to yourself. ${when(feed.createdAt, (at) => html`Made on <time datetime="${at}">${since(at)}</time>.`)}</p>
    <div class="actions">
      ${actionButton(`${PLACE}/feed`, "Make a new address")}
      ${actionButton(`${PLACE}/feed/revocation`, "End the feed", { kind: "danger" })}
    </div>
    <p class="hint">With a new address, the old one is dead at once.</p>`;
}

function feedSection(c: WebContext, feed: CalendarFeed): Html {
  const { zone, isExample } = c.get("surroundings");
  const intro = html`<h2 id="feed">In your own calendar</h2>
    <p>Your calendar can show when to prepare, when the agenda goes out, the ten minutes for growth, and when the recap is due. It reads names and these words, nothing else.</p>`;
  if (isExample) return html`${intro}<p class="quiet">The example has no address of its own.</p>`;
  if (feed.path === null) return html`${intro}${actionButton(`${PLACE}/feed`, "Make an address", { kind: "primary" })}`;
  return html`${intro}${feedAddress(feed, new URL(c.req.url).origin, zone)}`;
}

/** /settings/reminders: what one is reminded of and how, quiet hours, the calendar feed, and the browsers that are told. */
export function reminderPages(config: KeySource): WebRoutes {
  const { showFeed, renewFeed, revokeFeed } = feedOperations(config);
  const routes = webRoutes();

  async function settingsPage(c: WebContext, shown: Shown = {}): Promise<Response> {
    const caller = c.get("caller");
    const settings = await call(caller, showReminders, {});
    const feed = await call(caller, showFeed, {});
    const { error } = shown;
    return page(c, {
      title: "Reminders",
      section: "settings",
      status: errorStatus(error),
      islands: ["reminders/copy", "reminders/subscribe"],
      body: html`<p class="lede">Nothing here reminds you until you say so. Each kind can be switched off alone.</p>
        ${errorSummary(error)}
        ${settingsForm(settings, shown)}
        ${mailHint(settings)}
        ${browserSection(c, settings)}
        ${feedSection(c, feed)}`,
    });
  }

  // Nothing is reminded from within the example, and its address would open nothing.
  routes.use(`${PLACE}/*`, async (c, next) => {
    if (c.req.method !== "POST" || !c.get("surroundings").isExample) return next();
    leaveNotice(c, "You are looking around in the example: nothing is reminded from here.");
    return c.redirect(PLACE, 303);
  });

  routes.get(PLACE, (c) => settingsPage(c));
  routes.post(PLACE, async (c) => {
    const values = await readForm(c);
    const { weekdays: days = "", ...rest } = values;
    return submit(c, {
      operation: setReminders,
      input: { ...rest, weekdays: days === "" ? [] : days.split("\n") },
      done: () => PLACE,
      notice: "Saved.",
      again: (error) => settingsPage(c, { error, values }),
    });
  });
  const acts = [
    { path: "feed", operation: renewFeed, notice: "Copy the address into your calendar program." },
    { path: "feed/revocation", operation: revokeFeed, notice: "The feed has ended: its address answers nobody any more." },
  ] as const;
  for (const { path, operation, notice } of acts) {
    routes.post(`${PLACE}/${path}`, (c) =>
      submit(c, {
        operation,
        input: {},
        done: () => `${PLACE}#feed`,
        notice,
        again: (error) => settingsPage(c, { error }),
      }),
    );
  }
  routes.route("/", pushRoutes(config, PLACE));
  return routes;
}
