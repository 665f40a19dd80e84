import * as z from "zod";
import { AppError, invalidField } from "../../../lib/errors.ts";
import { emailAddress } from "../../../lib/text.ts";
import { instantText } from "../../../platform/clock.ts";
import { isLoopback } from "../../../platform/config/config.ts";
import { openSealer } from "../../../platform/keys/seal.ts";
import { exchangeCode, newVerifier, oauthProviderNames, signInAddress, TokenTrouble } from "../../../platform/mail/oauth.ts";
import { mailPresets } from "../../../platform/mail/presets.ts";
import { readOperation, remoteOperation } from "../../../platform/operation.ts";
import { inTransaction } from "../../../platform/storage/database.ts";
import { readMailAccount, upsertMailAccount } from "../../account/index.ts";
import { MailAccount, type MailConfig, requireOwnAccount, resumeSending, shown } from "./account.ts";
import { requireClient } from "./login.ts";

/** A sign-in that takes longer has been forgotten. */
const TIME_TO_SIGN_IN = { minutes: 15 } as const;

/** What comes back with the code, sealed: nobody else can have begun it, and nothing needs to be remembered in between. */
const Begun = z.object({
  owner: z.string(),
  provider: z.enum(oauthProviderNames),
  user: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  until: z.string(),
});

function isOwnAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

const OVER = new AppError("invalid", "This sign-in is not one that you began in the last 15 minutes. Begin again.");

function openBegun(config: MailConfig, state: string): z.infer<typeof Begun> {
  try {
    return Begun.parse(JSON.parse(openSealer(config).open(state)));
  } catch {
    throw OVER;
  }
}

/** Signing in with the provider, with a client of one's own. Made once the configuration is known, like the other operations on the account. */
export function signInOperations(config: MailConfig) {
  const beginSignIn = readOperation({
    name: "delivery.beginSignIn",
    summary: "Get the address at which you let this installation send mail for you, with your own client at Google or Microsoft",
    input: z.object({
      provider: z.enum(oauthProviderNames),
      username: emailAddress,
      redirectUri: z
        .string()
        .max(500)
        .describe("Where the provider sends you back to: /settings/mail/sign-in of this installation"),
    }),
    output: z.object({ address: z.string() }),
    examples: [{ provider: "google", username: "ana@example.org", redirectUri: "http://127.0.0.1:4111/settings/mail/sign-in" }],
    async run({ owner, now }, { provider, username, redirectUri }) {
      requireOwnAccount(config);
      if (!isOwnAddress(redirectUri)) throw invalidField("redirectUri", "This must be an address of your own installation.");
      if (!config.oauthClients?.[provider])
        throw invalidField("provider", "There is no client for this provider. The README says how to set one.");
      const verifier = newVerifier();
      const until = instantText(now.add(TIME_TO_SIGN_IN));
      const state = openSealer(config).seal(JSON.stringify({ owner, provider, user: username, verifier, redirectUri, until }));
      return { address: signInAddress(requireClient(config, provider), { redirectUri, state, verifier, user: username }) };
    },
  });
  const finishSignIn = remoteOperation({
    name: "delivery.finishSignIn",
    summary: "Keep the access that the provider gave after you said yes; it is sealed like a password",
    input: z.object({ code: z.string().min(1).max(4_000), state: z.string().min(1).max(4_000) }),
    output: MailAccount,
    async run({ owner, database, clock }, { code, state }) {
      requireOwnAccount(config);
      const begun = openBegun(config, state);
      if (begun.owner !== owner || Temporal.Instant.compare(clock.now(), Temporal.Instant.from(begun.until)) > 0) throw OVER;
      const preset = mailPresets.find(({ oauth }) => oauth === begun.provider);
      if (!preset) throw OVER;
      const tokens = await exchangeCode(requireClient(config, begun.provider), { code, ...begun }, clock.now()).catch(
        (error: unknown) => {
          throw error instanceof TokenTrouble ? new AppError("unavailable", error.message, { cause: error }) : error;
        },
      );
      const at = instantText(clock.now());
      return inTransaction(database, async (tx) => {
        await upsertMailAccount(tx, owner, {
          ...preset.smtp,
          username: begun.user,
          sealed_password: null,
          oauth_provider: begun.provider,
          sealed_tokens: openSealer(config).seal(JSON.stringify(tokens)),
          created_at: at,
          updated_at: at,
          paused_at: null,
          paused_reason: null,
        });
        await resumeSending(tx, owner, clock.now());
        return shown(await readMailAccount(tx, owner), config);
      });
    },
  });
  return { beginSignIn, finishSignIn };
}
