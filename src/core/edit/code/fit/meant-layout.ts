import { lineAt } from "../../../../base/text/lines";
import { columnsOf, depthOf, indentOf } from "../../text/indentation";
import { range } from "../../text/lines";
import { isMeasured, meansDepth } from "./depths";
import type { Fitting } from "./fitting";
import { isCode, type Side } from "./side";
import type { Gap, Span, Step } from "./steps";

type Pair = Extract<Step, { kind: "pair" }>;

/** Where nothing changed; then those that it lacks elsewhere are gone. */
export function knowsBlanks(fitting: Fitting): boolean {
  const { file, answer, steps } = fitting;
  let same = 0;
  let other = 0;
  for (const step of steps) {
    if (step.kind !== "gap" || changes(fitting, step)) continue;
    const blanks = blanksIn(file, step.file);
    const theirs = blanksIn(answer, step.answer);
    if (blanks === 0 && theirs === 0) continue;
    if (blanks === theirs) same++;
    else other++;
  }
  // Beside left-out code an answer shows too little to tell.
  const isElided = answer.roles.includes("elision");
  return isElided ? same > other : same >= other;
}

/** Lines of the answer that were moved to another depth on purpose. */
export function movedLines(fitting: Fitting): ReadonlySet<number> {
  const { request, file, answer, steps, depths } = fitting;
  const moved = new Set<number>();
  if (!depths.trusted) return moved;
  const always = meansDepth(request.facts);
  let run: Pair[] = [];
  let besideChange = false;
  const settle = (isChangeBehind: boolean): void => {
    const isBeside = besideChange || isChangeBehind;
    for (const pair of run) {
      const away = columnsAway(fitting, pair);
      const isWhole = away !== 0 && away % request.fileStyle.step === 0;
      if (isBeside || (isWhole && always)) moved.add(pair.answer);
    }
    run = [];
  };
  for (const step of steps) {
    if (step.kind === "gap") {
      if (!changes(fitting, step)) continue;
      settle(true);
      besideChange = true;
      continue;
    }
    if (columnsAway(fitting, step) > 0) run.push(step);
    else if (isMeasured(file, step.file)) {
      settle(file.keys[step.file] !== answer.keys[step.answer]);
      besideChange = file.keys[step.file] !== answer.keys[step.answer];
    }
  }
  settle(false);
  return moved;
}

function changes({ file, answer, silence }: Fitting, gap: Gap): boolean {
  for (let at = gap.answer.start; at < gap.answer.end; at++)
    if (isCode(answer.roles[at]) && !silence.dropped.has(at)) return true;
  for (let at = gap.file.start; at < gap.file.end; at++)
    if (isCode(file.roles[at]) && !silence.kept.has(at)) return true;
  return false;
}

function columnsAway(
  { file, answer, depths }: Fitting,
  { file: own, answer: theirs }: Pair,
): number {
  const line = lineAt(file.lines, own);
  if (file.scan[own]?.inside) return 0;
  const away = columnsOf(depths.map(indentOf(lineAt(answer.lines, theirs)))) - depthOf(line);
  return Math.abs(away);
}

export function blanksIn({ roles }: Pick<Side, "roles">, { start, end }: Span): number {
  return range(start, end).filter((line) => roles[line] === "blank").length;
}
