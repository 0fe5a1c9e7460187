import { inOrder, type Replacement } from "../../../base/text/changes";
import { lineAt } from "../../../base/text/lines";
import type { Reading } from "../answer/answer-edit";
import { moveLines } from "../code/fit/move-lines";
import type { LineWriter, Version, Versions } from "../code/fit/moved-text";
import type { Step } from "../code/fit/steps";
import { canonicalLine } from "../text/canonical-line";
import { indentOf } from "../text/indentation";
import { moveChange } from "../text/line-tokens";
import { excerpt, range, says } from "../text/lines";
import { matchAlike, matchKeys } from "../text/match-lines";
import type { Snapshot } from "../text/snapshot";
import { thresholds } from "../thresholds";
import type { Match } from "./find-lines";
import { LineDepths } from "./line-depths";
import { linesInWords, type Refused, refused, tight } from "./placement";
import { QuotedLines } from "./quoted-lines";

/**
 * Moves what changed between the two halves onto the file's own lines. What is only quoted stays as
 * the file has it; refused where a line that changes is not the file's.
 */
export function transfer(
  snapshot: Snapshot,
  reading: Reading,
  match: Match,
): readonly Replacement[] | Refused {
  if (match.level === "exact") {
    const { start, end } = match;
    return tight(snapshot.lines, { start, end, lines: reading.replace });
  }
  return new QuotedChange(snapshot, reading, match).ops();
}

class QuotedChange implements LineWriter {
  readonly #snapshot: Snapshot;
  readonly #reading: Reading;
  readonly #match: Match;
  readonly #quoted: QuotedLines;
  readonly #toNew: Int32Array;
  readonly #depths: LineDepths;
  readonly #steps: Step[] = [];
  readonly #gone = new Set<number>();
  readonly #changed = new Map<number, number>();
  readonly #dropped = new Set<number>();
  /** Per line of the new half that is one of the file's, as it is or changed, what it becomes. */
  readonly #texts = new Map<number, string>();
  readonly #start: number;
  /** The lines of file and new half up to which the steps lead. */
  #done: { file: number; answer: number };
  #stale: Refused | undefined;

  constructor(snapshot: Snapshot, reading: Reading, match: Match) {
    this.#snapshot = snapshot;
    this.#reading = reading;
    this.#match = match;
    this.#quoted = new QuotedLines(snapshot, reading.search, match);
    this.#toNew = matchKeys(
      reading.search.map((line) => line.trim()),
      reading.replace.map((line) => line.trim()),
    );
    this.#depths = new LineDepths(snapshot, reading, this.#quoted.map, this.#toNew);
    this.#start = this.#quoted.lineBelow(0) ?? match.start;
    this.#done = { file: this.#start, answer: 0 };
  }

  ops(): readonly Replacement[] | Refused {
    const { search, replace } = this.#reading;
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
    const last = this.#quoted.lineAbove(search.length);
    this.#leadTo(Math.max(this.#done.file, (last ?? -1) + 1), replace.length);
    return this.#moved();
  }

  repeated(own: number, theirs: number): string {
    return this.#texts.get(theirs) ?? lineAt(this.#snapshot.lines, own);
  }

  changed(own: number, theirs: number): string {
    return this.repeated(own, theirs);
  }

  fresh(theirs: number, above: string): string {
    return this.#depths.newLine(theirs, above || lineAt(this.#snapshot.lines, this.#start));
  }

  #moved(): readonly Replacement[] {
    const { lines } = this.#snapshot;
    const kept = new Set(
      range(this.#start, this.#done.file).filter(
        (line) => !this.#gone.has(line) && !this.#changed.has(line),
      ),
    );
    const versions: Versions = {
      file: said(lines, this.#done.file),
      answer: said(this.#reading.replace, this.#reading.replace.length),
      steps: this.#steps,
      silence: { kept, dropped: this.#dropped, changed: this.#changed },
    };
    return inOrder(moveLines(versions, this, true)).flatMap((op) => tight(lines, op));
  }

  #leadTo(file: number, answer: number): void {
    const { file: start, answer: from } = this.#done;
    if (file > start || answer > from)
      this.#steps.push({
        kind: "gap",
        file: { start, end: file },
        answer: { start: from, end: answer },
      });
    this.#done = { file, answer };
  }

  /** Of blank lines on both sides of new ones the file has the upper alone: the lower is new. */
  #partsWithBlank(at: number, freshAt: number): boolean {
    const { search } = this.#reading;
    return (
      search[at]?.trim() === "" &&
      search[at - 1]?.trim() === "" &&
      this.#quoted.lineOf(at) < 0 &&
      this.#toNew[at] === freshAt
    );
  }

  #keep(at: number, to: number): void {
    const line = this.#quoted.lineOf(at);
    if (line < this.#done.file) {
      this.#dropped.add(to);
      return;
    }
    const search = lineAt(this.#reading.search, at);
    const own = lineAt(this.#snapshot.lines, line);
    const indent = this.#depths.indentOfChanged(search, lineAt(this.#reading.replace, to), own);
    this.#texts.set(to, search.trim() === "" ? own : indent + own.slice(indentOf(own).length));
    this.#leadTo(line, to);
    this.#steps.push({ kind: "pair", file: line, answer: to, isHead: false });
    this.#done = { file: line + 1, answer: to + 1 };
  }

  #change(start: number, end: number, freshStart: number, freshEnd: number): void {
    const { search, replace } = this.#reading;
    const old = search.slice(start, end);
    const fresh = replace.slice(freshStart, freshEnd);
    const pairs = matchAlike(old, fresh, thresholds.akin);
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
    for (const [j, line] of fresh.entries()) {
      const i = paired.get(j);
      const fileLine = i === undefined ? -1 : (linesOfOld[i] ?? -1);
      if (i === undefined || fileLine < 0) continue;
      const text = this.#changedText(lineAt(old, i), line, lineAt(this.#snapshot.lines, fileLine));
      if (text === undefined) {
        this.#refuse(start + i);
        return;
      }
      this.#texts.set(freshStart + j, text);
      this.#changed.set(fileLine, freshStart + j);
    }
    for (const line of placed) if (!this.#changed.has(line)) this.#gone.add(line);
    const blanks = this.#blanksThere(start, placed[0] ?? this.#quoted.lineBelow(end), old, fresh);
    for (let j = 0; j < blanks; j++) this.#dropped.add(freshStart + j);
    if (placed.length === 0 && fresh.length > blanks) this.#insert(start, end);
  }

  /** How many empty lines new ones begin with that stand there, and only the quotation lacks. */
  #blanksThere(
    start: number,
    below: number | undefined,
    old: readonly string[],
    fresh: readonly string[],
  ): number {
    const above = this.#quoted.lineAbove(start);
    if (above === undefined || below === undefined || old[0]?.trim() === "") return 0;
    const said = fresh.findIndex(says);
    const count = said < 0 ? fresh.length : said;
    const between = this.#snapshot.lines.slice(above + 1, below);
    return between.filter((line) => !says(line)).length >= count ? count : 0;
  }

  /** A comment that is to go may have gone, but not one that is to become another. */
  #isStranger(at: number, isChanged: boolean): boolean {
    const quoted = lineAt(this.#reading.search, at);
    if (this.#quoted.lineOf(at) >= 0) return !isChanged && !this.#quoted.isSame(at);
    return quoted.trim() !== "" && (isChanged || !this.#quoted.isComment(at));
  }

  /** Behind a docstring that belongs to the line above. */
  #insert(start: number, end: number): void {
    const above = this.#quoted.lineAbove(start);
    if (!this.#hasSureNeighbour(start, end)) this.#refuse(Math.max(0, start - 1));
    else if (above === undefined && this.#quoted.lineBelow(end) === undefined)
      this.#stale ??= refused("noMatch", "The edit adds lines without saying where.");
    if (this.#stale || above === undefined) return;
    this.#separate(start - 1);
    const { scan } = this.#snapshot;
    let behind = above + 1;
    while (!scan[above]?.docstring && scan[behind]?.docstring) behind++;
    if (behind > this.#done.file) this.#leadTo(behind, this.#done.answer);
  }

  /** A list's last item needs a comma now that more follow. */
  #separate(at: number): void {
    const line = this.#quoted.lineOf(at);
    const own = lineAt(this.#snapshot.lines, line).trimEnd();
    const quoted = lineAt(this.#reading.search, at).trimEnd();
    if (
      line < 0 ||
      !quoted.endsWith(",") ||
      own.endsWith(",") ||
      canonicalLine(own) !== canonicalLine(quoted)
    )
      return;
    const to = this.#toNew[at] ?? -1;
    if (this.#texts.get(to) === this.#snapshot.lines[line]) this.#texts.set(to, `${own},`);
  }

  /** New lines go beside a line that is the file's, not beside one that merely resembles it. */
  #hasSureNeighbour(start: number, end: number): boolean {
    const isSure = (at: number): boolean => this.#quoted.isSame(at);
    const says = (line: string, at: number): boolean =>
      /\w/.test(line) && !this.#quoted.isComment(at);
    const before = this.#reading.search.findLastIndex((line, at) => at < start && says(line, at));
    const after = this.#reading.search.findIndex((line, at) => at >= end && says(line, at));
    return (
      (before < 0 && after < 0) || (before >= 0 && isSure(before)) || (after >= 0 && isSure(after))
    );
  }

  #changedText(before: string, after: string, own: string): string | undefined {
    const indent = this.#depths.indentOfChanged(before, after, own);
    const text = this.#depths.cleaned(after.slice(indentOf(after).length));
    const mine = own.slice(indentOf(own).length);
    const quoted = before.slice(indentOf(before).length);
    if (mine.trimEnd() === quoted.trimEnd()) return indent + text;
    // The model quoted the line wrongly and gives it as the file has it.
    if (canonicalLine(own) === canonicalLine(after)) return own;
    if (!this.#quoted.isSameText(quoted, own)) return undefined;
    const moved = moveChange(mine, quoted, text);
    if (moved !== undefined) return indent + moved;
    return canonicalLine(mine) === canonicalLine(quoted) ? indent + text : undefined;
  }

  #refuse(at: number): void {
    const quoted = `\`${excerpt(lineAt(this.#reading.search, at))}\``;
    const place = this.#quoted.placeOf(at);
    this.#stale ??= place
      ? refused(
          "stale",
          `The edit changes ${linesInWords([place])}, but quotes it differently from the file: ${quoted}.`,
          [place],
        )
      : refused("stale", `The edit changes a line that is not in the file: ${quoted}.`, [
          { start: this.#match.start, end: this.#match.end },
        ]);
  }
}

function said(lines: readonly string[], count: number): Version {
  return { lines, roles: new Array<"code">(count).fill("code"), scan: [], declarations: [] };
}
