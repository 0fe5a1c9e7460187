import { defined } from "../../../base/defined";
import { Lines, linesOf } from "../../../base/text/lines";
import { isEmptyRange, lastLineOf } from "../../../base/text/positions";
import { shortened } from "../../../base/text/shortened";
import type { ContextPiece } from "../../../protocol/context";
import type { Target } from "../../../protocol/document";
import type { AnswerForm } from "../answer-form";
import type { CodeContext } from "../code-context";
import type { PromptRequest } from "../prompt-request";
import { subjectOf } from "./code-titles";
import { fenceTag } from "./fence";
import type { ReportedProblem, TaskFacts } from "./instructions";

/** So much of a line tells it from the others. */
const quotedCharacters = 120;

/** @param shown what the model sees of other files, in this message or before it. */
export function taskFacts(
  request: PromptRequest,
  context: CodeContext,
  form: AnswerForm,
  shown: readonly ContextPiece[],
): TaskFacts {
  const { target } = request;
  return {
    action: request.action,
    form,
    subject: subjectOf(target.path, context),
    path: target.path,
    fence: fenceTag(target.languageId),
    problems: reportedProblems(target),
    attempt: request.attempt,
    ...defined({
      question: request.question,
      testPath: request.testPath,
      answerLanguage: request.answerLanguage,
      failing: request.failing,
      withFrames: request.withFrames,
      tried: request.tried,
    }),
    mayWriteAnew: request.isJudged === true && form === "rewrite" && context.symbol !== undefined,
    mayChangeOthers: shown.some(({ editable, path }) => editable && path !== target.path),
    ...selectionOf(target, context),
  };
}

function reportedProblems(target: Target): ReportedProblem[] {
  const lines = Lines.of(target.text);
  return target.diagnostics.map((found) => ({
    code: around(lines.at(found.range.start.line), found.range.start.character),
    message: found.source === undefined ? found.message : `${found.message} (${found.source})`,
  }));
}

/**
 * What was selected, in the code's own words: line numbers mean nothing to a model that was shown
 * none. A selection of all that the request is about, such as the function that the lightbulb
 * points at, says nothing more.
 */
function selectionOf(
  { text, range }: Target,
  { symbol, startLine, endLine }: CodeContext,
): { selection?: string } {
  if (isEmptyRange(range)) return {};
  const first = range.start.line;
  const last = lastLineOf(range);
  const [from, to] =
    symbol === undefined
      ? [startLine, endLine]
      : [symbol.range.start.line, lastLineOf(symbol.range)];
  const lines = linesOf(text).map((line) => line.trim());
  const beside = [...lines.slice(from, first), ...lines.slice(last + 1, to + 1)];
  if (beside.every((line) => line === "")) return {};
  const selected = lines.slice(first, last + 1).filter((line) => line !== "");
  const [top] = selected;
  if (top === undefined) return {};
  const bottom = selected.at(-1) ?? top;
  if (selected.length === 1) return { selection: `the line ${quotedLine(top)}` };
  return {
    selection: `the ${last - first + 1} lines from ${quotedLine(top)} to ${quotedLine(bottom)}`,
  };
}

/** A line, or what of a very long one stands around a character. */
function around(line: string, character: number): string {
  if (line.length <= 2 * quotedCharacters) return line.trim();
  const from = Math.max(0, character - quotedCharacters);
  return `…${line.slice(from, from + 2 * quotedCharacters)}…`;
}

function quotedLine(line: string): string {
  return `\`${shortened(line, quotedCharacters)}\``;
}
