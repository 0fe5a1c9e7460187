import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { indexText } from "../text/indexed-text";
import { says } from "../text/lines";
import { keysOf, type Snapshot } from "../text/snapshot";
import { thresholds } from "../thresholds";
import { type FenceLine, fenceLineOf, isSameMark } from "./fence-line";

export interface OwnFile {
  readonly path: string;
  readonly absolutePath?: string;
  readonly languageId: string;
  readonly text: string;
}

export interface OwnFence {
  readonly mark: FenceLine;
  readonly opens: boolean;
  /** Lines above it that say something, nearest first, three at most, without outer blanks. */
  readonly above: readonly string[];
  /** Lines inside of the fence that it opens, without blank ones, twenty at most. */
  readonly inside: readonly string[];
}

/** What the files say themselves: marks in an answer that are their own text are no marks. */
export class OwnText {
  readonly indexes: readonly OwnIndex[];
  #fenceQuestions = 0;

  constructor(readonly files: readonly OwnFile[]) {
    this.indexes = files.map((file) => new OwnIndex(file));
  }

  /** Whether a file has the line, whatever its layout. */
  has(line: string): boolean {
    return this.indexes.some((file) => file.has(line));
  }

  /** Whether every line that says something is in a file; false where none says anything. */
  hasAll(lines: readonly string[]): boolean {
    const said = lines.filter(says);
    return said.length > 0 && said.every((line) => this.has(line));
  }

  /** Whether a file has the line just below that other one; blank lines between do not count. */
  hasBelow(above: string, line: string): boolean {
    return this.indexes.some((file) => file.hasBelow(above, line));
  }

  mentions(text: string): boolean {
    return this.files.some((file) => file.text.includes(text));
  }

  /** These marks; none for who asks without an end. */
  fencesLike(fence: FenceLine): readonly OwnFence[] {
    if (this.#fenceQuestions++ >= limits.entries) return [];
    const all = this.indexes.flatMap((index) => index.fences);
    return all.filter(({ mark }) => isSameMark(fence, mark));
  }
}

export function isWorded(line: string): boolean {
  return /[\p{L}\p{N}]/u.test(line) && fenceLineOf(line) === undefined;
}

export const noOwnText = new OwnText([]);

function longestPart(key: string): string {
  return key.split(" ").reduce((longest, part) => (part.length > longest.length ? part : longest));
}

/** What one file says. */
export class OwnIndex {
  #text: Snapshot | undefined;
  #neighbours: ReadonlySet<string> | undefined;
  #fences: readonly OwnFence[] | undefined;
  #looks = 0;

  constructor(readonly file: OwnFile) {}

  has(line: string): boolean {
    const key = this.#keyOf(line);
    if (key === undefined) return false;
    // Most marks have a word that is nowhere in the text, which makes the index needless.
    if (this.#looks < limits.places && this.file.text.length > limits.longOwnText) {
      this.#looks++;
      if (!this.file.text.includes(longestPart(key))) return false;
    }
    return this.#said.places.has(key);
  }

  hasExactly(line: string): boolean {
    return this.has(line) && this.#index.level("exact").places.has(line);
  }

  hasBelow(above: string, line: string): boolean {
    if (!this.has(line)) return false;
    const { keys } = this.#said;
    this.#neighbours ??= new Set(keys.map((key, at) => `${lineAt(keys, at - 1)}\n${key}`));
    return this.#neighbours.has(`${this.#keyOf(above) ?? ""}\n${this.#keyOf(line) ?? ""}`);
  }

  /** On the very next line. */
  follows(above: string, line: string): boolean {
    if (!this.hasBelow(above, line)) return false;
    const { at, places } = this.#said;
    const starts = places.get(this.#keyOf(above) ?? "") ?? [];
    return starts.slice(0, limits.places).some((place) => at[place + 1] === (at[place] ?? 0) + 1);
  }

  beginsWith(line: string): boolean {
    const first = this.#index.lines.find(says);
    return first !== undefined && this.#keyOf(first) === this.#keyOf(line);
  }

  endsWith(line: string): boolean {
    const last = this.#index.lines.findLast(says);
    return last !== undefined && this.#keyOf(last) === this.#keyOf(line);
  }

  get wordedLines(): number {
    return this.#said.keys.filter(isWorded).length;
  }

  get fences(): readonly OwnFence[] {
    const mayHave = this.file.text.includes("```") || this.file.text.includes("~~~");
    this.#fences ??= mayHave ? fencesOf(this.#index.lines) : [];
    return this.#fences;
  }

  get #index(): Snapshot {
    this.#text ??= indexText(this.file.text, this.file.languageId);
    return this.#text;
  }

  get #said() {
    return this.#index.level("layout");
  }

  #keyOf(line: string): string | undefined {
    return keysOf([line], "layout", this.#index.facts).keys[0];
  }
}

function fencesOf(lines: readonly string[]): OwnFence[] {
  const found: OwnFence[] = [];
  let open: { mark: FenceLine; inside: string[] } | undefined;
  let above: readonly string[] = [];
  for (const line of lines) {
    const text = line.trim();
    if (text === "") continue;
    if (found.length >= limits.entries) break;
    const mark = fenceLineOf(line);
    if (mark && open && mark.info === "" && isSameMark(open.mark, mark)) {
      found.push({ mark, opens: false, above, inside: [] });
      open = undefined;
    } else if (mark && !open) {
      open = { mark, inside: [] };
      found.push({ mark, opens: true, above, inside: open.inside });
    } else if (open && open.inside.length < limits.places) open.inside.push(text);
    above = [text, ...above.slice(0, thresholds.few - 1)];
  }
  return found;
}
