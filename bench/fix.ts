import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Proposal } from "../src/protocol/proposal";
import type { RunEvent } from "../src/protocol/run-events";
import { takeTurn } from "../test/built-in-engine/engine-fixture";
import type { BenchResult } from "./bench-result";

interface Check {
  readonly function: string;
  readonly cases: readonly unknown[];
}

type Verdict = "fixed" | "unchanged" | "refused" | "wrong" | "failed";

const folder = join(process.cwd(), "bench/fix");
const judgeMs = 10_000;

/**
 * Forty small Python programs with one bug each, through `npm run fix`'s own program, judged by
 * running them on cases that it does not see. With BENCH_CHECK=auto it checks itself by the
 * examples that the programs document.
 */
export async function bench(): Promise<BenchResult[]> {
  const checks = JSON.parse(await readFile(join(folder, "checks.json"), "utf8")) as Record<
    string,
    Check
  >;
  const names = (await readdir(join(folder, "programs")))
    .map((file) => file.replace(/\.py$/, ""))
    .sort();
  const only = process.env["BENCH_ONLY"]?.split(",");
  const counts: Record<Verdict, number> = {
    fixed: 0,
    unchanged: 0,
    refused: 0,
    wrong: 0,
    failed: 0,
  };
  const seconds: number[] = [];
  const models = new Set<string>();
  const product = await keptProduct();
  try {
    for (const name of only ?? names) {
      const check = checks[name];
      if (check === undefined) throw new Error(`no check for ${name}`);
      const { events, tookMs } = await fix(product, join(folder, "programs", `${name}.py`));
      seconds.push(tookMs / 1000);
      for (const event of events) if (event.kind === "model") models.add(event.model);
      const verdict = await judge(events, check);
      counts[verdict]++;
      const attempts = 1 + events.filter((event) => event.kind === "attempt").length;
      console.error(`${name}: ${verdict}, ${attempts} asked, ${seconds.at(-1)?.toFixed(1)} s`);
      if (verdict !== "fixed") console.error(`  ${ending(events)}`);
    }
  } finally {
    await rm(product, { recursive: true });
  }
  const ordered = seconds.sort((a, b) => a - b);
  const total = only?.length ?? names.length;
  return [
    ...Object.entries(counts).map(([verdict, value]) => ({
      name: `fix: ${verdict}`,
      value,
      unit: `of ${total}`,
    })),
    {
      name: "fix: median time",
      value: ordered[Math.floor(ordered.length / 2)] ?? 0,
      unit: "s",
      note: [...models].join(", "),
    },
  ];
}

/** A copy of what is built, so that one version is measured from the first program to the last. */
async function keptProduct(): Promise<string> {
  const kept = await mkdtemp(join(tmpdir(), "thinkaloud-fix-"));
  for (const name of ["cli.cjs", "undici.cjs", "engine.cjs", "grammars"])
    await cp(join("dist", name), join(kept, name), { recursive: true });
  return kept;
}

async function fix(
  product: string,
  file: string,
): Promise<{ readonly events: RunEvent[]; readonly tookMs: number }> {
  const giveBack = await takeTurn();
  const start = performance.now();
  const model = process.env["BENCH_MODEL"];
  const words = [
    join(product, "cli.cjs"),
    file,
    "--json",
    ...(process.env["BENCH_CHECK"] === undefined ? [] : ["--check", process.env["BENCH_CHECK"]]),
    ...(model === undefined ? [] : ["--model", model]),
  ];
  const { output } = await runProcess(process.execPath, words, "", 600_000).finally(giveBack);
  const events = output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as RunEvent);
  return { events, tookMs: performance.now() - start };
}

/** Why there is no right fix, in a line. */
function ending(events: readonly RunEvent[]): string {
  const last = events.at(-1);
  if (last?.kind === "failed") return last.report.title;
  const changed = events.flatMap((event) =>
    event.kind === "proposal" ? event.proposal.files.flatMap((file) => file.hunks) : [],
  );
  if (changed.length > 0)
    return changed
      .flatMap((hunk) => hunk.lines.filter((line) => !line.startsWith(" ")))
      .join(" ⏎ ");
  return last?.kind === "finished"
    ? `${last.outcome}: ${last.detail ?? ""}`
    : "it ended without an ending";
}

async function judge(events: readonly RunEvent[], check: Check): Promise<Verdict> {
  let proposal: Proposal | undefined;
  for (const event of events) if (event.kind === "proposal") proposal = event.proposal;
  const last = events.at(-1);
  if (proposal === undefined) {
    if (last?.kind !== "finished") return "failed";
    return last.outcome === "unchanged" ? "unchanged" : "refused";
  }
  const task = JSON.stringify({
    code: proposal.files[0]?.proposed,
    function: check.function,
    cases: check.cases,
  });
  const { output } = await runProcess("python3", [join(folder, "judge.py")], task, judgeMs);
  return output.trim() === "right" ? "fixed" : "wrong";
}

/** A program that hangs is killed at the limit; what it printed until then counts. */
function runProcess(
  command: string,
  args: readonly string[],
  input: string,
  limitMs: number,
): Promise<{ output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ["pipe", "pipe", "ignore"],
      timeout: limitMs,
      killSignal: "SIGKILL",
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.once("error", reject);
    child.once("close", () => resolve({ output }));
    child.stdin.end(input);
  });
}
