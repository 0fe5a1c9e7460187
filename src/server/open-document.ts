import type { Edit } from "@vscode/tree-sitter-wasm";
import {
  TextDocument,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver-textdocument";
import type { Declarations } from "../syntax/declarations";
import { codeOf } from "../syntax/embedded-scripts";
import { GrammarError, type Grammars } from "../syntax/grammars";
import type { LineTable } from "../syntax/line-table";
import { ParsedText } from "../syntax/parsed-text";
import { movedBy, type Point, pointAt } from "../syntax/points";

/**
 * More changes at once than this (a rename, many cursors) cost more to mark one by one than to read
 * the text again.
 */
const maxMarkedChanges = 50;
/**
 * How long after a change the declarations are read without being asked for, so that a click finds
 * them there.
 */
const readAheadMs = 200;

/**
 * A document that is open in the editor, and its syntax tree, which follows the document change by
 * change.
 */
export class OpenDocument {
  /** Of the text as it is, or of an earlier one, which the edits since then made what it is. */
  #latest: ParsedText | undefined;
  #edits: Edit[] = [];
  /** The text as it is has no tree, and is not tried again. */
  #unreadable = false;
  #closed = false;
  #readAhead: NodeJS.Timeout | undefined;
  #document: TextDocument;
  readonly #grammars: Grammars;
  readonly #warn: (message: string) => void;

  constructor(document: TextDocument, grammars: Grammars, warn: (message: string) => void) {
    this.#document = document;
    this.#grammars = grammars;
    this.#warn = warn;
    this.#readSoon();
  }

  get uri(): string {
    return this.#document.uri;
  }

  get languageId(): string {
    return this.#document.languageId;
  }

  get version(): number {
    return this.#document.version;
  }

  get text(): string {
    return this.#document.getText();
  }

  /**
   * The tree that stands, which may be that of an earlier version. It must not be kept over an
   * await.
   */
  get standing(): ParsedText | undefined {
    return this.#latest;
  }

  update(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    if (changes.length > maxMarkedChanges) this.#forgetTree();
    if (changes.length > 0) this.#unreadable = false;
    for (const change of changes) {
      if (!("range" in change)) this.#forgetTree();
      else
        this.#markEdit(
          this.#document.offsetAt(change.range.start),
          this.#document.offsetAt(change.range.end),
          change.text,
        );
      this.#document = TextDocument.update(this.#document, [change], version);
    }
    if (changes.length === 0) this.#document = TextDocument.update(this.#document, [], version);
    this.#readSoon();
  }

  /**
   * The tree of the text as it is now; undefined without a grammar, for a closed document, and for
   * a text that cannot be parsed. Rejects when the grammar cannot be loaded.
   */
  async parsed(): Promise<ParsedText | undefined> {
    const asked = codeOf(this.languageId, this.text)?.languageId;
    const grammar = asked === undefined ? undefined : await this.#grammars.load(asked);
    // Meanwhile the document may have changed.
    const code = codeOf(this.languageId, this.text);
    if (code?.languageId !== asked) return this.parsed();
    if (code === undefined) this.#forgetTree();
    if (code === undefined || grammar === undefined || this.#closed) return undefined;
    const before = this.#latest;
    if (this.#unreadable || (before !== undefined && this.#edits.length === 0)) return before;
    const edits = this.#edits;
    this.#latest = undefined;
    this.#edits = [];
    try {
      // The edits of markup do not tell which of its code they made blank.
      this.#latest =
        before?.grammar === grammar
          ? before.changedTo(code.text, code.isPart ? undefined : edits)
          : ParsedText.of(code.text, grammar);
    } catch (thrown) {
      this.#warn(
        `The parser failed on a ${this.#document.languageId} document: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      );
    } finally {
      before?.delete();
    }
    this.#unreadable = this.#latest === undefined;
    return this.#latest;
  }

  async declarations(): Promise<
    | {
        readonly declarations: Declarations;
        readonly lines: LineTable;
        readonly text: string;
        readonly version: number;
      }
    | undefined
  > {
    const parsed = await this.parsed();
    if (parsed === undefined) return undefined;
    const { text, version } = this;
    return { declarations: parsed.declarations(), lines: parsed.lines, text, version };
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#readAhead);
    this.#forgetTree();
  }

  #forgetTree(): void {
    this.#latest?.delete();
    this.#latest = undefined;
    this.#edits = [];
  }

  #markEdit(from: number, to: number, inserted: string): void {
    if (this.#latest === undefined) return;
    const before = this.text;
    const startIndex = Math.min(from, to);
    const oldEndIndex = Math.max(from, to);
    const startPosition = this.#pointAt(startIndex);
    this.#edits.push({
      startIndex,
      oldEndIndex,
      newEndIndex: startIndex + inserted.length,
      startPosition,
      oldEndPosition: movedBy(startPosition, before.slice(startIndex, oldEndIndex)),
      newEndPosition: movedBy(startPosition, inserted),
    });
  }

  #pointAt(offset: number): Point {
    // Where no line ends with a CR, lines are rows, and where they begin is known.
    if (this.text.includes("\r")) return pointAt(this.text, offset);
    const { line, character } = this.#document.positionAt(offset);
    return { row: line, column: character };
  }

  #readSoon(): void {
    clearTimeout(this.#readAhead);
    this.#readAhead = setTimeout(() => {
      this.declarations().catch((thrown: unknown) => {
        // That one was warned of, and whoever asks hears it again.
        if (!(thrown instanceof GrammarError)) this.#warn(String(thrown));
      });
    }, readAheadMs);
    this.#readAhead.unref();
  }
}
