import { Disposable, type TextEditor, Uri, window, workspace } from "vscode";
import { t } from "../../base/l10n";
import { codeInQuestion, namesIn } from "../../core/context/code-names";
import type {
  ContextFindings,
  ContextQuery,
  ContextSource,
} from "../../core/context/context-source";
import { definitionPiece } from "../../core/context/definition-pieces";
import type { ContextPiece } from "../../protocol/context";
import { symbolAt } from "./symbol-at";
import type { WorkspaceProjects } from "./workspace-projects";

interface Place {
  readonly uri: string;
  readonly line: number;
  readonly at: number;
  readonly isEdited: boolean;
}

const remembered = 8;
const mostPieces = 2;
/** What was changed or looked at before is another piece of work. */
const longAgoMs = 15 * 60_000;

/**
 * Where the person changed code lately, or looked at some: what they ask about is often a part of
 * the same work. Most of what one looks at is not, so that only code that names what is asked
 * about, or is named there, goes along.
 */
export class RecentPlaces implements ContextSource, Disposable {
  readonly name = "recent";
  readonly #projects: WorkspaceProjects;
  readonly #subscription: Disposable;
  #places: readonly Place[] = [];
  #active: TextEditor | undefined = window.activeTextEditor;

  constructor(projects: WorkspaceProjects) {
    this.#projects = projects;
    this.#subscription = Disposable.from(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const [change] = contentChanges;
        if (change !== undefined) this.#add(document.uri, change.range.start.line, true);
      }),
      window.onDidChangeActiveTextEditor((editor) => {
        const left = this.#active;
        if (left !== undefined) this.#add(left.document.uri, left.selection.active.line, false);
        this.#active = editor;
      }),
    );
  }

  async find(query: ContextQuery, signal: AbortSignal): Promise<ContextFindings> {
    const pieces: ContextPiece[] = [];
    const since = Date.now() - longAgoMs;
    const isRelated = relatedTo(query);
    for (const { uri, line, at, isEdited } of this.#places) {
      if (uri === query.target.uri || at < since || pieces.length >= mostPieces) continue;
      const found = await symbolAt(this.#projects, Uri.parse(uri), line);
      signal.throwIfAborted();
      if (found === undefined) continue;
      const piece = definitionPiece({
        ...found,
        kind: "recent",
        source: isEdited ? "edits" : "opened",
        reason: isEdited ? t("You changed it lately.") : t("You had it open lately."),
        value: isEdited ? 0.35 : 0.3,
        mayEdit: true,
      });
      if (isEdited || isRelated(found.symbol.name, piece.text)) pieces.push(piece);
    }
    return { pieces, dropped: [] };
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Typing in one place is one place, however many letters, and so is looking at it after that. */
  #add(place: Uri, line: number, isEdited: boolean): void {
    if (place.scheme !== "file") return;
    const uri = place.toString();
    const isSame = (one: Place): boolean => one.uri === uri && Math.abs(one.line - line) <= 20;
    const wasEdited = this.#places.some((one) => isSame(one) && one.isEdited);
    const others = this.#places.filter((one) => !isSame(one));
    const added = { uri, line, at: Date.now(), isEdited: isEdited || wasEdited };
    this.#places = [added, ...others].slice(0, remembered);
  }
}

/**
 * Whether a declaration elsewhere names what is asked about, or is named there. One of the same
 * name is neither.
 */
function relatedTo({ target, syntax }: ContextQuery): (name: string, text: string) => boolean {
  const used = namesIn(codeInQuestion(target.text, target.range, syntax).text);
  const asked = syntax?.enclosing?.name;
  return (name, text) =>
    name !== asked && (used.has(name) || (asked !== undefined && namesIn(text).has(asked)));
}
