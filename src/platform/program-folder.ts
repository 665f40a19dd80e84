import { findPackageJSON } from "node:module";
import { dirname } from "node:path";

/** The folder that holds `package.json` and `src/`, whether the sources run as they are or joined below `.cache/program`. */
export const programFolder: string = dirname(findPackageJSON(import.meta.url) ?? "");
