"use strict";
// Runs before every npm script, on whatever Node the system has (20 and later), so it is plain CommonJS and imports nothing from npm.
// It installs what package-lock.json names when that changed since the last time, makes sure that a Node 26 is there to run the program,
// and has the sources joined into .cache/program when one of them changed (scripts/build.ts).
//   node scripts/prepare.cjs app   what the program needs
//   node scripts/prepare.cjs all   and what its tests need
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const OLDEST_NODE = 26;
const LONGEST_WAIT_MS = 20 * 60_000;

const root = path.resolve(__dirname, "..");
const modules = path.join(root, "node_modules");
const stampFile = path.join(modules, ".throughline-prepared.json");
const lockFile = path.join(root, ".cache", "prepare.lock");
const builtProgram = path.join(root, ".cache", "program", "main.js");
const builtStampFile = path.join(root, ".cache", "program.json");
const ownNode = path.join(modules, ".bin", process.platform === "win32" ? "node.cmd" : "node");

function say(text) {
  process.stderr.write(`${text}\n`);
}

function giveUp(text) {
  say(`\n${text}\n`);
  releaseLock();
  process.exit(1);
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function wantedHash() {
  const lock = path.join(root, "package-lock.json");
  if (!fs.existsSync(lock)) giveUp("package-lock.json is missing. This checkout is incomplete; clone it again.");
  return createHash("sha256").update(fs.readFileSync(lock)).digest("hex");
}

/** What the stamp says must hold on this machine too: a folder copied from another system is installed again. */
function isInstalled(part, hash) {
  const stamp = readJson(stampFile);
  if (stamp?.hash !== hash || stamp.platform !== process.platform || stamp.arch !== process.arch) return false;
  return stamp.part === "all" || stamp.part === part;
}

/** Whether somebody has already run `npm install` or `npm ci` by hand with this very lock file. npm keeps its own list of what is there. */
function isInstalledByHand(part) {
  const wanted = readJson(path.join(root, "package-lock.json"))?.packages ?? {};
  const present = readJson(path.join(modules, ".package-lock.json"))?.packages;
  if (!present) return false;
  const names = new Set([...Object.keys(wanted), ...Object.keys(present)]);
  names.delete("");
  return [...names].every((name) => {
    if (present[name]) return wanted[name]?.integrity === present[name].integrity;
    return wanted[name].optional || wanted[name].devOptional || (part === "app" && wanted[name].dev);
  });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function pause(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

let holdsLock = false;

function releaseLock() {
  if (holdsLock) fs.rmSync(lockFile, { force: true });
  holdsLock = false;
}

function tryLock() {
  try {
    fs.writeFileSync(lockFile, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    return giveUp(`This folder cannot be written (${error.message}). Move the checkout to a place where you may write.`);
  }
}

/** Takes a dead process's lock away. The rename lets only one of several waiters win. */
function clearStaleLock(holder) {
  const aside = `${lockFile}.${process.pid}`;
  try {
    fs.renameSync(lockFile, aside);
    const moved = fs.readFileSync(aside, "utf8");
    // Somebody was faster and this is the new holder's lock: put it back.
    if (moved !== String(holder)) fs.linkSync(aside, lockFile);
  } catch {
    // It is gone already, which is just as good.
  }
  fs.rmSync(aside, { force: true });
}

/** Waits for the lock. Returns true when it had to wait, because then the other one has probably done the work. */
function takeLock() {
  fs.mkdirSync(path.dirname(lockFile), { recursive: true });
  const start = Date.now();
  let waited = false;
  while (!tryLock()) {
    const text = fs.existsSync(lockFile) ? fs.readFileSync(lockFile, { encoding: "utf8", flag: "r" }) : "";
    const holder = Number(text);
    if (holder > 0 && !isAlive(holder)) {
      clearStaleLock(holder);
      continue;
    }
    if (!waited) say(`Another start (process ${text || "unknown"}) is installing; waiting for it.`);
    if (Date.now() - start > LONGEST_WAIT_MS) {
      giveUp(`Process ${text} has held ${lockFile} for too long. If it is not an install, delete that file and start again.`);
    }
    waited = true;
    pause(200);
  }
  holdsLock = true;
  return waited;
}

function runNpm(part) {
  const flags = [
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--include=optional",
    part === "app" ? "--omit=dev" : "--include=dev",
  ];
  const npm = process.env.npm_execpath;
  const options = {
    cwd: root,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, NODE_ENV: "", npm_config_update_notifier: "false" },
  };
  // npm's own Node, because ours may be replaced by this very install.
  const node = process.env.npm_node_execpath ?? process.execPath;
  if (npm && /\.c?js$/u.test(npm)) return spawnSync(node, [npm, ...flags], options);
  return spawnSync("npm", flags, { ...options, shell: process.platform === "win32" });
}

function install(part, hash) {
  if (!isInstalledByHand(part)) {
    say(
      part === "app"
        ? "Installing what Throughline needs (once, and after updates)..."
        : "Installing what Throughline and its tests need...",
    );
    fs.rmSync(stampFile, { force: true });
    const { status, error, signal } = runNpm(part);
    if (status !== 0) {
      const why = error ? error.message : signal ? `it was stopped by ${signal}` : `exit code ${status}`;
      giveUp(
        `npm ci did not finish: ${why}. Check the network and the free disk space, then run the same command again; nothing of yours was touched.`,
      );
    }
  }
  const stamp = { part, hash, platform: process.platform, arch: process.arch };
  fs.writeFileSync(stampFile, JSON.stringify(stamp));
}

function isOurs(file) {
  return path.resolve(file).startsWith(modules + path.sep);
}

/** The version of the Node that was there before us: the one that runs npm. */
function systemNode() {
  const candidate = [process.env.npm_node_execpath, process.execPath].find((file) => file && !isOurs(file));
  if (!candidate) return undefined;
  const { stdout } = spawnSync(candidate, ["--version"], { encoding: "utf8" });
  return stdout?.trim().replace(/^v/u, "");
}

function isNewEnough(version) {
  return version !== undefined && Number(version.split(".")[0]) >= OLDEST_NODE;
}

function isMusl() {
  return process.platform === "linux" && !process.report?.getReport().header.glibcVersionRuntime;
}

function explainBrokenNode(complaint, present) {
  const tail = `Or install Node ${OLDEST_NODE} or later yourself (https://nodejs.org); the one on this system is ${present ?? "not known"}.`;
  if (isMusl())
    return `Node.js has no official build for Alpine and other musl systems. Run "apk add nodejs-current" and check that "node --version" says ${OLDEST_NODE} or later.`;
  const library = /lib(atomic|stdc\+\+)\.so\.\d+/u.exec(complaint)?.[0];
  if (library) {
    return [
      `Node ${OLDEST_NODE} cannot start because this system lacks ${library}. Install it, then run the same command again:`,
      "  Debian, Ubuntu:  sudo apt-get install libatomic1 libstdc++6",
      "  Fedora, RHEL:    sudo dnf install libatomic libstdc++",
      "  openSUSE:        sudo zypper install libatomic1 libstdc++6",
      "  Arch:            sudo pacman -S gcc-libs",
      tail,
    ].join("\n");
  }
  return `Node ${OLDEST_NODE} from npm cannot start here:\n  ${complaint.trim()}\nA newer version of this system would help. ${tail}`;
}

/** Makes sure that `node` in an npm script is new enough: npm looks in node_modules/.bin first, then at the system. */
function checkNode() {
  const trial = fs.existsSync(ownNode)
    ? spawnSync(ownNode, ["--version"], { encoding: "utf8", shell: process.platform === "win32" })
    : undefined;
  if (trial?.status === 0) return;
  const present = systemNode();
  if (isNewEnough(present)) {
    // The system's is as good. Ours is in the way if it is there and cannot run.
    fs.rmSync(ownNode, { force: true });
    return;
  }
  if (trial) giveUp(explainBrokenNode(trial.stderr || trial.error?.message || "no reason given", present));
  giveUp(
    `npm has no Node ${OLDEST_NODE} for this system (${process.platform} ${process.arch}), and the one here is ${present ?? "not known"}.\nInstall Node ${OLDEST_NODE} or later from https://nodejs.org or with your package manager, then run the same command again.`,
  );
}

function isChecked(hash) {
  return readJson(stampFile)?.checked === hash;
}

/** What the built program was made of: changes with every edit, without reading a file. */
function sourcesHash(lockHash) {
  const hash = createHash("sha256").update(lockHash);
  const builder = path.join(__dirname, "build.ts");
  const sources = fs.readdirSync(path.join(root, "src"), { recursive: true }).sort();
  for (const file of [builder, ...sources.map((name) => path.join(root, "src", name))]) {
    const { size, mtimeMs } = fs.statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

function isBuilt(lockHash) {
  return fs.existsSync(builtProgram) && readJson(builtStampFile)?.hash === sourcesHash(lockHash);
}

function buildProgram(lockHash) {
  // Taken before the build, so that an edit during it is noticed next time.
  const hash = sourcesHash(lockHash);
  // Without a Node of our own the system's was just found to be new enough.
  const node = fs.existsSync(ownNode) ? ownNode : (process.env.npm_node_execpath ?? process.execPath);
  const { status, error } = spawnSync(node, [path.join(__dirname, "build.ts")], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    giveUp(
      `The program could not be built: ${error ? error.message : `exit code ${status}`}. Mend what is named above; if nothing is, delete the folder node_modules and run the same command again.`,
    );
  }
  fs.writeFileSync(builtStampFile, JSON.stringify({ hash }));
}

function prepare(part) {
  const hash = wantedHash();
  if (isInstalled(part, hash) && isChecked(hash) && isBuilt(hash)) return;
  takeLock();
  // Whoever runs the tests here keeps what they need through an update that `npm start` notices first.
  if (!isInstalled(part, hash)) install(readJson(stampFile)?.part === "all" ? "all" : part, hash);
  checkNode();
  fs.writeFileSync(stampFile, JSON.stringify({ ...readJson(stampFile), checked: hash }));
  if (!isBuilt(hash)) buildProgram(hash);
  releaseLock();
}

const part = process.argv[2];
if (part !== "app" && part !== "all")
  giveUp('Say what to prepare: "node scripts/prepare.cjs app" or "node scripts/prepare.cjs all".');
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => giveUp(`Stopped by ${signal}. Run the same command again to finish the install.`));
prepare(part);
