import { join } from "node:path";
import { openAssets } from "../../src/surfaces/web/assets.ts";
import type { WebRoutes } from "../../src/surfaces/web/kit/web.ts";
import { loopbackHosts } from "../../src/surfaces/web/security.ts";
import { webApp } from "../../src/surfaces/web/web.ts";
import { checkMarkup } from "./markup.ts";
import type { TestApp } from "./test-app.ts";

/** The pages of some features in the real web app, asked as a browser without JavaScript would. */
export interface TestPages {
  /** The page's text. Its markup is checked on the way. */
  get(path: string, expectedStatus?: number): Promise<string>;
  /** Sends a form. `location` is where a redirect leads, `text` the page that came instead. */
  post(path: string, fields: Record<string, string>): Promise<{ status: number; location: string | null; text: string }>;
}

const assets = openAssets(join(import.meta.dirname, "../../src"));
const ORIGIN = "http://127.0.0.1:4111";

/** Serves `featurePages` for the app's owner. */
export function testPages(app: TestApp, featurePages: readonly (() => WebRoutes)[]): TestPages {
  const web = webApp({
    featurePages,
    callerFor: () => ({ owner: app.owner, database: app.database, clock: app.clock }),
    surroundingsFor: () => ({
      zone: "Europe/Berlin",
      ownerName: "Ana",
      now: app.clock.now(),
      isExample: false,
      clockIsShifted: false,
    }),
    allowedHosts: new Set(loopbackHosts(4111)),
    assets,
    log: (error) => {
      throw error;
    },
  });
  const headers = { host: "127.0.0.1:4111", origin: ORIGIN, accept: "text/html" };
  async function read(path: string, response: Response): Promise<string> {
    const text = await response.text();
    if (response.headers.get("content-type")?.startsWith("text/html")) await checkMarkup(text, path);
    return text;
  }
  return {
    async get(path, expectedStatus = 200) {
      const response = await web.request(ORIGIN + path, { headers });
      const text = await read(path, response);
      if (response.status !== expectedStatus) throw new Error(`GET ${path} answered ${response.status}: ${text.slice(0, 500)}`);
      return text;
    },
    async post(path, fields) {
      const response = await web.request(ORIGIN + path, { method: "POST", headers, body: new URLSearchParams(fields) });
      return { status: response.status, location: response.headers.get("location"), text: await read(path, response) };
    },
  };
}
