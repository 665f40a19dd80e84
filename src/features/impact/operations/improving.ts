import { AppError } from "../../../lib/errors.ts";
import { writeOperation } from "../../../platform/operation.ts";
import { Capture, editCapture, requireCapture } from "../../journal/index.ts";
import { ImproveInput } from "../schema.ts";

export const improveWording = writeOperation({
  name: "impact.improve",
  summary: "Put a better wording into an entry of the journal; the earlier one is kept in its history",
  input: ImproveInput,
  output: Capture,
  examples: [{ id: "ENTRY", text: "The ward no longer phones round for cover at the weekend. I rewrote the rota template." }],
  async run(context, { id, text, since }) {
    const present = await requireCapture(context.tx, context.owner, id);
    if (since !== undefined && since !== present.updatedAt && present.text !== text)
      throw new AppError(
        "conflict",
        "This was reworded in another window since you opened it. Both wordings are below: choose one, nothing is lost.",
        { details: { present } },
      );
    return editCapture.run(context, { id, text });
  },
});
