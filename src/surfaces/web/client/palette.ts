import { make, makeDialog } from "./dom.ts";

const PAUSE_MS = 120;
const LIST = "palette-list";

interface Found {
  readonly href: string;
  readonly text: string;
  readonly about: string;
}

const PLACES: readonly Found[] = [
  { href: "/", text: "Today", about: "page" },
  { href: "/shell/prepare", text: "Prepare the next meeting", about: "page" },
  { href: "/meetings", text: "Meetings", about: "page" },
  { href: "/commitments", text: "Commitments of both sides", about: "page" },
  { href: "/record", text: "Record", about: "page" },
  { href: "/people", text: "People", about: "page" },
  { href: "/settings", text: "Settings", about: "page" },
  { href: "/settings/mail", text: "Mail account", about: "page" },
  { href: "/archive", text: "Export and import", about: "page" },
  { href: "/api", text: "For programs", about: "page" },
  { href: "/keys", text: "Keys", about: "page" },
];

function placesFor(typed: string): Found[] {
  const wanted = typed.trim().toLowerCase();
  return PLACES.filter((one) => one.text.toLowerCase().includes(wanted));
}

async function searchRecord(typed: string, signal: AbortSignal): Promise<Found[]> {
  if (typed.trim().length < 2) return [];
  const answer = await fetch(`/shell/search.json?${new URLSearchParams({ text: typed })}`, { signal });
  return answer.ok ? ((await answer.json()) as { hits: Found[] }).hits : [];
}

/** A text field that lists what fits below it: the combobox pattern of the ARIA Authoring Practices. */
function build(): HTMLDialogElement {
  const input = make("input", {
    id: "palette-text",
    type: "search",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": LIST,
    "aria-autocomplete": "list",
    autocomplete: "off",
    dir: "auto",
  });
  const list = make("div", { id: LIST, role: "listbox", "aria-label": "Pages and entries" });
  const label = make("label", { for: "palette-text", class: "visually-hidden" }, "A page, or words from your record");
  const count = make("p", { class: "hint", role: "status" });
  const dialog = makeDialog("palette-dialog", "Go to, or search", label, input, list, count);
  let chosen = 0;
  let asking = new AbortController();
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role=option]")];

  function choose(place: number): void {
    const all = options();
    chosen = all.length === 0 ? 0 : (place + all.length) % all.length;
    all.forEach((one, index) => one.setAttribute("aria-selected", String(index === chosen)));
    const one = all[chosen];
    if (one) input.setAttribute("aria-activedescendant", one.id);
    else input.removeAttribute("aria-activedescendant");
    one?.scrollIntoView({ block: "nearest" });
  }

  function add(found: readonly Found[]): void {
    const before = options().length;
    const rows = found.map(({ href, text, about }, place) =>
      make(
        "div",
        { role: "option", id: `${LIST}-${before + place}`, "aria-selected": "false", "data-href": href },
        make("span", { dir: "auto" }, text),
        make("span", { class: "meta" }, about),
      ),
    );
    list.append(...rows);
    count.textContent = options().length === 0 ? "Nothing fits. Enter searches the whole record." : "";
    choose(chosen);
  }

  /** Pages at once, so that Enter goes where the list says however fast somebody types; entries when they arrive, below. */
  function show(): void {
    asking.abort();
    clearTimeout(waiting);
    list.replaceChildren();
    chosen = 0;
    add(placesFor(input.value));
    waiting = setTimeout(() => void addEntries(), PAUSE_MS);
  }

  async function addEntries(): Promise<void> {
    asking = new AbortController();
    try {
      add(await searchRecord(input.value, asking.signal));
    } catch {
      // A newer search took over, or the server rests; the pages are listed already.
    }
  }

  function go(option: HTMLElement | undefined): void {
    const href = option?.dataset["href"] ?? `/record/search?${new URLSearchParams({ text: input.value })}`;
    location.assign(href);
  }

  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") go(options()[chosen]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => go((event.target as Element).closest<HTMLElement>("[role=option]") ?? undefined));
  dialog.addEventListener("close", () => {
    input.value = "";
    show();
  });
  show();
  return dialog;
}

let dialog: HTMLDialogElement | undefined;

export function open(): void {
  dialog ??= build();
  dialog.showModal();
  dialog.querySelector("input")?.focus();
}
