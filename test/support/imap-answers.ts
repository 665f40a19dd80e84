/** A command as it came: its line, and the literals in it. */
export interface Command {
  readonly text: string;
  readonly literals: Buffer[];
}

interface StoredMail {
  uid: number;
  readonly raw: Buffer;
  readonly receivedAt: Date;
  readonly flags: readonly string[];
}

export interface ImapFolder {
  readonly path: string;
  /** Its special use (RFC 6154), or "". */
  readonly use: string;
  uidValidity: number;
  uidNext: number;
  readonly mails: StoredMail[];
}

export interface ImapStore {
  readonly folders: ImapFolder[];
}

interface Client {
  selected: ImapFolder | undefined;
}

interface Asked {
  readonly tag: string;
  readonly verb: string;
  readonly args: string;
  readonly literals: readonly Buffer[];
}

const lines = (...all: string[]): Buffer => Buffer.from(`${all.join("\r\n")}\r\n`);

const named = (args: string): string =>
  /^"((?:[^"\\]|\\.)*)"|^(\S+)/u
    .exec(args)
    ?.slice(1)
    .find((one) => one !== undefined) ?? "";

function find(store: ImapStore, args: string): ImapFolder | undefined {
  const path = named(args);
  return store.folders.find((one) => one.path.toUpperCase() === path.toUpperCase());
}

function select(store: ImapStore, client: Client, { tag, verb, args }: Asked): Buffer {
  const folder = find(store, args);
  client.selected = folder;
  if (!folder) return lines(`${tag} NO [NONEXISTENT] No such mailbox`);
  return lines(
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)",
    `* ${folder.mails.length} EXISTS`,
    "* 0 RECENT",
    `* OK [UIDVALIDITY ${folder.uidValidity}] UIDs valid`,
    `* OK [UIDNEXT ${folder.uidNext}] Next`,
    `${tag} OK [${verb === "EXAMINE" ? "READ-ONLY" : "READ-WRITE"}] Done`,
  );
}

function inSet(set: string, uid: number, last: number): boolean {
  return set.split(",").some((one) => {
    const [from = 0, to = from] = one.split(":").map((part) => (part === "*" ? last : Number(part)));
    return uid >= Math.min(from, to) && uid <= Math.max(from, to);
  });
}

const headOf = (raw: Buffer): Buffer => {
  const end = raw.indexOf("\r\n\r\n");
  return end < 0 ? raw : raw.subarray(0, end + 4);
};

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** SEARCH, as far as it is used: UID, SINCE, HEADER. */
function search({ mails }: ImapFolder, args: string): number[] {
  const last = mails.at(-1)?.uid ?? 0;
  const uids = /\bUID ([\d:*,]+)/iu.exec(args)?.[1];
  const since = /\bSINCE "?(\d{1,2})-(\w{3})-(\d{4})/iu.exec(args);
  const header = /\bHEADER "?([\w-]+)"? (?:"((?:[^"\\]|\\.)*)"|(\S+))/iu.exec(args);
  const day = since && Date.UTC(Number(since[3]), MONTHS.indexOf(since[2] ?? ""), Number(since[1]));
  const wanted = header && (header[2] ?? header[3] ?? "").toLowerCase();
  return mails
    .filter((mail) => uids === undefined || inSet(uids, mail.uid, last))
    .filter((mail) => day === null || mail.receivedAt.getTime() >= day)
    .filter((mail) => {
      if (wanted === null) return true;
      const head = headOf(mail.raw)
        .toString("latin1")
        .toLowerCase()
        .replaceAll(/\r\n[ \t]+/gu, " ");
      return head.split("\r\n").some((line) => line.startsWith(`${header?.[1]?.toLowerCase()}:`) && line.includes(wanted));
    })
    .map((mail) => mail.uid);
}

function dateText(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(date.getUTCDate())}-${MONTHS[date.getUTCMonth()]}-${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} +0000`;
}

function fetched(mail: StoredMail, position: number, items: string): Buffer {
  const parts: Buffer[] = [
    Buffer.from(`* ${position} FETCH (UID ${mail.uid} INTERNALDATE "${dateText(mail.receivedAt)}" FLAGS ()`),
  ];
  const add = (name: string, content: Buffer): void => void parts.push(Buffer.from(` ${name} {${content.length}}\r\n`), content);
  if (/BODY\.PEEK\[HEADER\]/iu.test(items)) add("BODY[HEADER]", headOf(mail.raw));
  const whole = /BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?/iu.exec(items);
  if (whole) {
    const from = Number(whole[1] ?? 0);
    const length = Number(whole[2] ?? mail.raw.length);
    add(whole[1] === undefined ? "BODY[]" : `BODY[]<${from}>`, mail.raw.subarray(from, from + length));
  }
  return Buffer.concat([...parts, Buffer.from(")\r\n")]);
}

function fetchAll({ mails }: ImapFolder, { tag, args }: Asked): Buffer {
  const [set = "", ...rest] = args.split(" ");
  const last = mails.at(-1)?.uid ?? 0;
  const found = mails.flatMap((mail, index) => (inSet(set, mail.uid, last) ? [fetched(mail, index + 1, rest.join(" "))] : []));
  return Buffer.concat([...found, lines(`${tag} OK Done`)]);
}

function append(store: ImapStore, { tag, args, literals }: Asked): Buffer {
  const folder = find(store, args);
  if (!folder) return lines(`${tag} NO [TRYCREATE] No such mailbox`);
  const uid = folder.uidNext;
  folder.uidNext += 1;
  const flags = /\(([^)]*)\)/u.exec(args)?.[1]?.split(" ") ?? [];
  folder.mails.push({ uid, raw: Buffer.from(literals.at(-1) ?? ""), receivedAt: new Date("2026-03-03T14:00:00Z"), flags });
  return lines(`${tag} OK [APPENDUID ${folder.uidValidity} ${uid}] Done`);
}

/** What the server answers to a logged-in client. */
export function answerTo(store: ImapStore, client: Client, asked: Asked): Buffer {
  const { tag, verb, args } = asked;
  const folder = client.selected;
  switch (verb) {
    case "NAMESPACE":
      return lines('* NAMESPACE (("" "/")) NIL NIL', `${tag} OK Done`);
    case "LIST":
    case "LSUB":
      return lines(
        ...store.folders.map((one) => `* ${verb} (\\HasNoChildren${one.use === "" ? "" : ` ${one.use}`}) "/" "${one.path}"`),
        `${tag} OK Done`,
      );
    case "SELECT":
    case "EXAMINE":
      return select(store, client, asked);
    case "NOOP":
    case "UNSELECT":
    case "CLOSE":
      return lines(...(folder && verb === "NOOP" ? [`* ${folder.mails.length} EXISTS`] : []), `${tag} OK Done`);
    case "UID SEARCH":
      return folder
        ? lines(`* SEARCH ${search(folder, args).join(" ")}`.trimEnd(), `${tag} OK Done`)
        : lines(`${tag} BAD Select first`);
    case "UID FETCH":
      return folder ? fetchAll(folder, asked) : lines(`${tag} BAD Select first`);
    case "APPEND":
      return append(store, asked);
    default:
      return lines(`${tag} BAD Unknown command`);
  }
}
