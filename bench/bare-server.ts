/**
 * What the program is measured against: `node:http` and `node:sqlite` with nothing between them. It answers with the same 20 notes
 * as escaped HTML, and keeps a note with one durable insert. Usage: node bench/bare-server.ts FILE OWNER
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";

const [path = "", owner = ""] = process.argv.slice(2);
const file = new DatabaseSync(path);
file.exec(
  "pragma journal_mode = wal; pragma synchronous = full; create table if not exists bare_note (id integer primary key, text text not null);",
);

const newest = file.prepare(
  "select text, happened_at from record_entry where owner_id = ? order by happened_at desc, id desc limit 20",
);
const keep = file.prepare("insert into bare_note (text) values (?)");
const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escape(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => ESCAPES[sign] ?? sign);
}

function notesPage(): string {
  const notes = newest.all(owner) as { text: string; happened_at: string }[];
  const items = notes.map((note) => `<li class="entry"><time>${escape(note.happened_at)}</time><p>${escape(note.text)}</p></li>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notes</title></head><body><ul class="entries">${items.join("")}</ul></body></html>`;
}

const server = createServer((request, response) => {
  if (request.method === "POST") {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      keep.run(body);
      response.writeHead(303, { location: "/", "content-length": 0 }).end();
    });
    return;
  }
  const page = Buffer.from(notesPage());
  response.writeHead(200, { "content-type": "text/html; charset=UTF-8", "content-length": page.length }).end(page);
});

server.listen(0, "127.0.0.1", () => process.stdout.write(`Bare at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`));
process.once("SIGTERM", () => server.close(() => file.close()));
