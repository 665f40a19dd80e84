import { AppError } from "../../../lib/errors.ts";
import {
  button,
  errorSummary,
  form,
  type FormError,
  type FormValues,
  radioGroup,
  selectField,
  textArea,
  textField,
} from "../../../surfaces/web/kit/form.ts";
import { type Html, html, when } from "../../../surfaces/web/kit/html.ts";
import type * as z from "zod";
import { namesIn } from "../rules.ts";
import { type CaptureInput, type CaptureKind, captureKinds, type Names, type Wording } from "../schema.ts";

/** What a kind is called on pages. */
export const kindLabels: Readonly<Record<CaptureKind, string>> = {
  win: "Win",
  challenge: "Challenge",
  question: "Question",
  energy: "Energy",
  skill: "Skill",
  direction: "Direction",
  feedback: "Feedback",
  note: "Note",
};

const energies = [
  { value: "", label: "Not said" },
  { value: "2", label: "Full of energy (2)" },
  { value: "1", label: "It gave some (1)" },
  { value: "0", label: "Neither (0)" },
  { value: "-1", label: "It took some (-1)" },
  { value: "-2", label: "Drained (-2)" },
];

/** The fields of a capture as a form sends them, for the operation. An empty day is today; a number is for energy only. */
export function inputFrom(values: FormValues): z.input<typeof CaptureInput> {
  const { text = "", happenedOn = "", energy = "", projects = "", skills = "" } = values;
  const kind = (values["kind"] || "note") as CaptureKind;
  return {
    kind,
    text,
    ...(happenedOn.trim() === "" ? {} : { happenedOn }),
    ...(kind === "energy" && energy !== "" ? { energy: Number(energy) } : {}),
    projects: namesIn(projects),
    skills: namesIn(skills),
  };
}

/** The fields of a capture as a form shows them. */
export function valuesFrom(capture: Wording): FormValues {
  const { kind, text, happenedOn, energy, projects, skills } = capture;
  return {
    kind,
    text,
    happenedOn,
    energy: energy === null ? "" : String(energy),
    projects: projects.join(", "),
    skills: skills.join(", "),
  };
}

/** Messages about one of several names belong beside the field that they were typed into. */
export function besideFields(error: AppError): AppError {
  const fields = error.fields.map(({ field, message }) => ({ field: field.split(".")[0] ?? field, message }));
  return new AppError(error.code, error.message, { fields, details: error.details });
}

interface CaptureFormPlan {
  readonly action: string;
  readonly values: FormValues;
  readonly names: Names;
  readonly error: FormError;
  readonly label: string;
  /** The newest day that makes sense, for the date field. */
  readonly today: string;
  readonly returnTo?: string;
  /** Where the browser keeps what is typed until it was sent. */
  readonly draft?: string;
}

function datalist(id: string, names: readonly string[]): Html {
  return html`<datalist id="${id}">${names.map((name) => html`<option value="${name}"></option>`)}</datalist>`;
}

/** Every field of a capture. The text comes first: for the usual note nothing else is needed. */
export function captureForm({ action, values, names, error, label, today, returnTo, draft }: CaptureFormPlan): Html {
  const kinds = captureKinds.map((value) => ({ value, label: kindLabels[value] }));
  const content = html`${errorSummary(error)}
${when(returnTo, (path) => html`<input type="hidden" name="return" value="${path}">`)}
${textArea({ name: "text", label: "What happened", value: values["text"], rows: 3, required: true, error, hint: "One line is enough. Only you see it." })}
${radioGroup({ name: "kind", label: "Kind", value: values["kind"] || "note", choices: kinds, error })}
${textField({ name: "happenedOn", label: "Day", type: "date", value: values["happenedOn"] ?? today, error })}
${selectField({ name: "energy", label: "How it left you", value: values["energy"] ?? "", choices: energies, error, hint: "Only for the kind Energy." })}
${textField({ name: "projects", label: "Projects", value: values["projects"], list: "project-names", error, hint: "Several are separated by commas." })}
${textField({ name: "skills", label: "Skills", value: values["skills"], list: "skill-names", error, hint: "Several are separated by commas." })}
${datalist("project-names", names.projects)}${datalist("skill-names", names.skills)}
<div class="actions">${button(label)}</div>`;
  return form(action, content, { label, ...(draft === undefined ? {} : { draft }) });
}
