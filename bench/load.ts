import { connect, type Socket } from "node:net";

/** What one client asked for and how it was answered. Latencies in milliseconds. */
export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
}

export interface LoadPlan {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** Ends earlier, after so many requests on each connection. */
  readonly requests?: number;
  /** One whole HTTP/1.1 request; called again for each, so that writes can differ. */
  readonly request: () => Buffer;
}

/** An HTTP/1.1 request as bytes, for a keep-alive connection to loopback. */
export function requestBytes(
  port: number,
  method: string,
  path: string,
  options: { readonly headers?: Record<string, string>; readonly body?: string } = {},
): Buffer {
  const headers = {
    host: `127.0.0.1:${port}`,
    connection: "keep-alive",
    ...(options.body === undefined ? {} : { "content-length": String(Buffer.byteLength(options.body)) }),
    ...options.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${options.body ?? ""}`);
}

const HEAD_END = Buffer.from("\r\n\r\n");
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

/** Whether the bytes hold one whole response. The load client never pipelines, so nothing follows it. */
function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return false;
  const head = bytes.subarray(0, end).toString("latin1").toLowerCase();
  const length = /\r\ncontent-length: (\d+)/u.exec(head);
  if (length) return bytes.length >= end + 4 + Number(length[1]);
  if (head.includes("\r\ntransfer-encoding: chunked")) return bytes.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK);
  return true;
}

function exchange(socket: Socket, request: Buffer): Promise<{ ok: boolean }> {
  return new Promise((done, failed) => {
    let received: Buffer = Buffer.alloc(0);
    const onData = (chunk: Buffer): void => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      if (!isWhole(received)) return;
      socket.off("data", onData);
      socket.off("error", failed);
      const status = Number(received.subarray(9, 12).toString("latin1"));
      done({ ok: status >= 200 && status < 400 });
    };
    socket.on("data", onData);
    socket.once("error", failed);
    socket.write(request);
  });
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The value that `share` of a list stays below. */
export function percentileOf(values: readonly number[], share: number): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    share,
  );
}

/** The median of a list. */
export function median(values: readonly number[]): number {
  return percentileOf(values, 0.5);
}

async function client(plan: LoadPlan, until: number, latencies: number[]): Promise<number> {
  const socket = connect({ port: plan.port, host: "127.0.0.1", noDelay: true });
  let failures = 0;
  try {
    for (let left = plan.requests ?? Number.POSITIVE_INFINITY; left > 0 && performance.now() < until; left -= 1) {
      const started = performance.now();
      const { ok } = await exchange(socket, plan.request());
      latencies.push(performance.now() - started);
      if (!ok) failures += 1;
    }
  } finally {
    socket.destroy();
  }
  return failures;
}

/** Asks as fast as the answers come, on `connections` keep-alive connections, for `seconds`. */
export async function load(plan: LoadPlan): Promise<LoadResult> {
  const latencies: number[] = [];
  const started = performance.now();
  const until = started + plan.seconds * 1_000;
  const failures = await Promise.all(Array.from({ length: plan.connections }, () => client(plan, until, latencies)));
  const elapsed = (performance.now() - started) / 1_000;
  const sorted = latencies.toSorted((a, b) => a - b);
  return {
    requestsPerSecond: latencies.length / elapsed,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    failures: failures.reduce((sum, count) => sum + count, 0),
  };
}
