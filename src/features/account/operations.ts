import { readOperation, writeOperation } from "../../platform/operation.ts";
import { z } from "zod";
import { Profile, ProfileInput } from "./schema.ts";
import { readOwner, updateOwner } from "./store.ts";

export const showProfile = readOperation({
  name: "account.show",
  summary: "Show the owner's name, mail address and time zone",
  input: z.object({}),
  output: Profile,
  assistant: true,
  async run({ owner, db }) {
    const { name, email, zone } = await readOwner(db, owner);
    return { name, email, zone };
  },
});

export const saveProfile = writeOperation({
  name: "account.save",
  summary: "Set the owner's name, mail address and time zone",
  input: ProfileInput,
  output: Profile,
  examples: [{ name: "Ana Silva", email: "ana@example.org", zone: "Europe/Lisbon" }],
  async run({ owner, tx, now }, input) {
    const profile = { name: input.name, email: input.email ?? null, zone: input.zone };
    await updateOwner(tx, owner, now, profile);
    return profile;
  },
});
