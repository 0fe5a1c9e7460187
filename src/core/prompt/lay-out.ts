import { t } from "../../base/l10n";
import { lastLineOf } from "../../base/text/positions";
import type { ContextPiece } from "../../protocol/context";
import { nothingFound } from "../context/context-source";
import {
  isAskedFor,
  isVolatile,
  noChoices,
  type SelectedPieces,
  selectPieces,
} from "../context/select-pieces";
import type { AnswerForm } from "./answer-form";
import { budgetOf, counterOf, fits, roomIn } from "./budget/budget";
import { defaultExtraTokens } from "./budget/extra-tokens";
import type { CodeContext } from "./code-context";
import { inKeptOrder } from "./kept-order";
import { measureOf, type Prompt, type PromptPart, promptOf } from "./prompt";
import type { PromptRequest } from "./prompt-request";
import { codeLabel, codeTitle } from "./words/code-titles";
import { fenced } from "./words/fence";
import { preamble } from "./words/instructions";
import { pieceText } from "./words/piece-text";
import { shownCode } from "./words/shown-code";

/**
 * What was sent before is worth so much more than what was not: two callees of nearly the same
 * worth do not change places, and all behind them is not read anew, because the code names the
 * other one first now.
 */
const sentBefore = 0.02;

/** The end of a message, by what the model was shown of other files. */
export type TaskOf = (shown: readonly ContextPiece[]) => string;

/**
 * A follow-up as one more message behind all that was said: the model has read it, so that only the
 * new words are read. The code goes along again only where it is not what was shown, and of the
 * project only what is new and was asked for. The oldest turns fall where all do not fit.
 * @returns undefined without a talk before, and where not even its last turn fits: then it is asked
 * as if it was the first question.
 */
export function layOutFollowUp(
  request: PromptRequest,
  context: CodeContext,
  form: AnswerForm,
  taskOf: TaskOf,
): Prompt | undefined {
  const { before, target, found = nothingFound, fileForm } = request;
  if (before === undefined) return undefined;
  const measure = measureOf(request);
  for (let first = 0; first < before.messages.length; first += 2) {
    const messages = before.messages.slice(first);
    const isSaid = (text: string): boolean =>
      messages.some(({ content }) => content.includes(text));
    const { head, code } = shownCode(target, context, fileForm);
    const isNew = !isSaid(code);
    const changedSince = isNew && isSaid(head);
    const fixed = [
      ...(before.since === undefined
        ? []
        : [measure(t("what became of the last edit"), before.since)]),
      ...(isNew
        ? [
            measure(
              changedSince
                ? t("{0}, which has changed since", codeLabel(target.path, context))
                : codeLabel(target.path, context),
              `${codeTitle(target.path, context)} As it is now:\n${code}`,
            ),
          ]
        : []),
    ];
    const known = found.pieces.filter((piece) => isSaid(pieceText(piece, fileForm)));
    const endAfter = (shown: readonly ContextPiece[]): PromptPart =>
      measure(t("the task"), taskOf([...known, ...shown]));
    const end = endAfter(found.pieces);
    const bare = promptOf([...fixed, end], { form, context }, request, messages);
    if (!fits(bare, request)) continue;
    const room = roomIn(bare, request);
    const { pieces, dropped } = selected(request, context, room, (piece) => {
      const choices = request.choices ?? noChoices;
      return isAskedFor(piece, choices) && !known.includes(piece);
    });
    const asked = pieces.map((piece) => measure(piece.title, pieceText(piece, fileForm), piece));
    const parts = [...fixed, ...asked, endAfter(pieces)];
    return {
      ...promptOf(parts, { form, context }, request, messages),
      changedSince,
      leftOut: [
        ...(first === 0 ? [] : [t("the beginning of the talk")]),
        ...(isNew ? restOfCode(request, context) : []),
      ],
      dropped,
    };
  }
  return undefined;
}

export function layOut(
  request: PromptRequest,
  context: CodeContext,
  form: AnswerForm,
  taskOf: TaskOf,
): Prompt {
  const { target, found = nothingFound, fileForm } = request;
  const measure = measureOf(request);
  const shown = shownCode(target, context, fileForm);
  const start = measure(t("instructions"), preamble);
  const code = measure(
    codeLabel(target.path, context),
    shown.code.startsWith(shown.head) ? shown.code : `${shown.head}\n${shown.code}`,
  );
  const endAfter = (pieces: readonly ContextPiece[]): PromptPart =>
    measure(t("the task"), taskOf(pieces));

  let room = budgetOf(request) - start.tokens - code.tokens - endAfter(found.pieces).tokens;
  const own: PromptPart[] = [];
  const leftOut: string[] = [];
  for (const part of ownSurroundings(request, context, measure)) {
    if (part.tokens <= room) {
      own.push(part);
      room -= part.tokens;
    } else {
      leftOut.push(part.label);
    }
  }
  leftOut.push(...restOfCode(request, context));

  const { pieces, dropped } = selected(request, context, room, () => true);
  const partOf = (piece: ContextPiece): PromptPart =>
    measure(piece.title, pieceText(piece, fileForm), piece);
  const stable = pieces.filter((piece) => !isVolatile(piece)).map(partOf);
  const changing = pieces.filter(isVolatile).map(partOf);
  const inOrder = inKeptOrder(
    [start, ...stable, ...own, code, ...changing],
    request.lastTexts ?? [],
    code,
  );
  const parts = [...inOrder, endAfter(pieces)];
  return { ...promptOf(parts, { form, context }, request), leftOut, dropped };
}

/** What of the code in question did not fit. */
function restOfCode({ target }: PromptRequest, { scope, symbol }: CodeContext): readonly string[] {
  return scope === "lines" ? [t("the rest of {0}", symbol?.name ?? target.path)] : [];
}

/** What the file itself says around the code. */
function ownSurroundings(
  { target }: PromptRequest,
  { imports, related }: CodeContext,
  measure: (label: string, text: string) => PromptPart,
): readonly PromptPart[] {
  return [
    ...(imports === ""
      ? []
      : [
          measure(
            t("imports"),
            `Imports of ${target.path}:\n${fenced(target.languageId, imports)}`,
          ),
        ]),
    // A list and no code block: small models copy a block of bare signatures into their answer, as
    // if it was code to give back.
    ...(related.length === 0
      ? []
      : [
          measure(
            t("declarations it uses"),
            `It uses, as it is:\n${related.map((each) => `- \`${each}\``).join("\n")}`,
          ),
        ]),
  ];
}

/** What goes along of what was found; what the code shows already is no piece. */
function selected(
  request: PromptRequest,
  context: CodeContext,
  roomTokens: number,
  isNew: (piece: ContextPiece) => boolean,
): SelectedPieces {
  const { found = nothingFound, choices = noChoices, target, lastTexts = [], fileForm } = request;
  const tokensOf = counterOf(request);
  const wasSent = new Set(lastTexts);
  const { pieces, dropped } = selectPieces(
    found.pieces
      .filter((piece) => !isShown(piece, target.path, context) && isNew(piece))
      .map((piece) =>
        wasSent.has(pieceText(piece, fileForm))
          ? { ...piece, value: piece.value + sentBefore }
          : piece,
      ),
    choices,
    { extraTokens: request.extraTokens ?? defaultExtraTokens, roomTokens },
    (piece) => tokensOf(`${pieceText(piece, fileForm)}\n\n`),
  );
  // Of a named file that is cut already, a part may go.
  const cut = found.dropped.filter((one) => !dropped.some(({ id }) => id === one.id));
  return { pieces, dropped: [...cut, ...dropped] };
}

function isShown(
  { path, range, kind }: ContextPiece,
  shown: string,
  context: CodeContext,
): boolean {
  if (path !== shown || kind === "problems" || kind === "diff" || kind === "folder") return false;
  if (range === undefined) return kind === "file" && context.scope === "file";
  return context.startLine <= range.start.line && lastLineOf(range) <= context.endLine;
}
