import type { Tree } from "@vscode/tree-sitter-wasm";
import { TextDocument, type TextDocumentContentChangeEvent } from "vscode-languageserver-textdocument";
import { type Declarations, declarationsOf } from "../syntax/declarations";
import { type Grammar, GrammarError, type Grammars } from "../syntax/grammars";

/** More changes at once than this (a rename, many cursors) cost more to mark one by one than to read the text again. */
const maxMarkedChanges = 50;
/** How long after a change the declarations are read without being asked for, so that a click finds them there. */
const readAheadMs = 200;

/** A text at one version with its tree, which must not be kept over an await. */
export interface Parsed {
  readonly tree: Tree;
  readonly grammar: Grammar;
  readonly text: string;
  readonly version: number;
}

/** A document that is open in the editor, and its syntax tree, which follows the document change by change. */
export class OpenDocument {
  private tree: Tree | undefined;
  /** The tree belongs to the text as it is, not to an earlier one. */
  private current = false;
  private declared: Declarations | undefined;
  private closed = false;
  private readAhead: NodeJS.Timeout | undefined;

  constructor(
    private document: TextDocument,
    private readonly grammars: Grammars,
    private readonly warn: (message: string) => void,
  ) {
    this.readSoon();
  }

  get uri(): string {
    return this.document.uri;
  }

  get version(): number {
    return this.document.version;
  }

  get text(): string {
    return this.document.getText();
  }

  update(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    if (changes.length > maxMarkedChanges) this.forgetTree();
    for (const change of changes) {
      if (!("range" in change)) this.forgetTree();
      else this.markEdit(this.document.offsetAt(change.range.start), this.document.offsetAt(change.range.end), change.text);
      this.document = TextDocument.update(this.document, [change], version);
    }
    if (changes.length === 0) this.document = TextDocument.update(this.document, [], version);
    this.current = false;
    this.declared = undefined;
    this.readSoon();
  }

  /**
   * The tree of the text as it is now; undefined without a grammar, for a closed document, and for a text that cannot be parsed. Rejects
   * when the grammar cannot be loaded.
   */
  async parsed(): Promise<Parsed | undefined> {
    const grammar = await this.grammars.load(this.document.languageId);
    if (grammar === undefined || this.closed) return undefined;
    const text = this.text;
    if (!this.current) {
      const edited = this.tree;
      this.tree = undefined;
      this.current = true;
      try {
        this.tree = grammar.parse(text, edited);
      } catch (thrown) {
        this.warn(
          `The parser failed on a ${this.document.languageId} document: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
        );
      } finally {
        edited?.delete();
      }
    }
    return this.tree && { tree: this.tree, grammar, text, version: this.version };
  }

  async declarations(): Promise<{ readonly declarations: Declarations; readonly text: string; readonly version: number } | undefined> {
    const parsed = await this.parsed();
    if (parsed === undefined) return undefined;
    this.declared ??= declarationsOf(parsed.tree, parsed.text, parsed.grammar.rules);
    return { declarations: this.declared, text: parsed.text, version: parsed.version };
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.readAhead);
    this.forgetTree();
  }

  private forgetTree(): void {
    this.tree?.delete();
    this.tree = undefined;
  }

  private markEdit(start: number, end: number, inserted: string): void {
    if (this.tree === undefined) return;
    const before = this.text;
    const startIndex = Math.min(start, end);
    const oldEndIndex = Math.max(start, end);
    const startPosition = pointAt(before, startIndex);
    this.tree.edit({
      startIndex,
      oldEndIndex,
      newEndIndex: startIndex + inserted.length,
      startPosition,
      oldEndPosition: pointAt(before, oldEndIndex),
      newEndPosition: movedBy(startPosition, inserted),
    });
  }

  private readSoon(): void {
    clearTimeout(this.readAhead);
    this.readAhead = setTimeout(() => {
      this.declarations().catch((thrown: unknown) => {
        // That one was warned of, and whoever asks hears it again.
        if (!(thrown instanceof GrammarError)) this.warn(String(thrown));
      });
    }, readAheadMs);
    this.readAhead.unref();
  }
}

interface Point {
  readonly row: number;
  readonly column: number;
}

/** Rows as tree-sitter counts them: only a line feed begins one. */
function pointAt(text: string, offset: number): Point {
  return movedBy({ row: 0, column: 0 }, text.slice(0, offset));
}

function movedBy(from: Point, text: string): Point {
  let row = from.row;
  let lineStart = -1;
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) {
    row++;
    lineStart = index + 1;
  }
  return { row, column: lineStart < 0 ? from.column + text.length : text.length - lineStart };
}
