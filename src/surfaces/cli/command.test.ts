import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { operations } from "../../features/index.ts";
import { operationWords } from "../../platform/operation-schema.ts";
import { runCommand } from "./command.ts";
import type { Terminal } from "./terminal.ts";

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const emptyFolder = (): string => mkdtempSync(join(tmpdir(), "throughline-cli-"));

/** Runs a command line in this process, on a data folder of its own. */
async function run(folder: string, words: readonly string[], piped?: string): Promise<Outcome> {
  const lines = { out: [] as string[], err: [] as string[] };
  const terminal: Terminal = {
    out: (text) => lines.out.push(text),
    err: (text) => lines.err.push(text),
    columns: 200,
    readPiped: async () => piped,
    path: (typed) => join(folder, typed),
  };
  const code = await runCommand(words, { THROUGHLINE_DATA: folder, THROUGHLINE_CONFIG: folder }, terminal);
  return { code, out: lines.out.join("\n"), err: lines.err.join("\n") };
}

const main = join(import.meta.dirname, "../../main.js");

/** Starts the real program. `stdin` is what its standard input is: nothing, an open pipe, or a text. */
function start(
  folder: string,
  words: readonly string[],
  stdin: "ignore" | "open" | { text: string } = "ignore",
): { child: ChildProcess; ended: Promise<Outcome> } {
  const environment = { ...process.env, THROUGHLINE_DATA: folder, THROUGHLINE_CONFIG: folder };
  const child = spawn(process.execPath, [main, ...words], {
    env: environment,
    stdio: [stdin === "ignore" ? "ignore" : "pipe", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  if (typeof stdin === "object") child.stdin?.end(stdin.text);
  const ended = new Promise<Outcome>((done) => child.once("close", (code) => done({ code: code ?? -1, out, err })));
  return { child, ended };
}

test("a person is added and listed, as text and as JSON", async () => {
  const folder = emptyFolder();
  const added = await run(folder, ["people", "add", "--name", "Max Berger", "--role", "mentor", "--json"]);
  assert.equal(added.code, 0);
  const max = JSON.parse(added.out) as { id: string; role: string };
  assert.equal(max.role, "mentor");
  assert.match((await run(folder, ["people", "list"])).out, /Max Berger/u);
  assert.match((await run(folder, ["people", "show", max.id])).out, /^Name +Max Berger$/mu);
});

test("input comes from flags over --json over standard input", async () => {
  const folder = emptyFolder();
  const piped = await run(folder, ["people", "add", "--json"], '{"name": "Piped", "role": "peer"}');
  assert.equal((JSON.parse(piped.out) as { name: string }).name, "Piped");
  const merged = await run(folder, ["people", "add", "--json", "--name", "Flag"], '{"name": "Piped", "role": "peer"}');
  assert.deepEqual(
    { ...(JSON.parse(merged.out) as object), id: "" },
    { ...(JSON.parse(piped.out) as object), id: "", name: "Flag" },
  );
  const inline = await run(folder, ["people", "add", "--json", '{"name": "Inline"}', "--role", "sponsor"]);
  assert.equal((JSON.parse(inline.out) as { role: string }).role, "sponsor");
});

for (const [words, code, complaint] of [
  [["people", "add"], 2, /name/u],
  [["people", "add", "--name", "Max", "--email", "a, b"], 2, /one address/u],
  [["people", "show", "nobody"], 3, /not found/u],
  [["peple", "list"], 2, /Did you mean people\?/u],
  [["people", "lst"], 2, /Did you mean list\?/u],
  [["bakcup"], 2, /Did you mean backup\?/u],
  [["people", "add", "--json", "{"], 2, /not JSON/u],
  [["people", "add", "--json", '{"nam": "Max"}'], 2, /Did you mean name\?/u],
  [["backup"], 2, /which file/u],
  [["token"], 2, /token show/u],
  [["completion", "powershell"], 2, /bash \| zsh \| fish/u],
] as const) {
  test(`throughline ${words.join(" ")} ends with ${code} and one sentence`, async () => {
    const outcome = await run(emptyFolder(), words);
    assert.equal(outcome.code, code);
    assert.equal(outcome.out, "");
    assert.match(outcome.err, complaint);
  });
}

test("with --json an error is JSON on standard error", async () => {
  const outcome = await run(emptyFolder(), ["people", "show", "nobody", "--json"]);
  assert.equal(outcome.code, 3);
  assert.equal((JSON.parse(outcome.err) as { error: { code: string } }).error.code, "not_found");
});

test("a configuration that cannot be used is said, and help works all the same", async () => {
  const err: string[] = [];
  const terminal: Terminal = {
    out: () => undefined,
    err: (text) => err.push(text),
    columns: 80,
    readPiped: async () => undefined,
    path: (typed) => typed,
  };
  assert.equal(await runCommand(["people", "list"], { PORT: "eleven" }, terminal), 2);
  assert.match(err.join(), /PORT/u);
  assert.equal(await runCommand(["help"], { PORT: "eleven" }, terminal), 0);
});

test("every feature and every operation has help with an example", async () => {
  const folder = emptyFolder();
  const general = await run(folder, []);
  assert.match(general.out, /Exit codes/u);
  for (const operation of operations) {
    const [feature, verb] = operationWords(operation.name);
    assert.ok(general.out.includes(feature));
    assert.match((await run(folder, [feature, "--help"])).out, new RegExp(`^ {2}${verb} `, "mu"));
    assert.match((await run(folder, [feature, verb, "--help"])).out, new RegExp(`throughline ${feature} ${verb}`, "u"));
  }
  for (const command of ["serve", "mcp", "backup", "restore", "export", "import", "token", "completion"]) {
    assert.match((await run(folder, [command, "--help"])).out, new RegExp(`Usage: throughline ${command}`, "u"));
  }
});

test("completion offers features, verbs, flags and choices", async () => {
  const words = async (...typed: string[]): Promise<string[]> =>
    (await run(emptyFolder(), ["completion", "words", ...typed])).out.split("\n");
  assert.deepEqual(await words("peo"), ["people"]);
  assert.deepEqual(await words("people", "ed"), ["edit"]);
  assert.deepEqual(await words("people", "add", "--na"), ["--name"]);
  assert.deepEqual(await words("people", "add", "--role", "m"), ["manager", "mentor"]);
  assert.deepEqual(await words("token", "r"), ["renew"]);
});

test("the completion script works in a real bash", async () => {
  const script = (await run(emptyFolder(), ["completion", "bash"])).out;
  const lines = `throughline() { ${process.execPath} ${main} "$@"; }\n${script}\nCOMP_WORDS=(throughline people ad); COMP_CWORD=2; _throughline; echo "\${COMPREPLY[@]}"`;
  const child = spawn("bash", ["-c", lines], { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  await new Promise((closed) => child.once("close", closed));
  assert.equal(out.trim(), "add");
});

test("the real program reads a pipe, and an open one without data holds up nothing", async () => {
  const folder = emptyFolder();
  const added = await start(folder, ["people", "add", "--json"], { text: '{"name": "Piped"}' }).ended;
  assert.equal((JSON.parse(added.out) as { name: string }).name, "Piped", added.err);
  const open = start(folder, ["people", "list", "--json"], "open");
  const listed = await open.ended;
  assert.equal(listed.code, 0, listed.err);
  assert.equal((JSON.parse(listed.out) as { people: object[] }).people.length, 1);
  const quiet = await start(folder, ["people", "add", "--name", "No pipe", "--json"]).ended;
  assert.equal(quiet.code, 0, quiet.err);
});
