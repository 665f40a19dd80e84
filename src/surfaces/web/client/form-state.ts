/** What a form's fields hold: by name, the values that would be sent. */
export type FormState = Record<string, string[]>;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const NEVER_KEPT = new Set(["hidden", "password", "file", "submit", "button", "image", "reset"]);

function keptFields(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (one): one is Field =>
      (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement) &&
      one.name !== "" &&
      !NEVER_KEPT.has(one.type),
  );
}

const isChoice = (field: Field): field is HTMLInputElement => field.type === "checkbox" || field.type === "radio";

function presentValue(field: Field): string | undefined {
  return isChoice(field) ? (field.checked ? field.value : undefined) : field.value;
}

/** The value that the server sent, whatever happened in the browser since. */
function sentValue(field: Field): string | undefined {
  if (isChoice(field)) return field.defaultChecked ? field.value : undefined;
  if (!(field instanceof HTMLSelectElement)) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value;
}

function read(form: HTMLFormElement, valueOf: (field: Field) => string | undefined): FormState {
  const state: FormState = {};
  for (const field of keptFields(form)) {
    const value = valueOf(field);
    // A text area sends \r\n and shows \n.
    (state[field.name] ??= []).push(...(value === undefined ? [] : [value.replaceAll("\r\n", "\n")]));
  }
  return state;
}

export const presentState = (form: HTMLFormElement): FormState => read(form, presentValue);
export const sentState = (form: HTMLFormElement): FormState => read(form, sentValue);

export const sameState = (a: FormState, b: FormState): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Puts values back and tells everything that listens to the fields. Names that are gone are left out. */
export function writeState(form: HTMLFormElement, state: FormState): void {
  const places = new Map<string, number>();
  for (const field of keptFields(form)) {
    const values = state[field.name];
    if (!values) continue;
    if (isChoice(field)) field.checked = values.includes(field.value);
    else {
      const place = places.get(field.name) ?? 0;
      places.set(field.name, place + 1);
      field.value = values[place] ?? field.value;
      // Words that come back are seen, also where their field was folded away.
      if (field.value !== "") field.closest("details")?.setAttribute("open", "");
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
