/** What a key, or two pressed one after the other, does. The page about keys, their dialog and the keyboard itself read this. */
export interface KeyBinding {
  readonly keys: readonly string[];
  readonly does: string;
  /** A dialog by its name, or a page by its path. */
  readonly opens: "capture" | "palette" | "keys" | `/${string}`;
}

export const KEY_BINDINGS: readonly KeyBinding[] = [
  { keys: ["c"], does: "Capture something that just happened", opens: "capture" },
  { keys: ["/"], does: "Search everything you wrote, or go to a page", opens: "palette" },
  { keys: ["g", "t"], does: "Go to Today", opens: "/" },
  { keys: ["g", "p"], does: "Prepare the next meeting", opens: "/shell/prepare" },
  { keys: ["g", "r"], does: "Go to the record", opens: "/record" },
  { keys: ["g", "m"], does: "Go to the meetings", opens: "/meetings" },
  { keys: ["?"], does: "Show these keys", opens: "keys" },
];
