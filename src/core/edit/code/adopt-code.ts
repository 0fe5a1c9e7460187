import { type IndentMap, type IndentStyle, indentOf, indentStyle, learnIndents } from "../text/indentation";
import type { LanguageFacts } from "../text/language-facts";
import { withBracesOf } from "./brace-style";
import { type CodeSide, codeSide, lineOf } from "./code-side";
import { type LinePair, matchSides } from "./match-sides";
import { mergeComments, mergeDocstring } from "./merge-comments";
import { changedLine, unchangedLine, withSemicolonStyle } from "./merge-line";
import { movedOnPurpose } from "./moved-lines";

export interface AdoptRequest {
  /** The file's own lines of the place. */
  readonly file: readonly string[];
  /** The model's version of it. */
  readonly model: readonly string[];
  readonly facts: LanguageFacts;
  /** How the whole file indents, for places too small to show it. */
  readonly fileStyle: IndentStyle;
  /** Lines of `file` (zero-based) that stay whatever the model wrote: declarations that it does not mention. */
  readonly keep?: (line: number) => boolean;
  /** Both begin with the same declaration: line of its first line in `file` and in `model`. */
  readonly heads?: readonly [number, number];
  /** Code that the model left out at the top level is forgotten, not deleted. */
  readonly keepMissing?: boolean;
}

export interface Adopted {
  readonly lines: readonly string[];
  /** Parts of code, by the file's line, that the model's version leaves out for real. */
  readonly dropped: number;
  /** How much of the file's code the model's version has, from 0 to 1. */
  readonly covered: number;
  /** The model wrote `...` for some of it. */
  readonly elided: boolean;
}

/**
 * The file's own text with what the model changed in it, and nothing else: layout, line comments, docstrings and decorators that the
 * model's version lacks stay; a line that says the same stays the file's, character by character.
 */
export function adoptCode(request: AdoptRequest): Adopted {
  const { facts } = request;
  const own = new Set(request.file.map((line) => line.trim()));
  const file = codeSide(request.file, facts, () => true);
  const lines = facts.blocks === "brace" ? withBracesOf(request.file, request.model) : request.model;
  const model = codeSide(lines, facts, (line) => own.has(line.trim()));
  const isKept = (ordinal: number): boolean => request.keep?.(file.code[ordinal] ?? 0) ?? false;
  const heads = request.heads && ordinals(file, model, request.heads);
  const pairs = withoutLayoutChanges(file, model, matchSides(file, model, isKept, heads));
  const modelStyle = indentStyle(request.model, request.fileStyle);
  const indents = learnIndents(
    pairs
      .filter((pair) => pair.equal || pair === pairs[0])
      .map((pair) => ({ file: lineOf(file, pair.file), model: lineOf(model, pair.model) })),
    modelStyle,
    request.fileStyle,
    true,
  );
  const writer = new Writer(request, file, model, pairs, indents);
  const written = writer.write();
  const open = file.code.filter((_, ordinal) => !isKept(ordinal)).length;
  return { lines: written, dropped: writer.dropped, covered: open === 0 ? 1 : pairs.length / open, elided: model.elided.includes(true) };
}

function ordinals(file: CodeSide, model: CodeSide, heads: readonly [number, number]): readonly [number, number] | undefined {
  const ours = file.code.indexOf(heads[0]);
  const theirs = model.code.indexOf(heads[1]);
  return ours >= 0 && theirs >= 0 ? [ours, theirs] : undefined;
}

/** Puts the result together, pair by pair and gap by gap. */
class Writer {
  dropped = 0;
  readonly #out: string[] = [];
  readonly #moved: readonly boolean[];
  readonly #semicolons: "add" | "strip" | undefined;

  constructor(
    private readonly request: AdoptRequest,
    private readonly file: CodeSide,
    private readonly model: CodeSide,
    private readonly pairs: readonly LinePair[],
    private readonly indents: IndentMap,
  ) {
    this.#moved = movedOnPurpose(request, file, model, pairs, indents);
    this.#semicolons = semicolonStyle(request.facts, file, model, pairs);
  }

  write(): string[] {
    let last: LinePair = { file: -1, model: -1, equal: true };
    const end: LinePair = { file: this.file.code.length, model: this.model.code.length, equal: true };
    this.#docstring(0, 0);
    for (const [index, pair] of this.pairs.entries()) {
      const gap = this.#gap(last, pair);
      if (gap !== "attached") this.#lead(pair, gap === "fresh");
      this.#out.push(this.#pairLine(pair, this.#moved[index] ?? false));
      this.#docstring(pair.file + 1, pair.model + 1);
      last = pair;
    }
    this.#gap(last, end);
    for (const line of this.file.leads[this.file.code.length] ?? []) this.#out.push(this.file.lines[line] ?? "");
    return this.#out;
  }

  /**
   * What stands between two pairs. `fresh` when the model put code of its own at its end; `attached` when that are decorators of the
   * line that follows, and its comments stand in front of them already.
   */
  #gap(after: LinePair, before: LinePair): "fresh" | "attached" | "none" {
    const ours = range(after.file + 1, before.file);
    const all = range(after.model + 1, before.model);
    const attached = before.model < this.model.code.length ? this.#decorators(all) : [];
    const theirs = all.slice(0, all.length - attached.length);
    const cut = range(after.model + 1, before.model + 1).find((ordinal) => this.model.elided[ordinal]);
    if (ours.length > 0 && this.#sayTheSame(ours, theirs)) {
      for (const ordinal of ours) this.#own(ordinal);
      return this.#attach(attached, before) ? "attached" : "none";
    }
    if (cut !== undefined) {
      for (const ordinal of theirs.filter((at) => at < cut)) this.#fresh(ordinal, []);
      for (const ordinal of ours) this.#own(ordinal);
      const late = theirs.filter((at) => at >= cut);
      for (const ordinal of late) this.#fresh(ordinal, []);
      if (this.#attach(attached, before)) return "attached";
      return late.length > 0 ? "fresh" : "none";
    }
    // New lines go on with what the model wrote before them, not with members behind it that it does not mention.
    const early = after.file >= 0 && theirs.length > 0 && ours.some((ordinal) => this.request.keep?.(this.file.code[ordinal] ?? 0));
    if (early) for (const ordinal of theirs) this.#fresh(ordinal, []);
    const gone: number[] = [];
    for (const ordinal of ours) {
      const line = this.file.code[ordinal] ?? 0;
      if (this.request.keep?.(line) || isAttribute(this.file.lines[line] ?? "") || (this.request.keepMissing && theirs.length === 0))
        this.#own(ordinal);
      else gone.push(ordinal);
    }
    this.dropped += Math.max(0, gone.length - theirs.length);
    const orphans = gone[0] === undefined ? [] : this.#ownLead(gone[0]);
    if (!early) for (const [index, ordinal] of theirs.entries()) this.#fresh(ordinal, index === 0 ? orphans : []);
    if (this.#attach(attached, before)) return "attached";
    return theirs.length > 0 ? "fresh" : "none";
  }

  /** The decorators and attributes at the end of a gap: they belong to what follows it, whatever stays in between. */
  #decorators(ordinals: readonly number[]): readonly number[] {
    const last = ordinals.findLastIndex((ordinal) => !isAttribute(lineOf(this.model, ordinal)));
    return ordinals.slice(last + 1);
  }

  /** Writes decorators right above the line that they belong to, below the comments and blank lines that stand above that. */
  #attach(ordinals: readonly number[], before: LinePair): boolean {
    for (const [index, ordinal] of ordinals.entries()) this.#fresh(ordinal, index === 0 ? this.#ownLead(before.file) : []);
    return ordinals.length > 0;
  }

  #sayTheSame(ours: readonly number[], theirs: readonly number[]): boolean {
    return theirs.length > 0 && signsOf(this.file, ours) === signsOf(this.model, theirs);
  }

  #ownLead(ordinal: number): string[] {
    return (this.file.leads[ordinal] ?? []).map((line) => this.file.lines[line] ?? "");
  }

  #modelLead(ordinal: number): string[] {
    return (this.model.leads[ordinal] ?? []).map((line) => this.#indented(line));
  }

  /** A line of the file that stays with all that belongs to it. */
  #own(ordinal: number): void {
    this.#out.push(...this.#ownLead(ordinal), lineOf(this.file, ordinal), ...this.#docstringOf(this.file, ordinal + 1));
  }

  #fresh(ordinal: number, orphans: readonly string[]): void {
    const lead = this.#modelLead(ordinal);
    this.#out.push(...(orphans.length > 0 ? mergeComments(orphans, lead, false) : lead));
    this.#out.push(withSemicolonStyle(this.#indented(this.model.code[ordinal] ?? 0), this.#semicolons));
    for (const line of this.model.docstrings[ordinal + 1] ?? []) this.#out.push(this.#indented(line));
  }

  #lead(pair: LinePair, fresh: boolean): void {
    const own = this.#ownLead(pair.file);
    const lead = this.#modelLead(pair.model);
    const isHead = this.request.heads?.[0] === this.file.code[pair.file];
    if (fresh && own.length === 0) this.#out.push(...lead);
    else this.#out.push(...mergeComments(own, lead, isHead));
  }

  #docstringOf(side: CodeSide, slot: number): string[] {
    return [...(side.docstringLeads[slot] ?? []), ...(side.docstrings[slot] ?? [])].map((line) => side.lines[line] ?? "");
  }

  #docstring(file: number, model: number): void {
    const own = (this.file.docstrings[file] ?? []).map((line) => this.file.lines[line] ?? "");
    const theirs = (this.model.docstrings[model] ?? []).map((line) => this.#indented(line));
    for (const line of this.file.docstringLeads[file] ?? []) this.#out.push(this.file.lines[line] ?? "");
    this.#out.push(...mergeDocstring(own, theirs));
  }

  #pairLine(pair: LinePair, moved: boolean): string {
    const fileLine = this.file.code[pair.file] ?? 0;
    const modelLine = this.model.code[pair.model] ?? 0;
    const own = { text: this.file.lines[fileLine] ?? "", scan: this.file.scan[fileLine] };
    const theirs = { text: this.model.lines[modelLine] ?? "", scan: this.model.scan[modelLine] };
    if (pair.equal) return unchangedLine(own, theirs, moved ? this.indents.map(indentOf(theirs.text)) : undefined);
    const indent = moved ? this.indents.map(indentOf(theirs.text)) : indentOf(own.text);
    return withSemicolonStyle(changedLine(own, theirs, indent), this.#semicolons);
  }

  /** A line of the model's with the file's indentation. */
  #indented(line: number): string {
    const text = this.model.lines[line] ?? "";
    const scan = this.model.scan[line];
    if (text.trim() === "") return "";
    if (scan?.inside && scan.kind === "code") return text;
    if (this.indents.trusted) return this.indents.map(indentOf(text)) + text.slice(indentOf(text).length);
    const above = this.#out.findLast((written) => written.trim() !== "") ?? "";
    const deeper = /[:{([]\s*$/.test(above) ? (this.request.fileStyle.tabs ? "\t" : " ".repeat(this.request.fileStyle.step)) : "";
    return indentOf(above) + deeper + text.trim();
  }
}

function signsOf(side: CodeSide, ordinals: readonly number[]): string {
  return ordinals
    .map((at) => side.keys[at] ?? "")
    .join("")
    .replace(/\s/g, "");
}

/** Between two equal lines both sides may say the same with other breaks (a brace on a line of its own): then no line there changed. */
function withoutLayoutChanges(file: CodeSide, model: CodeSide, pairs: readonly LinePair[]): LinePair[] {
  const result: LinePair[] = [];
  let changed: LinePair[] = [];
  let last: LinePair = { file: -1, model: -1, equal: true };
  for (const pair of [...pairs, { file: file.code.length, model: model.code.length, equal: true }]) {
    if (!pair.equal) {
      changed.push(pair);
      continue;
    }
    const ours = range(last.file + 1, pair.file);
    const theirs = range(last.model + 1, pair.model);
    if (changed.length > 0 && signsOf(file, ours) !== signsOf(model, theirs)) result.push(...changed);
    changed = [];
    if (pair.file < file.code.length || pair.model < model.code.length) result.push(pair);
    last = pair;
  }
  return result;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
}

/** Decorators and attributes belong to what follows; a model that leaves them out did not mean to remove them. */
function isAttribute(line: string): boolean {
  return /^\s*(?:@\w|#!?\[|\[\[?\w[^\]]*\]\]?\s*$)/.test(line);
}

function semicolonStyle(facts: LanguageFacts, file: CodeSide, model: CodeSide, pairs: readonly LinePair[]): "add" | "strip" | undefined {
  if (!facts.optionalSemicolons) return undefined;
  let add = 0;
  let strip = 0;
  for (const pair of pairs) {
    if (!pair.equal) continue;
    const ours = /;\s*(?:\/\/.*)?$/.test(lineOf(file, pair.file));
    const theirs = /;\s*(?:\/\/.*)?$/.test(lineOf(model, pair.model));
    if (ours && !theirs) add++;
    if (!ours && theirs) strip++;
  }
  return add > strip ? "add" : strip > add ? "strip" : undefined;
}
