import { lastLine, lineAt } from "../../../../base/text/lines";
import { betweenElisions } from "../../answer/elision";
import { opensBlock } from "../../text/indentation";
import { range } from "../../text/lines";
import type { MovedText, Version, Versions } from "./moved-text";
import type { Gap, Span } from "./steps";

/** Lines before the first mark go on with what stands above, the last stand before what follows. */
export function writeElided(text: MovedText, gap: Gap, own: readonly number[]): void {
  const { versions } = text;
  const { file, answer, silence } = versions;
  let at = gap.file.start;
  let waiting: (readonly number[])[] = [];
  let endsInBlank = false;
  const origins = new Map([...silence.changed].map(([line, theirs]) => [theirs, line]));
  const write = (part: readonly number[], isBehindMark: boolean, isLead = false): void => {
    const isSaid = (line: number): boolean => answer.roles[line] !== "blank";
    const last = part.findLastIndex(isSaid);
    if (last < 0) return;
    const above = lastLine(text.lines);
    const joins = isBehindMark && (opensBlock(above) || isLead || above.trim() === "");
    // New words for a part of a comment over several lines are new words for it.
    const mayStay = (line: number): boolean =>
      silence.kept.has(line) && !file.scan[line]?.inside && !file.scan[line]?.docstring;
    let from = gap.file.end;
    for (const line of part.slice(joins ? part.findIndex(isSaid) : 0, last + 1)) {
      const to = origins.get(line) ?? from;
      text.kept(
        own.filter((other) => other > from && other < to && mayStay(other)),
        gap,
      );
      if (origins.has(line)) from = to;
      text.said(line, gap);
    }
    endsInBlank = last < part.length - 1;
  };
  const setApart = (): void => {
    if (endsInBlank && text.last?.trim() !== "") text.push("");
  };
  for (const [index, part] of partsOf(versions, gap).entries()) {
    const theirs = new Set(part);
    const replaced = own.filter((line) => theirs.has(silence.changed.get(line) ?? -1));
    const [from, to] = wholeComments(file, replaced, gap.file);
    if (from !== undefined && to !== undefined && from >= at) {
      if (index > 0) text.own(range(at, from));
      else
        text.kept(
          own.filter((line) => line < from && silence.kept.has(line)),
          gap,
        );
      for (const one of waiting) write(one, true);
      waiting = [];
      write(part, index > 0);
      at = to + 1;
    } else if (index > 0) waiting.push(part);
    else write(part, false);
  }
  const isLead = isDocumentation(versions, waiting);
  const rest = range(at, isLead ? leadOf(file, gap.file.end, at) : gap.file.end);
  // A line that the answer changed stands as near to the next one as before.
  if (rest.length > 0 && file.roles[at] !== "blank" && at === gap.file.start) setApart();
  text.own(rest, true);
  for (const part of waiting) {
    endsInBlank = false;
    write(part, true, isLead);
  }
  // A closing bracket is set apart from nothing.
  if (waiting.length > 0 && !isLead && /\w/.test(lineAt(file.lines, gap.file.end))) setApart();
}

/** Without the blank lines around the marks. */
function partsOf({ answer, silence }: Versions, gap: Gap): number[][] {
  const said = range(gap.answer.start, gap.answer.end).filter((line) => !silence.dropped.has(line));
  return betweenElisions(said, (line) => answer.roles[line] === "elision");
}

/** With the whole comments that they belong to. */
function wholeComments(file: Version, lines: readonly number[], within: Span): [number?, number?] {
  let from = lines[0];
  let to = lines.at(-1);
  if (from === undefined || to === undefined) return [];
  const isComment = (line: number): boolean => file.roles[line] === "comment";
  while (isComment(from) && from > within.start && isComment(from - 1)) from--;
  while (isComment(to) && to + 1 < within.end && isComment(to + 1)) to++;
  return [from, to];
}

/** It takes the place of what stands above the same line in the file. */
function isDocumentation({ answer }: Versions, parts: readonly (readonly number[])[]): boolean {
  const said = (parts.at(-1) ?? []).filter((line) => answer.roles[line] !== "blank");
  return said.length > 0 && said.every((line) => answer.roles[line] === "comment");
}

function leadOf(file: Version, line: number, from: number): number {
  let start = line;
  while (start > from && file.roles[start - 1] === "comment") start--;
  return start;
}
