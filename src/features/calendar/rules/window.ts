/** What lies just behind counts too: a meeting of last week may have been moved there only now. */
const BEHIND = { hours: 14 * 24 };
/** Meetings are planned 26 weeks ahead; a little more, so that the last of them is whole. */
const AHEAD = { hours: 28 * 7 * 24 };

/** The span that a calendar is unrolled over for the meetings that follow it. */
export function followWindow(now: Temporal.Instant): { readonly from: Temporal.Instant; readonly to: Temporal.Instant } {
  return { from: now.subtract(BEHIND), to: now.add(AHEAD) };
}
