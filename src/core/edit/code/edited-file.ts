import { grouped } from "../../../base/grouped";
import type { LanguageFacts } from "../../../base/languages/language";
import { oncePer } from "../../../base/once-per";
import type { LineRange } from "../../../base/text/line-range";
import type { SymbolInfo } from "../../../protocol/syntax";
import type { Snapshot } from "../text/snapshot";
import { receiverOf } from "./declaration-head";
import { type Declaration, findDeclarations } from "./declarations";

/** What the syntax tree knows of a file and of pieces of code about it. */
export interface Trees {
  readonly file: readonly Declaration[];
  /** Those of a piece that the grammar reads without an error; undefined for any other. */
  of(lines: readonly string[]): readonly Declaration[] | undefined;
}

/** With one snapshot of it and what is known of its declarations. */
export class EditedFile {
  #declarations: readonly Declaration[] | undefined;
  #byName: ReadonlyMap<string, readonly Declaration[]> | undefined;
  #byText: EditedFile | undefined;

  constructor(
    readonly snapshot: Snapshot,
    readonly languageId: string,
    readonly target: LineRange | undefined,
    /** Of exactly these lines; undefined without a grammar. */
    readonly trees: Trees | undefined,
  ) {}

  get facts(): LanguageFacts {
    return this.snapshot.facts;
  }

  get lines(): readonly string[] {
    return this.snapshot.lines;
  }

  /** By the tree where there is one, else by the text. */
  get declarations(): readonly Declaration[] {
    this.#declarations ??=
      this.trees?.file ?? findDeclarations(this.lines, this.facts, this.snapshot.scan);
    return this.#declarations;
  }

  /** The same file as the text alone shows it. */
  get byText(): EditedFile {
    if (this.trees === undefined) return this;
    this.#byText ??= new EditedFile(this.snapshot, this.languageId, this.target, undefined);
    return this.#byText;
  }

  named(name: string, kind: Declaration["kind"]): readonly Declaration[] {
    this.#byName ??= grouped(this.declarations, (one) => `${one.kind} ${one.name}`);
    return this.#byName.get(`${kind} ${name}`) ?? [];
  }
}

/** Up over the comments and decorators right above a line. */
export function withLead(file: EditedFile, line: number): number {
  let start = line;
  while (start > 0 && file.snapshot.scan[start - 1]?.kind === "comment") start--;
  return start;
}

export const fromOutline = oncePer((outline: readonly SymbolInfo[]): readonly Declaration[] =>
  outline.flatMap((symbol): Declaration[] => {
    if (symbol.kind === "variable" && symbol.bodyRange.end.line === symbol.bodyRange.start.line)
      return [];
    const isType =
      symbol.kind !== "function" && symbol.kind !== "method" && symbol.kind !== "variable";
    const { start, end } = symbol.range;
    return [
      {
        name: symbol.name,
        kind: isType ? "type" : "callable",
        start: start.line,
        end: end.character === 0 && end.line > start.line ? end.line : end.line + 1,
        head: symbol.bodyRange.start.line,
        ...(symbol.container === undefined ? {} : { container: symbol.container }),
        ...receiverOf(symbol.signature),
        ...(symbol.kind === "variable" ? { isValue: true } : {}),
      },
    ];
  }),
);
