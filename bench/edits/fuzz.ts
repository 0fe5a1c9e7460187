import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { AnswerParser, parseAnswer } from "../../src/core/edit/answer/answer-parser";
import type { EditPlan } from "../../src/core/edit/edit-plan";
import { planEdits } from "../../src/core/edit/plan-edits";
import { Grammars } from "../../src/syntax/grammars";
import { createSyntaxSource, type TextSyntax } from "../../src/syntax/syntax-source";
import type { BenchResult } from "../bench-result";
import { type FuzzPair, fuzzPair } from "./fuzz-pairs";

/** Pairs from `from` up to `to`, without `to`. */
interface FuzzOrder {
  readonly kind: "fuzz";
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

const problems = [
  "thrown",
  "slow",
  "changes again",
  "streams otherwise",
  "hangs",
  "out of memory",
] as const;
type Problem = (typeof problems)[number];

interface FuzzReport {
  readonly index: number;
  readonly family: string;
  readonly outcome: EditPlan["kind"];
  /** Processor time of the slowest call. */
  readonly ms: number;
  readonly call: string;
  readonly problem?: Problem;
}

const slowMs = 2_000;
const hangMs = 6_000;
/** Every so many pairs are planned with the syntax tree, and as many are read in small pieces. */
const everyWithTree = 5;
const everyStreamed = 4;
const pieceLength = 4;

/**
 * Plans answers that nobody has thought of, in a thread that can be stopped: nothing may be thrown,
 * take over two seconds of the processor, change a text again that it has changed, or be read
 * otherwise while it streams. The input of each problem, and of the slowest calls, goes to
 * `EDIT_FUZZ_FOLDER`, if that is set.
 */
export async function fuzz(seed: number, count: number): Promise<BenchResult[]> {
  const reports: FuzzReport[] = [];
  while (reports.length < count) {
    const order: FuzzOrder = { kind: "fuzz", seed, from: reports.length, to: count };
    const end = await runUntilStopped(order, reports);
    if (end === undefined) continue;
    const { family } = fuzzPair(seed, reports.length);
    const report: FuzzReport = {
      index: reports.length,
      family,
      outcome: "refusal",
      ms: hangMs,
      call: "plan",
      problem: end,
    };
    reports.push(report);
    save(seed, [report]);
  }
  const worst = [...reports].sort((a, b) => b.ms - a.ms).slice(0, 10);
  const bad = reports.filter(({ problem }) => problem !== undefined);
  printTable(reports);
  for (const { index, family, ms, call } of worst)
    console.log(`  pair ${index}, ${family}: ${Math.round(ms)} ms to ${call}`);
  save(
    seed,
    worst.filter(({ problem }) => problem === undefined),
  );
  const timesOf = (problem: Problem): number => bad.filter((one) => one.problem === problem).length;
  return [
    ...problems.map((problem) => ({
      name: `fuzz: ${problem}`,
      value: timesOf(problem),
      unit: "pairs",
      note: `of ${count}, seed ${seed}`,
    })),
    {
      name: "fuzz: slowest call",
      value: Math.round(worst[0]?.ms ?? 0),
      unit: "ms",
      note: "of processor time",
    },
  ];
}

/** @returns why the thread was stopped before it was through; undefined when it came to its end. */
async function runUntilStopped(
  order: FuzzOrder,
  reports: FuzzReport[],
): Promise<"hangs" | "out of memory" | undefined> {
  const worker = new Worker(__filename, {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: 2_000 },
  });
  let since = process.cpuUsage();
  return new Promise((resolve) => {
    const watch = setInterval(() => {
      const { user, system } = process.cpuUsage(since);
      if ((user + system) / 1_000 > hangMs) stop("hangs");
    }, 500);
    const stop = (why: "hangs" | "out of memory" | undefined): void => {
      clearInterval(watch);
      resolve(worker.terminate().then(() => why));
    };
    worker.on("message", (report: FuzzReport) => {
      reports.push(report);
      if (report.problem !== undefined) save(order.seed, [report]);
      since = process.cpuUsage();
      if (reports.length % 1_000 === 0) console.log(`  ${reports.length} pairs`);
      if (report.index === order.to - 1) stop(undefined);
    });
    worker.on("error", () => stop("out of memory"));
  });
}

if (!isMainThread && (workerData as FuzzOrder | undefined)?.kind === "fuzz")
  void work(workerData as FuzzOrder);

async function work({ seed, from, to }: FuzzOrder): Promise<void> {
  const wasm = dirname(
    createRequire(join(process.cwd(), "package.json")).resolve("@vscode/tree-sitter-wasm"),
  );
  const grammars = new Grammars((name) =>
    join(wasm, name === "tree-sitter" ? "tree-sitter.wasm" : `tree-sitter-${name}.wasm`),
  );
  const syntax = createSyntaxSource(grammars);
  for (let index = from; index < to; index++) {
    const pair = fuzzPair(seed, index);
    parentPort?.postMessage(await tryPair(pair, index % everyWithTree === 0 ? syntax : undefined));
  }
}

async function tryPair(pair: FuzzPair, syntax: TextSyntax | undefined): Promise<FuzzReport> {
  const { index, family } = pair;
  let slowest = { ms: 0, call: "plan" };
  const timed = async <Result>(
    call: string,
    run: () => Result | Promise<Result>,
  ): Promise<Result> => {
    const start = process.cpuUsage();
    const result = await run();
    const { user, system } = process.cpuUsage(start);
    const ms = (user + system) / 1_000;
    if (ms > slowest.ms) slowest = { ms, call };
    return result;
  };
  const withTree = syntax === undefined ? "" : " with the tree";
  const planOf = (text: string): Promise<EditPlan> =>
    planEdits({
      answer: pair.answer,
      truncated: pair.truncated,
      files: [{ path: pair.path, languageId: pair.languageId, text }],
      ...(syntax ? { syntax } : {}),
    });
  let outcome: EditPlan["kind"] = "refusal";
  let problem: Problem | undefined;
  try {
    const plan = await timed(`plan${withTree}`, () => planOf(pair.text));
    outcome = plan.kind;
    // The engine catches its own faults, and refuses with these words.
    if (plan.kind === "refusal" && plan.message === "The edit in the answer could not be read.")
      problem = "thrown";
    const proposed = plan.kind === "plan" ? plan.files[0]?.proposed : undefined;
    if (proposed !== undefined) {
      const again = await timed(`plan again${withTree}`, () => planOf(proposed));
      if (again.kind === "plan" && again.files[0]?.proposed !== proposed) problem = "changes again";
    }
    if (index % everyStreamed === 0) {
      const streamed = await timed("read in pieces", () => readInPieces(pair));
      const whole = await timed("read", () => parseAnswer(pair.answer, pair.truncated));
      if (JSON.stringify(streamed) !== JSON.stringify(whole)) problem ??= "streams otherwise";
    }
  } catch {
    problem = "thrown";
  }
  if (slowest.ms > slowMs) problem ??= "slow";
  return { index, family, outcome, ...slowest, ...(problem === undefined ? {} : { problem }) };
}

function readInPieces({ answer, truncated }: FuzzPair): unknown {
  const parser = new AnswerParser();
  const edits: unknown[] = [];
  for (let at = 0; at < answer.length; at += pieceLength)
    edits.push(...parser.push(answer.slice(at, at + pieceLength)));
  return [...edits, ...parser.end(truncated)];
}

function printTable(reports: readonly FuzzReport[]): void {
  const families = [...new Set(reports.map(({ family }) => family))].sort();
  console.log(`${"family".padEnd(28)}  plan unchanged refusal | ${problems.join(" | ")}`);
  for (const family of families) {
    const own = reports.filter((report) => report.family === family);
    const of = (kind: EditPlan["kind"]): string =>
      String(own.filter(({ outcome }) => outcome === kind).length).padStart(6);
    const bad = problems.map((problem) =>
      String(own.filter((report) => report.problem === problem).length),
    );
    console.log(
      `${family.padEnd(28)}${of("plan")}    ${of("unchanged")}  ${of("refusal")} | ${bad.join(" | ")}`,
    );
  }
}

function save(seed: number, reports: readonly FuzzReport[]): void {
  const folder = process.env["EDIT_FUZZ_FOLDER"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const report of reports) {
    const name = `${(report.problem ?? "slowest").replaceAll(" ", "-")}-${seed}-${report.index}.json`;
    writeFileSync(
      join(folder, name),
      `${JSON.stringify({ ...report, ...fuzzPair(seed, report.index) }, null, 1)}\n`,
    );
  }
}
