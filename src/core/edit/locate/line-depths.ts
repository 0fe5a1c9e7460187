import { lineAt } from "../../../base/text/lines";
import type { Reading } from "../answer/answer-edit";
import {
  depthOf,
  type IndentMap,
  indentBelow,
  indentOf,
  indentStyle,
  learnIndents,
} from "../text/indentation";
import { timesOf } from "../text/lines";
import type { Snapshot } from "../text/snapshot";

/** Learnt from the quoted lines that the file has too. */
export class LineDepths {
  readonly #snapshot: Snapshot;
  readonly #reading: Reading;
  readonly #indents: IndentMap;
  /** Columns by which the new half as a whole is moved against the old one. */
  readonly #usualShift: number;
  /** The model lost its indentation, so that it says nothing. */
  readonly #lost: boolean;
  /** The model writes spaces at line ends that the file does not have. */
  readonly #stray: boolean;
  /** @param map line of the file, @param toNew of the new half, for each quoted line, or -1 */
  constructor(snapshot: Snapshot, reading: Reading, map: Int32Array, toNew: Int32Array) {
    this.#snapshot = snapshot;
    this.#reading = reading;
    const kept: { search: string; replace: string; file: string }[] = [];
    const quoted: { model: string; file: string }[] = [];
    for (const [at, line] of map.entries()) {
      const search = lineAt(reading.search, at);
      // The second line of a block comment stands a column off from everything.
      if (line < 0 || search.trim() === "" || search.trim().startsWith("*")) continue;
      const file = lineAt(snapshot.lines, line);
      quoted.push({ model: search, file });
      const replace = reading.replace[toNew[at] ?? -1];
      if (replace === undefined) continue;
      kept.push({ search, replace, file });
    }
    const shifts = timesOf(kept.map((line) => shiftBetween(line.search, line.replace)));
    this.#usualShift =
      [...shifts].sort((a, b) => b[1] - a[1] || Math.abs(a[0]) - Math.abs(b[0]))[0]?.[0] ?? 0;
    const unmoved = kept.filter(
      (line) => shiftBetween(line.search, line.replace) === this.#usualShift,
    );
    const { style } = snapshot;
    const searchMap = learnIndents(quoted, indentStyle(reading.search, style), style);
    const own =
      unmoved.length > 0
        ? unmoved.map((line) => ({ model: line.replace, file: line.file }))
        : quoted;
    this.#indents = learnIndents(
      own,
      indentStyle([...reading.replace, ...reading.search], style),
      style,
    );
    this.#stray = quoted.some((line) => /[ \t]$/.test(line.model) && !/[ \t]$/.test(line.file));
    this.#lost = !searchMap.trusted || !this.#indents.trusted;
  }

  indentOfChanged(before: string, after: string, own: string): string {
    return this.#lost || shiftBetween(before, after) === this.#usualShift
      ? indentOf(own)
      : this.#indents.map(indentOf(after));
  }

  /** @param above the line that it stands below */
  newLine(at: number, above: string): string {
    const line = lineAt(this.#reading.replace, at);
    if (line.trim() === "") return "";
    const text = line.slice(indentOf(line).length);
    if (this.#lost) return this.cleaned(indentBelow(above, this.#snapshot.style) + text.trimEnd());
    return this.cleaned(this.#indents.map(indentOf(line)) + text);
  }

  cleaned(line: string): string {
    return this.#stray ? line.trimEnd() : line;
  }
}

function shiftBetween(before: string, after: string): number {
  return depthOf(after) - depthOf(before);
}
