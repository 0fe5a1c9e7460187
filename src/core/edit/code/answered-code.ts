import { type Declaration, findDeclarations } from "./declarations";
import type { EditedFile } from "./edited-file";
import { outermost } from "./nested-declarations";

export interface AnsweredCode {
  /** The file with its declarations found by the same means as the answer's. */
  readonly file: EditedFile;
  readonly lines: readonly string[];
  readonly declarations: readonly Declaration[];
  readonly tops: readonly Declaration[];
  readonly label: string;
}

/**
 * The tree speaks for both sides or for none: names that only one of the two means knows would seem
 * to be left out by the answer.
 *
 *     file: `*[Symbol.iterator]() {` is a method to the tree, and nothing to the text
 */
export function answeredCode(
  file: EditedFile,
  lines: readonly string[],
  label: string,
): AnsweredCode {
  const byText = findDeclarations(lines, file.facts);
  const known = file.trees?.of(lines);
  // The tree takes a head whose body lost its indentation for one without a body.
  const isCut =
    file.facts.blocks === "indent" &&
    known?.some((one) => byText.some((other) => other.head === one.head && other.end > one.end));
  const byTree = isCut ? undefined : known;
  const declarations = byTree ?? byText;
  return {
    file: byTree ? file : file.byText,
    lines,
    declarations,
    tops: outermost(declarations),
    label,
  };
}

export function isRenaming({ label }: AnsweredCode): boolean {
  return /\brenam(?:e[ds]?|ing)\b/i.test(label);
}
