import { execFile } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packed = join(root, "node_modules/@sparticuz/chromium");

interface Program {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

// The machine's fonts and the one that came with Chromium, so that a machine without any still shows text.
function fontSettings(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts/fonts</dir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <cachedir>${folder}/font-cache</cachedir>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;
}

/**
 * Unpacks the Chromium that npm brought, with the system libraries and the font in it, into this checkout's cache: once, and
 * whole or not at all. The package unpacks into TMPDIR, so a process of its own is given one.
 */
async function unpack(version: string): Promise<string> {
  const folder = join(root, ".cache", `chromium-${version}`);
  if (existsSync(folder)) return folder;
  const part = `${folder}.part-${process.pid}`;
  mkdirSync(part, { recursive: true });
  const archives = readdirSync(join(packed, "bin")).map((name) => join(packed, "bin", name));
  const program = `import { inflate } from "@sparticuz/chromium"; await Promise.all(${JSON.stringify(archives)}.map((path) => inflate(path)));`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
    cwd: root,
    env: { ...process.env, TMPDIR: part },
  });
  writeFileSync(join(part, "fonts.conf"), fontSettings(folder));
  try {
    renameSync(part, folder);
  } catch (error) {
    // Another process was faster.
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function systemChromium(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
  const inPath = (process.env["PATH"] ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const onMac = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ];
  return [...inPath, ...onMac].find(runs);
}

async function findChromium(): Promise<Program> {
  const chosen = process.env["THROUGHLINE_CHROMIUM"];
  if (chosen) return { path: chosen, env: {} };
  if (process.platform === "linux" && process.arch === "x64") {
    const { version } = JSON.parse(readFileSync(join(packed, "package.json"), "utf8")) as { version: string };
    const folder = await unpack(version);
    return {
      path: join(folder, "chromium"),
      env: { LD_LIBRARY_PATH: join(folder, "al2023/lib"), FONTCONFIG_FILE: join(folder, "fonts.conf") },
    };
  }
  const path = systemChromium();
  if (path) return { path, env: {} };
  throw new Error(
    `npm has no Chromium for ${process.platform}-${process.arch}. Install Chromium or Chrome, or set THROUGHLINE_CHROMIUM to the path of one.`,
  );
}

/** Starts a headless Chromium: from npm on Linux, else the system's. It must not call home: tests run without a network. */
export async function launchChromium(): Promise<Browser> {
  const { path, env } = await findChromium();
  const settings = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return chromium.launch({
    executablePath: path,
    env: { ...Object.fromEntries(settings), ...env },
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      "--disable-quic",
      "--disable-gpu",
    ],
  });
}
