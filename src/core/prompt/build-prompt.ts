import { defined } from "../../base/defined";
import { t } from "../../base/l10n";
import type { CheckCase } from "../../protocol/checks";
import type { Target } from "../../protocol/document";
import type { Action, SentPiece } from "../../protocol/run-events";
import type { SyntaxContext } from "../../protocol/syntax";
import { FailureError } from "../failure-error";
import type { ChatMessage } from "../model/language-model";
import { isEmptyRange, lastLineOf, linesOf } from "../text-lines";
import { type AnswerForm, answerFormFor } from "./answer-form";
import { type CodeContext, codeContextOf } from "./code-context";
import type { Conversation } from "./conversation";
import { fenced, fenceTag } from "./fence";
import type { AskedForm, FormOutcome } from "./form-memory";
import {
  preamble,
  type ReportedProblem,
  type TaskFacts,
  type TriedChange,
  taskText,
} from "./instructions";
import { type RepairFacts, repairText } from "./repair-text";
import { estimateTokens } from "./token-estimate";

export interface PromptRequest {
  readonly action: Action;
  readonly target: Target;
  readonly syntax?: SyntaxContext | undefined;
  readonly question?: string;
  readonly testPath?: string;
  /** The window that prompt and answer share. */
  readonly contextTokens: number;
  /** A model that thinks needs room for it. */
  readonly think: boolean;
  /** 1 for the first time of asking, more when the last answer was of no use. */
  readonly attempt: number;
  /** How the model did with the forms of edits before, oldest first. */
  readonly outcomes?: readonly FormOutcome[];
  /** Forms of edits that did not work in this run. */
  readonly failedForms?: readonly AskedForm[];
  /** English name of the language to answer in; absent: English. */
  readonly answerLanguage?: string;
  /** What was said before, for a follow-up. */
  readonly before?: Conversation;
  /** What was run on the code as it is and fails. Left out where there is no room for it. */
  readonly failing?: readonly CheckCase[];
  /** A change that a check said no to. */
  readonly tried?: TriedChange;
}

export interface Prompt {
  readonly messages: readonly ChatMessage[];
  readonly form: AnswerForm;
  /** The form of edit that was chosen among several. */
  readonly asked?: AskedForm;
  readonly context: CodeContext;
  /** Estimated tokens of all messages. */
  readonly tokens: number;
  readonly pieces: readonly SentPiece[];
  /** What did not fit, by name. */
  readonly leftOut: readonly string[];
}

/** Shares of the window kept for what the model writes. */
const thinkingShare = 0.5;
const answerShare = 0.35;
/** So much of a line tells it from the others. */
const quotedCharacters = 120;
/** The chat template's own tokens. */
const templateTokens = 24;

/**
 * Lays out the one user message of a request: what never changes first, the code next, the task last, so that a daemon which keeps the
 * read prefix reads only the end anew when the same code is asked about again. One message, because R1 wants no system prompt.
 *
 * Throws FailureError when what was pointed at and the person's own words leave too little of the window for an answer.
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
  const task = taskText(taskFacts(request, context, form));
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
  const whole = layOut(request, context, "blocks", task);
  if (fits(whole, request)) return whole;
  const content = `${preamble}\n\n${task}`;
  const tokens = estimateTokens(content) + templateTokens;
  if (!fits({ tokens }, request)) return undefined;
  const pieces = [{ label: t("the edit that does not fit"), tokens }];
  return {
    messages: [{ role: "user", content }],
    form: "blocks",
    context,
    tokens,
    pieces,
    leftOut: [codeLabel(request.target.path, context)],
  };
}

function budgetOf({ contextTokens, think }: PromptRequest): number {
  return Math.floor(contextTokens * (1 - (think ? thinkingShare : answerShare))) - templateTokens;
}

function fits({ tokens }: Pick<Prompt, "tokens">, request: PromptRequest): boolean {
  return tokens <= budgetOf(request) + templateTokens;
}

function contextOf(request: PromptRequest): CodeContext {
  return codeContextOf(request.target, request.syntax, Math.floor(budgetOf(request) * 0.75));
}

/**
 * A follow-up as one more message behind all that was said: the model has read it, so that only the new words are read. The code
 * goes along again only where it is not what was shown. The oldest turns fall where all do not fit.
 * @returns undefined without a talk before, and where not even its last turn fits: then it is asked as if it was the first question.
 */
function layOutFollowUp(
  request: PromptRequest,
  context: CodeContext,
  form: AnswerForm,
  task: string,
): Prompt | undefined {
  const { before, target } = request;
  for (let first = 0; before !== undefined && first < before.messages.length; first += 2) {
    const messages = before.messages.slice(first);
    const code = fenced(target.languageId, context.code);
    const isKnown = messages.some(({ content }) => content.includes(code));
    const parts = [
      ...(before.since === undefined ? [] : [before.since]),
      ...(isKnown ? [] : [`${codeTitle(target.path, context)} As it is now:\n${code}`]),
    ];
    const content = [...parts, task].join("\n\n");
    const talk = messages.reduce((sum, each) => sum + estimateTokens(each.content), 0);
    const turns = (messages.length + 2) / 2;
    const tokens = talk + estimateTokens(content) + turns * templateTokens;
    if (!fits({ tokens }, request)) continue;
    const shown = isKnown
      ? []
      : [{ label: codeLabel(target.path, context), tokens: estimateTokens(code) }];
    return {
      messages: [...messages, { role: "user", content }],
      form,
      context,
      tokens,
      pieces: [
        { label: t("what was said before"), tokens: talk },
        ...shown,
        { label: t("instructions"), tokens: estimateTokens(task) },
      ],
      leftOut: first === 0 ? [] : [t("the beginning of the talk")],
    };
  }
  return undefined;
}

function layOut(
  request: PromptRequest,
  context: CodeContext,
  form: AnswerForm,
  task: string,
): Prompt {
  const { target } = request;
  const code = `${codeTitle(target.path, context)}\n${fenced(target.languageId, context.code)}`;

  const optional = [
    {
      label: t("imports"),
      text:
        context.imports === ""
          ? ""
          : `Imports of ${target.path}:\n${fenced(target.languageId, context.imports)}`,
    },
    {
      label: t("declarations it uses"),
      // A list and no code block: small models copy a block of bare signatures into their answer, as if it was code to give back.
      text:
        context.related.length === 0
          ? ""
          : `It uses, as it is:\n${context.related.map((each) => `- \`${each}\``).join("\n")}`,
    },
  ].filter((piece) => piece.text !== "");

  let room =
    budgetOf(request) - estimateTokens(preamble) - estimateTokens(code) - estimateTokens(task);
  const kept: typeof optional = [];
  const leftOut: string[] = [];
  for (const piece of optional) {
    const tokens = estimateTokens(piece.text);
    if (tokens <= room) {
      kept.push(piece);
      room -= tokens;
    } else {
      leftOut.push(piece.label);
    }
  }
  if (context.scope === "lines")
    leftOut.push(t("the rest of {0}", context.symbol?.name ?? target.path));

  const pieces = [
    ...kept.map((piece) => ({ label: piece.label, tokens: estimateTokens(piece.text) })),
    { label: codeLabel(target.path, context), tokens: estimateTokens(code) },
    { label: t("instructions"), tokens: estimateTokens(preamble) + estimateTokens(task) },
  ];
  const content = [preamble, ...kept.map((piece) => piece.text), code, task].join("\n\n");
  return {
    messages: [{ role: "user", content }],
    form,
    context,
    tokens: estimateTokens(content) + templateTokens,
    pieces,
    leftOut,
  };
}

function taskFacts(request: PromptRequest, context: CodeContext, form: AnswerForm): TaskFacts {
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
      tried: request.tried,
    }),
    ...selectionOf(target, context),
  };
}

function reportedProblems(target: Target): ReportedProblem[] {
  const lines = linesOf(target.text);
  return target.diagnostics.map((found) => ({
    code: (lines[found.range.start.line] ?? "").trim(),
    message: found.source === undefined ? found.message : `${found.message} (${found.source})`,
  }));
}

/**
 * What was selected, in the code's own words: line numbers mean nothing to a model that was shown none. A selection of all that the
 * request is about, such as the function that the lightbulb points at, says nothing more.
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

function quotedLine(line: string): string {
  return `\`${line.length > quotedCharacters ? `${line.slice(0, quotedCharacters)}…` : line}\``;
}

function subjectOf(path: string, context: CodeContext): string {
  const { symbol } = context;
  if (symbol !== undefined)
    return `the ${symbol.kind === "other" ? "declaration" : symbol.kind} \`${symbol.name}\``;
  return context.scope === "file" ? `the file ${path}` : `this part of ${path}`;
}

function codeTitle(path: string, context: CodeContext): string {
  switch (context.scope) {
    case "file":
      return `The file ${path}:`;
    case "symbol":
      return `From ${path}:`;
    case "lines":
      return `A part of ${path}:`;
    default: {
      const never: never = context.scope;
      return never;
    }
  }
}

function codeLabel(path: string, context: CodeContext): string {
  switch (context.scope) {
    case "file":
      return path;
    case "symbol":
      return context.symbol === undefined ? t("code") : symbolLabel(context.symbol);
    case "lines":
      return t("lines {0}–{1} of {2}", context.startLine + 1, context.endLine + 1, path);
    default: {
      const never: never = context.scope;
      return never;
    }
  }
}

function symbolLabel({ kind, name }: NonNullable<CodeContext["symbol"]>): string {
  switch (kind) {
    case "function":
      return t("function {0}", name);
    case "method":
      return t("method {0}", name);
    case "class":
      return t("class {0}", name);
    case "interface":
      return t("interface {0}", name);
    case "type":
      return t("type {0}", name);
    case "enum":
      return t("enum {0}", name);
    case "module":
      return t("module {0}", name);
    case "variable":
      return t("variable {0}", name);
    case "other":
      return name;
    default:
      return kind satisfies never;
  }
}
