import type { LanguageFacts } from "../../../../base/languages/language";
import { lineAt } from "../../../../base/text/lines";
import {
  depthOf,
  type IndentMap,
  type IndentPair,
  type IndentStyle,
  indentOf,
  indentStyle,
  isLost,
  learnIndents,
  shiftOf,
  stepsBetween,
} from "../../text/indentation";
import { timesOf } from "../../text/lines";
import { maskAt } from "../../text/scan-line";
import type { Side } from "./side";
import type { Step } from "./steps";

type Pair = Extract<Step, { kind: "pair" }>;

/**
 * How the answer's indentation becomes the file's. Measured on code alone: the second line of a
 * block comment stands a column off from everything. The first head that both sides have decides
 * how far all of it is shifted, or the first and the last line that they have in common, since
 * lines that the model moved deeper, into a `try` around the whole body, may be more than those it
 * did not.
 *
 *     file: // first      answer: // first        the `}` and what is in it are deeper, and the rest is not
 *           a();                  if (b) {
 *         }                         a();
 *                                 }
 *                               }
 * @param isFile both sides begin at the margin
 */
export function depthsOf(
  file: Side,
  answer: Side,
  steps: readonly Step[],
  fileStyle: IndentStyle,
  isFile: boolean,
): IndentMap {
  const pairs = steps.filter(
    (step): step is Pair =>
      step.kind === "pair" && isMeasured(file, step.file) && isMeasured(answer, step.answer),
  );
  const texts = pairs.map((pair) => textsOf(file, answer, pair));
  const own = styleOf(file, fileStyle);
  const theirs = styleOf(answer, own);
  const head = isFile ? { file: "", model: "" } : standardOf(file, answer, steps, pairs, theirs);
  const shift = head && shiftOf(indentOf(head.file), indentOf(head.model));
  if (isLost(texts) || hasFlatBody(answer)) return { trusted: false, map: (indent) => indent };
  const isOwnStyle = isSameStyle(own, theirs) || beginsAs(answer, own);
  if (head && shift && (isSupported(head, shift, texts) || isOwnStyle))
    return { trusted: true, map: shift };
  const stepsOf = (pair: IndentPair): number => stepsBetween(pair, own.step, theirs.step);
  const agreeing = head ? texts.filter((pair) => stepsOf(pair) === stepsOf(head)) : texts;
  return learnIndents(head ? [head, ...agreeing] : texts, theirs, own, true);
}

function standardOf(
  file: Side,
  answer: Side,
  steps: readonly Step[],
  pairs: readonly Pair[],
  style: IndentStyle,
): IndentPair | undefined {
  const texts = pairs.map((pair) => textsOf(file, answer, pair));
  const [first] = pairs;
  if (first?.isHead) return isHeadOfBody(answer, first, style) ? texts[0] : mostUsual(texts);
  return sameAtBothEnds(file, answer, steps) ?? texts[0];
}

/** A head that lost its own indentation, but not its body's, says nothing. */
function isHeadOfBody(answer: Side, first: Pair, style: IndentStyle): boolean {
  for (let line = first.answer + 1; line < answer.lines.length; line++) {
    if (!isMeasured(answer, line) || lineAt(answer.lines, line).trim() === "{") continue;
    const deeper = depthOf(answer.lines[line]) - depthOf(answer.lines[first.answer]);
    return deeper <= 0 || deeper === style.step;
  }
  return true;
}

/** Where the last one is shifted as far; where a comment begins says as much as code. */
function sameAtBothEnds(file: Side, answer: Side, steps: readonly Step[]): IndentPair | undefined {
  const isTold = (side: Side, line: number): boolean =>
    isMeasured(side, line) || (side.scan[line]?.kind === "comment" && !side.scan[line]?.inside);
  const pairs = steps.filter(
    (step): step is Pair =>
      step.kind === "pair" && isTold(file, step.file) && isTold(answer, step.answer),
  );
  const [first, last] = [pairs[0], pairs.at(-1)];
  if (!first || !last || first === last) return undefined;
  const [top, bottom] = [textsOf(file, answer, first), textsOf(file, answer, last)];
  return shiftIn(top) === shiftIn(bottom) ? top : undefined;
}

function shiftIn({ file, model }: IndentPair): number {
  return depthOf(file) - depthOf(model);
}

function mostUsual(texts: readonly IndentPair[]): IndentPair | undefined {
  const counts = timesOf(texts.map(shiftIn));
  const most = Math.max(...counts.values());
  return texts.find((pair) => counts.get(shiftIn(pair)) === most);
}

/** Lines whose indentation means something: a mark for left-out code stands anywhere. */
export function isMeasured(side: Side, line: number): boolean {
  const scan = side.scan[line];
  const isCode = scan?.kind === "code" && side.roles[line] !== "elision";
  return isCode && !scan.inside && !scan.inList;
}

function textsOf(file: Side, answer: Side, pair: Pair): IndentPair {
  return { file: lineAt(file.lines, pair.file), model: lineAt(answer.lines, pair.answer) };
}

/** A line that goes on with the one above may be as deep as it likes. */
export function styleOf(side: Side, fallback: IndentStyle): IndentStyle {
  const lines: string[] = [];
  let above: number | undefined;
  let base = 0;
  // What stands below a line that goes on is as much deeper as that one is.
  let over = 0;
  for (const [line, text] of side.lines.entries()) {
    if (!isMeasured(side, line)) continue;
    const columns = depthOf(text);
    const opens = above === undefined || /[{:([>]\s*$/.test(maskAt(side.scan, above));
    above = line;
    if (columns <= base + over) over = 0;
    if (columns > base && !opens && side.facts.blocks === "brace") {
      over = columns - base;
      continue;
    }
    base = columns - over;
    lines.push(text.startsWith(" ") ? text.slice(over) : text);
  }
  return indentStyle(lines, fallback);
}

function isSupported(
  head: IndentPair,
  shift: (indent: string) => string,
  texts: readonly IndentPair[],
): boolean {
  const telling = texts.filter((pair) => indentOf(pair.model) !== indentOf(head.model));
  const agreeing = telling.filter((pair) => shift(indentOf(pair.model)) === indentOf(pair.file));
  return telling.length > 0 && agreeing.length * 2 >= telling.length;
}

function isSameStyle(own: IndentStyle, theirs: IndentStyle): boolean {
  if (!theirs.isShown || !own.isShown) return true;
  return own.tabs === theirs.tabs && (own.tabs || own.step === theirs.step);
}

/** A new method may be laid out in another way than the class copied around it. */
function beginsAs(answer: Side, { step, tabs }: IndentStyle): boolean {
  const columns = answer.lines.flatMap((line, at) =>
    isMeasured(answer, at) ? [depthOf(line)] : [],
  );
  const [margin = 0] = columns;
  return !tabs && columns.find((one) => one > margin) === margin + step;
}

/** A head that ends in a colon, with its body no deeper: the indentation is lost. */
function hasFlatBody(answer: Side): boolean {
  // A body may be a docstring alone, or left out.
  const said = answer.lines.flatMap((line, at) => {
    if (answer.roles[at] === "elision") return [undefined];
    return isMeasured(answer, at) || opensDocstring(answer, at) ? [line] : [];
  });
  return said.some((line, at) => {
    if (line === undefined) return false;
    const next = said[at + 1];
    const isHead = /^\s*(?:async\s+)?(?:def|class|if|for|while|with|try|else|elif)\b.*:\s*$/.test(
      line,
    );
    return isHead && next !== undefined && depthOf(next) <= depthOf(line);
  });
}

function opensDocstring(side: Side, line: number): boolean {
  return side.scan[line]?.docstring === true && !side.scan[line]?.inside;
}

export function meansDepth(facts: LanguageFacts): boolean {
  return facts.blocks === "indent" || facts.blocks === "none";
}
