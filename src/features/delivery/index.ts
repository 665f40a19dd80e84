import { answerUnknown, markSent, retry, sendNow, withdraw } from "./operations/acts.ts";
import { approveNote, previewNote } from "./operations/notes.ts";
import { draftAgain } from "./operations/drafting.ts";
import { deliveryFile, listDeliveries, showDelivery } from "./operations/reading.ts";

export { applySmtpUrl, clockRefusal, mailAccountOperations, type MailConfig, mailConfigOf } from "./operations/account.ts";
export { answerUnknown, markSent, retry, sendNow, withdraw } from "./operations/acts.ts";
export { type Approval, approveMail, withdrawApproval } from "./operations/approving.ts";
export type { DraftFolder } from "./operations/drafting.ts";
export { offerDrafts } from "./store.ts";
export { mailOperations } from "./operations/mail.ts";
export { resolveMailAccount } from "./operations/login.ts";
export { answerableMails, type AnswerableMail, noteArrived, noteBounce } from "./operations/incoming.ts";
export { approveNote, previewNote } from "./operations/notes.ts";
export {
  deliveryChoices,
  deliveryFile,
  findDelivery,
  listDeliveries,
  listDueByHand,
  listUnsettled,
  previewMail,
  showDelivery,
} from "./operations/reading.ts";
export { deliveryPanel, deliveryStatus, mailPaper, type PanelPlace } from "./pages/panel.ts";
export { deliveryPages } from "./pages/delivery.ts";
export { mailSettingsPages } from "./pages/mail-settings.ts";
export { deliveryStateLine } from "./pages/state.ts";
export { meetingChanged, type MeetingChange } from "./operations/replanning.ts";
export { createMailWorker, type MailProbe, type MailWorker } from "./operations/worker.ts";
export { contentHash, planSend, type SendPlan } from "./rules.ts";
export {
  ApprovalFields,
  Delivery,
  DeliveryChoices,
  type DeliveryKind,
  deliveryKinds,
  type DeliveryState,
  deliveryStates,
  type DeliveryWay,
  deliveryWays,
  type MailDraft,
  MailPreview,
} from "./schema.ts";

export const deliveryOperations = [
  showDelivery,
  listDeliveries,
  deliveryFile,
  markSent,
  sendNow,
  withdraw,
  answerUnknown,
  draftAgain,
  retry,
  previewNote,
  approveNote,
];
