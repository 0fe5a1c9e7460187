import type { Declaration } from "../declarations";
import { areAnchored } from "./anchors";
import { depthsOf } from "./depths";
import { FittedLines } from "./fitted-lines";
import type { FitRequest, Fitting } from "./fitting";
import { type Silence, silenceOf } from "./forgotten";
import { knowsBlanks } from "./meant-layout";
import { moveLines } from "./move-lines";
import { isCode, type Side, sideOf } from "./side";
import { type Step, stepsOf } from "./steps";

/** The place with what the answer changed in it. */
export interface Fitted {
  readonly lines: readonly string[];
  /** Declarations that the answer does not mention, and that stay. */
  readonly forgotten: readonly Declaration[];
  /**
   * Lines of code of the file that the answer repeats or changes, of all that were not forgotten:
   * from 0 to 1.
   */
  readonly covered: number;
  /** Lines of code of the file that are gone with nothing in their place. */
  readonly gone: number;
  /** The answer left code out by a mark. */
  readonly elided: boolean;
  /** It is sure where between the left-out lines each part of the answer belongs. */
  readonly anchored: boolean;
}

/**
 * The answer's own text in the file's place, line for line, but for three things: a line that says
 * the same stays the file's, character by character; what the answer is silent about stays; and the
 * indentation is the file's.
 */
export function fitCode(request: FitRequest): Fitted {
  const own = new Set(request.file.map((line) => line.trim()));
  const file = sideOf(request.file, request.facts, request.fileDeclarations);
  const answer = sideOf(request.answer, request.facts, request.answerDeclarations, (line) =>
    own.has(line.trim()),
  );
  const steps = stepsOf(file, answer, request.heads);
  const silence = silenceOf(file, answer, steps, request.isFile === true);
  const depths = depthsOf(file, answer, steps, request.fileStyle, request.isFile === true);
  const fitting: Fitting = { request, file, answer, steps, silence, depths };
  const keepsBlanks = knowsBlanks(fitting);
  const write = (keepsBindings: boolean): string[] =>
    moveLines(fitting, new FittedLines(fitting, keepsBindings), keepsBlanks).flatMap(
      (op) => op.lines,
    );
  const bound = write(true);
  // Where nothing else changes, the binding is what the answer takes away.
  const lines = bound.every((line, at) => line === request.file[at]) ? write(false) : bound;
  return {
    lines,
    forgotten: silence.forgotten,
    ...countsOf(file, steps, silence),
    elided: answer.roles.includes("elision"),
    anchored: areAnchored(file, answer, steps, silence.changed),
  };
}

function countsOf(
  file: Side,
  steps: readonly Step[],
  silence: Silence,
): { covered: number; gone: number } {
  const paired = new Set(steps.flatMap((step) => (step.kind === "pair" ? [step.file] : [])));
  let open = 0;
  let met = 0;
  for (const [line, role] of file.roles.entries()) {
    if (!isCode(role) || silence.kept.has(line)) continue;
    open++;
    if (paired.has(line) || silence.changed.has(line)) met++;
  }
  return { covered: open === 0 ? 1 : met / open, gone: open - met };
}
