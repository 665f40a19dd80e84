import { type Html, html } from "../../../surfaces/web/kit/html.ts";

/**
 * How many of the five were told, as a ring of five arcs: told ones are thick, so that colour is not needed to see it.
 * The list beside it says the same in words.
 */
export function ring(told: readonly boolean[]): Html {
  const count = told.filter(Boolean).length;
  const step = 360 / told.length;
  return html`<svg class="ring" role="img" aria-label="${count} of ${told.length} told" viewBox="0 0 120 120" width="120" height="120">
    ${told.map(
      (isTold, index) =>
        html`<circle cx="60" cy="60" r="50" fill="none" stroke="currentColor" pathLength="100" stroke-dasharray="17 83" stroke-width="${isTold ? "11" : "2"}" transform="rotate(${-90 + index * step + 5} 60 60)"></circle>`,
    )}
    <text x="60" y="60" text-anchor="middle" dominant-baseline="central" aria-hidden="true">${count}/${told.length}</text>
  </svg>`;
}
