import type { LanguageFacts } from "../../../base/languages/language";
import { oncePer } from "../../../base/once-per";
import { limits } from "../limits";
import { follow, type ReadLine, type ScanState, step } from "./scan-sign";

export interface ScannedLine {
  readonly kind: "blank" | "comment" | "code";
  /** No layout, no comment, strings kept whole: two lines with one key are the same code. */
  readonly key: string;
  /** Column where a comment behind code starts; the line's length when there is none. */
  readonly commentAt: number;
  /** Code with strings and comments blanked out, columns kept. */
  readonly mask: string;
  /** Open brackets of `([` before the line. */
  readonly depth: number;
  /** In `(` or `[`, so that its indentation means nothing. */
  readonly inList: boolean;
  /** The line begins inside a string or comment that an earlier line opened. */
  readonly inside: boolean;
  /** A docstring: a string that stands alone as a statement below a declaration. */
  readonly docstring: boolean;
}

/** What is code of a line; "" outside of the text. */
export function maskAt(scan: readonly ScannedLine[], at: number): string {
  return scan[at]?.mask ?? "";
}

const inLongString = "\u0001";

/** A line that begins and ends in no string or comment: it says the same wherever it stands. */
interface PlainLine {
  readonly scanned: ScannedLine;
  readonly brackets: string;
  readonly last: string;
}

const plainLines = oncePer((_: LanguageFacts) => new Map<string, PlainLine>());

/** Takes a line in, and changes the state to that of the line below. */
export function scanLine(line: string, facts: LanguageFacts, state: ScanState): ScannedLine {
  const { depth } = state;
  const mayBeDocstring = facts.docstrings && depth === 0 && /^\s*\w?["']/.test(line);
  if (state.long !== "" || state.comment > 0 || mayBeDocstring || line.length > limits.compared)
    return scanAnew(line, facts, state);
  const known = plainLines(facts);
  const inList = isInList(state);
  const plain = known.get(line);
  if (plain === undefined) {
    const scanned = scanAnew(line, facts, state);
    if (state.long !== "" || state.comment > 0) return scanned;
    if (known.size >= limits.scannedKept) known.clear();
    const brackets = scanned.mask.replace(/[^()[\]{}]+/g, "");
    known.set(line, { scanned, brackets, last: scanned.mask.trimEnd().slice(-1) });
    return scanned;
  }
  for (const bracket of plain.brackets) follow(bracket, state);
  if (plain.last !== "") state.last = plain.last;
  const { scanned } = plain;
  return scanned.depth === depth && scanned.inList === inList
    ? scanned
    : { ...scanned, depth, inList };
}

function isInList({ brackets }: ScanState): boolean {
  const open = brackets.at(-1);
  return open === "(" || open === "[";
}

function scanAnew(line: string, facts: LanguageFacts, state: ScanState): ScannedLine {
  const inside = state.long !== "" || state.comment > 0;
  const depth = state.depth;
  const inList = isInList(state);
  const startedInDocstring = state.long !== "" && state.docstring;
  // Each in one piece: objects that are spread into others take as long as all the rest of a scan.
  const scanned = (
    kind: ScannedLine["kind"],
    key = "",
    commentAt = line.length,
    mask = "",
    docstring = false,
  ): ScannedLine => ({ kind, key, commentAt, mask, depth, inList, inside, docstring });
  if (line.length > limits.line) {
    const key = line.replace(/\s+/g, " ").trim();
    return scanned(key === "" ? "blank" : "code", key);
  }
  if (!inside && line.trim() === "") return scanned("blank");
  // It names a part of the file for the reader.
  if (
    !inside &&
    facts.blocks === "brace" &&
    /^\s*#\s*(?:pragma\s+)?(?:end)?(?:region|mark)\b/.test(line)
  )
    return scanned("comment", "", 0);
  // The markup beside a script has its own comments.
  if (!inside && facts.regexLiterals && /^\s*<!--.*-->\s*$/.test(line))
    return scanned("comment", "", 0);
  const out: ReadLine = {
    key: "",
    mask: "",
    space: false,
    sawComment: false,
    sawCode: false,
    commentAt: line.length,
  };
  const wasInString = state.long !== "";
  let at = 0;
  if (!inside && facts.docstrings && isStatement(facts, state))
    at = openDocstring(line, state, out);
  const isDocstring =
    startedInDocstring || (!wasInString && state.docstring && (state.long !== "" || at > 0));
  while (at < line.length) at = step(line, at, facts, state, out);
  if (state.long === "") state.docstring = false;
  const trailing = out.mask.trimEnd();
  if (out.sawCode && trailing !== "") state.last = trailing.at(-1) ?? state.last;
  if (isDocstring && !out.sawCode) return scanned("comment", "", 0, "", true);
  // `{/* c */}` is how markup in a script has its comments.
  const isInBraces = facts.regexLiterals && out.sawComment && out.key === "{}" && !inside;
  const kind =
    (out.sawCode && !isInBraces) || (wasInString && !startedInDocstring)
      ? "code"
      : inside || out.sawComment
        ? "comment"
        : "blank";
  const semicolon = facts.optionalSemicolons && out.key.endsWith(";") && out.key.length > 1;
  let key = semicolon ? out.key.slice(0, -1) : out.key;
  if (wasInString && !startedInDocstring) key = inLongString + line;
  return kind === "code"
    ? scanned(kind, key, out.commentAt, out.mask)
    : scanned(kind, "", 0, out.mask);
}

/** Whether one may begin here: in no brackets but those of a block, and not where a line goes on. */
function isStatement({ blocks }: LanguageFacts, { brackets, last }: ScanState): boolean {
  const isOpen = brackets.some((bracket) => bracket !== "{" || blocks !== "brace");
  return !isOpen && !/[=\\,]/.test(last);
}

const shortDocstring = /^\s*[rRuUbB]?(["'])(?!\1)(?:\\.|(?!\1)[^\\])*\1\s*$/;

/** The column behind its opening mark; 0 when there is none. */
function openDocstring(line: string, state: ScanState, out: ReadLine): number {
  const long = /^\s*[rRuUbB]?("""|''')/.exec(line);
  const mark = long?.[1] ?? "";
  const close = long ? line.indexOf(mark, long[0].length) : -1;
  // A docstring is a whole statement; a string with code behind it is code.
  const isOne = long
    ? close < 0 || line.slice(close + mark.length).trim() === ""
    : shortDocstring.test(line);
  if (!isOne) return 0;
  state.docstring = true;
  out.sawComment = true;
  if (close < 0) state.long = mark;
  return line.length;
}
