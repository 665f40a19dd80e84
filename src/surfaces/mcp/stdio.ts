import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { type AssistantFacts, assistantServer } from "./server.ts";

/** Serves one assistant over standard input and output until it hangs up. Nothing else may write to standard output. */
export async function serveStdio(facts: AssistantFacts): Promise<void> {
  const server = assistantServer(facts);
  const transport = new StdioServerTransport();
  const ended = new Promise<void>((done) => {
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the SDK has no other way
    server.onclose = done;
    process.stdin.once("end", done);
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
  });
  await server.connect(transport);
  await ended;
  await server.close();
}
