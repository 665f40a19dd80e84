// What `npm test` runs. `node scripts/test.ts` runs everything but the slow part; a word names one part:
// fast, journeys, slow or peers; further words keep the files whose path contains one of them.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, globSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { startPostgres, type TestPostgres } from "../test/support/postgres-server.ts";
import { COUNTS_MARK, type Counts } from "./test-reporter.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const sameEveryTime = new URL("../test/support/same-every-time.ts", import.meta.url).href;
const reporter = fileURLToPath(new URL("./test-reporter.ts", import.meta.url));

interface Part {
  readonly title: string;
  readonly patterns: readonly string[];
  /** How many processes share the files. Two cores are what a small CI machine has. */
  readonly processes: number;
  /** In one process, files cost nothing to start. A journey has a browser and a server of its own and gets its own process. */
  readonly isolation: "none" | "process";
}

const parts: Record<string, Part> = {
  fast: {
    title: "Rules, operations, architecture",
    patterns: ["src/**/*.test.ts", "test/*.test.ts", "test/support/*.test.ts"],
    processes: 2,
    isolation: "none",
  },
  journeys: { title: "Journeys in a browser", patterns: ["test/journeys/**/*.test.ts"], processes: 1, isolation: "process" },
  // Real servers from Debian's packages: test/peers/install.sh brings them.
  peers: { title: "Real mail and calendar servers", patterns: ["test/peers/**/*.test.ts"], processes: 1, isolation: "process" },
  slow: {
    title: "Slow: kills, and input changed at random",
    patterns: ["test/slow/**/*.test.ts"],
    processes: 2,
    isolation: "process",
  },
};

const running = new Set<ChildProcess>();

/** A test that hangs fails its run; it does not hold up whoever waits for it. */
const LONGEST_SHARE_MS = 30 * 60_000;

/** Runs one share of a part in a process of its own and prints its output when `show` is told to. */
function runShare(part: Part, files: readonly string[], env: NodeJS.ProcessEnv, show: (text: string) => void): Promise<Counts> {
  const args = [
    "--test",
    `--test-isolation=${part.isolation}`,
    "--test-concurrency=1",
    `--import=${sameEveryTime}`,
    `--test-reporter=${reporter}`,
    "--test-reporter-destination=stdout",
    ...files,
  ];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  running.add(child);
  const tooLong = setTimeout(() => child.kill("SIGKILL"), LONGEST_SHARE_MS);
  let counts: Counts | undefined;
  let rest = "";
  const take = (line: string): void => {
    if (line.startsWith(COUNTS_MARK)) counts = JSON.parse(line.slice(COUNTS_MARK.length)) as Counts;
    else show(`${line}\n`);
  };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  });
  return new Promise((resolve) => {
    child.once("close", (code, signal) => {
      running.delete(child);
      clearTimeout(tooLong);
      if (rest) take(rest);
      if (counts && (code === 0) === (counts.failed === 0)) return resolve(counts);
      const ending = `✖ ${part.title}: the test process ended with ${signal ?? `exit code ${code}`}${counts ? "" : " before it had counted"}\n`;
      show(ending);
      resolve(sum([counts ?? none, { passed: 0, failed: 1, failures: [ending] }]));
    });
  });
}

/** Deals the files out by size, so that the shares end at about the same time. */
function deal(files: readonly string[], shares: number): string[][] {
  const hands = Array.from({ length: Math.min(shares, files.length) }, () => ({ size: 0, files: [] as string[] }));
  for (const { file, size } of files
    .map((name) => ({ file: name, size: statSync(join(root, name)).size }))
    .sort((a, b) => b.size - a.size)) {
    const smallest = hands.reduce((least, hand) => (hand.size < least.size ? hand : least));
    smallest.files.push(file);
    smallest.size += size;
  }
  return hands.map((hand) => hand.files);
}

async function runPart(part: Part, filters: readonly string[], env: NodeJS.ProcessEnv): Promise<Counts> {
  const files = part.patterns
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => filters.length === 0 || filters.some((word) => file.includes(word)));
  console.log(`\n${part.title}: ${files.length} files`);
  // With a filter the files may all be in another part; that nothing at all was run is noticed at the end.
  if (files.length === 0 && filters.length > 0) return none;
  if (files.length === 0) return { passed: 0, failed: 1, failures: [`✖ no test found in ${part.patterns.join(", ")}\n`] };
  const shares = deal(files.sort(), part.processes);
  // The first share speaks at once, the others when they are done, so that their lines do not mix.
  const counts = await Promise.all(
    shares.map(async (share, index) => {
      const held: string[] = [];
      const result = await runShare(part, share, env, (text) => (index === 0 ? process.stdout.write(text) : held.push(text)));
      return { ...result, held };
    }),
  );
  for (const { held } of counts) process.stdout.write(held.join(""));
  return sum(counts);
}

const none: Counts = { passed: 0, failed: 0, failures: [] };

function sum(counts: readonly Counts[]): Counts {
  return {
    passed: counts.reduce((all, one) => all + one.passed, 0),
    failed: counts.reduce((all, one) => all + one.failed, 0),
    failures: counts.flatMap((one) => one.failures),
  };
}

let postgres: TestPostgres | undefined;
// Everything that the tests write goes here, so that nothing stays behind even when a test is killed.
const scratch = mkdtempSync(join(tmpdir(), "throughline-run-"));
// Real servers run as users of their own, and walk through this folder to theirs.
chmodSync(scratch, 0o711);

async function cleanUp(): Promise<void> {
  for (const child of running) child.kill("SIGKILL");
  await postgres?.stop();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
}

async function run(names: readonly string[], filters: readonly string[]): Promise<Counts> {
  const given = process.env["THROUGHLINE_TEST_POSTGRES"];
  if (!given) postgres = await startPostgres();
  const env: NodeJS.ProcessEnv = { ...process.env, TMPDIR: scratch, THROUGHLINE_TEST_POSTGRES: given ?? postgres?.url };
  // A test's outcome must not hang on the settings of whoever runs it.
  for (const name of Object.keys(env)) {
    const isSetting = name.startsWith("THROUGHLINE_") && !["THROUGHLINE_TEST_POSTGRES", "THROUGHLINE_CHROMIUM"].includes(name);
    if (isSetting || ["DATABASE_URL", "PORT", "NODE_OPTIONS", "NODE_TEST_CONTEXT", "FORCE_COLOR"].includes(name))
      delete env[name];
  }
  const counts: Counts[] = [];
  for (const name of names) counts.push(await runPart(parts[name] as Part, filters, env));
  return sum(counts);
}

// Journeys run what was built: whoever calls this file directly after an edit must not test the build before it.
execFileSync(process.execPath, [join(root, "scripts/prepare.cjs"), "all"], { stdio: "inherit" });

const words = process.argv.slice(2);
const named = words.filter((word) => word in parts);
const start = performance.now();
let total: Counts;
try {
  total = await run(
    named.length > 0 ? named : ["fast", "journeys"],
    words.filter((word) => !(word in parts)),
  );
} catch (error) {
  total = { passed: 0, failed: 1, failures: [`✖ the run itself: ${inspect(error)}\n`] };
}
await cleanUp();
if (total.failures.length > 0) console.log(`\n${total.failures.join("\n")}`);
console.log(
  `\nℹ tests ${total.passed + total.failed}\nℹ pass ${total.passed}\nℹ fail ${total.failed}\nℹ duration_ms ${Math.round(performance.now() - start)}`,
);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
