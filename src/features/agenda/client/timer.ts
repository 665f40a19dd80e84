// Measures how long somebody really prepares (S27): seconds with the page in view and a touch of a key or pointer lately.

import { timeSpent } from "../rules/time.ts";

const IDLE_MS = 45_000;
const TICK_MS = 1_000;
const REPORT_SECONDS = 30;
const MOST_AT_ONCE = 900;

function start(line: HTMLElement, address: string): void {
  const before = Number(line.dataset["seconds"] ?? 0);
  let measured = 0;
  let reported = 0;
  let lastTouch = -Infinity;

  const touch = (): void => {
    lastTouch = performance.now();
  };
  const report = (): void => {
    const seconds = Math.min(measured - reported, MOST_AT_ONCE);
    if (seconds <= 0) return;
    reported += seconds;
    // A beacon outlives the page; what it carries is a number, never words.
    navigator.sendBeacon(address, new URLSearchParams({ seconds: String(seconds) }));
  };
  const tick = (): void => {
    if (document.visibilityState !== "visible" || performance.now() - lastTouch > IDLE_MS) return report();
    measured += 1;
    const text = timeSpent(before + measured);
    if (line.textContent !== text) line.textContent = text;
    if (measured - reported >= REPORT_SECONDS) report();
  };

  for (const kind of ["input", "keydown", "pointerdown", "scroll"])
    addEventListener(kind, touch, { passive: true, capture: true });
  document.addEventListener("visibilitychange", report);
  addEventListener("pagehide", report);
  setInterval(tick, TICK_MS);
}

const line = document.getElementById("prepare-time");
const address = line?.dataset["post"];
if (line && address) start(line, address);
