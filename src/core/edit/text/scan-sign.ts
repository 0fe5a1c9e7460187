import type { LanguageFacts } from "../../../base/languages/language";
import { endOfLong, endOfRegex, endOfShort, innerComment } from "./literals";

const word = /[\p{L}\p{N}_$]/u;
/** Begins no string, bracket, block comment or regular expression in any language. */
const plainSigns = /[\w$.,;=+*&|!?:~^%@>]+/y;
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

export interface ReadLine {
  key: string;
  mask: string;
  space: boolean;
  sawComment: boolean;
  sawCode: boolean;
  commentAt: number;
}

/** Gives the column behind it. */
export function step(
  line: string,
  at: number,
  facts: LanguageFacts,
  state: ScanState,
  out: ReadLine,
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
  const char = line.charAt(at);
  if (char === " " || char === "\t") {
    out.space = true;
    out.mask += char;
    return at + 1;
  }
  const isCode = facts.noComment !== undefined && line.startsWith(facts.noComment, at);
  for (const mark of isCode ? [] : facts.lineComments) {
    if (
      line.startsWith(mark, at) &&
      (mark.length > 1 || facts.blocks === "indent" || at === 0 || /\s/.test(line.charAt(at - 1)))
    ) {
      out.sawComment = true;
      out.commentAt = Math.min(out.commentAt, at);
      return line.length;
    }
  }
  plainSigns.lastIndex = at;
  if (plainSigns.test(line)) {
    const run = line.slice(at, plainSigns.lastIndex);
    put(run, out);
    out.mask += run;
    return at + run.length;
  }
  const block = facts.blockComment;
  if (block && line.startsWith(block[0], at)) {
    out.sawComment = true;
    const end = line.indexOf(block[1], at + block[0].length);
    // With code behind it a comment is part of the line.
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
  const isLone = char === ")" && facts.loneParentheses && state.brackets.at(-1) !== "(";
  if (!isLone) follow(char, state);
  put(char, out);
  out.mask += isLone ? " " : char;
  return at + 1;
}

/** Adds to the key with the one space that keeps two words, or two equal signs, apart. */
function put(text: string, out: ReadLine): void {
  if (out.space && out.key !== "") {
    const before = out.key.slice(-1);
    const first = text.charAt(0);
    if ((word.test(before) && word.test(first)) || (before === first && !/[()[\]{}]/.test(first)))
      out.key += " ";
  }
  out.space = false;
  out.sawCode = true;
  out.key += text;
}

function blank(line: string, from: number, to: number, out: ReadLine, asCode = false): number {
  if (asCode) put(line.slice(from, to), out);
  out.mask += asCode ? `"${" ".repeat(Math.max(0, to - from - 1))}` : " ".repeat(to - from);
  return to;
}

function string(
  line: string,
  from: number,
  to: number,
  facts: LanguageFacts,
  out: ReadLine,
): number {
  const text = line.slice(from, to);
  const content = text.slice(1, -1);
  put(facts.equalQuotes && !/["'\\]/.test(content) ? `"${content}"` : text, out);
  out.mask += `"${" ".repeat(to - from - 1)}`;
  return to;
}

export function follow(bracket: string, state: ScanState): void {
  if ("([{".includes(bracket)) state.brackets.push(bracket);
  else if (")]}".includes(bracket)) state.brackets.pop();
  if (bracket === "(" || bracket === "[") state.depth++;
  else if (bracket === ")" || bracket === "]") state.depth = Math.max(0, state.depth - 1);
}
