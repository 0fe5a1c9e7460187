import { createHash } from "node:crypto";
import { mkdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { askForFix, measured, verdictWithoutTests, whyNoModel } from "./ask-for-fix";
import type { EvalArguments } from "./eval-arguments";
import type { EvalCase } from "./eval-case";
import { projectOf } from "./languages";
import { readOwnSuite } from "./own-suite";
import { readQuixBugs } from "./quixbugs";
import { reportOf } from "./report";
import type { EvalResult } from "./result";
import { ResultFile } from "./result-file";
import { runTests, writeTexts } from "./run-tests";
import type { Variant } from "./variant";

export interface EvalPlace {
  /** The command line as it was built. */
  readonly program: string;
  /** Where the cases of our own are. */
  readonly cases: string;
  /** For what compilers make, from one evaluation to the next. */
  readonly kept: string;
  /** Where results go unless another folder is named. */
  readonly out: string;
  say(line: string): void;
}

/**
 * Runs what is missing of an evaluation and writes its report.
 * @returns the files of the report. Throws the signal's own reason, and an Error where no model is
 * reached.
 */
export async function evaluate(
  wish: EvalArguments,
  place: EvalPlace,
  signal: AbortSignal,
): Promise<{ readonly json: string; readonly markdown: string }> {
  const cases = await casesOf(wish, place.cases);
  const { variants } = wish;
  const out = resolve(wish.out ?? place.out);
  await mkdir(out, { recursive: true });
  const name = [wish.suite.name, wish.model ?? "any-model"].join("-").replace(/[^\w.-]+/g, "_");
  const build = createHash("sha256")
    .update(await readFile(place.program))
    .digest("hex")
    .slice(0, 12);
  const file = await ResultFile.open(join(out, `${name}.jsonl`), build, wish.fresh);
  const work = join(await realpath(out), `work-${process.pid}`);
  const total = cases.length * variants.length;
  let at = 0;
  try {
    for (const evalCase of cases) {
      for (const variant of variants) {
        at++;
        const known = file.find(evalCase.name, variant.name);
        const result = known ?? (await one(evalCase, variant, wish, { ...place, work }, signal));
        if (known === undefined) await file.add(result);
        place.say(`${at}/${total} ${lineOf(result)}${known === undefined ? "" : " (from before)"}`);
      }
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const names = variants.map((variant) => variant.name);
  const wanted = new Set(cases.map((each) => each.name));
  const results = file.results.filter(
    (each) => wanted.has(each.case) && names.includes(each.variant),
  );
  const [json, markdown] = [join(out, `${name}.json`), join(out, `${name}.md`)];
  const page = reportOf(results, names);
  await writeFile(json, `${JSON.stringify({ build, variants: names, results }, undefined, 2)}\n`);
  await writeFile(markdown, page);
  place.say(`\n${page.split("\n\n## Cases")[0]}`);
  return { json, markdown };
}

async function casesOf(
  { suite, only, files, limit }: EvalArguments,
  own: string,
): Promise<readonly EvalCase[]> {
  const all =
    suite.name === "quixbugs" ? await readQuixBugs(suite.folder ?? "") : await readOwnSuite(own);
  const isWanted = ({ name, second }: EvalCase): boolean =>
    (only === undefined || name.includes(only)) &&
    (files === undefined || (files === "one") === (second === "none"));
  return all.filter(isWanted).slice(0, limit);
}

async function one(
  evalCase: EvalCase,
  variant: Variant,
  wish: EvalArguments,
  { program, work, kept }: EvalPlace & { readonly work: string },
  signal: AbortSignal,
): Promise<EvalResult> {
  const { name, language, second } = evalCase;
  const about = { case: name, variant: variant.name, language, second };
  const nothing = {
    ...{ requests: 0, tokensRead: 0, tokensReadAgain: 0, tokensThought: 0, tokensAnswered: 0 },
    ...{ seconds: 0, changed: [] },
  };
  // A folder of the same name each time: what is in the prompt must not differ.
  const folder = join(work, "project");
  await rm(folder, { recursive: true, force: true });
  await mkdir(kept, { recursive: true });
  await writeTexts(folder, projectOf(evalCase));
  const before = await runTests(evalCase, folder, kept, signal);
  if (before.missing !== undefined)
    return { ...about, ...nothing, verdict: "skipped", detail: `no ${before.missing} here` };
  if (before.passed)
    return { ...about, ...nothing, verdict: "skipped", detail: "its tests pass as it is" };
  if (variant.showsTests) await writeTexts(folder, evalCase.tests);
  const asked = await askForFix(program, evalCase, variant, folder, wish, signal);
  const unreached = whyNoModel(asked);
  if (unreached !== undefined) throw new Error(unreached);
  const early = verdictWithoutTests(asked);
  if (early !== undefined) return { ...about, ...measured(asked), ...early };
  const after = await runTests(evalCase, folder, kept, signal);
  return {
    ...about,
    ...measured(asked),
    ...(after.passed
      ? { verdict: "fixed" as const }
      : { verdict: "wrong" as const, detail: lastLine(after.output) }),
  };
}

function lastLine(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => /error|fail|panic/i.test(line)) ?? lines.at(-1) ?? "").slice(0, 160);
}

function lineOf({ case: name, variant, verdict, seconds, tokensRead, detail }: EvalResult): string {
  const figures = `${seconds.toFixed(1)} s, ${tokensRead} read`;
  const why = detail === undefined ? "" : `: ${detail.slice(0, 80)}`;
  return `${name.padEnd(30)} ${variant.padEnd(18)} ${verdict.padEnd(9)} ${figures}${why}`;
}
