import { pureOperation } from "../../platform/operation.ts";
import { checkTone } from "./rules/check.ts";
import { Tones, TonesInput } from "./schema.ts";

export const checkTones = pureOperation({
  name: "tone.check",
  summary: "Look at texts that are about to leave: what may hurt, what puts pressure, what does not belong into a mail",
  input: TonesInput,
  output: Tones,
  assistant: true,
  maxInputBytes: 20_000_000,
  examples: [{ items: [{ id: "1", text: "You never sent the figures." }] }],
  async run({ items }) {
    return { items: items.map(({ id, text }) => ({ id, findings: checkTone(text) })) };
  },
});
