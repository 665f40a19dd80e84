import { listIncoming, showRaw, takeMail } from "./operations/incoming.ts";

export { mailboxAccountOperations } from "./operations/account.ts";
export { draftFolder } from "./operations/drafts.ts";
export { listIncoming, showRaw, takeMail } from "./operations/incoming.ts";
export { type Holder, openMailbox } from "./operations/opening.ts";
export { createMailProbe } from "./operations/probing.ts";
export { createMailboxWatcher, type MailboxWatcher } from "./operations/watching.ts";
export { mailboxPages } from "./pages/mail.ts";
export { mailboxSettingsPages } from "./pages/settings.ts";
export type { IncomingMail, Mailbox } from "./schema.ts";

export const mailboxOperations = [listIncoming, showRaw, takeMail];
