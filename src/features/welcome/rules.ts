/** Where a newcomer goes on: the first of the two steps that nothing works without, or undefined when both are done. */
export function missingStep(facts: {
  readonly ownerName: string | null;
  readonly people: number;
}): "/welcome" | "/welcome/manager" | undefined {
  if (facts.ownerName === null) return "/welcome";
  return facts.people === 0 ? "/welcome/manager" : undefined;
}
