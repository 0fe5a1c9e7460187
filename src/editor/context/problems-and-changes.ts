import { type Diagnostic, DiagnosticSeverity, languages, Uri, window, workspace } from "vscode";
import { t } from "../../base/l10n";
import { Lines } from "../../base/text/lines";
import type {
  ContextFindings,
  ContextQuery,
  ContextSource,
} from "../../core/context/context-source";
import { type Mention, mentionText } from "../../core/context/mentions";
import type { ContextPiece, DroppedPiece, PieceKind } from "../../protocol/context";
import { shownPath } from "../documents/workspace-paths";
import { allChanges, fileChanges } from "./git-changes";
import { terminalSelection } from "./terminal-selection";
import type { WorkspaceProjects } from "./workspace-projects";

const mostProblems = 5;
const mostNamedProblems = 20;

type PlainMention = Exclude<Mention, { name: string }>;

/**
 * The file's other errors, errors elsewhere that name what the request is about, and what was
 * changed since the last commit.
 */
export class ProblemsAndChanges implements ContextSource {
  readonly name = "problems";
  readonly #projects: WorkspaceProjects;

  constructor(projects: WorkspaceProjects) {
    this.#projects = projects;
  }

  async find(query: ContextQuery, signal: AbortSignal): Promise<ContextFindings> {
    const { target, syntax } = query;
    const uri = Uri.parse(target.uri);
    const pieces: ContextPiece[] = [];
    const known = new Set(target.diagnostics.map(({ message }) => message));
    const own = errorsOf(languages.getDiagnostics(uri)).filter(
      ({ message }) => !known.has(message),
    );
    if (own.length > 0)
      pieces.push(
        problemsPiece(target.path, linesFor(own, target.text), {
          value: 0.5,
          reason: t("The file has other errors."),
        }),
      );
    const name = syntax?.enclosing?.name;
    if (name !== undefined) pieces.push(...(await this.#elsewhere(name, target.uri, signal)));
    const diff = await fileChanges(uri).catch(() => undefined);
    signal.throwIfAborted();
    if (diff !== undefined)
      pieces.push({
        ...changesPiece(target.path, diff),
        value: 0.4,
        source: "git",
        reason: t("It was changed since the last commit."),
      });
    return { pieces, dropped: [] };
  }

  async #elsewhere(name: string, own: string, signal: AbortSignal): Promise<ContextPiece[]> {
    const pieces: ContextPiece[] = [];
    for (const [uri, diagnostics] of languages.getDiagnostics()) {
      const errors = errorsOf(diagnostics).filter(({ message }) => message.includes(name));
      if (errors.length === 0 || uri.toString() === own || pieces.length >= 2) continue;
      if (!(await this.#projects.mayShow(uri))) continue;
      const file = await this.#projects.read(uri);
      signal.throwIfAborted();
      if (file === undefined) continue;
      pieces.push(
        problemsPiece(file.path, linesFor(errors, file.text), {
          value: 0.65,
          reason: t("An error there names {0}.", name),
        }),
      );
    }
    return pieces;
  }
}

/**
 * `@problems`, `@diff`, `@selection` and `@terminal`: what the editor shows and the person named.
 */
export class ShownThings implements ContextSource {
  readonly name = "shown";
  readonly limitMs = 2_000;
  readonly #projects: WorkspaceProjects;

  constructor(projects: WorkspaceProjects) {
    this.#projects = projects;
  }

  async find({ mentions, target }: ContextQuery, signal: AbortSignal): Promise<ContextFindings> {
    const pieces: ContextPiece[] = [];
    const dropped: DroppedPiece[] = [];
    for (const mention of mentions) {
      if ("name" in mention) continue;
      const piece = await this.#piece(mention, Uri.parse(target.uri));
      signal.throwIfAborted();
      if (piece !== undefined) pieces.push(piece);
      else dropped.push({ id: mentionText(mention), title: mentionText(mention), why: "missing" });
    }
    return { pieces, dropped };
  }

  async #piece({ kind }: PlainMention, uri: Uri): Promise<ContextPiece | undefined> {
    switch (kind) {
      case "problems":
        return await this.#problems();
      case "diff": {
        // Without a commit there is nothing to compare with.
        const mayShow = (file: Uri): Promise<boolean> => this.#projects.mayShow(file);
        const diff = await allChanges(uri, mayShow).catch(() => undefined);
        return diff === undefined ? undefined : changesPiece(undefined, diff);
      }
      case "selection":
        return selection();
      case "terminal": {
        const text = await terminalSelection();
        if (text.trim() === "") return undefined;
        return textPiece("terminal", t("selection in the terminal"), text, "text");
      }
      default:
        return kind satisfies never;
    }
  }

  async #problems(): Promise<ContextPiece | undefined> {
    const lines: string[] = [];
    for (const [uri, diagnostics] of languages.getDiagnostics()) {
      const errors = diagnostics.filter(({ severity }) => severity <= DiagnosticSeverity.Warning);
      if (errors.length === 0 || !(await this.#projects.mayShow(uri))) continue;
      const file = await this.#projects.read(uri);
      if (file === undefined) continue;
      for (const line of linesFor(errors, file.text)) lines.push(`${line} (${file.path})`);
      if (lines.length >= mostNamedProblems) break;
    }
    if (lines.length === 0) return undefined;
    return problemsPiece(undefined, lines.slice(0, mostNamedProblems), named());
  }
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics
    .filter(({ severity }) => severity === DiagnosticSeverity.Error)
    .slice(0, mostProblems);
}

/** A model that was shown no line numbers is told the code that a problem stands on. */
function linesFor(diagnostics: readonly Diagnostic[], text: string): readonly string[] {
  const lines = Lines.of(text);
  return diagnostics.map(({ message, range }) => {
    const code = lines.at(range.start.line).trim().slice(0, 120);
    return `- at \`${code}\`: ${message}`;
  });
}

/** @param path absent: of the whole project. */
function problemsPiece(
  path: string | undefined,
  lines: readonly string[],
  why: Pick<ContextPiece, "value" | "reason"> & Partial<Pick<ContextPiece, "source">>,
): ContextPiece {
  return {
    id: `problems:${path ?? ""}`,
    kind: "problems",
    title: path === undefined ? t("problems of the project") : t("problems in {0}", path),
    ...(path === undefined ? {} : { path }),
    text: lines.join("\n"),
    source: "problems",
    ...why,
    editable: false,
  };
}

/** @param path absent: of the whole repository. */
function changesPiece(path: string | undefined, diff: string): ContextPiece {
  const title = path === undefined ? t("changes since the last commit") : t("changes of {0}", path);
  const piece = { ...textPiece("diff", title, diff, "diff"), id: `diff:${path ?? ""}` };
  return path === undefined ? piece : { ...piece, path };
}

function textPiece(
  kind: Extract<PieceKind, "terminal" | "diff">,
  title: string,
  text: string,
  languageId: string,
): ContextPiece {
  return {
    id: kind,
    kind,
    title,
    languageId,
    text,
    ...named(),
    editable: false,
  };
}

function named(): Pick<ContextPiece, "source" | "reason" | "value"> {
  return { source: "person", reason: t("You named it."), value: 1 };
}

function selection(): ContextPiece | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) return undefined;
  const { document } = editor;
  const [from, to] = [editor.selection.start.line, editor.selection.end.line];
  const path = workspace.getWorkspaceFolder(document.uri) && shownPath(document.uri);
  const end = document.lineAt(to).range.end;
  return {
    id: "selection",
    kind: "selection",
    title: t("the selection"),
    ...(path === undefined
      ? {}
      : {
          path,
          range: {
            start: { line: from, character: 0 },
            end: { line: to, character: end.character },
          },
        }),
    languageId: document.languageId,
    text: document.getText(editor.selection),
    ...named(),
    editable: false,
  };
}
