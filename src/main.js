// Plain JavaScript, so that the compile cache is on before the first TypeScript is met: with a warm cache Node never loads its
// type stripper, which costs a start 0.1 s and 18 MB.
import { enableCompileCache } from "node:module";

// The cache keeps the sources as they are after their types were stripped: later starts skip that work.
enableCompileCache();
// Everything that the program writes is for its owner alone: data, tokens, backups and exports.
process.umask(0o077);

const { runCommand } = await import("./surfaces/cli/command.ts");
process.exitCode = await runCommand(process.argv.slice(2), process.env);
