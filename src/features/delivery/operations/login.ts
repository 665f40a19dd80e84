import type { OwnerId } from "../../../lib/ids.ts";
import type { Clock } from "../../../platform/clock.ts";
import { openSealer, type Sealer } from "../../../platform/keys/seal.ts";
import type { MailLogin, SmtpAccount } from "../../../platform/mail/account.ts";
import {
  isFresh,
  type OAuthClient,
  type OAuthProviderName,
  oauthProviders,
  renewTokens,
  type Tokens,
  TokenTrouble,
} from "../../../platform/mail/oauth.ts";
import { type Database, inTransaction } from "../../../platform/storage/database.ts";
import { type MailAccountTable, keepMailTokens, readMailAccount } from "../../account/index.ts";
import type { MailConfig } from "./account.ts";

/** Whose account, and where renewed tokens are kept. */
interface Holder {
  readonly owner: OwnerId;
  readonly database: Database;
  readonly clock: Clock;
}

/** The owner's own client for a provider. Throws `TokenTrouble` when the installation was started without it. */
export function requireClient(config: MailConfig, provider: OAuthProviderName): OAuthClient {
  const client = config.oauthClients?.[provider];
  if (client) return client;
  const { title } = oauthProviders[provider];
  throw new TokenTrouble(
    "credentials",
    `The sign-in with ${title} needs your own client: set THROUGHLINE_${provider.toUpperCase()}_CLIENT and start again.`,
  );
}

function openTokens(sealer: Sealer, sealed: string): Tokens {
  return JSON.parse(sealer.open(sealed)) as Tokens;
}

/**
 * Hands out the access token, renewed when it is about to end or was refused. One attempt to log in renews once:
 * a token that is refused although it is new means that the provider wants the owner.
 */
function accessToken(
  holder: Holder,
  row: MailAccountTable,
  provider: OAuthProviderName,
  config: MailConfig,
): (renew: boolean) => Promise<string> {
  const { owner, database, clock } = holder;
  let isRenewed = false;
  return async (renew) => {
    const sealer = openSealer(config);
    // Read again: another process may have renewed it a moment ago, and the older token is of no use then.
    const sealed = (await readMailAccount(database.reader, owner))?.sealed_tokens ?? row.sealed_tokens;
    const tokens = sealed === null ? undefined : openTokens(sealer, sealed);
    if (!tokens) throw new TokenTrouble("credentials", "Nobody is signed in. Sign in on the page of the mail account.");
    if (isFresh(tokens, clock.now()) && (!renew || isRenewed)) return tokens.accessToken;
    isRenewed = true;
    const renewed = await renewTokens(requireClient(config, provider), tokens, clock.now());
    await inTransaction(database, (tx) => keepMailTokens(tx, owner, clock.now(), sealer.seal(JSON.stringify(renewed))));
    return renewed.accessToken;
  };
}

function loginOf(holder: Holder, row: MailAccountTable, config: MailConfig): MailLogin | undefined {
  const { username: user, oauth_provider: provider, sealed_password: password } = row;
  if (user === null) return undefined;
  if (provider !== null) return { user, accessToken: accessToken(holder, row, provider, config) };
  return { user, password: password === null ? "" : openSealer(config).open(password) };
}

/** The owner's account, ready to log in; undefined when there is none. Throws `unavailable` when the key does not fit. */
export async function resolveMailAccount(holder: Holder, config: MailConfig): Promise<SmtpAccount | undefined> {
  const row = await readMailAccount(holder.database.reader, holder.owner);
  if (!row) return undefined;
  const { host, port, security } = row;
  return {
    host,
    port,
    security,
    login: loginOf(holder, row, config),
    ...(config.trusted ? { trusted: config.trusted } : {}),
  };
}
