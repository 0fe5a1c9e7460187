import {
  type Diagnostic as EditorDiagnostic,
  languages,
  Range,
  Selection,
  TabInputText,
  TabInputTextDiff,
  type TextDocument,
  Uri,
  window,
} from "vscode";
import { defined } from "../../base/defined";
import { FailureError } from "../../core/failure-error";
import type { ActionArguments } from "../../protocol/commands";
import { type Diagnostic, severities, type Target } from "../../protocol/document";
import type { Action } from "../../protocol/run-events";
import { refuseUnreadable } from "../../session/requests/readable-text";
import { contractScheme } from "../context/contract-documents";
import { proposalScheme } from "../review/proposal-uris";
import { openDocument, refuseTestless, refuseUnwritable } from "./file-checks";
import { activeCell, notebookOf, showDocument } from "./notebook-cells";
import { shownPath } from "./workspace-paths";

/**
 * Documents that show something instead of holding it: nobody wants them fixed or explained by
 * their text.
 */
const notCode: ReadonlySet<string> = new Set([
  "output",
  "debug",
  "walkThroughSnippet",
  "comment",
  "search-editor",
  proposalScheme,
  contractScheme,
]);
const maxDiagnostics = 20;

/**
 * Where the request points: what a code action named, else the active editor's selection or cursor.
 * Throws FailureError for a place that cannot be worked on in this way, before any model is asked.
 */
export async function takeTarget(
  given: ActionArguments | undefined,
  action: Action,
): Promise<Target> {
  const place = given === undefined ? activePlace() : await givenPlace(given);
  const { document, selection } = place;
  const path = shownPath(document.uri);
  if (notCode.has(document.uri.scheme)) throw new FailureError({ kind: "noEditor" });
  const text = document.getText();
  refuseUnreadable(text, path);
  if (editsTarget(action)) await refuseUnwritable(document.uri, path);
  if (action === "writeTests") refuseTestless(document.uri, path);
  return {
    uri: document.uri.toString(),
    path,
    languageId: document.languageId,
    version: document.version,
    text,
    range: plainRange(selection),
    diagnostics: diagnosticsAt(document, selection, given?.diagnostics ?? []),
  };
}

/**
 * The document that a request without a place of its own is about; undefined where there is none.
 */
export function uriInFront(): string | undefined {
  return placeInFront()?.document.uri.toString();
}

/** Whether the action asks for a change of the very document it points at. */
function editsTarget(action: Action): boolean {
  switch (action) {
    case "fix":
    case "improve":
    case "document":
      return true;
    case "explain":
    case "ask":
    case "writeTests":
      return false;
    default:
      return action satisfies never;
  }
}

interface Place {
  readonly document: TextDocument;
  readonly selection: Range;
}

function activePlace(): Place {
  const place = placeInFront();
  if (place === undefined) throw new FailureError({ kind: "noEditor" });
  return place;
}

function placeInFront(): Place | undefined {
  const cell = activeCell();
  const active = window.activeTextEditor;
  if (
    cell !== undefined &&
    (active === undefined || notebookOf(active.document.uri) === undefined)
  ) {
    return { document: cell, selection: new Range(0, 0, 0, 0) };
  }
  // With the log or a proposal in front, the request is about the code beside it.
  const shown = window.visibleTextEditors.filter(({ document }) => isInTab(document.uri));
  const editor = [active, ...shown].find((each) => each && !notCode.has(each.document.uri.scheme));
  if (editor === undefined) return undefined;
  return {
    document: editor.document,
    selection: new Range(editor.selection.start, editor.selection.end),
  };
}

/** The editor sometimes goes on listing what was shown in a diff that has been closed. */
function isInTab(uri: Uri): boolean {
  const isIt = (other: Uri): boolean => other.toString() === uri.toString();
  return window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => {
      if (input instanceof TabInputText) return isIt(input.uri);
      if (input instanceof TabInputTextDiff) return isIt(input.original) || isIt(input.modified);
      // An editor of several files does not tell what it holds.
      return input === undefined;
    }),
  );
}

async function givenPlace({ uri: text, range }: ActionArguments): Promise<Place> {
  const uri = parseUri(text);
  const document = await openDocument(uri, shownPath(uri));
  const selection = document.validateRange(
    new Range(range.start.line, range.start.character, range.end.line, range.end.character),
  );
  return { document, selection };
}

function parseUri(text: string): Uri {
  try {
    return Uri.parse(text, true);
  } catch {
    throw new FailureError({ kind: "noEditor" });
  }
}

/**
 * The problems that touch the selection, or the cursor's line; those that the person clicked on
 * come first.
 */
function diagnosticsAt(
  document: TextDocument,
  selection: Range,
  given: readonly Diagnostic[],
): readonly Diagnostic[] {
  const around = selection.isEmpty ? document.lineAt(selection.start.line).range : selection;
  const touching = languages
    .getDiagnostics(document.uri)
    .filter((each) => each.range.intersection(around) !== undefined)
    .map(plainDiagnostic);
  const sameAs = (a: Diagnostic) => (b: Diagnostic) =>
    a.message === b.message && a.range.start.line === b.range.start.line;
  return [...given, ...touching.filter((each) => !given.some(sameAs(each)))].slice(
    0,
    maxDiagnostics,
  );
}

export function plainDiagnostic({
  range,
  message,
  severity,
  source,
  code,
}: EditorDiagnostic): Diagnostic {
  const codeText = typeof code === "object" ? code.value : code;
  return {
    range: plainRange(range),
    message,
    severity: severities[severity] ?? "error",
    ...defined({ source, code: codeText?.toString() }),
  };
}

function plainRange({ start, end }: Range): Target["range"] {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

/** Shows the place of an earlier request. */
export async function revealPlace(uri: string, range: Target["range"]): Promise<void> {
  const place = await givenPlace({ uri, range });
  const editor = await showDocument(place.document);
  if (editor === undefined) return;
  editor.selection = new Selection(place.selection.start, place.selection.end);
  editor.revealRange(place.selection);
}
