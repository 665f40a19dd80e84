import { KEY_BINDINGS } from "./key-list.ts";
import { forget, recall, remember } from "./storage.ts";

const SWITCHED_OFF = "keys-off";
const SEQUENCE_MS = 1_500;

/** Single keys can be switched off (WCAG 2.1.4): speech input types letters, and some people rest a hand on the keyboard. */
export function keysAreOn(): boolean {
  return recall(SWITCHED_OFF) === null;
}

export function switchKeys(on: boolean): void {
  if (on) forget(SWITCHED_OFF);
  else remember(SWITCHED_OFF, "yes");
}

/** A dialog that was just closed keeps the focus until the next frame: nobody types into what is gone. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    !target.closest("dialog:not([open])") &&
    (target.isContentEditable || target.matches("input:not([type=radio], [type=checkbox]), textarea, select"))
  );
}

/** Calls `open` with what a key stands for. Never while somebody types, and never with a modifier, except Ctrl+K. */
export function listenForKeys(open: (what: string) => void): void {
  let first = "";
  let firstAt = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== "k" || event.shiftKey) return;
      event.preventDefault();
      open("palette");
      return;
    }
    if (isTyping(event.target) || document.querySelector("dialog[open]") || !keysAreOn()) return;
    const pressed = event.timeStamp - firstAt < SEQUENCE_MS && first ? [first, event.key] : [event.key];
    first = "";
    const binding = KEY_BINDINGS.find(
      ({ keys }) => keys.length === pressed.length && keys.every((key, place) => key === pressed[place]),
    );
    if (binding) {
      event.preventDefault();
      open(binding.opens);
    } else if (KEY_BINDINGS.some(({ keys }) => keys.length > 1 && keys[0] === event.key)) {
      first = event.key;
      firstAt = event.timeStamp;
    }
  });
}
