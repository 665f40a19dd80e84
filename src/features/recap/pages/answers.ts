import { call } from "../../../platform/operation.ts";
import { firstName } from "../../../lib/text.ts";
import { button, form, readForm, submit } from "../../../surfaces/web/kit/form.ts";
import { each, type Html, html, multiline, nothing } from "../../../surfaces/web/kit/html.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { acceptAnswer } from "../../agenda/index.ts";
import { type Answer, declineAnswer, listAnswers, verifyAnswer } from "../../answers/index.ts";
import { draftFromAnswer } from "../operations/using.ts";
import type { RecapPart } from "../schema.ts";
import { noteChoices, type Talk } from "./parts.ts";

const ACTS = {
  accept: { operation: acceptAnswer, notice: "Taken over." },
  decline: { operation: declineAnswer, notice: "Left aside. It stays readable." },
  verify: { operation: verifyAnswer, notice: "Noted. Now decide what to do with it." },
} as const;

/** An answer can be used in the recap when it was kept and nothing was made of it yet. */
function isOffered({ state, becameId, kind, about, text }: Answer): boolean {
  const hasOwnPlace = about?.kind === "commitment" || about?.kind === "question";
  return state === "accepted" && becameId === null && kind === "reply" && !hasOwnPlace && text !== "";
}

function offer(answer: Answer, talk: Talk): Html {
  const parts = noteChoices(talk.person.name).filter(({ value }) => value !== "note");
  const path = `/meetings/${answer.meetingId}/answers/${answer.id}/recap`;
  return html`<li class="entry">${answer.about ? html`<p class="quiet" dir="auto">To: “${answer.about.text}”</p>` : nothing}${multiline(answer.text)}
    ${form(path, html`<div class="actions">${parts.map(({ value, label }) => html`${button(label, { kind: "quiet", name: "part", value })} `)}</div>`, { label: "Use it as" })}</li>`;
}

/** What the other person replied, offered for the recap: a press drafts a line, which stays a draft until it is kept. */
export async function answerOffers(c: WebContext, talk: Talk): Promise<Html> {
  const { answers } = await call(c.get("caller"), listAnswers, { meetingId: talk.meeting.id, waiting: false });
  const offered = answers.filter(isOffered);
  if (offered.length === 0) return nothing;
  return html`<h2>What <bdi>${firstName(talk.person.name)}</bdi> replied</h2>
    <p class="hint">Press what it is to draft a line of it. You can change every word.</p>
    <ul class="entries">${each(offered, (answer) => offer(answer, talk))}</ul>`;
}

/** What to do with an answer on the meeting page, and with one that was kept on the page of the recap. */
export function answerRoutes(): WebRoutes {
  const routes = webRoutes();
  routes.post("/meetings/:id/answers/:answerId", async (c) => {
    const { act = "" } = await readForm(c);
    const back = `/meetings/${c.req.param("id")}#answers`;
    if (!Object.hasOwn(ACTS, act)) return c.redirect(back, 303);
    const { operation, notice } = ACTS[act as keyof typeof ACTS];
    return submit(c, {
      operation,
      input: { id: c.req.param("answerId") },
      done: () => back,
      notice,
      again: (error) => {
        leaveNotice(c, error.message);
        return c.redirect(back, 303);
      },
    });
  });
  routes.post("/meetings/:id/answers/:answerId/recap", async (c) => {
    const { part = "" } = await readForm(c);
    const back = `/meetings/${c.req.param("id")}/recap`;
    return submit(c, {
      operation: draftFromAnswer,
      input: { answerId: c.req.param("answerId"), part: part as RecapPart },
      done: () => back,
      notice: "Drafted. Put it in the words you want read, then save.",
      again: (error) => {
        leaveNotice(c, error.message);
        return c.redirect(back, 303);
      },
    });
  });
  return routes;
}
