import { shortDay } from "../../../lib/dates.ts";
import { type Html, html } from "../../../surfaces/web/kit/html.ts";
import type { Category, Stage } from "../schema.ts";

export const categoryNames: Readonly<Record<Category, string>> = {
  priorities: "Priorities",
  expectations: "Expectations",
  feedback: "Feedback",
  stretch: "Larger work",
  promotion: "Promotion",
  skills: "Skills",
  visibility: "Visibility",
  decisions: "Decisions",
  energy: "Energy",
  relationship: "Working together",
  team_gaps: "What the team lacks",
  change: "Change",
  repair: "After something went wrong",
  remote: "Working at a distance",
  network: "People beyond your manager",
  self: "To yourself",
  manager_mode: "If people report to you",
  own: "Your own",
};

export const stageNames: Readonly<Record<Stage, string>> = {
  any: "At any time",
  new_manager: "A new manager",
  seeking_promotion: "Aiming at a promotion",
  before_review: "Before a review",
  feeling_stuck: "Feeling stuck",
  recovering_from_miss: "After something went wrong",
  after_reorg: "After a reorganisation",
  remote: "Working at a distance",
  manager_mode: "People report to you",
};

export function onDay(day: string, thisYear: number): Html {
  return html`<time datetime="${day}">${shortDay(Temporal.PlainDate.from(day), thisYear)}</time>`;
}
