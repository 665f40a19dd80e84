import type { UnseenWin, Visibility } from "../schema.ts";

interface Win extends UnseenWin {
  readonly isShared: boolean;
}

/** How much of what went well anybody else has heard of (S33): 4 wins of which 1 was sent are 75 % unseen. */
export function visibilityGap(wins: readonly Win[]): Omit<Visibility, "from"> {
  const unseen = wins.filter((win) => !win.isShared).map(({ id, text, happenedOn }) => ({ id, text, happenedOn }));
  return {
    captured: wins.length,
    shared: wins.length - unseen.length,
    unseenPercent: wins.length === 0 ? 0 : Math.round((unseen.length / wins.length) * 100),
    unseen,
  };
}
