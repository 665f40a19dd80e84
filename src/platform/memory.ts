import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const QUIET_MS = 1_500;

/**
 * Gives back, once, what only the start needed (about 15 MB of parsed sources and schemas under construction): a program that
 * waits all day for its owner collects nothing by itself. It takes some 50 ms, after the first page has been asked for.
 */
export function releaseStartMemory(): void {
  setTimeout(() => {
    // The documented way to the collector at run time, without a flag on the command line.
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as (how: { type: "major"; execution: "sync"; flavor: "last-resort" }) => void;
    // "last-resort" also drops compiled code that ran only once; the usual collection gives nothing back.
    collect({ type: "major", execution: "sync", flavor: "last-resort" });
    setFlagsFromString("--no-expose-gc");
  }, QUIET_MS).unref();
}
