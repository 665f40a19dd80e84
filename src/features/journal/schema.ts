import * as z from "zod";
import { day } from "../../lib/dates.ts";
import { LONGEST_TEXT, line, paragraph } from "../../lib/text.ts";

/** What somebody notes as it happens. The order is the one that forms show. */
export const captureKinds = ["win", "challenge", "question", "energy", "skill", "direction", "feedback", "note"] as const;
export type CaptureKind = (typeof captureKinds)[number];

export interface CaptureTable {
  owner_id: string;
  id: string;
  kind: CaptureKind;
  text: string;
  happened_on: string;
  energy: number | null;
  projects: string;
  skills: string;
  resolved_at: string | null;
  deleted_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface CaptureRevisionTable {
  owner_id: string;
  id: string;
  capture_id: string;
  kind: CaptureKind;
  text: string;
  happened_on: string;
  energy: number | null;
  projects: string;
  skills: string;
  written_at: string;
}

declare module "../../platform/storage/database.ts" {
  interface Tables {
    capture: CaptureTable;
    capture_revision: CaptureRevisionTable;
  }
}

const MOST_TAGS = 20;
const text = paragraph("Write a few words about what happened.").describe(
  `What happened, in your words; at most ${LONGEST_TEXT} characters`,
);
const kind = z.enum(captureKinds, { error: `Choose one of: ${captureKinds.join(", ")}.` });
const energy = z
  .int("Choose a whole number from -2 (drained) to 2 (full of energy).")
  .min(-2, "Choose a number from -2 (drained) to 2 (full of energy).")
  .max(2, "Choose a number from -2 (drained) to 2 (full of energy).");
const tagNames = (what: string) => z.array(line(60, `Write the ${what}'s name.`)).max(MOST_TAGS, `Name at most ${MOST_TAGS}.`);

export const CaptureInput = z.object({
  kind: kind.default("note"),
  text,
  happenedOn: day.optional().describe("The day it happened; today in your time zone when absent"),
  energy: energy.nullable().optional().describe("From -2 (drained) to 2 (full of energy); only with the kind energy"),
  projects: tagNames("project").default([]),
  skills: tagNames("skill").default([]),
});

export const CaptureId = z.object({ id: z.string() });

/** What an edit may name. No defaults here: a field that is absent stays as it was. */
export const CaptureChanges = CaptureId.extend(
  z
    .object({ kind, text, happenedOn: day, energy: energy.nullable(), projects: tagNames("project"), skills: tagNames("skill") })
    .partial().shape,
);

export const Capture = z.object({
  id: z.string(),
  kind: z.enum(captureKinds),
  text: z.string().describe("Private until you choose it for a meeting"),
  happenedOn: z.string(),
  energy: z.number().nullable(),
  projects: z.array(z.string()),
  skills: z.array(z.string()),
  resolvedAt: z.string().nullable().describe("When a challenge was settled; null while it is open"),
  deletedAt: z.string().nullable().describe("When it was deleted; it can be restored"),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Capture = z.infer<typeof Capture>;

/** What can be worded differently over time. */
export type Wording = Pick<Capture, "kind" | "text" | "happenedOn" | "energy" | "projects" | "skills">;

export const Revision = Capture.pick({
  kind: true,
  text: true,
  happenedOn: true,
  energy: true,
  projects: true,
  skills: true,
}).extend({
  writtenAt: z.string().describe("When this wording was written"),
});
export type Revision = z.infer<typeof Revision>;

export const ListInput = z.object({
  kind: kind.optional(),
  from: day.optional(),
  to: day.optional(),
  open: z.boolean().optional().describe("Only challenges that are not settled"),
  deleted: z.boolean().optional().describe("Only what was deleted, to restore it"),
  limit: z.int().min(1).max(200).default(50),
});
export type ListInput = z.infer<typeof ListInput>;

export const Names = z.object({ projects: z.array(z.string()), skills: z.array(z.string()) });
export type Names = z.infer<typeof Names>;
