import { keepDrafts } from "./drafts.ts";
import { listenForKeys } from "./keys.ts";
import { sendOnce } from "./once.ts";

// The part of every page that answers to keys and links that open something in place. What it opens is loaded when it is
// first needed; without JavaScript the same links lead to pages.

async function open(what: string): Promise<void> {
  if (what.startsWith("/")) {
    location.assign(what);
    return;
  }
  if (document.querySelector("dialog[open]")) return;
  if (what === "capture") (await import("./capture.ts")).open();
  else if (what === "palette") (await import("./palette.ts")).open();
  else (await import("./keys-dialog.ts")).open();
}

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-open]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  void open(link.dataset["open"] as string).catch(() => location.assign(link.href));
});

listenForKeys((what) => void open(what).catch(() => undefined));
keepDrafts();
sendOnce();

// An error that the server found is the first thing to hear and to see after sending a form.
document.querySelector<HTMLElement>(".error-summary")?.focus();
