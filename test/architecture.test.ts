import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

// A feature may use those before it, never those after it, so there are no cycles. A new feature gets its place here.
// prettier-ignore
const FEATURE_ORDER = [
  "account", "tone", "people", "record", "journal", "impact", "delivery", "meetings", "commitments", "questions", "blindspots", "seeds", "answers", "agenda", "recap", "calendar", "reminders", "mailbox", "guest", "today", "archive", "example", "welcome",
];
const FEATURE_FILES =
  /^(schema|rules|store|operations|pages|mail|index)\.ts$|^(schema|rules|store|operations|pages|mail|client|data|golden)\//u;
const FEATURE_TESTS = /^[a-z-]+(\.[a-z-]+)?\.test\.ts$/u;
const DRAWERS = new Set(["util", "utils", "helper", "helpers", "misc", "common", "manager", "service", "services", "shared"]);
/** Files that must read the machine's own time, each with its reason. */
const MAY_READ_TIME: Record<string, string> = { "src/platform/clock.ts": "it is the clock" };
/** Places outside the account feature where a stored row says whose it is, each with its reason. */
const MAY_READ_OWNER: Record<string, string> = {
  "src/features/calendar/operations/worker.ts": "looks across owners for calendars that are due, then acts as each row's own",
  "src/platform/outbox/run.ts": "looks across owners for what is due, then acts as each row's own",
  "src/features/reminders/operations/feed.ts": "a signed address says whose feed it is",
  "src/features/guest/operations/opening.ts": "a signed link says whose page it opens; its scope is minted there",
};
/** Steps upwards that cannot be turned around, each with its reason. */
const MAY_GO_UP: Record<string, string> = {
  "src/surfaces/cli/command.ts -> src/serve.ts": "`throughline serve` starts the program, and loads it only then",
};

interface Import {
  readonly to: string;
  readonly typesOnly: boolean;
}
interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

function importsOf(path: string, text: string): Import[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s(?<what>[^"`;]*?)from\s+"(?<from>[^"]+)"|(?:(?:^|\n)\s*import\s+|\bimport\()"(?<bare>[^"]+)"/gu,
  );
  return [...found].map(({ groups = {} }) => {
    const specifier = groups["from"] ?? groups["bare"] ?? "";
    const to = specifier.startsWith(".") ? normalize(join(dirname(path), specifier)) : specifier;
    return { to, typesOnly: /^type\s/u.test(groups["what"] ?? "") };
  });
}

const root = fileURLToPath(new URL("..", import.meta.url));
const sources: Source[] = globSync("src/**/*.ts", { cwd: root }).map((path) => {
  const text = readFileSync(join(root, path), "utf8");
  return { path, text, imports: importsOf(path, text) };
});
const byPath = new Map(sources.map((source) => [source.path, source]));
const product = sources.filter(({ path }) => !path.endsWith(".test.ts"));

function featureOf(path: string): string | undefined {
  return /^src\/features\/([^/]+)\//u.exec(path)?.[1];
}

/** Where a file stands: a file may import what stands on the same level or below. */
function levelOf(path: string): number {
  if (path.startsWith("src/lib/")) return 0;
  if (path.startsWith("src/platform/")) return 1;
  if (/^src\/surfaces\/web\/(kit\/|client\/|assets\.ts$|module-graph\.ts$)/u.test(path)) return 2;
  // An opened installation is the storage and the owner in one: what a surface without a running server works on.
  if (path.startsWith("src/features/") || path === "src/installation.ts") return 3;
  return path.startsWith("src/surfaces/") ? 4 : 5;
}

const none = (findings: readonly string[], why: string): void =>
  assert.equal(findings.length, 0, `${why}\n  ${findings.join("\n  ")}\n`);

function edges(accept: (from: Source, to: string, one: Import) => boolean, from: readonly Source[] = product): string[] {
  return from.flatMap((file) =>
    file.imports
      .filter((one) => one.to.startsWith("src/") && !accept(file, one.to, one))
      .map((one) => `${file.path} -> ${one.to}`),
  );
}

test("imports point one way: lib <- platform <- web kit <- features <- surfaces <- app", () => {
  const findings = edges(({ path }, to) => levelOf(to) <= levelOf(path) || `${path} -> ${to}` in MAY_GO_UP);
  none(findings, "A lower layer must not know a higher one. Move what both need down, or hand it in as an argument.");
});

test("a feature uses only features before it, and only through their index.ts", () => {
  const unknown = [...new Set(product.map(({ path }) => featureOf(path) ?? "account"))].filter(
    (name) => !FEATURE_ORDER.includes(name),
  );
  none(unknown, "Give these features their place in FEATURE_ORDER (test/architecture.test.ts).");
  const findings = edges(({ path }, to) => {
    const [own, other] = [featureOf(path), featureOf(to)];
    if (!own || !other || own === other) return true;
    return FEATURE_ORDER.indexOf(other) < FEATURE_ORDER.indexOf(own) && basename(to) === "index.ts";
  });
  none(
    findings,
    "Import from an earlier feature's index.ts. When the earlier one needs the later one, let the later one call it instead.",
  );
});

test("rules are pure, stores only talk to the storage", () => {
  const isPart = (path: string, part: string) =>
    featureOf(path) !== undefined && new RegExp(`/${part}(/|\\.ts$)`, "u").test(path);
  const pure = (to: string) => to.startsWith("src/lib/") || isPart(to, "schema") || isPart(to, "rules") || isPart(to, "data");
  const rules = product.filter(({ path }) => isPart(path, "rules"));
  none(
    edges((_file, to, one) => one.typesOnly || pure(to), rules),
    "rules.ts decides from its arguments alone: it imports lib, schema, rules and data files, and types. Load in operations.ts and hand the rows in.",
  );
  const stores = product.filter(({ path }) => isPart(path, "store"));
  const clock = "src/platform/clock.ts";
  none(
    edges(
      (_file, to, one) =>
        one.typesOnly || pure(to) || isPart(to, "store") || to.startsWith("src/platform/storage/") || to === clock,
      stores,
    ),
    "store.ts reads and writes rows, nothing else. Decide in rules.ts, combine in operations.ts.",
  );
});

test("what runs in the browser brings nothing from npm or the server along", () => {
  const reached = new Map<string, string>();
  const walk = (path: string, from: string): void => {
    if (reached.has(path)) return;
    reached.set(path, from);
    for (const { to, typesOnly } of byPath.get(path)?.imports ?? []) if (!typesOnly) walk(to, path);
  };
  for (const { path } of product) if (path.includes("/client/")) walk(path, path);
  const allowed = /^src\/lib\/|\/client\/|^src\/features\/[^/]+\/(rules|schema)(\/|\.ts$)/u;
  const findings = [...reached].filter(([path]) => !allowed.test(path)).map(([path, from]) => `${from} -> ${path}`);
  none(
    findings,
    "client/*.ts may import lib, rules and schema files without dependencies, and surfaces/web/client. Split off the pure part.",
  );
});

test("every feature has the same grammar of file names", () => {
  const findings = sources.filter(({ path }) => {
    const feature = featureOf(path);
    const inside = path.slice(`src/features/${feature ?? ""}/`.length);
    return feature !== undefined && !FEATURE_FILES.test(inside) && !FEATURE_TESTS.test(inside);
  });
  none(
    findings.map(({ path }) => path),
    "A feature holds schema, rules, store, operations, pages, mail, client, data and index, or folders of these names.",
  );
});

test("no file is a drawer and none is too long", () => {
  const everything = globSync(["{src,test,bench,scripts}/**/*"], { cwd: root });
  const drawers = everything.filter((path) => path.split("/").some((part) => DRAWERS.has(part.replace(/\..*$/u, ""))));
  none(drawers, "A name must say what is inside. Put each thing where its subject is.");
  const long = product
    .filter(({ text }) => text.split("\n").length > 400)
    .map(({ path, text }) => `${path}: ${text.split("\n").length} lines`);
  none(long, "400 lines is the limit; think again at 200. Find the second subject in the file and give it its own.");
});

/** Each line of the product that `pattern` is found in. */
function linesWith(pattern: RegExp, except: (path: string) => boolean = () => false): string[] {
  return product
    .filter(({ path }) => !except(path))
    .flatMap(({ path, text }) =>
      text
        .split("\n")
        .flatMap((line, index) =>
          pattern.test(line) && !/^\s*(\/\/|\*|\/\*)/u.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 120)}`] : [],
        ),
    );
}

test("an owner is minted only by the account feature", () => {
  const findings = linesWith(/\bas OwnerId\b/u, (path) => path.startsWith("src/features/account/") || path in MAY_READ_OWNER);
  none(
    findings,
    "An OwnerId says whose data may be touched; a cast invents one. Take it from the caller, or ask features/account.",
  );
});

test("the present comes from the clock alone", () => {
  const findings = linesWith(
    /\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\.(?!timeZoneId\b)/u,
    (path) => path in MAY_READ_TIME || path.includes("/client/"),
  );
  none(
    findings,
    "Take `now` as an argument, so that a test and THROUGHLINE_CLOCK can set it. Where a library leaves no choice, add the file to MAY_READ_TIME with the reason.",
  );
});

test("markup cannot be broken out of", () => {
  none(
    linesWith(/<[a-z][^<>]*\s[a-z][\w:-]*=\$\{/u),
    'Quote it: name="${value}". An unquoted attribute ends at the first space of what somebody typed.',
  );
  none(
    linesWith(/\b(innerHTML|outerHTML|insertAdjacentHTML)\b|document\.write\(/u),
    "Use textContent or build elements: these run what somebody typed.",
  );
});
