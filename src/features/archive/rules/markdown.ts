import { longDay, shortMoment } from "../../../lib/dates.ts";
import type { Archive, ArchiveRow, MarkdownFile } from "../schema.ts";

/** The rows of an archive by table, with what the files need to look up. */
interface Source {
  readonly zone: string;
  rows(table: string): ArchiveRow[];
  nameOf(personId: unknown): string;
}

const text = (row: ArchiveRow, column: string): string => String(row[column] ?? "");

/** The owner's words, so that no viewer takes them for markup of the page: tags, and marks at the start of a line. */
function words(raw: string): string {
  return raw.replaceAll("<", "\\<").replace(/^(\s*)([#>+*=-]|\d+[.)])/gmu, "$1\\$2");
}

/** A list item; further lines are indented so that they stay part of it. */
function item(content: string): string {
  return `- ${content.replaceAll("\n", "\n  ")}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `## ${title}\n\n${lines.join("\n")}\n`;
}

function document(title: string, parts: readonly string[]): string {
  return [`# ${title}\n`, ...parts.filter((part) => part !== "")].join("\n");
}

/** Words exactly as they were sent, behind a fence that is longer than any inside. */
function verbatim(body: string): string {
  const longest = Math.max(2, ...(body.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${body.replaceAll("\r\n", "\n").trimEnd()}\n${fence}\n`;
}

function slug(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/gu, "");
  return plain.slice(0, 40) || "somebody";
}

function tagsOf(row: ArchiveRow): string {
  const names = (column: string): string[] => JSON.parse(text(row, column) || "[]") as string[];
  const tags = [...names("projects").map((name) => `project ${name}`), ...names("skills").map((name) => `skill ${name}`)];
  return tags.length === 0 ? "" : ` (${words(tags.join(", "))})`;
}

/** What was answered beside the words of an entry. */
function detailLines(row: ArchiveRow | undefined): string[] {
  if (!row) return [];
  const parts = [
    ["For", "goal"],
    ["When", "horizon"],
    ["Who could move it", "owned_by"],
    ["Decision that would help", "decision"],
  ] as const;
  return parts.flatMap(([label, column]) => (text(row, column) === "" ? [] : [`${label}: ${words(text(row, column))}`]));
}

function journalFiles(source: Source): MarkdownFile[] {
  const told = Map.groupBy(source.rows("telling"), (row) => text(row, "capture_id"));
  const details = new Map(source.rows("answer_detail").map((row) => [text(row, "capture_id"), row]));
  const entry = (row: ArchiveRow): string => {
    const energy = row["energy"] === null ? "" : ` ${Number(row["energy"]) > 0 ? "+" : ""}${row["energy"]}`;
    const tellings = (told.get(text(row, "id")) ?? []).map(
      (one) => `Told ${words(source.nameOf(one["person_id"]))} on ${text(one, "told_at").slice(0, 10)}.`,
    );
    return item(
      [
        `${text(row, "happened_on")}, ${text(row, "kind")}${energy}: ${words(text(row, "text"))}${tagsOf(row)}`,
        ...detailLines(details.get(text(row, "id"))),
        ...tellings,
      ].join("\n"),
    );
  };
  const captures = source.rows("capture").filter((row) => row["deleted_at"] === null);
  const byMonth = Map.groupBy(
    captures.sort((a, b) => (text(a, "happened_on") < text(b, "happened_on") ? -1 : 1)),
    (row) => text(row, "happened_on").slice(0, 7),
  );
  return [...byMonth].map(([month, rows]) => ({
    path: `journal/${month}.md`,
    text: `${document(`Journal ${month}`, [rows.map(entry).join("\n")])}\n`,
  }));
}

function agendaLines(source: Source, meetingId: string): string[] {
  const rows = source.rows("agenda_item").filter((row) => row["meeting_id"] === meetingId && row["removed_at"] === null);
  return rows
    .sort((a, b) => Number(a["position"]) - Number(b["position"]))
    .map((row) => {
      const details = (
        [
          ["Options", "options"],
          ["Leaning", "leaning"],
          ["Decision wanted", "decision_wanted"],
        ] as const
      ).filter(([, column]) => text(row, column) !== "");
      const marks = [row["prepared_at"] === null ? "draft" : "", row["discussed_at"] === null ? "" : "discussed"]
        .filter(Boolean)
        .join(", ");
      return item(
        [
          `${text(row, "kind")}${marks ? ` (${marks})` : ""}: ${words(text(row, "text"))}`,
          ...details.map(([label, column]) => `${label}: ${words(text(row, column))}`),
        ].join("\n"),
      );
    });
}

const PARTS = [
  ["decision", "Decisions"],
  ["my_action", "My actions"],
  ["manager_commitment", "Their commitments"],
  ["open_question", "Open questions"],
] as const;

function recapParts(source: Source, meetingId: string): string[] {
  const rows = source.rows("recap_line").filter((row) => row["meeting_id"] === meetingId && row["removed_at"] === null);
  return PARTS.map(([part, title]) => {
    const lines = rows.filter((row) => row["part"] === part).sort((a, b) => Number(a["position"]) - Number(b["position"]));
    return section(
      `Recap: ${title}`,
      lines.map((row) =>
        item(
          [words(text(row, "text")), text(row, "who"), row["due_on"] ? `by ${text(row, "due_on")}` : ""]
            .filter(Boolean)
            .join(", "),
        ),
      ),
    );
  });
}

function toldParts(source: Source, meetingId: string): string[] {
  return source
    .rows("delivery")
    .filter((row) => row["meeting_id"] === meetingId && row["sent_at"] !== null)
    .map(
      (row) =>
        `## Sent ${shortMoment(Temporal.Instant.from(text(row, "sent_at")), source.zone, 0)}: ${words(text(row, "subject"))}\n\nTo ${words(text(row, "to_name"))}\n\n${verbatim(text(row, "text_body"))}`,
    );
}

function meetingFiles(source: Source): { file: MarkdownFile; title: string }[] {
  const used = new Set<string>();
  return source
    .rows("meeting")
    .sort((a, b) => (text(a, "starts_at") < text(b, "starts_at") ? -1 : 1))
    .flatMap((row) => {
      const id = text(row, "id");
      const notes = source.rows("meeting_note").filter((note) => note["meeting_id"] === id && note["removed_at"] === null);
      const parts = [
        section("Agenda", agendaLines(source, id)),
        section(
          "Notes",
          notes.map((note) =>
            item(
              `${text(note, "part") === "note" ? "" : `${text(note, "part").replaceAll("_", " ")}: `}${words(text(note, "text"))}`,
            ),
          ),
        ),
        ...recapParts(source, id),
        ...toldParts(source, id),
      ];
      // Meetings that are only planned by their series say nothing yet.
      if (parts.every((part) => part === "") && row["held_at"] === null) return [];
      const person = source.nameOf(row["person_id"]);
      const [date = "", time = ""] = text(row, "local_start").split("T");
      const plain = `meetings/${date}-${slug(person)}`;
      const path = used.has(plain) ? `${plain}-${id.slice(-6)}` : plain;
      used.add(plain);
      const state = row["cancelled_at"]
        ? "Cancelled."
        : row["held_at"]
          ? "Held."
          : row["not_held_at"]
            ? "Did not happen."
            : "Planned.";
      const title = `${longDay(Temporal.PlainDate.from(date))} with ${words(person)}`;
      return [
        {
          title,
          file: {
            path: `${path}.md`,
            text: document(title, [`${state} ${time} ${text(row, "zone")}, ${text(row, "minutes")} minutes.\n`, ...parts]),
          },
        },
      ];
    });
}

function commitmentsFile(source: Source): MarkdownFile {
  const state = (row: ArchiveRow): string =>
    row["kept_at"] ? "kept" : row["answered_at"] ? "answered" : row["dropped_at"] ? "dropped" : "open";
  const line = (row: ArchiveRow): string =>
    item(
      [
        `${state(row)}: ${words(text(row, "text"))}${row["due_on"] ? `, by ${text(row, "due_on")}` : ""} (${words(source.nameOf(row["person_id"]))}, ${text(row, "opened_at").slice(0, 10)})`,
        words(text(row, "answer")),
      ]
        .filter(Boolean)
        .join("\n"),
    );
  const of = (side: string): string[] =>
    source
      .rows("commitment")
      .filter((row) => row["side"] === side)
      .map(line);
  const parts = [
    section("Mine", of("mine")),
    section("Theirs", of("theirs")),
    section("Questions", source.rows("open_question").map(line)),
  ];
  return { path: "commitments.md", text: document("Commitments", parts) };
}

/** Wishes for later, with what was said about each and what became of it. */
function seedLines(source: Source, personId: unknown): string[] {
  const said = Map.groupBy(source.rows("seed_mention"), (row) => text(row, "seed_id"));
  return source
    .rows("seed")
    .filter((row) => row["person_id"] === personId)
    .map((row) => {
      const mentions = (said.get(text(row, "id")) ?? []).filter((one) => one["said_on"] !== null || text(one, "said") !== "");
      const outcome = text(row, "outcome");
      return item(
        [
          `Seed: ${words(text(row, "text"))}`,
          ...mentions.map((one) => `Said ${text(one, "said_on")}: ${words(text(one, "said"))}`.replace(/: $/u, "")),
          ...(row["opened_on"] === null ? [] : [`Opening ${text(row, "opened_on")}: ${words(text(row, "opening"))}`]),
          ...(outcome === ""
            ? []
            : [`${outcome === "yes" ? "Yes" : "No"} ${text(row, "settled_on")}: ${words(text(row, "reason"))}`]),
        ].join("\n"),
      );
    });
}

function peopleFile(source: Source): MarkdownFile {
  const parts = source.rows("person").map((row) => {
    const facts = [
      text(row, "role").replaceAll("_", " "),
      text(row, "email"),
      row["ended_on"] ? `until ${text(row, "ended_on")}` : "",
      row["predecessor_id"] ? `after ${words(source.nameOf(row["predecessor_id"]))}` : "",
    ];
    const card = source
      .rows("card_entry")
      .filter((entry) => entry["person_id"] === row["id"] && entry["deleted_at"] === null)
      .map((entry) => {
        const known = [text(entry, "timing").replace("_", " "), text(entry, "channel").replace("_", " "), text(entry, "depth")];
        const said = [known.filter(Boolean).join(", "), words(text(entry, "text"))].filter(Boolean).join(": ");
        return item(`${text(entry, "noted_on")}, ${text(entry, "category")}: ${said}`);
      });
    const seeds = seedLines(source, row["id"]);
    return `## ${words(text(row, "name"))}\n\n${facts.filter(Boolean).join(", ")}\n${row["note"] ? `\n${words(text(row, "note"))}\n` : ""}${card.length > 0 ? `\n${card.join("\n")}\n` : ""}${seeds.length > 0 ? `\n${seeds.join("\n")}\n` : ""}`;
  });
  return { path: "people.md", text: document("People", parts) };
}

/** An archive as files to read: an index, each meeting with agenda, notes, recap and what was sent, the journal by month, promises, people. */
export function markdownFolder(archive: Archive): MarkdownFile[] {
  const names = new Map((archive.tables["person"] ?? []).map((row) => [row["id"], text(row, "name")]));
  const source: Source = {
    zone: archive.owner.zone,
    rows: (table) => [...(archive.tables[table] ?? [])],
    nameOf: (personId) => names.get(personId as string) ?? "somebody",
  };
  const meetings = meetingFiles(source);
  const journal = journalFiles(source);
  const link = (title: string, path: string): string => `- [${title}](${path})`;
  const index = document(archive.owner.name ? `Throughline of ${words(archive.owner.name)}` : "Throughline", [
    `${[link("People", "people.md"), link("Commitments", "commitments.md")].join("\n")}\n`,
    section(
      "Meetings",
      meetings.map(({ title, file }) => link(title, file.path)),
    ),
    section(
      "Journal",
      journal.map(({ path }) => link(path.slice("journal/".length, -".md".length), path)),
    ),
  ]);
  return [
    { path: "index.md", text: index },
    peopleFile(source),
    commitmentsFile(source),
    ...meetings.map(({ file }) => file),
    ...journal,
  ];
}
