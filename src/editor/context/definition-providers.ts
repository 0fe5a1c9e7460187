import { commands, type Location, type LocationLink, Position, Uri } from "vscode";
import { t } from "../../base/l10n";
import { namesToAsk, placeOf } from "../../core/context/asked-names";
import { codeInQuestion, type UsedName } from "../../core/context/code-names";
import {
  type ContextFindings,
  type ContextQuery,
  type ContextSource,
  nothingFound,
  type TellPiece,
} from "../../core/context/context-source";
import { definitionPieces } from "../../core/context/definition-pieces";
import { isInProblem, isType, useReason } from "../../core/context/used-symbols";
import type { ContextPiece } from "../../protocol/context";
import { isLibrary, libraryPiece } from "./library-hover";
import { symbolAt } from "./symbol-at";
import type { WorkspaceProjects } from "./workspace-projects";

/** What the editor's providers say that the code calls, and of which types its parameters are. */
export class DefinitionProviders implements ContextSource {
  readonly name = "definitions";
  readonly #projects: WorkspaceProjects;

  constructor(projects: WorkspaceProjects) {
    this.#projects = projects;
  }

  async find(query: ContextQuery, signal: AbortSignal, tell: TellPiece): Promise<ContextFindings> {
    const { target, syntax } = query;
    const uri = Uri.parse(target.uri);
    const code = codeInQuestion(target.text, target.range, syntax);
    const { declared, typed } = namesToAsk(code, syntax?.enclosing?.signature);
    const told = async (kind: "definition" | "type", name: UsedName, order: number) => {
      const { line, character } = placeOf(name, code);
      const at = new Position(line, character);
      const pieces = await this.#pieces(kind, uri, at, name, order, query, signal);
      pieces.forEach(tell);
      return pieces;
    };
    const found = await Promise.all([
      ...declared.map((name, order) => told("definition", name, order)),
      ...typed.map((name, order) => told("type", name, order)),
    ]);
    return found.length === 0 ? nothingFound : { pieces: found.flat(), dropped: [] };
  }

  async #pieces(
    kind: "definition" | "type",
    uri: Uri,
    at: Position,
    used: UsedName,
    order: number,
    { target }: ContextQuery,
    signal: AbortSignal,
  ): Promise<readonly ContextPiece[]> {
    const provider =
      kind === "definition"
        ? "vscode.executeDefinitionProvider"
        : "vscode.executeTypeDefinitionProvider";
    const places = await commands.executeCommand<(Location | LocationLink)[] | undefined>(
      provider,
      uri,
      at,
    );
    signal.throwIfAborted();
    const pieces: ContextPiece[] = [];
    // What the file itself declares is known without asking.
    const isElsewhere = (link: PlainPlace): boolean => link.uri.toString() !== target.uri;
    const links = (places ?? []).map(plainPlace).filter(isElsewhere).slice(0, 2);
    const isPointedAt = isInProblem(target, used.name);
    if (kind === "definition" && isPointedAt && links.some((link) => isLibrary(link.uri, uri))) {
      const piece = await libraryPiece(uri, at, used, 0.9 - order / 1_000);
      signal.throwIfAborted();
      return piece === undefined ? [] : [piece];
    }
    for (const link of links) {
      const found = await symbolAt(this.#projects, link.uri, link.line);
      signal.throwIfAborted();
      if (found === undefined) continue;
      const seenAsType = kind === "type" || isType(found.symbol);
      pieces.push(
        ...definitionPieces({
          ...found,
          kind: seenAsType ? "type" : "definition",
          source: kind === "type" ? "types" : "definitions",
          reason: kind === "type" ? t("{0} is of this type.", used.name) : useReason(used),
          value: (seenAsType && !used.isCalled ? 0.85 : 0.95) - order / 1_000,
          isPointedAt,
          mayEdit: true,
        }),
      );
    }
    return pieces;
  }
}

interface PlainPlace {
  readonly uri: Uri;
  readonly line: number;
}

function plainPlace(place: Location | LocationLink): PlainPlace {
  return "targetUri" in place
    ? {
        uri: place.targetUri,
        line: (place.targetSelectionRange ?? place.targetRange).start.line,
      }
    : { uri: place.uri, line: place.range.start.line };
}
