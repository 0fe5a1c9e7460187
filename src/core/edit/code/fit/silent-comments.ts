import { lineAt } from "../../../../base/text/lines";
import { lineSimilarity } from "../../text/line-similarity";
import { isRemark, wordsOf } from "../../text/remark";
import { thresholds } from "../../thresholds";
import { isCode, type Side, saidIn } from "./side";
import type { Gap, Step } from "./steps";

/** One text: one that says less is the file's cut short, and a lone remark is for the person. */
export function documentation(
  file: Side,
  answer: Side,
  gap: Gap,
  pairs: ReadonlyMap<number, number>,
  kept: Set<number>,
  dropped: Set<number>,
): void {
  const own = saidIn(file, gap.file).filter(
    (line) => file.roles[line] === "comment" && !kept.has(line),
  );
  const theirs = saidIn(answer, gap.answer).filter((line) => answer.roles[line] === "comment");
  if (own.length === 0 || theirs.length === 0) return;
  const text = (side: Side, lines: readonly number[]): string =>
    lines
      .map((line) => wordsOf(lineAt(side.lines, line)))
      .join(" ")
      .replace(/\s+/g, " ")
      .trim();
  const isCutShort = own.length > theirs.length && text(file, own).includes(text(answer, theirs));
  const remark = lineAt(answer.lines, theirs[0] ?? 0);
  const isTold =
    theirs.length === 1 &&
    pairs.has(gap.file.end) &&
    file.declarations.some((one) => one.head === gap.file.end) &&
    isRemark(remark) &&
    own.every((line) => lineSimilarity(lineAt(file.lines, line), remark) < thresholds.alike);
  if (!isCutShort && !isTold) return;
  for (const line of own) kept.add(line);
  for (const line of theirs) dropped.add(line);
}

export function unitsGivenAnew(
  file: Side,
  pairs: ReadonlyMap<number, number>,
  changed: ReadonlyMap<number, number>,
): ReadonlySet<number> {
  const says = (line: number): boolean => wordsOf(lineAt(file.lines, line)) !== "";
  const unitsOf = (lines: readonly number[]): number[] =>
    lines.map((line) => file.units[line] ?? -1).filter((unit) => unit >= 0);
  const repeated = new Set(unitsOf([...pairs.keys()].filter(says)));
  return new Set(unitsOf([...changed.keys()]).filter((unit) => !repeated.has(unit)));
}

/** An answer that begins within a comment of the file shows only a part of it. */
export function restOfCutComments(file: Side, answer: Side, steps: readonly Step[]): number[] {
  const rest: number[] = [];
  const isComment = (line: number): boolean => file.roles[line] === "comment";
  for (const [at, step] of steps.entries()) {
    if (step.kind !== "gap" || saidIn(answer, step.answer).length > 0) continue;
    const next = steps[at + 1];
    if (step.answer.start === 0 && next?.kind === "pair" && isComment(next.file))
      for (let line = next.file - 1; line >= step.file.start && isComment(line); line--)
        rest.push(line);
  }
  return rest;
}

/** Comments behind the last line of code, where the file has none, are told to the person. */
export function remarksAtEnd(
  file: Side,
  answer: Side,
  steps: readonly Step[],
  kept: ReadonlySet<number>,
  dropped: Set<number>,
): void {
  for (const step of [...steps].reverse()) {
    if (
      step.kind !== "gap" ||
      saidIn(file, step.file).some((line) => file.roles[line] === "comment" && !kept.has(line))
    )
      return;
    for (let at = step.answer.end - 1; at >= step.answer.start; at--) {
      if (isCode(answer.roles[at]) || answer.roles[at] === "elision") return;
      dropped.add(at);
    }
  }
}

/** A comment belongs to the line right below it: where that one stays, it stays. */
export function isAboveKept(
  file: Side,
  line: number,
  end: number,
  kept: ReadonlySet<number>,
): boolean {
  if (file.roles[line] !== "comment") return false;
  let below = line + 1;
  while (below < end && file.roles[below] === "comment") below++;
  return below < end && isCode(file.roles[below]) && kept.has(below);
}
