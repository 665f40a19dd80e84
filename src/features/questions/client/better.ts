// Brings better questions while a short one is being typed, if the server has any. Without it they come with the answer to the form.

const PAUSE_MS = 900;
/** What asks for a verdict is short. */
const LONGEST = 120;
const OFFERS = "question-offers";

function start(form: HTMLFormElement, field: HTMLTextAreaElement): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const show = async (): Promise<void> => {
    const text = field.value;
    const fields = new URLSearchParams(
      [...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value : ""]),
    );
    fields.set("act", "better");
    const answer = await fetch(form.action, { method: "POST", body: fields }).catch(() => undefined);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [present, next] = [document.getElementById(OFFERS), page.getElementById(OFFERS)];
    // What is being used is not taken away from under the hand, and what was typed since asks anew.
    if (!present || !next || field.value !== text || present.contains(document.activeElement)) return;
    if (present.textContent !== next.textContent) present.replaceChildren(...document.importNode(next, true).childNodes);
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (field.value.length <= LONGEST) waiting = setTimeout(() => void show(), PAUSE_MS);
  });
}

const form = document.querySelector<HTMLFormElement>("form#prepare");
const field = form?.querySelector<HTMLTextAreaElement>("textarea[name='text']");
if (form && field) start(form, field);
