const UNLOCK_MS = 8_000;

function unlock(form: HTMLFormElement): void {
  delete form.dataset["sent"];
  for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
}

/**
 * A double click sends a form once. The server would not do a thing twice either, but the second answer could hide the first.
 * The lock opens by itself, for answers that are downloads and for pages that come back out of the browser's cache.
 */
export function sendOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset["sent"] !== undefined) {
      event.preventDefault();
      return;
    }
    form.dataset["sent"] = "";
    // Not `disabled`: that would leave the button's own name and value out of the form.
    event.submitter?.setAttribute("aria-disabled", "true");
    setTimeout(unlock, UNLOCK_MS, form);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach(unlock);
  });
}
