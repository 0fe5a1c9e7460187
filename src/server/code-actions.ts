import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  DiagnosticSeverity,
  type Diagnostic as LspDiagnostic,
} from "vscode-languageserver";
import { defined } from "../base/defined";
import { t } from "../base/l10n";
import { isTestPath } from "../base/languages/test-names";
import { Lines } from "../base/text/lines";
import { isEmptyRange } from "../base/text/positions";
import { shortened } from "../base/text/shortened";
import { type ActionArguments, commands } from "../protocol/commands";
import type { Diagnostic, Range, Severity } from "../protocol/document";
import type { SyntaxContext } from "../protocol/syntax";

const quickFixKind = `${CodeActionKind.QuickFix}.thinkaloud`;
const rewriteKind = `${CodeActionKind.RefactorRewrite}.thinkaloud`;
const refactorKind = `${CodeActionKind.Refactor}.thinkaloud`;

export const codeActionKinds = [quickFixKind, rewriteKind, refactorKind];

const maxQuickFixes = 10;
const maxMessageLength = 60;

interface Offer {
  readonly title: string;
  readonly kind: string;
  readonly command: string;
}

function fixOffer(): Offer {
  return { title: t("Fix with Thinkaloud"), kind: rewriteKind, command: commands.fix };
}

function greenOffer(kind: string): Offer {
  const title = t("Fix failing tests with Thinkaloud");
  return { title, kind, command: commands.fixUntilGreen };
}

function offers(): readonly Offer[] {
  return [
    { title: t("Explain with Thinkaloud"), kind: refactorKind, command: commands.explain },
    { title: t("Improve with Thinkaloud"), kind: rewriteKind, command: commands.improve },
    { title: t("Write tests with Thinkaloud"), kind: refactorKind, command: commands.writeTests },
    { title: t("Document with Thinkaloud"), kind: rewriteKind, command: commands.document },
  ];
}

/**
 * What the lightbulb offers. None is preferred, because a model's fix must not win over a tool's
 * own, and none carries an edit: the command asks the model, and only after a click.
 */
export function codeActions(
  params: CodeActionParams,
  about: Range | undefined,
  isTest = false,
): CodeAction[] {
  const uri = params.textDocument.uri;
  const diagnostics = params.context.diagnostics.slice(0, maxQuickFixes);
  const fixes = diagnostics.map((diagnostic): CodeAction => {
    const problem = plainDiagnostic(diagnostic);
    return {
      ...action(
        { ...fixOffer(), kind: quickFixKind, title: fixTitle(problem, diagnostics.length) },
        { uri, range: problem.range, diagnostics: [problem] },
      ),
      diagnostics: [diagnostic],
    };
  });
  const [problem] = diagnostics;
  const green =
    isTest && problem !== undefined
      ? [action(greenOffer(quickFixKind), { uri, range: plainDiagnostic(problem).range })]
      : [];
  const places = fixes.length > 0 ? [] : [fixOffer(), ...(isTest ? [greenOffer(rewriteKind)] : [])];
  const rewrites = about === undefined ? [] : [...places, ...offers()];
  const found = [
    ...fixes,
    ...green.map((each) => ({ ...each, diagnostics })),
    ...rewrites.map((offer) => action(offer, { uri, range: about ?? params.range })),
  ];
  const only = params.context.only;
  return only === undefined
    ? found
    : found.filter((candidate) => only.some((kind) => within(candidate.kind ?? "", kind)));
}

/** So many names of a path tell whether it is a test's: those above are the person's own. */
const tellingNames = 3;

/** Whether a place stands in a test, as far as its names tell. */
export function isInTest(uri: string, context: SyntaxContext | undefined): boolean {
  const names = uri.split("/").slice(-tellingNames);
  const { name = "", container = "" } = context?.enclosing ?? {};
  return isTestPath(names.join("/")) || /^[Tt]est/.test(name) || /^[Tt]ests?$/.test(container);
}

/**
 * What a request without a diagnostic is about: the selection, else the symbol around the cursor,
 * else the line; an empty line is nothing.
 */
export function subjectRange(
  range: Range,
  text: string,
  context: SyntaxContext | undefined,
): Range | undefined {
  if (!isEmptyRange(range)) return range;
  if (context?.enclosing !== undefined) return context.enclosing.range;
  const line = Lines.of(text).at(range.start.line);
  if (line.trim() === "") return undefined;
  return {
    start: { line: range.start.line, character: 0 },
    end: { line: range.start.line, character: line.length },
  };
}

function action(offer: Offer, parameters: ActionArguments): CodeAction {
  return {
    title: offer.title,
    kind: offer.kind,
    command: { title: offer.title, command: offer.command, arguments: [parameters] },
  };
}

/** Several problems in one place need the message to be told apart. */
function fixTitle(problem: Diagnostic, count: number): string {
  if (count === 1) return t("Fix with Thinkaloud");
  const message = problem.message.replace(/\s+/g, " ").trim();
  return t("Fix with Thinkaloud: {0}", shortened(message, maxMessageLength - 1));
}

function within(kind: string, asked: string): boolean {
  return asked === "" || kind === asked || kind.startsWith(`${asked}.`);
}

function plainDiagnostic(diagnostic: LspDiagnostic): Diagnostic {
  const { range, message, source, code } = diagnostic;
  return {
    range: {
      start: { line: range.start.line, character: range.start.character },
      end: { line: range.end.line, character: range.end.character },
    },
    message:
      typeof message === "string"
        ? message
        : String((message as { readonly value?: unknown }).value ?? ""),
    severity: severityName(diagnostic.severity),
    ...defined({ source, code: code?.toString() }),
  };
}

function severityName(severity: DiagnosticSeverity | undefined): Severity {
  switch (severity) {
    case DiagnosticSeverity.Warning:
      return "warning";
    case DiagnosticSeverity.Information:
      return "information";
    case DiagnosticSeverity.Hint:
      return "hint";
    default:
      return "error";
  }
}
