import { clockTime, shortDay } from "../../../lib/dates.ts";
import { actionButton, button, form } from "./form.ts";
import { type Html, html, nothing } from "./html.ts";
import type { Frame } from "./layout.ts";

/** Only with THROUGHLINE_CLOCK: says which time the program believes it is, and moves it on. */
function clockBanner({ surroundings, path }: Frame): Html {
  const local = surroundings.now.toZonedDateTimeISO(surroundings.zone);
  const steps = html`<input type="hidden" name="return" value="${path}">
    ${button("1 hour on", { name: "by", value: "PT1H", kind: "quiet" })}
    ${button("1 day on", { name: "by", value: "P1D", kind: "quiet" })}
    ${button("1 week on", { name: "by", value: "P7D", kind: "quiet" })}`;
  const present = html`<time datetime="${surroundings.now.toString({ smallestUnit: "second" })}">${shortDay(local.toPlainDate(), 0)}, ${clockTime(local.toPlainTime())}</time>`;
  return html`<div class="banner clock">
    <p>The clock was set to ${present}.</p>
    ${form("/clock", steps, { className: "inline", label: "Move the clock on" })}
  </div>`;
}

function exampleBanner(): Html {
  return html`<div class="banner example">
    <p>You are looking at an example: everybody in it is made up, and nothing is sent.</p>
    ${actionButton("/example/discard", "Throw it away")}
  </div>`;
}

/** Everything that is said above the page itself: the set clock, the example, what waits to be sent by hand. */
export function banners(frame: Frame): Html {
  const { clockIsShifted, isExample, reminders } = frame.surroundings;
  if (!clockIsShifted && !isExample && !reminders?.length) return nothing;
  return html`<section class="banners" aria-label="Notices">
    ${clockIsShifted ? clockBanner(frame) : nothing}${isExample ? exampleBanner() : nothing}
    ${reminders?.map((one) => html`<div class="banner reminder"><p><a href="${one.href}">${one.text}</a></p></div>`)}
  </section>
  `;
}
