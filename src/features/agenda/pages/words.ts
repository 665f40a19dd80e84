import { firstName } from "../../../lib/text.ts";
import type { Item, Step } from "../schema.ts";

interface StepWords {
  /** In the list of steps. */
  readonly name: string;
  /** The heading of its page. */
  readonly title: string;
  readonly lede: (manager: string) => string;
}

export const stepWords: Readonly<Record<Step, StepWords>> = {
  need: {
    name: "Need",
    title: "What do you need from this talk?",
    lede: (manager) =>
      `One sentence is enough. It stands first in the mail, so that ${manager} knows at once what the time is for.`,
  },
  win: {
    name: "Win",
    title: "What got better through you?",
    lede: () =>
      "Say what changed and how one can see it: a number, a name, before and after. One is enough; what is not told now can be told later.",
  },
  challenge: {
    name: "Challenge",
    title: "What is in your way?",
    lede: (manager) =>
      `How it stands, what could be done, what you would do, and what you want decided. That is the part ${manager} can act on.`,
  },
  growth: {
    name: "Growth",
    title: "What do you want to get better at?",
    lede: () =>
      "A question that ties something you work on to something you want to learn. Take one of those below, or ask in your own words.",
  },
  carried: {
    name: "Still open",
    title: "Still open from earlier",
    lede: (manager) =>
      `What you and ${manager} left open stands here by itself. Take out what does not need time now; it is open again next time.`,
  },
  topics: {
    name: "Other topics",
    title: "Anything else?",
    lede: () => "Whatever needs both of you. What is only news can go in writing and costs no time.",
  },
  minutes: {
    name: "Minutes",
    title: "How long for what?",
    lede: () => "Give each item its minutes and put them in the order you want. Growth comes last, and keeps its time.",
  },
};

export function managerName(name: string): string {
  return firstName(name);
}

export function itemState(item: Item): string {
  if (item.preparedAt === null) return "private draft";
  return item.draft ? "on the agenda, with newer words beside it" : "on the agenda";
}

export const noticeFor = {
  none: undefined,
  withdrawn: "You had approved the mail before this change. Look at it again and approve it in its new words.",
  already_sent: "The mail has gone out already, so this change is for the talk only.",
} as const;
