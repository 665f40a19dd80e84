import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { z } from "zod";
import { approveAgenda, openAgenda, previewAgenda, putItem } from "../../src/features/agenda/index.ts";
import { allowPage } from "../../src/features/answers/index.ts";
import { type DeliveryWay, markSent } from "../../src/features/delivery/index.ts";
import { guestPages } from "../../src/features/guest/index.ts";
import { approveRecap, openRecap, previewRecap, type RecapPart, saveRecap } from "../../src/features/recap/index.ts";
import type { OwnerId } from "../../src/lib/ids.ts";
import { call, type Operation } from "../../src/platform/operation.ts";
import { type Reach, reachOf } from "../../src/platform/reach.ts";
import { openAssets } from "../../src/surfaces/web/assets.ts";
import { webApp } from "../../src/surfaces/web/web.ts";
import { checkMarkup } from "./markup.ts";
import type { TestApp } from "./test-app.ts";

export const PUBLIC_URL = "https://one.example.org";

/** An installation that can be reached from outside, and somebody elsewhere who opens its links without JavaScript. */
export interface GuestVisit {
  readonly reach: Reach;
  /** Calls an operation as the owner (or another one) of an installation with a public address. */
  call<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: z.input<I>,
    owner?: OwnerId,
  ): Promise<z.output<O>>;
  /** Asks for a path under the public address. A page's markup is checked on the way. */
  get(path: string, headers?: Record<string, string>): Promise<{ status: number; text: string; headers: Headers }>;
  post(
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<{ status: number; text: string; location: string | null }>;
}

const assets = openAssets(join(import.meta.dirname, "../../src"));

export function newReach(): Reach {
  const key = randomBytes(32).toString("base64");
  return reachOf({ publicUrl: PUBLIC_URL, keyFile: "/nowhere", key }) as Reach;
}

export function guestVisit(app: TestApp, reach: Reach = newReach()): GuestVisit {
  const { database, clock } = app;
  const log = (error: Error): never => {
    throw error;
  };
  const host = new URL(PUBLIC_URL).host;
  const web = webApp({
    featurePages: [],
    callerFor: () => ({ owner: app.owner, database, clock, reach }),
    surroundingsFor: () => {
      throw new Error("Nobody elsewhere is shown anything of the owner's frame.");
    },
    allowedHosts: new Set(["127.0.0.1:4111"]),
    publicHost: host,
    programs: { "/g": guestPages({ database, clock, reach, links: assets.styleLinks, log }) },
    assets,
    log,
  });
  const read = async (path: string, response: Response): Promise<string> => {
    const text = await response.text();
    if (text !== "" && response.headers.get("content-type")?.startsWith("text/html")) await checkMarkup(text, path);
    return text;
  };
  return {
    reach,
    call: (operation, input, owner = app.owner) => call({ owner, database, clock, reach }, operation, input),
    async get(path, headers = {}) {
      const response = await web.request(path, { headers: { host, accept: "text/html", ...headers } });
      return { status: response.status, text: await read(path, response), headers: response.headers };
    },
    async post(path, fields, headers = {}) {
      const response = await web.request(path, {
        method: "POST",
        body: new URLSearchParams(fields).toString(),
        headers: { host, origin: "null", accept: "text/html", "content-type": "application/x-www-form-urlencoded", ...headers },
      });
      return { status: response.status, text: await read(path, response), location: response.headers.get("location") };
    },
  };
}

/** The path of the link in a mail. */
export function pathIn(text: string): string {
  return /\/g\/[\w-]{43}/u.exec(text)?.[0] ?? "";
}

/** Approves an agenda with a need, which its owner then sends by hand; gives the path of the link in it. */
export async function sendAgenda(visit: GuestVisit, meetingId: string, need = "A yes to the pilot"): Promise<string> {
  await visit.call(openAgenda, { meetingId });
  await visit.call(putItem, { meetingId, kind: "need", text: need });
  return sendWhatIsPrepared(visit, meetingId);
}

/** Approves an agenda as it is prepared, which its owner then sends by hand; gives the path of the link in it. */
export async function sendWhatIsPrepared(visit: GuestVisit, meetingId: string): Promise<string> {
  const { mail } = await visit.call(previewAgenda, { meetingId });
  const { id } = await visit.call(approveAgenda, { meetingId, way: "copy", hash: mail.hash });
  await visit.call(markSent, { id });
  return pathIn(mail.text);
}

type Lines = readonly { readonly part: RecapPart; readonly text: string; readonly dueOn?: string }[];

/** Approves a recap with these lines; gives the path of the link in it. */
export async function sendRecap(visit: GuestVisit, meetingId: string, lines: Lines, way: DeliveryWay = "copy"): Promise<string> {
  await visit.call(openRecap, { meetingId });
  await visit.call(saveRecap, { meetingId, lines: [...lines] });
  const { choices } = await visit.call(previewRecap, { meetingId });
  const { id } = await visit.call(approveRecap, { meetingId, way, hash: choices.mail.hash });
  await visit.call(markSent, { id });
  return pathIn(choices.mail.text);
}

/** Switches pages on for a person. */
export async function allow(visit: GuestVisit, personId: string): Promise<void> {
  await visit.call(allowPage, { personId, allowed: true });
}

/** The hidden and visible fields of one form of a page, by the id of the form. */
export function fieldsOf(page: string, formId: string): Record<string, string> {
  const start = page.indexOf(`id="${formId}"`);
  const form = page.slice(start, page.indexOf("</form>", start));
  const inputs = [...form.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/gu)].map(([, name, value]) => [name, value]);
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/gu)].map(([, name, value]) => [
    name,
    value,
  ]);
  return Object.fromEntries([...inputs, ...hidden]) as Record<string, string>;
}
