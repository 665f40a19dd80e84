import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** One browser module: its source as written, and the modules that it imports, by path below `src/`. */
export interface BrowserModule {
  readonly path: string;
  readonly source: string;
  /** Loaded together with it. */
  readonly imports: readonly string[];
  /** Loaded when it asks for them. */
  readonly lazyImports: readonly string[];
}

const STATIC_IMPORT = /^(?:import|export)\s(?!type\b)[^;"']*?from\s*"([^"]+)"|^import\s*"([^"]+)"/gmu;
const LAZY_IMPORT = /\bimport\(\s*"([^"]+)"\s*\)/gu;

function specifiers(source: string, pattern: RegExp): string[] {
  return [...source.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? "");
}

/** Where browser code may come from: the client folders, and the pure rules and shapes that they share with the server. */
const BROWSER_PATH =
  /^(?:surfaces\/web\/client\/[\w-]+|features\/[\w-]+\/(?:client\/[\w-]+|rules(?:\/[\w-]+)?|schema)|lib\/[\w-]+)\.ts$/u;

function resolveImport(root: string, from: string, specifier: string): string {
  if (!specifier.startsWith("."))
    throw new Error(`${from} runs in the browser but imports "${specifier}": browser code imports only files of its own.`);
  const path = relative(root, resolve(root, dirname(from), specifier))
    .split(sep)
    .join("/");
  if (!BROWSER_PATH.test(path))
    throw new Error(
      `${from} runs in the browser but imports ${path}: only client folders, rules, schemas and lib may be sent there.`,
    );
  return path;
}

function readModule(root: string, path: string): BrowserModule {
  const source = readFileSync(join(root, path), "utf8");
  const resolveAll = (pattern: RegExp): string[] =>
    specifiers(source, pattern).map((specifier) => resolveImport(root, path, specifier));
  return { path, source, imports: resolveAll(STATIC_IMPORT), lazyImports: resolveAll(LAZY_IMPORT) };
}

function modulesIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.endsWith(".d.ts"))
    .map((name) => `${folder}/${name}`);
}

/** The island entries: every file of every `client/` folder. */
export function islandEntries(root: string): string[] {
  const features = readdirSync(join(root, "features"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return ["surfaces/web/client", ...features.map(({ name }) => `features/${name}/client`)]
    .flatMap((folder) => modulesIn(root, folder))
    .sort();
}

/** Everything that the islands reach, by path below `src/`. Only these files are ever sent to a browser. */
export function readModuleGraph(root: string): Map<string, BrowserModule> {
  const graph = new Map<string, BrowserModule>();
  const waiting = islandEntries(root);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (graph.has(path)) continue;
    const module = readModule(root, path);
    graph.set(path, module);
    waiting.push(...module.imports, ...module.lazyImports);
  }
  return graph;
}

/** The modules that load with `entries`, each once, without those that are asked for later. */
export function loadedWith(graph: ReadonlyMap<string, BrowserModule>, entries: readonly string[], lazyToo = false): string[] {
  const found = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const module = graph.get(path);
    if (!module) throw new Error(`There is no browser module ${path}.`);
    if (found.has(path)) continue;
    found.add(path);
    waiting.push(...module.imports, ...(lazyToo ? module.lazyImports : []));
  }
  return [...found];
}
