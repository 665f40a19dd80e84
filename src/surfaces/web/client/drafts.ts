import { make } from "./dom.ts";
import { type FormState, presentState, sameState, sentState, writeState } from "./form-state.ts";
import { forget, recall, remember } from "./storage.ts";

/** What somebody typed, and what the server had sent when they began: a draft is theirs to get back while that has not changed. */
interface Draft {
  readonly base: FormState;
  readonly typed: FormState;
  readonly at: number;
}

const PREFIX = "draft:";
const SENT = "drafts-sent";
const LONGEST_DAYS = 30;

export function readDraft(key: string): Draft | undefined {
  try {
    return JSON.parse(recall(PREFIX + key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

export function writeDraft(key: string, base: FormState, typed: FormState): void {
  remember(PREFIX + key, JSON.stringify({ base, typed, at: Date.now() } satisfies Draft));
}

export function dropDraft(key: string): void {
  forget(PREFIX + key);
}

/** The form came back with a message: what is in its fields is typed text that the server has not kept. */
const cameBack = (): boolean => document.querySelector(".error-summary, form[data-unsaved]") !== null;

/**
 * A sent draft is dropped when the server took it, and it takes a form by redirecting. When the answer was anything else (an error
 * page, no answer), the draft is still there for whoever goes back.
 */
function settleSentDrafts(): void {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]") as string[];
  sessionStorage.removeItem(SENT);
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const taken = (navigation?.redirectCount ?? 0) > 0 && !cameBack();
  if (taken) sent.forEach(dropDraft);
}

function dropOldDrafts(): void {
  const oldest = Date.now() - LONGEST_DAYS * 86_400_000;
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    const draft = readDraft(key.slice(PREFIX.length));
    if (!draft || draft.at < oldest) forget(key);
  }
}

const changed = (draft: Draft): FormState =>
  Object.fromEntries(
    Object.entries(draft.typed).filter(([name, values]) => values.join("\n") !== (draft.base[name] ?? []).join("\n")),
  );

/** The server may have saved a part of what was typed; what goes on from there is still the newer text. */
function continues(typed: FormState, sent: FormState): boolean {
  return Object.entries(typed).every(([name, values]) => values.join("\n").startsWith((sent[name] ?? []).join("\n")));
}

function offer(form: HTMLFormElement, sentence: string, act: string, run: () => void): void {
  const button = make("button", { type: "button", class: "quiet" }, act);
  const line = make("p", { class: "hint restored", role: "status" }, `${sentence} `, button);
  button.addEventListener("click", () => {
    run();
    line.remove();
  });
  form.addEventListener("submit", () => line.remove());
  form.prepend(line);
}

function bringBack(form: HTMLFormElement, key: string): void {
  const draft = readDraft(key);
  if (!draft || cameBack()) return;
  const sent = sentState(form);
  // Fields that the page no longer has were taken by the server: a question that was answered, an item that was chosen.
  const typed = Object.fromEntries(Object.entries(changed(draft)).filter(([name]) => name in sent));
  if (sameState(typed, Object.fromEntries(Object.keys(typed).map((name) => [name, sent[name] ?? []])))) return dropDraft(key);
  const restore = (): void => writeState(form, typed);
  if (sameState(draft.base, sent) || continues(typed, sent)) {
    restore();
    offer(form, "What you had typed here is back.", "Discard it", () => {
      writeState(form, sent);
      dropDraft(key);
    });
  } else {
    offer(form, "You had typed something else here before this text changed.", "Show it", restore);
  }
}

function follow(form: HTMLFormElement, key: string): void {
  let base = (cameBack() ? readDraft(key)?.base : undefined) ?? sentState(form);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    const typed = presentState(form);
    if (sameState(typed, base)) dropDraft(key);
    else writeDraft(key, base, typed);
  };
  bringBack(form, key);
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 200);
  });
  // An island that saves by itself says so with a "saved" event: from then on the server's text is the newer one.
  form.addEventListener("saved", () => {
    base = presentState(form);
    dropDraft(key);
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    clearTimeout(waiting);
    keep();
    const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]") as string[];
    sessionStorage.setItem(SENT, JSON.stringify([...sent, key]));
  });
  addEventListener("pagehide", () => {
    if (waiting) keep();
  });
}

/** `data-draft` names the draft ("off": none); any other form with a text area has one under its action. */
function keyOf(form: HTMLFormElement, forms: readonly HTMLFormElement[]): string | undefined {
  const named = form.dataset["draft"];
  if (named === "off") return undefined;
  if (named) return named;
  if (!form.querySelector("textarea")) return undefined;
  const action = form.getAttribute("action");
  return `${action} ${forms.filter((one) => one.getAttribute("action") === action).indexOf(form)}`;
}

/** Keeps what is typed into forms in this browser until the server has it: a crash of the tab loses nothing. */
export function keepDrafts(): void {
  try {
    settleSentDrafts();
    dropOldDrafts();
  } catch {
    // No storage: forms work as they do without JavaScript.
    return;
  }
  const forms = [...document.querySelectorAll<HTMLFormElement>('form[method="post"]')];
  for (const form of forms) {
    const key = keyOf(form, forms);
    if (key) follow(form, key);
  }
}
