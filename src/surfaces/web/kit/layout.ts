import { type Html, html } from "./html.ts";
import type { PageFacts } from "./page.ts";
import type { Surroundings } from "./web.ts";

/** The frame of every page. */
export function layout(_surroundings: Surroundings, facts: PageFacts, _path: string): Html {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${facts.title} - Throughline</title></head>
<body><main id="main"><h1>${facts.title}</h1>${facts.body}</main></body>
</html>`;
}
