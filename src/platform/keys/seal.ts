import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { AppError } from "../../lib/errors.ts";

/** Encrypts secrets that must stand in the database, with a key that does not. */
export interface Sealer {
  seal(text: string): string;
  /** Throws AppError `unavailable` when the text was sealed with another key or was changed. */
  open(sealed: string): string;
}

export interface KeySource {
  /** Where the key file is, or will be made. Outside the data folder, so that a copied database is not a copied password. */
  readonly keyFile: string;
  /** 32 bytes in base64; used instead of the file. */
  readonly key?: string | undefined;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
// Stands before every sealed text, so that a later format can be told apart.
const VERSION = "v1.";

function decodeKey(text: string, from: string): Buffer {
  const key = Buffer.from(text.trim(), "base64");
  if (key.length === KEY_BYTES) return key;
  throw new AppError(
    "unavailable",
    `The key in ${from} is not ${KEY_BYTES} bytes in base64. Put the original key back, or remove it and enter the mail password again.`,
  );
}

/** Another process may make the file at the same moment: the first one wins, both read the same. */
function readOrMakeKeyFile(path: string): Buffer {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, `${randomBytes(KEY_BYTES).toString("base64")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw new AppError("unavailable", `The key file ${path} cannot be written. Check that you may write to its folder.`, {
        cause: error,
      });
    }
  }
  try {
    chmodSync(path, 0o600);
    return decodeKey(readFileSync(path, "utf8"), path);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("unavailable", `The key file ${path} cannot be read. Check its permissions.`, { cause: error });
  }
}

/** The installation's key: 32 bytes. Makes the key file (mode 0600) when there is none. Throws AppError `unavailable`. */
export function openKey(source: KeySource): Buffer {
  return source.key ? decodeKey(source.key, "THROUGHLINE_KEY") : readOrMakeKeyFile(source.keyFile);
}

/** Opens the key, and makes the key file (mode 0600) when there is none. AES-256-GCM, a new nonce for every text. */
export function openSealer(source: KeySource): Sealer {
  const key = openKey(source);
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return VERSION + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
    },
    open(sealed) {
      try {
        if (!sealed.startsWith(VERSION)) throw new Error("unknown format");
        const bytes = Buffer.from(sealed.slice(VERSION.length), "base64url");
        const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
      } catch (error) {
        throw new AppError(
          "unavailable",
          "The stored mail password was sealed with another key. Enter it again in the mail settings.",
          { cause: error },
        );
      }
    },
  };
}
