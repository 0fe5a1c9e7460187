import { t } from "../../base/l10n";
import type { ContextPiece, DroppedPiece } from "../../protocol/context";
import { nothingFound } from "../context/context-source";
import {
  isAskedFor,
  isVolatile,
  noChoices,
  type SelectedPieces,
  selectPieces,
} from "../context/select-pieces";
import { FailureError } from "../failure-error";
import type { ChatMessage } from "../model/language-model";
import { lastLineOf } from "../text-lines";
import { type AnswerForm, answerFormFor } from "./answer-form";
import { type CodeContext, codeContextOf } from "./code-context";
import { codeLabel, codeTitle } from "./code-titles";
import { defaultExtraTokens } from "./extra-tokens";
import { fenced } from "./fence";
import type { AskedForm } from "./form-memory";
import { preamble, taskText } from "./instructions";
import { inKeptOrder } from "./kept-order";
import { pieceText } from "./piece-text";
import type { PromptRequest } from "./prompt-request";
import { type RepairFacts, repairText } from "./repair-text";
import { taskFacts } from "./task-facts";
import { estimateTokens } from "./token-estimate";

export interface Prompt {
  readonly messages: readonly ChatMessage[];
  /** What the last message is made of, in its order; joined by empty lines it is that message. */
  readonly parts: readonly PromptPart[];
  readonly form: AnswerForm;
  /** The form of edit that was chosen among several. */
  readonly asked?: AskedForm;
  readonly context: CodeContext;
  /** Tokens of all messages. */
  readonly tokens: number;
  /** What went along of what was found. */
  readonly sent: readonly ContextPiece[];
  /** What was said before, where the messages begin with it. */
  readonly talkTokens: number;
  /** What of the file did not fit, by name. */
  readonly leftOut: readonly string[];
  /** What of what was found did not go along. */
  readonly dropped: readonly DroppedPiece[];
}

/** A part of a message, and what it is to the person. */
export interface PromptPart {
  readonly label: string;
  readonly text: string;
  readonly tokens: number;
  /** Absent for the request's own parts. */
  readonly piece?: ContextPiece;
}

/** Shares of the window kept for what the model writes. */
const thinkingShare = 0.5;
const answerShare = 0.35;
/**
 * What was sent before is worth so much more than what was not: two callees of nearly the same worth do not change places, and all behind
 * them is not read anew, because the code names the other one first now.
 */
const sentBefore = 0.02;
/** The chat template's own tokens. */
const templateTokens = 24;
/**
 * Lays out the one user message of a request: what never changes first, then pieces of the project, the code, what changes with every
 * edit, the task last, and the parts that were sent before where they stood then: so a daemon which keeps the read prefix reads only the
 * end anew when the same file is asked about again. One message, because R1 wants no system prompt.
 *
 * Throws FailureError when the person's own words leave too little of the window for an answer.
 */
export function buildPrompt(request: PromptRequest): Prompt {
  const context = contextOf(request);
  const { form, asked } = answerFormFor({
    action: request.action,
    context,
    contextTokens: request.contextTokens,
    outcomes: request.outcomes ?? [],
    failed: request.failedForms ?? [],
  });
  const task: TaskOf = (shown) => taskText(taskFacts(request, context, form, shown));
  const followUp = layOutFollowUp(request, context, form, task);
  if (followUp !== undefined) return asked === undefined ? followUp : { ...followUp, asked };
  const alone = layOut(request, context, form, task);
  const prompt =
    request.before === undefined
      ? alone
      : { ...alone, leftOut: [...alone.leftOut, t("what was said before")] };
  if (!fits(prompt, request) && (request.failing ?? []).length > 0)
    return buildPrompt({ ...request, failing: [] });
  // A later attempt says a few words more; what fitted once is not refused for them.
  if (request.attempt === 1 && !fits(prompt, request)) {
    const { contextTokens } = request;
    throw new FailureError({ kind: "contextOverflow", promptTokens: prompt.tokens, contextTokens });
  }
  return asked === undefined ? prompt : { ...prompt, asked };
}

/**
 * Asks for one edit again. It begins as the prompts before did, so that the code need not be read anew; where that and the edit are too
 * much for the window together, it goes without the code. @returns undefined when even that does not fit.
 */
export function buildRepairPrompt(request: PromptRequest, repair: RepairFacts): Prompt | undefined {
  const context = contextOf(request);
  const task = repairText(repair);
  const whole = layOut(request, context, "blocks", () => task);
  if (fits(whole, request)) return whole;
  const measure = measureOf(request);
  const parts = [measure(t("the edit that does not fit"), `${preamble}\n\n${task}`)];
  const prompt = promptOf(parts, { form: "blocks", context }, request);
  const bare = { ...prompt, leftOut: [codeLabel(request.target.path, context)] };
  return fits(bare, request) ? bare : undefined;
}

/** The end of a message, by what the model was shown of other files. */
type TaskOf = (shown: readonly ContextPiece[]) => string;

function budgetOf({ contextTokens, think }: PromptRequest): number {
  return Math.floor(contextTokens * (1 - (think ? thinkingShare : answerShare))) - templateTokens;
}

function fits({ tokens }: Pick<Prompt, "tokens">, request: PromptRequest): boolean {
  return tokens <= budgetOf(request) + templateTokens;
}

function contextOf(request: PromptRequest): CodeContext {
  const limit = Math.floor(budgetOf(request) * 0.75);
  return codeContextOf(request.target, request.syntax, limit, counterOf(request));
}

function counterOf({ tokensOf = estimateTokens }: PromptRequest): (text: string) => number {
  return tokensOf;
}

function measureOf(
  request: PromptRequest,
): (label: string, text: string, piece?: ContextPiece) => PromptPart {
  const tokensOf = counterOf(request);
  return (label, text, piece) => ({
    label,
    text,
    tokens: tokensOf(text),
    ...(piece === undefined ? {} : { piece }),
  });
}

/** @param before messages that the last one follows on. */
function promptOf(
  parts: readonly PromptPart[],
  { form, context }: Pick<Prompt, "form" | "context">,
  request: PromptRequest,
  before: readonly ChatMessage[] = [],
): Prompt {
  const tokensOf = counterOf(request);
  const content = messageOf(parts);
  const talkTokens = before.reduce((sum, each) => sum + tokensOf(each.content), 0);
  const turns = (before.length + 2) / 2;
  return {
    messages: [...before, { role: "user", content }],
    parts,
    form,
    context,
    tokens: talkTokens + tokensOf(content) + turns * templateTokens,
    sent: parts.flatMap(({ piece }) => piece ?? []),
    talkTokens,
    leftOut: [],
    dropped: [],
  };
}

/** The last message of a prompt. */
export function messageOf(parts: readonly Pick<PromptPart, "text">[]): string {
  return parts.map(({ text }) => text).join("\n\n");
}

/**
 * A follow-up as one more message behind all that was said: the model has read it, so that only the new words are read. The code
 * goes along again only where it is not what was shown, and of the project only what is new and was asked for. The oldest turns fall
 * where all do not fit.
 * @returns undefined without a talk before, and where not even its last turn fits: then it is asked as if it was the first question.
 */
function layOutFollowUp(
  request: PromptRequest,
  context: CodeContext,
  form: AnswerForm,
  taskOf: TaskOf,
): Prompt | undefined {
  const { before, target, found = nothingFound } = request;
  if (before === undefined) return undefined;
  const measure = measureOf(request);
  for (let first = 0; first < before.messages.length; first += 2) {
    const messages = before.messages.slice(first);
    const isSaid = (text: string): boolean =>
      messages.some(({ content }) => content.includes(text));
    const code = fenced(target.languageId, context.code);
    const fixed = [
      ...(before.since === undefined
        ? []
        : [measure(t("what became of the last edit"), before.since)]),
      ...(isSaid(code)
        ? []
        : [
            measure(
              codeLabel(target.path, context),
              `${codeTitle(target.path, context)} As it is now:\n${code}`,
            ),
          ]),
    ];
    const known = found.pieces.filter((piece) => isSaid(pieceText(piece)));
    const endAfter = (shown: readonly ContextPiece[]): PromptPart =>
      measure(t("instructions"), taskOf([...known, ...shown]));
    const end = endAfter(found.pieces);
    const bare = promptOf([...fixed, end], { form, context }, request, messages);
    if (!fits(bare, request)) continue;
    const room = budgetOf(request) + templateTokens - bare.tokens;
    const { pieces, dropped } = selected(request, context, room, (piece) => {
      const choices = request.choices ?? noChoices;
      return isAskedFor(piece, choices) && !known.includes(piece);
    });
    const asked = pieces.map((piece) => measure(piece.title, pieceText(piece), piece));
    const parts = [...fixed, ...asked, endAfter(pieces)];
    return {
      ...promptOf(parts, { form, context }, request, messages),
      leftOut: first === 0 ? [] : [t("the beginning of the talk")],
      dropped,
    };
  }
  return undefined;
}

function layOut(
  request: PromptRequest,
  context: CodeContext,
  form: AnswerForm,
  taskOf: TaskOf,
): Prompt {
  const { target, found = nothingFound } = request;
  const measure = measureOf(request);
  const start = measure(t("instructions"), preamble);
  const code = measure(
    codeLabel(target.path, context),
    `${codeTitle(target.path, context)}\n${fenced(target.languageId, context.code)}`,
  );
  const endAfter = (shown: readonly ContextPiece[]): PromptPart =>
    measure(t("instructions"), taskOf(shown));

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
  if (context.scope === "lines")
    leftOut.push(t("the rest of {0}", context.symbol?.name ?? target.path));

  const { pieces, dropped } = selected(request, context, room, () => true);
  const partOf = (piece: ContextPiece): PromptPart => measure(piece.title, pieceText(piece), piece);
  const stable = pieces.filter((piece) => !isVolatile(piece)).map(partOf);
  const changing = pieces.filter(isVolatile).map(partOf);
  const inBetween = inKeptOrder([...stable, ...own, code, ...changing], request.lastTexts ?? []);
  const parts = [start, ...inBetween, endAfter(pieces)];
  return { ...promptOf(parts, { form, context }, request), leftOut, dropped };
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
    // A list and no code block: small models copy a block of bare signatures into their answer, as if it was code to give back.
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
  const { found = nothingFound, choices = noChoices, target, lastTexts = [] } = request;
  const tokensOf = counterOf(request);
  const wasSent = new Set(lastTexts);
  const { pieces, dropped } = selectPieces(
    found.pieces
      .filter((piece) => !isShown(piece, target.path, context) && isNew(piece))
      .map((piece) =>
        wasSent.has(pieceText(piece)) ? { ...piece, value: piece.value + sentBefore } : piece,
      ),
    choices,
    { extraTokens: request.extraTokens ?? defaultExtraTokens, roomTokens },
    (piece) => tokensOf(`${pieceText(piece)}\n\n`),
  );
  return { pieces, dropped: [...found.dropped, ...dropped] };
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
