import * as z from "zod";
import { emailAddress, line, optionalParagraph, paragraphOrEmpty } from "../../lib/text.ts";

/** Who somebody is to the owner. The product is about the manager; the others have 1:1s too. */
export const personRoles = ["manager", "skip_level", "mentor", "sponsor", "peer", "report", "other"] as const;
export type PersonRole = (typeof personRoles)[number];

export interface PersonTable {
  owner_id: string;
  id: string;
  name: string;
  email: string | null;
  role: PersonRole;
  note: string;
  predecessor_id: string | null;
  ended_on: string | null;
  created_at: string;
  updated_at: string;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    person: PersonTable;
  }
}

export const PersonFields = z.object({
  name: line(120, "Write the person's name."),
  email: emailAddress.nullable().optional(),
  role: z.enum(personRoles).default("manager"),
  note: optionalParagraph(),
});

export const PersonId = z.object({ id: z.string() });

/** What an edit may name. No defaults here: a field that is absent stays as it was. */
export const PersonChanges = z
  .object({
    name: line(120, "Write the person's name."),
    email: emailAddress.nullable(),
    role: z.enum(personRoles),
    note: paragraphOrEmpty,
  })
  .partial();

export const Person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: z.enum(personRoles),
  note: z.string().describe("Private: never part of a mail"),
  predecessorId: z.string().nullable(),
  endedOn: z.string().nullable().describe("The last day of this relationship, or null while it lasts"),
});
export type Person = z.infer<typeof Person>;
