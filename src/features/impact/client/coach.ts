// Shows while somebody types what the coach would say; without it the buttons of the page do the same. What is heavy (the grammar)
// runs on the server, which sends the parts of the page that changed.

const PAUSE_MS = 120;

/** A part that somebody is in, or has typed an answer into, stays as it is. */
function isInUse(part: Element): boolean {
  return part.contains(document.activeElement) || [...part.querySelectorAll("textarea")].some((field) => field.value !== "");
}

function show(fresh: Document): void {
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const present = document.getElementById(part.id);
    if (present && !present.isEqualNode(part) && !isInUse(present)) present.replaceWith(part);
  }
}

function start(form: HTMLFormElement, address: string): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;

  const ask = async (): Promise<void> => {
    asking?.abort();
    asking = new AbortController();
    const fields = [...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value : ""]);
    try {
      const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), signal: asking.signal });
      if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // A newer question is under way, or the program does not answer: what is typed stays, and the buttons still work.
    }
  };

  document.getElementById("coach-look")?.setAttribute("hidden", "");
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void ask(), PAUSE_MS);
  });
}

const place = document.querySelector<HTMLElement>("[data-live]");
const form = place?.closest("form");
if (form) start(form, place?.dataset["live"] as string);
