import { call } from "../../../platform/operation.ts";
import type { FormValues } from "../../../surfaces/web/kit/form.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import type { WebContext } from "../../../surfaces/web/kit/web.ts";
import { answerFrom, answerPrompt, isAnswered, isPrompt, nextQuestion } from "../../blindspots/index.ts";
import { showMeeting } from "../../meetings/index.ts";
import { openAgenda } from "../operations/opening.ts";
import { proposeAgenda } from "../operations/proposing.ts";
import { showAgenda } from "../operations/reading.ts";
import { saveItem } from "../operations/saving.ts";
import { noteTime } from "../operations/timing.ts";
import { meetingId } from "./frame.ts";
import { decisionsIn } from "./proposal-open.ts";

/** What was typed into the light question beside the proposals is kept privately, whatever other button is pressed. */
export async function keepTypedAnswer(c: WebContext, values: FormValues): Promise<void> {
  const { prompt } = values;
  if (!isPrompt(prompt) || !isAnswered(prompt, values)) return;
  const caller = c.get("caller");
  const meeting = await call(caller, showMeeting, { id: meetingId(c) });
  const asked = await call(caller, nextQuestion, { personId: meeting.personId, meetingId: meeting.id });
  // Sent twice, it is one answer.
  if (asked.prompt !== prompt || asked.captureId !== null) return;
  await call(caller, answerPrompt, { ...answerFrom(prompt, values), meetingId: meeting.id });
  leaveNotice(c, "Your answer to the light question is kept, for you alone.");
}

const text = (values: FormValues, name: string): string => (values[name] ?? "").trim();

async function saveNeed(c: WebContext, values: FormValues): Promise<void> {
  const caller = c.get("caller");
  const { need } = await call(caller, proposeAgenda, { meetingId: meetingId(c) });
  const words = text(values, "need").replaceAll("\r\n", "\n");
  if (words === "" || words === need?.text) return;
  const version = need?.id ? (values["needVersion"] ?? "0") : "0";
  await call(caller, saveItem, { meetingId: meetingId(c), id: need?.id ?? undefined, version, kind: "need", text: words });
}

async function saveDrafts(c: WebContext, values: FormValues): Promise<void> {
  const caller = c.get("caller");
  const id = meetingId(c);
  await saveNeed(c, values);
  for (const kind of ["win", "challenge", "growth"] as const) {
    const words = text(values, kind);
    const decisionWanted = kind === "challenge" ? text(values, "decisionWanted") : "";
    if (words !== "" || decisionWanted !== "")
      await call(caller, saveItem, { meetingId: id, id: values[`${kind}Id`], kind, text: words, decisionWanted });
  }
  const decisions = decisionsIn(values).filter((one) => one.text !== "");
  const { items } = await call(caller, showAgenda, { meetingId: id });
  for (const { ref, text: decisionWanted } of decisions) {
    const item = items.find((one) => one.carriedFrom === ref);
    if (item) await call(caller, saveItem, { meetingId: id, id: item.id, kind: "challenge", decisionWanted });
  }
}

/** Seconds that the form of a preparation not yet started took along, once it is started (S27). */
export async function noteCarriedTime(c: WebContext, wasStarted: boolean, values: FormValues): Promise<void> {
  const seconds = wasStarted ? "0" : text(values, "seconds") || "0";
  if (seconds !== "0") await call(c.get("caller"), noteTime, { meetingId: meetingId(c), seconds });
}

/** What was typed on the page of proposals becomes private drafts of a preparation that is started with it. */
export async function keepAsDrafts(c: WebContext, values: FormValues): Promise<void> {
  const id = meetingId(c);
  const { startedAt } = await call(c.get("caller"), showAgenda, { meetingId: id });
  await call(c.get("caller"), openAgenda, { meetingId: id });
  await saveDrafts(c, values);
  await noteCarriedTime(c, startedAt !== null, values);
}
