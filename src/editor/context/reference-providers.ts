import { commands, type Location, Position, Uri } from "vscode";
import { t } from "../../base/l10n";
import { namePlace } from "../../core/context/asked-names";
import {
  type ContextFindings,
  type ContextQuery,
  type ContextSource,
  nothingFound,
  type TellPiece,
} from "../../core/context/context-source";
import { definitionPiece } from "../../core/context/definition-pieces";
import { isFunction } from "../../core/context/used-symbols";
import type { ContextPiece } from "../../protocol/context";
import { shownPath } from "../documents/workspace-paths";
import { symbolAt } from "./symbol-at";
import type { WorkspaceProjects } from "./workspace-projects";

const mostOfAKind = 2;
/** A name in more places is a tool of the whole project: two of its callers say nothing. */
const mostPlaces = 200;

/** Who calls what the request is about, and which tests name it, as the editor's providers say. */
export class ReferenceProviders implements ContextSource {
  readonly name = "references";
  readonly #projects: WorkspaceProjects;

  constructor(projects: WorkspaceProjects) {
    this.#projects = projects;
  }

  async find(
    { action, target, syntax }: ContextQuery,
    signal: AbortSignal,
    tell: TellPiece,
  ): Promise<ContextFindings> {
    const symbol = syntax?.enclosing;
    if (symbol === undefined || action === "document") return nothingFound;
    const at = namePlace(target.text, symbol);
    if (at === undefined) return nothingFound;
    const uri = Uri.parse(target.uri);
    const places = await commands.executeCommand<Location[] | undefined>(
      "vscode.executeReferenceProvider",
      uri,
      new Position(at.line, at.character),
    );
    signal.throwIfAborted();
    if (places === undefined || places.length > mostPlaces) return nothingFound;
    // The tables of languages wait for the first request.
    const { isTestPath } = await import("../../base/languages/test-names");
    const pieces: ContextPiece[] = [];
    const count = { test: 0, caller: 0 };
    const files = new Set<string>([target.uri]);
    for (const place of places) {
      const key = place.uri.toString();
      const kind = isTestPath(shownPath(place.uri)) ? "test" : "caller";
      if (files.has(key) || count[kind] >= mostOfAKind) continue;
      const found = await symbolAt(this.#projects, place.uri, place.range.start.line);
      signal.throwIfAborted();
      // An import line is no caller.
      if (found === undefined || !isFunction(found.symbol)) continue;
      files.add(key);
      count[kind]++;
      const piece = definitionPiece({
        ...found,
        kind,
        source: "references",
        reason:
          kind === "test" ? t("A test names {0}.", symbol.name) : t("It calls {0}.", symbol.name),
        value: kind === "test" ? 0.7 : 0.45,
        mayEdit: kind === "caller",
      });
      pieces.push(piece);
      tell(piece);
    }
    return { pieces, dropped: [] };
  }
}
