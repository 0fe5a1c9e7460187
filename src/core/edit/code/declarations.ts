import type { LanguageFacts } from "../../../base/languages/language";
import { oncePer } from "../../../base/once-per";
import type { SymbolInfo } from "../../../protocol/syntax";
import { indentOf } from "../text/indentation";
import type { ScannedLine } from "../text/scan-line";
import { scanLines } from "../text/scan-lines";
import { endByLayout } from "./end-by-layout";

/** A named piece of code, in zero-based lines; `end` is behind its last line. */
export interface Declaration {
  readonly name: string;
  readonly kind: "callable" | "type";
  /** With its decorators and the comment above it. */
  readonly start: number;
  readonly end: number;
  /** The line that names it. */
  readonly head: number;
  /** Name of the type around it. */
  readonly container?: string;
  /** The type that a method of Go belongs to, which stands before its name. */
  readonly receiver?: string;
  /** A constant or the like: no code by itself. */
  readonly isValue?: true;
  /** Its braces do not close: it is only the beginning of one. */
  readonly isOpen?: true;
}

/** Declarations as the syntax tree knows them. */
export const fromOutline = oncePer((outline: readonly SymbolInfo[]): readonly Declaration[] =>
  outline.flatMap((symbol): Declaration[] => {
    if (symbol.kind === "variable" && symbol.bodyRange.end.line === symbol.bodyRange.start.line)
      return [];
    const isType =
      symbol.kind !== "function" &&
      symbol.kind !== "method" &&
      symbol.kind !== "variable" &&
      symbol.kind !== "other";
    const { start, end } = symbol.range;
    return [
      {
        name: symbol.name,
        kind: isType ? "type" : "callable",
        start: start.line,
        end: end.character === 0 && end.line > start.line ? end.line : end.line + 1,
        head: symbol.bodyRange.start.line,
        ...(symbol.container === undefined ? {} : { container: symbol.container }),
        ...receiverOf(symbol.signature),
        ...(symbol.kind === "variable" ? { isValue: true } : {}),
      },
    ];
  }),
);

const modifiers =
  '(?:(?:export|default|public|(?:private|protected)(?:\\[\\w+\\])?|internal|case|implicit|lazy|static|abstract|final|sealed|partial|data|open|inner|override|virtual|readonly|declare|async|unsafe|const|extern|inline|local|suspend|pub(?:\\s*\\([^)]*\\))?|")\\s+)*';
const typeHead = new RegExp(
  `^\\s*(?:(?:module\\.)?exports(?:\\.\\w+)?\\s*=\\s*)?${modifiers}(?:class|interface|struct|enum(?:\\s+class)?|trait|record|module|namespace|object|protocol|extension|union|defmodule)\\s+([\\w$.]+)`,
);
const implHead = /^\s*(?:unsafe\s+)?impl\b([^{]*)/;
const callableHead = new RegExp(
  `^\\s*${modifiers}(?:function(?:\\s*\\*)?|func|fn|fun|def|defp|sub)\\s+(?:\\([^)]*\\)\\s*)?(?:self\\.)?([\\w$]+(?:[.:]+[\\w$]+)*(?:[?!]|=(?=\\())?)`,
);
const assignedHead =
  /^\s*(?:export\s+)?(?:default\s+)?(?:(?:const|let|var)\s+|(?:module\.)?exports\.|(?:[\w$]+\.)?prototype\.)?([\w$]+)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|(?:\((?=[^=]*=>)[^=]*\)|[\w$]+)\s*(?::[^=]+)?=>|\(\{?$)/;
const propertyHead = /^\s*(?:async\s+)?["']?([\w$]+)["']?\s*:\s*(?:async\s+)?function\b/;
const beforeMethod = /^[\w$<>[\],.?&*:@\s"]+[\s*&]$/;
const notMethods =
  /(?:^|\s)(?:if|for|while|switch|catch|return|function|new|throw|else|await|yield|super|typeof|sizeof|assert|synchronized|using|lock|do|try|case|match|loop|foreach|elseif|in|of|not|and|or|go|defer|select|when|with|import|const|var|let|export|void\s+0)$/;

const modified = /^(?:public|private|protected|internal|static|abstract|final|override|virtual)\s/;

function receiverOf(head: string): { receiver: string } | undefined {
  const receiver = /^\s*func\s*\(\s*(?:\w+\s+)?(?:\*\s*)?(\w+)/.exec(head)?.[1];
  return receiver === undefined ? undefined : { receiver };
}

/** What tells declarations of one place apart. */
export function keyOf(one: Declaration): string {
  return `${one.kind} ${one.receiver ?? ""} ${one.name}`;
}

/** Declarations found in the text alone: for code without a grammar, and for pieces that are no whole program (a method by itself). */
export function findDeclarations(
  lines: readonly string[],
  facts: LanguageFacts,
  scanned: readonly ScannedLine[] = scanLines(lines, facts),
): Declaration[] {
  if (facts.blocks === "none") return [];
  if (facts.selectors) return rulesIn(lines, scanned);
  const found: Declaration[] = [];
  for (const [at, scan] of scanned.entries()) {
    // A list of arguments declares nothing; an object or a body in it does: `extend({`.
    if (scan.kind !== "code" || scan.inside) continue;
    const head = headOf(scan.mask, facts);
    // A bracket in a pattern or a string of a kind that is not known is open for ever: a word at the margin declares in any case.
    if (scan.inList && (!head?.isWord || /^\s/.test(scan.mask))) continue;
    if (!head || (head.loose && !hasOwnBody(scanned, at, facts))) continue;
    const end = endOf(lines, scanned, at, facts, head);
    if (end === undefined) continue;
    const isOpen = end === lines.length && !isEnded(lines, scanned, at, facts);
    found.push({
      name: head.name,
      kind: head.kind,
      start: startOf(lines, scanned, at),
      end,
      head: at,
      ...receiverOf(scan.mask),
      ...(isOpen ? { isOpen } : {}),
    });
  }
  return withContainers(found);
}

/** The rules of a style sheet, by their selectors: `.open, .open:hover`. */
function rulesIn(lines: readonly string[], scanned: readonly ScannedLine[]): Declaration[] {
  const found: Declaration[] = [];
  let head: number | undefined;
  for (const [at, { kind, mask, inside }] of scanned.entries()) {
    if (kind !== "code" || inside) continue;
    const text = mask.trim();
    if (/[;}]$/.test(text) || text.startsWith("}")) head = undefined;
    else head ??= at;
    if (head === undefined || !text.endsWith("{")) continue;
    const end = endByBrace(scanned, head, true);
    const name = lines
      .slice(head, at + 1)
      .map((line) => line.trim())
      .join(" ")
      .replace(/(?<!\s)\s*\{$/, "");
    if (end !== undefined && /[\w&*:]/.test(name))
      found.push({
        name,
        kind: "type",
        start: startOf(lines, scanned, head),
        end,
        head,
        ...(end === lines.length && !isClosed(scanned, head, end) ? { isOpen: true } : {}),
      });
    head = undefined;
  }
  return withContainers(found);
}

interface Head {
  readonly name: string;
  readonly kind: "callable" | "type";
  /** Only a body shows that it is a declaration and no call. */
  readonly loose: boolean;
  /** A word of the language says that it is one: `class`, `def`. */
  readonly isWord?: true;
  /** A function in an assignment, whose body may be an expression. */
  readonly assigned?: true;
}

function headOf(mask: string, facts: LanguageFacts): Head | undefined {
  const type =
    typeHead.exec(mask)?.[1] ??
    facts.typeHead?.exec(mask)?.[1] ??
    (facts.blocks === "brace" ? implemented(mask) : undefined);
  if (type !== undefined) return { name: type, kind: "type", loose: false, isWord: true };
  const callable = callableHead.exec(withoutTypeList(mask))?.[1];
  if (callable !== undefined) {
    const name = callable.split(/[.:]/).pop() ?? callable;
    return { name, kind: "callable", loose: false, isWord: true };
  }
  if (facts.blocks !== "brace") return undefined;
  const property = facts.regexLiterals ? propertyHead.exec(mask)?.[1] : undefined;
  if (property !== undefined) return { name: property, kind: "callable", loose: true };
  const assigned = assignedHead.exec(mask)?.[1];
  if (assigned !== undefined)
    return { name: assigned, kind: "callable", loose: false, assigned: true };
  const method = methodIn(mask);
  if (method === undefined) return undefined;
  const { name, before } = method;
  // Behind a modifier even `with` and `match` are names.
  if (notMethods.test(` ${name}`) && !modified.test(before)) return undefined;
  if (
    /(?:^|\s)(?:return|new|throw|else|await|case|yield|if|for|while|until|unless|switch|match|catch|when|with|defer|go|in|of|do|try|not|and|or|=>)(?:\s|$)/.test(
      before,
    ) ||
    /[.]$/.test(before)
  )
    return undefined;
  return { name, kind: "callable", loose: true };
}

/** The type of an `impl`: `Pile` in `impl<T> Heap<T> for Pile<T>` and in `impl Pile`. */
function implemented(mask: string): string | undefined {
  const rest = implHead.exec(mask)?.[1];
  if (rest === undefined) return undefined;
  const name =
    /\bfor\s+&?((?:\w+::)*\w+)/.exec(rest)?.[1] ??
    /^\s*&?((?:\w+::)*\w+)/.exec(behindTypeList(rest))?.[1];
  return name?.split("::").pop();
}

/** As Kotlin writes it before the name: `fun <T> first(` without its types. */
function withoutTypeList(mask: string): string {
  const word = /\bfun\s+(?=<)/.exec(mask);
  if (word === null) return mask;
  const end = word.index + word[0].length;
  return mask.slice(0, end) + behindTypeList(mask.slice(end)).trimStart();
}

function behindTypeList(text: string): string {
  const list = text.trimStart();
  if (!list.startsWith("<")) return text;
  let depth = 0;
  for (let at = 0; at < list.length; at++) {
    if (list[at] === "<") depth++;
    else if (list[at] === ">" && list[at - 1] !== "-" && --depth === 0) return list.slice(at + 1);
  }
  return "";
}

/** The word before the first bracket, with types before it: `at` in `static List<T> at<T>(`. Step by step, as one pattern would go over a line again and again. */
function methodIn(mask: string): { readonly name: string; readonly before: string } | undefined {
  const open = mask.indexOf("(");
  if (open < 0) return undefined;
  const head = mask.slice(0, open).trimEnd();
  const types = head.endsWith(">") ? head.lastIndexOf("<") : head.length;
  if (types < 0) return undefined;
  const named = head.slice(0, types).trimEnd();
  const name = /(?<![~\w$#])[~\w$#]+$/.exec(named)?.[0];
  if (name === undefined) return undefined;
  // `Pile::push(`, as C++ defines a member outside of its class.
  const before = named.slice(0, named.length - name.length).replace(/(?<!\w|\w::)(?:\w+::)+$/, "");
  return before.trim() === "" || beforeMethod.test(before)
    ? { name, before: before.trim() }
    : undefined;
}

/** A head as heads are compared: without its blanks, and what opens its body. */
export function bareHead(line: string): string {
  return line.replace(/\s+/g, "").replace(/(?<![;{:])[;{:]+$/, "");
}

/** A line above a head that belongs to it. */
function isAttribute(line: string): boolean {
  return /^\s*(?:@[\w.]|#!?\[|\[\w[^\]]*\]\s*$|template\s*<)/.test(line);
}

/** A decorator of more lines is none. */
const longestAttribute = 40;

/** Up over decorators, attributes and the comment right above. */
function startOf(lines: readonly string[], scanned: readonly ScannedLine[], head: number): number {
  let start = head;
  while (start > 0) {
    const above = scanned[start - 1];
    if (above?.docstring) break;
    // A decorator may go on over several lines: `@retry(`, `times=3,`, `)`.
    let first = start - 1;
    const least = Math.max(0, start - longestAttribute);
    while (first > least && (scanned[first]?.depth ?? 0) > 0) first--;
    if (isAttribute(lines[first] ?? "")) start = first;
    else if (above?.kind === "comment") start--;
    else break;
  }
  return start;
}

/** The line behind the declaration's last; undefined when it has no body where one must be. */
function endOf(
  lines: readonly string[],
  scanned: readonly ScannedLine[],
  head: number,
  facts: LanguageFacts,
  { loose, assigned, kind, isWord }: Head,
): number | undefined {
  switch (facts.blocks) {
    case "indent":
      return endByIndent(lines, scanned, head);
    case "brace":
      return (
        (assigned === true ? endOfExpression(scanned, head) : undefined) ??
        (isWord === true ? endByLayout(lines, scanned, head, kind === "callable") : undefined) ??
        endByBrace(scanned, head, loose)
      );
    case "end":
      return endByWord(lines, scanned, head);
    case "none":
      return undefined;
    default: {
      const never: never = facts.blocks;
      return never;
    }
  }
}

function endByIndent(
  lines: readonly string[],
  scanned: readonly ScannedLine[],
  head: number,
): number {
  const depth = indentOf(lines[head] ?? "").length;
  let end = head + 1;
  // A body that lost its indentation goes on to the first blank line.
  if (
    /:\s*$/.test(scanned[head]?.mask ?? "") &&
    /^\s*(?:return|raise|yield|pass)\b/.test(scanned[end]?.mask ?? "") &&
    indentOf(lines[end] ?? "").length <= depth
  )
    while (end < lines.length && (lines[end] ?? "").trim() !== "") end++;
  for (let at = head + 1; at < lines.length; at++) {
    const scan = scanned[at];
    if (!scan || scan.kind === "blank") continue;
    const isFree = !scan.inside && scan.depth === 0;
    const deeper = indentOf(lines[at] ?? "").length > depth;
    if (isFree && !deeper) {
      if (scan.kind === "code") break;
      continue;
    }
    end = at + 1;
  }
  return end;
}

function endByBrace(
  scanned: readonly ScannedLine[],
  head: number,
  needsBody: boolean,
): number | undefined {
  let braces = 0;
  let brackets = 0;
  let opened = false;
  for (let at = head; at < scanned.length; at++) {
    const mask = scanned[at]?.mask ?? "";
    for (let column = 0; column < mask.length; column++) {
      const char = mask[column];
      if (char === "(" || char === "[") brackets++;
      else if (char === ")" || char === "]") brackets--;
      else if (char === "{") {
        if (brackets <= 0) opened = true;
        braces++;
      } else if (char === "}") {
        braces--;
        if (braces < 0) return opened || !needsBody ? at : undefined;
        if (opened && braces === 0 && brackets <= 0) return at + 1;
      } else if (char === ";" && braces === 0 && brackets <= 0)
        return needsBody ? undefined : at + 1;
      else if (
        char === "=" &&
        needsBody &&
        !opened &&
        braces === 0 &&
        brackets <= 0 &&
        mask[column + 1] !== ">"
      )
        return undefined;
    }
    // What calls something has no body below it.
    if (needsBody && !opened && at - head > 12) return undefined;
  }
  return needsBody && !opened ? undefined : scanned.length;
}

/** What begins a body, or a type, behind the parameters; other languages than scripts have words there. */
const scriptBody = /^[{:]/;
const bodyOrWord = /^(?:[{:]|->|[A-Za-z_])/;
/** On the next line any word may begin another statement. */
const bodyBelow =
  /^(?:[{:]|->|(?:const|final|mutable|noexcept|override|requires|rethrows|throws|try|volatile|where)\b)/;

/** Whether what follows the parameters can only be a body: a call goes on otherwise, or is followed by a block that is not its own. */
function hasOwnBody(scanned: readonly ScannedLine[], head: number, facts: LanguageFacts): boolean {
  let depth = 0;
  for (let at = head; at < scanned.length; at++) {
    const mask = scanned[at]?.mask ?? "";
    for (let column = 0; column < mask.length; column++) {
      if ("([".includes(mask[column] ?? "")) depth++;
      else if (")]".includes(mask[column] ?? "")) depth--;
      else continue;
      if (depth > 0 || mask[column] !== ")") continue;
      const rest = mask.slice(column + 1).trim();
      if (rest !== "") return (facts.regexLiterals ? scriptBody : bodyOrWord).test(rest);
      let below = at + 1;
      while (below < scanned.length && scanned[below]?.kind !== "code") below++;
      return (facts.regexLiterals ? scriptBody : bodyBelow).test(scanned[below]?.mask.trim() ?? "");
    }
  }
  return false;
}

/** The line behind `const double = (n) => 2 * n`, where no semicolon ends it. */
function endOfExpression(scanned: readonly ScannedLine[], head: number): number | undefined {
  const mask = (scanned[head]?.mask ?? "").trimEnd();
  if (!/=>/.test(mask) || /[{([,=>?:&|+*.-]$/.test(mask) || /=>\s*\{/.test(mask)) return undefined;
  let at = head + 1;
  while (at < scanned.length && scanned[at]?.kind !== "code") at++;
  const next = scanned[at];
  if (!next) return head + 1;
  const isDeeper = next.mask.search(/\S/) > mask.search(/\S/);
  return next.depth > (scanned[head]?.depth ?? 0) || isDeeper || /^\s*[.?:&|{+]/.test(next.mask)
    ? undefined
    : head + 1;
}

/** Whether what opens a declaration that goes on to the last line is closed there. */
function isEnded(
  lines: readonly string[],
  scanned: readonly ScannedLine[],
  head: number,
  facts: LanguageFacts,
): boolean {
  switch (facts.blocks) {
    case "brace":
      return isClosed(scanned, head, lines.length);
    case "end":
      return /^\s*end\b/.test(lines.at(-1) ?? "") || /\bend\b/.test(scanned[head]?.mask ?? "");
    case "indent":
    case "none":
      return true;
    default: {
      const never: never = facts.blocks;
      return never;
    }
  }
}

function isClosed(scanned: readonly ScannedLine[], start: number, end: number): boolean {
  let braces = 0;
  for (let at = start; at < end; at++) {
    for (const char of scanned[at]?.mask ?? "") {
      if (char === "{") braces++;
      else if (char === "}") braces--;
    }
  }
  return braces <= 0;
}

function endByWord(
  lines: readonly string[],
  scanned: readonly ScannedLine[],
  head: number,
): number | undefined {
  const depth = indentOf(lines[head] ?? "").length;
  for (let at = head + 1; at < lines.length; at++) {
    if (scanned[at]?.kind === "code" && indentOf(lines[at] ?? "").length <= depth)
      return /^\s*end\b/.test(lines[at] ?? "") ? at + 1 : undefined;
  }
  return lines.length;
}

function withContainers(found: readonly Declaration[]): Declaration[] {
  const open: Declaration[] = [];
  return found.map((declaration) => {
    while (open.length > 0 && (open[open.length - 1]?.end ?? 0) <= declaration.head) open.pop();
    const container = open.findLast((outer) => outer.kind === "type");
    open.push(declaration);
    return container ? { ...declaration, container: container.name } : declaration;
  });
}
