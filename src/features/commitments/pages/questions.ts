import type { AppError } from "../../../lib/errors.ts";
import { call } from "../../../platform/operation.ts";
import {
  button,
  errorStatus,
  errorSummary,
  form,
  type FormValues,
  readForm,
  submit,
  textArea,
} from "../../../surfaces/web/kit/form.ts";
import { html } from "../../../surfaces/web/kit/html.ts";
import { leaveNotice } from "../../../surfaces/web/kit/notice.ts";
import { page } from "../../../surfaces/web/kit/page.ts";
import { type WebContext, type WebRoutes, webRoutes } from "../../../surfaces/web/kit/web.ts";
import { answerQuestion, dropQuestion, reopenQuestion, showQuestion } from "../operations/questions.ts";

/** /commitments/questions/:id: the answer to an open question, dropping it, opening it again. */
export function questionPages(
  ledgersPage: (c: WebContext, values?: FormValues, error?: AppError) => Promise<Response>,
): WebRoutes {
  const routes = webRoutes();
  async function answerPage(c: WebContext, id: string, values: FormValues = {}, error?: AppError): Promise<Response> {
    const question = await call(c.get("caller"), showQuestion, { id });
    const body = html`<p class="quiet"><a href="/commitments">All commitments</a></p>
      <p class="lede" dir="auto">${question.text}</p>
      ${form(
        `/commitments/questions/${id}/answer`,
        html`${errorSummary(error)}
        ${textArea({ name: "answer", label: "The answer", value: values.answer ?? question.answer, rows: 4, error, hint: "Private, for your record. You can leave it empty." })}
        <div class="actions">${button("It is answered")}</div>`,
        { label: "Answer" },
      )}`;
    return page(c, {
      title: "Open question",
      section: "meetings",
      body,
      status: errorStatus(error),
    });
  }
  function act(c: WebContext, operation: typeof dropQuestion, said: string): Promise<Response> {
    const done = (): string => {
      leaveNotice(c, said);
      return "/commitments";
    };
    return submit(c, { operation, input: { id: c.req.param("id") ?? "" }, done, again: (error) => ledgersPage(c, {}, error) });
  }
  routes.get("/commitments/questions/:id", (c) => answerPage(c, c.req.param("id")));
  routes.post("/commitments/questions/:id/answer", async (c) => {
    const { answer = "" } = await readForm(c);
    const id = c.req.param("id");
    return submit(c, {
      operation: answerQuestion,
      input: { id, answer },
      done: () => "/commitments",
      again: (error) => answerPage(c, id, { answer }, error),
    });
  });
  routes.post("/commitments/questions/:id/dropped", (c) =>
    act(c, dropQuestion, "Dropped. It stands under “Questions closed”, where you can open it again."),
  );
  routes.post("/commitments/questions/:id/reopening", (c) => act(c, reopenQuestion, "The question is open again."));
  return routes;
}
