import { tokenFileIn } from "../../features/account/index.ts";
import { AppError, type ErrorCode } from "../../lib/errors.ts";
import { type AnyOperation, call } from "../../platform/operation.ts";
import { operationWords } from "../../platform/operation-schema.ts";
import type { Config } from "../../platform/config/config.ts";
import { readPrivateFile } from "../../platform/private-file.ts";
import { reachOf } from "../../platform/reach.ts";
import { readRunningServer } from "../../platform/running-server.ts";
import { EXIT_CODES } from "./failure.ts";

/** A way to run operations: through the server that is running, or on the opened data. */
export interface Connection {
  readonly through: "server" | "file";
  invoke(operation: AnyOperation, input: unknown): Promise<unknown>;
  close(): Promise<void>;
}

const HEALTH_TIMEOUT_MS = 1_500;

interface Server {
  readonly url: string;
  readonly token: string;
}

function toAppError(body: { error?: { code?: string; message?: string; fields?: []; details?: unknown } }): Error {
  const { code = "internal", message = "The running server gave no reason.", fields = [], details } = body.error ?? {};
  if (code in EXIT_CODES) return new AppError(code as ErrorCode, message, { fields, details });
  return code === "too_large" ? new AppError("invalid", message) : new Error(message);
}

async function invokeOverHttp({ url, token }: Server, operation: AnyOperation, input: unknown): Promise<unknown> {
  const address = `${url}/api/${operationWords(operation.name).join("/")}`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  let response: Response;
  try {
    response = await fetch(address, { method: "POST", headers, body: JSON.stringify(input) });
  } catch (error) {
    throw new AppError(
      "unavailable",
      "The running server stopped answering. Look whether your change is there before you try again.",
      { cause: error },
    );
  }
  const body = await response.json();
  if (!response.ok) throw toAppError(body as object);
  return body;
}

/** The server that is running on this data folder, if it answers, is ours and knows the token. */
async function findServer(config: Config, version: string): Promise<Server | undefined> {
  const running = readRunningServer(config.dataFolder);
  const token = readPrivateFile(tokenFileIn(config.dataFolder));
  if (!running || !token) return undefined;
  const url = running.url.replace(/\/$/u, "");
  const ask = (path: string): Promise<Response> =>
    fetch(`${url}/api/${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
    });
  let health: { ok?: boolean; version?: string };
  try {
    health = (await (await ask("health")).json()) as typeof health;
    if (health.ok !== true || !(await ask("account/show")).ok) return undefined;
  } catch {
    return undefined;
  }
  if (health.version === version) return { url, token };
  throw new AppError(
    "unavailable",
    `The running server is Throughline ${health.version}, this command is ${version}. Restart the server, then try again.`,
  );
}

/** Goes through the running server when there is one; opens the data itself otherwise. Both are safe at the same time. */
export async function connect(config: Config, version: string): Promise<Connection> {
  const server = await findServer(config, version);
  if (server)
    return {
      through: "server",
      invoke: (operation, input) => invokeOverHttp(server, operation, input),
      close: async () => undefined,
    };
  const { openInstallation } = await import("../../installation.ts");
  const { owner, database, clock, close } = await openInstallation(config);
  const caller = { owner, database, clock, reach: reachOf(config) };
  return { through: "file", invoke: (operation, input) => call(caller, operation, input), close };
}
