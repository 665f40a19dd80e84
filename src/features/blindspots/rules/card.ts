import { invalidField } from "../../../lib/errors.ts";
import { firstName } from "../../../lib/text.ts";
import { preferenceInWords } from "./news.ts";
import type { CardCategory, CardEntry, CardWording, Preference } from "../schema.ts";

/** Throws AppError `invalid` when a card entry says nothing, or a preference stands in the wrong place. */
export function settleWording(wording: CardWording): CardWording {
  const { category, text, timing, channel, depth } = wording;
  const given = [
    ["timing", timing],
    ["channel", channel],
    ["depth", depth],
  ] as const;
  const preference = given.find(([, value]) => value !== null);
  if (preference && category !== "news")
    throw invalidField(preference[0], "When, how and how much belongs to the category news. Leave it out here.");
  if (!preference && text === "") throw invalidField("text", "Write down what you know.");
  return wording;
}

/** Whether anything a reader sees differs. */
export function differs(a: CardWording, b: CardWording): boolean {
  const seen = ({ category, text, timing, channel, depth }: CardWording): string =>
    JSON.stringify([category, text, timing, channel, depth]);
  return seen(a) !== seen(b);
}

/** What was chosen goes before what the words say. */
function withWords(entry: CardEntry): CardEntry {
  const isChosen = entry.timing !== null || entry.channel !== null || entry.depth !== null;
  return isChosen ? entry : { ...entry, ...preferenceInWords(entry.text) };
}

/** How somebody wants to hear of trouble: each part as it was last noted. `entries` come latest first. */
export function preferenceIn(entries: readonly CardEntry[]): Preference | null {
  const about = entries.filter((entry) => entry.category === "news").map(withWords);
  const latest = about[0];
  if (!latest) return null;
  const last = <K extends "timing" | "channel" | "depth">(part: K): CardEntry[K] | null =>
    about.find((entry) => entry[part] !== null)?.[part] ?? null;
  const worded = about.find((entry) => entry.text !== "");
  return {
    timing: last("timing"),
    channel: last("channel"),
    depth: last("depth"),
    text: worded?.text ?? "",
    notedOn: (worded ?? latest).notedOn,
  };
}

/** Questions whose answer says how somebody likes to hear of what goes well and what does not. */
const ABOUT_NEWS = new Set(["Q004", "Q063", "Q064", "Q066", "Q068"]);

/** Where an answer to a question stands on the card: by what it is about (S15). */
export function categoryOf(answer: { readonly questionId: string | null; readonly topic: string | null }): CardCategory {
  if (answer.questionId !== null && ABOUT_NEWS.has(answer.questionId)) return "news";
  return answer.topic === "priorities" || answer.topic === "pressures" ? answer.topic : "other";
}

const TIMING = { early: "early", with_plan: "once there is a plan" } as const;
const CHANNEL = { phone: "by phone", in_person: "in person", chat: "in a chat", mail: "by mail" } as const;
const DEPTH = { headline: "in a headline", short: "in short", full: "with all the details" } as const;

/** "Max wants to hear of trouble early, by phone, in a headline." Empty when nothing of it is known (S44). */
export function troubleSentence(
  name: string,
  { timing, channel, depth }: Pick<Preference, "timing" | "channel" | "depth">,
): string {
  const parts = [timing && TIMING[timing], channel && CHANNEL[channel], depth && DEPTH[depth]].filter(
    (part) => typeof part === "string",
  );
  return parts.length === 0 ? "" : `${firstName(name)} wants to hear of trouble ${parts.join(", ")}.`;
}

const DEPTH_ADVICE = {
  headline: "One sentence on how it stands and one on what you want decided is enough here.",
  short: "A few sentences are enough here: how it stands, what you would do, what you want decided.",
  full: "Write the options out here, with what each would cost.",
} as const;
const CHANNEL_ADVICE = {
  phone: "If it cannot wait for the talk, call first and let these lines follow.",
  in_person: "If it cannot wait, say it in person first and let these lines follow.",
  chat: "If it cannot wait, two lines in the chat come first.",
  mail: "If it cannot wait, these lines are already the mail.",
} as const;

/** What the preference means for a challenge that is being written: how much, and by which way (S44). */
export function challengeAdvice({ channel, depth }: Pick<Preference, "channel" | "depth">): string[] {
  return [depth && DEPTH_ADVICE[depth], channel && CHANNEL_ADVICE[channel]].filter((one) => typeof one === "string");
}
