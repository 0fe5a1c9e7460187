import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunEvent } from "../src/protocol/run-events";
import { runLine } from "../src/runs/run-lines";
import { HistoryArchive } from "../src/session/history/history-archive";
import { HistoryFolder } from "../src/session/history/history-folder";
import { RunHistory } from "../src/session/history/run-history";
import type { BenchResult } from "./bench-result";

const runs = 10_000;
const words = "bit loop sign carry mask shift word byte ring queue lock fence token parse".split(
  " ",
);

/**
 * What 10,000 kept runs cost: when a window opens, when they are indexed for the first time, and
 * when they are searched.
 */
export async function bench(): Promise<BenchResult[]> {
  const path = mkdtempSync(join(tmpdir(), "thinkaloud-bench-history-"));
  try {
    for (let number = 0; number < runs; number++) write(path, number);
    const first = await opened(path);
    const firstIndexMs = await timed(() => first.archive.search("", 50));
    first.archive.dispose();

    const second = await opened(path);
    const coldMs = await timed(() => second.archive.search("needle4321", 50));
    const rareMs = await timed(() => second.archive.search("needle1234", 50));
    const commonMs = await timed(() => second.archive.search("loop carry", 50));
    second.archive.dispose();
    const note = `${runs} runs of some 3 kB of thought`;
    return [
      { name: "a window opens", value: second.loadMs, unit: "ms", note },
      { name: "first index of all", value: firstIndexMs, unit: "ms", note: "in the background" },
      { name: "first search of a window", value: coldMs, unit: "ms", note: "bound 300 ms" },
      { name: "search for a rare word", value: rareMs, unit: "ms", note: "bound 300 ms" },
      { name: "search for common words", value: commonMs, unit: "ms", note: "with 50 excerpts" },
    ];
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

async function opened(path: string) {
  const folder = new HistoryFolder(path, (failure) => {
    throw new Error(failure.kind);
  });
  const history = new RunHistory(folder);
  const loadMs = await timed(() => history.load());
  const limitBytes = () => Number.POSITIVE_INFINITY;
  return { loadMs, archive: new HistoryArchive({ folder, path, history, limitBytes }) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

export function write(path: string, number: number): void {
  const runId = `run-${number}`;
  const at = 1_700_000_000_000 + number * 60_000;
  const thought = Array.from(
    { length: 500 },
    (_, index) => words[(number * 7 + index * 3) % words.length],
  ).join(" ");
  const place = { line: number % 300, character: 0 };
  const events: RunEvent[] = [
    {
      kind: "started",
      at,
      runId,
      action: "fix",
      uri: `file:///src/file-${number % 400}.py`,
      path: `src/file-${number % 400}.py`,
      range: { start: place, end: place },
      subject: `problem ${number}`,
    },
    { kind: "thought", text: `${thought} needle${number}` },
    { kind: "answer", text: "It is the sign." },
    { kind: "finished", at: at + 30_000, outcome: "answered", metrics: {} },
  ];
  const name = `${String(at).padStart(14, "0")}-1-${runId}.jsonl`;
  writeFileSync(join(path, name), events.map((event) => `${runLine(event)}\n`).join(""));
}
