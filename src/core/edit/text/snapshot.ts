import { firstWhere } from "../../../base/first-where";
import { grouped } from "../../../base/grouped";
import type { LanguageFacts } from "../../../base/languages/language";
import { oncePer } from "../../../base/once-per";
import { type Lines, lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { canonicalLine } from "./canonical-line";
import { type IndentStyle, indentStyle } from "./indentation";
import type { ScannedLine } from "./scan-line";
import { scanLines, scanOf } from "./scan-lines";
import { wholeWord } from "./whole-word";

/** Strictest first; blank lines count up to `ends`, quotes and signs up to `layout`. */
export const levels = ["exact", "ends", "layout", "style", "code"] as const;
export type Level = (typeof levels)[number];

export interface QuotedKeys {
  readonly at: readonly number[];
  readonly keys: readonly string[];
}

export interface LevelIndex extends QuotedKeys {
  readonly places: ReadonlyMap<string, readonly number[]>;
}

export class Snapshot {
  readonly #levels = new Map<Level, LevelIndex>();
  #style: IndentStyle | undefined;
  #joined: JoinedText | undefined;
  #looks = 0;

  constructor(
    readonly text: Lines,
    readonly facts: LanguageFacts,
  ) {}

  get lines(): readonly string[] {
    return this.text.bare;
  }

  get scan(): readonly ScannedLine[] {
    return scanOf(this.lines, this.facts);
  }

  get style(): IndentStyle {
    // Measured on code: the second line of a block comment stands a column off from everything.
    this.#style ??= indentStyle(this.lines.filter((_, at) => isStatementLine(this.scan[at])));
    return this.#style;
  }

  get joined(): JoinedText {
    this.#joined ??= new JoinedText(this.lines);
    return this.#joined;
  }

  hasWord(word: string, except = -1): boolean {
    const whole = wholeWord(word);
    return this.lines.some((line, at) => at !== except && line.includes(word) && whole.test(line));
  }

  /** By reading the lines; each such question counts. */
  looksThrough(level: Level): level is Exclude<Level, "code"> {
    if (level === "code" || this.lines.length < limits.longText || this.#levels.has(level))
      return false;
    return this.#looks++ < limits.places;
  }

  level(level: Level): LevelIndex {
    let index = this.#levels.get(level);
    if (!index) {
      index =
        level === "style"
          ? canonicalLevel(this.lines)
          : indexed(countedAt(level, this.lines, level === "code" ? this.scan : undefined));
      this.#levels.set(level, index);
    }
    return index;
  }
}

function isStatementLine(line: ScannedLine | undefined): boolean {
  return line?.kind === "code" && !line.inside && !line.inList;
}

function indexed({ at, keys }: QuotedKeys): LevelIndex {
  return { at, keys, places: grouped(keys.keys(), (place) => lineAt(keys, place)) };
}

const canonicalLevel = oncePer((lines: readonly string[]) =>
  indexed(countedAt("style", lines, undefined)),
);

export function canonicalPlaces(lines: readonly string[]): LevelIndex["places"] {
  return canonicalLevel(lines).places;
}

export function keysOf(lines: readonly string[], level: Level, facts: LanguageFacts): QuotedKeys {
  return countedAt(level, lines, level === "code" ? scanLines(lines, facts) : undefined);
}

function countedAt(
  level: Level,
  lines: readonly string[],
  scan: readonly ScannedLine[] | undefined,
): QuotedKeys {
  const at: number[] = [];
  const keys: string[] = [];
  for (const [index, line] of lines.entries()) {
    const key = keyOf(line, level, scan?.[index]);
    if (key === undefined) continue;
    at.push(index);
    keys.push(key);
  }
  return { at, keys };
}

/** Undefined for a line that does not count at the level. */
export function keyOf(
  line: string,
  level: Level,
  scanned: ScannedLine | undefined,
): string | undefined {
  switch (level) {
    case "exact":
      return line;
    case "ends":
      return line.trimEnd();
    case "layout": {
      const text = line.trim();
      return text === "" ? undefined : /[^\S ]| {2}/.test(text) ? text.replace(/\s+/g, " ") : text;
    }
    case "style": {
      const text = canonicalLine(line);
      return text === "" ? undefined : text;
    }
    case "code": {
      if (scanned?.kind !== "code") return undefined;
      const text = canonicalLine(
        scanned.commentAt < line.length ? line.slice(0, scanned.commentAt) : line,
      );
      return text === "" ? undefined : text;
    }
  }
}

/** Lines as one string, in which a word is found as fast as the machine reads. */
class JoinedText {
  readonly #text: string;
  readonly #starts: Uint32Array;

  constructor(lines: readonly string[]) {
    this.#text = lines.join("\n");
    this.#starts = new Uint32Array(lines.length);
    let start = 0;
    for (const [at, line] of lines.entries()) {
      this.#starts[at] = start;
      start += line.length + 1;
    }
  }

  /** From `from` on; -1 where none does. */
  lineWith(word: string, from: number): number {
    const start = this.#starts[from];
    const found = start === undefined ? -1 : this.#text.indexOf(word, start);
    if (found < 0) return -1;
    return firstWhere(this.#starts.length, (at) => (this.#starts[at] ?? 0) > found) - 1;
  }
}
