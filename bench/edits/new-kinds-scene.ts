import type { SymbolInfo } from "../../src/protocol/syntax";
import type { Seeded } from "../../test/core/edit/support/seeded";
import type { CleanEdit } from "./clean-edits";

/**
 * The one function that holds the line which an edit changes; line numbers count from zero, `end`
 * is behind the last line.
 */
export interface EditedFunction {
  readonly name: string;
  /** With its decorators and the comment above it. */
  readonly start: number;
  /** The declaration alone. */
  readonly head: number;
  readonly end: number;
  /** First line of the body. */
  readonly body: number;
  /**
   * The declaration's lines, without what stands above it: as they are, as the edit wants them, and
   * with a wrong change instead.
   */
  readonly old: readonly string[];
  readonly fresh: readonly string[];
  readonly wrong: readonly string[];
  /** Which line of `old` changes. */
  readonly changed: number;
  /** Behind the changed lines in `fresh`. */
  readonly changedEnd: number;
  readonly container?: Container;
}

/** The class around a method. */
export interface Container {
  readonly name: string;
  readonly head: number;
  readonly end: number;
  readonly headLine: string;
}

/**
 * What a kind makes its answer from: a file, one right edit of it, and the function around the edit
 * where there is one.
 */
export interface Scene {
  readonly edit: CleanEdit;
  readonly random: Seeded;
  readonly path: string;
  readonly languageId: string;
  readonly lines: readonly string[];
  /** All lines of the edited file. */
  readonly after: readonly string[];
  readonly truth: string;
  readonly outline: readonly SymbolInfo[];
  readonly fn: EditedFunction | undefined;
}

/** An answer and what may come of it. */
export interface Draft {
  readonly answer: string;
  /** The texts that are right; none: the answer must be refused, or change nothing. */
  readonly texts: readonly string[];
  /** A right text where there are too many to list. */
  readonly accepts?: (proposed: string) => boolean;
  /** A careful person could refuse it too. */
  readonly mayRefuse: boolean;
  /** The model hit its length limit. */
  readonly truncated?: boolean;
}

export type Make = (scene: Scene) => Draft | undefined;

/** A make that needs the function around the edit. */
export function ofFunction(make: (fn: EditedFunction, scene: Scene) => Draft | undefined): Make {
  return (scene) => (scene.fn ? make(scene.fn, scene) : undefined);
}

export function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

export function indentOf(line: string | undefined): string {
  return /^[ \t]*/.exec(line ?? "")?.[0] ?? "";
}

/** What the file indents by: a tab, or so many blanks. */
export function stepOf(lines: readonly string[]): string {
  const widths = lines.map((line) => indentOf(line)).filter((indent) => indent !== "");
  if (widths.some((indent) => indent.startsWith("\t"))) return "\t";
  return " ".repeat(
    Math.min(...widths.map((indent) => indent.length).filter((width) => width > 1), 8),
  );
}

export function fence(language: string, lines: readonly string[], sign = "```"): string {
  return `${sign}${language}\n${text(lines)}${sign}\n`;
}

export function block(path: string, search: readonly string[], replace: readonly string[]): string {
  return `${path}\n<<<<<<< SEARCH\n${text(search)}=======\n${text(replace)}>>>>>>> REPLACE\n`;
}

export function usual({ path, edit }: Scene): string {
  return block(path, edit.search, edit.replace);
}

/** What starts a comment in the scene's language. */
export function mark({ languageId }: Scene): string {
  return languageId === "python" ? "#" : "//";
}

export function must(scene: Scene, answer: string): Draft {
  return { answer, texts: [scene.truth], mayRefuse: false };
}

export function may(scene: Scene, answer: string): Draft {
  return { answer, texts: [scene.truth], mayRefuse: true };
}

export function mustNot(answer: string): Draft {
  return { answer, texts: [], mayRefuse: true };
}

/** The line of the edit with another change, which is the wrong one. */
export function wrongReplace({ edit, languageId }: Scene): string[] {
  return [
    ...edit.search.slice(0, edit.changed),
    wrongLine(edit.search[edit.changed] ?? "", languageId),
    ...edit.search.slice(edit.changed + 1),
  ];
}

function wrongLine(line: string, languageId: string): string {
  return `${indentOf(line)}wrong_version(1)${languageId === "python" || languageId === "go" ? "" : ";"}`;
}

export function sceneOf(edit: CleanEdit, outline: readonly SymbolInfo[], random: Seeded): Scene {
  const { file, start, search, replace } = edit;
  const after = [
    ...file.lines.slice(0, start),
    ...replace,
    ...file.lines.slice(start + search.length),
  ];
  const { path, languageId, lines } = file;
  return {
    edit,
    random,
    path,
    languageId,
    lines,
    after,
    truth: text(after),
    outline,
    fn: functionOf(edit, outline),
  };
}

const mostLines = 60;

function functionOf(edit: CleanEdit, outline: readonly SymbolInfo[]): EditedFunction | undefined {
  const { lines, languageId } = edit.file;
  const at = edit.start + edit.changed;
  const holder = outline.find(
    ({ kind, range }) => isCallable(kind) && range.start.line <= at && at <= range.end.line,
  );
  if (!holder || outline.filter(({ name }) => name === holder.name).length > 1) return undefined;
  const start = holder.range.start.line;
  const head = holder.bodyRange.start.line;
  const end = endOf(holder);
  const opening = lines.slice(head, end).findIndex((line) => /[:{]\s*(?:#.*|\/\/.*)?$/.test(line));
  const body = head + opening + 1;
  const hasTail = languageId !== "python";
  if (
    opening < 0 ||
    at < body ||
    at >= (hasTail ? end - 1 : end) ||
    end - head > mostLines ||
    end - body < 3
  )
    return undefined;
  if (hasTail && !/^\s*\}/.test(lines[end - 1] ?? "")) return undefined;
  const fresh = edit.replace.slice(
    edit.changed,
    edit.replace.length - (edit.search.length - edit.changed - 1),
  );
  const part = (from: number, to: number): string[] => lines.slice(from, to);
  return {
    name: holder.name,
    start,
    head,
    end,
    body,
    old: part(head, end),
    fresh: [...part(head, at), ...fresh, ...part(at + 1, end)],
    wrong: [...part(head, at), wrongLine(lines[at] ?? "", languageId), ...part(at + 1, end)],
    changed: at - head,
    changedEnd: at - head + fresh.length,
    ...containerOf(holder, outline, lines),
  };
}

function containerOf(
  { container, range }: SymbolInfo,
  outline: readonly SymbolInfo[],
  lines: readonly string[],
): { readonly container: Container } | undefined {
  const around = outline.find(
    (one) =>
      one.name === container &&
      one.kind === "class" &&
      one.bodyRange.start.line < range.start.line &&
      one.range.end.line >= range.end.line,
  );
  if (!around) return undefined;
  const head = around.bodyRange.start.line;
  const headLine = lines[head] ?? "";
  // A head over several lines would have to be given whole, which is another kind.
  if (!/[:{]\s*$/.test(headLine)) return undefined;
  return { container: { name: around.name, head, end: endOf(around), headLine } };
}

export function isCallable(kind: SymbolInfo["kind"]): boolean {
  return kind === "function" || kind === "method";
}

export function endOf({ range }: SymbolInfo): number {
  return range.end.character === 0 && range.end.line > range.start.line
    ? range.end.line
    : range.end.line + 1;
}
