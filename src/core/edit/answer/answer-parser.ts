import { limits } from "../limits";
import { ruleList } from "../rule-list";
import type { AnswerEdit } from "./answer-edit";
import { bareTexts } from "./bare-text-dialect";
import { blocks, strayCloses } from "./block-dialect";
import type { Dialect, Reader, Seen, Step } from "./dialect";
import { bareDiffs, patches } from "./diff-dialect";
import { flatFences, nestedFences } from "./fence-dialect";
import { bareJson } from "./json-dialect";
import { labelledHalves } from "./labelled-pair";
import { LinesAbove } from "./lines-above";
import { r1Mark } from "./named-path";
import { noOwnText, type OwnText } from "./own-text";
import { Tags } from "./tag-dialect";

/** First come, first served. */
const dialects = ruleList<() => Dialect>({
  bareJson: () => bareJson,
  bareTexts: () => bareTexts,
  nestedFences: () => nestedFences,
  flatFences: () => flatFences,
  blocks: () => blocks,
  strayCloses: () => strayCloses,
  patches: () => patches,
  bareDiffs: () => bareDiffs,
  labelledHalves: () => labelledHalves,
  tags: () => new Tags(),
});

interface Waiting {
  readonly line: string;
  /** The dialects that have tried it, one bit each. */
  readonly tried: number;
}

interface Opened {
  readonly reader: Reader;
  readonly bit: number;
  tried: number;
  readonly retracts: boolean;
  hasEdits: boolean;
}

/** In time linear in the answer: a dialect never opens again on lines that it gave back. */
export class AnswerParser {
  readonly #dialects: readonly Dialect[] = dialects().map(([, make]) => make());
  readonly #seen: { -readonly [Key in keyof Seen]: Seen[Key] };
  #tail = "";
  #open: Opened | undefined;

  /** @param own the files that the answer is about, where they are at hand */
  constructor(own: OwnText = noOwnText) {
    this.#seen = { own, above: new LinesAbove(), lastPath: undefined, hasEdits: false };
  }

  push(text: string): AnswerEdit[] {
    this.#tail += text;
    if (!text.includes("\n")) return [];
    const lines = this.#tail.split("\n");
    this.#tail = lines.pop() ?? "";
    return lines.flatMap((line) => this.#read(line));
  }

  /** @param truncated the model ran into its length limit: what is open is not whole. */
  end(truncated: boolean): AnswerEdit[] {
    const edits = this.#tail === "" ? [] : this.#read(this.#tail);
    this.#tail = "";
    while (this.#open) {
      const waiting: Waiting[] = [];
      edits.push(...this.#after(this.#open.reader.end(truncated), waiting));
      edits.push(...this.#readAll(waiting));
    }
    return edits;
  }

  /** @param text may hold a carriage return, which ends a line too, as it does in a file */
  #read(text: string): AnswerEdit[] {
    const lines = (text.endsWith("\r") ? text.slice(0, -1) : text).split("\r");
    return this.#readAll(lines.reverse().map((line) => ({ line, tried: 0 })));
  }

  /** @param waiting lines to read, the next one last */
  #readAll(waiting: Waiting[]): AnswerEdit[] {
    const edits: AnswerEdit[] = [];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const mark = r1Mark(next.line);
      if (mark !== undefined && !this.#seen.own.has(next.line)) {
        if (mark === "end") edits.push(...this.#endBareText(waiting));
        continue;
      }
      this.#open ??= this.#openedBy(next);
      if (!this.#open) {
        this.#seen.above.push(next.line.length > limits.line ? "" : next.line);
        continue;
      }
      this.#open.tried |= next.tried;
      edits.push(...this.#after(this.#open.reader.push(next.line), waiting));
    }
    return edits;
  }

  /** A file between R1's marks needs no fence, and ends where they say. */
  #endBareText(waiting: Waiting[]): readonly AnswerEdit[] {
    if (this.#open?.bit !== 1 << this.#dialects.indexOf(bareTexts)) return [];
    return this.#after(this.#open.reader.end(false), waiting);
  }

  #openedBy({ line, tried }: Waiting): Opened | undefined {
    if (line.length > limits.line && !/^\s*[[{]/.test(line)) return undefined;
    const retracts = this.#seen.hasEdits && this.#seen.above.retracts;
    for (const [index, dialect] of this.#dialects.entries()) {
      const bit = 1 << index;
      const reader = (tried & bit) === 0 ? dialect.opens(line, this.#seen) : undefined;
      if (reader) return { reader, bit, tried, retracts, hasEdits: false };
    }
    return undefined;
  }

  #after(step: Step, waiting: Waiting[]): readonly AnswerEdit[] {
    const retracts = this.#open?.retracts && !this.#open.hasEdits;
    if (step.edits.length > 0) {
      this.#seen.hasEdits = true;
      this.#seen.above.endOfPiece();
      if (this.#open) this.#open.hasEdits = true;
    }
    if (step.kind === "closed") {
      const { bit = 0, tried = 0 } = this.#open ?? {};
      this.#open = undefined;
      const triedNow = step.isTried ? tried | bit : tried;
      for (const line of step.rest.toReversed()) waiting.push({ line, tried: triedNow });
    }
    return retracts ? step.edits.map(retracting) : step.edits;
  }
}

function retracting(edit: AnswerEdit, at: number): AnswerEdit {
  return at === 0 && edit.kind !== "broken" ? { ...edit, retracts: true } : edit;
}

export function parseAnswer(answer: string, truncated: boolean, own?: OwnText): AnswerEdit[] {
  const parser = new AnswerParser(own);
  return [...parser.push(answer), ...parser.end(truncated)];
}
