import type { Edit, Tree } from "@vscode/tree-sitter-wasm";
import { type ChangedSpan, changedSpan } from "../base/text/changed-span";
import type { SyntaxCheck } from "../protocol/syntax";
import { declarationsOf, type Reading } from "./declarations";
import { declarationsAfter } from "./declarations-after";
import type { Grammar } from "./grammars";
import { LineTable } from "./line-table";
import { movedBy } from "./points";
import { syntaxCheck } from "./syntax-check";

/** What makes the reading of an older text good for this one. */
interface Basis {
  readonly reading: Reading;
  readonly area: ChangedSpan;
}

/** A change of a sound text is parsed in a few. */
const longParseMs = 50;

/**
 * A text with its tree, and what was read from it. Has to be freed with `delete`, after which it
 * answers nothing new.
 */
export class ParsedText {
  #reading: Reading | undefined;
  #checked: SyntaxCheck | undefined;
  #basis: Basis | undefined;

  private constructor(
    readonly text: string,
    readonly grammar: Grammar,
    readonly tree: Tree,
    readonly lines: LineTable,
    basis?: Basis,
  ) {
    this.#basis = basis;
  }

  /** Undefined for a text that is too long or takes too long. */
  static of(text: string, grammar: Grammar): ParsedText | undefined {
    const tree = grammar.parse(text);
    return tree && new ParsedText(text, grammar, tree, LineTable.of(text));
  }

  /**
   * The text as it became, of which only what changed is parsed and read again. This one stays as
   * it is.
   * @param edits that made it so, one after the other; without them it is the one span that differs
   */
  changedTo(text: string, edits?: readonly Edit[]): ParsedText | undefined {
    const span = changedSpan(this.text, text);
    const edited = this.tree.copy();
    try {
      for (const edit of edits ?? [this.#editTo(text, span)]) edited.edit(edit);
      const startMs = performance.now();
      const tree = this.grammar.parse(text, edited);
      if (tree === undefined) return undefined;
      // Where that took long the two trees are full of errors, and hold so little in common that
      // comparing them takes longer still.
      const reading = performance.now() - startMs > longParseMs ? undefined : this.#reading;
      const basis = reading && { reading, area: changedArea(span, edited, tree) };
      return new ParsedText(text, this.grammar, tree, this.lines.changedTo(text, span), basis);
    } finally {
      edited.delete();
    }
  }

  declarations(): Reading {
    if (this.#reading === undefined) {
      const { tree, text, lines } = this;
      const basis = this.#basis;
      const source = { tree, text, lines, rules: this.grammar.rules };
      this.#reading = basis
        ? declarationsAfter(basis.reading, basis.area, source)
        : declarationsOf(source);
      this.#basis = undefined;
    }
    return this.#reading;
  }

  check(): SyntaxCheck {
    this.#checked ??= syntaxCheck(this.tree, this.lines, this.grammar.rules);
    return this.#checked;
  }

  delete(): void {
    this.#basis = undefined;
    this.tree.delete();
  }

  #editTo(after: string, { start, beforeEnd, afterEnd }: ChangedSpan): Edit {
    const startPosition = this.lines.pointAt(start);
    return {
      startIndex: start,
      oldEndIndex: beforeEnd,
      newEndIndex: afterEnd,
      startPosition,
      oldEndPosition: movedBy(startPosition, this.text.slice(start, beforeEnd)),
      newEndPosition: movedBy(startPosition, after.slice(start, afterEnd)),
    };
  }
}

/** @param edited the old tree, with the edits marked on it */
function changedArea(span: ChangedSpan, edited: Tree, tree: Tree): ChangedSpan {
  let { start, afterEnd } = span;
  for (const range of edited.getChangedRanges(tree)) {
    start = Math.min(start, range.startIndex);
    afterEnd = Math.max(afterEnd, range.endIndex);
  }
  return { start, afterEnd, beforeEnd: span.beforeEnd + afterEnd - span.afterEnd };
}
