import { columnsOf, type IndentMap, type IndentPair, indentOf, indentStyle, learnIndents } from "../../text/indentation";
import type { AdoptRequest } from "./adopt-request";
import type { Anchor } from "./anchors";
import { type CodeSide, lineOf } from "./code-side";
import type { LinePair } from "./match-sides";

/**
 * How the model's indentation becomes the file's. The first line of the first declaration that both sides have decides how far all of
 * it is shifted: lines that the model moved deeper, into a `try` around the whole body, may be more than those it did not.
 */
export function indentsOf(
  request: AdoptRequest,
  file: CodeSide,
  model: CodeSide,
  pairs: readonly LinePair[],
  anchors: readonly Anchor[],
): IndentMap {
  const alike = pairs
    .filter((pair) => pair.equal || pair === pairs[0])
    .map((pair) => ({ file: lineOf(file, pair.file), model: lineOf(model, pair.model) }));
  // Comments are aligned by signs of their own.
  const style = indentStyle(
    model.code.map((line) => model.lines[line] ?? ""),
    request.fileStyle,
  );
  const head = headOf(request, file, model, anchors);
  const steps = head ? stepsOf(request, model, head, style.step) : [];
  let best: { step: number; agree: IndentPair[] } | undefined;
  for (const step of head ? steps : []) {
    const shift = head ? shiftOf(head, step, request.fileStyle.step) : 0;
    const agree = alike.filter((pair) => shiftOf(pair, step, request.fileStyle.step) === shift);
    // The model's own step has to be outvoted by more than one line that was moved.
    if (!best || agree.length > best.agree.length + 1) best = { step, agree };
  }
  if (!head || !best) return learnIndents(alike, style, request.fileStyle, true);
  return learnIndents([head, ...best.agree], { ...style, step: best.step }, request.fileStyle, true);
}

/** Two lines that are at the same depth for sure: the first declaration's, or the left margins of a whole file. */
function headOf(request: AdoptRequest, file: CodeSide, model: CodeSide, anchors: readonly Anchor[]): IndentPair | undefined {
  const [first] = anchors;
  if (!request.isFile) return first && { file: lineOf(file, first.file[0]), model: lineOf(model, first.model[0]) };
  const margin = openLines(model).reduce((least, line) => (columnsIn(line) < columnsIn(least) ? line : least), lineOf(model, 0));
  return { file: "", model: indentOf(margin) };
}

/** The steps that all of the model's statements keep to; a head that lost its own indentation, but not its body's, keeps to none. */
function stepsOf(request: AdoptRequest, model: CodeSide, head: IndentPair, own: number): number[] {
  const from = columnsIn(head.model);
  const lines = openLines(model);
  const columns = lines.map((line) => columnsIn(line) - from);
  if (new Set(columns).size < 2) return [];
  const body = lines.slice(lines.indexOf(head.model) + 1).find((line) => line.trim() !== "{") ?? "";
  const candidates = [...new Set([own, request.fileStyle.step, 2, 4, 8])];
  return candidates.filter((step) => columns.every((column) => column % step === 0) && (request.isFile || columnsIn(body) - from === step));
}

/** The model's lines that begin a statement. */
function openLines(model: CodeSide): string[] {
  return model.code.flatMap((line) => {
    const scan = model.scan[line];
    return scan && !scan.inside && !scan.inList ? [model.lines[line] ?? ""] : [];
  });
}

function columnsIn(line: string): number {
  return columnsOf(indentOf(line));
}

function shiftOf(pair: IndentPair, modelStep: number, fileStep: number): number {
  return Math.round((columnsIn(pair.file) / fileStep - columnsIn(pair.model) / modelStep) * 100) / 100;
}
