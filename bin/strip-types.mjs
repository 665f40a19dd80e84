// Loaded by throughline.cjs when the program lies below node_modules, where Node itself refuses to strip types.
import { readFileSync, realpathSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = realpathSync(join(dirname(fileURLToPath(import.meta.url)), ".."));
const source = pathToFileURL(join(root, "src")).href;

/** That Node calls this experimental is known, and no news to whoever runs the program. */
function strip(text) {
  const warn = process.emitWarning;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = warn;
  }
}

registerHooks({
  load(url, context, next) {
    if (!url.startsWith(source) || !url.endsWith(".ts")) return next(url, context);
    return { format: "module", source: strip(readFileSync(fileURLToPath(url), "utf8")), shortCircuit: true };
  },
});
