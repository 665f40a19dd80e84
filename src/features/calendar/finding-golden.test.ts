import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findOneToOne, type Finding } from "./rules/finding.ts";
import { isCalled, ownAddresses } from "./rules/finding-people.ts";
import type { EventSeries } from "./schema/following.ts";

interface Labelled {
  readonly title: string;
  readonly is: boolean;
  readonly guests?: readonly string[];
  readonly everyDays?: number;
  readonly minutes?: number;
  readonly who?: string;
}

interface Company {
  readonly company: string;
  readonly owner: { readonly name: string; readonly email: string | null };
  readonly known?: readonly { readonly name: string; readonly email: string }[];
  readonly series: readonly Labelled[];
}

function partyOf(text: string): { name: string; email: string; isRoom: boolean } {
  const { name = "", email = text } = /^(?<name>.*?) <(?<email>[^>]+)>$/u.exec(text)?.groups ?? {};
  return { name, email, isRoom: false };
}

function seriesOf({ title, guests = [], everyDays = 7, minutes = 30 }: Labelled, index: number): EventSeries {
  return {
    key: String(index),
    uids: [String(index)],
    title,
    organizer: guests[0] === undefined ? null : partyOf(guests[0]),
    attendees: guests.map(partyOf),
    isAllDay: false,
    minutes,
    everyDays,
    rhythm: "every week on Tuesday at 10:00",
    instances: [],
    cancelledKeys: [],
    doubtedZone: null,
    until: "2026-09-01T00:00:00.000Z",
  };
}

interface Judged extends Labelled {
  readonly company: string;
  readonly finding: Finding | undefined;
}

function judge(file: string): Judged[] {
  const companies = JSON.parse(readFileSync(new URL(`golden/${file}`, import.meta.url), "utf8")) as Company[];
  return companies.flatMap(({ company, owner, series, known = [] }) => {
    const all = series.map(seriesOf);
    const self = { name: owner.name, addresses: ownAddresses(all, owner.email) };
    const people = known.map((one, index) => ({ id: String(index), ...one }));
    return series.map((one, index) => ({
      ...one,
      company,
      finding: findOneToOne(all[index] as EventSeries, { self, people, titleRules: [] }),
    }));
  });
}

interface Measured {
  readonly precision: number;
  readonly recall: number;
  /** Of all 1:1s, how many are shown at all: those that only might be one included. */
  readonly shown: number;
  /** Of those found with a name to guess, how many were guessed. */
  readonly named: number;
  readonly wrong: readonly string[];
}

function measure(all: readonly Judged[]): Measured {
  const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
  const truly = all.filter((one) => one.is);
  const likely = all.filter((one) => one.finding?.isLikely);
  const nameable = truly.filter((one) => one.who !== undefined && one.finding !== undefined);
  const isGuessed = (one: Judged): boolean =>
    isCalled(one.finding?.name ?? "", one.who ?? "") || isCalled(one.who ?? "", one.finding?.name ?? "");
  const verdict = (one: Judged): string =>
    one.finding ? `${one.finding.isLikely ? "likely" : "maybe"} ${one.finding.score}` : "no";
  const wrong = [
    ...all
      .filter((one) => one.is !== (one.finding?.isLikely ?? false))
      .map((one) => `${one.is ? "missed" : "mistaken"}: ${one.title} (${verdict(one)}; ${one.company})`),
    ...nameable
      .filter((one) => !isGuessed(one))
      .map((one) => `called ${one.finding?.name ?? "nobody"} instead of ${one.who ?? ""}: ${one.title}`),
  ];
  return {
    precision: share(likely.filter((one) => one.is).length, likely.length),
    recall: share(truly.filter((one) => one.finding?.isLikely).length, truly.length),
    shown: share(truly.filter((one) => one.finding).length, truly.length),
    named: share(nameable.filter(isGuessed).length, nameable.length),
    wrong,
  };
}

function report(name: string, all: readonly Judged[], found: Measured): string {
  const percent = (part: number): string => `${Math.round(part * 1000) / 10} %`;
  const figures = `precision ${percent(found.precision)}, recall ${percent(found.recall)}, shown ${percent(found.shown)}, named ${percent(found.named)}`;
  return [`${name} (${all.length} series): ${figures}`, ...found.wrong].join("\n  ");
}

test("1:1s are told from other series: development set", (context) => {
  const all = judge("finding-development.json");
  const found = measure(all);
  const text = report("development", all, found);
  context.diagnostic(text);
  assert.ok(all.length >= 80);
  assert.ok(found.precision >= 0.95, text);
  assert.ok(found.recall >= 0.95, text);
  assert.ok(found.shown >= 0.97, text);
  assert.ok(found.named >= 0.95, text);
});

test("1:1s are told from other series: held-out set", (context) => {
  const all = judge("finding-heldout.json");
  const found = measure(all);
  const text = report("held out", all, found);
  context.diagnostic(text);
  assert.ok(found.precision >= 0.85, text);
  assert.ok(found.recall >= 0.8, text);
  assert.ok(found.shown >= 0.9, text);
  assert.ok(found.named >= 0.8, text);
});
