import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { says, trimmed } from "../text/lines";
import { type AnswerEdit, cutOff, replaceEdit } from "./answer-edit";
import {
  closed,
  type Dialect,
  givenBack,
  more,
  type Reader,
  type Seen,
  type Step,
} from "./dialect";
import { fenceOpened } from "./fence-line";
import { markerOf } from "./markers";
import type { OwnText } from "./own-text";

const comment = "(?:#+|//+|-{2,3}|;+|%|/\\*|<!--|\\[|\\+{3})";
const end = "(?:(?:code|version|lines?)\\s*)?(?:\\([^()]*\\)\\s*)?(?:[:.]\\s*)?(?:\\*/|-->|\\])?$";
/** Says only that the new half is over. */
const endLabel = /^(?:END|REPLACE|SEARCH)\s*$/;
const oldLabel = new RegExp(
  `^${comment}?\\s*(?:[❌✗]\\s*)?(?:before|old|original|wrong|incorrect|bad|buggy|current|search|find|replace this|instead of)\\s*${end}`,
  "iu",
);
const newLabel = new RegExp(
  `^${comment}?\\s*(?:[✅✓]\\s*)?(?:after|new|fixed|right|correct(?:ed)?|good|updated|replacement|replace(?: (?:it |this )?with)?|with(?: this)?|use)\\s*${end}`,
  "iu",
);
const sentence = /^[A-Z](?=\S*\s)[^(){}[\];=<>_]*[.:!?]$/;

type Lines = readonly string[];

/** Old and new text in one fence, below `# Before` and `# After`: the old one mostly the files'. */
export function labelledPair(lines: Lines, path: string | undefined, own: OwnText): AnswerEdit[] {
  const first = lines.findIndex(says);
  if (!isLabel(oldLabel, lineAt(lines, first), own)) return [];
  const second = lines.findIndex((line, at) => at > first && isLabel(newLabel, line, own));
  if (second < 0) return [];
  return pairOf(lines.slice(first + 1, second), lines.slice(second + 1), path, own);
}

function pairOf(old: Lines, fresh: Lines, path: string | undefined, own: OwnText): AnswerEdit[] {
  const search = trimmed(old);
  const last = fresh.findLastIndex(says);
  const isEnded = endLabel.test(lineAt(fresh, last)) && !own.has(lineAt(fresh, last));
  const replace = trimmed(isEnded ? fresh.slice(0, last) : fresh);
  const known = search.filter((line) => own.has(line)).length;
  const isOwn = known * 2 >= search.filter(says).length;
  if (search.length === 0 || replace.length === 0 || (own.files.length > 0 && !isOwn)) return [];
  return [replaceEdit("pair", { search, replace }, path)];
}

/** The same without a fence, below `SEARCH:` and `REPLACE:`. */
export const labelledHalves: Dialect = {
  opens(line, seen) {
    const isLine = /[:*A-Z]\s*$/.test(line) && isLabel(oldLabel, withoutBold(line), seen.own);
    return isLine && seen.own.files.length > 0 ? new HalvesReader(seen) : undefined;
  },
};

class HalvesReader implements Reader {
  readonly #seen: Seen;
  readonly #lines: string[] = [];
  readonly #path: string | undefined;
  #second = -1;

  constructor(seen: Seen) {
    this.#seen = seen;
    this.#path = seen.above.path ?? seen.lastPath;
  }

  push(line: string): Step {
    const { own } = this.#seen;
    const isFirst = this.#lines.length === 0;
    const isOther = !isFirst && (fenceOpened(line) !== undefined || markerOf(line) === "open");
    const isNext = !isFirst && isLabel(oldLabel, withoutBold(line), own);
    if (this.#second >= 0) {
      const isProse = sentence.test(line) && !own.has(line);
      if (isOther || isNext || isProse) return this.#close([line]);
    } else if (isOther || isNext) return givenBack([...this.#lines, line]);
    else if (!isFirst && isLabel(newLabel, withoutBold(line), own)) {
      this.#second = this.#lines.length;
    } else if (!isFirst && line.trim() !== "" && !own.has(line)) {
      return givenBack([...this.#lines, line]);
    }
    this.#lines.push(line);
    return more;
  }

  end(truncated: boolean): Step {
    const lines = this.#lines;
    if (this.#second < 0) return givenBack(lines);
    return truncated ? closed([cutOff(lines)]) : this.#close([]);
  }

  #close(rest: Lines): Step {
    const old = this.#lines.slice(1, this.#second);
    const fresh = this.#lines.slice(this.#second + 1);
    const edits = pairOf(old, fresh, this.#path, this.#seen.own);
    return edits.length > 0 ? closed(edits, rest) : givenBack([...this.#lines, ...rest]);
  }
}

function withoutBold(line: string): string {
  return line.trim().replace(/^\*\*|\*\*$/g, "");
}

function isLabel(label: RegExp, line: string, own: OwnText): boolean {
  const text = line.trim();
  return text.length <= limits.mark && label.test(text) && !own.has(line);
}
