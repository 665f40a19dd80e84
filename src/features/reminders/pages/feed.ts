import { Hono } from "hono";
import type { Clock } from "../../../platform/clock.ts";
import type { KeySource } from "../../../platform/keys/seal.ts";
import type { Database } from "../../../platform/storage/database.ts";
import { feedText } from "../operations/calendar-text.ts";
import { feedSigner, openFeed } from "../operations/feed.ts";
import { entityTag, hasAlready } from "../rules/feed.ts";

/** What the feed needs of the installation. It knows no owner: the secret in the address says whose feed it is. */
export interface FeedFacts {
  readonly database: Database;
  readonly clock: Clock;
  readonly config: KeySource;
}

const FILE = /^(?<token>[\w-]{43})\.ics$/u;

/** GET /feeds/<secret>.ics: a calendar program reads it and changes nothing. Everything else is not here. */
export function feedProgram({ database, clock, config }: FeedFacts): Hono {
  const app = new Hono();
  const signer = feedSigner(config);
  const gone = (): Response =>
    new Response("There is no calendar at this address.\n", {
      status: 404,
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });

  app.get("/:file", async (c) => {
    const token = FILE.exec(c.req.param("file"))?.groups?.["token"];
    const owner = token && (await openFeed(database.reader, signer, token));
    if (!owner) return gone();
    const text = await feedText(database.reader, owner, clock.now());
    const headers = {
      etag: entityTag(text),
      "content-type": "text/calendar; charset=utf-8; method=PUBLISH",
      "content-disposition": 'inline; filename="throughline.ics"',
      // It may be kept by whoever asked, and is asked for again each time.
      "cache-control": "private, no-cache",
    };
    if (hasAlready(c.req.header("if-none-match"), headers.etag)) return new Response(null, { status: 304, headers });
    return new Response(text, { headers });
  });
  app.all("*", gone);
  return app;
}
