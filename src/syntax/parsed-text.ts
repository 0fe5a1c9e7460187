import type { Edit, Tree } from "@vscode/tree-sitter-wasm";
import type { SyntaxCheck } from "../protocol/syntax";
import { type ChangedStretch, changedStretch, movedBy, pointAt } from "./changed-stretch";
import { declarationsOf, type Reading } from "./declarations";
import { type ChangedArea, declarationsAfter } from "./declarations-after";
import type { Grammar } from "./grammars";
import { LineTable } from "./line-table";
import { syntaxCheck } from "./syntax-check";

/** What makes the reading of an older text good for this one. */
interface Basis {
  readonly reading: Reading;
  readonly area: ChangedArea;
}

/** A text with its tree, and what was read from it. Has to be freed with `delete`, after which it answers nothing new. */
export class ParsedText {
  private readonly lines: LineTable;
  private reading: Reading | undefined;
  private checked: SyntaxCheck | undefined;

  private constructor(
    readonly text: string,
    readonly grammar: Grammar,
    readonly tree: Tree,
    private basis?: Basis,
  ) {
    this.lines = new LineTable(text);
  }

  /** Undefined for a text that is too long or takes too long. */
  static of(text: string, grammar: Grammar): ParsedText | undefined {
    const tree = grammar.parse(text);
    return tree && new ParsedText(text, grammar, tree);
  }

  /**
   * The text as it became, of which only what changed is parsed and read again. This one stays as it is.
   * @param edits that made it so, one after the other; without them it is the one stretch that differs
   */
  changedTo(text: string, edits?: readonly Edit[]): ParsedText | undefined {
    const stretch = changedStretch(this.text, text);
    const edited = this.tree.copy();
    try {
      for (const edit of edits ?? [editOf(stretch, this.text, text)]) edited.edit(edit);
      const tree = this.grammar.parse(text, edited);
      if (tree === undefined) return undefined;
      const { reading } = this;
      const basis = reading && { reading, area: changedArea(stretch, edited, tree) };
      return new ParsedText(text, this.grammar, tree, basis);
    } finally {
      edited.delete();
    }
  }

  declarations(): Reading {
    if (this.reading === undefined) {
      const { tree, text, lines, basis } = this;
      const source = { tree, text, lines, rules: this.grammar.rules };
      this.reading = basis
        ? declarationsAfter(basis.reading, basis.area, source)
        : declarationsOf(source);
      this.basis = undefined;
    }
    return this.reading;
  }

  check(): SyntaxCheck {
    this.checked ??= syntaxCheck(this.tree, this.lines);
    return this.checked;
  }

  delete(): void {
    this.basis = undefined;
    this.tree.delete();
  }
}

export function editOf(
  { start, oldEnd, newEnd }: ChangedStretch,
  before: string,
  after: string,
): Edit {
  const startPosition = pointAt(before, start);
  return {
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition,
    oldEndPosition: movedBy(startPosition, before.slice(start, oldEnd)),
    newEndPosition: movedBy(startPosition, after.slice(start, newEnd)),
  };
}

/** @param edited the old tree, with the edits marked on it */
function changedArea(stretch: ChangedStretch, edited: Tree, tree: Tree): ChangedArea {
  let { start, newEnd } = stretch;
  for (const range of edited.getChangedRanges(tree)) {
    start = Math.min(start, range.startIndex);
    newEnd = Math.max(newEnd, range.endIndex);
  }
  return { start, newEnd, oldEnd: stretch.oldEnd + newEnd - stretch.newEnd };
}
