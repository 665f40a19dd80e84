// Joins the program's sources and the packages they use into a few files below .cache/program, which `npm start` runs: reading some
// 600 small modules took a start twice as long (decision 008). Run by prepare.cjs when a source changed.
//   node scripts/build.ts
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const BUILDS_KEPT = 5;

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".cache/program");
const history = join(root, ".cache/builds.json");

const { metafile } = await build({
  absWorkingDir: root,
  // A thread begins with a file of its own, which its starter finds by this name.
  entryPoints: { main: "src/main.js", "calendar-worker": "src/platform/calendar/worker.ts" },
  outdir: folder,
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node26",
  // Names and lines stay readable, so that a stack trace in a log can be followed.
  minify: false,
  // Packages in the older module format still ask for Node's own modules by `require`.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module";\nconst require = requireFrom(import.meta.url);',
  },
  metafile: true,
  logLevel: "warning",
});

// A program that is running may still load parts of the build that it came from, so the latest builds keep theirs.
const earlier: string[][] = existsSync(history) ? (JSON.parse(readFileSync(history, "utf8")) as string[][]) : [];
const builds = [Object.keys(metafile.outputs).map((path) => basename(path)), ...earlier].slice(0, BUILDS_KEPT);
const kept = new Set(builds.flat());
for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name), { force: true });
writeFileSync(history, JSON.stringify(builds));
