import { Uri } from "vscode";
import { t } from "../../base/l10n";
import { relatedTo } from "../../core/context/asked-names";
import type {
  ContextFindings,
  ContextQuery,
  ContextSource,
} from "../../core/context/context-source";
import { definitionPiece } from "../../core/context/definition-pieces";
import type { ContextPiece } from "../../protocol/context";
import type { RecentPlaces } from "./recent-places";
import { symbolAt } from "./symbol-at";
import type { WorkspaceProjects } from "./workspace-projects";

const mostPieces = 2;

/**
 * The code that the person changed lately, or looked at: what they ask about is often a part of the
 * same work. Most of what one looks at is not, so that only code that names what is asked about, or
 * is named there, goes along.
 */
export class RecentCode implements ContextSource {
  readonly name = "recent";
  readonly #projects: WorkspaceProjects;
  readonly #recent: RecentPlaces;

  constructor(projects: WorkspaceProjects, recent: RecentPlaces) {
    this.#projects = projects;
    this.#recent = recent;
  }

  async find(query: ContextQuery, signal: AbortSignal): Promise<ContextFindings> {
    const pieces: ContextPiece[] = [];
    const isRelated = relatedTo(query);
    for (const { uri, line, isEdited } of this.#recent.places) {
      if (uri === query.target.uri || pieces.length >= mostPieces) continue;
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
}
