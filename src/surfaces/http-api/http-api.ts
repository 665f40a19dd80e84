import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { didYouMean } from "../../lib/nearest.ts";
import { type AnyOperation, call, type Caller, mayChange } from "../../platform/operation.ts";
import {
  checkInputNames,
  type Field,
  fieldsOf,
  isFlat,
  operationWords,
  valueFromTexts,
} from "../../platform/operation-schema.ts";
import { openApiDocument } from "./openapi.ts";
import { problem, problemFor } from "./problem.ts";

const LARGEST_INPUT_BYTES = 1_000_000;

export interface HttpApiFacts {
  readonly operations: readonly AnyOperation[];
  readonly version: string;
  /** Whom a bearer token belongs to; undefined for a token that is unknown or was renewed. */
  readonly callerFor: (token: string) => Promise<Caller | undefined>;
  /** Where the owner finds the token, for the message to somebody who comes without: "in the file ... and on the page /settings". */
  readonly tokenPlace: string;
  /** Told about errors that nobody expected. */
  readonly log?: (error: Error) => void;
}

interface Endpoint {
  readonly operation: AnyOperation;
  readonly fields: readonly Field[];
  readonly limit: ReturnType<typeof bodyLimit>;
}

type ApiContext = Context<{ Variables: { caller: Caller } }>;

function toEndpoint(operation: AnyOperation): Endpoint {
  const maxSize = operation.maxInputBytes ?? LARGEST_INPUT_BYTES;
  const tooLarge = () =>
    problem(
      "too_large",
      `The body is longer than ${maxSize.toLocaleString("en")} bytes, so nothing was saved. Shorten the text or split it in two.`,
    );
  return { operation, fields: fieldsOf(operation), limit: bodyLimit({ maxSize, onError: tooLarge }) };
}

async function readBody(c: ApiContext): Promise<{ input: unknown } | undefined> {
  const text = await c.req.text();
  if (text.trim() === "") return { input: {} };
  try {
    return { input: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

async function answer(c: ApiContext, { operation, fields }: Endpoint, input: unknown): Promise<Response> {
  checkInputNames(fields, input);
  const output = await call(c.get("caller"), operation, input);
  return c.json(output as object, 200, { "cache-control": "no-store" });
}

async function answerPost(c: ApiContext, endpoint: Endpoint): Promise<Response> {
  const body = await readBody(c);
  if (!body) return problem("malformed", 'The body is not JSON. Send an object such as {"text": "…"} in UTF-8.');
  return answer(c, endpoint, body.input);
}

function answerGet(c: ApiContext, endpoint: Endpoint): Response | Promise<Response> {
  const { operation, fields } = endpoint;
  if (mayChange(operation) || !isFlat(fields)) {
    return problem("method_not_allowed", `${operation.name} takes its input as JSON: use POST.`, { headers: { allow: "POST" } });
  }
  const given = c.req.queries();
  checkInputNames(fields, given);
  const named = fields.filter((field) => given[field.name] !== undefined);
  return answer(
    c,
    endpoint,
    Object.fromEntries(named.map((field) => [field.name, valueFromTexts(field, given[field.name] as string[])])),
  );
}

/**
 * Every operation as `POST /<feature>/<verb>` (or `/<feature>.<verb>`) with a JSON body; reading ones with flat input also as GET
 * with query parameters. `GET /openapi.json` and `GET /health` need no token. Meant to be mounted at /api.
 */
export function httpApi(facts: HttpApiFacts): Hono<{ Variables: { caller: Caller } }> {
  const { operations, version, callerFor, tokenPlace, log = () => undefined } = facts;
  const api = new Hono<{ Variables: { caller: Caller } }>();
  // Schemas are made at the first request: the start of the program does not wait for them.
  let endpoints: Map<string, Endpoint> | undefined;
  const endpointFor = (path: string): Endpoint | undefined => {
    endpoints ??= new Map(
      operations.flatMap((operation) =>
        [operationWords(operation.name).join("/"), operation.name].map((key) => [key, toEndpoint(operation)] as const),
      ),
    );
    return endpoints.get(path);
  };

  api.onError((error) => {
    const answered = problemFor(error);
    if (answered.status === 500) log(error);
    return answered;
  });
  api.get("/health", (c) => c.json({ ok: true, version }, 200, { "cache-control": "no-store" }));
  let document: object | undefined;
  api.get("/openapi.json", (c) => c.json((document ??= openApiDocument(operations, version)), 200));

  const handle = async (c: ApiContext, path: string): Promise<Response> => {
    const endpoint = endpointFor(path);
    if (!endpoint) {
      const known = operations.map((operation) => operationWords(operation.name).join("/"));
      return problem(
        "no_such_operation",
        `There is no operation "${path}".${didYouMean(path, known)} GET /api shows all of them.`,
      );
    }
    if (c.req.method === "GET" || c.req.method === "HEAD") return answerGet(c, endpoint);
    if (c.req.method !== "POST") return problem("method_not_allowed", "Use POST.", { headers: { allow: "GET, POST" } });
    let answered: Response | undefined;
    const refused = await endpoint.limit(c, async () => {
      answered = await answerPost(c, endpoint);
    });
    return answered ?? (refused as Response);
  };
  const withToken = async (c: ApiContext, path: string): Promise<Response> => {
    const token = /^Bearer +(\S+)$/iu.exec(c.req.header("authorization") ?? "")?.[1];
    const caller = token === undefined ? undefined : await callerFor(token);
    if (!caller) {
      const complaint =
        token === undefined ? "This needs the access token of this installation" : "This access token is not valid (any more)";
      const challenge = token === undefined ? 'Bearer realm="Throughline"' : 'Bearer realm="Throughline", error="invalid_token"';
      return problem("unauthorized", `${complaint}: send the header "Authorization: Bearer TOKEN". The token is ${tokenPlace}.`, {
        headers: { "www-authenticate": challenge },
      });
    }
    c.set("caller", caller);
    return handle(c, path);
  };
  api.all("/:feature/:verb", (c) => withToken(c, `${c.req.param("feature")}/${c.req.param("verb")}`));
  api.all("/:name", (c) => withToken(c, c.req.param("name")));
  return api;
}
