import { performance } from "node:perf_hooks";
import { hunksOf } from "../src/core/edit/hunks";
import { planEdits } from "../src/core/edit/plan-edits";
import { seeded } from "../test/core/edit/support/seeded";
import type { BenchResult } from "./bench-result";
import { cleanEdit, corpus } from "./edits/clean-edits";
import { judge, type Verdict } from "./edits/judge";
import { blockOf, kinds, malformed } from "./edits/malformed-edits";

const perKind = Number(process.env["EDIT_CASES"] ?? 40);
const seed = Number(process.env["EDIT_SEED"] ?? 1);

/** Malformed edits with known truth, and the time of one edit in small and large files. */
export async function bench(): Promise<BenchResult[]> {
  const totals = { right: 0, damaged: 0, wrongPlace: 0, refused: 0 };
  const files = corpus();
  console.log(`${"kind".padEnd(38)} right damaged wrong refused`);
  for (const kind of Object.keys(kinds)) {
    const random = seeded(seed);
    const counts: Record<Verdict, number> = { right: 0, damaged: 0, wrongPlace: 0, refused: 0 };
    let made = 0;
    for (let tries = 0; made < perKind && tries < perKind * 200; tries++) {
      const one = malformed(kind, cleanEdit(files, random), random);
      if (!one) continue;
      made++;
      const { verdict, detail } = await judge(one);
      counts[verdict]++;
      totals[verdict]++;
      if (verdict !== "right" && process.env["EDIT_SHOW"] !== undefined && kind.includes(process.env["EDIT_SHOW"]))
        show(kind, verdict, one, detail);
    }
    const cells = [counts.right, counts.damaged, counts.wrongPlace, counts.refused].map((count) => String(count).padStart(6));
    console.log(`${kind.padEnd(38)}${cells.join(" ")}`);
  }
  const all = totals.right + totals.damaged + totals.wrongPlace + totals.refused;
  const share = (count: number): number => Math.round((count / all) * 10_000) / 100;
  const results: BenchResult[] = [
    { name: "malformed edits: right", value: share(totals.right), unit: "%", note: `${all} cases of ${Object.keys(kinds).length} kinds` },
    { name: "malformed edits: right place, damaged text", value: share(totals.damaged), unit: "%" },
    { name: "malformed edits: wrong place", value: share(totals.wrongPlace), unit: "%" },
    { name: "malformed edits: refused without need", value: share(totals.refused), unit: "%" },
  ];
  for (const lines of [1_000, 10_000, 100_000]) results.push(...(await times(lines)));
  return results;
}

function show(
  kind: string,
  verdict: Verdict,
  one: { text: string; truth: string | undefined; answer: string; path: string },
  detail: string,
): void {
  console.log(`--- ${kind} ${verdict} ${one.path}\n${one.answer}`);
  const wanted = one.truth ?? one.text;
  if (verdict === "refused") console.log(detail.slice(0, 600));
  else for (const hunk of hunksOf(wanted, detail)) console.log(hunk.lines.join("\n"));
}

/** Median of five, each time a new text, so that nothing is kept from the time before. */
async function times(count: number): Promise<BenchResult[]> {
  const lines = Array.from({ length: count }, (_, index) =>
    index % 7 === 0 ? "" : `${"  ".repeat(index % 4)}const value${index} = compute(${index % 97}, "text ${index}"); // ${index % 13}`,
  );
  const at = Math.floor(count * 0.95);
  const quoted = lines.slice(at, at + 8);
  const fresh = quoted.map((line, index) => (index === 3 ? line.replace("compute", "derive") : line));
  const drift = (list: readonly string[]): string[] => list.map((line) => line.trimStart());
  const fuzzy = (list: readonly string[]): string[] => list.map((line, index) => (index === 5 ? line.replace("value", "valeu") : line));
  const results: BenchResult[] = [];
  for (const [name, change] of [
    ["exact", (list: readonly string[]) => [...list]],
    ["indentation lost", drift],
    ["inexact", fuzzy],
  ] as const) {
    const spent: number[] = [];
    for (let round = 0; round < 5; round++) {
      const text = `// ${round}\n${lines.join("\n")}\n`;
      const answer = blockOf("src/big.ts", change(quoted), change(fresh));
      const start = performance.now();
      const plan = await planEdits({ answer, truncated: false, files: [{ path: "src/big.ts", languageId: "typescript", text }] });
      spent.push(performance.now() - start);
      if (plan.kind !== "plan") throw new Error(`not applied: ${name}`);
    }
    spent.sort((a, b) => a - b);
    results.push({
      name: `one edit in ${count} lines, ${name}`,
      value: Math.round((spent[2] ?? 0) * 10) / 10,
      unit: "ms",
      note: "median of five, nothing kept",
    });
  }
  return results;
}
