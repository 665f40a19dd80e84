import { dayIn } from "../../../lib/dates.ts";
import { readOperation } from "../../../platform/operation.ts";
import { readOwner } from "../../account/index.ts";
import { visibilityGap } from "../rules/visibility.ts";
import { Visibility, VisibilityInput } from "../schema.ts";
import { listWins } from "../store.ts";

export const showVisibility = readOperation({
  name: "impact.visibility",
  summary: "Compare the wins you noted with those that anybody was told of, and list the ones nobody else has heard of",
  input: VisibilityInput,
  output: Visibility,
  assistant: true,
  examples: [{}, { days: 30 }],
  async run({ owner, db, now }, { days }) {
    const { zone } = await readOwner(db, owner);
    const from = dayIn(zone, now).subtract({ days }).toString();
    const rows = await listWins(db, owner, from);
    const wins = rows.map((row) => ({
      id: row.id,
      text: row.text,
      happenedOn: row.happened_on,
      isShared: Boolean(row.is_shared),
    }));
    return { from, ...visibilityGap(wins) };
  },
});
