import type { AnswerEdit, Reading } from "./answer-edit";
import { markerOf } from "./markers";

/** Reads one SEARCH/REPLACE block line by line, from behind its opening mark. */
export class BlockReader {
  readonly #lines: string[] = [];
  /** Lines that may divide the halves, surest kind first. */
  readonly #dividers: number[] = [];
  readonly #weak: number[] = [];
  #replaceOpen = -1;
  #searchClose = -1;
  #base = -1;
  /** First line at which the fence around the block may have closed. */
  #fenceClose = -1;

  constructor(
    private readonly path: string | undefined,
    private readonly fence: string | undefined,
  ) {}

  /** True when the block is complete with this line. */
  push(line: string): boolean {
    const marker = markerOf(line);
    const at = this.#lines.length;
    switch (marker) {
      case "close":
        return true;
      case "searchClose":
        // Closing the first half, or meant as the end of the whole.
        if (this.#dividers.length > 0 || this.#replaceOpen >= 0) return true;
        this.#searchClose = at;
        break;
      case "replaceOpen":
        if (this.#replaceOpen < 0) this.#replaceOpen = at;
        break;
      case "divider":
        this.#dividers.push(at);
        break;
      case "weakDivider":
        this.#weak.push(at);
        break;
      case "base":
        if (this.#base < 0 && this.#dividers.length === 0) this.#base = at;
        break;
      default:
        if (this.fence !== undefined && this.#fenceClose < 0 && this.#divided() && line.trim() === this.fence) this.#fenceClose = at;
    }
    this.#lines.push(line);
    return false;
  }

  #divided(): boolean {
    return this.#dividers.length > 0 || this.#replaceOpen >= 0;
  }

  edit(): AnswerEdit {
    return this.#edit(this.#lines.length, []);
  }

  /** Ends a block that lacks its closing mark. `rest` are lines that belong to what follows. */
  close(truncated: boolean, another: boolean): { edit: AnswerEdit; rest: string[] } {
    const open = !another && this.#fenceClose < 0;
    if (truncated && open) {
      return { edit: this.#broken("truncated", "The answer ends in the middle of an edit."), rest: [] };
    }
    const stop = this.#fenceClose >= 0 ? this.#fenceClose : this.#withoutNextPath();
    if (!this.#divided() && this.#weak.every((at) => at < headOf(this.#lines).lines)) {
      return { edit: this.#broken("malformed", "An edit has no line that divides the old text from the new one."), rest: [] };
    }
    // A second divider where the closing mark should be; else nothing says where the new text ends and prose goes on.
    const second = this.#dividers.length === 2 ? this.#dividers[1] : undefined;
    if (open && second !== undefined && this.#replaceOpen < 0) {
      return { edit: this.#edit(second, ["The edit's closing mark was missing."]), rest: this.#lines.slice(second + 1) };
    }
    if (open && !this.#endsAlike()) return { edit: this.#broken("truncated", "An edit is not finished: its end is missing."), rest: [] };
    const notice = "The edit's closing mark was missing.";
    return { edit: this.#edit(stop, [notice]), rest: this.#lines.slice(stop) };
  }

  /** Both halves end with the same line, so that the new one is whole and nothing stands behind it. */
  #endsAlike(): boolean {
    const [divider] = this.#dividers;
    if (divider === undefined || this.#dividers.length > 1 || this.#replaceOpen >= 0) return false;
    const last = (lines: readonly string[]): string => lines.findLast((line) => line.trim() !== "")?.trim() ?? "";
    const end = last(this.#lines.slice(divider + 1));
    return /\w/.test(end) && end === last(this.#lines.slice(0, divider));
  }

  /** A path written for the next block is not this block's text. */
  #withoutNextPath(): number {
    let stop = this.#lines.length;
    const blank = (): void => {
      while (stop > 0 && (this.#lines[stop - 1] ?? "").trim() === "") stop--;
    };
    blank();
    while (stop > 0 && /^\s*(?:`{3,}|~{3,}).*$/.test(this.#lines[stop - 1] ?? "")) {
      stop--;
      blank();
    }
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
    const dividers = this.#dividers.filter((at) => at < stop);
    if (this.#replaceOpen >= 0 && this.#replaceOpen < stop) {
      const start = this.#replaceOpen + 1;
      const end = this.#searchClose >= 0 ? this.#searchClose : (dividers.find((at) => at < this.#replaceOpen) ?? this.#replaceOpen);
      add(end, start);
    }
    const strong = dividers.filter((at) => (this.#lines[at] ?? "").trim().length === 7);
    for (const at of [...strong, ...dividers.filter((other) => !strong.includes(other))].slice(0, 8)) {
      add(this.#searchClose >= 0 && this.#searchClose < at ? this.#searchClose : at, at + 1);
    }
    if (readings.length === 0) for (const at of this.#weak.filter((line) => line < stop && line >= head.lines).slice(0, 4)) add(at, at + 1);
    if (readings.some(({ replace }) => replace.some((line) => hintLine.test(line))))
      return this.#broken("malformed", "An edit names a line in its new text, where only code can stand.");
    if (readings.length === 0) return this.#broken("malformed", "An edit has no line that divides the old text from the new one.");
    return {
      kind: "replace",
      form: "searchReplace",
      ...(this.path === undefined ? {} : { path: this.path }),
      readings: readings.map(withoutEscapes),
      ...(head.lineHint === undefined ? {} : { lineHint: head.lineHint }),
      notices,
    };
  }

  #broken(code: "malformed" | "truncated", message: string): AnswerEdit {
    return { kind: "broken", code, message, lines: this.#lines, ...(this.path === undefined ? {} : { path: this.path }) };
  }
}

const hintLine = /^\s*:(start|end)_line:\s*\[?\s*(\d+)\s*\]?\s*$/;

/** Lines at the start of a block that say where it belongs, `:start_line:12` with dashes below, and no text of its own. */
function headOf(lines: readonly string[]): { lines: number; lineHint?: number } {
  let at = 0;
  let lineHint: number | undefined;
  for (; at < 4; at++) {
    const match = hintLine.exec(lines[at] ?? "");
    if (!match) break;
    if (match[1] === "start") lineHint = Number(match[2]);
  }
  if (at === 0) return { lines: 0 };
  if (/^\s*-{3,}\s*$/.test(lines[at] ?? "")) at++;
  return { lines: at, ...(lineHint === undefined ? {} : { lineHint }) };
}

const escapedMark = /^\\(?:<{7}|={7}|>{7}|-{7}|\+{7}|:(?:start|end)_line:)/;

/** A mark that is text of the file is written with a backslash in front. */
function withoutEscapes({ search, replace }: Reading): Reading {
  const plain = (line: string): string => (escapedMark.test(line) ? line.slice(1) : line);
  const isEscaped = replace.some((line) => escapedMark.test(line));
  return { search: search.map(plain), replace: replace.map(plain), ...(isEscaped ? { escaped: true } : {}) };
}
