import { isElision } from "../../answer/elision";
import type { AdoptRequest } from "./adopt-request";
import { anchorsOf, freshOrdinals, withHeads } from "./anchors";
import { withBracesOf } from "./brace-style";
import { codeSide } from "./code-side";
import { CodeWriter } from "./code-writer";
import { inFileOrder } from "./file-order";
import { withoutLayoutChanges } from "./layout-changes";
import { indentsOf } from "./learn-from-heads";
import { matchSides } from "./match-sides";

export interface Adopted {
  readonly lines: readonly string[];
  /** Parts of code, by the file's line, that the model's version leaves out for real. */
  readonly dropped: number;
  /** How much of the file's code the model's version has, from 0 to 1. */
  readonly covered: number;
  /** The model wrote `...` for some of it. */
  readonly elided: boolean;
}

/**
 * The file's own text with what the model changed in it, and nothing else: layout, line comments, docstrings and decorators that the
 * model's version lacks stay; a line that says the same stays the file's, character by character.
 */
export function adoptCode(request: AdoptRequest): Adopted {
  const { facts } = request;
  const own = new Set(request.file.map((line) => line.trim()));
  const file = codeSide(request.file, facts, () => true);
  const isReal = (line: string): boolean => own.has(line.trim());
  const braced = facts.blocks === "brace" ? withBracesOf(request.file, request.model) : request.model;
  const isPart = request.keep !== undefined || braced.some((line) => isElision(line) && !isReal(line));
  const model = codeSide(isPart ? inFileOrder(request.file, braced, facts) : braced, facts, isReal);
  const isKept = (ordinal: number): boolean => request.keep?.(file.code[ordinal] ?? 0) ?? false;
  const anchors = withHeads(file, model, anchorsOf(file, model, facts), request.heads);
  const fresh = isPart ? freshOrdinals(model, anchors, facts) : new Set<number>();
  const pairs = withoutLayoutChanges(
    file,
    model,
    matchSides(file, model, isKept, (ordinal) => fresh.has(ordinal), anchors),
  );
  const writer = new CodeWriter(request, file, model, pairs, anchors, indentsOf(request, file, model, pairs, anchors));
  const written = writer.write();
  const open = file.code.filter((_, ordinal) => !isKept(ordinal)).length;
  return { lines: written, dropped: writer.dropped, covered: open === 0 ? 1 : pairs.length / open, elided: model.elided.includes(true) };
}
