import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { requestHeader } from "./kit/headers.ts";
import { type Html, raw } from "./kit/html.ts";
import type { WebContext } from "./kit/web.ts";
import { type BrowserModule, loadedWith, readModuleGraph } from "./module-graph.ts";

/** What a page needs to know of the assets. */
export interface PageAssets {
  /** "/assets/<hash>/" */
  readonly prefix: string;
  /** The `<link>` and `<script>` elements for a page with these islands. */
  links(islands: readonly string[]): Html;
}

/** The style sheet and the browser modules, under one address that changes with their content. */
export interface Assets extends PageAssets {
  /** The `<link>` elements alone, for a page without scripts. */
  styleLinks(): Html;
  /** Every path that is served, below the prefix. */
  readonly paths: readonly string[];
  /** The paths of the modules that a page with these islands can load, later ones included. */
  modulesOf(islands: readonly string[]): string[];
  /** The answer to a request below `/assets/`, or undefined when there is no such file. */
  answer(c: WebContext): Response | undefined;
}

const SHELL = "surfaces/web/client/shell.ts";
const STYLE = "style.css";
const ICON = "icon.svg";

/** Joined in this order; the order of precedence is the `@layer` list in the first. */
const STYLE_FILES = ["tokens", "base", "frame", "forms", "content", "dialogs", "print"] as const;

interface Served {
  readonly type: string;
  readonly text: () => string;
}

interface Body {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly encoding: string | undefined;
}

/** "agenda/timer" is a feature's island, "timer" one of the web surface. */
function islandPath(name: string): string {
  const [feature, file] = name.split("/");
  return file === undefined ? `surfaces/web/client/${name}.ts` : `features/${feature}/client/${file}.ts`;
}

/** Removes the types as Node does for the server. That it calls this experimental is known, and no news to whoever runs the program. */
function strip(module: BrowserModule): string {
  // oxlint-disable-next-line typescript/unbound-method -- only put back where it was
  const warn = process.emitWarning;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(module.source);
  } finally {
    process.emitWarning = warn;
  }
}

function compress(text: string, accepted: string): Body {
  const bytes = Buffer.from(text);
  if (/\bbr\b/u.test(accepted))
    return {
      bytes: new Uint8Array(brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })),
      encoding: "br",
    };
  if (/\bgzip\b/u.test(accepted)) return { bytes: new Uint8Array(gzipSync(bytes, { level: 9 })), encoding: "gzip" };
  return { bytes: new Uint8Array(bytes), encoding: undefined };
}

/** The first of the encodings that we make, as the key under which a body is kept. */
function encodingKey(accepted: string): string {
  return /\bbr\b/u.test(accepted) ? "br" : /\bgzip\b/u.test(accepted) ? "gzip" : "";
}

/**
 * Reads the style sheet and the import graph of the islands. Sources are read at once (their hash is the address), types are
 * stripped and bodies compressed when first asked for, so that starting stays fast. `root` is the folder `src/`.
 */
export function openAssets(root: string): Assets {
  const graph = readModuleGraph(root);
  const assetsFolder = join(root, "surfaces/web/assets");
  const style = STYLE_FILES.map((name) => readFileSync(join(assetsFolder, `${name}.css`), "utf8")).join("\n");
  const icon = readFileSync(join(assetsFolder, ICON), "utf8");

  const hash = createHash("sha256").update(style).update(icon);
  for (const [path, module] of [...graph].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(path).update(module.source);
  const prefix = `/assets/${hash.digest("base64url").slice(0, 12)}/`;

  const served = new Map<string, Served>([
    [STYLE, { type: "text/css; charset=UTF-8", text: () => style }],
    [ICON, { type: "image/svg+xml", text: () => icon }],
    ...[...graph].map(([path, module]): [string, Served] => [
      path,
      { type: "text/javascript; charset=UTF-8", text: () => strip(module) },
    ]),
  ]);
  const bodies = new Map<string, Body>();
  const linksFor = new Map<string, Html>();

  function bodyOf(path: string, file: Served, accepted: string): Body {
    const key = `${encodingKey(accepted)} ${path}`;
    const known = bodies.get(key);
    if (known) return known;
    const body = compress(file.text(), accepted);
    bodies.set(key, body);
    return body;
  }

  const styleLinks = raw(
    `<link rel="stylesheet" href="${prefix}${STYLE}">\n<link rel="icon" href="${prefix}${ICON}" type="image/svg+xml">\n`,
  );

  function writeLinks(islands: readonly string[]): Html {
    const entries = [SHELL, ...islands.map(islandPath)];
    const preloads = loadedWith(graph, entries).filter((path) => !entries.includes(path));
    return raw(
      [
        `<link rel="stylesheet" href="${prefix}${STYLE}">`,
        `<link rel="icon" href="${prefix}${ICON}" type="image/svg+xml">`,
        ...preloads.map((path) => `<link rel="modulepreload" href="${prefix}${path}">`),
        ...entries.map((path) => `<script type="module" src="${prefix}${path}"></script>`),
        "",
      ].join("\n"),
    );
  }

  return {
    prefix,
    paths: [...served.keys()],
    modulesOf: (islands) => loadedWith(graph, [SHELL, ...islands.map(islandPath)], true),
    styleLinks: () => styleLinks,
    links(islands) {
      const key = islands.join(" ");
      let links = linksFor.get(key);
      if (!links) linksFor.set(key, (links = writeLinks(islands)));
      return links;
    },
    answer(c) {
      const path = c.req.path.startsWith(prefix) ? c.req.path.slice(prefix.length) : "";
      const file = served.get(path);
      if (!file) return undefined;
      const { bytes, encoding } = bodyOf(path, file, requestHeader(c, "accept-encoding") ?? "");
      const headers: Record<string, string> = {
        "content-type": file.type,
        "cache-control": "public, max-age=31536000, immutable",
        vary: "accept-encoding",
      };
      if (encoding) headers["content-encoding"] = encoding;
      return new Response(bytes, { headers });
    },
  };
}
