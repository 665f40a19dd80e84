import { fstatSync } from "node:fs";
import { resolve } from "node:path";

/** What a command talks to. Tests hand in their own. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** How wide a line may get before a table becomes a list. */
  readonly columns: number;
  /** What is on standard input. With `patient` it is read to its end; otherwise only when a first byte comes at once. */
  readPiped(patient: boolean): Promise<string | undefined>;
  /** A path as the person typed it, made absolute. */
  path(typed: string): string;
}

const USUAL_COLUMNS = 100;
const FIRST_BYTE_MS = 150;

/** A terminal or /dev/null holds no input for us; a file, a pipe or a socket may. */
function stdinIsPiped(): boolean {
  try {
    const facts = fstatSync(0);
    return facts.isFIFO() || facts.isFile() || facts.isSocket();
  } catch {
    return false;
  }
}

function readStdin(patient: boolean): Promise<string | undefined> {
  const { stdin } = process;
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    const giveUp = () => {
      stdin.destroy();
      done(undefined);
    };
    // An open pipe on which nothing comes must not hold up a command that does not need it.
    const timer = patient ? undefined : setTimeout(giveUp, FIRST_BYTE_MS);
    stdin.on("data", (chunk: Buffer) => {
      clearTimeout(timer);
      chunks.push(chunk);
    });
    stdin.on("end", () => {
      clearTimeout(timer);
      done(Buffer.concat(chunks).toString("utf8"));
    });
    stdin.on("error", failed);
  });
}

/** The process's own streams. npm runs scripts in the checkout: there a path counts from where the person was. */
export function processTerminal(environment: NodeJS.ProcessEnv): Terminal {
  const folder = (environment.npm_lifecycle_event && environment.INIT_CWD) || process.cwd();
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    columns: process.stdout.columns ?? USUAL_COLUMNS,
    readPiped: async (patient) => (stdinIsPiped() ? readStdin(patient) : undefined),
    path: (typed) => resolve(folder, typed),
  };
}
