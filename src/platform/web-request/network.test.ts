import assert from "node:assert/strict";
import { test } from "node:test";
import { maskedAddress, networkOf, webAddress } from "./index.ts";
import { checkReach, type Reaching } from "./network.ts";

test("where an IP address lies", () => {
  const cases: Record<string, string> = {
    "93.184.216.34": "public",
    "2606:2800:220:1::1": "public",
    "::ffff:93.184.216.34": "public",
    "64:ff9b::5db8:d822": "public",
    "127.0.0.1": "own",
    "127.255.255.254": "own",
    "10.1.2.3": "own",
    "172.16.0.1": "own",
    "172.31.255.255": "own",
    "192.168.178.1": "own",
    "100.64.0.1": "own",
    "169.254.1.1": "own",
    "::1": "own",
    "fe80::1%eth0": "own",
    "fd00::1": "own",
    "::ffff:10.0.0.1": "own",
    "::ffff:7f00:1": "own",
    "64:ff9b::7f00:1": "own",
    "0.0.0.0": "never",
    "::": "never",
    "255.255.255.255": "never",
    "224.0.0.251": "never",
    "ff02::fb": "never",
    "240.0.0.1": "never",
    "192.0.2.1": "never",
    "2001:db8::1": "never",
    "2002:7f00:1::": "never",
    "169.254.169.254": "never",
    "::ffff:169.254.169.254": "never",
    "fd00:ec2::254": "never",
    "not an address": "never",
  };
  for (const [ip, reach] of Object.entries(cases)) assert.equal(networkOf(ip), reach, ip);
});

test("nothing on the internet leads into the own network, even where that may be reached", () => {
  const reaching: Reaching = { allowPrivate: true, secure: true, sawPublic: false };
  checkReach("nas.example", ["192.168.1.5"], reaching);
  checkReach("calendar.example", ["93.184.216.34"], reaching);
  assert.throws(() => checkReach("nas.example", ["192.168.1.5"], reaching), /your own network/u);
});

test("an address without protection is for the own network alone", () => {
  const reaching = (): Reaching => ({ allowPrivate: true, secure: false, sawPublic: false });
  checkReach("nas.example", ["192.168.1.5"], reaching());
  assert.throws(() => checkReach("calendar.example", ["93.184.216.34"], reaching()), /begins with http/u);
});

test("what people paste as an address", () => {
  const cases: Record<string, string | undefined> = {
    "webcal://p1-calendars.example.com/published/2/abc": "https://p1-calendars.example.com/published/2/abc",
    " WEBCAL://Example.com/a#part ": "https://example.com/a",
    "https://example.com/a b.ics": undefined,
    "http://2130706433/": "http://127.0.0.1/",
    "https://": undefined,
    "example.com/calendar.ics": undefined,
    "file:///etc/passwd": undefined,
    "javascript:alert(1)": undefined,
    [`https://example.com/${"x".repeat(5_000)}`]: undefined,
  };
  for (const [pasted, href] of Object.entries(cases)) assert.equal(webAddress(pasted)?.href, href, pasted.slice(0, 60));
});

test("an address is shown without what makes it a secret", () => {
  const masked = (text: string): string => maskedAddress(new URL(text));
  const secret = "https://user:password@calendar.example.com/calendar/ical/ana/private-0123456789abcdef/basic.ics?token=9f3e";
  assert.equal(masked(secret), "calendar.example.com/…9f3e");
  assert.equal(masked("https://example.com/a?b=c1234"), "example.com/…", "a short path would be shown in half");
  assert.equal(masked("http://nas.local:5232/ana/work/calendar.ics"), "nas.local:5232/….ics");
});
