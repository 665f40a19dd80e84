// Saves the form of a preparation step while somebody writes, always as a private draft. Without it the buttons do the same.

const PAUSE_MS = 700;
const RETRY_MS = 15_000;

interface Saved {
  readonly id?: string;
  readonly version: number;
  readonly onAgenda?: boolean;
  readonly draft?: boolean;
}

interface Refusal {
  readonly error: { readonly code: string; readonly message: string; readonly fields: readonly { readonly message: string }[] };
}

const fieldsOf = (form: HTMLFormElement): URLSearchParams =>
  new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value : ""]));

function hidden(form: HTMLFormElement, name: string): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>(`input[type="hidden"][name="${name}"]`);
}

function savedSentence(saved: Saved): string {
  if (saved.draft) return "Saved beside the agenda, which keeps its earlier words until you put these there.";
  return saved.onAgenda ? "The agenda has these words." : "Saved as a private draft.";
}

function start(form: HTMLFormElement): void {
  const note = document.getElementById("saved-note");
  note?.setAttribute("role", "status");
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let lastSent = fieldsOf(form).toString();
  let isStopped = false;

  const say = (sentence: string): void => {
    if (note && note.textContent !== sentence) note.textContent = sentence;
  };

  const accept = (saved: Saved, sent: string): void => {
    for (const [name, value] of [
      ["id", saved.id],
      ["version", saved.version],
    ] as const) {
      const field = hidden(form, name);
      if (field && value !== undefined) field.value = String(value);
    }
    const isUnchanged = fieldsWithoutState(form) === sent;
    lastSent = fieldsOf(form).toString();
    // Typing went on meanwhile: the newer words are still the browser's to keep.
    if (!isUnchanged) return later(PAUSE_MS);
    say(savedSentence(saved));
    form.dispatchEvent(new Event("saved"));
  };

  const refuse = ({ error }: Refusal): void => {
    isStopped = error.code === "conflict";
    say(
      isStopped
        ? "This was changed in another window. Use a button below to see both versions; nothing is lost."
        : `Not saved: ${error.fields[0]?.message ?? error.message}`,
    );
    if (error.code === "unavailable") later(RETRY_MS);
  };

  const save = async (): Promise<void> => {
    const sent = fieldsWithoutState(form);
    try {
      const response = await fetch(form.action, {
        method: "POST",
        headers: { accept: "application/json" },
        body: fieldsOf(form),
      });
      if (response.ok) accept((await response.json()) as Saved, sent);
      else if ([409, 422, 503].includes(response.status)) refuse((await response.json()) as Refusal);
      else throw new Error(String(response.status));
    } catch {
      say("Not saved yet: the program does not answer. Your words are kept in this browser.");
      later(RETRY_MS);
    }
  };

  const run = (): void => {
    waiting = undefined;
    if (running || isStopped || fieldsOf(form).toString() === lastSent) return;
    running = save().finally(() => {
      running = undefined;
    });
  };

  function later(pause: number): void {
    clearTimeout(waiting);
    waiting = setTimeout(run, pause);
  }

  form.addEventListener("input", () => later(PAUSE_MS));
  addEventListener("online", run);
  // A button waits for the save under way: otherwise its form would carry the version before it, and conflict with itself.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (!running) return;
    event.preventDefault();
    event.stopPropagation();
    const { submitter } = event;
    void running.then(() => {
      clearTimeout(waiting);
      form.requestSubmit(submitter);
    });
  });
}

/** What was typed, without the id and the version that saving itself changes. */
function fieldsWithoutState(form: HTMLFormElement): string {
  const fields = fieldsOf(form);
  fields.delete("id");
  fields.delete("version");
  return fields.toString();
}

const form = document.querySelector<HTMLFormElement>("form#prepare");
if (form) start(form);
