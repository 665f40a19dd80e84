import * as z from "zod";
import { AppError, invalidField } from "../../../lib/errors.ts";
import { line } from "../../../lib/text.ts";
import { instantText } from "../../../platform/clock.ts";
import type { FoundCalendar } from "../../../platform/calendar/caldav-discovery.ts";
import { type Caller, remoteOperation } from "../../../platform/operation.ts";
import { inTransaction } from "../../../platform/storage/database.ts";
import { maskedAddress } from "../../../platform/web-request/address.ts";
import { detailOf } from "../rules/showing.ts";
import { CalendarSource, SourceDetail, SourceId } from "../schema.ts";
import { insertSource, listSourceRows, updateSource } from "../store/sources.ts";
import { besideField, newSource, refuseTwice, requireServer } from "./adding.ts";
import type { Login } from "./fetching.ts";
import { type CalendarConfig, readSource } from "./reading.ts";
import { openLogin, openUrl, seal } from "./secrets.ts";
import { requireSource } from "./sources.ts";

const LONGEST_PASSWORD = 1_000;
const password = z
  .string()
  .min(1, { error: "Write the password. Many providers want an app password." })
  .max(LONGEST_PASSWORD, { error: "This is too long for a password." });

export const AccountInput = z.object({
  address: line(4_000, "Write the server, for example caldav.example.org.").describe(
    "The server, or the address of one calendar",
  ),
  user: line(320, "Write the user name; it is usually your mail address."),
  password,
  allowPrivate: z
    .boolean()
    .default(false)
    .describe("Let it reach this machine and the network around it: for a calendar server of your own"),
  calendars: z
    .array(z.string())
    .optional()
    .describe("Names or paths of the calendars to read; absent: the one there is, or the list to choose from"),
});
type AccountInput = z.output<typeof AccountInput>;

const Found = z.object({ name: z.string(), path: z.string() });

export const AccountOutput = z.object({
  found: z.array(Found).describe("The calendars with events in this account"),
  added: z.array(CalendarSource).describe("Those that are read from now on"),
});

interface Account {
  readonly login: Login;
  readonly allowPrivate: boolean;
}

async function findIn(url: URL, { login, allowPrivate }: Account, config: CalendarConfig): Promise<FoundCalendar[]> {
  try {
    const { fetchCalendars } = await import("./fetching.ts");
    return await fetchCalendars({ url, login, allowPrivate }, config.outside ?? {});
  } catch (error) {
    const isLogin = (error as { code?: string }).code === "login";
    throw besideField(isLogin ? "password" : "address", error);
  }
}

/** Those that were chosen; all there is when it is one and nothing was said. */
function chosenFrom(found: readonly FoundCalendar[], wanted: readonly string[] | undefined): readonly FoundCalendar[] {
  if (wanted === undefined) return found.length === 1 ? found : [];
  const names = (one: FoundCalendar): string[] => [one.url.pathname, one.name];
  const unknown = wanted.find((name) => !found.some((one) => names(one).includes(name)));
  if (unknown !== undefined) throw invalidField("calendars", `This account has no calendar called “${unknown}”.`);
  return found.filter((one) => names(one).some((name) => wanted.includes(name)));
}

async function addOne(caller: Caller, config: CalendarConfig, { url, name }: FoundCalendar, account: Account): Promise<string> {
  const { owner, database, clock } = caller;
  const now = clock.now();
  const { login, allowPrivate } = account;
  const row = newSource(owner, now, {
    kind: "caldav",
    name,
    shown_address: maskedAddress(url),
    sealed_address: seal(url.href, config),
    sealed_login: seal(JSON.stringify(login), config),
    allowPrivate,
  });
  await inTransaction(database, async (tx) => {
    await refuseTwice(tx, owner, config, { url, user: login.user });
    await insertSource(tx, row);
  });
  await readSource({ database, clock, config }, owner, row.id, { whenDue: false });
  return row.id;
}

async function addAccount(caller: Caller, config: CalendarConfig, input: AccountInput): Promise<z.input<typeof AccountOutput>> {
  const { owner, database } = caller;
  const url = requireServer(input.address);
  const account: Account = { login: { user: input.user, password: input.password }, allowPrivate: input.allowPrivate };
  const found = await findIn(url, account, config);
  if (found.length === 0) throw invalidField("address", "This account has no calendar with events in it.");
  const chosen = chosenFrom(found, input.calendars);
  for (const one of chosen) await refuseTwice(database.reader, owner, config, { url: one.url, user: input.user });
  const ids: string[] = [];
  for (const one of chosen) ids.push(await addOne(caller, config, one, account));
  const added = await Promise.all(ids.map((id) => requireSource(database.reader, owner, id)));
  return { found: found.map((one) => ({ name: one.name, path: one.url.pathname })), added: added.map(detailOf) };
}

/** Puts the new password into every calendar of the same account, so that it is typed once. */
async function renewLogin(
  caller: Caller,
  config: CalendarConfig,
  input: { id: string; password: string },
): Promise<SourceDetail> {
  const { owner, database, clock } = caller;
  const source = await requireSource(database.reader, owner, input.id);
  if (source.kind !== "caldav") throw new AppError("conflict", "This calendar is read without a password.");
  const url = openUrl(source, config);
  const login: Login = { user: openLogin(source, config).user, password: input.password };
  await findIn(url, { login, allowPrivate: source.private_allowed_at !== null }, config);
  const now = clock.now();
  await inTransaction(database, async (tx) => {
    for (const row of await listSourceRows(tx, owner)) {
      if (row.kind !== "caldav" || openUrl(row, config).origin !== url.origin) continue;
      if (openLogin(row, config).user !== login.user) continue;
      const sealed_login = seal(JSON.stringify(login), config);
      await updateSource(tx, owner, now, row.id, {
        sealed_login,
        lease_token: null,
        lease_until: null,
        next_at: instantText(now),
      });
    }
  });
  await readSource({ database, clock, config }, owner, source.id, { whenDue: false });
  return detailOf(await requireSource(database.reader, owner, source.id));
}

/** The operations on CalDAV accounts; made once the configuration is known, because passwords are sealed with its key. */
export function calendarAccountOperations(config: CalendarConfig) {
  const addCaldav = remoteOperation({
    name: "calendar.addCaldav",
    summary: "Read calendars of a CalDAV account from now on; the password is sealed with a key outside the database",
    input: AccountInput,
    output: AccountOutput,
    examples: [{ address: "caldav.example.org", user: "ana@example.org", password: "app password", calendars: ["Work"] }],
    run: (caller, input) => addAccount(caller, config, input),
  });
  const renewPassword = remoteOperation({
    name: "calendar.renewPassword",
    summary: "Give a CalDAV account its new password, for all of its calendars",
    input: SourceId.extend({ password }),
    output: SourceDetail,
    run: (caller, input) => renewLogin(caller, config, input),
  });
  return { addCaldav, renewPassword };
}
