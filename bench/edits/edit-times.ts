import { performance } from "node:perf_hooks";
import { AnswerParser } from "../../src/core/edit/answer/answer-parser";
import { planEdits } from "../../src/core/edit/plan-edits";
import type { BenchResult } from "../bench-result";
import { blockOf } from "./malformed-edits";

const path = "src/big.ts";
const rounds = 5;

/**
 * Time of one edit in files of three lengths, for a text that was never seen and for one whose
 * index stands.
 */
export async function editTimes(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const count of [1_000, 10_000, 100_000]) results.push(...(await timesIn(count)));
  return results;
}

async function timesIn(count: number): Promise<BenchResult[]> {
  const lines = Array.from({ length: count }, (_, index) =>
    index % 7 === 0
      ? ""
      : `${"  ".repeat(index % 4)}const value${index} = compute(${index % 97}, "text ${index}"); // ${index % 13}`,
  );
  const at = Math.floor(count * 0.95);
  const quoted = lines.slice(at, at + 8);
  const fresh = quoted.map((line, index) =>
    index === 3 ? line.replace("compute", "derive") : line,
  );
  const changes: readonly [name: string, change: (line: string, index: number) => string][] = [
    ["exact", (line) => line],
    ["indentation lost", (line) => line.trimStart()],
    ["inexact", (line, index) => (index === 5 ? line.replace("compute", "compuet") : line)],
  ];
  const results: BenchResult[] = [];
  for (const [name, change] of changes) {
    const answer = blockOf(path, quoted.map(change), fresh.map(change));
    const cold: number[] = [];
    const kept: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const text = `// ${name} ${round}\n${lines.join("\n")}\n`;
      cold.push(await timeOf(answer, text));
      kept.push(await timeOf(answer, text));
    }
    const note = (what: string): string => `median of ${rounds}, ${what}`;
    results.push({
      name: `one edit in ${count} lines, ${name}`,
      value: median(cold),
      unit: "ms",
      note: note("text never seen"),
    });
    results.push({
      name: `one edit in ${count} lines, ${name}, again`,
      value: median(kept),
      unit: "ms",
      note: note("its index stands"),
    });
  }
  return results;
}

async function timeOf(answer: string, text: string): Promise<number> {
  const start = performance.now();
  const plan = await planEdits({
    answer,
    truncated: false,
    files: [{ path, languageId: "typescript", text }],
  });
  const spent = performance.now() - start;
  if (plan.kind !== "plan") throw new Error(`not applied: ${JSON.stringify(plan)}`);
  return spent;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 10) / 10;
}

/** How many pieces of a stream the parser takes in a second; a token is some four characters. */
export function parserSpeed(answer: string): BenchResult {
  const pieces = answer.match(/[\s\S]{1,4}/g) ?? [];
  const parser = new AnswerParser();
  const start = performance.now();
  for (const piece of pieces) parser.push(piece);
  parser.end(false);
  const perSecond = Math.round((pieces.length / (performance.now() - start)) * 1_000);
  return {
    name: "answer read while it streams",
    value: perSecond,
    unit: "tokens/s",
    note: `${pieces.length} pieces of four characters`,
  };
}
