// Measures the impact scorer on labelled statements and on duty sentences, and its speed.
//   node bench/impact/run.ts
import { existsSync, readFileSync } from "node:fs";
import type { ImpactScore } from "../../src/features/impact/schema.ts";
import {
  areaUnderCurve,
  askedSensibly,
  byDimension,
  decidedRight,
  foldsByProfession,
  type Judged,
  type Labelled,
} from "./measures.ts";

const FOLDS = 5;
const SPEED_ROUNDS = 10;

const loadStart = performance.now();
const rssBefore = process.memoryUsage().rss;
const { score } = await import("../../src/features/impact/rules/scoring.ts");
score("One sentence to warm up.");
const loadMs = performance.now() - loadStart;
const loadedMb = (process.memoryUsage().rss - rssBefore) / 1e6;

function read<T>(path: string): T[] {
  const file = new URL(path, import.meta.url);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { items: T[] }).items : [];
}

const percent = (value: number): string => (Number.isNaN(value) ? "-" : `${(value * 100).toFixed(1)} %`);
const say = (line = ""): void => console.log(line);

function judge(items: readonly Labelled[]): Judged[] {
  return items.map((label) => ({ label, score: score(label.text) }));
}

function row(name: string, judged: readonly Judged[]): string {
  return `| ${name} | ${judged.length} | ${areaUnderCurve(judged).toFixed(3)} | ${percent(decidedRight(judged))} | ${percent(askedSensibly(judged))} |`;
}

function reportSet(name: string, judged: readonly Judged[]): void {
  say(`\n## ${name}\n`);
  say("| part | statements | AUC strong above weak | strong/weak decided right | next question sensible |");
  say("| --- | --- | --- | --- | --- |");
  say(row("all", judged));
  for (const [at, fold] of foldsByProfession(judged, FOLDS).entries()) say(row(`fold ${at + 1} of professions`, fold));
  say("\n| dimension | precision | recall | precision of 2 | recall of 2 | exactly as labelled | in the worst fold |");
  say("| --- | --- | --- | --- | --- | --- | --- |");
  const folds = foldsByProfession(judged, FOLDS).map(byDimension);
  for (const [at, one] of byDimension(judged).entries()) {
    const worst = Math.min(...folds.map((figures) => figures[at]?.exact ?? Number.NaN));
    const cells = [one.precision, one.recall, one.precisionOfTwo, one.recallOfTwo, one.exact, worst].map(percent);
    say(`| ${one.dimension} | ${cells.join(" | ")} |`);
  }
}

function reportDuties(name: string, texts: readonly string[]): void {
  const bands = texts.map((text) => score(text).band);
  const count = (band: ImpactScore["band"]): number => bands.filter((one) => one === band).length;
  say(
    `| ${name} | ${texts.length} | ${percent(1 - count("strong") / texts.length)} | ${percent(count("weak") / texts.length)} |`,
  );
}

const shared = read<Labelled>("../../src/features/impact/data/examples.json");
const development = read<Labelled>("development/statements.json");
const border = read<Labelled>("development/border.json");
const trades = read<Labelled>("development/trades.json");
const traps = read<Labelled>("development/traps.json");
const voices = read<Labelled>("development/voices.json");
const heldout = read<Labelled>("heldout/statements.json");
const second = read<Labelled>("heldout/second-statements.json");
const third = read<Labelled>("heldout/third.json");
const sets = {
  Examples: shared,
  Development: development,
  "Development near the borders": border,
  "Development, more trades": trades,
  "Development, traps": traps,
  "Development, other voices": voices,
  "Held out": heldout,
  "Second held out": second,
  "Third held out": third,
};
for (const [name, items] of Object.entries(sets)) {
  if (items.length > 0) reportSet(name, judge(items));
}

say("\n## Duty sentences\n\n| set | sentences | not strong | weak |\n| --- | --- | --- | --- |");
const duties = {
  development: "development/duties.json",
  heldout: "heldout/duties.json",
  "second held out": "heldout/second-duties.json",
};
for (const [name, path] of Object.entries(duties)) {
  const texts = read<{ text: string }>(path).map(({ text }) => text);
  if (texts.length > 0) reportDuties(name, texts);
}

const texts = [...shared, ...development, ...heldout].map(({ text }) => text);
const start = process.cpuUsage();
for (let round = 0; round < SPEED_ROUNDS; round += 1) for (const text of texts) score(text);
const { user, system } = process.cpuUsage(start);
// Time of the processor and not of the clock: other work on the machine does not count.
const perSecond = (SPEED_ROUNDS * texts.length * 1e6) / (user + system);
say(
  `\n## Speed\n\n${Math.round(perSecond)} statements/s on one core; loading takes ${Math.round(loadMs)} ms and ${Math.round(loadedMb)} MB.`,
);
