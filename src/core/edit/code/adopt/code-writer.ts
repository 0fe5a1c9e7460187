import { type IndentMap, indentOf } from "../../text/indentation";
import { range } from "../../text/range";
import type { AdoptRequest } from "./adopt-request";
import { type Anchor, bodiesOf, endsOf } from "./anchors";
import { type CodeSide, isCloser, lineOf, signsOf } from "./code-side";
import type { LinePair } from "./match-sides";
import { mergeComments, mergeDocstring } from "./merge-comments";
import { changedLine, unchangedLine, withSemicolonStyle } from "./merge-line";
import { movedOnPurpose } from "./moved-lines";
import { semicolonStyle } from "./semicolon-style";
import { isWholeStatements } from "./whole-statements";

/** Puts the result together, pair by pair and gap by gap. */
export class CodeWriter {
  dropped = 0;
  readonly #out: string[] = [];
  readonly #moved: readonly boolean[];
  readonly #bodies: ReadonlySet<number>;
  readonly #semicolons: "add" | "strip" | undefined;

  constructor(
    private readonly request: AdoptRequest,
    private readonly file: CodeSide,
    private readonly model: CodeSide,
    private readonly pairs: readonly LinePair[],
    private readonly anchors: readonly Anchor[],
    private readonly indents: IndentMap,
  ) {
    this.#moved = movedOnPurpose(request, file, model, pairs, indents);
    this.#bodies = bodiesOf(anchors);
    this.#semicolons = semicolonStyle(request.facts, file, model, pairs);
  }

  write(): string[] {
    let last: LinePair = { file: -1, model: -1, equal: true };
    const ends = [...endsOf(this.anchors)];
    this.#docstring(0, 0);
    for (const [index, pair] of this.pairs.entries()) {
      last = this.#closeBefore(pair, last, ends);
      const gap = this.#gap(last, pair, this.#elisionIn(last.model + 1, pair.model + 1));
      if (gap !== "attached") this.#lead(pair, gap === "fresh", !last.equal);
      this.#out.push(this.#pairLine(pair, this.#moved[index] ?? false));
      this.#docstring(pair.file + 1, pair.model + 1);
      last = pair;
    }
    const end: LinePair = { file: this.file.code.length, model: this.model.code.length, equal: true };
    last = this.#closeBefore(end, last, ends);
    this.#gap(last, end, this.#elisionIn(last.model + 1, end.model + 1));
    for (const line of this.file.leads[this.file.code.length] ?? []) this.#out.push(this.file.lines[line] ?? "");
    return this.#out;
  }

  /** What is left of declarations that end before a pair: an elision behind one of them does not speak of what was in it. */
  #closeBefore(pair: LinePair, after: LinePair, ends: Anchor[]): LinePair {
    let last = after;
    for (let next = ends[0]; next && next.file[1] <= pair.file && next.model[1] <= pair.model; next = ends[0]) {
      ends.shift();
      const end: LinePair = { file: next.file[1], model: next.model[1], equal: true };
      if (end.file <= last.file || end.model <= last.model) continue;
      const gap = next.cutAtEnd ? end.model : this.#elisionIn(last.model + 1, end.model);
      this.#gap(last, end, gap, pair.model > end.model ? "written" : "end");
      last = { file: end.file - 1, model: end.model - 1, equal: true };
    }
    return last;
  }

  #elisionIn(start: number, end: number): number | undefined {
    return range(start, end).find((ordinal) => this.model.elided[ordinal]);
  }

  /**
   * What stands between two pairs. `fresh` when the model put code of its own at its end; `attached` when that are decorators of the
   * line that follows, and its comments stand in front of them already. Behind `cut` the model left code out. `end` where `before` is
   * the end of a declaration, `written` where the model goes on behind it with new code, and so did not stop there out of haste.
   */
  #gap(
    after: LinePair,
    before: LinePair,
    cut: number | undefined,
    kind: "pair" | "end" | "written" = "pair",
  ): "fresh" | "attached" | "none" {
    const ours = range(after.file + 1, before.file);
    const all = range(after.model + 1, before.model);
    const attached = kind === "pair" && before.model < this.model.code.length ? this.#decorators(all) : [];
    const theirs = all.slice(0, all.length - attached.length);
    if (ours.length > 0 && this.#sayTheSame(ours, theirs)) for (const ordinal of ours) this.#own(ordinal);
    else if (cut !== undefined) return this.#elided(ours, theirs, attached, before, cut);
    else {
      const isFresh = this.#replaced(after, ours, theirs, kind === "written");
      if (!this.#attach(attached, before)) return isFresh ? "fresh" : "none";
      return "attached";
    }
    return this.#attach(attached, before) ? "attached" : "none";
  }

  /** The model left out what the file has here; what it has of its own stands before or behind that. */
  #elided(
    ours: readonly number[],
    theirs: readonly number[],
    attached: readonly number[],
    before: LinePair,
    cut: number,
  ): "fresh" | "attached" | "none" {
    const early = theirs.filter((at) => at < cut);
    const late = theirs.filter((at) => at >= cut);
    for (const ordinal of early) this.#fresh(ordinal, []);
    const next = ours[0] ?? (late.length === 0 ? before.file : undefined);
    const isBlock = next !== undefined && next < this.file.code.length && !isCloser(lineOf(this.file, next));
    if (early.length > 0 && isBlock && this.model.blankAtElision[cut]) {
      if (this.#ownLead(next)[0]?.trim() !== "") this.#out.push("");
    }
    for (const ordinal of ours) this.#own(ordinal);
    for (const [index, ordinal] of late.entries()) this.#fresh(ordinal, [], index === 0);
    if (this.#attach(attached, before)) return "attached";
    return late.length > 0 ? "fresh" : "none";
  }

  /** The model's lines instead of the file's, but for what the model did not mean to remove; whether nothing of the file's is left. */
  #replaced(after: LinePair, ours: readonly number[], theirs: readonly number[], isWritten: boolean): boolean {
    // New lines go on with what the model wrote before them, not with members behind it that it does not mention.
    const early = after.file >= 0 && theirs.length > 0 && ours.some((ordinal) => this.#isKept(ordinal));
    if (early) for (const ordinal of theirs) this.#fresh(ordinal, []);
    const open = ours.filter((ordinal) => !this.#isKept(ordinal));
    // A body beside an elision is given anew, since the elision is where something is left out.
    const { keepMissing } = this.request;
    const isAnew = keepMissing === "between" || this.model.elided.includes(true);
    const isGiven = isAnew && open[0] !== undefined && this.#bodies.has(open[0]);
    const mayForget = keepMissing !== undefined && theirs.length === 0 && !isWritten && !isGiven;
    const forgotten = mayForget && isWholeStatements(this.file, open);
    const gone: number[] = [];
    for (const ordinal of ours) {
      if (this.#isKept(ordinal) || isAttribute(lineOf(this.file, ordinal)) || forgotten) this.#own(ordinal);
      else gone.push(ordinal);
    }
    this.dropped += Math.max(0, gone.length - theirs.length);
    const orphans = gone[0] === undefined ? [] : this.#ownLead(gone[0]);
    if (!early) for (const [index, ordinal] of theirs.entries()) this.#fresh(ordinal, index === 0 ? orphans : []);
    return theirs.length > 0 || (gone.length > 0 && gone.length === ours.length);
  }

  #isKept(ordinal: number): boolean {
    return this.request.keep?.(this.file.code[ordinal] ?? 0) ?? false;
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

  #fresh(ordinal: number, orphans: readonly string[], behindElision = false): void {
    const lead = this.#modelLead(ordinal);
    // Nothing was left out between an opening line and this one.
    if (behindElision && /[:{([]\s*$/.test(this.#out[this.#out.length - 1] ?? "")) while (lead[0]?.trim() === "") lead.shift();
    this.#out.push(...(orphans.length > 0 ? mergeComments(orphans, lead, false) : lead));
    this.#out.push(withSemicolonStyle(this.#indented(this.model.code[ordinal] ?? 0), this.#semicolons));
    for (const line of this.model.docstrings[ordinal + 1] ?? []) this.#out.push(this.#indented(line));
  }

  #lead(pair: LinePair, isFresh: boolean, isBelowChange: boolean): void {
    const own = this.#ownLead(pair.file);
    const lead = this.#modelLead(pair.model);
    const isHead = this.request.heads?.[0] === this.file.code[pair.file];
    // Beside what the model wrote, its blank lines set its comments apart; elsewhere the file's layout stands.
    const takesLayout = isFresh || (isBelowChange && lead.some((line) => line.trim() !== ""));
    if (takesLayout && own.length === 0) this.#out.push(...lead);
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

/** Decorators and attributes belong to what follows; a model that leaves them out did not mean to remove them. */
function isAttribute(line: string): boolean {
  return /^\s*(?:@\w|#!?\[|\[\[?\w[^\]]*\]\]?\s*$)/.test(line);
}
