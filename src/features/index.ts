import type { AnyOperation } from "../platform/operation.ts";
import { toneOperations, tonePages } from "./tone/index.ts";
import { peopleOperations, peoplePages } from "./people/index.ts";
import { recordOperations, recordPages } from "./record/index.ts";
import { journalOperations, journalPages } from "./journal/index.ts";
import { impactOperations, impactPages } from "./impact/index.ts";
import { deliveryOperations, deliveryPages, mailOperations, type MailConfig } from "./delivery/index.ts";
import { meetingsOperations, meetingsPages } from "./meetings/index.ts";
import { commitmentPages, commitmentsOperations } from "./commitments/index.ts";
import { questionPages, questionsOperations } from "./questions/index.ts";
import { blindspotOperations, blindspotPages } from "./blindspots/index.ts";
import { seedPages, seedsOperations } from "./seeds/index.ts";
import { answerPages, answersOperations } from "./answers/index.ts";
import { agendaOperations, agendaPages } from "./agenda/index.ts";
import { recapOperations, recapPages } from "./recap/index.ts";
import { calendarOperations, calendarReadingOperations } from "./calendar/index.ts";
import { reminderOperations } from "./reminders/index.ts";
import { mailboxAccountOperations, mailboxOperations, mailboxPages } from "./mailbox/index.ts";
import { todayOperations, todayPages } from "./today/index.ts";
import { archiveOperations, archivePages } from "./archive/index.ts";
import { saveProfile, showProfile } from "./account/operations.ts";
import { welcomePages } from "./welcome/index.ts";
import type { WebRoutes } from "../surfaces/web/kit/web.ts";

/** Everything a person, a program or an assistant can do, in dependency order. The surfaces are derived from this list. */
export const operations: readonly AnyOperation[] = [
  showProfile,
  saveProfile,
  ...toneOperations,
  ...peopleOperations,
  ...recordOperations,
  ...journalOperations,
  ...impactOperations,
  ...deliveryOperations,
  ...meetingsOperations,
  ...commitmentsOperations,
  ...questionsOperations,
  ...blindspotOperations,
  ...seedsOperations,
  ...answersOperations,
  ...agendaOperations,
  ...recapOperations,
  ...calendarOperations,
  ...mailboxOperations,
  ...todayOperations,
  ...archiveOperations,
];

/** The same list with those operations that work with what the installation keeps outside its database: the key for passwords. */
export function operationsOf(mailConfig: MailConfig): readonly AnyOperation[] {
  return [
    ...operations,
    ...mailOperations(mailConfig),
    ...calendarReadingOperations(mailConfig),
    ...reminderOperations(mailConfig),
    ...Object.values(mailboxAccountOperations(mailConfig)),
  ];
}

/** The pages of every feature, mounted in this order; welcome first, because it sends newcomers away from the start page. */
export const featurePages: readonly (() => WebRoutes)[] = [
  welcomePages,
  peoplePages,
  meetingsPages,
  tonePages,
  recordPages,
  journalPages,
  impactPages,
  deliveryPages,
  commitmentPages,
  questionPages,
  blindspotPages,
  seedPages,
  answerPages,
  agendaPages,
  recapPages,
  mailboxPages,
  todayPages,
  archivePages,
];
