import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Journey } from "./journey.ts";

/** Calls an operation of the running program over its API, as the person whose story it is. Gives the answer's text. */
export async function callApi({ server }: Journey, operation: string, input: object): Promise<string> {
  const { url, folder } = server();
  const token = readFileSync(join(folder, "data", "token"), "utf8").trim();
  const answer = await fetch(`${url}/api/${operation}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(input),
  });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return text;
}
