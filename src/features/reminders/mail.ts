import type { Reminder } from "./rules/reminders.ts";

function escapeHtml(text: string): string {
  return text.replace(/&/gu, "&amp;").replace(/</gu, "&lt;").replace(/>/gu, "&gt;").replace(/"/gu, "&quot;");
}

/** A reminder as a mail to oneself: one sentence, one link to the page at `origin`, and where it is switched off. */
export function reminderMail(
  { title, sentence, path }: Pick<Reminder, "title" | "sentence" | "path">,
  origin: string,
): { subject: string; text: string; html: string } {
  const address = `${origin}${path}`;
  const why = "You asked Throughline for this reminder. It is switched off under Settings, Reminders.";
  return {
    subject: title,
    text: `${sentence}\n\n${address}\n\n${why}\n`,
    html: `<p>${escapeHtml(sentence)}</p>\n<p><a href="${escapeHtml(address)}">${escapeHtml(address)}</a></p>\n<p>${why}</p>`,
  };
}
