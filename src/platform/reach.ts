import type { KeySource } from "./keys/seal.ts";
import { openSigner, type Signer } from "./keys/sign.ts";

/** How somebody elsewhere reaches this installation: its address, and what signs the links that lead to it. */
export interface Reach {
  /** The address under which it answers from outside, without a slash at the end. */
  readonly url: string;
  readonly signer: Signer;
}

/** The reach of an installation; undefined when no address is configured. The key is read at the first signature. */
export function reachOf(config: KeySource & { readonly publicUrl: string | undefined }): Reach | undefined {
  return config.publicUrl === undefined ? undefined : { url: config.publicUrl, signer: openSigner(config, "guest link") };
}
