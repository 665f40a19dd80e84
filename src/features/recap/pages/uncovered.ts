import { dayIn } from "../../../lib/dates.ts";
import { type Html, nothing } from "../../../surfaces/web/kit/html.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { type PreparedItem, preparedItems } from "../../agenda/index.ts";
import { questionsOf, uncoveredPart } from "../../questions/index.ts";
import type { Talk } from "./parts.ts";

/** The item that a line began as, through any number of meetings. */
function rootId({ id, carriedFrom }: PreparedItem): string {
  return carriedFrom?.startsWith("item:") ? carriedFrom.slice("item:".length) : id;
}

/** After the meeting: what each question on its agenda brought to light (S40). Nothing before it was held. */
export async function uncoveredIn(c: WebContext, { meeting }: Talk, returnTo: string): Promise<Html> {
  if (meeting.state !== "held") return nothing;
  const { owner, database } = c.get("caller");
  const items = await preparedItems(database.reader, owner, meeting.id);
  const uses = await questionsOf(database.reader, owner, items.map(rootId));
  const { zone, now } = c.get("surroundings");
  return uncoveredPart([...uses.values()], { returnTo, thisYear: dayIn(zone, now).year });
}
