import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";

const certificates = new URL("certificates/", import.meta.url);
export const peerCertificate = readFileSync(new URL("loopback.cert.pem", certificates), "utf8");
const key = readFileSync(new URL("loopback.key.pem", certificates), "utf8");

export type Answering = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Runs `work` with the address of a web server on loopback that answers as scripted; with TLS when `secure`. */
export async function withWebPeer(answer: Answering, work: (at: string) => Promise<void>, secure = false): Promise<void> {
  const answering = (request: IncomingMessage, response: ServerResponse): void => {
    // A script that fails shows as an answer that breaks off.
    void Promise.resolve(answer(request, response)).catch(() => response.destroy());
  };
  const server = secure ? createSecureServer({ cert: peerCertificate, key }, answering) : createServer(answering);
  await new Promise<void>((ready) => {
    server.listen(0, "127.0.0.1", ready);
  });
  try {
    await work(`${secure ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => {
      server.close(closed);
    });
  }
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
