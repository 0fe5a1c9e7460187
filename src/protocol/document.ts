import { isCount, isRecord } from "../base/guards";

/**
 * A place in a text: zero-based line, and character in UTF-16 code units, as VS Code and LSP count
 * them.
 */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A stretch of text; `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Reads a range that came from elsewhere; undefined when it is none. */
export function parseRange(value: unknown): Range | undefined {
  if (!isRecord(value)) return undefined;
  const start = parsePosition(value["start"]);
  const end = parsePosition(value["end"]);
  return start === undefined || end === undefined ? undefined : { start, end };
}

function parsePosition(value: unknown): Position | undefined {
  if (!isRecord(value)) return undefined;
  const { line, character } = value;
  return isCount(line) && isCount(character) ? { line, character } : undefined;
}

/** In the order in which editors number them. */
export const severities = ["error", "warning", "information", "hint"] as const;
export type Severity = (typeof severities)[number];

/** A problem that a tool reported about the document. */
export interface Diagnostic {
  readonly range: Range;
  readonly message: string;
  readonly severity: Severity;
  readonly source?: string;
  readonly code?: string;
}

/** Where a request points: plain data, taken once when the person asks. */
export interface Target {
  readonly uri: string;
  /** Relative to the workspace (or the working directory), with forward slashes. */
  readonly path: string;
  readonly languageId: string;
  /** The editor's document version at the time of asking; 0 outside an editor. */
  readonly version: number;
  /** The whole document as the editor holds it: its own line ends, no byte-order mark. */
  readonly text: string;
  readonly range: Range;
  /** The problems that touch the range, the one the person clicked on first. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A file beside the target that the model was shown and may change: plain data, as it was when it
 * was shown.
 */
export interface ShownFile {
  readonly uri: string;
  /** As the target's path. */
  readonly path: string;
  readonly languageId: string;
  /** The whole document, as the target's text. */
  readonly text: string;
  /**
   * What the model saw of it, in whole lines, `end` exclusive; absent: all of it. Nothing else of
   * it may be changed.
   */
  readonly ranges?: readonly Range[];
}
