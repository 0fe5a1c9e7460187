import type { HeadRule, LanguageFacts } from "./languages/language-facts";
import { type MaskedText, maskedText } from "./masked-text";
import type { SourceFile } from "./source-files";

/** A function or class of a file. Line numbers are zero-based, ends exclusive. */
export interface Unit {
  readonly kind: "function" | "class";
  readonly name: string;
  /** First line of the comment above, or `headStart`. */
  readonly docStart: number;
  /** First line of decorators, attributes or return type. */
  readonly headStart: number;
  /** The line with the name. */
  readonly nameLine: number;
  /** First line behind the head's brace or colon. */
  readonly bodyStart: number;
  /** The line of the closing brace; for Python the same as `end`. */
  readonly bodyEnd: number;
  readonly end: number;
  readonly indent: string;
  /** Where the parameters stand, if they are on the line of the name. */
  readonly params?: { readonly open: number; readonly close: number };
  /** The smallest class around it. */
  readonly parent?: Unit;
  /** The smallest function around it. */
  readonly outer?: Unit;
}

/**
 * A file with its code told from comments and strings, and those of its functions and classes that
 * are sure.
 */
export interface ReadFile {
  readonly file: SourceFile;
  /** Lines of the masked text; undefined where the text could not be read to its end. */
  readonly code: readonly string[] | undefined;
  readonly mask: MaskedText | undefined;
  readonly units: readonly Unit[];
  /** One step of indentation. */
  readonly step: string;
  /** Whether a parser reads the file without an error; undefined where none is at hand. */
  readonly isClean: boolean | undefined;
}

/** A parser to check our own reading against; undefined for a language that it does not know. */
export interface OtherParser {
  shape(file: SourceFile): Promise<ShapeCheck | undefined>;
  isClean(facts: LanguageFacts, lines: readonly string[]): Promise<boolean | undefined>;
}

export interface ShapeCheck {
  /** The parser found nothing wrong. */
  readonly isClean: boolean;
  /** Whether something named starts on the first line and ends on the line before `end`. */
  spans(start: number, end: number): boolean;
  /**
   * Comments, strings and the like, by offset in the text of joined lines, where our own reading is
   * not up to the language.
   */
  readonly text?: MaskedText;
}

export async function readFile(file: SourceFile, parser: OtherParser): Promise<ReadFile> {
  const { facts } = file;
  const text = file.lines.join("\n");
  const shape = await parser.shape(file);
  const mask = shape?.text ?? maskedText(text, facts);
  const step = stepOf(file.lines.filter((_, at) => mask === undefined || mask.lineKinds[at] === 0));
  if (mask === undefined || facts.units === "none")
    return { file, mask, code: mask?.code.split("\n"), units: [], step, isClean: shape?.isClean };
  const code = mask.code.split("\n");
  const found: Found[] = [];
  for (const rule of facts.heads ?? [])
    for (const one of unitsOf(file, mask, code, rule)) found.push(one);
  const seen = new Set<number>();
  const sure = found
    .sort((a, b) => a.headStart - b.headStart || b.end - a.end)
    .filter((one) => {
      if (seen.has(one.nameLine) || (shape !== undefined && !isShape(shape, one))) return false;
      seen.add(one.nameLine);
      return true;
    });
  return { file, code, mask, units: nested(sure), step, isClean: shape?.isClean };
}

/** `isMember`: a comma tells that it is in an object. */
type Found = Omit<Unit, "parent" | "outer"> & {
  readonly inside: boolean;
  readonly isMember: boolean;
};

function isShape(shape: ShapeCheck, one: Found): boolean {
  for (let line = one.headStart; line <= one.nameLine; line++)
    if (shape.spans(line, one.end)) return true;
  return false;
}

/** Units that overlap without one being in the other are not sure. */
function nested(found: readonly Found[]): Unit[] {
  const clean = found.filter(
    (one) =>
      !found.some(
        (other) =>
          other !== one &&
          other.headStart < one.headStart &&
          other.end > one.headStart &&
          other.end < one.end,
      ),
  );
  const units: Unit[] = [];
  for (const { inside, isMember, ...one } of clean) {
    const around = units.filter(
      (other) =>
        other.headStart < one.nameLine && other.end >= one.end && other.bodyStart <= one.headStart,
    );
    const parent = around.findLast((other) => other.kind === "class");
    const outer = around.findLast((other) => other.kind === "function");
    const innermost = around.at(-1);
    if (inside && innermost?.kind !== "class" && !isMember) continue;
    units.push({
      ...one,
      ...(parent === undefined ? {} : { parent }),
      ...(outer === undefined ? {} : { outer }),
    });
  }
  return units;
}

function* unitsOf(
  file: SourceFile,
  mask: MaskedText,
  code: readonly string[],
  rule: HeadRule,
): Iterable<Found> {
  const starts = lineStarts(code);
  for (let line = 0; line < code.length; line++) {
    if (mask.lineKinds[line] !== 0 || (code[line] ?? "").trim() === "") continue;
    const start = starts[line] ?? 0;
    rule.head.lastIndex = start;
    const match = rule.head.exec(mask.code);
    if (!match || match.index !== start) continue;
    const found = unitAt(file, mask, code, starts, rule, line, match);
    if (found !== undefined) yield found;
  }
}

function unitAt(
  file: SourceFile,
  mask: MaskedText,
  code: readonly string[],
  starts: readonly number[],
  rule: HeadRule,
  line: number,
  match: RegExpExecArray,
): Found | undefined {
  const { facts, lines } = file;
  const indent = match.groups?.["indent"] ?? "";
  const name = (match.groups?.["name"] ?? "").trim();
  const textHere = mask.code;
  let at = match.index + match[0].length;
  const nameLine = lineOf(starts, match.index + match[0].lastIndexOf(name));
  let params: Unit["params"];
  let end: number;
  let bodyStart: number;
  let bodyEnd: number;
  if (rule.kind === "function" || facts.units === "brace" || facts.units === "indent") {
    for (;;) {
      const blanks = /\s*/y;
      blanks.lastIndex = at;
      const next = at + (blanks.exec(textHere)?.[0].length ?? 0);
      const open = textHere[next] ?? "";
      if (open !== "(" && open !== "[" && !(open === "<" && params === undefined)) break;
      const close = closerAt(textHere, next);
      if (close === undefined) return undefined;
      if (
        open === "(" &&
        params === undefined &&
        lineOf(starts, close) === nameLine &&
        lineOf(starts, next) === nameLine
      ) {
        const base = starts[nameLine] ?? 0;
        params = { open: next - base, close: close - base };
      }
      at = close + 1;
    }
  }
  switch (facts.units) {
    case "indent": {
      const tail = /[^:\n]*:[ \t]*$/my;
      tail.lastIndex = at;
      const found = tail.exec(textHere);
      if (!found) return undefined;
      bodyStart = lineOf(starts, at + found[0].length) + 1;
      const ended = indentedEnd(lines, mask, code, bodyStart, indent);
      if (ended === undefined) return undefined;
      end = bodyEnd = ended;
      break;
    }
    case "brace": {
      if (rule.tail !== undefined) {
        rule.tail.lastIndex = at;
        const tail = rule.tail.exec(textHere);
        if (
          !tail ||
          /\n[ \t]*(?:fun|class|val|var|def|func|object|type|interface|trait|struct|const|let|import|return)\b/.test(
            tail[0],
          )
        ) {
          return undefined;
        }
        at += tail[0].length;
      }
      if (textHere[at] !== "{") return undefined;
      const close = closerAt(textHere, at);
      if (close === undefined) return undefined;
      bodyStart = lineOf(starts, at) + 1;
      bodyEnd = lineOf(starts, close);
      end = bodyEnd + 1;
      const behindOpen = textHere.slice(at + 1, starts[bodyStart] ?? textHere.length).trim();
      // A Scala or Kotlin lambda's parameters may stand there.
      if (behindOpen !== "") return undefined;
      if (!/^[ \t]*\}[;,]?[ \t]*$/.test(code[bodyEnd] ?? "") || bodyEnd <= bodyStart - 1)
        return undefined;
      if (indentOf(lines[bodyEnd] ?? "") !== indent) return undefined;
      if (
        facts.id === "c" || facts.id === "cpp"
          ? false
          : !deeper(lines, mask, code, bodyStart, bodyEnd, indent)
      )
        return undefined;
      break;
    }
    case "end":
    case "closing": {
      bodyStart = lineOf(starts, Math.max(match.index, at - 1)) + 1;
      const closing = facts.units === "end" ? /^end\b[,;)]*$/ : /^\};?$/;
      bodyEnd = bodyStart;
      while (bodyEnd < code.length && isDeeper(lines, mask, code, bodyEnd, indent)) bodyEnd++;
      if (bodyEnd >= code.length || indentOf(lines[bodyEnd] ?? "") !== indent) return undefined;
      if (!closing.test((code[bodyEnd] ?? "").trim())) return undefined;
      end = bodyEnd + 1;
      break;
    }
    default:
      return undefined;
  }
  if (bodyEnd <= bodyStart) return undefined;
  const headStart = headStartOf(file, mask, code, line, indent);
  if (headStart === undefined) return undefined;
  const docStart = docStartOf(file, mask, code, headStart, indent);
  return {
    kind: rule.kind,
    name,
    docStart,
    headStart,
    nameLine,
    bodyStart,
    bodyEnd,
    end,
    indent,
    inside: rule.inside === true,
    isMember: (code[bodyEnd] ?? "").trim() === "}," || codeAbove(code, headStart).endsWith(","),
    ...(params === undefined ? {} : { params }),
  };
}

function codeAbove(code: readonly string[], line: number): string {
  return (
    code
      .slice(0, line)
      .findLast((text) => text.trim() !== "")
      ?.trimEnd() ?? ""
  );
}

function isDeeper(
  lines: readonly string[],
  mask: MaskedText,
  code: readonly string[],
  at: number,
  indent: string,
): boolean {
  const line = lines[at] ?? "";
  if (line.trim() === "") return true;
  if (mask.lineKinds[at] === 2) return true;
  const own = indentOf(line);
  // Marks of a label or a directive stand at the margin in C.
  return (own.startsWith(indent) && own.length > indent.length) || (code[at] ?? "").trim() === "";
}

function deeper(
  lines: readonly string[],
  mask: MaskedText,
  code: readonly string[],
  from: number,
  to: number,
  indent: string,
): boolean {
  for (let at = from; at < to; at++) if (!isDeeper(lines, mask, code, at, indent)) return false;
  return true;
}

/**
 * Behind the last line of a Python block; undefined where comments behind it might belong to it.
 */
function indentedEnd(
  lines: readonly string[],
  mask: MaskedText,
  code: readonly string[],
  from: number,
  indent: string,
): number | undefined {
  let depth = 0;
  let end = from;
  let at = from;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const bare = code[at] ?? "";
    const continues =
      depth > 0 || mask.lineKinds[at] === 2 || (code[at - 1] ?? "").trimEnd().endsWith("\\");
    for (const char of bare) {
      if ("([{".includes(char)) depth++;
      if (")]}".includes(char)) depth--;
    }
    if (line.trim() === "" && !continues) continue;
    if (!continues && mask.lineKinds[at] !== 1) {
      const own = indentOf(line);
      if (own.length <= indent.length) break;
      if (!own.startsWith(indent)) return undefined;
    }
    if (mask.lineKinds[at] === 1 && !continues) continue;
    end = at + 1;
  }
  for (let after = end; after < at; after++) {
    const line = lines[after] ?? "";
    if (line.trim() !== "" && indentOf(line).length > indent.length) return undefined;
  }
  return end;
}

/** Decorators, attributes and a return type on a line of its own belong to the head. */
function headStartOf(
  file: SourceFile,
  mask: MaskedText,
  code: readonly string[],
  line: number,
  indent: string,
): number | undefined {
  const { id } = file.facts;
  if (id === "c" || id === "cpp") return statementTop(file, mask, code, line, indent);
  let start = line;
  for (let at = line - 1; at >= 0; at--) {
    const bare = (code[at] ?? "").trim();
    if (mask.lineKinds[at] !== 0 || (file.lines[at] ?? "").trim() === "") break;
    if (indentOf(file.lines[at] ?? "") !== indent) {
      // The inside of an attribute over several lines.
      if (/^[@#[]/.test(bare)) break;
      const top = attributeTop(file, code, at, indent);
      if (top === undefined) break;
      start = top;
      at = top;
      continue;
    }
    const attribute = /^(?:@\w|#!?\[|\[\w)/.test(bare) && /[\w)\]]$/.test(bare);
    const closes = /^\)\]?$/.test(bare) ? attributeTop(file, code, at, indent) : undefined;
    if (closes !== undefined) {
      start = closes;
      at = closes;
    } else if (attribute) start = at;
    // Anything else that runs on into the head is not understood.
    else if (
      /[;{}:]$/.test(bare) ||
      bare === "" ||
      [
        "go",
        "kotlin",
        "scala",
        "swift",
        "groovy",
        "python",
        "ruby",
        "lua",
        "shellscript",
        "javascript",
        "typescript",
        "typescriptreact",
        "javascriptreact",
      ].includes(id)
    )
      break;
    else return undefined;
  }
  return start;
}

/** In C a head begins with its return type or template, over any number of lines. */
function statementTop(
  file: SourceFile,
  mask: MaskedText,
  code: readonly string[],
  line: number,
  indent: string,
): number | undefined {
  let start = line;
  for (let at = line - 1; at >= 0; at--) {
    const bare = (code[at] ?? "").trim();
    if (mask.lineKinds[at] !== 0 || bare === "" || /[;{}:]$/.test(bare)) break;
    // A macro's call may stand for itself or belong to the head.
    if (bare.endsWith(")")) return undefined;
    start = at;
  }
  return indentOf(file.lines[start] ?? "") === indent ? start : undefined;
}

function attributeTop(
  file: SourceFile,
  code: readonly string[],
  from: number,
  indent: string,
): number | undefined {
  for (let at = from; at >= 0 && at > from - 12; at--) {
    const line = file.lines[at] ?? "";
    if (line.trim() === "") return undefined;
    if (indentOf(line) === indent && /^(?:@\w|#!?\[|\[\w)/.test((code[at] ?? "").trim())) return at;
  }
  return undefined;
}

function docStartOf(
  file: SourceFile,
  mask: MaskedText,
  code: readonly string[],
  headStart: number,
  indent: string,
): number {
  let start = headStart;
  for (let at = headStart - 1; at >= 0 && mask.lineKinds[at] === 1; at--) {
    const line = file.lines[at] ?? "";
    if (line.trim() === "" || (code[at] ?? "").trim() !== "") break;
    start = at;
  }
  if (start === headStart) return start;
  // Only a comment at the head's own column is its documentation; the first lines of a file are its
  // license.
  return indentOf(file.lines[start] ?? "") === indent && start > 0 ? start : headStart;
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

function closerAt(text: string, open: number): number | undefined {
  const pairs: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };
  const first = text[open] ?? "";
  const stack = [pairs[first] ?? ""];
  for (let at = open + 1; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === stack.at(-1)) {
      if (char === ">" && (text[at - 1] === "-" || text[at - 1] === "=")) continue;
      stack.pop();
      if (stack.length === 0) return at;
    } else if (char === "(" || char === "[" || char === "{" || (char === "<" && first === "<"))
      stack.push(pairs[char] ?? "");
    else if (char === ")" || char === "]" || char === "}") return undefined;
    if (first === "<" && at - open > 300) return undefined;
  }
  return undefined;
}

function lineStarts(lines: readonly string[]): number[] {
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The most usual growth of indentation from one line to the next. */
function stepOf(lines: readonly string[]): string {
  const counts = new Map<string, number>();
  let before = "";
  for (const line of lines) {
    if (line.trim() === "" || /^[ \t]*\*/.test(line)) continue;
    const own = indentOf(line);
    if (own.startsWith(before) && own.length > before.length) {
      const step = own.slice(before.length);
      if (step.length <= 8) counts.set(step, (counts.get(step) ?? 0) + 1);
    }
    before = own;
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best?.[0] ?? "    ";
}
