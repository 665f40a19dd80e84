import { make, makeDialog, say } from "./dom.ts";
import { dropDraft, readDraft, writeDraft } from "./drafts.ts";
import { presentState, writeState } from "./form-state.ts";

const DRAFT = "capture";
const KINDS = ["note", "win", "challenge", "question", "energy", "skill", "direction", "feedback"] as const;
const ENERGY = [
  ["2", "Full of energy"],
  ["1", "It gave some"],
  ["0", "Neither"],
  ["-1", "It took some"],
  ["-2", "Drained"],
] as const;

function radios(name: string, choices: readonly (readonly [value: string, label: string])[], chosen: string): HTMLElement[] {
  return choices.map(([value, label]) =>
    make(
      "label",
      { class: "choice" },
      make("input", { type: "radio", name, value, checked: value === chosen }),
      make("span", {}, label),
    ),
  );
}

function namesField(name: string, label: string): HTMLElement {
  const id = `capture-${name}`;
  const input = make("input", { id, name, list: `${id}-list`, autocomplete: "off" });
  return make("div", { class: "field" }, make("label", { for: id }, label), input, make("datalist", { id: `${id}-list` }));
}

function buildForm(): HTMLFormElement {
  const capitalised = KINDS.map((kind) => [kind, kind.charAt(0).toUpperCase() + kind.slice(1)] as const);
  const day = make("input", { id: "capture-day", name: "happenedOn", type: "date" });
  return make(
    "form",
    { method: "post", action: "/journal", "data-draft": "off" },
    make("p", { class: "error", role: "alert" }),
    make("label", { for: "capture-text", class: "visually-hidden" }, "What happened"),
    make("textarea", {
      id: "capture-text",
      name: "text",
      rows: "2",
      dir: "auto",
      required: true,
      "aria-describedby": "capture-hint",
    }),
    make("p", { class: "hint", id: "capture-hint" }, "A line is enough. It stays private until you choose it for a meeting."),
    make(
      "fieldset",
      { class: "radios" },
      make("legend", { class: "visually-hidden" }, "Kind"),
      ...radios("kind", capitalised, "note"),
    ),
    make(
      "fieldset",
      { class: "radios", id: "capture-energy" },
      make("legend", {}, "How it left you"),
      ...radios("energy", ENERGY, "1"),
    ),
    make(
      "details",
      {},
      make("summary", {}, "Project, skill, another day"),
      namesField("projects", "Projects, with commas between them"),
      namesField("skills", "Skills"),
      make("div", { class: "field" }, make("label", { for: "capture-day" }, "Day, if not today"), day),
    ),
    make(
      "div",
      { class: "actions" },
      make("button", { type: "submit", class: "primary" }, "Keep it"),
      make("span", { class: "hint" }, "Enter keeps it, Shift+Enter starts a new line"),
    ),
  );
}

/** Completes the last of several names: the browser's list knows whole values only, so it is rewritten as somebody types. */
function complete(input: HTMLInputElement, names: readonly string[]): void {
  const fill = (): void => {
    const cut = input.value.lastIndexOf(",") + 1;
    const before = cut > 0 ? `${input.value.slice(0, cut)} ` : "";
    input.list?.replaceChildren(...names.map((name) => make("option", { value: before + name })));
  };
  input.addEventListener("input", fill);
  fill();
}

async function loadNames(form: HTMLFormElement): Promise<void> {
  const answer = await fetch("/shell/names.json");
  if (!answer.ok) return;
  const names = (await answer.json()) as { projects: string[]; skills: string[] };
  complete(form.elements.namedItem("projects") as HTMLInputElement, names.projects);
  complete(form.elements.namedItem("skills") as HTMLInputElement, names.skills);
}

/** The server answers a form with a page: its message is read from there. */
async function messageIn(answer: Response): Promise<string> {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector(".error, .error-summary, .lede")?.textContent?.trim() || "This was not kept. Try again.";
}

function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams(
    [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );
  if (fields.get("kind") !== "energy") fields.delete("energy");
  for (const name of ["happenedOn", "projects", "skills"]) if (!fields.get(name)) fields.delete(name);
  fields.set("return", location.pathname + location.search);
  return fields;
}

interface Sent {
  /** What went wrong, for the person to read. */
  readonly problem?: string;
  /** The page that the server led to: it names what was noted. */
  readonly ledTo?: URL;
}

/** Sends without leaving the page, so that nothing typed on it is disturbed. */
async function send(form: HTMLFormElement): Promise<Sent> {
  try {
    const answer = await fetch(form.action, { method: "post", body: fieldsOf(form), headers: { accept: "text/html" } });
    return answer.redirected ? { ledTo: new URL(answer.url) } : { problem: await messageIn(answer) };
  } catch {
    return { problem: "Throughline does not answer. Your text is kept in this browser; try again when it runs." };
  }
}

/** Pages that list what was captured show it at once; any other stays as it is. */
function showCaptured(ledTo: URL): void {
  if (location.pathname === "/" || location.pathname.startsWith("/record")) return location.assign(ledTo);
  const id = ledTo.searchParams.get("noticed");
  say("Kept. ", ...(id ? [make("a", { href: `/journal/${id}` }, "Add to it, or undo")] : []));
}

function build(): HTMLDialogElement {
  const form = buildForm();
  const dialog = makeDialog("capture-dialog", "What just happened?", form);
  const text = form.elements.namedItem("text") as HTMLTextAreaElement;
  const energy = form.querySelector("#capture-energy") as HTMLElement;
  const problem = form.querySelector(".error") as HTMLElement;
  const empty = presentState(form);
  let busy = false;

  const adapt = (): void => {
    energy.hidden = (form.elements.namedItem("kind") as RadioNodeList).value !== "energy";
  };
  form.addEventListener("input", () => {
    adapt();
    writeDraft(DRAFT, empty, presentState(form));
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  async function keep(): Promise<void> {
    if (busy) return;
    busy = true;
    const sent = await send(form);
    busy = false;
    problem.textContent = sent.problem ?? "";
    if (!sent.ledTo) return text.focus();
    dropDraft(DRAFT);
    form.reset();
    adapt();
    dialog.close();
    showCaptured(sent.ledTo);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void keep();
  });

  const draft = readDraft(DRAFT);
  if (draft) writeState(form, draft.typed);
  adapt();
  void loadNames(form).catch(() => undefined);
  return dialog;
}

let dialog: HTMLDialogElement | undefined;

export function open(): void {
  dialog ??= build();
  dialog.showModal();
  dialog.querySelector("textarea")?.focus();
}
