import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyOf, withWebPeer } from "./web-peer.ts";

/** What a CalDAV server can be told to do wrong, or to leave out. */
export interface Faults {
  /** Answers everything with a page to log in on, status 200. */
  loginPage?: boolean;
  /** Answers an old sync token with this status. */
  staleTokenStatus?: number;
  noSync?: boolean;
  noMultiget?: boolean;
  /** Hands out at most this many changes at once. */
  part?: number;
  /** Leaves these out of multiget answers. */
  withheld?: readonly string[];
  /** Answers a listing with an empty multistatus. */
  emptyListing?: boolean;
  status?: number;
}

/** A small CalDAV server with one account and one calendar of events, one of tasks, and scripted faults. */
export interface CalDavPeer {
  readonly at: string;
  readonly user: string;
  password: string;
  faults: Faults;
  /** Method, path and first element of every request. */
  readonly asked: string[];
  put(name: string, text: string): void;
  remove(name: string): void;
}

const HOME = "/dav/ana%40example.org/";
const CALENDAR = `${HOME}work/`;

interface Entry {
  readonly text: string | undefined;
  readonly revision: number;
}

const xml = (inside: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">${inside}</D:multistatus>`;
const ok = (href: string, props: string): string =>
  `<D:response><D:href>${href}</D:href><D:propstat><D:prop>${props}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`;
const status = (href: string, line: string): string =>
  `<D:response><D:href>${href}</D:href><D:status>HTTP/1.1 ${line}</D:status></D:response>`;
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

class Peer {
  readonly entries = new Map<string, Entry>();
  readonly asked: string[] = [];
  readonly user = "ana@example.org";
  password = "secret-password";
  faults: Faults = {};
  revision = 1;

  answer(request: IncomingMessage, body: string, response: ServerResponse): void {
    const { method = "", url = "" } = request;
    const [, report = ""] = /<(?:\w+:)?(sync-collection|calendar-multiget|propfind)/u.exec(body) ?? [];
    this.asked.push(`${method} ${url} ${report}`.trim());
    const basic = `Basic ${Buffer.from(`${this.user}:${this.password}`).toString("base64")}`;
    if (this.faults.loginPage) return void response.writeHead(200, { "content-type": "text/html" }).end("<html>Log in</html>");
    if (this.faults.status) return void response.writeHead(this.faults.status).end();
    if (url === "/.well-known/caldav") return void response.writeHead(301, { location: "/dav/" }).end();
    if (request.headers.authorization !== basic) return void response.writeHead(401).end();
    const multistatus = this.multistatus(method, url, report, body, request.headers.depth?.toString());
    if (multistatus !== undefined) return void response.writeHead(207, { "content-type": "application/xml" }).end(multistatus);
    const entry = this.entries.get(url.slice(CALENDAR.length));
    if (method === "GET" && entry?.text) return void response.writeHead(200, { etag: this.etag(entry) }).end(entry.text);
    response.writeHead(this.refusalOf(report)).end();
  }

  private refusalOf(report: string): number {
    if (report === "sync-collection") return this.faults.noSync ? 415 : (this.faults.staleTokenStatus ?? 404);
    return report === "calendar-multiget" ? 501 : 404;
  }

  private etag({ revision }: Entry): string {
    return `"${revision}"`;
  }

  private multistatus(method: string, url: string, report: string, body: string, depth = "0"): string | undefined {
    if (method === "PROPFIND") return this.properties(url, depth);
    if (url !== CALENDAR) return undefined;
    if (report === "sync-collection") return this.sync(body);
    return report === "calendar-multiget" && !this.faults.noMultiget ? this.multiget(body) : undefined;
  }

  private properties(url: string, depth: string): string | undefined {
    const principal = "<D:current-user-principal><D:href>/principals/ana/</D:href></D:current-user-principal>";
    if (url === "/dav/") return xml(ok(url, `<D:resourcetype><D:collection/></D:resourcetype>${principal}`));
    if (url === "/principals/ana/") return xml(ok(url, `<C:calendar-home-set><D:href>${HOME}</D:href></C:calendar-home-set>`));
    const kind = (component: string): string =>
      `<D:resourcetype><D:collection/><C:calendar/></D:resourcetype><C:supported-calendar-component-set><C:comp name="${component}"/></C:supported-calendar-component-set>`;
    const work = ok(CALENDAR, `<D:displayname>Work &amp; more</D:displayname>${kind("VEVENT")}`);
    if (url === HOME && depth === "1") {
      const tasks = ok(`${HOME}tasks/`, `<D:displayname>Tasks</D:displayname>${kind("VTODO")}`);
      return xml(ok(HOME, "<D:resourcetype><D:collection/></D:resourcetype>") + work + tasks);
    }
    if (url !== CALENDAR) return undefined;
    if (depth === "0") return xml(work);
    return this.faults.emptyListing ? xml("") : xml(work + this.changes(0).join(""));
  }

  private changes(since: number): string[] {
    return [...this.entries]
      .filter(([, { revision, text }]) => revision > since && (since > 0 || text !== undefined))
      .map(([name, entry]) =>
        entry.text === undefined
          ? status(CALENDAR + name, "404 Not Found")
          : ok(CALENDAR + name, `<D:getetag>${this.etag(entry)}</D:getetag>`),
      );
  }

  private sync(body: string): string | undefined {
    if (this.faults.noSync) return undefined;
    const [, token = ""] = /<(?:\w+:)?sync-token>([^<]*)</u.exec(body) ?? [];
    if (token !== "" && this.faults.staleTokenStatus) return undefined;
    const [since = 0, done = 0] = token.split("/").slice(-2).map(Number);
    const all = this.changes(since);
    const { part = Infinity } = this.faults;
    const some = all.slice(done, done + part);
    const isMore = done + some.length < all.length;
    const next = isMore ? `http://x/${since}/${done + some.length}` : `http://x/${this.revision}/0`;
    const more = isMore ? status(CALENDAR, "507 Insufficient Storage") : "";
    return xml(`${some.join("")}${more}<D:sync-token>${next}</D:sync-token>`);
  }

  private multiget(body: string): string {
    const hrefs = [...body.matchAll(/<(?:\w+:)?href>([^<]*)</gu)].map(([, href = ""]) => href);
    const answers = hrefs.map((href) => {
      const name = href.slice(CALENDAR.length);
      const entry = this.entries.get(name);
      if (!entry?.text) return status(href, "404 Not Found");
      if (this.faults.withheld?.includes(name)) return "";
      const data = `<C:calendar-data>${escaped(entry.text)}</C:calendar-data>`;
      return ok(href.replace("%40", "@"), `<D:getetag>${this.etag(entry)}</D:getetag>${data}`);
    });
    return xml(answers.join(""));
  }
}

/** Runs `work` with a CalDAV server on loopback. */
export async function withCalDavPeer(work: (peer: CalDavPeer) => Promise<void>): Promise<void> {
  const peer = new Peer();
  await withWebPeer(
    async (request, response) => peer.answer(request, await bodyOf(request), response),
    async (at) => {
      const change = (name: string, text: string | undefined): void => {
        peer.revision += 1;
        peer.entries.set(name, { text, revision: peer.revision });
      };
      await work(
        Object.assign(peer, {
          at,
          put: (name: string, text: string) => change(name, text),
          remove: (name: string) => change(name, undefined),
        }),
      );
    },
  );
}
