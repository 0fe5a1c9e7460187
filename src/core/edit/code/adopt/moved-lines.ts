import { columnsOf, type IndentMap, type IndentStyle, indentOf } from "../../text/indentation";
import type { LanguageFacts } from "../../text/language-facts";
import { type CodeSide, lineOf } from "./code-side";
import type { LinePair } from "./match-sides";

interface MoveRequest {
  readonly facts: LanguageFacts;
  /** How the whole file indents. */
  readonly fileStyle: IndentStyle;
}

/**
 * Which paired lines the model moved to another depth on purpose. Where indentation is syntax, every move counts that is a whole
 * step; elsewhere only a move beside a real change does, since layout alone is no change.
 */
export function movedOnPurpose(
  request: MoveRequest,
  file: CodeSide,
  model: CodeSide,
  pairs: readonly LinePair[],
  indents: IndentMap,
): boolean[] {
  const means = request.facts.blocks === "indent" || request.facts.blocks === "none";
  const moved = pairs.map((pair) => {
    const scan = file.scan[file.code[pair.file] ?? 0];
    if (!indents.trusted || scan?.inside || scan?.inList) return false;
    const own = columnsOf(indentOf(lineOf(file, pair.file)));
    const away = Math.abs(columnsOf(indents.map(indentOf(lineOf(model, pair.model)))) - own);
    return away > 0 && away % request.fileStyle.step === 0;
  });
  if (means) return moved;
  let start = 0;
  while (start < pairs.length) {
    let end = start;
    while (end < pairs.length && moved[end]) end++;
    if (end > start) {
      if (!isBesideChange(pairs, start, end, file, model)) moved.fill(false, start, end);
      start = end;
    } else start++;
  }
  return moved;
}

function isBesideChange(pairs: readonly LinePair[], start: number, end: number, file: CodeSide, model: CodeSide): boolean {
  const touches = (left: LinePair | undefined, right: LinePair | undefined): boolean => {
    const from = left ?? { file: -1, model: -1, equal: true };
    const to = right ?? { file: file.code.length, model: model.code.length, equal: true };
    return to.file - from.file > 1 || to.model - from.model > 1 || !from.equal || !to.equal;
  };
  for (let at = start; at <= end; at++) if (touches(pairs[at - 1], pairs[at])) return true;
  return false;
}
