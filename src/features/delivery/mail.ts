import { clockTime, longDay } from "../../lib/dates.ts";
import { firstName } from "../../lib/text.ts";
import type { DeliveryTable, MailDraft } from "./schema.ts";

function escapeHtml(text: string): string {
  return text.replace(/&/gu, "&amp;").replace(/</gu, "&lt;").replace(/>/gu, "&gt;").replace(/"/gu, "&quot;");
}

function newsOf(row: DeliveryTable): string {
  if (row.meeting_cancelled_at !== null) return "Our 1:1 is not taking place this time. I will bring the agenda to the next one.";
  const start = Temporal.Instant.from(row.meeting_starts_at).toZonedDateTimeISO(row.meeting_zone);
  return `Our 1:1 has moved to ${longDay(start.toPlainDate())}, ${clockTime(start.toPlainTime())} (${row.meeting_zone}). The agenda I sent stays as it is.`;
}

/** The words of the test mail, which its owner can read before it is sent. */
export function testMailText(host: string): { subject: string; text: string; html: string } {
  const text = `This is the test that you asked Throughline for. It came through ${host}, so what you approve can go out this way.`;
  return { subject: "A test of your mail account", text, html: `<p>${escapeHtml(text)}</p>` };
}

/** The short word in the thread when a meeting changed after its agenda went out. `agenda` is the delivery that was sent. */
export function noteDraft(agenda: DeliveryTable, ownerName: string): MailDraft {
  const paragraphs = [`Hi ${firstName(agenda.to_name)},`, newsOf(agenda), firstName(ownerName)].filter((text) => text !== "");
  return {
    kind: "note",
    meetingId: agenda.meeting_id,
    meetingStartsAt: Temporal.Instant.from(agenda.meeting_starts_at),
    zone: agenda.meeting_zone,
    personId: agenda.person_id,
    text: paragraphs.join("\n\n"),
    html: paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join("\n"),
    captureIds: [],
  };
}
