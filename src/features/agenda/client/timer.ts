// Measures how long somebody really prepares (S27): seconds with the page in view, a touch of a key or pointer lately, and in one tab only.

import { recall, remember } from "../../../surfaces/web/client/storage.ts";
import { timeSpent } from "../rules/time.ts";

const IDLE_MS = 45_000;
const TICK_MS = 1_000;
const REPORT_SECONDS = 30;
const MOST_AT_ONCE = 900;
/** The tab that was touched last: two side by side are one person. */
const AT_WORK = "prepares";

function start(line: HTMLElement): void {
  const address = line.dataset["post"];
  // Before the preparation is started there is nothing to report to: the form takes the time along.
  const field = document.querySelector<HTMLInputElement>('input[type="hidden"][name="seconds"]');
  const before = Number(line.dataset["seconds"] ?? 0);
  const isEmpty = "empty" in line.dataset;
  const here = String(Math.random());
  let measured = 0;
  let reported = 0;
  let lastTouch = -Infinity;

  const touch = (): void => {
    lastTouch = performance.now();
    if (recall(AT_WORK) !== here) remember(AT_WORK, here);
  };
  const isAtWork = (): boolean =>
    document.visibilityState === "visible" && performance.now() - lastTouch <= IDLE_MS && [here, null].includes(recall(AT_WORK));
  const report = (): void => {
    const seconds = Math.min(measured - reported, MOST_AT_ONCE);
    if (seconds <= 0 || !address) return;
    reported += seconds;
    // It outlives the page; what it carries is a number, never words. Without an answer it is told again later.
    fetch(address, { method: "POST", keepalive: true, body: new URLSearchParams({ seconds: String(seconds) }) }).catch(() => {
      reported -= seconds;
    });
  };
  const tick = (): void => {
    if (!isAtWork()) return report();
    measured += 1;
    if (field) field.value = String(before + measured);
    const text = timeSpent(before + measured, isEmpty);
    if (line.textContent !== text) line.textContent = text;
    if (measured - reported >= REPORT_SECONDS) report();
  };

  for (const kind of ["input", "keydown", "pointerdown", "scroll"])
    addEventListener(kind, touch, { passive: true, capture: true });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") touch();
    else report();
  });
  addEventListener("pagehide", report);
  // Coming here was an act: what is read before the first key counts too.
  if (document.visibilityState === "visible") touch();
  setInterval(tick, TICK_MS);
}

const line = document.getElementById("prepare-time");
if (line) start(line);
