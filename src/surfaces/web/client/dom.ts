type Attributes = Record<string, string | boolean | undefined>;

/** Makes an element. `true` writes a bare attribute, false and undefined none. Strings become text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** A modal dialog with a heading and a way out. Escape closes it, and focus returns to where it was. */
export function makeDialog(id: string, title: string, ...children: readonly (Node | string)[]): HTMLDialogElement {
  const close = make("button", { type: "button", class: "quiet close", "aria-label": "Close" }, "×");
  const dialog = make(
    "dialog",
    { id, "aria-labelledby": `${id}-title` },
    make("h2", { id: `${id}-title` }, title),
    close,
    ...children,
  );
  close.addEventListener("click", () => dialog.close());
  // A click on the backdrop is a click on the dialog itself, outside of everything in it.
  dialog.addEventListener("click", (event) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (event.target === dialog && !inside) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}

const SAID_MS = 6_000;
let silence: ReturnType<typeof setTimeout> | undefined;

/** Says one sentence quietly, for eyes and for screen readers, and takes it away again. */
export function say(...words: readonly (Node | string)[]): void {
  let region = document.getElementById("said");
  if (!region) {
    region = make("p", { id: "said", role: "status" });
    document.body.append(region);
  }
  region.replaceChildren(...words);
  clearTimeout(silence);
  silence = setTimeout(() => region.replaceChildren(), SAID_MS);
}
