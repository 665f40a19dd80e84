import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, serverFolder, startServer, writeConfig } from "./server-process.ts";

/** A CalDAV server on loopback with one person's calendar in it. */
export interface CalendarServer {
  readonly name: "Radicale" | "Xandikos";
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** The address of a calendar that exists, ready for PUT of `<name>.ics`. */
  readonly calendar: string;
  stop(): Promise<void>;
}

const USER = "ana";
const PASSWORD = "secret";
const authorization = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString("base64")}`;

/** One request of a test to the server itself; anything but success is the test's own trouble and thrown. */
export async function askServer(
  method: string,
  url: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const answer = await fetch(url, { method, body: body ?? null, headers: { authorization, ...headers } });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** Puts one object (a whole iCalendar text) into the calendar, or replaces it. */
export async function putEvent(server: CalendarServer, name: string, text: string): Promise<void> {
  await askServer("PUT", new URL(`${name}.ics`, server.calendar).href, text, { "content-type": "text/calendar; charset=utf-8" });
}

export async function removeEvent(server: CalendarServer, name: string): Promise<void> {
  await askServer("DELETE", new URL(`${name}.ics`, server.calendar).href);
}

const makeCalendar = `<?xml version="1.0" encoding="utf-8"?>
<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
  <D:set><D:prop><D:displayname>Work</D:displayname></D:prop></D:set>
</C:mkcalendar>`;

export async function startRadicale(): Promise<CalendarServer> {
  const folder = serverFolder("radicale");
  const port = await freePort();
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "users"), `${USER}:${PASSWORD}\n`);
  const config = writeConfig("radicale.conf", folder, "radicale.conf", { DIR: folder, PORT: port });
  const server = await startServer(["/usr/bin/python3", "-m", "radicale", "--config", config], { folder, ports: [port] });
  const url = `http://127.0.0.1:${port}/`;
  const calendar = `${url}${USER}/work/`;
  await askServer("MKCALENDAR", calendar, makeCalendar);
  return { name: "Radicale", url, user: USER, password: PASSWORD, calendar, stop: () => server.stop() };
}

/** Xandikos asks nobody for a password: what is sent along is ignored. */
export async function startXandikos(): Promise<CalendarServer> {
  const folder = serverFolder("xandikos");
  const port = await freePort();
  const server = await startServer(
    [
      "xandikos",
      "-d",
      join(folder, "data"),
      "-l",
      "127.0.0.1",
      "-p",
      String(port),
      "--current-user-principal",
      `/${USER}`,
      "--defaults",
    ],
    { folder, ports: [port] },
  );
  const url = `http://127.0.0.1:${port}/`;
  const calendar = `${url}${USER}/calendars/calendar/`;
  return { name: "Xandikos", url, user: USER, password: PASSWORD, calendar, stop: () => server.stop() };
}
