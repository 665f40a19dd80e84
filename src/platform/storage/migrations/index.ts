import type { Migration } from "kysely/migration";
import * as account from "./001-account.ts";
import * as people from "./002-people.ts";
import * as meetings from "./003-meetings.ts";
import * as record from "./004-record.ts";
import * as outbox from "./005-outbox.ts";
import * as delivery from "./006-delivery.ts";
import * as commitments from "./007-commitments.ts";
import * as agenda from "./008-agenda.ts";
import * as recap from "./009-recap.ts";
import * as journal from "./010-journal.ts";
import * as ownQuestions from "./011-own-questions.ts";
import * as questions from "./012-questions.ts";
import * as blindspots from "./013-blindspots.ts";
import * as answers from "./014-answers.ts";
import * as calendar from "./015-calendar.ts";
import * as seeds from "./016-seeds.ts";
import * as calendarLinks from "./017-calendar-links.ts";
import * as mailOut from "./018-mail-out.ts";
import * as mailbox from "./019-mailbox.ts";
import * as fullTextPending from "./020-full-text-pending.ts";
import * as reminders from "./021-reminders.ts";

/** Forwards only, in the order of their names. A released migration is never edited; add the next number. */
export const migrations: Record<string, Migration> = {
  "001-account": account,
  "002-people": people,
  "003-meetings": meetings,
  "004-record": record,
  "005-outbox": outbox,
  "006-delivery": delivery,
  "007-commitments": commitments,
  "008-agenda": agenda,
  "009-recap": recap,
  "010-journal": journal,
  "011-own-questions": ownQuestions,
  "012-questions": questions,
  "013-blindspots": blindspots,
  "014-answers": answers,
  "015-calendar": calendar,
  "016-seeds": seeds,
  "017-calendar-links": calendarLinks,
  "018-mail-out": mailOut,
  "019-mailbox": mailbox,
  "020-full-text-pending": fullTextPending,
  "021-reminders": reminders,
};
