import { QuoteWatch } from "./quote-watch";

/**
 * A stretch of code within a text: a fenced block, or an edit in one of the forms that need no
 * fence.
 */
export interface CodeRegion {
  readonly kind: "fence" | "block" | "patch" | "hunk";
  /** The signs that opened a fence. */
  readonly sign: string;
  /** Thoughts that the code opens, so that as many closing marks below belong to it too. */
  openThoughts: number;
  /** The code writes turns itself, so that the marks below belong to it too. */
  holdsTurns: boolean;
}

const headCharacters = 200;
const tailCharacters = 200;

const fenceLine = /^\s*(`{3,}|~{3,}(?!~))([^`]*)$/;
const blockStart = /^\s*<{5,}(?:\s|\w|$)/;
const blockEnd = /^\s*>{5,}(?:\s|\w|$)/;
const patchStart = /^\s*\*\*\* Begin Patch/;
const patchEnd = /^\s*\*\*\* End Patch/;
const hunkStart = /^@@(?:\s|$)/;
const hunkLine = /^(?:[ +\-\\@]|$)/;

/**
 * Follows a text line by line and knows whether the place that it has come to is inside somebody's
 * code. Marks of thoughts and turns that stand there are part of the code.
 */
export class CodeWatch {
  /** The beginning of the line that is being written: enough to tell what it opens or closes. */
  #head = "";
  /** Its end so far. */
  #tail = "";
  #quotes = new QuoteWatch();
  /** A mark was named in this line: "write <think> first, </think> last". */
  mentions = false;
  #region: CodeRegion | undefined;

  add(text: string): void {
    if (this.#head.length < headCharacters)
      this.#head += text.slice(0, headCharacters - this.#head.length);
    this.#quotes.add(text);
    this.#tail = (this.#tail + text.slice(-tailCharacters)).slice(-tailCharacters);
  }

  endLine(): void {
    this.#region = regionBehind(this.#region, this.#head);
    this.#head = "";
    this.#tail = "";
    this.#quotes = new QuoteWatch();
    this.mentions = false;
  }

  /**
   * The code that the text has come into. A line that ends the code ends it with its last sign:
   * "```</think>".
   */
  get region(): CodeRegion | undefined {
    const region = this.#region;
    if (region !== undefined) return closes(region, this.#head) ? undefined : region;
    return hunkStart.test(this.#head) ? code("hunk") : undefined;
  }

  /** The last sign of the line so far. */
  get lastSign(): string {
    return this.#tail.slice(-1);
  }

  /** Whether the text stands in the line so far. */
  lineHolds(text: string): boolean {
    return this.#tail.includes(text);
  }

  /** Whether nothing visible stands in front on the line. */
  get atLineStart(): boolean {
    return this.#head.trim() === "";
  }

  /**
   * Whether a mark that comes next stands in quotes or in inline code; undefined while the rest of
   * the line has to come.
   */
  quotes(mark: string, rest: string, isWhole: boolean): boolean | undefined {
    return this.#quotes.holds(mark, rest, isWhole);
  }
}

/** Whether the line ends the code. */
export function closes(region: Pick<CodeRegion, "kind" | "sign">, line: string): boolean {
  switch (region.kind) {
    case "fence": {
      const [, sign = "", info = ""] = fenceLine.exec(line) ?? [];
      return sign.startsWith(region.sign) && info.trim() === "";
    }
    case "block":
      return blockEnd.test(line);
    case "patch":
      return patchEnd.test(line);
    case "hunk":
      return !hunkLine.test(line);
    default:
      return region.kind satisfies never;
  }
}

/** Whether the line opens code of the same kind anew, so that the one before was left open. */
export function opensAnew(region: Pick<CodeRegion, "kind">, line: string): boolean {
  switch (region.kind) {
    case "fence":
      return (fenceLine.exec(line)?.[2] ?? "").trim() !== "";
    case "block":
      return blockStart.test(line);
    case "patch":
      return patchStart.test(line);
    case "hunk":
      return hunkStart.test(line);
    default:
      return region.kind satisfies never;
  }
}

function code(kind: CodeRegion["kind"], sign = ""): CodeRegion {
  return { kind, sign, openThoughts: 0, holdsTurns: false };
}

function regionBehind(region: CodeRegion | undefined, line: string): CodeRegion | undefined {
  if (region !== undefined) {
    if (!closes(region, line)) return region;
    // A line that is no line of a diff ends the diff, and may open something else.
    if (region.kind !== "hunk") return undefined;
  }
  const fence = fenceLine.exec(line)?.[1];
  if (fence !== undefined) return code("fence", fence);
  if (blockStart.test(line)) return code("block");
  if (patchStart.test(line)) return code("patch");
  if (hunkStart.test(line)) return code("hunk");
  return undefined;
}
