import { readFileSync } from "node:fs";
import { join } from "node:path";
import { programFolder } from "./program-folder.ts";

/** The version of the running program, as in package.json. */
export const version: string = (JSON.parse(readFileSync(join(programFolder, "package.json"), "utf8")) as { version: string })
  .version;
