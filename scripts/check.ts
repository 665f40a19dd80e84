// Everything that must hold before a change goes in, in the order in which a mistake is cheapest to find.
// `node scripts/check.ts --without-tests` leaves out the last step, for a machine that has just run it.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const steps = [
  { title: "The format is oxfmt's (npm run format mends it)", command: "oxfmt", args: ["--check"] },
  { title: "No lint finding", command: "oxlint", args: ["--type-aware", "--deny-warnings"] },
  { title: "The types hold", command: "tsc", args: [] },
  { title: "Every test passes", command: process.execPath, args: ["scripts/test.ts"] },
];

const cwd = fileURLToPath(new URL("..", import.meta.url));
const chosen = process.argv.includes("--without-tests") ? steps.slice(0, -1) : steps;
const failed: string[] = [];

for (const { title, command, args } of chosen) {
  console.log(`\n== ${title}: ${command === process.execPath ? "node" : command} ${args.join(" ")}`);
  const { status, error } = spawnSync(command, args, { cwd, stdio: "inherit", shell: process.platform === "win32" });
  if (error) console.error(`${command} cannot run: ${error.message}. Use "npm run check", which prepares everything first.`);
  if (status !== 0) failed.push(title);
}

console.log(
  failed.length === 0 ? `\nAll ${chosen.length} steps hold.` : `\nNot yet:\n${failed.map((title) => `  - ${title}`).join("\n")}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
