export { ensureToken, isLiveToken, renewToken, saveProfile, showProfile } from "./operations.ts";
export { accountPages } from "./pages.ts";
export { tokenFileIn } from "./rules.ts";
export { type MailAccountTable, type MailSecurity, mailSecurities, Profile, zoneName } from "./schema.ts";
export {
  deleteMailAccount,
  listOwners,
  pauseMailAccount,
  readLocalOwner,
  readMailAccount,
  keepMailTokens,
  readOwner,
  readZone,
  updateOwner,
  upsertMailAccount,
} from "./store.ts";
