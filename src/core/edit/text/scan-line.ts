import type { LanguageFacts } from "../../../base/languages/language";
import { oncePer } from "../../../base/once-per";
import { limits } from "../limits";
import { endOfLong, endOfRegex, endOfShort, innerComment } from "./literals";

/** One line as the comparison sees it. */
export interface ScannedLine {
  readonly kind: "blank" | "comment" | "code";
  /**
   * What the code says: no layout, no comment, strings kept whole. Two lines with one key are the
   * same code.
   */
  readonly key: string;
  /** Column where a comment behind code starts; the line's length when there is none. */
  readonly commentAt: number;
  /** Code with strings and comments blanked out, columns kept: for finding braces and names. */
  readonly mask: string;
  /** Open brackets of `([` before the line. */
  readonly depth: number;
  /**
   * The innermost open bracket before the line is `(` or `[`, so that its indentation means
   * nothing.
   */
  readonly inList: boolean;
  /** The line begins inside a string or comment that an earlier line opened. */
  readonly inside: boolean;
  /** A docstring: a string that stands alone as a statement below a declaration. */
  readonly docstring: boolean;
}

const word = /[\p{L}\p{N}_$]/u;
/**
 * What begins no comment, string, bracket or regular expression in any language: taken in at once.
 */
const plainSigns = /[\w$.,;=+*&|!?:~^%@>]+/y;
const inLongString = "\u0001";

/** What a line has to know of the lines above it. */
export interface ScanState {
  /** The mark that closes the string we are in, or nothing. */
  long: string;
  /** How many block comments are open: more than one where they stand in one another. */
  comment: number;
  depth: number;
  readonly brackets: string[];
  docstring: boolean;
  /** Last character of code before this line: a docstring follows a colon or opens the file. */
  last: string;
}

/** A line that begins and ends in no string or comment: it says the same wherever it stands. */
interface PlainLine {
  readonly scanned: ScannedLine;
  readonly brackets: string;
  /** The last character of its code, or nothing. */
  readonly last: string;
}

const plainLines = oncePer((_: LanguageFacts) => new Map<string, PlainLine>());

/** Takes a line in, and changes the state to that of the line below. */
export function scanLine(line: string, facts: LanguageFacts, state: ScanState): ScannedLine {
  const { depth } = state;
  const mayBeDocstring = facts.blocks === "indent" && depth === 0 && state.last === ":";
  if (
    state.long !== "" ||
    state.comment > 0 ||
    mayBeDocstring ||
    line.length > limits.scannedKeptLength
  )
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

function follow(bracket: string, state: ScanState): void {
  if ("([{".includes(bracket)) state.brackets.push(bracket);
  else if (")]}".includes(bracket)) state.brackets.pop();
  if (bracket === "(" || bracket === "[") state.depth++;
  else if (bracket === ")" || bracket === "]") state.depth = Math.max(0, state.depth - 1);
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
  if (line.length > limits.scannedLine) {
    const key = line.replace(/\s+/g, " ").trim();
    return scanned(key === "" ? "blank" : "code", key);
  }
  if (!inside && line.trim() === "") return scanned("blank");
  const out: Output = {
    key: "",
    mask: "",
    space: false,
    sawComment: false,
    sawCode: false,
    commentAt: line.length,
  };
  const wasInString = state.long !== "";
  let at = 0;
  if (!inside && facts.longQuotes.length > 0 && depth === 0)
    at = openDocstring(line, facts, state, out);
  const isDocstring =
    startedInDocstring || (!wasInString && state.docstring && (state.long !== "" || at > 0));
  while (at < line.length) at = step(line, at, facts, state, out);
  if (state.long === "") state.docstring = false;
  const trailing = out.mask.trimEnd();
  if (out.sawCode && trailing !== "") state.last = trailing[trailing.length - 1] ?? state.last;
  if (isDocstring && !out.sawCode) return scanned("comment", "", 0, "", true);
  const kind =
    out.sawCode || (wasInString && !startedInDocstring)
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

interface Output {
  key: string;
  mask: string;
  space: boolean;
  sawComment: boolean;
  sawCode: boolean;
  commentAt: number;
}

/**
 * Where a docstring may stand, consumes its opening mark and gives the column behind it; 0 when
 * there is none.
 */
function openDocstring(line: string, facts: LanguageFacts, state: ScanState, out: Output): number {
  if (facts.blocks !== "indent" || state.last !== ":") return 0;
  const match = /^\s*[rRuUbB]?("""|''')/.exec(line);
  if (!match) return 0;
  const mark = match[1] ?? "";
  const close = line.indexOf(mark, match[0].length);
  state.docstring = true;
  out.sawComment = true;
  if (close < 0) {
    state.long = mark;
    return line.length;
  }
  // A docstring is a whole statement; a string with code behind it is code.
  if (line.slice(close + mark.length).trim() !== "") {
    state.docstring = false;
    out.sawComment = false;
    return 0;
  }
  return line.length;
}

/** Takes in what stands at `at` and gives the column behind it. */
function step(
  line: string,
  at: number,
  facts: LanguageFacts,
  state: ScanState,
  out: Output,
): number {
  if (state.comment > 0) {
    const [open, close] = facts.blockComment ?? ["", ""];
    const end = line.indexOf(close, at);
    const inner = innerComment(line, at, facts);
    out.sawComment = true;
    if (inner >= 0 && (end < 0 || inner < end)) {
      state.comment++;
      return blank(line, at, inner + open.length, out);
    }
    if (end < 0) return line.length;
    state.comment--;
    return blank(line, at, end + close.length, out);
  }
  if (state.long !== "") {
    const end = endOfLong(line, at, state.long);
    if (!state.docstring) out.sawCode = true;
    if (end < 0) return blank(line, at, line.length, out, !state.docstring);
    const close = state.long.length;
    state.long = "";
    return blank(line, at, end + close, out, !state.docstring);
  }
  const char = line[at] ?? "";
  if (char === " " || char === "\t") {
    out.space = true;
    out.mask += char;
    return at + 1;
  }
  plainSigns.lastIndex = at;
  if (plainSigns.test(line)) {
    const run = line.slice(at, plainSigns.lastIndex);
    put(run, out);
    out.mask += run;
    return at + run.length;
  }
  for (const mark of facts.lineComments) {
    if (
      line.startsWith(mark, at) &&
      (mark !== "#" || facts.blocks === "indent" || at === 0 || /\s/.test(line[at - 1] ?? ""))
    ) {
      out.sawComment = true;
      out.commentAt = Math.min(out.commentAt, at);
      return line.length;
    }
  }
  const block = facts.blockComment;
  if (block && line.startsWith(block[0], at)) {
    out.sawComment = true;
    const end = line.indexOf(block[1], at + block[0].length);
    // A comment with code behind it is part of the line; only one that ends the line can be set
    // apart.
    if (end < 0 || line.slice(end + block[1].length).trim() === "")
      out.commentAt = Math.min(out.commentAt, at);
    const inner = innerComment(line, at + block[0].length, facts);
    if (end >= 0 && (inner < 0 || inner > end)) return blank(line, at, end + block[1].length, out);
    state.comment = 1;
    return blank(line, at, at + block[0].length, out);
  }
  for (const mark of facts.longQuotes) {
    if (!line.startsWith(mark, at)) continue;
    const end = endOfLong(line, at + mark.length, mark);
    if (end < 0) {
      state.long = mark;
      return blank(line, at, line.length, out, true);
    }
    return blank(line, at, end + mark.length, out, true);
  }
  if (facts.quotes.includes(char)) {
    const end = endOfShort(line, at, char, facts);
    if (end > 0) return string(line, at, end, facts, out);
  }
  if (char === "/" && facts.regexLiterals) {
    const end = endOfRegex(line, at, out.mask);
    if (end > 0) return blank(line, at, end, out, true);
  }
  follow(char, state);
  put(char, out);
  out.mask += char;
  return at + 1;
}

/** Adds to the key with the one space that keeps two words, or two equal signs, apart. */
function put(text: string, out: Output): void {
  if (out.space && out.key !== "") {
    const before = out.key[out.key.length - 1] ?? "";
    const first = text[0] ?? "";
    if ((word.test(before) && word.test(first)) || (before === first && !/[()[\]{}]/.test(first)))
      out.key += " ";
  }
  out.space = false;
  out.sawCode = true;
  out.key += text;
}

function blank(line: string, from: number, to: number, out: Output, asCode = false): number {
  if (asCode) put(line.slice(from, to), out);
  out.mask += asCode ? `"${" ".repeat(Math.max(0, to - from - 1))}` : " ".repeat(to - from);
  return to;
}

function string(line: string, from: number, to: number, facts: LanguageFacts, out: Output): number {
  const text = line.slice(from, to);
  const content = text.slice(1, -1);
  put(facts.equalQuotes && !/["'\\]/.test(content) ? `"${content}"` : text, out);
  out.mask += `"${" ".repeat(to - from - 1)}`;
  return to;
}
