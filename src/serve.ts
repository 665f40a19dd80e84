import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { buildApp } from "./app.ts";
import { openInstallation } from "./installation.ts";
import { AppError } from "./lib/errors.ts";
import { instantText, systemClock } from "./platform/clock.ts";
import type { Config } from "./platform/config/config.ts";
import { createLog } from "./platform/log.ts";
import { releaseStartMemory } from "./platform/memory.ts";
import { removeRunningServer, writeRunningServer } from "./platform/running-server.ts";

const HOST = "127.0.0.1";
const GRACE_MS = 5_000;
const PARENT_CHECK_MS = 250;

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((done, failed) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? `Port ${port} is in use, perhaps by a Throughline that is already running`
          : `Port ${port} cannot be used (${error.code})`;
      failed(
        new AppError("unavailable", `${reason}. Start with another one: PORT=${port === 0 ? 4111 : port + 1} npm start`, {
          cause: error,
        }),
      );
    });
    server.listen(port, HOST, () => done((server.address() as AddressInfo).port));
  });
}

/** Resolves at the first SIGTERM or SIGINT, and, below npm, when the shell that npm started is gone: that is all we hear of its SIGTERM. */
function stopSignal({ startedByNpm }: Config): Promise<void> {
  return new Promise((done) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => done());
    if (!startedByNpm) return;
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      done();
    }, PARENT_CHECK_MS);
    watch.unref();
  });
}

/** Lets the requests in progress finish, then closes what is left. */
function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  const limit = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  return new Promise((done) => {
    server.close(() => {
      clearTimeout(limit);
      done();
    });
    server.closeIdleConnections();
  });
}

/** The `serve` command: listens on loopback until SIGTERM or SIGINT. `say` prints for the person who started it. */
export async function serve(config: Config, say: (line: string) => void): Promise<void> {
  const stopped = stopSignal(config);
  const installation = await openInstallation(config);
  const log = createLog(config.logLevel);
  const app = await buildApp({ config, installation, log });
  const answer = getRequestListener(app.fetch);
  const server = createServer((request, response) => void answer(request, response));
  try {
    const port = await listen(server, config.port);
    app.answerTo(port);
    const url = `http://${HOST}:${port}`;
    writeRunningServer(config.dataFolder, { url, pid: process.pid, startedAt: instantText(systemClock.now()) });
    say(`Throughline is at ${url}`);
    say(`Your data: ${installation.database.label}`);
    if (installation.shifted) say(`The clock was set to ${instantText(installation.clock.now())} by THROUGHLINE_CLOCK.`);
    app.startJobs();
    releaseStartMemory();
    await stopped;
  } finally {
    if (server.listening) await closeServer(server);
    removeRunningServer(config.dataFolder, process.pid);
    await app.stop();
    await installation.close();
  }
}
