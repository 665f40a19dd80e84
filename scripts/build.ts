// Joins the program's sources and the packages they use into a few files below .cache/program, which `npm start` runs: reading some
// 600 small modules took a start twice as long (decision 008). Run by prepare.cjs when a source changed.
//   node scripts/build.ts
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const KEEP_OLD_DAYS = 14;
const DAY_MS = 86_400_000;

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".cache/program");

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["src/main.js"],
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

// A program that is running may still load parts of the build that it came from.
const current = new Set(Object.keys(metafile.outputs).map((path) => join(root, path)));
for (const name of readdirSync(folder)) {
  const file = join(folder, name);
  const ageMs = Date.now() - statSync(file).mtimeMs;
  if (!current.has(file) && ageMs > KEEP_OLD_DAYS * DAY_MS) rmSync(file, { force: true });
}
