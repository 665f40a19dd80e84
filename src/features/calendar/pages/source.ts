import {
  actionButton,
  button,
  errorStatus,
  errorSummary,
  form,
  type FormError,
  type FormValues,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { type Html, html, nothing } from "../../../surfaces/web/kit/html.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import type { SourceDetail } from "../schema.ts";
import { ownNetworkChoice } from "./adding.ts";
import { holds, kindInWords, many, moment, type Place, troubleLine } from "./words.ts";

/** A form of this page that was sent and has to be looked at again. */
export interface Tried {
  readonly error: FormError;
  readonly values: FormValues;
}

const at = ({ id }: SourceDetail): string => `/calendar/sources/${id}`;

function facts(source: SourceDetail, place: Place): Html {
  const { lastReadAt, lastTriedAt, nextTryAt, privateAllowed } = source;
  const tried = lastTriedAt !== null && lastTriedAt !== lastReadAt;
  return html`<dl>
    <dt>Comes from</dt><dd>${kindInWords(source)}</dd>
    <dt>Last read</dt><dd>${lastReadAt === null ? "never" : moment(lastReadAt, place)}</dd>
    ${tried ? html`<dt>Last tried</dt><dd>${moment(lastTriedAt, place)}</dd>` : nothing}
    ${nextTryAt === null ? nothing : html`<dt>Read again</dt><dd>about ${moment(nextTryAt, place)}</dd>`}
    <dt>Holds</dt><dd>${holds(source)}</dd>
    ${privateAllowed ? html`<dt>Own network</dt><dd>allowed for this calendar</dd>` : nothing}
  </dl>`;
}

function shrunk(source: SourceDetail): Html {
  if (source.shrunkTo === null) return nothing;
  return html`<section aria-labelledby="gone">
    <h2 id="gone">Are these events really gone?</h2>
    <p>Before there were ${many(source.eventCount ?? 0, "event")}, now there ${source.shrunkTo === 1 ? "is" : "are"} ${source.shrunkTo}. That is how it looks when you tidied up, and how it looks when a server forgets. No meeting was touched.</p>
    <div class="actions">${actionButton(`${at(source)}/shrinking`, "Yes, they really are gone", { kind: "primary" })}</div>
    <p class="hint">If they are not, there is nothing to do: it is looked at again, and goes on by itself when they are back.</p>
  </section>`;
}

function addressForm(source: SourceDetail, tried: Tried | undefined): Html {
  const { error, values = {} } = tried ?? {};
  const checked = tried ? values["allowPrivate"] === "yes" : source.privateAllowed;
  return form(
    `${at(source)}/address`,
    html`${textField({ name: "address", label: "New address", value: values["address"], hint: "The old one is replaced once the new one was read. Your meetings stay.", autocomplete: "off", error, required: true })}
    ${ownNetworkChoice({ id: "allowPrivate", error, checked })}
    <div class="actions">${button("Use this address", { kind: "quiet" })}</div>`,
    { label: "New address" },
  );
}

function passwordForm(source: SourceDetail, tried: Tried | undefined): Html {
  return form(
    `${at(source)}/password`,
    html`${textField({ name: "password", label: "New password", type: "password", hint: "It is used for all calendars of this account.", autocomplete: "current-password", error: tried?.error, required: true })}
    <div class="actions">${button("Use this password", { kind: "quiet" })}</div>`,
    { label: "New password" },
  );
}

/** Where a calendar gets a new address or password; open when that is what it waits for. */
function renewal(source: SourceDetail, tried: Tried | undefined): Html {
  if (source.kind === "file") return nothing;
  const isAddress = source.kind === "address";
  const inside = isAddress ? addressForm(source, tried) : passwordForm(source, tried);
  const isOpen = source.state === "stopped" || tried !== undefined;
  return html`<details${isOpen ? html` open` : nothing}>
    <summary>${isAddress ? "Its address changed" : "Its password changed"}</summary>
    ${errorSummary(tried?.error)}
    ${inside}
  </details>`;
}

function setAside({ setAside: rows }: SourceDetail): Html {
  if (rows.length === 0) return html`<p class="quiet">Nothing was set aside.</p>`;
  return html`<p>One bad entry does not cost the others. These were left out:</p>
    <table>
      <thead><tr><th scope="col">Event</th><th scope="col" class="num">Line</th><th scope="col">Why</th></tr></thead>
      <tbody>${rows.map((one) => html`<tr><td dir="auto">${one.summary ?? "without a title"}</td><td class="num">${one.line ?? ""}</td><td>${one.why}</td></tr>`)}</tbody>
    </table>`;
}

function warnings({ warnings: rows }: SourceDetail): Html {
  if (rows.length === 0) return nothing;
  return html`<section aria-labelledby="doubts">
    <h2 id="doubts">Read with doubts</h2>
    <ul>${rows.map((one) => html`<li dir="auto">${one.message}</li>`)}</ul>
  </section>`;
}

/** One calendar: when it was read, what it holds, what was set aside and why. */
export function sourcePage(c: WebContext, source: SourceDetail, tried?: Tried): Promise<Response> {
  const place: Place = c.get("surroundings");
  const again = source.kind === "file" ? nothing : actionButton(`${at(source)}/reading`, "Read it now");
  return page(c, {
    title: source.name,
    section: "meetings",
    status: errorStatus(tried?.error),
    body: html`${troubleLine(source, place)}
      ${shrunk(source)}
      ${facts(source, place)}
      <div class="actions">${again}${actionButton(`${at(source)}/removal`, "Stop reading this calendar", { kind: "danger" })}</div>
      <p class="hint">When you stop, its address and its text are forgotten. The meetings that came from it stay.</p>
      ${renewal(source, tried)}
      <section aria-labelledby="set-aside">
        <h2 id="set-aside">Set aside</h2>
        ${setAside(source)}
      </section>
      ${warnings(source)}
      <p><a href="/calendar">All calendars</a></p>`,
  });
}
