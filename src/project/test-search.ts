import { escapeRegExp } from "../base/escape-reg-exp";
import { t } from "../base/l10n";
import { isTestPath, stemOf } from "../base/languages/test-names";
import { linesOf, sliceLines } from "../base/text/lines";
import { holdsLine } from "../base/text/positions";
import type { ContextQuery } from "../core/context/context-source";
import { definitionPiece } from "../core/context/definition-pieces";
import { isFunction } from "../core/context/used-symbols";
import type { ContextPiece, PieceFile } from "../protocol/context";
import { isSameFamily } from "./import-targets";
import { type ProjectParts, readPiece } from "./project-parts";

const readFiles = 8;
const mostPieces = 2;
const aroundLines = 5;

/** Where the project's tests name what the request is about: what it should do is said there. */
export async function* testPieces(
  parts: ProjectParts,
  { action, syntax }: ContextQuery,
  own: string,
  paths: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<ContextPiece, void, void> {
  const name = syntax?.enclosing?.name;
  if (name === undefined || action === "document" || isTestPath(own)) return;
  const stem = stemOf(own);
  const candidates = paths
    .filter((path) => isTestPath(path) && isSameFamily(path, own))
    .sort((one, other) => Number(namesStem(other, stem)) - Number(namesStem(one, stem)))
    .slice(0, readFiles);
  let count = 0;
  for (const path of candidates) {
    signal.throwIfAborted();
    if (count >= mostPieces) break;
    const file = await readPiece(parts, path);
    if (file === undefined || !file.text.includes(name)) continue;
    const found = await inFile(parts, file, name);
    if (found === undefined) continue;
    count++;
    yield found;
  }
}

async function inFile(
  { outlines }: ProjectParts,
  file: PieceFile,
  name: string,
): Promise<ContextPiece | undefined> {
  const lines = linesOf(file.text);
  const call = new RegExp(`(?<![\\w$])${escapeRegExp(name)}\\s*\\(`);
  const at = lines.findIndex((line) => call.test(line));
  if (at < 0) return undefined;
  const outline = (await outlines.outline(file.languageId, file.text)) ?? [];
  const around = outline.findLast((symbol) => isFunction(symbol) && holdsLine(symbol.range, at));
  const facts = {
    kind: "test",
    source: "search",
    reason: t("A test names {0}.", name),
    value: 0.7,
  } as const;
  if (around !== undefined)
    return definitionPiece({ ...facts, file, symbol: around, outline, mayEdit: false });
  const startLine = Math.max(0, at - aroundLines);
  const endLine = Math.min(lines.length - 1, at + aroundLines);
  return {
    ...facts,
    id: `test:${file.path}:${name}`,
    title: t("test of {0}", name),
    path: file.path,
    range: {
      start: { line: startLine, character: 0 },
      end: { line: endLine, character: lines[endLine]?.length ?? 0 },
    },
    languageId: file.languageId,
    text: sliceLines(lines, startLine, endLine),
    editable: false,
    file,
  };
}

function namesStem(path: string, stem: string): boolean {
  return stemOf(path).toLowerCase().includes(stem.toLowerCase());
}
