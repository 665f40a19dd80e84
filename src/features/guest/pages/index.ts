import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { AppError } from "../../../lib/errors.ts";
import type { Clock } from "../../../platform/clock.ts";
import { parseInput } from "../../../platform/operation.ts";
import { rateLimit } from "../../../platform/rate-limit.ts";
import type { Reach } from "../../../platform/reach.ts";
import { type Database, inTransaction } from "../../../platform/storage/database.ts";
import { requestHeader } from "../../../surfaces/web/kit/headers.ts";
import { type Html, html } from "../../../surfaces/web/kit/html.ts";
import { readForm } from "../../../surfaces/web/kit/form.ts";
import { mailsOf, openLink } from "../operations/opening.ts";
import { say } from "../operations/saying.ts";
import { type GuestAct, guestActs, type GuestMail, type GuestScope, SaidInput } from "../schema.ts";
import { guestPage } from "./frame.ts";
import { type Attempt, guestBody, guestTitle } from "./mail.ts";

/** What the pages for guests need of the installation. They know no owner: the link says whose page it opens. */
export interface GuestFacts {
  readonly database: Database;
  readonly clock: Clock;
  readonly reach: Reach;
  /** The `<link>` elements of the style sheet. */
  readonly links: () => Html;
  readonly log: (error: Error) => void;
}

interface Opened {
  readonly scope: GuestScope;
  readonly mails: readonly [GuestMail, ...GuestMail[]];
}

const LARGEST_FORM = 64_000;
// Generous for a person with a thought, too little for a program with many.
const PER_LINK = { most: 30, seconds: 600 };
const PER_ADDRESS = { most: 60, seconds: 600 };
const LOOKS_PER_ADDRESS = { most: 120, seconds: 60 };

/**
 * Where a request comes from. In front of a public address stands a web server on this machine, so the connection is always its own;
 * the last entry of X-Forwarded-For is the one that it wrote itself. The others can be made up.
 */
function addressOf(c: Context): string {
  const forwarded = requestHeader(c, "x-forwarded-for")?.split(",").at(-1)?.trim();
  const incoming = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming;
  return forwarded || (incoming?.socket?.remoteAddress ?? "here");
}

function saidIn(c: Context): GuestAct | undefined {
  const said = c.req.query("said");
  return guestActs.find((act) => act === said);
}

/** The quiet pages behind the links in the mails: GET shows and changes nothing, POST keeps what was written. */
export function guestPages({ database, clock, reach, links, log }: GuestFacts): Hono {
  const app = new Hono();
  const writing = { link: rateLimit(PER_LINK), address: rateLimit(PER_ADDRESS) };
  const looking = rateLimit(LOOKS_PER_ADDRESS);

  function closed(): Promise<Response> {
    const body = html`<p class="lede">There is nothing behind this link. It may be older than a month, or it was closed.</p>
      <p>Reply to the mail that brought you here: that always arrives.</p>`;
    return guestPage({ title: "This page is closed", body, status: 404, links: links() });
  }

  function tooMuch(): Promise<Response> {
    const body = html`<p class="lede">That was a lot at once, so nothing more was taken. Wait ten minutes and try again, or reply to the mail.</p>
      <p>What you typed is still in the form: go back one page in your browser to find it.</p>`;
    return guestPage({ title: "A moment, please", body, status: 429, links: links() });
  }

  async function open(token: string): Promise<Opened | undefined> {
    const scope = await openLink(database.reader, reach, clock.now(), token);
    const [first, ...others] = scope ? await mailsOf(database.reader, scope) : [];
    return scope && first ? { scope, mails: [first, ...others] } : undefined;
  }

  function show(scope: GuestScope, mail: GuestMail, c: Context, attempt?: Attempt, status = 200): Promise<Response> {
    const body = guestBody(scope, mail, c.req.path, attempt ? undefined : saidIn(c), attempt);
    return guestPage({ title: guestTitle(mail), body, status, links: links() });
  }

  async function take(c: Context, { scope, mails }: Opened): Promise<Response> {
    const values = await readForm(c);
    // A form of the agenda is still good when the recap has arrived in the meantime.
    const mail = mails.find((one) => one.deliveryId === values["mail"]) ?? mails[0];
    try {
      const said = parseInput(SaidInput, values);
      await inTransaction(database, (tx) => say(tx, scope, clock.now(), mail, said));
      return c.redirect(`${c.req.path}?said=${said.kind}`, 303);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === "rate_limited") return tooMuch();
      return show(scope, mail, c, { values, error }, error.code === "conflict" ? 409 : 422);
    }
  }

  app.get("/:token", async (c) => {
    if (!looking.take(addressOf(c), clock.now())) return tooMuch();
    const opened = await open(c.req.param("token"));
    return opened ? show(opened.scope, opened.mails[0], c) : closed();
  });
  app.post("/:token", bodyLimit({ maxSize: LARGEST_FORM, onError: tooMuch }), async (c) => {
    const token = c.req.param("token");
    const now = clock.now();
    // Both are counted, whatever the other says; the address first, so that guessed links are counted too.
    const isWithin = [writing.address.take(addressOf(c), now), writing.link.take(token, now)].every(Boolean);
    if (!isWithin) return tooMuch();
    const opened = await open(token);
    return opened ? take(c, opened) : closed();
  });
  // Nothing else is here, and what is not here must not be looked for among the owner's pages.
  app.all("*", closed);
  app.onError((error) => {
    log(error);
    const body = html`<p class="lede">That did not work, and nothing was noted. Reply to the mail instead: that always arrives.</p>`;
    return guestPage({ title: "Not possible right now", body, status: 500, links: links() });
  });
  return app;
}
