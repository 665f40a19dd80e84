import type { ImpactSpan } from "../schema.ts";

/** A piece of a text; `points` is 0 where nothing was earned. */
export interface MarkedSegment {
  readonly text: string;
  readonly points: 0 | 1 | 2;
}

/** Cuts a text where marks begin and end. Spans may overlap (the same words can say what was done and what changed). Joined, the pieces are the text again. */
export function markedSegments(text: string, spans: readonly ImpactSpan[]): MarkedSegment[] {
  const earning = spans.filter((span) => span.points > 0);
  const edges = [0, text.length, ...earning.flatMap(({ from, to }) => [from, to])].filter((at) => at >= 0 && at <= text.length);
  const places = [...new Set(edges)].toSorted((a, b) => a - b);
  const segments: MarkedSegment[] = [];
  for (const [index, from] of places.slice(0, -1).entries()) {
    const to = places[index + 1] as number;
    const here = earning.filter((span) => span.from < to && span.to > from);
    const points = here.some((span) => span.points === 2) ? 2 : here.length > 0 ? 1 : 0;
    const last = segments.at(-1);
    if (last?.points === points) segments[segments.length - 1] = { text: last.text + text.slice(from, to), points };
    else segments.push({ text: text.slice(from, to), points });
  }
  return segments;
}
