const ONE_DAY = { days: 1 };

/** Calendar days are "2026-03-10" text here, so that text order is day order. */
export function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

export function later(a: string, b: string): string {
  return a > b ? a : b;
}

export function dayAfter(on: string): string {
  return Temporal.PlainDate.from(on).add(ONE_DAY).toString();
}

export function dayBefore(on: string): string {
  return Temporal.PlainDate.from(on).subtract(ONE_DAY).toString();
}

export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}

/** The Monday of the week that `on` lies in. */
export function mondayOf(on: string): string {
  const date = Temporal.PlainDate.from(on);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
}
