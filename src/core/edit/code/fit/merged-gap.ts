import { lastLine } from "../../../../base/text/lines";
import { range } from "../../text/lines";
import type { MovedText, Version } from "./moved-text";
import { isCode, isStatement, leadStart } from "./side";
import type { Gap } from "./steps";

/** What the answer is silent about goes before what it stood before; a declaration goes behind. */
export function writeMerged(text: MovedText, gap: Gap, own: readonly number[]): void {
  const { file, answer } = text.versions;
  const { kept, dropped, changed } = text.versions.silence;
  const theirs = range(gap.answer.start, gap.answer.end).filter((line) => !dropped.has(line));
  let at = 0;
  let waiting: number[] = [];
  let hasKept = false;
  const writeTo = (stop: number): void => {
    for (; at < theirs.length && (theirs[at] ?? 0) < stop; at++) {
      const line = theirs[at] ?? 0;
      const isDouble = hasKept && answer.roles[line] === "blank" && text.last === "";
      if (!isDouble) text.said(line, gap);
    }
  };
  const settle = (): void => {
    hasKept ||= waiting.length > 0;
    text.kept(waiting, gap);
    waiting = [];
  };
  for (const line of own) {
    const became = changed.get(line);
    if (kept.has(line)) waiting.push(line);
    else if (became !== undefined) {
      writeTo(leadStart(answer, { start: gap.answer.start, end: became }));
      settle();
      writeTo(became + 1);
    } else if (isCode(file.roles[line])) settle();
  }
  const lead = waiting.filter((_, index) =>
    waiting.slice(index).every((other) => !isStatement(file, other)),
  );
  waiting = waiting.slice(0, waiting.length - lead.length);
  const start = leadStart(answer, gap.answer);
  if (waiting.length > 0 && isFirstIn(file, gap)) {
    // A new member goes behind those that a class has, not before its fields.
    settle();
    if (text.last?.trim() !== "" && at < theirs.length) text.push("");
  }
  const hasUpper = theirs.some((line) => line < start && answer.roles[line] !== "blank");
  if (hasUpper || at > 0 || waiting.length === 0) {
    writeTo(behindLast(answer, theirs, start));
    // What the file has first in its block is set apart from what the answer has above it.
    const isApart = answer.roles[theirs[at] ?? -1] === "blank" && text.last?.trim() !== "";
    const [next] = [...waiting, ...lead];
    if (isApart && next !== undefined && file.roles[next - 1] !== "blank") text.push("");
  } else {
    // What the answer is silent about stands right below what it stood below: the blank lines come
    // behind it.
    const blanks = theirs.filter((line) => line < start).length;
    at = blanks;
    settle();
    if (blanks > 0 && lastLine(text.lines).trim() !== "") text.blank(blanks);
  }
  settle();
  // The blank lines of the file stand above what leads the next line, and none below it.
  if (lead.length > 0) at = Math.max(at, theirs.findLastIndex((line) => line < start) + 1);
  text.kept(lead, gap);
  writeTo(gap.answer.end);
}

function isFirstIn({ declarations }: Version, gap: Gap): boolean {
  return declarations.some(
    (one) => one.kind === "type" && one.head + 1 === gap.file.start && one.end > gap.file.start,
  );
}

function behindLast({ roles }: Version, lines: readonly number[], stop: number): number {
  const last = lines.findLast((line) => line < stop && roles[line] !== "blank");
  return last === undefined ? stop : last + 1;
}
