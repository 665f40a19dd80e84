import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../scripts/prepare.cjs", import.meta.url));

// Stands in for npm: notes how it was called, and "installs" a Node that behaves as THE_NODE says.
const npmDouble = `
const fs = require("node:fs");
fs.appendFileSync("calls.txt", process.argv.slice(2).join(" ") + "\\n");
if (process.env.THE_INSTALL === "fails") process.exit(7);
fs.rmSync("node_modules", { recursive: true, force: true });
fs.mkdirSync("node_modules/.bin", { recursive: true });
if (process.env.THE_NODE) fs.writeFileSync("node_modules/.bin/node", "#!/bin/sh\\n" + process.env.THE_NODE + "\\n", { mode: 0o755 });
`;

// Stands in for the real build: notes that it ran.
const buildDouble = `
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
if (process.env.THE_BUILD === "fails") process.exit(3);
appendFileSync("builds.txt", "built\\n");
mkdirSync(".cache/program", { recursive: true });
writeFileSync(".cache/program/main.js", "");
`;

const NODE_26 = 'case "$1" in --version) echo v26.10.0;; *) exec "$REAL_NODE" "$@";; esac';

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

function checkout(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), "throughline-prepare-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "scripts"));
  copyFileSync(script, join(root, "scripts/prepare.cjs"));
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: {} }));
  writeFileSync(join(root, "npm.cjs"), npmDouble);
  writeFileSync(join(root, "scripts/build.ts"), buildDouble);
  mkdirSync(join(root, "src"));
  writeFileSync(join(root, "src/main.js"), "one");
  const oldNode = join(root, "old-node");
  writeFileSync(oldNode, '#!/bin/sh\ncase "$1" in --version) echo v20.1.0;; *) exec "$REAL_NODE" "$@";; esac\n');
  chmodSync(oldNode, 0o755);
  const env = (more: Record<string, string>) => ({
    PATH: process.env["PATH"],
    REAL_NODE: process.execPath,
    npm_execpath: join(root, "npm.cjs"),
    npm_node_execpath: oldNode,
    THE_NODE: NODE_26,
    ...more,
  });
  const command = (part: string) => [join(root, "scripts/prepare.cjs"), part];
  return {
    root,
    run: (part: string, more: Record<string, string> = {}) =>
      spawnSync(process.execPath, command(part), { env: env(more), encoding: "utf8" }),
    start: (part: string) => spawn(process.execPath, command(part), { env: env({}), stdio: ["ignore", "ignore", "pipe"] }),
    calls: () => linesOf(join(root, "calls.txt")),
    builds: () => linesOf(join(root, "builds.txt")).length,
  };
}

test("what the lock file names is installed once, and again when it changes", (t) => {
  const { root, run, calls } = checkout(t);
  assert.equal(run("app").status, 0);
  assert.equal(run("app").status, 0);
  assert.equal(calls().length, 1);
  assert.match(calls()[0] ?? "", /^ci --ignore-scripts .*--omit=dev$/);
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: {}, changed: true }));
  assert.equal(run("app").stderr.includes("Installing"), true);
  assert.equal(calls().length, 2);
});

test("what the tests need satisfies the program too, and not the other way round", (t) => {
  const { run, calls } = checkout(t);
  run("app");
  run("all");
  run("app");
  assert.deepEqual(
    calls().map((call) => call.includes("--omit=dev")),
    [true, false],
  );
});

test("an install by hand is recognised", (t) => {
  const { root, run, calls } = checkout(t);
  const packages = {
    "node_modules/one": { integrity: "sha512-x" },
    "node_modules/other": { integrity: "sha512-y", optional: true },
  };
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages }));
  mkdirSync(join(root, "node_modules/.bin"), { recursive: true });
  writeFileSync(join(root, "node_modules/.bin/node"), `#!/bin/sh\n${NODE_26}\n`, { mode: 0o755 });
  writeFileSync(
    join(root, "node_modules/.package-lock.json"),
    JSON.stringify({ packages: { "node_modules/one": packages["node_modules/one"] } }),
  );
  assert.equal(run("all").status, 0);
  assert.deepEqual(calls(), []);
});

test("an install that fails says so and is tried again", (t) => {
  const { run, calls } = checkout(t);
  const failed = run("app", { THE_INSTALL: "fails" });
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /npm ci did not finish: exit code 7/);
  assert.equal(run("app").status, 0);
  assert.equal(calls().length, 2);
});

test("two starts at once install once", async (t) => {
  const { start, calls } = checkout(t);
  const both = [start("app"), start("app")];
  const codes = await Promise.all(both.map(async (one) => (await once(one, "exit"))[0] as number));
  assert.deepEqual(codes, [0, 0]);
  assert.equal(calls().length, 1);
});

test("the lock of a dead process is no obstacle", (t) => {
  const { root, run, calls } = checkout(t);
  mkdirSync(join(root, ".cache"));
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  writeFileSync(join(root, ".cache/prepare.lock"), String(dead));
  assert.equal(run("app").status, 0);
  assert.equal(calls().length, 1);
  assert.equal(existsSync(join(root, ".cache/prepare.lock")), false);
});

test("the program is built once, and again when a source or the lock file changed", (t) => {
  const { root, run, builds } = checkout(t);
  run("app");
  run("app");
  run("all");
  assert.equal(builds(), 1);
  writeFileSync(join(root, "src/main.js"), "other words");
  run("app");
  assert.equal(builds(), 2);
  writeFileSync(join(root, "src/new.ts"), "");
  run("app");
  assert.equal(builds(), 3);
  rmSync(join(root, ".cache/program"), { recursive: true });
  run("app");
  assert.equal(builds(), 4);
});

test("a build that fails says so and is tried again", (t) => {
  const { run, builds } = checkout(t);
  const failed = run("app", { THE_BUILD: "fails" });
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /could not be built: exit code 3/);
  assert.equal(run("app").status, 0);
  assert.equal(builds(), 1);
});

test("a missing system library is named with the package that has it", (t) => {
  const { run, calls } = checkout(t);
  const broken = { THE_NODE: "echo 'error while loading shared libraries: libatomic.so.1: cannot open' >&2; exit 127" };
  const { status, stderr } = run("app", broken);
  assert.equal(status, 1);
  assert.match(stderr, /apt-get install libatomic1/);
  assert.match(run("app").stderr, /libatomic1/, "it looks again at the next start");
  assert.equal(calls().length, 1, "without installing again");
});

test("without a binary for this system a system Node of 26 will do, and an older one will not", (t) => {
  const { root, run } = checkout(t);
  const old = run("app", { THE_NODE: "" });
  assert.equal(old.status, 1);
  assert.match(old.stderr, /the one here is 20\.1\.0[\s\S]*Install Node 26/);
  assert.equal(run("app", { npm_node_execpath: process.execPath }).status, 0);
  assert.equal(existsSync(join(root, "node_modules/.bin/node")), false);
});
