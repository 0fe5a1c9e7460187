import { type Disposable, Uri, workspace } from "vscode";
import { t } from "../../base/l10n";
import type {
  ContextFindings,
  ContextQuery,
  ContextSource,
} from "../../core/context/context-source";
import { definitionPiece } from "../../core/context/definition-pieces";
import type { ContextPiece } from "../../protocol/context";
import { symbolAt } from "./symbol-at";
import type { WorkspaceProjects } from "./workspace-projects";

interface EditedPlace {
  readonly uri: string;
  readonly line: number;
  readonly at: number;
}

const remembered = 8;
const mostPieces = 2;
/** What was changed before is another piece of work. */
const longAgoMs = 15 * 60_000;

/** Where the person changed code lately: what they ask about is often a part of the same work. */
export class RecentEdits implements ContextSource, Disposable {
  readonly name = "edits";
  readonly #projects: WorkspaceProjects;
  readonly #subscription: Disposable;
  #places: readonly EditedPlace[] = [];

  constructor(projects: WorkspaceProjects) {
    this.#projects = projects;
    this.#subscription = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const [change] = contentChanges;
      if (change === undefined || document.uri.scheme !== "file") return;
      this.#add(document.uri.toString(), change.range.start.line);
    });
  }

  async find({ target }: ContextQuery, signal: AbortSignal): Promise<ContextFindings> {
    const pieces: ContextPiece[] = [];
    const since = Date.now() - longAgoMs;
    for (const { uri, line, at } of this.#places) {
      if (uri === target.uri || at < since || pieces.length >= mostPieces) continue;
      const found = await symbolAt(this.#projects, Uri.parse(uri), line);
      signal.throwIfAborted();
      if (found === undefined) continue;
      pieces.push(
        definitionPiece({
          ...found,
          kind: "recent",
          source: "edits",
          reason: t("You changed it lately."),
          value: 0.35,
          mayEdit: true,
        }),
      );
    }
    return { pieces, dropped: [] };
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Typing in one place is one place, however many letters. */
  #add(uri: string, line: number): void {
    const others = this.#places.filter(
      (place) => place.uri !== uri || Math.abs(place.line - line) > 20,
    );
    this.#places = [{ uri, line, at: Date.now() }, ...others].slice(0, remembered);
  }
}
