import { shortDay } from "../../lib/dates.ts";
import { call } from "../../platform/operation.ts";
import { listNames } from "../../features/journal/index.ts";
import { nextMeeting } from "../../features/meetings/index.ts";
import { type RecordEntry, searchRecord } from "../../features/record/index.ts";
import { type WebRoutes, webRoutes } from "./kit/web.ts";

const MOST_HITS = 8;
const LONGEST_LINE = 90;

/** Where an entry can be read in full: what was noted, to be changed; anything else, with where it comes from. */
const hrefOf = ({ id, source }: RecordEntry): string => (source === "capture" ? `/journal/${id}` : `/record/${id}`);

const shorten = (text: string): string => (text.length <= LONGEST_LINE ? text : `${text.slice(0, LONGEST_LINE).trimEnd()}…`);

/** What the browser's own part of every page asks for: names to complete, entries to go to, the way to the next preparation. */
export function shellData(): WebRoutes {
  const routes = webRoutes();

  routes.get("/shell/names.json", async (c) => c.json(await call(c.get("caller"), listNames, {})));

  routes.get("/shell/search.json", async (c) => {
    const { hits } = await call(c.get("caller"), searchRecord, { text: c.req.query("text") ?? "", limit: MOST_HITS });
    const { zone } = c.get("surroundings");
    const dayOf = (hit: RecordEntry): string =>
      shortDay(Temporal.Instant.from(hit.happenedAt).toZonedDateTimeISO(zone).toPlainDate());
    return c.json({ hits: hits.map((hit) => ({ href: hrefOf(hit), text: shorten(hit.text), about: dayOf(hit) })) });
  });

  routes.get("/shell/prepare", async (c) => {
    const { owner, database, clock } = c.get("caller");
    const meeting = await nextMeeting(database.reader, owner, clock.now());
    return c.redirect(meeting ? `/meetings/${meeting.id}/prepare` : "/meetings", 303);
  });
  return routes;
}
