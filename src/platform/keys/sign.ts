import { createHmac, hkdfSync } from "node:crypto";
import { type KeySource, openKey } from "./seal.ts";

/** Signs texts with a key that is not in the database, so that whoever reads or writes the database alone can make no signature. */
export interface Signer {
  /** 32 bytes: HMAC-SHA-256 (RFC 2104) of the parts, which cannot run into each other. */
  sign(...parts: readonly string[]): Buffer;
}

const KEY_BYTES = 32;

/**
 * A signer for one purpose: its key is derived from the installation's (HKDF, RFC 5869), so that what is signed for one purpose means
 * nothing for another. The key is read at the first signature. Throws AppError `unavailable` when it cannot be.
 */
export function openSigner(source: KeySource, purpose: string): Signer {
  let key: Buffer | undefined;
  return {
    sign(...parts) {
      key ??= Buffer.from(hkdfSync("sha256", openKey(source), "", purpose, KEY_BYTES));
      return createHmac("sha256", key).update(JSON.stringify(parts)).digest();
    },
  };
}
