import { lineAt } from "../../../../base/text/lines";
import { range } from "../../text/lines";
import { blanksIn } from "./meant-layout";
import type { MovedText, Version } from "./moved-text";
import { isCode } from "./side";
import type { Gap, Span } from "./steps";

/** Where it has fewer blank lines than the file, the file's stand around them. */
export function writeReplaced(text: MovedText, gap: Gap, keepsBlanks: boolean): void {
  const { file, answer, silence } = text.versions;
  const theirs = range(gap.answer.start, gap.answer.end).filter(
    (line) => !silence.dropped.has(line),
  );
  const said = theirs.filter((line) => answer.roles[line] !== "blank");
  const [first = gap.answer.end] = said;
  const hasCode = said.some((line) => isCode(answer.roles[line]));
  const own = blanksIn(file, gap.file);
  const isElided = answer.roles.includes("elision");
  const isLaidOut =
    (keepsBlanks && (hasCode || !isElided)) ||
    (hasCode && blanksIn(answer, gap.answer) >= own) ||
    (said.length === 0 && blanksIn(answer, gap.answer) === own);
  if (isLaidOut) {
    const blanks = range(gap.file.start, gap.file.end).filter(
      (line) => file.roles[line] === "blank",
    );
    const isSame = blanks.length === blanksIn(answer, gap.answer);
    const ownBlanks = new Set(blanks.map((line) => file.lines[line]));
    let taken = 0;
    // New words for a comment do not set it apart from what stands above.
    const isReworded =
      !hasCode &&
      said.length > 0 &&
      blanks.length === 0 &&
      range(gap.file.start, gap.file.end).some((line) => file.roles[line] === "comment");
    for (const line of theirs) {
      if (isReworded && line < first) continue;
      // As many empty lines as before are the file's, with the spaces that may be in them.
      const blank = isSame && answer.roles[line] === "blank" ? blanks[taken++] : undefined;
      const written = lineAt(answer.lines, line);
      const isOwn = written.trim() === "" && ownBlanks.has(written);
      if (blank !== undefined) text.push(lineAt(file.lines, blank));
      else if (isOwn) text.push(written);
      else text.said(line, gap);
    }
    return;
  }
  // The last of a block goes with the blank lines above it.
  const isLast = said.length === 0 && /^\s*[)\]}]/.test(lineAt(file.lines, gap.file.end));
  const before = isLast ? trailingBlanks(file, gap.file) : leadingBlanks(file, gap.file);
  text.blank(hasCode ? Math.max(before, first - gap.answer.start) : before);
  for (const line of theirs)
    if (line >= first && (hasCode || answer.roles[line] !== "blank")) text.said(line, gap);
  if (said.length === 0) return;
  text.withoutLastBlanks();
  text.blank(before === gap.file.end - gap.file.start ? 0 : trailingBlanks(file, gap.file));
}

function leadingBlanks({ roles }: Version, { start, end }: Span): number {
  let at = start;
  while (at < end && roles[at] === "blank") at++;
  return at - start;
}

function trailingBlanks({ roles }: Version, { start, end }: Span): number {
  let at = end;
  while (at > start && roles[at - 1] === "blank") at--;
  return end - at;
}
