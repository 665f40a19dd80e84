import { createHash } from "node:crypto";
import { AppError, invalidField } from "../../lib/errors.ts";
import type { MailLine } from "../answers/index.ts";
import type { GuestAct, GuestLine, GuestMail, GuestScope, SaidInput } from "./schema.ts";

const THEIRS = new Set(["theirs", "manager_commitment"]);

/** What can be said to a line: to one's own promise a yes, other words or more time; to the other's, other words; else words. */
export function actsFor({ part, about }: Pick<MailLine, "part" | "about">): readonly GuestAct[] {
  if (about === null) return [];
  if (about.kind === "commitment") return THEIRS.has(part) ? ["confirmation", "correction", "more_time"] : ["correction"];
  return about.kind === "line" ? ["correction"] : ["reply"];
}

/** The line that something was said to. Throws AppError `not_found` when the mail has no such line, or nothing of the kind is asked there. */
export function lineSaidTo(mail: GuestMail, said: SaidInput): GuestLine | undefined {
  if (said.kind === "topic") return undefined;
  const line = mail.lines.find((one) => one.position === said.line);
  if (!line?.acts.includes(said.kind)) throw new AppError("not_found", "This page has no such line any more. Open it again.");
  return line;
}

const MISSING: Readonly<Partial<Record<GuestAct, string>>> = {
  topic: "Write the topic first: a line is enough.",
  reply: "Write your answer first: a line is enough.",
};

/** Throws AppError `invalid` beside the field that needs another look. `today` is the day in the meeting's zone. */
export function checkSaid(said: SaidInput, line: GuestLine | undefined, today: string): void {
  const missing = MISSING[said.kind];
  if (missing && said.text === "") throw invalidField("text", missing);
  if (said.kind === "more_time" && said.day !== null && said.day < today)
    throw invalidField("day", "Choose a day from today on, or leave it open.");
  if (said.kind !== "correction" || !line) return;
  const isSame = (said.text === "" || said.text === line.text) && (said.day === null || said.day === line.dueOn);
  if (isSame) throw invalidField("text", "Change the words or the day first, so that it says what you mean.");
}

/** The words of a correction, empty when only the day was changed; of anything else, what was typed. */
export function wordsSaid({ kind, text }: SaidInput, line: GuestLine | undefined): string {
  return kind === "correction" && text === line?.text ? "" : text;
}

/** The same for the same form sent twice. Other words in it are another answer, so that nothing typed is lost. */
export function sourceKey({ linkId }: Pick<GuestScope, "linkId">, said: SaidInput): string {
  const { key, kind, mail, line = null, text, day } = said;
  const facts = JSON.stringify([linkId, key, kind, mail, line, text, day]);
  return `page:${createHash("sha256").update(facts).digest("hex")}`;
}
