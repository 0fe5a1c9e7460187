import type { Reading } from "../answer/answer-edit";
import { canonicalLine } from "../text/canonical-line";
import { indentOf } from "../text/indentation";
import { moveChange } from "../text/line-tokens";
import { matchAlike, matchKeys } from "../text/match-lines";
import type { Snapshot } from "../text/snapshot";
import type { LineOp } from "../text/source-lines";
import type { Match } from "./find-lines";
import { joinOps } from "./join-ops";
import { LineDepths } from "./line-depths";
import { linesInWords, type Refused, refused, tightOp } from "./placement";
import { QuotedLines } from "./quoted-lines";

const alikeAtLeast = 0.4;

/**
 * Moves what changed between the two halves onto the file's own lines: what the model only quoted
 * stays as the file has it. Refuses when a line that the edit changes is not the file's.
 */
export function transfer(
  snapshot: Snapshot,
  reading: Reading,
  match: Match,
): readonly LineOp[] | Refused {
  if (match.level === "exact") {
    const op = tightOp(snapshot.lines, {
      start: match.start,
      end: match.end,
      lines: reading.replace,
    });
    return op ? [op] : [];
  }
  return new Transfer(snapshot, reading, match).ops();
}

class Transfer {
  readonly #quoted: QuotedLines;
  readonly #toNew: Int32Array;
  readonly #depths: LineDepths;
  readonly #ops: LineOp[] = [];
  #stale: Refused | undefined;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly reading: Reading,
    private readonly match: Match,
  ) {
    this.#quoted = new QuotedLines(snapshot, reading.search, match);
    this.#toNew = matchKeys(
      reading.search.map((line) => line.trim()),
      reading.replace.map((line) => line.trim()),
    );
    this.#depths = new LineDepths(snapshot, reading, this.#quoted.map, this.#toNew);
  }

  ops(): readonly LineOp[] | Refused {
    const { search, replace } = this.reading;
    let at = 0;
    let freshAt = 0;
    while (at < search.length || freshAt < replace.length) {
      const to = at < search.length ? (this.#toNew[at] ?? -1) : -1;
      if (to === freshAt) {
        this.#keep(at, freshAt);
        at++;
        freshAt++;
        continue;
      }
      let end = at;
      while (end < search.length && (this.#toNew[end] ?? -1) < 0) end++;
      let freshEnd = end < search.length ? (this.#toNew[end] ?? replace.length) : replace.length;
      if (at === end && this.#partsWithBlank(end, freshEnd)) {
        end++;
        freshEnd++;
      }
      this.#change(at, end, freshAt, freshEnd);
      at = end;
      freshAt = freshEnd;
    }
    if (this.#stale) return this.#stale;
    return joinOps(this.#ops, this.snapshot.lines);
  }

  /**
   * Blank lines stand on both sides of new lines, of which the file has the upper one alone: the
   * lower one is new too.
   */
  #partsWithBlank(at: number, freshAt: number): boolean {
    const { search } = this.reading;
    return (
      search[at]?.trim() === "" &&
      search[at - 1]?.trim() === "" &&
      this.#quoted.lineOf(at) < 0 &&
      this.#toNew[at] === freshAt
    );
  }

  /** A line in both halves: the file's own, moved in depth when the model moved it. */
  #keep(at: number, to: number): void {
    const line = this.#quoted.lineOf(at);
    const search = this.reading.search[at] ?? "";
    if (line < 0 || search.trim() === "") return;
    const own = this.snapshot.lines[line] ?? "";
    const text =
      this.#depths.indentOfChanged(search, this.reading.replace[to] ?? "", own) +
      own.slice(indentOf(own).length);
    if (text !== own) this.#ops.push({ start: line, end: line + 1, lines: [text] });
  }

  #change(start: number, end: number, freshStart: number, freshEnd: number): void {
    const { search, replace } = this.reading;
    const old = search.slice(start, end);
    const fresh = replace.slice(freshStart, freshEnd);
    const pairs = matchAlike(old, fresh, alikeAtLeast);
    const paired = new Map(pairs.map(([i, j]) => [j, i]));
    const linesOfOld = old.map((_, index) => this.#quoted.lineOf(start + index));
    const placed = linesOfOld.filter((line) => line >= 0);
    const changed = new Set(paired.values());
    const stranger = old.findIndex((_, index) =>
      this.#isStranger(start + index, changed.has(index)),
    );
    if (stranger >= 0) {
      this.#refuse(start + stranger);
      return;
    }
    const lineAbove = this.#quoted.lineAbove(start) ?? placed[0] ?? this.match.start;
    const above = this.snapshot.lines[lineAbove] ?? "";
    const texts: { at: number | undefined; text: string }[] = [];
    for (const [j, line] of fresh.entries()) {
      const i = paired.get(j);
      const fileLine = i === undefined ? -1 : (linesOfOld[i] ?? -1);
      if (i === undefined || fileLine < 0) {
        const text = this.#depths.newLine(freshStart + j, texts.at(-1)?.text ?? above);
        texts.push({ at: undefined, text });
        continue;
      }
      const text = this.#changed(old[i] ?? "", line, this.snapshot.lines[fileLine] ?? "");
      if (text === undefined) {
        this.#refuse(start + i);
        return;
      }
      texts.push({ at: fileLine, text });
    }
    this.#write(start, end, placed, texts);
  }

  /**
   * A line that goes must be the file's; a comment that is to go may have gone, but not one that is
   * to become another.
   */
  #isStranger(at: number, isChanged: boolean): boolean {
    const quoted = this.reading.search[at] ?? "";
    if (this.#quoted.lineOf(at) >= 0) return !isChanged && !this.#quoted.isSame(at);
    return quoted.trim() !== "" && (isChanged || !this.#quoted.isComment(at));
  }

  /**
   * Puts the new lines where the old ones stand; lines of the file between those, which the model
   * did not quote, stay.
   */
  #write(
    start: number,
    end: number,
    placed: readonly number[],
    texts: readonly { at: number | undefined; text: string }[],
  ): void {
    if (placed.length === 0) {
      if (texts.length > 0 && !this.#hasSureNeighbour(start, end)) {
        this.#refuse(Math.max(0, start - 1));
        return;
      }
      const at = this.#insertAt(start, end);
      if (at === undefined || texts.length === 0) return;
      this.#separate(start - 1);
      this.#ops.push({ start: at, end: at, lines: texts.map((text) => text.text) });
      return;
    }
    let waiting: string[] = [];
    const done = new Set<number>();
    const anchors = texts.filter((text) => text.at !== undefined);
    for (const { at, text } of texts) {
      waiting.push(text);
      if (at === undefined) continue;
      this.#ops.push({ start: at, end: at + 1, lines: waiting });
      done.add(at);
      waiting = [];
    }
    const rest = placed.filter((line) => !done.has(line));
    if (waiting.length > 0) {
      const last = anchors[anchors.length - 1]?.at;
      if (last !== undefined) this.#ops.push({ start: last + 1, end: last + 1, lines: waiting });
      else {
        const first = rest.shift() ?? placed[0] ?? 0;
        this.#ops.push({ start: first, end: first + 1, lines: waiting });
      }
    }
    for (const line of rest) this.#ops.push({ start: line, end: line + 1, lines: [] });
  }

  /**
   * The comma that the model quotes behind a list's last item, and that the item needs now that
   * more follow.
   */
  #separate(at: number): void {
    const line = this.#quoted.lineOf(at);
    const own = (this.snapshot.lines[line] ?? "").trimEnd();
    const quoted = this.reading.search[at]?.trimEnd() ?? "";
    if (
      line < 0 ||
      !quoted.endsWith(",") ||
      own.endsWith(",") ||
      canonicalLine(own) !== canonicalLine(quoted)
    )
      return;
    if (this.#ops.some((op) => op.start <= line && op.end > line)) return;
    this.#ops.push({ start: line, end: line + 1, lines: [`${own},`] });
  }

  /** New lines go beside a line that is the file's, not beside one that merely resembles it. */
  #hasSureNeighbour(start: number, end: number): boolean {
    const isSure = (at: number): boolean => this.#quoted.isSame(at);
    const says = (line: string, at: number): boolean =>
      /\w/.test(line) && !this.#quoted.isComment(at);
    const before = this.reading.search.findLastIndex((line, at) => at < start && says(line, at));
    const after = this.reading.search.findIndex((line, at) => at >= end && says(line, at));
    return (
      (before < 0 && after < 0) || (before >= 0 && isSure(before)) || (after >= 0 && isSure(after))
    );
  }

  /**
   * New lines with nothing old between them go behind the line above, and behind a docstring that
   * belongs to it.
   */
  #insertAt(start: number, end: number): number | undefined {
    const above = this.#quoted.lineAbove(start);
    if (above === undefined) {
      const below = this.#quoted.lineBelow(end);
      if (below === undefined)
        this.#stale ??= refused("noMatch", "The edit adds lines without saying where.");
      return below;
    }
    const { scan } = this.snapshot;
    let behind = above + 1;
    while (!scan[above]?.docstring && scan[behind]?.docstring) behind++;
    return behind;
  }

  /** The file's line with the change from `before` to `after` in it. */
  #changed(before: string, after: string, own: string): string | undefined {
    const indent = this.#depths.indentOfChanged(before, after, own);
    const text = this.#depths.cleaned(after.slice(indentOf(after).length));
    const mine = own.slice(indentOf(own).length);
    const quoted = before.slice(indentOf(before).length);
    if (mine === quoted || mine.trimEnd() === quoted.trimEnd()) return indent + text;
    // The model quoted the line wrongly and gives it as the file has it.
    if (canonicalLine(own) === canonicalLine(after)) return own;
    if (!this.#quoted.isSameText(quoted, own) && !this.#quoted.isSlipOf(quoted, mine))
      return undefined;
    const moved = moveChange(mine, quoted, text);
    if (moved !== undefined) return indent + moved;
    return canonicalLine(mine) === canonicalLine(quoted) ? indent + text : undefined;
  }

  #refuse(at: number): void {
    const quoted = `\`${(this.reading.search[at] ?? "").trim().slice(0, 80)}\``;
    const place = this.#quoted.placeOf(at);
    this.#stale ??= place
      ? refused(
          "stale",
          `The edit changes ${linesInWords([place])}, but quotes it differently from the file: ${quoted}.`,
          [place],
        )
      : refused("stale", `The edit changes a line that is not in the file: ${quoted}.`, [
          { start: this.match.start, end: this.match.end },
        ]);
  }
}
