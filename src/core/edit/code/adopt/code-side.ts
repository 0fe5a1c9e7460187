import { isElision } from "../../answer/elision";
import type { LanguageFacts } from "../../text/language-facts";
import { type ScannedLine, scanLines } from "../../text/scan-lines";

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
  /** Per ordinal, whether blank lines stand around the elision before it. */
  readonly blankAtElision: readonly boolean[];
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
  const blankAtElision: boolean[] = [false];
  let cut: Cut | undefined;
  for (const [index, line] of scan.entries()) {
    const text = lines[index] ?? "";
    const at = code.length;
    const lead = leads[at] ?? [];
    if (!line.inside && line.kind !== "blank" && isElision(text) && !isReal(text)) {
      elided[at] = true;
      cut = { blank: popBlanks(lines, lead) ?? cut?.blank, at: lead.length };
    } else if (line.kind === "code") {
      if (cut) blankAtElision[at] = settleBlanks(lines, lead, cut, isCloser(text));
      cut = undefined;
      code.push(index);
      keys.push(line.key);
      leads.push([]);
      docstrings.push([]);
      docstringLeads.push([]);
      elided.push(false);
      blankAtElision.push(false);
    } else if (line.docstring) {
      docstringLeads[at]?.push(...lead.splice(0));
      docstrings[at]?.push(index);
    } else lead.push(index);
  }
  return { lines, scan, code, keys, leads, docstrings, docstringLeads, elided, blankAtElision };
}

/** An elision among the lines above some code: the last blank line before it, and where in them it stood. */
interface Cut {
  readonly blank: number | undefined;
  readonly at: number;
}

/** Whether a line ends the block around it. */
export function isCloser(text: string): boolean {
  return /^\s*(?:[}\])]|end\b)/.test(text);
}

function popBlanks(lines: readonly string[], lead: number[]): number | undefined {
  let blank: number | undefined;
  while (lead.length > 0 && (lines[lead[lead.length - 1] ?? 0] ?? "").trim() === "") blank = lead.pop();
  return blank;
}

/** Makes one blank line of those before and behind an elision, and none before what closes a block; whether there was one. */
function settleBlanks(lines: readonly string[], lead: number[], cut: Cut, closes: boolean): boolean {
  let behind = cut.at;
  while (behind < lead.length && (lines[lead[behind] ?? 0] ?? "").trim() === "") behind++;
  const [blank = cut.blank] = lead.splice(cut.at, behind - cut.at);
  if (blank !== undefined && !closes) lead.splice(cut.at, 0, blank);
  return blank !== undefined;
}

/** The text of a line of code by its ordinal. */
export function lineOf(side: CodeSide, ordinal: number): string {
  return side.lines[side.code[ordinal] ?? -1] ?? "";
}

/** What the code of some ordinals says, however it is broken into lines. */
export function signsOf(side: CodeSide, ordinals: readonly number[]): string {
  return ordinals
    .map((at) => side.keys[at] ?? "")
    .join("")
    .replace(/\s/g, "");
}
