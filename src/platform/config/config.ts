import { join, resolve } from "node:path";
import * as z from "zod";
import { AppError } from "../../lib/errors.ts";
import { type OAuthClients, oauthProviders } from "../mail/oauth.ts";
import { defaultConfigFolder, defaultDataFolder } from "./folders.ts";

const LOOPBACK_HOSTS = new Set(["127.0.0.1", "localhost", "::1", "[::1]"]);

export function isLoopback(host: string): boolean {
  return LOOPBACK_HOSTS.has(host) || /^127\.\d+\.\d+\.\d+$/u.test(host);
}

function startsWith(...schemes: string[]) {
  return (text: string): boolean => schemes.some((scheme) => text.startsWith(`${scheme}://`)) && URL.canParse(text);
}

/** The origin of an address that others can open: https, or plain http on this machine, for trying things out. */
function isPublicAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  const bare = pathname === "/" && search === "" && hash === "" && username === "" && password === "";
  return bare && (protocol === "https:" || (protocol === "http:" && (isLoopback(hostname) || hostname.endsWith(".localhost"))));
}

/** `id:secret`, or the id of a client that has no secret. */
const oauthClient = z
  .string()
  .regex(/^[^\s:]+(:\S+)?$/u, { error: "it must look like id:secret" })
  .transform((text) => {
    const [clientId = "", ...secret] = text.split(":");
    return { clientId, clientSecret: secret.length > 0 ? secret.join(":") : undefined };
  })
  .optional();

/** Every variable that the program reads, with what it means. The table in the README is checked against this list. */
export const variables = z.object({
  THROUGHLINE_DATA: z
    .string()
    .min(1)
    .optional()
    .describe("Folder that holds your data file (default: the platform's usual data folder)"),
  THROUGHLINE_CONFIG: z
    .string()
    .min(1)
    .optional()
    .describe("Folder that holds the key for stored passwords (default: the platform's usual settings folder)"),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(4111)
    .describe("Port on this machine; 0 takes a free one (default: 4111)"),
  DATABASE_URL: z
    .string()
    .refine(startsWith("postgres", "postgresql"), { error: "it must look like postgres://user:password@host/database" })
    .optional()
    .describe("PostgreSQL address; without it the data is one SQLite file"),
  THROUGHLINE_SMTP_URL: z
    .string()
    .refine(startsWith("smtp", "smtps"), {
      error: "it must look like smtp://user:password@host:587 or smtps://user:password@host:465",
    })
    .optional()
    .describe(
      "SMTP account for sending, instead of the one on the settings page: smtp:// (STARTTLS) or smtps:// (TLS from the start); ?security=none on loopback only",
    ),
  THROUGHLINE_KEY: z
    .string()
    .refine((text) => Buffer.from(text, "base64").length === 32, { error: "it must be 32 bytes in base64" })
    .optional()
    .describe("Key for stored passwords, 32 bytes in base64 (default: a key file in the settings folder)"),
  THROUGHLINE_GOOGLE_CLIENT: oauthClient.describe(
    "Your own OAuth client at Google as id:secret; offers signing in instead of an app password",
  ),
  THROUGHLINE_MICROSOFT_CLIENT: oauthClient.describe(
    "Your own OAuth client at Microsoft as id:secret, or the id alone; offers signing in instead of a password",
  ),
  THROUGHLINE_PUBLIC_URL: z
    .string()
    .refine(isPublicAddress, {
      error: "it must be an address such as https://one.example.org, without a path; plain http is for this machine alone",
    })
    .transform((text) => new URL(text).origin)
    .optional()
    .describe(
      "Address under which this installation can be reached from outside, such as https://one.example.org; only the pages for the people you meet answer there",
    ),
  THROUGHLINE_CLOCK: z
    .string()
    .transform((text, context) => {
      try {
        return Temporal.Instant.from(text);
      } catch {
        context.addIssue({ code: "custom", message: "it must be an instant such as 2026-03-02T09:00:00Z" });
        return z.NEVER;
      }
    })
    .optional()
    .describe("Starts the program's clock at another instant, to try things out; every page says so"),
  THROUGHLINE_LOG: z
    .enum(["silent", "error", "warn", "info", "debug"])
    .default("warn")
    .describe("How much is logged to standard error; never what you wrote (default: warn)"),
});

export interface Config {
  readonly dataFolder: string;
  readonly configFolder: string;
  /** The SQLite file; unused when `databaseUrl` is set. */
  readonly dataFile: string;
  readonly databaseUrl: string | undefined;
  readonly port: number;
  readonly smtpUrl: string | undefined;
  readonly key: string | undefined;
  readonly keyFile: string;
  /** The origin under which pages for the other person can be opened from outside. */
  readonly publicUrl: string | undefined;
  /** The owner's own clients for signing in with a mail provider. */
  readonly oauthClients: OAuthClients;
  readonly clockStart: Temporal.Instant | undefined;
  /** npm runs its scripts in a shell, and neither hands on a SIGTERM: whoever is started so must watch its parent. */
  readonly startedByNpm: boolean;
  readonly logLevel: "silent" | "error" | "warn" | "info" | "debug";
}

function parseVariables(environment: NodeJS.ProcessEnv): z.output<typeof variables> {
  // An empty variable is how many tools say "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = variables.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError("invalid", `The environment variable ${String(issue?.path[0])} cannot be used: ${issue?.message}.`);
}

/**
 * Reads the environment once. Throws AppError `invalid` naming the variable.
 * A moved clock together with a mail server elsewhere is refused: mails would leave at hours that nobody meant.
 */
export function readConfig(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): Config {
  const given = parseVariables(environment);
  if (given.THROUGHLINE_CLOCK && given.THROUGHLINE_SMTP_URL && !isLoopback(new URL(given.THROUGHLINE_SMTP_URL).hostname)) {
    throw new AppError(
      "invalid",
      "THROUGHLINE_CLOCK moves the clock, and THROUGHLINE_SMTP_URL names a mail server that is not on this machine. Unset one of them: real mail goes out at real hours only.",
    );
  }
  const dataFolder = resolve(given.THROUGHLINE_DATA ?? defaultDataFolder(platform, environment));
  const configFolder = resolve(given.THROUGHLINE_CONFIG ?? defaultConfigFolder(platform, environment));
  return {
    dataFolder,
    configFolder,
    dataFile: join(dataFolder, "throughline.db"),
    databaseUrl: given.DATABASE_URL,
    port: given.PORT,
    smtpUrl: given.THROUGHLINE_SMTP_URL,
    key: given.THROUGHLINE_KEY,
    keyFile: join(configFolder, "key"),
    publicUrl: given.THROUGHLINE_PUBLIC_URL,
    oauthClients: {
      ...(given.THROUGHLINE_GOOGLE_CLIENT && { google: { ...oauthProviders.google, ...given.THROUGHLINE_GOOGLE_CLIENT } }),
      ...(given.THROUGHLINE_MICROSOFT_CLIENT && {
        microsoft: { ...oauthProviders.microsoft, ...given.THROUGHLINE_MICROSOFT_CLIENT },
      }),
    },
    clockStart: given.THROUGHLINE_CLOCK,
    startedByNpm: environment.npm_lifecycle_event !== undefined,
    logLevel: given.THROUGHLINE_LOG,
  };
}
