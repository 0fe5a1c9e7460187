import { firstWhere } from "../../../base/first-where";
import { grouped } from "../../../base/grouped";
import type { Difference as Change } from "../../../base/text/compare-lines";
import { lineAt } from "../../../base/text/lines";
import { canonicalLine } from "../text/canonical-line";
import { range, textsOf } from "../text/lines";
import { canonicalPlaces } from "../text/snapshot";

type Lines = readonly string[];
type Places = ReadonlyMap<string, readonly number[]>;

/** The file's index answers for what did not change: a question costs as much as the change. */
export class OutcomeLines {
  readonly #before: Lines;
  readonly #after: Lines;
  readonly #changes: readonly Change[];
  /** By their text without the blanks at its sides. */
  readonly texts: LineCounts;
  /** The lines of the file that are gone. */
  readonly gone: ReadonlySet<number>;
  #keys: LineCounts | undefined;
  #fresh: Places | undefined;

  constructor(before: Lines, after: Lines, changes: readonly Change[]) {
    this.#before = before;
    this.#after = after;
    this.#changes = changes;
    this.gone = new Set(changes.flatMap(({ aStart, aEnd }) => range(aStart, aEnd)));
    this.texts = new LineCounts(textsOf(before), before, after, changes, (line) => line.trim());
  }

  /** By what they say whatever their style. */
  get keys(): LineCounts {
    const before = this.#before;
    const places = canonicalPlaces(before);
    this.#keys ??= new LineCounts(places, before, this.#after, this.#changes, canonicalLine);
    return this.#keys;
  }

  /** The lines of the outcome that have a text, those that the file had first. */
  placesOf(text: string): number[] {
    const kept = (textsOf(this.#before).get(text) ?? []).flatMap((line) => this.#moved(line) ?? []);
    this.#fresh ??= grouped(
      this.#changes.flatMap(({ bStart, bEnd }) => range(bStart, bEnd)),
      (line) => lineAt(this.#after, line).trim(),
    );
    return [...kept, ...(this.#fresh.get(text) ?? [])];
  }

  /** The line of the file that a line of the outcome is; undefined for a new one. */
  readonly origin = (line: number): number | undefined => elsewhere(line, this.#changes, "b", "a");

  /** Where a line of the file stands now; undefined when it is gone. */
  #moved(line: number): number | undefined {
    return elsewhere(line, this.#changes, "a", "b");
  }
}

/** Where a line of one text stands in the other; undefined where the other does not have it. */
function elsewhere(
  line: number,
  changes: readonly Change[],
  own: "a" | "b",
  other: "a" | "b",
): number | undefined {
  const next = firstWhere(changes.length, (at) => (changes[at]?.[`${own}Start`] ?? 0) > line);
  const change = changes[next - 1];
  if (change === undefined) return line;
  return line < change[`${own}End`]
    ? undefined
    : line + change[`${other}End`] - change[`${own}End`];
}

/** How often the lines of an outcome, and those of the file before, say something. */
class LineCounts {
  readonly #own: Places;
  readonly #more = new Map<string, number>();

  constructor(
    own: Places,
    before: Lines,
    after: Lines,
    changes: readonly Change[],
    keyOf: (line: string) => string,
  ) {
    this.#own = own;
    const count = (line: string, by: number): void => {
      const key = keyOf(line);
      this.#more.set(key, (this.#more.get(key) ?? 0) + by);
    };
    for (const { aStart, aEnd, bStart, bEnd } of changes) {
      for (const line of before.slice(aStart, aEnd)) count(line, -1);
      for (const line of after.slice(bStart, bEnd)) count(line, 1);
    }
  }

  has(key: string): boolean {
    return this.times(key) > 0;
  }

  times(key: string): number {
    return this.timesBefore(key) + (this.#more.get(key) ?? 0);
  }

  timesBefore(key: string): number {
    return this.#own.get(key)?.length ?? 0;
  }
}
