import * as z from "zod";
import { timeOfDay } from "../../lib/dates.ts";
import { AnswerInput, CardInput, WaitsInput } from "../blindspots/index.ts";
import { captureKinds } from "../journal/index.ts";
import { personRoles } from "../people/index.ts";

const Promised = z.object({ text: z.string(), dueInDays: z.number().int().optional() });

const StoryCapture = z.object({
  kind: z.enum(captureKinds),
  day: z.number().int().min(0).max(4),
  text: z.string(),
  projects: z.array(z.string()).optional(),
  skills: z.array(z.string()).optional(),
  energy: z.number().int().min(-2).max(2).optional(),
});
export type StoryCapture = z.infer<typeof StoryCapture>;

/** An answer to one of the five questions; `told`: it went onto the agenda of its week. */
const StoryAnswer = AnswerInput.omit({ meetingId: true }).extend({
  day: z.number().int().min(0).max(4),
  told: z.boolean().default(false),
});
export type StoryAnswer = z.infer<typeof StoryAnswer>;

/** A wish: planted where its words come first, said again, opened or answered where they come later. */
const StorySeed = z.object({
  day: z.number().int().min(0).max(4),
  text: z.string(),
  said: z.string().optional(),
  opening: z.string().optional(),
  outcome: z.enum(["yes", "no"]).optional(),
  reason: z.string().optional(),
});

const StoryMeeting = z.object({
  outcome: z.enum(["held", "moved", "cancelled", "not_held"]),
  need: z.string().optional(),
  win: z.number().int().optional(),
  challenge: z.object({ text: z.string(), options: z.string(), leaning: z.string(), decisionWanted: z.string() }).optional(),
  growth: z.object({ text: z.string(), project: z.string().optional(), skill: z.string().optional() }).optional(),
  topics: z.array(z.string()).default([]),
  decisions: z.array(z.string()).default([]),
  mine: z.array(Promised).default([]),
  theirs: z.array(Promised).default([]),
  questions: z.array(z.string()).default([]),
  answers: z.array(z.string()).default([]),
  keep: z.array(z.string()).default([]),
  drop: z.array(z.string()).default([]),
  renegotiate: z.array(z.object({ text: z.string(), dueInDays: z.number().int() })).default([]),
  leadHours: z.number().default(24),
  /** How it left her, from 1 (invisible) to 5 (seen). */
  seen: z.number().int().optional(),
});
export type StoryMeeting = z.infer<typeof StoryMeeting>;

const Named = z.object({ name: z.string(), email: z.string() });

/** The fictional weeks as data. */
export const Story = z.object({
  about: z.string(),
  owner: Named.extend({ zone: z.string() }),
  managers: z.tuple([Named.extend({ fromWeek: z.number().int() }), Named.extend({ fromWeek: z.number().int() })]),
  series: z.object({ weekday: z.number().int(), time: timeOfDay, minutes: z.number().int(), everyWeeks: z.number().int() }),
  mentor: z.object({
    name: z.string(),
    role: z.enum(personRoles),
    time: timeOfDay,
    minutes: z.number().int(),
    everyWeeks: z.number().int(),
  }),
  weeks: z.array(
    z.object({
      captures: z.array(StoryCapture),
      answers: z.array(StoryAnswer).default([]),
      seeds: z.array(StorySeed).default([]),
      waits: WaitsInput.optional(),
      card: z.array(CardInput.omit({ personId: true })).default([]),
      meeting: StoryMeeting.optional(),
    }),
  ),
});
export type StoryWeek = Story["weeks"][number];
export type Story = z.infer<typeof Story>;
