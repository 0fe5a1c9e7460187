import type { LineRange } from "../locate/placement";
import type { LanguageFacts } from "../text/language-facts";
import type { Snapshot } from "../text/snapshot";
import { type Declaration, findDeclarations } from "./declarations";

/** A file while its edits are being placed: one snapshot of it and what is known of its declarations. */
export class EditedFile {
  #found: readonly Declaration[] | undefined;
  #known: readonly Declaration[] | undefined;

  constructor(
    readonly snapshot: Snapshot,
    readonly languageId: string,
    readonly target: LineRange | undefined,
    /** From the syntax tree of exactly these lines; undefined without one. */
    private readonly outline: readonly Declaration[] | undefined,
  ) {}

  get facts(): LanguageFacts {
    return this.snapshot.facts;
  }

  get lines(): readonly string[] {
    return this.snapshot.lines;
  }

  /**
   * By the tree where there is one, else by the text. Of constants and names of types only what the text shows too: an answer's are
   * looked for in its text alone, and those that are not found there would seem to be left out.
   */
  get declarations(): readonly Declaration[] {
    this.#known ??= this.#comparable();
    return this.#known;
  }

  #comparable(): readonly Declaration[] {
    const known = (this.outline ?? []).filter((one) => !one.isValue || this.#textual().some((other) => other.head === one.head));
    return known.length > 0 ? known : this.#textual();
  }

  /** Those of a name; what the tree does not list (an arrow function, a broken file) is looked for in the text. */
  named(name: string, kind: Declaration["kind"]): readonly Declaration[] {
    const pick = (all: readonly Declaration[]): Declaration[] => all.filter((one) => one.name === name && one.kind === kind);
    const known = pick(this.declarations);
    return known.length > 0 ? known : pick(this.#textual());
  }

  #textual(): readonly Declaration[] {
    this.#found ??= findDeclarations(this.lines, this.facts, this.snapshot.scan);
    return this.#found;
  }
}
