import { join } from "node:path";
import { expect, it } from "vitest";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { installedGrammars } from "../../syntax/place";
import { type Attack, attacksOn } from "./support/attacks";
import { patternsIn } from "./support/regular-expressions";

/** The engine, and the folders that it stands on. */
const folders = ["core/edit", "base", "syntax"];
/**
 * A text of so many characters takes a pattern of linear time less than so many milliseconds, and
 * one of quadratic time (the last row) or of cubic time (the row before) more.
 */
const lastLength = 4_000;
const steps = [
  [200, 0.5],
  [lastLength, 0.5],
] as const;
/**
 * Where time may be exponential, short texts come first, in small steps: from a long one the search
 * would not return.
 */
const firstSteps = Array.from({ length: 15 }, (_, at) => [Math.round(8 * 1.25 ** at), 1] as const);
/** For one that is doubtful: a text longer by a factor may take so many times that factor. */
const slack = 2;
const tries = 5;
const rounds = 5;

it("no regular expression of the edit engine takes more than linear time on its own worst cases", async () => {
  const grammar = await installedGrammars().load("typescript");
  if (!grammar) throw new Error("The TypeScript grammar is not there.");
  const slow: string[] = [];
  for (const folder of folders) {
    const patterns = patternsIn(join(import.meta.dirname, "../../../src", folder), grammar);
    expect(patterns.length).toBeGreaterThan(10);
    for (const one of patterns) {
      const attack = slowOn(one);
      if (attack)
        slow.push(`${one.places.join(" ")}  /${one.source}/${one.flags}  ${shown(attack)}`);
    }
  }
  expect(slow).toEqual([]);
});

it("a line of many words in quotes does not hold up the reading of an answer", async () => {
  const words = '"a"  "b"  "c"  '.repeat(400);
  const answer = `\`\`\`python\nWORDS = [\n${words}\n]\n\`\`\`\n\n${words}\n`;
  const from = process.cpuUsage();
  await planEdits({
    answer,
    truncated: false,
    files: [{ path: "words.py", languageId: "python", text: `WORDS = []\n${words}\n` }],
  });
  expect(process.cpuUsage(from).user / 1_000).toBeLessThan(2_000);
});

it.each([
  ["nested repetition", "^(?:a+)+$"],
  ["words in quotes before a head", '^(?:(?:export|"\\s*)\\s+)*class'],
  ["blanks at the end, from every place", "\\s+$"],
  ["two repetitions of the same", "^\\s*,?\\s*x"],
  ["a repetition that any start can begin", "\\w+\\("],
  ["three of them", "^\\w*\\w*\\w*!"],
  ["a start that comes again and again", "</think>(.*)$"],
  ["what a class leaves out behind two repetitions", "^~~~\\s*([^`]*)$"],
  ["two signs in turn", "^a=(?:\\([^=]*\\)|b)\\s*(?::[^=]+)?=>"],
])("the worst cases find %s", (_, source) => {
  expect(slowOn({ source, flags: "" })).toBeDefined();
});

it.each([
  ["blanks from the start of the text", "^\\s*x"],
  ["alternatives that differ in their first character", "^(?:a|b\\s)*c"],
  ["a repetition with a limit", "\\s{0,8}x"],
  ["a start that comes again and again before a limit", "chang\\w{0,8}[^`]{0,80}`"],
  ["a class that leaves out what follows it", "^[^:]*:[^;]*;"],
])("the worst cases find nothing in %s", (_, source) => {
  expect(slowOn({ source, flags: "" })).toBeUndefined();
});

function slowOn({
  source,
  flags,
}: {
  readonly source: string;
  readonly flags: string;
}): Attack | undefined {
  const pattern = new RegExp(source, flags);
  const { attacks, isNested } = attacksOn(source, flags);
  const own = isNested ? [...firstSteps, ...steps] : steps;
  return attacks.find((attack) => own.some(([length, ms]) => isSlow(pattern, attack, length, ms)));
}

function isSlow(pattern: RegExp, attack: Attack, length: number, mostMs: number): boolean {
  const text = textOf(attack, length);
  // The clock is asked first, as it costs less; on a machine with other work it says too much.
  if (timeOf(pattern, text, () => performance.now()) <= mostMs) return false;
  if (leastOf(pattern, text) <= mostMs) return false;
  // What else the machine does slows some rounds down, never each of them; a pattern that is slow
  // is so in every round.
  const inEachRound = (isSlowNow: () => boolean): boolean =>
    Array.from({ length: rounds }).every(isSlowNow);
  // Linear time cannot be as much for a text as short as that; for a longer one the growth decides.
  if (length < lastLength) return inEachRound(() => leastOf(pattern, text, 1) > mostMs);
  const [short, long] = [textOf(attack, length / 2), textOf(attack, length * 2)];
  return inEachRound(() => leastOf(pattern, long, 2) / leastOf(pattern, short) > 4 * slack);
}

/** The least processor time of some tries: the first ones compile the pattern. */
function leastOf(pattern: RegExp, text: string, count = tries): number {
  return Math.min(...Array.from({ length: count }, () => timeOf(pattern, text, processorMs)));
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function textOf({ start, pump, end }: Attack, length: number): string {
  return start + pump.repeat(Math.ceil(length / pump.length)) + end;
}

function timeOf(pattern: RegExp, text: string, nowMs: () => number): number {
  const from = nowMs();
  if (pattern.global) text.replace(pattern, "");
  else pattern.test(text);
  return nowMs() - from;
}

function shown({ start, pump, end }: Attack): string {
  return `${JSON.stringify(start)} + ${JSON.stringify(pump)} × n + ${JSON.stringify(end)}`;
}
