import { lastLine, lineAt } from "../../../../base/text/lines";
import type { Silence } from "./forgotten";
import type { Side } from "./side";
import type { Gap, Step } from "./steps";

export type Version = Pick<Side, "lines" | "roles" | "scan" | "declarations">;

export interface Versions {
  readonly file: Version;
  readonly answer: Version;
  readonly steps: readonly Step[];
  readonly silence: Pick<Silence, "kept" | "dropped" | "changed">;
}

/** With which characters a line is written. `above`: what was written above it. */
export interface LineWriter {
  repeated(own: number, theirs: number): string;
  changed(own: number, theirs: number, above: string): string;
  fresh(theirs: number, above: string): string;
}

export class MovedText {
  readonly #writer: LineWriter;
  readonly lines: string[] = [];
  readonly #origins: ReadonlyMap<number, number>;
  /** Up to which line the last one that says something was looked for, and where it is. */
  #looked = 0;
  #lastSaid = -1;

  constructor(
    readonly versions: Versions,
    writer: LineWriter,
  ) {
    this.#writer = writer;
    this.#origins = new Map([...versions.silence.changed].map(([own, theirs]) => [theirs, own]));
  }

  get last(): string | undefined {
    return this.lines.at(-1);
  }

  push(line: string): void {
    this.lines.push(line);
  }

  blank(count: number): void {
    for (let at = 0; at < count; at++) this.lines.push("");
  }

  /** Takes back empty lines that were written last. */
  withoutLastBlanks(): void {
    while (this.last === "") this.lines.pop();
    this.#looked = Math.min(this.#looked, this.lines.length);
  }

  repeated(own: number, theirs: number): void {
    this.lines.push(this.#writer.repeated(own, theirs));
  }

  /** Lines of the file. @param joinsBlanks without the first one, where two would be empty */
  own(lines: readonly number[], joinsBlanks = false): void {
    const { file } = this.versions;
    for (const line of lines) {
      const isDouble =
        joinsBlanks &&
        file.roles[line] === "blank" &&
        (this.last ?? "x").trim() === "" &&
        line === lines[0];
      if (!isDouble) this.lines.push(lineAt(file.lines, line));
    }
  }

  #above(): string {
    let at = this.lines.length - 1;
    while (at >= this.#looked && this.lines[at]?.trim() === "") at--;
    if (at >= this.#looked) this.#lastSaid = at;
    this.#looked = this.lines.length;
    return lineAt(this.lines, this.#lastSaid);
  }

  said(line: number, gap: Gap): void {
    const own = this.#origins.get(line);
    const above = this.#above();
    const isHere = own !== undefined && own >= gap.file.start && own < gap.file.end;
    this.lines.push(
      isHere ? this.#writer.changed(own, line, above) : this.#writer.fresh(line, above),
    );
  }

  /** Lines of the file that the answer is silent about, with the empty lines around them. */
  kept(lines: readonly number[], gap: Gap): void {
    const { file } = this.versions;
    const [first] = lines;
    const last = lines.at(-1);
    if (first === undefined || last === undefined) return;
    let start = first;
    while (start > gap.file.start && file.roles[start - 1] === "blank") start--;
    const keep = new Set(lines);
    // One gap of blank lines is enough where the answer has written one already.
    const isBlankAbove = lastLine(this.lines).trim() === "";
    for (let at = start; at <= last; at++)
      if (file.roles[at] === "blank" ? !(isBlankAbove && at < first) : keep.has(at))
        this.lines.push(lineAt(file.lines, at));
    let behind = last + 1;
    while (behind < gap.file.end && file.roles[behind] === "blank")
      this.lines.push(lineAt(file.lines, behind++));
  }
}
