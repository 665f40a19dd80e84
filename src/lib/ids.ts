import { randomBytes, randomUUIDv7 } from "node:crypto";

const TAIL_DIGITS = 12;
const TAILS = 2n ** BigInt(4 * TAIL_DIGITS);

/** The id after `id`: its random tail grown by a random step; undefined when there is no room above it. */
function idAfter(id: string): string | undefined {
  const tail = BigInt(`0x${id.slice(-TAIL_DIGITS)}`) + 1n + BigInt(randomBytes(3).readUIntBE(0, 3));
  return tail < TAILS ? id.slice(0, -TAIL_DIGITS) + tail.toString(16).padStart(TAIL_DIGITS, "0") : undefined;
}

let latest = "";

/**
 * A new row id: UUIDv7 text, so that ids sort by the moment they were made (RFC 9562, section 5.7), and those that this process makes within
 * one millisecond in the order in which it made them (section 6.2): lists that were written at once are read in their order.
 */
export function newId(): string {
  const id = randomUUIDv7();
  latest = id > latest ? id : (idAfter(latest) ?? id);
  return latest;
}

/** A random secret for tokens: 32 bytes as base64url, 43 characters. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** The person whose data a row is. Minted (cast) only in `features/account`, so that no surface can make one up. */
export type OwnerId = string & { readonly __brand: "OwnerId" };
