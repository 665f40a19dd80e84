import { chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type SmtpSink, startSmtpSink } from "../support/smtp-sink.ts";
import { freePort, serverFolder, startServer, writeConfig } from "./server-process.ts";

/** Everybody who has a mailbox at example.org in these tests, with the password "secret". */
export const MAILBOXES = ["ana@example.org", "max@example.org", "dana@example.org"] as const;
export const PASSWORD = "secret";

/** Postfix and Dovecot on loopback: what is submitted to the one for example.org lies in the other's mailboxes; nothing else leaves.
 * What goes to elsewhere.example is taken, and comes back. */
export interface MailServers {
  /** STARTTLS, and TLS from the first byte. */
  readonly smtp: { readonly starttls: number; readonly tls: number };
  readonly imap: { readonly plain: number; readonly tls: number };
  /** The certificate of all of them, as PEM. */
  readonly certificate: string;
  /** Access tokens that Dovecot believes, and whose they are. */
  readonly tokens: Map<string, string>;
  stop(): Promise<void>;
}

const certificates = fileURLToPath(new URL("../support/certificates/", import.meta.url));

function idsOf(user: string): { uid: number; gid: number } {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((one) => one.startsWith(`${user}:`));
  if (!line) throw new Error(`There is no user "${user}". test/peers/install.sh brings it.`);
  const [, , uid, gid] = line.split(":");
  return { uid: Number(uid), gid: Number(gid) };
}

/** What Dovecot asks about an access token (RFC 7662). */
async function startTokens(tokens: ReadonlyMap<string, string>): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const username = tokens.get(new URLSearchParams(body).get("token") ?? "");
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(username ? { active: true, username } : { active: false }));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as { port: number }).port };
}

async function startDovecot(ports: Readonly<Record<string, number>>) {
  const folder = serverFolder("dovecot");
  const mail = idsOf("mail");
  mkdirSync(join(folder, "mail"));
  chownSync(join(folder, "mail"), mail.uid, mail.gid);
  writeFileSync(join(folder, "users"), MAILBOXES.map((name) => `${name}:{PLAIN}${PASSWORD}\n`).join(""));
  const values = {
    DIR: folder,
    CERTIFICATE: join(certificates, "loopback.cert.pem"),
    KEY: join(certificates, "loopback.key.pem"),
    ...ports,
  };
  writeConfig("oauth2.conf", folder, "oauth2.conf", values);
  const config = writeConfig("dovecot.conf", folder, "dovecot.conf", values);
  return startServer(["dovecot", "-F", "-c", config], {
    folder,
    ports: [ports["IMAP"], ports["IMAPS"], ports["LMTP"], ports["AUTH"]] as number[],
  });
}

async function startPostfix(ports: Readonly<Record<string, number>>) {
  const folder = serverFolder("postfix");
  const { uid, gid } = idsOf("postfix");
  for (const part of ["queue", "data", "log"]) mkdirSync(join(folder, part));
  chownSync(join(folder, "data"), uid, gid);
  writeFileSync(join(folder, "mailboxes"), MAILBOXES.map((name) => `${name} there\n`).join(""));
  const values = {
    DIR: folder,
    CERTIFICATE: join(certificates, "loopback.cert.pem"),
    KEY: join(certificates, "loopback.key.pem"),
    ...ports,
  };
  writeConfig("main.cf", folder, "main.cf", values);
  writeConfig("master.cf", folder, "master.cf", values);
  const server = await startServer(["postfix", "-c", folder, "start-fg"], {
    folder,
    ports: [ports["SUBMISSION"], ports["SUBMISSIONS"]] as number[],
    stopCommand: ["postfix", "-c", folder, "stop"],
  });
  statSync(join(folder, "queue", "active"));
  return server;
}

/** Starts both. The caller stops them; what they keep lies in the temporary folder and goes with them. */
export async function startMailServers(): Promise<MailServers> {
  const names = ["IMAP", "IMAPS", "LMTP", "AUTH", "SUBMISSION", "SUBMISSIONS"] as const;
  const tokens = new Map<string, string>();
  const tokenServer = await startTokens(tokens);
  const elsewhere: SmtpSink = await startSmtpSink({ fault: "refuse" });
  const ports: Record<string, number> = { TOKENS: tokenServer.port, ELSEWHERE: elsewhere.port };
  for (const name of names) ports[name] = await freePort();
  const started: { stop(): Promise<void> }[] = [];
  // A server that was started keeps this process alive: also when the next one does not start.
  async function stop(): Promise<void> {
    for (const server of started.toReversed()) await server.stop();
    await elsewhere.close();
    tokenServer.server.close();
  }
  try {
    started.push(await startDovecot(ports));
    started.push(await startPostfix(ports));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    smtp: { starttls: ports["SUBMISSION"] as number, tls: ports["SUBMISSIONS"] as number },
    imap: { plain: ports["IMAP"] as number, tls: ports["IMAPS"] as number },
    certificate: readFileSync(join(certificates, "loopback.cert.pem"), "utf8"),
    tokens,
    stop,
  };
}
