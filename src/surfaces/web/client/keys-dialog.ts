import { make, makeDialog } from "./dom.ts";
import { KEY_BINDINGS } from "./key-list.ts";
import { keysAreOn, switchKeys } from "./keys.ts";

function build(): HTMLDialogElement {
  const rows = KEY_BINDINGS.map(({ keys, does }) => {
    const pressed = keys.flatMap((key, place) => [place > 0 ? " then " : "", make("kbd", {}, key)]);
    return make("tr", {}, make("th", { scope: "row" }, ...pressed), make("td", {}, does));
  });
  const box = make("input", { type: "checkbox", checked: keysAreOn() });
  box.addEventListener("change", () => switchKeys(box.checked));
  return makeDialog(
    "keys-dialog",
    "Keys",
    make("table", {}, make("tbody", {}, ...rows)),
    make("label", { class: "choice" }, box, make("span", {}, "Use these keys. Ctrl+K searches in any case.")),
  );
}

let dialog: HTMLDialogElement | undefined;

export function open(): void {
  dialog ??= build();
  dialog.showModal();
}
