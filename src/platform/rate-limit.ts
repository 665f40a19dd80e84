/** Counts what one key did in a span of time: at most so many in each. Kept in memory, so a restart forgets. */
export interface RateLimit {
  /** Notes one more and says whether it is still within the limit. */
  take(key: string, now: Temporal.Instant): boolean;
}

interface Span {
  readonly beganAt: number;
  readonly count: number;
}

/** So that nobody fills the memory with keys of their own making: beyond it, the spans that are over are forgotten. */
const MOST_KEYS = 10_000;

export function rateLimit({ most, seconds }: { readonly most: number; readonly seconds: number }): RateLimit {
  const spans = new Map<string, Span>();
  const isOver = (span: Span, at: number): boolean => at - span.beganAt >= seconds * 1_000 || at < span.beganAt;

  function forget(at: number): void {
    for (const [key, span] of spans) if (isOver(span, at)) spans.delete(key);
    // All of them are of this very span: then everybody starts again, rather than nobody being answered.
    if (spans.size >= MOST_KEYS) spans.clear();
  }

  return {
    take(key, now) {
      const at = now.epochMilliseconds;
      if (spans.size >= MOST_KEYS && !spans.has(key)) forget(at);
      const known = spans.get(key);
      const span = known === undefined || isOver(known, at) ? { beganAt: at, count: 1 } : { ...known, count: known.count + 1 };
      spans.set(key, span);
      return span.count <= most;
    },
  };
}
