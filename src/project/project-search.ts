import { posix } from "node:path";
import { linesOf, sliceLines } from "../base/text/lines";
import { lastLineOf } from "../base/text/positions";
import {
  type CodeInQuestion,
  codeInQuestion,
  isBoundIn,
  namesIn,
  type UsedName,
} from "../core/context/code-names";
import {
  type ContextFindings,
  type ContextQuery,
  type ContextSource,
  nothingFound,
  type TellPiece,
} from "../core/context/context-source";
import { definitionPieces } from "../core/context/definition-pieces";
import { holdsSecrets } from "../core/context/file-rules";
import { isInProblem, isType, useReason } from "../core/context/used-symbols";
import { wholeWord } from "../core/edit/text/whole-word";
import type { ContextPiece } from "../protocol/context";
import type { SymbolInfo } from "../protocol/syntax";
import { importTargets, isSameFamily } from "./import-targets";
import { type ProjectParts, readPiece } from "./project-parts";
import { testPieces } from "./test-search";

/** So many files are looked into: those that the imports mean first. */
const importedFiles = 12;
const neighbours = 12;
const mostDefinitions = 12;

/**
 * What the imports and the names of the code lead to, found without anyone who knows the language:
 * files whose names the imports have, and declarations in them whose names the code uses. For the
 * command line, and where the editor has no provider.
 */
export class ProjectSearch implements ContextSource {
  readonly name = "search";
  readonly #parts: ProjectParts;

  constructor(parts: ProjectParts) {
    this.#parts = parts;
  }

  async find(query: ContextQuery, signal: AbortSignal, tell: TellPiece): Promise<ContextFindings> {
    const { target, syntax } = query;
    const own = this.#parts.listedPath(target.path);
    if (own === undefined || syntax === undefined) return nothingFound;
    const code = codeInQuestion(target.text, target.range, syntax);
    const names = namesIn(code.text);
    const paths = await this.#parts.files.list(signal);
    const pieces: ContextPiece[] = [];
    let definitions = 0;
    for await (const found of this.#definitions(query, own, paths, code, names, signal)) {
      pieces.push(...found);
      found.forEach(tell);
      if (++definitions >= mostDefinitions) break;
    }
    for await (const piece of testPieces(this.#parts, query, own, paths, signal)) {
      pieces.push(piece);
      tell(piece);
    }
    return { pieces, dropped: [] };
  }

  async *#definitions(
    { target, syntax }: ContextQuery,
    own: string,
    paths: readonly string[],
    { text: code, imports }: CodeInQuestion,
    names: ReadonlyMap<string, UsedName>,
    signal: AbortSignal,
  ): AsyncGenerator<readonly ContextPiece[], void, void> {
    const declaredHere = new Set(
      (syntax?.outline ?? [])
        .filter(({ container }) => container === undefined)
        .map(({ name }) => name),
    );
    const imported = importTargets(imports, own, paths, importedFiles);
    // In Go, Java and C# a folder is a package: what lies beside needs no import.
    const beside = paths
      .filter((path) => path !== own && posix.dirname(path) === posix.dirname(own))
      .filter((path) => isSameFamily(path, own) && !imported.includes(path))
      .slice(0, neighbours);
    const here = { text: target.text, code, declared: declaredHere, imports };
    const order = new Map([...names.keys()].map((name, index) => [name, index]));
    for (const [index, path] of [...imported, ...beside].entries()) {
      signal.throwIfAborted();
      if (holdsSecrets(path)) continue;
      const isImported = index < imported.length;
      const file = await readPiece(this.#parts, path);
      if (file === undefined || !isMentioned(file.text, names)) continue;
      const outline = await this.#parts.outlines.outline(file.languageId, file.text);
      const lines = linesOf(file.text);
      for (const symbol of outline ?? []) {
        const named = names.get(symbol.name);
        const isNamed = named !== undefined && isMeant(symbol, named, here, isImported);
        const used = isNamed ? named : takenFrom(symbol, lines, names, here);
        if (used === undefined) continue;
        yield definitionPieces({
          file,
          symbol,
          outline: outline ?? [],
          kind: isType(symbol) ? "type" : "definition",
          source: "search",
          reason: useReason(used),
          value: worthOf(symbol, used, isImported, order.get(used.name) ?? 0),
          isPointedAt: isInProblem(target, symbol.name),
          mayEdit: true,
        });
      }
    }
  }
}

function isMentioned(text: string, names: ReadonlyMap<string, UsedName>): boolean {
  for (const name of names.keys()) if (text.includes(name)) return true;
  return false;
}

interface AskedFile {
  readonly text: string;
  /** The part in question. */
  readonly code: string;
  /** What it declares itself, but members. */
  readonly declared: ReadonlySet<string>;
  readonly imports: string;
}

/**
 * A member is meant where the code takes it from something, and the file imports its file or speaks
 * of its type: in Go `l.lines.all()` is `all` of the `ring` beside, as `lines *ring` tells
 * elsewhere in the file. A name that the file declares itself, or the code gives a value, is its
 * own.
 */
function isMeant(
  symbol: SymbolInfo,
  used: UsedName,
  { text, code, declared, imports }: AskedFile,
  isImported: boolean,
): boolean {
  const { container } = symbol;
  if (container !== undefined)
    return used.isMember && used.isCalled && (isImported || wholeWord(container).test(text));
  if (symbol.kind === "module" || symbol.name.length < 3 || declared.has(symbol.name)) return false;
  if (!used.isMember && isBoundIn(code, symbol.name)) return false;
  if (isImported) return true;
  // Of what lies beside without an import, only what looks like a use of it.
  return (used.isCalled || isType(symbol)) && !wholeWord(symbol.name).test(imports);
}

/**
 * What the code takes from things of a type that it does not name itself: with `c.config.Timeout`,
 * the `Config` beside is meant that holds `Timeout`, and that the file has as `config Config`
 * elsewhere.
 */
function takenFrom(
  symbol: SymbolInfo,
  lines: readonly string[],
  names: ReadonlyMap<string, UsedName>,
  { text, declared }: AskedFile,
): UsedName | undefined {
  if (!isType(symbol) || declared.has(symbol.name) || !wholeWord(symbol.name).test(text))
    return undefined;
  const code = sliceLines(lines, symbol.range.start.line, lastLineOf(symbol.range));
  for (const used of names.values())
    if (used.isMember && wholeWord(used.name).test(code)) return used;
  return undefined;
}

function worthOf(symbol: SymbolInfo, used: UsedName, isImported: boolean, order: number): number {
  const base = isImported ? 0.9 : 0.6;
  const kind = isType(symbol) && !used.isCalled ? -0.1 : 0;
  const member = symbol.container === undefined ? 0 : -0.05;
  return base + kind + member - Math.min(order, 99) / 10_000;
}
