import { randomInt } from "node:crypto";

const USUAL_SEED = 20_261_123;

/**
 * The seed of a run: the same every time, so that a run says the same thing as the one before it; TEST_SEED=random finds what that one
 * does not, and TEST_SEED=<number> gives a run again.
 */
export function runSeed(): number {
  const asked = process.env["TEST_SEED"];
  return asked === "random" ? randomInt(2 ** 31) : Number(asked ?? USUAL_SEED);
}

/** A small generator of numbers (mulberry32): the same seed gives the same damage on every machine. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
