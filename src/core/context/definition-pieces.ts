import { t } from "../../base/l10n";
import { linesOf, sliceLines } from "../../base/text/lines";
import { lastLineOf } from "../../base/text/positions";
import { shortened } from "../../base/text/shortened";
import type { ContextPiece, PieceFile, PieceKind, PieceSource } from "../../protocol/context";
import type { SymbolInfo } from "../../protocol/syntax";
import { symbolLabel } from "../prompt/words/code-titles";
import { namesIn } from "./code-names";
import { isType } from "./used-symbols";

/** A body up to this size costs a laptop less time than a wrong guess about what it does. */
const shortBodyLines = 30;
const shortBodyCharacters = 1_200;
/** One that a problem points at may be so much longer. */
const pointedFactor = 3;
/** What a shown body names of its own file is worth so much less than the body. */
const neededLess = 0.3;
const mostNeeded = 3;
const shownMembers = 12;
const docCharacters = 240;

export interface DefinitionFacts {
  readonly file: PieceFile;
  readonly symbol: SymbolInfo;
  /** Of the file; for a type, what its members are. */
  readonly outline: readonly SymbolInfo[];
  readonly kind: PieceKind;
  readonly source: PieceSource;
  readonly reason: string;
  readonly value: number;
  /** A problem points here, so that the body is wanted although it is long. */
  readonly isPointedAt?: boolean;
  /** Whether an edit of the file may be proposed at all. */
  readonly mayEdit: boolean;
}

/**
 * A declaration as a piece: whole when it is short or a problem points at it, else what can be seen
 * of it from outside.
 */
export function definitionPiece(facts: DefinitionFacts): ContextPiece {
  const { file, symbol, kind, source, reason, value } = facts;
  // `struct History` and `impl History` are two.
  const role = symbol.role === undefined ? "" : `:${symbol.role}`;
  const common = {
    id: `${kind}:${file.path}:${symbol.container ?? ""}.${symbol.name}${role}`,
    kind,
    title: symbolLabel(symbol),
    name: symbol.container === undefined ? symbol.name : `${symbol.container}.${symbol.name}`,
    path: file.path,
    source,
    reason,
    value,
    file,
  };
  const lines = linesOf(file.text);
  const startLine = symbol.range.start.line;
  const endLine = lastLineOf(symbol.range);
  const code = sliceLines(lines, startLine, endLine);
  const factor = facts.isPointedAt === true ? pointedFactor : 1;
  const isShort =
    endLine - startLine < shortBodyLines * factor && code.length <= shortBodyCharacters * factor;
  if (isShort)
    return {
      ...common,
      range: {
        start: { line: startLine, character: 0 },
        end: { line: endLine, character: lines[endLine]?.length ?? 0 },
      },
      languageId: file.languageId,
      text: code,
      editable: facts.mayEdit,
    };
  return { ...common, text: seenFromOutside(facts), editable: false };
}

/**
 * A declaration, and with a body that is shown what it stands on in its own file: the type of a
 * method, the types and values that it names. In Go `all` of a `ring` cannot be mended by who does
 * not see that the `ring` has a field `next`.
 */
export function definitionPieces(facts: DefinitionFacts): readonly ContextPiece[] {
  const piece = definitionPiece(facts);
  if (piece.range === undefined) return [piece];
  const { symbol, outline, value } = facts;
  const names = namesIn(piece.text);
  const needed = outline.filter(
    (other) =>
      other !== symbol &&
      other.container === undefined &&
      (isType(other) || other.kind === "variable") &&
      (names.has(other.name) || other.name === symbol.container),
  );
  const pieces = needed.slice(0, mostNeeded).map((other) =>
    definitionPiece({
      ...facts,
      symbol: other,
      kind: isType(other) ? "type" : "definition",
      reason: t("{0} uses it.", piece.name ?? symbol.name),
      value: value - neededLess,
      isPointedAt: false,
    }),
  );
  // A long class, of which a method is shown, would only list its members.
  return [piece, ...pieces.filter(({ range }) => range !== undefined)];
}

/**
 * A list and no code block: small models copy a block of bare signatures into their answer, as if
 * it was code to give back.
 */
function seenFromOutside({ symbol, outline }: DefinitionFacts): string {
  const members = outline.filter(
    (other) => other !== symbol && other.container === symbol.name && isWithin(other, symbol),
  );
  return [
    describedSignature(symbol.signature, symbol.doc),
    ...members.slice(0, shownMembers).map(({ signature }) => `  - \`${signature}\``),
  ].join("\n");
}

export function describedSignature(signature: string, doc = ""): string {
  const words = shortDoc(doc);
  return `- \`${signature}\`${words === "" ? "" : `: ${words}`}`;
}

function isWithin(inner: SymbolInfo, outer: SymbolInfo): boolean {
  return (
    inner.range.start.line >= outer.range.start.line &&
    lastLineOf(inner.range) <= lastLineOf(outer.range)
  );
}

/** A doc comment on one line, without its marks. */
function shortDoc(doc: string): string {
  const words = doc
    .replace(/^\s*(?:\/\*\*?|\*\/|\*|\/\/[/!]?|#|"""|''')/gm, " ")
    .replace(/\*\/|"""|'''/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return shortened(words, docCharacters);
}
