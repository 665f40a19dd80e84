import { homedir } from "node:os";
import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where programs of this platform keep data: XDG base directories on Linux, the system's own folders elsewhere. */
export function defaultDataFolder(platform: NodeJS.Platform, environment: Environment, home = homedir()): string {
  if (platform === "darwin") return join(home, "Library", "Application Support", "Throughline");
  if (platform === "win32") return join(environment.APPDATA ?? join(home, "AppData", "Roaming"), "Throughline");
  return join(environment.XDG_DATA_HOME || join(home, ".local", "share"), "throughline");
}

/** Where settings and keys live: apart from the data, so that a copied data file holds no key. */
export function defaultConfigFolder(platform: NodeJS.Platform, environment: Environment, home = homedir()): string {
  if (platform === "darwin") return join(home, "Library", "Preferences", "Throughline");
  if (platform === "win32") return join(environment.LOCALAPPDATA ?? join(home, "AppData", "Local"), "Throughline", "Config");
  return join(environment.XDG_CONFIG_HOME || join(home, ".config"), "throughline");
}
