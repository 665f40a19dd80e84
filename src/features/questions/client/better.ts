// Shows better questions as soon as one that asks for a verdict stands in the field. Without it they come with the answer to the form.
import { surfaceOf } from "../rules/surface.ts";

const PAUSE_MS = 900;
const OFFERS = "question-offers";

function start(form: HTMLFormElement, field: HTMLTextAreaElement): void {
  let shownFor = surfaceOf(field.value)?.surface;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const show = async (): Promise<void> => {
    const surface = surfaceOf(field.value)?.surface;
    if (surface === shownFor) return;
    shownFor = surface;
    const fields = new URLSearchParams(
      [...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value : ""]),
    );
    fields.set("act", "better");
    const answer = await fetch(form.action, { method: "POST", body: fields }).catch(() => undefined);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [present, next] = [document.getElementById(OFFERS), page.getElementById(OFFERS)];
    // What is being used is not taken away from under the hand.
    if (!present || !next || present.contains(document.activeElement)) return;
    present.replaceChildren(...document.importNode(next, true).childNodes);
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void show(), PAUSE_MS);
  });
}

const form = document.querySelector<HTMLFormElement>("form#prepare");
const field = form?.querySelector<HTMLTextAreaElement>("textarea[name='text']");
if (form && field) start(form, field);
