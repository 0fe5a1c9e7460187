import { limits } from "../limits";
import { thresholds } from "../thresholds";
import { timesOf } from "./lines";

export function indentOf(line: string): string {
  return line.slice(0, line.search(/[^ \t]|$/));
}

/** Columns that white space takes, a tab up to the next multiple of four. */
export function columnsOf(indent: string): number {
  let columns = 0;
  for (const char of indent)
    columns =
      char === "\t" ? columns + thresholds.tabWidth - (columns % thresholds.tabWidth) : columns + 1;
  return columns;
}

/** Columns that a line is indented by. */
export function depthOf(line = ""): number {
  return columnsOf(indentOf(line));
}

export interface IndentStyle {
  readonly step: number;
  readonly tabs: boolean;
  /** False where no line is indented, so that step and tabs are a guess. */
  readonly isShown: boolean;
}

export function indentStyle(
  lines: readonly string[],
  fallback: IndentStyle = { step: 4, tabs: false, isShown: false },
): IndentStyle {
  const steps = new Map<number, number>();
  let tabs = 0;
  let spaces = 0;
  let last = 0;
  let first = true;
  for (const line of lines.length > 2_000 ? lines.slice(0, 2_000) : lines) {
    if (line.trim() === "") continue;
    const indent = indentOf(line);
    if (indent.includes("\t")) tabs++;
    else if (indent !== "") spaces++;
    const columns = columnsOf(indent);
    // ` public:` stands one column deep, and what is below it one more: that is no step.
    if (!first && columns > last + 1 && columns - last <= thresholds.some)
      steps.set(columns - last, (steps.get(columns - last) ?? 0) + 1);
    last = columns;
    first = false;
  }
  const useTabs = tabs > 0 || spaces > 0 ? tabs > spaces : fallback.tabs;
  if (useTabs)
    return { step: thresholds.tabWidth, tabs: true, isShown: tabs > 0 || fallback.isShown };
  let step = 0;
  let most = 0;
  for (const [columns, count] of steps) {
    if (count > most || (count === most && columns < step)) {
      step = columns;
      most = count;
    }
  }
  return step >= 1
    ? { step, tabs: false, isShown: true }
    : { step: fallback.step, tabs: false, isShown: fallback.isShown };
}

function renderIndent(columns: number, style: IndentStyle): string {
  const whole = Math.max(0, Math.round(columns));
  return style.tabs
    ? "\t".repeat(Math.floor(whole / style.step)) + " ".repeat(whole % style.step)
    : " ".repeat(whole);
}

export function opensBlock(line: string): boolean {
  return /[:{([]\s*$/.test(line);
}

export function indentBelow(above: string, { tabs, step }: IndentStyle): string {
  const indent = indentOf(above);
  if (!opensBlock(above) || indent.length > limits.indentation) return indent;
  return indent + (tabs ? "\t" : " ".repeat(step));
}

export interface IndentPair {
  readonly model: string;
  readonly file: string;
}

export interface IndentMap {
  /** False when the model lost its indentation, so that it says nothing. */
  readonly trusted: boolean;
  /** The file's indentation for a line of the model's, given with its own. */
  map(indent: string): string;
}

/** Undefined where one margin is not the other's beginning. */
export function shiftOf(own: string, theirs: string): ((indent: string) => string) | undefined {
  if (own === theirs) return (indent) => indent;
  if (own.endsWith(theirs)) return (indent) => own.slice(0, own.length - theirs.length) + indent;
  if (!theirs.endsWith(own)) return undefined;
  const cut = theirs.slice(0, theirs.length - own.length);
  return (indent) => (indent.startsWith(cut) ? indent.slice(cut.length) : indent.trimStart());
}

/**
 * From lines that are on both sides: those that do not agree with most were moved on purpose.
 * @param isWholeCode the model's code shows its own step, whatever one moved line says
 */
export function learnIndents(
  pairs: readonly IndentPair[],
  modelStyle: IndentStyle,
  fileStyle: IndentStyle,
  isWholeCode = false,
): IndentMap {
  // A file that shows no style of its own takes the model's.
  const style = fileStyle.isShown ? fileStyle : modelStyle;
  const exact = new Map<string, string>();
  const { step, shift } = isWholeCode
    ? bestFit(pairs, [modelStyle.step, style.step], style.step, 1)
    : bestFit(pairs, [style.step, modelStyle.step], style.step, 0);
  const rule = (indent: string): string =>
    renderIndent((columnsOf(indent) / step + shift) * style.step, style);
  for (const pair of pairs) {
    const from = indentOf(pair.model);
    const to = indentOf(pair.file);
    // As wide as the rule gives it: tabs and spaces may be mixed there.
    const isSame = from === to && from !== "";
    if ((isSame || columnsOf(rule(from)) === columnsOf(to)) && !exact.has(from))
      exact.set(from, to);
  }
  return { trusted: !isLost(pairs), map: (indent) => exact.get(indent) ?? rule(indent) };
}

/** A few lines show no step of their own: the file's is tried first. */
function bestFit(
  pairs: readonly IndentPair[],
  steps: readonly number[],
  fileStep: number,
  lead: number,
): { step: number; shift: number } {
  let best = { step: steps[0] ?? 4, shift: 0, agree: -1 };
  for (const step of new Set(steps)) {
    const shifts = timesOf(pairs.map((pair) => stepsBetween(pair, fileStep, step)));
    for (const [shift, agree] of shifts) {
      const nearer =
        agree === best.agree && step === best.step && Math.abs(shift) < Math.abs(best.shift);
      if (agree > best.agree + (step === steps[0] ? 0 : lead) || nearer)
        best = { step, shift, agree };
    }
  }
  return best;
}

/** By how many steps the file's line stands deeper than the model's, each by its own, in hundredths. */
export function stepsBetween(pair: IndentPair, fileStep: number, modelStep: number): number {
  const depth = (line: string, step: number): number => depthOf(line) / step;
  return Math.round((depth(pair.file, fileStep) - depth(pair.model, modelStep)) * 100) / 100;
}

/** Whether lines of several depths all stand at one in the model's version. */
export function isLost(pairs: readonly IndentPair[]): boolean {
  const depths = (side: keyof IndentPair): number =>
    new Set(pairs.map((pair) => depthOf(pair[side]))).size;
  return pairs.length > 1 && depths("model") === 1 && depths("file") > 1;
}
