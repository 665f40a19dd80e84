export { type MailAccountTable, type MailSecurity, mailSecurities } from "./schema.ts";
export { deleteMailAccount, pauseMailAccount, readMailAccount, readOwner, upsertMailAccount } from "./store.ts";
