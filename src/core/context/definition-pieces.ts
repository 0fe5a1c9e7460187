import { shortened } from "../../base/text/shortened";
import type { ContextPiece, PieceFile, PieceKind, PieceSource } from "../../protocol/context";
import type { SymbolInfo } from "../../protocol/syntax";
import { symbolLabel } from "../prompt/code-titles";
import { lastLineOf, linesOf, sliceLines } from "../text-lines";

/** A body up to this size costs a laptop less time than a wrong guess about what it does. */
const shortBodyLines = 30;
const shortBodyCharacters = 1_200;
/** One that a problem points at may be so much longer. */
const pointedFactor = 3;
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
  const common = {
    id: `${kind}:${file.path}:${symbol.container ?? ""}.${symbol.name}`,
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
