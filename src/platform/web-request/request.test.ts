import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { bodyOf, peerCertificate, withWebPeer } from "../../../test/support/web-peer.ts";
import { type Resolve, requestWeb, WebTrouble, type WebRequest } from "./index.ts";

const ask = (url: string, more: Partial<WebRequest> = {}) => requestWeb({ url: new URL(url), allowPrivate: true, ...more });

async function trouble(work: Promise<unknown>): Promise<WebTrouble> {
  try {
    await work;
  } catch (error) {
    if (error instanceof WebTrouble) return error;
    throw error;
  }
  throw new Error("It should have come to nothing.");
}

test("an answer brings its status, its headers and its text", () =>
  withWebPeer(
    (_request, response) => response.writeHead(404, { etag: '"one"', "content-type": "text/calendar" }).end("\uFEFFGrüße\0"),
    async (at) => {
      const answer = await ask(`${at}/calendar.ics`);
      assert.equal(answer.status, 404);
      assert.equal(answer.header("etag"), '"one"');
      assert.equal(answer.text, "Grüße", "without byte order mark and NUL");
    },
  ));

test("what is asked for arrives: method, headers, body and login", () =>
  withWebPeer(
    async (request, response) => {
      const body = await bodyOf(request);
      const { authorization, depth } = request.headers;
      response.end(JSON.stringify([request.method, request.url, depth, authorization, body]));
    },
    async (at) => {
      const login = { user: "ana", password: "pärole" };
      const answer = await ask(`${at}/dav/?a=b`, { method: "PROPFIND", headers: { depth: "1" }, body: "<x/>", login });
      const basic = `Basic ${Buffer.from("ana:pärole").toString("base64")}`;
      assert.deepEqual(JSON.parse(answer.text), ["PROPFIND", "/dav/?a=b", "1", basic, "<x/>"]);
    },
  ));

test("packed answers are unpacked", () =>
  withWebPeer(
    (request, response) => {
      const encoding = request.url?.slice(1) ?? "";
      const packed = { gzip: gzipSync("text"), deflate: deflateSync("text"), br: brotliCompressSync("text") }[encoding];
      response.writeHead(200, { "content-encoding": encoding }).end(packed);
    },
    async (at) => {
      for (const encoding of ["gzip", "deflate", "br"]) assert.equal((await ask(`${at}/${encoding}`)).text, "text");
      assert.equal((await trouble(ask(`${at}/zstd`))).trouble, "broken");
    },
  ));

test("a calendar in Latin-1 is read as what it says it is, and an unknown character set as UTF-8", () =>
  withWebPeer(
    (request, response) => {
      response.setHeader("content-type", `text/calendar; charset=${request.url?.slice(1)}`);
      response.end(Buffer.from("Grüße", request.url === "/iso-8859-1" ? "latin1" : "utf8"));
    },
    async (at) => {
      for (const name of ["iso-8859-1", "utf-8", "klingon"]) assert.equal((await ask(`${at}/${name}`)).text, "Grüße");
    },
  ));

test("without its owner's leave nothing on this machine or around it is asked, however it is written", async () => {
  let asked = 0;
  await withWebPeer(
    (_request, response) => {
      asked += 1;
      response.end();
    },
    async (at) => {
      const { port } = new URL(at);
      const hosts = ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"];
      for (const host of hosts) {
        const { trouble: kind } = await trouble(ask(`http://${host}:${port}/`, { allowPrivate: false }));
        assert.equal(kind, "own_network", host);
      }
    },
  );
  assert.equal(asked, 0, "no connection was made");
});

test("a name is checked in the look-up that the connection uses, each of its addresses", async () => {
  let lookups = 0;
  const answers = [["93.184.216.34", "10.0.0.7"], ["169.254.10.1"], ["fd12::1"], ["100.64.0.1"], ["0.0.0.0"], ["224.0.0.1"], []];
  for (const addresses of answers) {
    const resolve: Resolve = async () => {
      lookups += 1;
      return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    };
    const refused = await trouble(ask("https://calendar.example/", { allowPrivate: false, resolve }));
    assert.equal(refused.trouble, "own_network", addresses.join(" "));
  }
  assert.equal(lookups, answers.length, "there is no second look-up that could be answered otherwise (DNS rebinding)");
});

test("a name that leads home is asked once its owner allows it, at the address that was checked", () =>
  withWebPeer(
    (request, response) => response.end(request.headers.host),
    async (at) => {
      const { port } = new URL(at);
      const resolve: Resolve = async () => [{ address: "127.0.0.1", family: 4 }];
      assert.equal((await ask(`http://nas.example:${port}/`, { resolve })).text, `nas.example:${port}`);
    },
  ));

test("what a redirect leads to is checked as well", async () => {
  const targets = [
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/",
    "http://0.0.0.0/",
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:70/",
    "http://[",
  ];
  await withWebPeer(
    (request, response) => response.writeHead(302, { location: targets[Number(request.url?.slice(1))] }).end(),
    async (at) => {
      for (const index of targets.keys()) {
        const { trouble: kind } = await trouble(ask(`${at}/${index}`));
        assert.ok(kind === "own_network" || kind === "redirect", `${targets[index]} ${kind}`);
      }
    },
  );
});

test("a redirect keeps method and body, and the login only within the same origin", async () => {
  const seen: [string | undefined, string | undefined, string | undefined][] = [];
  const note = ({ method, url, headers }: IncomingMessage): unknown => seen.push([method, url, headers.authorization]);
  await withWebPeer(
    (request, response) => {
      note(request);
      response.end("there");
    },
    async (other) => {
      await withWebPeer(
        (request, response) => {
          note(request);
          const location = request.url === "/.well-known/caldav" ? "/dav/" : `${other}/elsewhere`;
          response.writeHead(request.url === "/dav/" ? 303 : 301, { location }).end();
        },
        async (at) => {
          const login = { user: "ana", password: "secret" };
          const answer = await ask(`${at}/.well-known/caldav`, { method: "PROPFIND", body: "<x/>", login });
          assert.equal(answer.text, "there");
          assert.equal(answer.url.href, `${other}/elsewhere`);
        },
      );
    },
  );
  assert.deepEqual(
    seen.map(([method, url, authorization]) => [method, url, authorization !== undefined]),
    [
      ["PROPFIND", "/.well-known/caldav", true],
      ["PROPFIND", "/dav/", true],
      ["GET", "/elsewhere", false],
    ],
  );
});

test("redirects without an end are given up after five", async () => {
  let asked = 0;
  await withWebPeer(
    (_request, response) => {
      asked += 1;
      response.writeHead(302, { location: `/${asked}` }).end();
    },
    async (at) => assert.equal((await trouble(ask(at))).trouble, "redirect"),
  );
  assert.equal(asked, 6);
});

test("from https nothing leads to http, and a certificate that nobody vouches for is said in words", () =>
  withWebPeer(
    (_request, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    async (at) => {
      assert.equal((await trouble(ask(at, { trusted: peerCertificate }))).trouble, "redirect");
      const untrusted = await trouble(ask(at));
      assert.equal(untrusted.trouble, "tls");
      assert.match(untrusted.message, /certificate/u);
    },
    true,
  ));

test("a small answer that unpacks to a huge one is given up early", async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  await withWebPeer(
    (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
    async (at) => assert.equal((await trouble(ask(at, { maxBytes: 1_000_000 }))).trouble, "too_large"),
  );
});

test("an answer that is too long is not read to its end, whether it says its length or not", () =>
  withWebPeer(
    (request, response) => {
      if (request.url === "/declared") response.writeHead(200, { "content-length": "2000000" });
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(100_000)));
        response.once("drain", more);
      };
      more();
    },
    async (at) => {
      for (const path of ["/declared", "/endless"])
        assert.equal((await trouble(ask(at + path, { maxBytes: 1_000_000 }))).trouble, "too_large");
    },
  ));

test("a server that drips byte after byte, or says nothing, runs out of time", () =>
  withWebPeer(
    async (request, response) => {
      if (request.url === "/silent") return;
      response.writeHead(200);
      while (!response.destroyed) {
        response.write("x");
        await wait(5);
      }
    },
    async (at) => {
      for (const path of ["/drip", "/silent"]) {
        const { trouble: kind, message } = await trouble(ask(at + path, { maxMilliseconds: 150 }));
        assert.equal(kind, "timeout");
        assert.match(message, /took too long/u);
      }
    },
  ));

test("an answer that breaks off, plain or packed, is no answer", () =>
  withWebPeer(
    (request, response) => {
      if (request.url === "/packed") {
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("text".repeat(1_000)).subarray(0, 30));
        return;
      }
      response.writeHead(200, { "content-length": "1000" });
      response.write("half", () => response.destroy());
    },
    async (at) => {
      assert.equal((await trouble(ask(`${at}/plain`))).trouble, "no_connection");
      assert.equal((await trouble(ask(`${at}/packed`))).trouble, "broken");
    },
  ));

test("a server that is not there, and a name that does not exist, are told apart", async () => {
  const free = await new Promise<number>((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
  const refused = await trouble(ask(`http://127.0.0.1:${free}/secret-path`));
  assert.equal(refused.trouble, "no_connection");
  const resolve: Resolve = () => Promise.reject(Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }));
  const unknown = await trouble(ask("https://nowhere.example/secret-path", { resolve }));
  assert.equal(unknown.trouble, "dns");
  for (const { message, cause } of [refused, unknown]) {
    assert.doesNotMatch(message, /secret-path/u);
    assert.equal(cause, undefined, "Node's own error quotes addresses");
  }
});
