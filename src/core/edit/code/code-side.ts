import { isElision } from "../answer/elision";
import type { LanguageFacts } from "../text/language-facts";
import { type ScannedLine, scanLines } from "../text/scan-lines";

/** A piece of code seen as its lines of code, each with the blank lines and comments above it. */
export interface CodeSide {
  readonly lines: readonly string[];
  readonly scan: readonly ScannedLine[];
  /** Line numbers of the code, in order; a place in this list is an ordinal. */
  readonly code: readonly number[];
  readonly keys: readonly string[];
  /** Per ordinal the lines between the code before and this one; one more entry at the end for what follows the last. */
  readonly leads: readonly (readonly number[])[];
  /** Per ordinal plus one, the docstring below that code; entry 0 is the module's. */
  readonly docstrings: readonly (readonly number[])[];
  /** Per ordinal plus one, blank lines and comments in front of that docstring. */
  readonly docstringLeads: readonly (readonly number[])[];
  /** Per ordinal, whether the code before it was left out; one more entry for the end. */
  readonly elided: readonly boolean[];
}

/** `isReal` says which lines are no elisions although they look so, because the file holds them too. */
export function codeSide(lines: readonly string[], facts: LanguageFacts, isReal: (line: string) => boolean): CodeSide {
  const scan = scanLines(lines, facts);
  const code: number[] = [];
  const keys: string[] = [];
  const leads: number[][] = [[]];
  const docstrings: number[][] = [[]];
  const docstringLeads: number[][] = [[]];
  const elided: boolean[] = [false];
  for (const [index, line] of scan.entries()) {
    const text = lines[index] ?? "";
    if (!line.inside && line.kind !== "blank" && isElision(text) && !isReal(text)) elided[code.length] = true;
    else if (line.kind === "code") {
      code.push(index);
      keys.push(line.key);
      leads.push([]);
      docstrings.push([]);
      docstringLeads.push([]);
      elided.push(false);
    } else if (line.docstring) {
      docstringLeads[code.length]?.push(...(leads[code.length]?.splice(0) ?? []));
      docstrings[code.length]?.push(index);
    } else leads[code.length]?.push(index);
  }
  return { lines, scan, code, keys, leads, docstrings, docstringLeads, elided };
}

/** The text of a line of code by its ordinal. */
export function lineOf(side: CodeSide, ordinal: number): string {
  return side.lines[side.code[ordinal] ?? -1] ?? "";
}
