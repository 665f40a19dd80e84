import type { AnyOperation } from "../../../platform/operation.ts";
import { mailAccountOperations, type MailConfig } from "./account.ts";
import { signInOperations } from "./sign-in.ts";
import { testMailOperation } from "./test-mail.ts";

/** Everything about the account that sends. Signing in with a provider is offered only where the owner has a client for one. */
export function mailOperations(config: MailConfig): AnyOperation[] {
  const signIn = Object.keys(config.oauthClients ?? {}).length > 0 ? Object.values(signInOperations(config)) : [];
  return [...Object.values(mailAccountOperations(config)), testMailOperation(config), ...signIn];
}
