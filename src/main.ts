import { enableCompileCache } from "node:module";

// The cache keeps the sources as they are after their types were stripped: later starts skip that work.
enableCompileCache();

const { runCommand } = await import("./surfaces/cli/command.ts");
process.exitCode = await runCommand(process.argv.slice(2), process.env);
