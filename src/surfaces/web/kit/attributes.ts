import { type Html, html, nothing } from "./html.ts";

/** Attributes as one escaped fragment; `true` writes the bare name, undefined and false write nothing. */
export function attributes(values: Record<string, string | number | boolean | undefined>): Html[] {
  return Object.entries(values).map(([name, value]) => {
    if (value === undefined || value === false) return nothing;
    return value === true ? html` ${name}` : html` ${name}="${value}"`;
  });
}
