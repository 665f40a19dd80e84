import type { PageAssets } from "../assets.ts";
import { banners } from "./banners.ts";
import { type Html, html, nothing, raw, when } from "./html.ts";
import type { PageFacts, Section } from "./page.ts";
import type { Surroundings } from "./web.ts";

/** What a page is framed with. */
export interface Frame {
  readonly surroundings: Surroundings;
  readonly assets: PageAssets | undefined;
  readonly notice: string | undefined;
  /** The path of this page: where banners return to. */
  readonly path: string;
}

interface Destination {
  readonly section: Section;
  readonly href: string;
  readonly label: string;
  readonly className?: string;
}

const NAVIGATION: readonly Destination[] = [
  { section: "today", href: "/", label: "Today" },
  { section: "meetings", href: "/meetings", label: "Meetings" },
  { section: "record", href: "/record", label: "Record" },
  { section: "people", href: "/people", label: "People" },
  { section: "settings", href: "/settings", label: "Settings", className: "quiet" },
];

function entry({ section, href, label, className }: Destination, current: Section): string {
  return `<li><a href="${href}"${className ? ` class="${className}"` : ""}${section === current ? ' aria-current="page"' : ""}>${label}</a></li>`;
}

// Without JavaScript "Capture", "Search" and "Keys" are links to pages that do the same; with it `data-open` opens a dialog in place.
function headerFor(section: Section): Html {
  return raw(`<a class="skip" href="#main">Skip to the content</a>
<header class="site">
<a class="name" href="/">Throughline</a>
<nav aria-label="Main"><ul>${NAVIGATION.map((one) => entry(one, section)).join("")}</ul></nav>
<div class="tools">
<a class="quiet" href="/record/search" data-open="palette">Search</a>
<a class="capture" href="/journal/new" data-open="capture">Capture</a>
</div>
</header>
`);
}

const SECTIONS: readonly Section[] = [...NAVIGATION.map((one) => one.section), "none"];

// There are only a few headers, so each is written once.
const HEADERS = new Map(SECTIONS.map((section) => [section, headerFor(section)]));

const FOOTER = raw(`<footer class="site">
<p>Everything here stays on your machine until you approve a mail.</p>
<p><a href="/keys" data-open="keys">Keys</a> <kbd>?</kbd></p>
</footer>
</body>
</html>
`);

const SUFFIX = " - Throughline";
const LONGEST_TITLE = 70;

/** The words of the tab: longer ones are cut, because tabs, histories and screen readers repeat them in full. */
function tabTitle(title: string): string {
  const full = title + SUFFIX;
  return full.length <= LONGEST_TITLE ? full : `${title.slice(0, LONGEST_TITLE - SUFFIX.length - 1).trimEnd()}…${SUFFIX}`;
}

/** The frame of every page, as text. */
export async function layout(frame: Frame, facts: PageFacts): Promise<string> {
  const links = frame.assets?.links(facts.islands ?? []) ?? nothing;
  const text = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${tabTitle(facts.title)}</title>
${links}</head>
<body>
${HEADERS.get(facts.section) ?? nothing}${banners(frame)}<main id="main" tabindex="-1">
${when(frame.notice, (notice) => html`<p class="notice" role="status">${notice}</p>`)}<h1 dir="auto">${facts.title}</h1>
${facts.body}
</main>
${FOOTER}`;
  return text.toString();
}
