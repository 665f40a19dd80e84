import { call } from "../../platform/operation.ts";
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
import { type Html, html, nothing } from "../../surfaces/web/kit/html.ts";
import { page } from "../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../surfaces/web/kit/web.ts";
import { saveProfile, showProfile } from "../account/index.ts";
import {
  editSeries,
  listSeries,
  ruleOn,
  scheduleSeries,
  type Series,
  seriesFields,
  seriesInput,
  seriesValues,
  zoneField,
  zoneList,
} from "../meetings/index.ts";
import { addPerson, editPerson, listPeople, type Person } from "../people/index.ts";
import { missingStep } from "./rules.ts";

const NEXT = "You are set up.";

function step(number: number): Html {
  return html`<p class="meta">Step ${number} of 3</p>`;
}

const privacy = html`<p class="notice">What you write is kept in one file on this machine, and nothing leaves it unless you approve the very words. On a device from work, your employer may have access to that file.</p>`;

const example = html`<h2>Rather look first?</h2>
  <p class="hint">Half a year of one made-up person, in a file of its own. One click throws it away.</p>
  ${actionButton("/example", "Look around with an example")}`;

async function youPage(c: WebContext, typed?: FormValues, error?: FormError): Promise<Response> {
  const profile = await call(c.get("caller"), showProfile, {});
  const values = typed ?? { name: profile.name ?? "", email: profile.email ?? "", zone: profile.zone };
  const isNew = profile.name === null && typed === undefined;
  const body = html`${errorSummary(error)}${step(1)}
    <p class="lede">Your 1:1s are yours: come prepared, be heard, and keep what was agreed. Ten minutes from now your next agenda can be ready to send.</p>
    ${form(
      "/welcome",
      html`${textField({ name: "name", label: "Your name", value: values["name"], error, required: true, autocomplete: "name", hint: "As your manager knows you." })}
      ${textField({ name: "email", label: "Your mail address", type: "email", value: values["email"], error, autocomplete: "email", hint: "The sender of your agendas. You can add it later." })}
      ${zoneField(values["zone"], error, "Where you are, such as Europe/Berlin.")}
      ${zoneList()}
      <p class="actions">${button("Go on")}</p>`,
    )}
    ${privacy}
    ${isNew ? example : nothing}`;
  return page(c, { title: "Welcome", section: "none", body, islands: isNew ? ["welcome/zone"] : [], status: errorStatus(error) });
}

/** The first person who has not left: going back a step edits them instead of adding a second one. */
async function presentPerson(c: WebContext): Promise<Person | undefined> {
  const { people } = await call(c.get("caller"), listPeople, {});
  return people.find((person) => person.endedOn === null);
}

async function managerPage(c: WebContext, typed?: FormValues, error?: FormError): Promise<Response> {
  const person = await presentPerson(c);
  const values = typed ?? { name: person?.name ?? "", email: person?.email ?? "" };
  const body = html`${errorSummary(error)}${step(2)}
    <p class="lede">Whose 1:1 do you want to get more out of? Usually that is your manager. You can add mentors and others later.</p>
    ${form(
      "/welcome/manager",
      html`${textField({ name: "name", label: "Your manager's name", value: values["name"], error, required: true, autocomplete: "off" })}
      ${textField({ name: "email", label: "Your manager's mail address", type: "email", value: values["email"], error, autocomplete: "off", hint: "Your agendas and recaps are addressed to it. Nothing is sent without your approval, and you can add it later." })}
      <p class="actions">${button("Go on")} <a href="/welcome">Back</a> <a href="/calendar">Find my 1:1s in my calendar</a></p>`,
    )}`;
  return page(c, { title: "Who is your manager?", section: "none", body, status: errorStatus(error) });
}

async function runningSeries(c: WebContext, personId: string): Promise<Series | undefined> {
  const { series } = await call(c.get("caller"), listSeries, { personId });
  return series.find((one) => one.endedOn === null);
}

function presentValues(series: Series | undefined, zone: string): FormValues {
  const rule = series && ruleOn(series.rules, series.rules.at(-1)?.firstOn ?? "");
  return rule ? seriesValues(rule, rule.firstOn) : { startsOn: "", time: "10:00", zone, minutes: "30", everyWeeks: "1" };
}

async function meetingsPage(c: WebContext, typed?: FormValues, error?: FormError): Promise<Response> {
  const person = await presentPerson(c);
  if (!person) return c.redirect("/welcome/manager", 303);
  const values = typed ?? presentValues(await runningSeries(c, person.id), (await call(c.get("caller"), showProfile, {})).zone);
  const body = html`${errorSummary(error)}${step(3)}
    <p class="lede">When do you meet <span dir="auto">${person.name}</span>? The meetings of the next half year appear by themselves, and each can be moved or cancelled.</p>
    ${form(
      "/welcome/meetings",
      html`${seriesFields(values, error, { label: "Your next meeting", hint: "It sets the weekday of the series." })}
      <p class="actions">${button("Done")} <a href="/calendar">Take it from my calendar</a> <a href="/welcome/manager">Back</a> <a href="/">We have no fixed time yet</a></p>`,
    )}
    <p class="hint">It stands in your calendar already? <a href="/calendar">Let it be found there</a>: then it is followed when it moves.</p>`;
  return page(c, { title: "When do you meet?", section: "none", body, status: errorStatus(error) });
}

async function saveYou(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  const input = { name: values["name"] ?? "", email: values["email"]?.trim() || null, zone: values["zone"] ?? "" };
  return submit(c, {
    operation: saveProfile,
    input,
    done: () => "/welcome/manager",
    again: (error) => youPage(c, values, error),
  });
}

async function saveManager(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  const person = await presentPerson(c);
  const input = { name: values["name"] ?? "", email: values["email"]?.trim() || null };
  const after = { done: () => "/welcome/meetings", again: (error: FormError) => managerPage(c, values, error) };
  return person
    ? submit(c, { operation: editPerson, input: { id: person.id, ...input }, ...after })
    : submit(c, { operation: addPerson, input, ...after });
}

async function saveMeetings(c: WebContext): Promise<Response> {
  const values = await readForm(c);
  const person = await presentPerson(c);
  if (!person) return c.redirect("/welcome/manager", 303);
  const series = await runningSeries(c, person.id);
  const after = { done: () => "/", notice: NEXT, again: (error: FormError) => meetingsPage(c, values, error) };
  const input = seriesInput(values);
  return series
    ? submit(c, { operation: editSeries, input: { id: series.id, ...input }, ...after })
    : submit(c, { operation: scheduleSeries, input: { personId: person.id, ...input }, ...after });
}

/** The first ten minutes (S26): three short steps. Mounted before the start page, which it sends newcomers away from. */
export function welcomePages(): WebRoutes {
  const routes = webRoutes();
  routes.get("/", async (c, next) => {
    const { people } = await call(c.get("caller"), listPeople, {});
    const missing = missingStep({ ownerName: c.get("surroundings").ownerName, people: people.length });
    return missing ? c.redirect(missing, 303) : next();
  });
  routes.get("/welcome", (c) => youPage(c));
  routes.post("/welcome", saveYou);
  routes.get("/welcome/manager", (c) => managerPage(c));
  routes.post("/welcome/manager", saveManager);
  routes.get("/welcome/meetings", (c) => meetingsPage(c));
  routes.post("/welcome/meetings", saveMeetings);
  return routes;
}
