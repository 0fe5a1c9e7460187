import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { EditPlan, EditSyntax } from "../src/core/edit/edit-plan";
import { hunksOf } from "../src/core/edit/hunks";
import { planEdits } from "../src/core/edit/plan-edits";
import { Grammars } from "../src/syntax/grammars";
import { createSyntaxSource } from "../src/syntax/syntax-source";
import type { BenchResult } from "./bench-result";
import { CaseMaker, type CleanCase } from "./edits/clean/clean-case";
import { type Counts, CountTable, noCounts, share, verdicts } from "./edits/clean/clean-report";
import { packageFolders } from "./edits/clean/fetch-packages";
import { forms } from "./edits/clean/forms";
import { grammarShapes } from "./edits/clean/grammar-shapes";
import { type CleanVerdict, judgeOutcome } from "./edits/clean/judge-outcome";
import type { Half } from "./edits/clean/packages";
import { sourceFiles } from "./edits/clean/source-files";
import { leaveOutAsAsked } from "./edits/left-out";

/**
 * `CLEAN_CASES`: cases of each form in each language (default 4; 15 is the full run). `CLEAN_HALF`:
 * `tuning` or `counted`, both by default. `CLEAN_SEED`: other files and changes of the tuning half. `CLEAN_ONLY=form[:language]`: only
 * those whose name has it in it. `EDIT_SHOW=form[:language]` prints failures and
 * `CLEAN_DUMP=folder` writes them as JSON, of the tuning half alone: who looks at a case of the
 * counted half may tune on it, and it is worth nothing from then on (`CLEAN_SHOW_COUNTED=1` does so
 * all the same).
 */
const perForm = Number(process.env["CLEAN_CASES"] ?? 4);
const halves = (process.env["CLEAN_HALF"] ?? "tuning,counted").split(",") as Half[];
const seeds: Readonly<Record<Half, number>> = {
  tuning: Number(process.env["CLEAN_SEED"] ?? 11),
  counted: 7_919,
};

const wasm = dirname(
  createRequire(join(process.cwd(), "package.json")).resolve("@vscode/tree-sitter-wasm"),
);
const grammars = new Grammars((name) =>
  join(wasm, name === "tree-sitter" ? "tree-sitter.wasm" : `tree-sitter-${name}.wasm`),
);

/** Well-formed answers about real files of other people, each with one change of known truth. */
export async function bench(): Promise<BenchResult[]> {
  leaveOutAsAsked();
  const results: BenchResult[] = [];
  for (const half of halves) results.push(...(await benchHalf(half)));
  return results;
}

async function benchHalf(half: Half): Promise<BenchResult[]> {
  const files = sourceFiles(await packageFolders(half), seeds[half]);
  const parser = await grammarShapes();
  const syntax = createSyntaxSource(grammars);
  const tables = {
    form: new CountTable(`${half}: form`),
    language: new CountTable(`${half}: language`),
    change: new CountTable(`${half}: change`),
  };
  const totals = { tree: noCounts(), text: noCounts() };
  for (const [languageId, own] of [...files].sort(([a], [b]) => a.localeCompare(b))) {
    const maker = new CaseMaker(own, parser, seeds[half]);
    for (const form of forms.filter(({ name }) =>
      isNamed(process.env["CLEAN_ONLY"], name, languageId),
    )) {
      for (const one of await maker.cases(form, perForm)) {
        const tree = await outcomeOf(half, one, syntax);
        const text = await outcomeOf(half, one, undefined);
        for (const [key, table] of Object.entries(tables)) {
          table.count(
            key === "form" ? one.form : key === "language" ? one.languageId : one.change,
            tree,
            text,
          );
        }
        totals.tree[tree]++;
        totals.text[text]++;
      }
    }
  }
  for (const table of Object.values(tables)) table.print();
  return [
    ...figures(`${half}, with syntax`, totals.tree),
    ...figures(`${half}, without syntax`, totals.text),
  ];
}

function isNamed(wanted: string | undefined, form: string, languageId: string): boolean {
  const [formPart = "", languagePart = ""] = (wanted ?? "").split(":");
  return form.includes(formPart) && (languagePart === "" || languageId === languagePart);
}

async function outcomeOf(
  half: Half,
  one: CleanCase,
  syntax: EditSyntax | undefined,
): Promise<CleanVerdict> {
  const { path, languageId, text, targetRange } = one;
  const plan = await planEdits({
    answer: one.answer,
    truncated: false,
    files: [{ path, languageId, text, ...(targetRange === undefined ? {} : { targetRange }) }],
    ...(syntax === undefined ? {} : { syntax }),
    mayCreate: true,
  });
  const verdict = judgeOutcome(one, plan);
  if (verdict !== "right" && (half === "tuning" || process.env["CLEAN_SHOW_COUNTED"] === "1")) {
    const run = syntax === undefined ? "text" : "tree";
    show(one, run, verdict, plan);
    dump(one, run, verdict, plan);
  }
  return verdict;
}

function show(one: CleanCase, run: string, verdict: CleanVerdict, plan: EditPlan): void {
  const wanted = process.env["EDIT_SHOW"];
  if (wanted === undefined || !isNamed(wanted, one.form, one.languageId)) return;
  console.log(
    `\n=== ${one.id} (${run}) ${verdict}: ${one.change} in ${one.package} ${one.path}\n${one.answer}`,
  );
  if (plan.kind !== "plan") {
    console.log(
      `--- ${plan.kind === "refusal" ? `${plan.code}: ${plan.message}` : plan.kind}; wanted:`,
    );
    for (const hunk of hunksOf(one.text, one.truth)) console.log(hunk.lines.join("\n"));
    return;
  }
  const [file] = plan.files;
  console.log(
    `--- ${file?.match}, ${file?.syntax} ${file?.notices.join(" ")}\n--- truth against outcome:`,
  );
  for (const hunk of hunksOf(one.truth, file?.proposed ?? "")) console.log(hunk.lines.join("\n"));
}

function dump(one: CleanCase, run: string, verdict: CleanVerdict, plan: EditPlan): void {
  const folder = process.env["CLEAN_DUMP"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const { id, path, languageId, form, change, text, answer, truth, targetRange, freedom } = one;
  const got = plan.kind === "plan" ? (plan.files[0]?.proposed ?? null) : null;
  const said =
    plan.kind === "plan"
      ? plan.files.map(({ match, syntax, notices }) => ({ match, syntax, notices }))
      : plan;
  const line = targetRange === undefined ? null : targetRange.start.line + 1;
  const content = {
    id,
    run,
    verdict,
    form,
    change,
    path,
    languageId,
    line,
    targetRange,
    freedom,
    file: text,
    answer,
    expected: truth,
    got,
    said,
  };
  writeFileSync(
    join(folder, `${verdict}-${run}-${id.replace(/\W+/g, "-")}.json`),
    `${JSON.stringify(content, null, 1)}\n`,
  );
}

function figures(name: string, counts: Counts): BenchResult[] {
  const all = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
  return verdicts.map((verdict) => ({
    name: `clean answers, ${name}: ${verdict}`,
    value: share(counts[verdict], all),
    unit: "%",
    note: `${all} cases`,
  }));
}
