import type { ShiftedClock } from "../../platform/clock.ts";
import { AppError } from "../../lib/errors.ts";
import { readForm } from "./kit/form.ts";
import { type WebRoutes, webRoutes } from "./kit/web.ts";

const LONGEST_STEP_HOURS = 24 * 31;

function stepFrom(text: string): Temporal.Duration {
  try {
    const step = Temporal.Duration.from(text);
    const hours = step.total({ unit: "hours", relativeTo: "2026-01-01" });
    if (hours > 0 && hours <= LONGEST_STEP_HOURS) return step;
  } catch {
    // Said below in the same words as a step that is out of range.
  }
  throw new AppError("invalid", "The clock can be moved forward by up to 31 days, for example PT1H or P1D.");
}

/** POST /clock moves a shifted clock on; `afterwards` runs what became due. Mounted only when THROUGHLINE_CLOCK is set. */
export function clockPages(clock: ShiftedClock, afterwards: () => Promise<void>): WebRoutes {
  const routes = webRoutes();
  routes.post("/clock", async (c) => {
    const { by = "", return: back = "/" } = await readForm(c);
    clock.advance(stepFrom(by));
    await afterwards();
    return c.redirect(back.startsWith("/") && !back.startsWith("//") ? back : "/", 303);
  });
  return routes;
}
