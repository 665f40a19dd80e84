import { mailConfigOf } from "../../features/delivery/index.ts";
import { operationsOf } from "../../features/index.ts";
import { didYouMean } from "../../lib/nearest.ts";
import { type AnyOperation, callPure } from "../../platform/operation.ts";
import { fieldsOf, operationWords } from "../../platform/operation-schema.ts";
import { type Config, readConfig } from "../../platform/config/config.ts";
import { version } from "../../platform/version.ts";
import { parseArguments } from "./arguments.ts";
import { completions, completionScript } from "./completion.ts";
import { connect } from "./connection.ts";
import { report, usage } from "./failure.ts";
import { commands, featureHelp, featureNames, generalHelp, operationHelp, verbsOf } from "./help.ts";
import { gatherInput } from "./input.ts";
import { render } from "./render.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/** What a command that is not an operation is handed. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly words: readonly string[];
  /** The environment is read only by commands that need it, so that help works whatever it says. */
  config(): Config;
}

type Command = (context: CommandContext) => Promise<number>;

function printing(text: (words: readonly string[]) => string): Command {
  return async ({ terminal, words }) => {
    terminal.out(text(words));
    return 0;
  };
}

// Each command loads what it needs when it runs: a start must not wait for what it does not use.
const builtIn = {
  help: printing(([feature, verb]) => helpFor(feature, verb)),
  version: printing(() => version),
  completion: printing(([shell = "", ...words]) =>
    shell === "words" ? completions(operations, words).join("\n") : completionScript(shell),
  ),
  serve: async ({ config, terminal }) => {
    await (await import("../../serve.ts")).serve(config(), terminal.out);
    return 0;
  },
  mcp: async ({ config }) => (await import("./mcp.ts")).mcpCommand(config()),
  backup: async (context) => (await import("./maintenance.ts")).backupCommand(context),
  restore: async (context) => (await import("./maintenance.ts")).restoreCommand(context),
  token: async (context) => (await import("./maintenance.ts")).tokenCommand(context),
  export: async (context) => (await import("./archive.ts")).exportCommand(context),
  import: async (context) => (await import("./archive.ts")).importCommand(context),
} satisfies Record<string, Command>;

const isHelp = (word: string | undefined): boolean => word === "--help" || word === "-h" || word === "help";

// For names, help and completion, which work whatever the environment says; what runs gets the real configuration.
const operations = operationsOf({ keyFile: "" });

function findOperation(feature: string, verb: string): AnyOperation {
  const found = operations.find((operation) => operationWords(operation.name).join(" ") === `${feature} ${verb}`);
  if (found) return found;
  featureHelp(operations, feature);
  throw usage(
    `"${feature}" has no "${verb}".${didYouMean(verb, verbsOf(operations, feature))} "throughline ${feature} --help" lists what it has.`,
  );
}

function helpFor(feature: string | undefined, verb: string | undefined): string {
  if (!feature) return generalHelp(operations);
  const command = commands[feature];
  if (command) return `${command.does}.\n\nUsage: throughline ${feature} ${command.takes}`.trimEnd();
  return verb ? operationHelp(findOperation(feature, verb)) : featureHelp(operations, feature);
}

/** Through the running server or on the opened data; what needs no data touches none. */
async function invoke(config: () => Config, operation: AnyOperation, input: Record<string, unknown>): Promise<unknown> {
  if (operation.kind === "pure") return callPure(operation, input);
  const connection = await connect(config(), version);
  try {
    const runnable = operationsOf(mailConfigOf(config())).find((one) => one.name === operation.name) ?? operation;
    return await connection.invoke(runnable, input);
  } finally {
    await connection.close();
  }
}

async function runOperation(
  terminal: Terminal,
  config: () => Config,
  operation: AnyOperation,
  words: readonly string[],
): Promise<number> {
  const fields = fieldsOf(operation);
  const parsed = parseArguments(fields, words, operation.fromFile?.field);
  if (parsed.help) {
    terminal.out(operationHelp(operation));
    return 0;
  }
  const input = await gatherInput(terminal, operation, fields, parsed);
  const output = await invoke(config, operation, input);
  terminal.out(parsed.json === false ? render(output, terminal.columns) : JSON.stringify(output, null, 2));
  return 0;
}

async function dispatch(terminal: Terminal, words: readonly string[], config: () => Config): Promise<number> {
  const [first, second, ...rest] = words;
  if (first === undefined || first === "--help" || first === "-h") return builtIn.help({ terminal, words: [], config });
  if (first === "--version" || first === "-v") return builtIn.version({ terminal, words: [], config });
  const command = Object.hasOwn(builtIn, first) ? builtIn[first as keyof typeof builtIn] : undefined;
  if (command && first !== "help" && words.slice(1).some((word) => word === "--help" || word === "-h") && second !== "words")
    return builtIn.help({ terminal, words: [first], config });
  if (command) return command({ terminal, words: words.slice(1), config });
  if (second === undefined || isHelp(second)) return builtIn.help({ terminal, words: [first], config });
  return runOperation(terminal, config, findOperation(first, second), rest);
}

/** Runs one command line and returns its exit code; see `throughline help`. Nothing is thrown. */
export async function runCommand(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  terminal: Terminal = processTerminal(environment),
): Promise<number> {
  try {
    return await dispatch(terminal, words, () => readConfig(environment));
  } catch (error) {
    const asJson =
      featureNames(operations).includes(words[0] ?? "") && words.some((word) => word === "--json" || word.startsWith("--json="));
    return report(terminal, error, asJson);
  }
}
