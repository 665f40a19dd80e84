import { relative } from "node:path";
import { inspect, stripVTControlCharacters } from "node:util";
import type { TestEvent } from "node:test/reporters";

/** How a group of tests ended. A test that did not run (skipped, to do, cancelled) is not a test that passed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Each failure in full, so that the runner can say them once more where nobody has to scroll. */
  readonly failures: readonly string[];
}

/** The last line of a group's output; the runner reads it instead of trusting an exit code alone. */
export const COUNTS_MARK = "#counts ";

type Outcome = Extract<TestEvent, { type: "test:pass" | "test:fail" }>["data"];

function explain(data: Outcome): string {
  const error = (data.details as { error?: { cause?: unknown } }).error;
  const cause = error?.cause ?? error;
  const words = cause instanceof Error ? (cause.stack ?? cause.message) : typeof cause === "string" ? cause : inspect(cause);
  return words.replaceAll(/^/gmu, "    ");
}

function place(data: Outcome): string {
  return data.file ? ` (${relative(process.cwd(), data.file)}:${data.line ?? 0})` : "";
}

function isSuite(data: Outcome): boolean {
  return data.details.type === "suite";
}

/** A group made of others fails with them; saying it again would hide the reason. */
function repeats(data: Outcome): boolean {
  const error = (data.details as { error?: { failureType?: string } }).error;
  return error?.failureType === "subtestsFailed";
}

/** The test runner's own summary: it is counted here, with its own rules. */
const SUMMARY = /^(?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /u;

/** One line a test, then the counts with every failure in full. */
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const failures: string[] = [];
  let passed = 0;
  const line = (mark: string, data: Outcome): string =>
    `${"  ".repeat(data.nesting)}${mark} ${data.name} (${Math.round(data.details.duration_ms)} ms)\n`;
  for await (const event of source) {
    if (event.type === "test:stdout" || event.type === "test:stderr") yield event.data.message;
    if (event.type === "test:diagnostic" && !SUMMARY.test(event.data.message)) yield `  ${event.data.message}\n`;
    if (event.type !== "test:pass" && event.type !== "test:fail") continue;
    const { data } = event;
    const unrun = data.skip !== undefined || data.todo !== undefined;
    if (event.type === "test:pass" && !unrun) {
      if (!isSuite(data)) passed += 1;
      yield line("✔", data);
      continue;
    }
    if (unrun)
      failures.push(
        `✖ ${data.name}${place(data)}\n    It was skipped. A test that cannot run must fail; remove it or make it run.\n`,
      );
    else if (!repeats(data)) failures.push(`✖ ${data.name}${place(data)}\n${explain(data)}\n`);
    yield line("✖", data);
  }
  const told = failures.map(stripVTControlCharacters);
  yield `${COUNTS_MARK}${JSON.stringify({ passed, failed: told.length, failures: told } satisfies Counts)}\n`;
}
