import type { Node } from "@vscode/tree-sitter-wasm";
import type { ChangedSpan } from "../base/text/changed-span";
import { movedDown, placedAnew, symbolInfo } from "../protocol/syntax";
import {
  blockAround,
  type Declared,
  declarationsOf,
  declaredBy,
  type Import,
  isNode,
  type Reading,
  readingOf,
  remarksAmong,
  type Source,
  type Span,
  wantedTypes,
} from "./declarations";
import { leadingLines, type Remark, withRemark } from "./leading-lines";

/**
 * The declarations of a text whose older version was read before: only what touches the changed
 * area is read from the tree, the rest is moved. Equal to `declarationsOf` the new text. It relies
 * on this: how a node declares depends on that node, what it holds, and the types of the nodes
 * around it.
 * @param area where the new tree may differ from the old one: outside of it every node has the same
 * text and the same nodes around
 */
export function declarationsAfter(before: Reading, area: ChangedSpan, source: Source): Reading {
  const { rules } = source;
  const nodes = nodesTouching(area, source);
  const move = mover(area, source);

  const remarks: Remark[] = [];
  const fresh = remarksAmong(nodes, rules);
  const kept = before.remarks.filter((one) => !touches(spanOfRemark(one), area));
  for (const one of mergedByPlace(kept.map(move.remark), fresh, spanOfRemark))
    withRemark(remarks, one);

  const read = declaredBy(nodes, remarks, source);
  const keptDeclared = before.declared.filter((one) => !touches(one.node, area));
  const lost = before.declared.filter((one) => touches(one.node, area));
  if (!sameAround(lost, read.declared, keptDeclared, area)) return declarationsOf(source);
  const moved = firstBehindReadAgain(keptDeclared.map(move.declared), remarks, area, source);

  const keptImported = before.imported.filter((one) => !touches(one.node, area));
  return readingOf(
    mergedByPlace(moved, read.declared, (one) => one.node),
    mergedByPlace(keptImported.map(move.imported), read.imported, (one) => one.node),
    remarks,
  );
}

/** A node that ends where the area starts touches it too: what is typed there may belong to it. */
function touches(span: Span, area: ChangedSpan): boolean {
  return span.end >= area.start && span.start <= area.beforeEnd;
}

/**
 * In the order of the text: all nodes of interest that touch the area, and what is declared right
 * inside a wrapper that does, as the extent of a declaration is that of its wrapper.
 */
function nodesTouching(area: ChangedSpan, { tree, lines, rules }: Source): Node[] {
  const from = lines.pointAt(area.start - 1);
  const to = lines.pointAt(area.afterEnd + 1);
  const wanted = wantedTypes(rules);
  const found = tree.rootNode
    .descendantsOfType([...wanted, ...rules.wrappers], from, to)
    .filter(isNode);
  const known = new Set(found.map((node) => node.id));
  const nodes = found.filter((node) => wanted.includes(node.type));
  const waiting = found.filter((node) => rules.wrappers.includes(node.type));
  for (let wrapper = waiting.pop(); wrapper !== undefined; wrapper = waiting.pop()) {
    for (const child of wrapper.namedChildren.filter(isNode)) {
      if (known.has(child.id)) continue;
      known.add(child.id);
      if (wanted.includes(child.type)) nodes.push(child);
      if (rules.wrappers.includes(child.type)) waiting.push(child);
    }
  }
  return nodes.sort((a, b) => a.startIndex - b.startIndex || b.endIndex - a.endIndex);
}

/**
 * A declaration that is kept bakes in the name of what is around it, and that it is a method:
 * neither may have changed.
 */
function sameAround(
  lost: readonly Declared[],
  read: readonly Declared[],
  kept: readonly Declared[],
  area: ChangedSpan,
): boolean {
  const delta = area.afterEnd - area.beforeEnd;
  const holding = (span: Span) =>
    kept.some(({ node }) => node.start >= span.start && node.end <= span.end);
  const before = lost.filter(({ node }) => holding(node));
  const after = read.filter(({ node: { start, end } }) =>
    holding({
      start: start > area.afterEnd ? start - delta : start,
      end: end > area.afterEnd ? end - delta : end,
    }),
  );
  return (
    before.length === after.length && before.every((one, index) => isSameAround(one, after[index]))
  );
}

function isSameAround(one: Declared, other: Declared | undefined): boolean {
  return (
    one.around.name === other?.around.name &&
    one.around.kind === other.around.kind &&
    one.around.role === other.around.role &&
    one.around.holdsMembers === other.around.holdsMembers &&
    one.symbol.container === other.symbol.container
  );
}

function mover(area: ChangedSpan, source: Source) {
  const { text, lines } = source;
  const delta = area.afterEnd - area.beforeEnd;
  const lastLine = lines.positionAt(area.afterEnd).line;
  /** How far all that begins on a later line has moved down; known from the first of them. */
  let linesDown: number | undefined;
  const blocks = new Map<number, number | undefined>();
  const blockOf = (one: Declared, node: Span): number | undefined => {
    const { block } = one.symbol;
    if (block === undefined || block < area.start) return block;
    if (block > area.beforeEnd) return block + delta;
    // The block begins inside the area, and so anywhere in it now.
    if (!blocks.has(block)) blocks.set(block, blockStartAround(one.type, node, source));
    return blocks.get(block);
  };
  const moved = (span: Span): Span => ({ start: span.start + delta, end: span.end + delta });
  const placed = ({ symbol }: Declared, bodyStart: number, range: Span) => {
    if (linesDown === undefined) {
      const { line } = lines.positionAt(bodyStart);
      if (line > lastLine) linesDown = line - symbol.bodyRange.start.line;
    }
    return linesDown === undefined
      ? {
          range: lines.rangeOf(range.start, range.end),
          bodyRange: lines.rangeOf(bodyStart, range.end),
        }
      : {
          range: movedDown(symbol.range, linesDown),
          bodyRange: movedDown(symbol.bodyRange, linesDown),
        };
  };
  return {
    declared(one: Declared): Declared {
      if (one.node.start < area.start) return one;
      const range = moved(one.range);
      const bodyStart = one.bodyStart + delta;
      const node = moved(one.node);
      const at = placed(one, bodyStart, range);
      const block = blockOf(one, node);
      return {
        around: one.around,
        type: one.type,
        node,
        outer: moved(one.outer),
        range,
        bodyStart,
        docstring: one.docstring,
        hidden: one.hidden,
        symbol: placedAnew(one.symbol, { range: at.range, bodyRange: at.bodyRange, block }),
      };
    },
    imported(one: Import): Import {
      if (one.node.start < area.start) return one;
      const { start, end } = moved(one.node);
      const written = text.slice(start, end).trimEnd();
      return { node: { start, end }, range: lines.rangeOf(start, start + written.length) };
    },
    remark(one: Remark): Remark {
      if (one.startOffset < area.start) return one;
      const { startOffset, endOffset, comment } = one;
      return { startOffset: startOffset + delta, endOffset: endOffset + delta, comment };
    },
  };
}

function blockStartAround(
  type: string,
  { start, end }: Span,
  { tree, rules }: Source,
): number | undefined {
  let node = tree.rootNode.descendantForIndex(start, end);
  while (node !== null && node.type !== type) node = node.parent;
  return node === null ? undefined : blockAround(node, rules)?.startIndex;
}

/** The comments in front of the first declaration behind the area may be inside the area. */
function firstBehindReadAgain(
  declared: readonly Declared[],
  remarks: readonly Remark[],
  area: ChangedSpan,
  { text, lines }: Source,
): Declared[] {
  const first = declared.find((one) => one.outer.start >= area.afterEnd);
  return declared.map((one) => {
    if (first === undefined || one.outer.start !== first.outer.start) return one;
    const leading = leadingLines(one.outer.start, text, remarks);
    const range = { start: leading.startOffset, end: one.range.end };
    const { name, kind, bodyRange, signature, container, role, block } = one.symbol;
    const symbol = symbolInfo({
      name,
      kind,
      range: lines.rangeOf(range.start, range.end),
      bodyRange,
      signature,
      doc: one.docstring ? one.symbol.doc : leading.doc,
      container,
      role,
      block,
    });
    return { ...one, range, symbol };
  });
}

function spanOfRemark({ startOffset, endOffset }: Remark): Span {
  return { start: startOffset, end: endOffset };
}

/**
 * Both are in the order of the text, outer ones first. What was read anew stands for what was kept
 * in the same place.
 */
function mergedByPlace<One>(
  kept: readonly One[],
  read: readonly One[],
  spanOf: (one: One) => Span,
): One[] {
  const merged: One[] = [];
  let next = 0;
  for (const one of kept) {
    const span = spanOf(one);
    for (; next < read.length; next++) {
      const other = read[next];
      if (other === undefined || order(spanOf(other), span) > 0) break;
      merged.push(other);
    }
    const last = next === 0 ? undefined : read[next - 1];
    if (last === undefined || order(spanOf(last), span) !== 0) merged.push(one);
  }
  return merged.concat(read.slice(next));
}

function order(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}
