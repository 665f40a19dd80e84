// Puts a button beside a text that is there to be copied; without it, the text can be marked and copied by hand.

import { make } from "../../../surfaces/web/client/dom.ts";

function addButton(field: HTMLInputElement, label: string): void {
  const button = make("button", { type: "button", class: "quiet" }, label);
  const said = make("span", { role: "status", class: "quiet" });
  button.addEventListener("click", () => {
    field.select();
    navigator.clipboard.writeText(field.value).then(
      () => (said.textContent = " Copied."),
      () => (said.textContent = " It is marked: copy it with your keyboard."),
    );
  });
  field.after(make("div", { class: "actions" }, button, said));
}

for (const field of document.querySelectorAll<HTMLInputElement>("input[data-copy]"))
  addButton(field, field.dataset["copy"] ?? "Copy");
