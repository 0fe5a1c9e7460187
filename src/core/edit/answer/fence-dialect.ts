import { lineAt } from "../../../base/text/lines";
import { says } from "../text/lines";
import { type AnswerEdit, cutOffCode } from "./answer-edit";
import { isStrayClose, openBlock, withoutOpening } from "./block-dialect";
import type { BlockReader } from "./block-reader";
import {
  closed,
  type Dialect,
  givenBack,
  more,
  type Reader,
  type Seen,
  type Step,
} from "./dialect";
import { editsInFence } from "./fence-edits";
import {
  closesFence,
  type FenceLine,
  fenceLineOf,
  fenceOpened,
  isBare,
  isNear,
  isSameMark,
} from "./fence-line";
import { markerOf } from "./markers";
import { fenceInfo, loneFileName, pathOnLine } from "./named-path";
import { isOwnFence, mayHoldFences } from "./own-fences";

/** A mark with a name opens a fence within (`nested`) or ends this one (`flat`). */
type FenceKind = "nested" | "flat";

/** Fences as CommonMark has them, and with fences in them. */
export const nestedFences = fences("nested");

/** What is left of fences when one in them is not closed. */
export const flatFences = fences("flat");

function fences(kind: FenceKind): Dialect {
  return {
    opens(line, seen) {
      const fence = fenceOpened(line);
      return fence && new FenceReader(kind, fence, seen);
    },
  };
}

class FenceReader implements Reader {
  readonly #kind: FenceKind;
  readonly #fence: FenceLine;
  readonly #seen: Seen;
  readonly #lines: string[] = [];
  readonly #path: string | undefined;
  readonly #label: string;
  #isOpen = false;
  #depth = 0;
  #firstInside = -1;
  /** A mark that either closes the fence or is part of the code; the next mark decides. */
  #held = -1;
  #block: BlockReader | undefined;
  #hadBlocks = false;

  constructor(kind: FenceKind, fence: FenceLine, seen: Seen) {
    this.#kind = kind;
    this.#fence = fence;
    this.#seen = seen;
    this.#path = fenceInfo(fence.info).path ?? seen.above.path;
    this.#label = seen.above.label;
    if (this.#path !== undefined) seen.lastPath = this.#path;
    seen.above.clear();
  }

  push(line: string): Step {
    if (!this.#isOpen) {
      this.#isOpen = true;
      return more;
    }
    if (!this.#fence.lead.includes(">")) return this.#takeAll([line]);
    const quoted = /^[ \t]{0,12}(?:>[ \t]{0,12}(?=>))*>[ \t]?/.exec(line)?.[0];
    // Behind a quotation its fences are over too.
    return quoted === undefined ? this.#close([line]) : this.#takeAll([line.slice(quoted.length)]);
  }

  end(truncated: boolean): Step {
    const edits: AnswerEdit[] = [];
    while (this.#block) {
      const step = this.#block.end(truncated);
      this.#block = undefined;
      const rest = step.kind === "closed" ? step.rest : [];
      const then = this.#takeAll(rest);
      edits.push(...step.edits, ...then.edits);
      if (then.kind === "closed") return { ...then, edits };
    }
    const last = this.#atEnd(truncated);
    return { ...last, edits: [...edits, ...last.edits] };
  }

  #takeAll(lines: readonly string[]): Step {
    const edits: AnswerEdit[] = [];
    const waiting = lines.toReversed();
    for (let line = waiting.pop(); line !== undefined; line = waiting.pop()) {
      const step = this.#block ? this.#inBlock(this.#block, line) : this.#line(line);
      edits.push(...step.edits);
      if (step.kind === "open") continue;
      const rest = [...step.rest, ...waiting.toReversed()];
      return { ...step, edits, rest };
    }
    return { kind: "open", edits };
  }

  #inBlock(block: BlockReader, line: string): Step {
    const step = block.push(line);
    if (step.kind === "open") return step;
    this.#block = undefined;
    if (step.isTried) {
      // Marks and all stand in the file: it was quoted.
      this.#lines.push(...step.rest);
      return more;
    }
    this.#hadBlocks = true;
    this.#lines.length = 0;
    const then = this.#takeAll(step.rest);
    return { ...then, edits: [...step.edits, ...then.edits] };
  }

  #line(line: string): Step {
    const mark = fenceLineOf(line);
    if (mark && isSameMark(this.#fence, mark) && isNear(this.#fence, mark)) {
      // What ends a fence and a comment in the file, too, is no name: "``` */".
      const isText = /^\W+$/.test(mark.info) && this.#seen.own.has(line);
      if (!isText) return mark.info === "" ? this.#bareMark(line) : this.#namedMark(line);
    }
    if (markerOf(line) === "open" && !this.#isOwnText(line)) {
      if (this.#held >= 0) return this.#closeAtHeld([line]);
      this.#openBlock(line);
      return more;
    }
    const isStray = isStrayClose(line, this.#seen.own) && !this.#seen.hasEdits;
    if (isStray) this.#hadBlocks = true;
    this.#lines.push(line);
    return isStray ? { kind: "open", edits: [withoutOpening(line)] } : more;
  }

  #bareMark(line: string): Step {
    if (this.#depth > 0) this.#depth--;
    else if (this.#held >= 0) {
      if (!this.#isHeldText()) return this.#closeAtHeld([line]);
      this.#held = -1;
    } else if (this.#hadBlocks || !mayHoldFences(this.#seen.own, this.#fence)) {
      return this.#close([]);
    } else this.#held = this.#lines.length;
    this.#lines.push(line);
    return more;
  }

  #isHeldText(): boolean {
    return isOwnFence(this.#seen.own, { fence: this.#fence, lines: this.#lines, at: this.#held });
  }

  #namedMark(line: string): Step {
    if (this.#held >= 0) return this.#closeAtHeld([line]);
    if (this.#kind === "flat") return this.#close([line]);
    // At the end we know whether it was nested, or this fence was never closed.
    this.#depth++;
    if (this.#firstInside < 0) this.#firstInside = this.#lines.length;
    this.#lines.push(line);
    return more;
  }

  #isOwnText(line: string): boolean {
    const above = this.#lines.findLast(says);
    return above !== undefined && this.#seen.own.hasBelow(above, line);
  }

  #openBlock(line: string): void {
    const said = this.#lines.filter(says).slice(-3);
    const inside = said.reverse().map(pathOnLine);
    const path = inside.find((named) => named !== undefined) ?? this.#path;
    const closes = (text: string): boolean => {
      const mark = fenceLineOf(text);
      return mark !== undefined && closesFence(this.#fence, mark);
    };
    this.#block = openBlock(line, this.#seen, path, closes);
    this.#block.push(line);
  }

  #closeAtHeld(next: readonly string[]): Step {
    const behind = this.#lines.splice(this.#held);
    this.#held = -1;
    return this.#close([...behind.slice(1), ...next]);
  }

  #close(rest: readonly string[]): Step {
    if (this.#hadBlocks) return closed([], rest);
    const path = loneFileName(this.#lines);
    if (path === undefined) return closed(this.#code(this.#lines), rest);
    this.#seen.above.push(path);
    return closed([], rest);
  }

  #code(lines: readonly string[]): AnswerEdit[] {
    const { info, indent } = this.#fence;
    const text = { info, path: this.#path, label: this.#label, lines: outdented(lines, indent) };
    return editsInFence(text, this.#seen.own);
  }

  #atEnd(truncated: boolean): Step {
    const isCut = truncated && this.#held >= 0 && this.#isHeldText();
    if (this.#held >= 0 && !isCut) return this.#closeAtHeld([]);
    if (this.#hadBlocks) return closed([]);
    const lines = this.#lines;
    const isFlat = this.#depth > 0 || this.#cannotHoldFences();
    if (this.#firstInside >= 0 && isFlat) {
      const inside = this.#firstInside;
      return givenBack(lines.slice(inside), this.#code(lines.slice(0, inside)));
    }
    const end = this.#nearlyClose();
    if (end >= 0) return closed(this.#code(lines.slice(0, end)), lines.slice(end + 1));
    if (!lines.some(says)) return closed([]);
    if (!truncated) return closed(this.#code(lines));
    return closed([cutOffCode(lines)]);
  }

  #cannotHoldFences(): boolean {
    const { own } = this.#seen;
    return own.files.length > 0 && !mayHoldFences(own, this.#fence);
  }

  /** The last mark that is too deep or too short to close the fence, where it is no other's. */
  #nearlyClose(): number {
    const fence = this.#fence;
    const marks = this.#lines.map(fenceLineOf);
    const oddOne = (is: (mark: FenceLine, at: number) => boolean): number => {
      const found = [...marks.keys()].filter((at) => marks[at] && is(marks[at], at));
      const last = found.at(-1) ?? -1;
      return found.length % 2 === 1 && marks[last]?.info === "" ? last : -1;
    };
    const isDeep = (mark: FenceLine, at: number): boolean =>
      isBare(fence, mark) && !isNear(fence, mark) && !this.#seen.own.has(lineAt(this.#lines, at));
    const isShort = ({ sign, length }: FenceLine): boolean =>
      sign === fence.sign && length < fence.length;
    return Math.max(oddOne(isDeep), oddOne(isShort));
  }
}

/** What a list or a quotation puts in front of each line of code in it, off. */
function outdented(lines: readonly string[], indent: number): readonly string[] {
  if (indent === 0) return lines;
  const blank = new RegExp(`^ {${Math.min(indent, 40)}}`);
  const isInside = lines.every((line) => line.trim() === "" || blank.test(line));
  return isInside ? lines.map((line) => line.replace(blank, "")) : lines;
}
