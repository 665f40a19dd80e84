import { randomBytes, randomUUIDv7 } from "node:crypto";

/** A new row id: UUIDv7 text, so that ids sort by the moment they were made (RFC 9562, section 5.7). */
export function newId(): string {
  return randomUUIDv7();
}

/** A random secret for tokens: 32 bytes as base64url, 43 characters. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** The person whose data a row is. Minted (cast) only in `features/account`, so that no surface can make one up. */
export type OwnerId = string & { readonly __brand: "OwnerId" };
