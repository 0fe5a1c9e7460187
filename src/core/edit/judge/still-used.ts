import { escapeRegExp } from "../../../base/escape-reg-exp";
import type { LanguageFacts } from "../../../base/languages/language";
import { lineAt } from "../../../base/text/lines";
import { importsIn } from "../code/added/go-imports";
import { isImport, namesBound } from "../code/added/import-lines";
import { beginsStatement } from "../code/bound-head";
import type { ScannedLine } from "../text/scan-line";
import { scanOf } from "../text/scan-lines";
import { wholeWord } from "../text/whole-word";
import type { Judged, Objection } from "./judged-case";
import { linesOfFunctions } from "./scopes";

/** Of its own line: `readonly #open = new Set<string>();`, `LIMIT = 3`, `int size;`. */
const field =
  /^\s*(?:[\w.<>[\],?*&!@]+ +)*?(#?[A-Za-z_$][\w$]*)[?!]?\s*(?::[^=]*)?(?:[;,]\s*$|=(?!=|>)|$)/;
const notNames = /^(?:return|break|continue|pass|else|try|do|end|begin|this|self|super|default)$/;

/** Bound beside the functions, gone, bound by nothing else, and still used in the new text. */
export function ifUsedNameIsGone(judged: Judged): Objection | undefined {
  const { before, after, facts, changes, own: scan } = judged;
  if (facts.blocks === "none" || changes.every(({ aStart, aEnd }) => aStart === aEnd)) return;
  const inFunctions = linesOfFunctions(before);
  const isInFunction = (line: number): boolean => inFunctions[line] === 1;
  let fresh: readonly ScannedLine[] | undefined;
  const listed = importsIn(before.lines, scan, facts);
  for (const { aStart, aEnd } of changes)
    for (let line = aStart; line < aEnd; line++) {
      const scanned = scan[line];
      if (scanned?.kind !== "code" || scanned.inside || isInFunction(line)) continue;
      const grouped = listed.get(line);
      if (scanned.depth > 0 && grouped === undefined) continue;
      const text = lineAt(before.lines, line);
      const names = grouped ?? boundBy(text, scanned.mask, facts);
      if (names.length === 0) continue;
      fresh ??= scanOf(after.lines, facts);
      const mayBe = grouped || isImport(text, facts) ? isUseOfImport : isOnlyUse;
      const gone = names.find((name) =>
        isGoneButUsed(name, after.lines, fresh ?? [], mayBe, facts),
      );
      if (gone !== undefined)
        return { message: `\`${gone}\` would be gone, and is still used.`, line };
    }
  return undefined;
}

function boundBy(line: string, mask: string, facts: LanguageFacts): string[] {
  if (isImport(line, facts)) return namesBound(line, facts).filter((name) => /^\w+$/.test(name));
  if (beginsStatement(mask)) return [];
  const name = field.exec(mask)?.[1];
  return name === undefined || notNames.test(name) ? [] : [name];
}

function isGoneButUsed(
  name: string,
  lines: readonly string[],
  scan: readonly ScannedLine[],
  isUse: typeof isOnlyUse,
  facts: LanguageFacts,
): boolean {
  const word = wholeWord(name);
  let isUsed = false;
  const isHashed = facts.lineComments.includes("#");
  const inText = new RegExp(isHashed ? `\\$\\{?${escapeRegExp(name)}\\b` : "(?!)");
  for (const [at, { kind, mask }] of scan.entries()) {
    const line = lineAt(lines, at);
    const isThere = mask.includes(name) && word.test(mask);
    if (kind !== "code" || !(isThere || inText.test(line))) continue;
    if (isThere && !isUse(name, line, mask, facts)) return false;
    isUsed = true;
  }
  return isUsed;
}

/** Whether a line calls what an import brings, or takes a part of it: nothing else needs it. */
function isUseOfImport(name: string, line: string, mask: string, facts: LanguageFacts): boolean {
  if (isOnlyUse(name, line, mask, facts)) return true;
  const word = escapeRegExp(name);
  const takes = new RegExp(`(?<![\\w$.])${word}(?:\\.|::|\\()`);
  const binds = new RegExp(
    `(?<![\\w$.])${word}\\s*:?=(?!=)|(?:def|fn|fun|func|function|class)\\s+${word}\\b`,
  );
  return !isImport(line, facts) && takes.test(mask) && !binds.test(mask);
}

/** Not a parameter, a loop or a pattern. */
function isOnlyUse(name: string, line: string, mask: string, facts: LanguageFacts): boolean {
  if (isImport(line, facts)) return false;
  const text = mask.trim();
  const escaped = name.replace(/[$#]/g, "\\$&");
  const isMember = new RegExp(`(?:this|self)(?:\\.|->)${escaped}(?![\\w$])(?!\\s*=[^=])`).test(
    text,
  );
  if (isMember) return true;
  return (
    new RegExp(
      `^(?:return|throw|raise|if|while|await|\\w[\\w.]*\\()[^=]*(?<![\\w$.#])${escaped}(?![\\w$])`,
    ).test(text) && !/=>|->|\bfor\b|\blambda\b|\bin\b/.test(text)
  );
}
