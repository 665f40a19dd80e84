import * as z from "zod";

/** What a finding can be about, the gravest first: where two meet on the same words, the earlier one is shown. */
export const rules = [
  "placeholder",
  "credential",
  "identifier",
  "legal",
  "health",
  "private_life",
  "union",
  "others_pay",
  "others_performance",
  "unreleased_figures",
  "pressure",
  "sarcasm",
  "entitlement",
  "blame",
  "absolutes",
  "capitals",
  "demand",
  "punctuation",
] as const;
export type Rule = (typeof rules)[number];

/** Rules about things that belong into another place than a mail. */
export const elsewhereRules = [
  "credential",
  "identifier",
  "legal",
  "health",
  "private_life",
  "union",
  "others_pay",
  "others_performance",
  "unreleased_figures",
] as const satisfies readonly Rule[];
export type ElsewhereRule = (typeof elsewhereRules)[number];

export const Finding = z.object({
  rule: z.enum(rules),
  span: z.object({
    from: z.number().int().describe("Where the words begin, in UTF-16 units"),
    to: z.number().int().describe("Where they end, exclusive"),
    text: z.string(),
  }),
  why: z.string().describe("One line on how the words may be read"),
  instead: z.string().describe("Another wording of the same facts, or how to find one"),
});
export type Finding = z.infer<typeof Finding>;

const MOST_ITEMS = 100_000;
const LONGEST_ITEM = 100_000;

export const TonesInput = z.object({
  items: z
    .array(
      z.object({
        id: z.string(),
        text: z.string().max(LONGEST_ITEM, { error: "This is longer than 100,000 characters. Split it in two." }),
      }),
    )
    .max(MOST_ITEMS, { error: "These are more than 100,000 texts. Send them in several parts." })
    .describe("The texts to look at, each with an id of your own"),
});

export const Tones = z.object({ items: z.array(z.object({ id: z.string(), findings: z.array(Finding) })) });

/** Another wording. `about` is used when its gap can be filled with the person's own words, `plain` otherwise. */
export interface Wording {
  /** `{rest}`: what follows the marked words, when it is a thing ("a promotion"). */
  readonly about?: string;
  /** `{without}`: the sentence without the marked words. */
  readonly drop?: string;
  readonly plain: string;
}

/** Cues that are alike: how they are found, why they sting, and how else to say it. */
export interface CueGroup {
  readonly rule: Rule;
  readonly why: string;
  /** Patterns; see rules/patterns.ts. */
  readonly find: readonly string[];
  /** Patterns that clear a sentence of this group's findings wherever they stand in it. */
  readonly unless?: readonly string[];
  /** Whether a question can be meant. Absent: both can. */
  readonly question?: boolean;
  readonly instead: Wording;
}
