import { join } from "node:path";
import { readOwner } from "../../src/features/account/index.ts";
import { openAssets } from "../../src/surfaces/web/assets.ts";
import { webApp } from "../../src/surfaces/web/web.ts";
import type { WebRoutes } from "../../src/surfaces/web/kit/web.ts";
import { checkMarkup } from "./markup.ts";
import type { TestApp } from "./test-app.ts";

const HOST = "127.0.0.1:4111";
const assets = openAssets(join(import.meta.dirname, "../../src"));

/** Somebody without a browser's scripts: opens pages, sends forms, and finds out where each leads. */
export interface Visitor {
  /** The markup of a page, checked with html-validate. Fails unless the status is the one expected. */
  open(path: string, status?: number): Promise<string>;
  /** Sends a form; the path it redirects to. */
  send(path: string, fields?: Readonly<Record<string, string>>): Promise<string>;
  /** Sends a form that is answered with a page (200): a conversation that goes on. Its markup, checked. */
  show(path: string, fields: Readonly<Record<string, string>>): Promise<string>;
  /** What an island asks for while somebody types: parts of a page, not checked as a whole one. */
  part(path: string, fields: Readonly<Record<string, string>>): Promise<string>;
  /** Sends a form that is not accepted; the markup of the page that comes back, checked. */
  sendWrong(path: string, fields: Readonly<Record<string, string>>): Promise<string>;
}

/** A visitor of some features' pages, as the owner of a test app. */
export function visitorOf(app: TestApp, pages: readonly (() => WebRoutes)[]): Visitor {
  const { database, clock, owner } = app;
  const errors: Error[] = [];
  const web = webApp({
    featurePages: pages,
    callerFor: () => ({ owner, database, clock }),
    async surroundingsFor() {
      const { zone, name } = await readOwner(database.reader, owner);
      return { zone, ownerName: name, now: clock.now(), isExample: false, clockIsShifted: false };
    },
    allowedHosts: new Set([HOST]),
    assets,
    log: (error) => errors.push(error),
  });
  const request = (path: string, init: RequestInit) =>
    web.request(`http://${HOST}${path}`, { ...init, headers: { host: HOST, accept: "text/html", origin: `http://${HOST}` } });
  const post = (path: string, fields: Readonly<Record<string, string>>) =>
    request(path, { method: "POST", body: new URLSearchParams(fields) });

  async function markupOf(response: Response, path: string, statuses: readonly number[]): Promise<string> {
    const text = await response.text();
    if (!statuses.includes(response.status))
      throw new Error(`${path} answered ${response.status}: ${errors.at(-1)?.stack ?? text.slice(0, 2000)}`);
    await checkMarkup(text, path);
    return text;
  }

  return {
    open: async (path, status = 200) => markupOf(await request(path, {}), path, [status]),
    async send(path, fields = {}) {
      const response = await post(path, fields);
      const to = response.headers.get("location");
      if (response.status !== 303 || to === null)
        throw new Error(`${path} answered ${response.status}: ${errors.at(-1)?.stack ?? (await response.text()).slice(0, 4000)}`);
      return to;
    },
    show: async (path, fields) => markupOf(await post(path, fields), path, [200]),
    async part(path, fields) {
      const response = await post(path, fields);
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${errors.at(-1)?.stack ?? ""}`);
      return response.text();
    },
    sendWrong: async (path, fields) => markupOf(await post(path, fields), path, [409, 422]),
  };
}
