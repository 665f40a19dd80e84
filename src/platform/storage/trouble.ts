import { AppError } from "../../lib/errors.ts";

/** What is known of the database in which something went wrong; `label` is the file's path, or host and name. */
interface Place {
  readonly dialect: "sqlite" | "postgres";
  readonly label: string;
}

const unavailable = (sentence: string, cause: unknown): AppError => new AppError("unavailable", sentence, { cause });

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html) that a person can do something about. */
const SQLITE: Readonly<Record<number, (path: string) => string>> = {
  5: (path) => `The data file ${path} is in use by another program. Nothing was saved; wait a moment and try again.`,
  6: (path) => `The data file ${path} is in use by another program. Nothing was saved; wait a moment and try again.`,
  8: (path) => `The data file ${path} cannot be written. Check the permissions of the file and of its folder, then start again.`,
  10: (path) => `The disk that holds ${path} answered with an error. Nothing was saved; check the disk, then try again.`,
  11: (path) => damaged(path),
  13: (path) => `The disk that holds ${path} is full. What you just wrote was not saved; free some space and try again.`,
  26: (path) => damaged(path),
};

function damaged(path: string): string {
  return `The data file ${path} is damaged or is not a Throughline file. Nothing was changed. Put it aside and run "throughline restore BACKUP", or choose another folder with THROUGHLINE_DATA.`;
}

function sqliteSentence(path: string, error: unknown): string | undefined {
  const { code, errcode = 0 } = error as { code?: string; errcode?: number };
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return SQLITE[8]?.(path);
  return code === "ERR_SQLITE_ERROR" ? SQLITE[errcode & 0xff]?.(path) : undefined;
}

/** Says in words what SQLite says in codes when a file is opened. The file itself is never touched by this. */
export function explainSqliteError(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const sentence = `The data file ${path} cannot be opened: ${text}. Check that it is a file, that its folder exists and that you may write to it.`;
  return unavailable(sqliteSentence(path, error) ?? sentence, error);
}

/** SQLSTATE classes (PostgreSQL documentation, appendix A) and the connection's own codes. */
function postgresSentence(place: string, error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  if (typeof code !== "string") {
    const isLost =
      error instanceof Error && /connection terminated|timeout exceeded when trying to connect/iu.test(error.message);
    return isLost ? `The database ${place} closed the connection. Look whether your change is there, then try again.` : undefined;
  }
  if (code === "53100")
    return `The disk of the database ${place} is full. What you just wrote was not saved; free some space and try again.`;
  if (code === "25006") return `The database ${place} takes no changes at present. Nothing was saved; try again when it does.`;
  if (code === "40001" || code === "40P01" || code === "55P03")
    return "Two changes met at the same moment, and this one was not saved. Try again.";
  if (/^(08|57P|53)|^ECONN|^ENOTFOUND$|^ETIMEDOUT$|^EPIPE$|^EHOSTUNREACH$|^EAI_AGAIN$/u.test(code))
    return `The database ${place} cannot be reached. Check that it runs and that DATABASE_URL is right, then try again.`;
  return undefined;
}

/** The store's own trouble (no space, no connection, a damaged file) in words, as AppError `unavailable`; undefined for any other error. */
export function storageTrouble({ dialect, label }: Place, error: unknown): AppError | undefined {
  if (typeof error !== "object" || error === null || error instanceof AppError) return undefined;
  const sentence = dialect === "sqlite" ? sqliteSentence(label, error) : postgresSentence(label, error);
  return sentence === undefined ? undefined : unavailable(sentence, error);
}
