import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Grammars } from "../src/syntax/grammars";
import { createSyntaxSource } from "../src/syntax/syntax-source";
import { type AnswerVerdict, judgeAnswer } from "../test/core/edit/support/judge-answer";
import { type LabelledAnswer, recordedAnswers } from "../test/core/edit/support/recorded-answers";
import type { BenchResult } from "./bench-result";
import { leaveOutAsAsked } from "./edits/left-out";

const wasm = dirname(
  createRequire(join(process.cwd(), "package.json")).resolve("@vscode/tree-sitter-wasm"),
);
const grammars = new Grammars((name) =>
  join(wasm, name === "tree-sitter" ? "tree-sitter.wasm" : `tree-sitter-${name}.wasm`),
);

const verdicts: Readonly<Record<AnswerVerdict, string>> = {
  right: "right",
  damaged: "right place, damaged text",
  wrongPlace: "wrong place",
  wronglyRefused: "refused without need",
  wronglyApplied: "applied where nothing should be",
};
type Counts = Record<AnswerVerdict, number>;

/**
 * What real small models answered to edit requests over code of seven languages, held against what
 * a person read out of the answers.
 */
export async function bench(): Promise<BenchResult[]> {
  leaveOutAsAsked();
  const { labelled, unlabelled } = recordedAnswers();
  const syntax = createSyntaxSource(grammars);
  const show = process.env["ANSWERS_SHOW"];
  const tables = {
    form: new Map<string, Counts>(),
    language: new Map<string, Counts>(),
    expected: new Map<string, Counts>(),
  };
  const total = noCounts();
  for (const one of labelled) {
    const { verdict, detail } = await judgeAnswer(one, syntax);
    total[verdict]++;
    countIn(tables.form, `${one.model}, ${one.form}`)[verdict]++;
    countIn(tables.language, one.languageId)[verdict]++;
    countIn(tables.expected, one.label.expect)[verdict]++;
    if (show !== undefined && verdict !== "right" && one.id.includes(show))
      print(one, verdict, detail);
  }
  for (const [name, table] of Object.entries(tables)) printTable(name, table);
  const share = (count: number): number => Math.round((count / labelled.length) * 10_000) / 100;
  const note = `${labelled.length} answers${unlabelled.length > 0 ? `, ${unlabelled.length} more without a label` : ""}`;
  return verdictNames().map((verdict) => ({
    name: `real answers: ${verdicts[verdict]}`,
    value: share(total[verdict]),
    unit: "%",
    note,
  }));
}

function verdictNames(): AnswerVerdict[] {
  return Object.keys(verdicts) as AnswerVerdict[];
}

function noCounts(): Counts {
  return { right: 0, damaged: 0, wrongPlace: 0, wronglyApplied: 0, wronglyRefused: 0 };
}

function countIn(table: Map<string, Counts>, key: string): Counts {
  const found = table.get(key) ?? noCounts();
  table.set(key, found);
  return found;
}

function printTable(name: string, table: ReadonlyMap<string, Counts>): void {
  console.log(`${name.padEnd(28)} right damaged  wrong refused applied`);
  for (const [key, counts] of [...table].sort(([a], [b]) => a.localeCompare(b))) {
    console.log(
      `${key.padEnd(28)}${verdictNames()
        .map((verdict) => String(counts[verdict]).padStart(6))
        .join("  ")}`,
    );
  }
}

function print(one: LabelledAnswer, verdict: AnswerVerdict, detail: string): void {
  console.log(
    `--- ${one.id}: ${verdict}, ${one.label.expect} expected\n${one.answer}\n--- planned\n${detail}`,
  );
}
