import { Lines } from "../../../base/text/lines";
import { lastLineOf } from "../../../base/text/positions";
import type { Target } from "../../../protocol/document";
import { closesFence, type FenceLine, fenceOpened } from "../../edit/answer/fence-line";
import type { Prompt } from "../../prompt/prompt";

/** The declaration that an answer is to give: a place of a file. */
export interface AskedPart {
  readonly text: string;
  readonly range: Target["range"];
}

/** So many lines tell that an answer has come to what stands behind the declaration. */
const tellingLines = 3;
/** Fewer signs may stand anywhere: `}`, `})`. */
const tellingCharacters = 16;

/**
 * Notices that an answer has given the declaration, changed, and goes on with what nobody asked for
 * and a slow model needs longer for than for the change: it copies the file behind it, or gives the
 * declaration once more. Before: 40 lines of documentation below a function of 12 are written once
 * more; a function that was right is followed by other versions of it, round and round. After: the
 * answer ends with the function.
 */
export class RestWatch {
  /** Lines of code without outer blanks. */
  readonly #asked: readonly string[];
  readonly #rest: readonly string[];
  #answer = "";
  /** Where the line begins that is not whole yet. */
  #lineAt = 0;
  #fence: FenceLine | undefined;
  /** Lines of code in the fence. */
  #written: WrittenLine[] = [];

  constructor(part: AskedPart) {
    const { asked, rest } = linesOf(part);
    this.#asked = asked.map(({ code }) => code);
    this.#rest = rest.map(({ code }) => code);
  }

  /** @returns the answer up to the end of the declaration, once it goes on behind it. */
  push(piece: string): string | undefined {
    this.#answer += piece;
    for (;;) {
      const end = this.#answer.indexOf("\n", this.#lineAt);
      if (end < 0) return undefined;
      const line = this.#answer.slice(this.#lineAt, end).trimEnd();
      const whole = this.#take(line, this.#lineAt);
      this.#lineAt = end + 1;
      if (whole !== undefined) return whole;
    }
  }

  #take(line: string, at: number): string | undefined {
    const mark = fenceOpened(line);
    if (this.#fence === undefined) {
      this.#fence = mark;
      this.#written = [];
      return undefined;
    }
    if (mark !== undefined && closesFence(this.#fence, mark)) {
      this.#fence = undefined;
      return undefined;
    }
    const code = line.trim();
    if (code === "") return undefined;
    this.#written.push({ code, depth: line.length - line.trimStart().length, at });
    const given = this.#givenLines();
    // What begins above the declaration is the whole file, and may change it further down.
    const [first] = this.#written;
    if (given <= 0 || first === undefined || !this.#asked.includes(first.code)) return undefined;
    const isAsItWas = given === this.#asked.length && this.#stands(0, this.#asked);
    return isAsItWas ? undefined : this.#upTo(given, this.#fence);
  }

  /** Lines of the declaration, once the answer is behind it; 0 before. */
  #givenLines(): number {
    const before = this.#written.length - this.#rest.length;
    if (this.#rest.length > 0 && this.#stands(before, this.#rest)) return before;
    return this.#isGivenAgain() ? this.#linesBeforeAgain() : 0;
  }

  #stands(at: number, codes: readonly string[]): boolean {
    return codes.every((code, index) => this.#written[at + index]?.code === code);
  }

  /** Whether the declaration begins once more, behind a version that has most of its lines. */
  #isGivenAgain(): boolean {
    const [head, ...body] = this.#asked;
    const first = this.#written[0];
    const last = this.#written.at(-1);
    if (this.#written.length < 2 || first?.code !== head || last?.code !== head) return false;
    if (first?.depth !== last?.depth) return false;
    const given = new Set(this.#written.map(({ code }) => code));
    const kept = body.filter((code) => given.has(code));
    return body.length > 0 && kept.length * 2 >= body.length;
  }

  /** What stands between two versions, such as a comment about the next one, belongs to neither. */
  #linesBeforeAgain(): number {
    const depth = this.#written[0]?.depth ?? 0;
    const end = this.#asked.at(-1);
    return 1 + this.#written.findLastIndex((line) => line.depth > depth || line.code === end);
  }

  #upTo(given: number, { lead, sign, length }: FenceLine): string {
    const upTo = this.#written[given]?.at;
    return `${this.#answer.slice(0, upTo).trimEnd()}\n${lead}${sign.repeat(length)}\n`;
  }
}

interface WrittenLine {
  /** Without outer blanks. */
  readonly code: string;
  /** Characters of its indentation. */
  readonly depth: number;
  /** Where it begins in the answer. */
  readonly at: number;
}

/**
 * What an answer is to give and nothing else; undefined where that is no declaration, but the whole
 * file or what is selected.
 */
export function askedPart(
  { form, context }: Pick<Prompt, "form" | "context">,
  { text }: Pick<Target, "text">,
): AskedPart | undefined {
  const range = context.symbol?.range;
  return form === "rewrite" && range !== undefined ? { text, range } : undefined;
}

/**
 * What stands behind the part in the file, as far as it is told by; undefined where it tells
 * nothing.
 */
export function restText(part: AskedPart): string | undefined {
  const { rest } = linesOf(part);
  const [first] = rest;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { bare } = Lines.of(part.text);
  return `\n${bare.slice(first.at, last.at + 1).join("\n")}`;
}

/** The part's lines, and the first ones behind it: none where they tell nothing. */
function linesOf({ text, range }: AskedPart) {
  const written = Lines.of(text).bare.flatMap((line, at) => {
    const code = line.trim();
    return code === "" ? [] : { code, at };
  });
  const lastLine = lastLineOf(range);
  const before = written.filter(({ at }) => at <= lastLine);
  const rest = written.filter(({ at }) => at > lastLine).slice(0, tellingLines);
  const wanted = rest.map(({ code }) => code);
  const codes = before.map(({ code }) => code);
  const tells =
    wanted.length === tellingLines &&
    wanted.join("").length >= tellingCharacters &&
    !codes.some((_, at) => isAt(codes, at, wanted));
  return { asked: before.filter(({ at }) => at >= range.start.line), rest: tells ? rest : [] };
}

function isAt(lines: readonly string[], at: number, wanted: readonly string[]): boolean {
  return wanted.every((line, index) => lines[at + index] === line);
}
