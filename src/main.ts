import { enableCompileCache } from "node:module";

// The cache keeps the sources as they are after their types were stripped: later starts skip that work.
enableCompileCache();
// Everything that the program writes is for its owner alone: data, tokens, backups and exports.
process.umask(0o077);

const { runCommand } = await import("./surfaces/cli/command.ts");
process.exitCode = await runCommand(process.argv.slice(2), process.env);
