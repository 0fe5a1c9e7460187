import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { thresholds } from "../thresholds";
import { type AnswerEdit, cutOff, malformed, type Reading, replaceEdit } from "./answer-edit";
import { closed, givenBack, more, type Reader, type Step } from "./dialect";
import { type Marker, markerOf } from "./markers";
import type { OwnText } from "./own-text";

export class BlockReader implements Reader {
  readonly #own: OwnText;
  readonly #path: string | undefined;
  readonly #closesFence: ((line: string) => boolean) | undefined;
  #opening: string | undefined;
  readonly #lines: string[] = [];
  /** Lines that may divide the halves, surest kind first. */
  readonly #dividers: number[] = [];
  /** Lines like a divider that the file has just there. */
  readonly #ownDividers: number[] = [];
  readonly #weak: number[] = [];
  #replaceOpen = -1;
  #searchClose = -1;
  #base = -1;
  /** First line at which the fence around the block may have closed. */
  #fenceClose = -1;
  /** Last closing mark that the file has just there: the end only if no other one comes. */
  #ownClose = -1;
  /** How many opening marks of the file's own are not closed. */
  #ownDepth = 0;
  /** The last line of text in the half that is being read, if it says something. */
  #above: string | undefined;
  /** The last line that says something, marks among them. */
  #last = "";
  /** Whether all lines so far stand in a file one below the other, marks and all. */
  #isQuoted = false;

  constructor(
    own: OwnText,
    path: string | undefined,
    closesFence: ((line: string) => boolean) | undefined,
  ) {
    this.#own = own;
    this.#path = path;
    this.#closesFence = closesFence;
  }

  push(line: string): Step {
    if (this.#opening === undefined) {
      this.#opening = line;
      this.#last = line;
      this.#isQuoted = this.#own.has(line);
      return more;
    }
    if (line.trim() !== "") {
      this.#isQuoted &&= this.#own.hasBelow(this.#last, line);
      this.#last = line;
    }
    const marker = markerOf(line);
    if (marker === "close" && this.#isQuoted) {
      return givenBack([this.#opening, ...this.#lines, line]);
    }
    if (marker !== undefined && !this.#isText(marker, line)) {
      if (marker === "open") return this.#end(false, true, [line]);
      // Closing the first half, or meant as the end of the whole.
      const isEnd =
        marker === "close" ||
        (marker === "searchClose" && this.#isDivided()) ||
        (marker === "replaceTurned" && this.#isDivided() && this.#above !== undefined);
      if (isEnd) return closed([this.#edit(this.#lines.length, [])]);
      this.#note(marker, this.#lines.length);
      this.#above = undefined;
    } else if (line.trim() !== "") {
      this.#above = line;
      const mayClose = this.#fenceClose < 0 && this.#isDivided() && this.#closesFence?.(line);
      if (mayClose) this.#fenceClose = this.#lines.length;
    }
    this.#lines.push(line);
    return more;
  }

  end(truncated: boolean): Step {
    return this.#end(truncated, false, []);
  }

  /** Whether what looks like a mark is the file's own text, as far as the lines around it tell. */
  #isText(marker: Marker, line: string): boolean {
    if (!this.#own.has(line)) return false;
    const isBelow = this.#above !== undefined && this.#own.hasBelow(this.#above, line);
    const at = this.#lines.length;
    if (marker === "open") {
      if (this.#above !== undefined && !isBelow) return false;
      this.#ownDepth++;
      return true;
    }
    if (this.#ownDepth === 0 && !isBelow) return false;
    if (marker === "close") {
      this.#ownDepth = Math.max(0, this.#ownDepth - 1);
      this.#ownClose = at;
    } else if (marker === "divider" && this.#ownDepth === 0) this.#ownDividers.push(at);
    return true;
  }

  #note(marker: Exclude<Marker, "open" | "close">, at: number): void {
    if (marker === "searchClose") this.#searchClose = at;
    else if (marker === "divider") this.#dividers.push(at);
    else if (marker === "weakDivider") this.#weak.push(at);
    else if (marker === "base") {
      if (this.#base < 0 && this.#dividers.length === 0) this.#base = at;
    } else if (this.#replaceOpen < 0) this.#replaceOpen = at;
  }

  #isDivided(): boolean {
    return this.#dividers.length + this.#ownDividers.length > 0 || this.#replaceOpen >= 0;
  }

  /** Ends a block that lacks its closing mark. `rest` are lines that belong to what follows. */
  #end(truncated: boolean, another: boolean, next: readonly string[]): Step {
    const open = !another && this.#fenceClose < 0;
    if (truncated && open) {
      return closed([cutOff(this.#lines, this.#path)]);
    }
    if (this.#ownClose >= 0 && (this.#fenceClose < 0 || this.#ownClose < this.#fenceClose)) {
      const rest = [...this.#lines.slice(this.#ownClose + 1), ...next];
      return closed([this.#edit(this.#ownClose, [])], rest);
    }
    const stop = this.#fenceClose >= 0 ? this.#fenceClose : this.#withoutNextPath();
    if (!this.#isDivided() && this.#weak.every((at) => at < headOf(this.#lines).lines)) {
      return closed([malformed(noDivider, this.#lines, this.#path)], next);
    }
    // A second divider where the closing mark should be.
    const second = this.#dividers.length === 2 ? this.#dividers[1] : undefined;
    const notice = "The edit's closing mark was missing.";
    if (open && second !== undefined && this.#replaceOpen < 0) {
      return closed([this.#edit(second, [notice])], this.#lines.slice(second + 1));
    }
    if (open) {
      return closed([cutOff(this.#lines, this.#path)]);
    }
    return closed([this.#edit(stop, [notice])], [...this.#lines.slice(stop), ...next]);
  }

  /** A path written for the next block is not this block's text. */
  #withoutNextPath(): number {
    let stop = this.#lines.length;
    while (stop > 0 && /^\s*(?:$|`{3}|~{3})/.test(lineAt(this.#lines, stop - 1))) stop--;
    return stop;
  }

  #edit(stop: number, notices: readonly string[]): AnswerEdit {
    const readings: Reading[] = [];
    const head = headOf(this.#lines);
    const add = (searchEnd: number, replaceStart: number): void => {
      const end = this.#base >= 0 && this.#base < searchEnd ? this.#base : searchEnd;
      readings.push({
        search: this.#lines.slice(Math.min(head.lines, end), end),
        replace: this.#lines.slice(replaceStart, stop),
      });
    };
    const dividers = this.#likelyDividers(head.lines).filter((at) => at < stop);
    if (this.#replaceOpen >= 0 && this.#replaceOpen < stop) {
      const divider = dividers.find((at) => at < this.#replaceOpen) ?? this.#replaceOpen;
      add(this.#searchClose >= 0 ? this.#searchClose : divider, this.#replaceOpen + 1);
    }
    const strong = dividers.filter((at) => lineAt(this.#lines, at).trim().length === 7);
    const weaker = dividers.filter((at) => !strong.includes(at));
    for (const at of [...strong, ...weaker].slice(0, thresholds.some)) {
      add(this.#searchClose >= 0 && this.#searchClose < at ? this.#searchClose : at, at + 1);
    }
    if (readings.length === 0) {
      const weak = this.#weak.filter((at) => at < stop && at >= head.lines);
      for (const at of weak.slice(0, thresholds.some / 2)) add(at, at + 1);
    }
    if (readings.some(({ replace }) => replace.some((line) => hintOf(line)))) {
      const message = "An edit names a line in its new text, where only code can stand.";
      return malformed(message, this.#lines, this.#path);
    }
    const [first] = readings;
    if (first === undefined) return malformed(noDivider, this.#lines, this.#path);
    const edit = replaceEdit("searchReplace", first, this.#path);
    return { ...edit, readings: readings.map(withoutEscapes), lineHint: head.lineHint, notices };
  }

  /** A heading in a docstring looks like a divider: those that the file has just there are none. */
  #likelyDividers(head: number): readonly number[] {
    if (this.#ownDividers.length === 0) return this.#dividers;
    const sure = this.#dividers
      .slice(0, thresholds.some)
      .filter((at) => this.#own.hasAll(this.#lines.slice(head, at)));
    if (sure.length > 0) return sure;
    return [...this.#dividers, ...this.#ownDividers].sort((a, b) => a - b);
  }
}

const noDivider = "An edit has no line that divides the old text from the new one.";

/** What `:start_line:12` says; undefined for any other line. */
function hintOf(line: string): { end: "start" | "end"; line: number } | undefined {
  if (line.length > limits.mark) return undefined;
  const match = /^:(start|end)_line:\s*(?:\[\s*)?(\d+)\s*\]?$/.exec(line.trim());
  if (!match) return undefined;
  return { end: match[1] === "start" ? "start" : "end", line: Number(match[2]) };
}

/** Lines at a block's start that say where it belongs, with dashes below: no text of its own. */
function headOf(lines: readonly string[]): { lines: number; lineHint?: number | undefined } {
  let at = 0;
  let lineHint: number | undefined;
  for (; at < 4; at++) {
    const hint = hintOf(lineAt(lines, at));
    if (!hint) break;
    if (hint.end === "start") lineHint = hint.line;
  }
  if (at === 0) return { lines: 0 };
  if (/^\s*-{3,}\s*$/.test(lineAt(lines, at))) at++;
  return { lines: at, lineHint };
}

const escapedMark = /^\\(?:<{7}|={7}|>{7}|-{7}|\+{7}|:(?:start|end)_line:)/;

/** A mark that is text of the file is written with a backslash in front. */
function withoutEscapes({ search, replace }: Reading): Reading {
  const plain = (line: string): string => (escapedMark.test(line) ? line.slice(1) : line);
  const isEscaped = replace.some((line) => escapedMark.test(line));
  return {
    search: search.map(plain),
    replace: replace.map(plain),
    ...(isEscaped ? { escaped: true } : {}),
  };
}
