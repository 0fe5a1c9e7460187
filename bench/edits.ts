import { hunksOf } from "../src/core/edit/hunks";
import { type Seeded, seeded } from "../test/core/edit/support/seeded";
import type { BenchResult } from "./bench-result";
import { type CleanEdit, type CorpusFile, cleanEdit, corpus } from "./edits/clean-edits";
import { editTimes, parserSpeed } from "./edits/edit-times";
import { fuzz } from "./edits/fuzz";
import { judge, type Verdict } from "./edits/judge";
import { leaveOutAsAsked } from "./edits/left-out";
import { answerKinds, longAnswer, malformedAnswer } from "./edits/malformed-answers";
import { kinds, type MalformedCase, malformed } from "./edits/malformed-edits";
import { newKinds } from "./edits/new-kinds";

/**
 * Cases of each kind, the seed of the chance, and a kind whose failures are printed: `EDIT_CASES`,
 * `EDIT_SEED`, `EDIT_SHOW`; `EDIT_FUZZ=20000` runs so many pairs of the fuzz and nothing else;
 * `EDIT_ONLY=new` leaves out all but the new kinds, `EDIT_KIND` all of them whose name does not
 * hold it.
 */
const perKind = Number(process.env["EDIT_CASES"] ?? 40);
const seed = Number(process.env["EDIT_SEED"] ?? 1);

type Make = (edit: CleanEdit, random: Seeded) => MalformedCase | undefined;
type Counts = Record<Verdict, number>;

/**
 * Malformed edits and malformed answers with known truth, the time of one edit in small and large
 * files, and of reading an answer.
 */
export async function bench(): Promise<BenchResult[]> {
  leaveOutAsAsked();
  // Many minutes: only when it is asked for.
  if (process.env["EDIT_FUZZ"] !== undefined) return fuzz(seed, Number(process.env["EDIT_FUZZ"]));
  const files = corpus();
  const request = { perKind, seed, show: process.env["EDIT_SHOW"], only: process.env["EDIT_KIND"] };
  const alone = await newKinds(files, { ...request, withSyntax: false });
  const withTree = await newKinds(files, { ...request, withSyntax: true });
  if (process.env["EDIT_ONLY"] === "new") return [...alone, ...withTree];
  console.log(`${"kind".padEnd(38)} right damaged wrong refused`);
  const edits = await judgeAll(
    files,
    Object.keys(kinds),
    (kind) => (edit, random) => malformed(kind, edit, random),
  );
  const answers = await judgeAll(
    files,
    Object.keys(answerKinds),
    (kind) => (edit) => malformedAnswer(kind, edit),
  );
  const results = [
    ...alone,
    ...withTree,
    ...sharesOf("malformed edits", edits, Object.keys(kinds).length),
    ...sharesOf("malformed answers", answers, Object.keys(answerKinds).length),
  ];
  if (process.env["EDIT_TIMES"] === "0") return results;
  return [
    ...results,
    ...(await editTimes()),
    parserSpeed(longAnswer(cleanEdit(files, seeded(seed)), 2_000)),
  ];
}

async function judgeAll(
  files: readonly CorpusFile[],
  names: readonly string[],
  makerOf: (kind: string) => Make,
): Promise<Counts> {
  const totals: Counts = { right: 0, damaged: 0, wrongPlace: 0, refused: 0 };
  for (const kind of names) {
    const random = seeded(seed);
    const make = makerOf(kind);
    const counts: Counts = { right: 0, damaged: 0, wrongPlace: 0, refused: 0 };
    let made = 0;
    for (let tries = 0; made < perKind && tries < perKind * 200; tries++) {
      const one = make(cleanEdit(files, random), random);
      if (!one) continue;
      made++;
      const { verdict, detail } = await judge(one);
      counts[verdict]++;
      totals[verdict]++;
      const wanted = process.env["EDIT_SHOW"];
      if (verdict !== "right" && wanted !== undefined && kind.includes(wanted))
        show(kind, verdict, one, detail);
    }
    const cells = [counts.right, counts.damaged, counts.wrongPlace, counts.refused].map((count) =>
      String(count).padStart(6),
    );
    console.log(`${kind.padEnd(38)}${cells.join(" ")}`);
  }
  return totals;
}

function sharesOf(
  what: string,
  { right, damaged, wrongPlace, refused }: Counts,
  kindCount: number,
): BenchResult[] {
  const all = right + damaged + wrongPlace + refused;
  const share = (count: number): number => Math.round((count / all) * 10_000) / 100;
  return [
    {
      name: `${what}: right`,
      value: share(right),
      unit: "%",
      note: `${all} cases of ${kindCount} kinds, seed ${seed}`,
    },
    { name: `${what}: right place, damaged text`, value: share(damaged), unit: "%" },
    { name: `${what}: wrong place`, value: share(wrongPlace), unit: "%" },
    { name: `${what}: refused without need`, value: share(refused), unit: "%" },
  ];
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
