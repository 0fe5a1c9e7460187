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

export interface Fitted {
  readonly lines: readonly string[];
  readonly forgotten: readonly Declaration[];
  /** Share of the code not forgotten that the answer repeats or changes: from 0 to 1. */
  readonly covered: number;
  readonly gone: number;
  readonly elided: boolean;
  /** It is sure where between the left-out lines each part of the answer belongs. */
  readonly anchored: boolean;
}

/**
 * The answer's own text, line for line, but for three things that are the file's: lines that it
 * repeats, lines that it is silent about, and the indentation.
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
