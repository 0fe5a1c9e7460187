import type { Seeded } from "../../../test/core/edit/support/seeded";
import { indentOf, type ReadFile, type Unit } from "./units";

/** Lines `[start, end)` of the file become others. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** What may be elsewhere than the truth has it and is still right. */
export type Freedom =
  | { readonly kind: "import"; readonly line: string }
  | { readonly kind: "declaration"; readonly lines: readonly string[]; readonly parent?: Unit };

/** One change of known truth. Hunks are in order and do not touch. */
export interface Change {
  readonly kind: ChangeKind;
  readonly hunks: readonly Hunk[];
  readonly freedom?: Freedom;
  /** A declaration that is named in the answer as the neighbour of a new one. */
  readonly neighbour?: Unit;
}

export type ChangeKind =
  | "token"
  | "line more"
  | "line less"
  | "comment"
  | "doc line"
  | "doc new for old"
  | "doc added"
  | "parameter"
  | "rename"
  | "guard"
  | "wrap"
  | "import"
  | "declaration"
  | "method";

type Make = (read: ReadFile, unit: Unit | undefined, random: Seeded) => Omit<Change, "kind"> | undefined;

/** Undefined where the change is not possible there. */
export function change(kind: ChangeKind, read: ReadFile, unit: Unit | undefined, random: Seeded): Change | undefined {
  const made = makers[kind](read, unit, random);
  if (made === undefined) return undefined;
  const { lines } = read.file;
  // A change that changes nothing is none.
  const isOne = made.hunks.some((hunk) => hunk.lines.join("\n") !== lines.slice(hunk.start, hunk.end).join("\n"));
  return isOne ? { kind, ...made } : undefined;
}

const makers: Readonly<Record<ChangeKind, Make>> = {
  token(read, unit, random) {
    const line = pickLine(read, unit, random, (at) => kindOf(read, at) === 0 && wordy(read.file.lines[at] ?? ""));
    if (line === undefined) return undefined;
    const fresh = tokenChanged(read, line, random);
    return fresh === undefined ? undefined : one(line, line + 1, [fresh]);
  },
  "line more"(read, unit, random) {
    const { facts, lines } = read.file;
    const fresh = facts.statements;
    if (fresh === undefined) return dataLineMore(read, random);
    const line = pickLine(read, unit, random, (at) => isStatement(read, at) && unit !== undefined && !leaves(read, at));
    if (line === undefined) return undefined;
    const text = random.pick(fresh)(10 + random.below(900));
    return one(line + 1, line + 1, [indentOf(lines[line] ?? "") + text]);
  },
  "line less"(read, unit, random) {
    if (read.file.facts.units === "none") return dataLineLess(read, random);
    const line = pickLine(read, unit, random, (at) => isStatement(read, at) && unit !== undefined && hasSibling(read, at));
    return line === undefined ? undefined : one(line, line + 1, []);
  },
  comment(read, unit, random) {
    const from = unit === undefined ? 0 : unit.bodyStart;
    const to = unit === undefined ? read.file.lines.length : unit.bodyEnd;
    const spots = range(from, to).filter((at) => kindOf(read, at) === 1 && wordy(read.file.lines[at] ?? ""));
    if (spots.length === 0) return undefined;
    const line = random.pick(spots);
    const fresh = wordChanged(read.file.lines[line] ?? "", random);
    return fresh === undefined ? undefined : one(line, line + 1, [fresh]);
  },
  "doc line"(read, unit, random) {
    const doc = unit && docOf(read, unit);
    if (doc === undefined) return undefined;
    const spots = range(doc.start, doc.end).filter((at) => wordy(read.file.lines[at] ?? ""));
    if (spots.length === 0) return undefined;
    const line = random.pick(spots);
    const fresh = wordChanged(read.file.lines[line] ?? "", random);
    return fresh === undefined ? undefined : one(line, line + 1, [fresh]);
  },
  "doc new for old"(read, unit, random) {
    const doc = unit && docOf(read, unit);
    if (doc === undefined || unit === undefined) return undefined;
    const lines = newDoc(read, unit, random, doc);
    return lines === undefined ? undefined : one(doc.start, doc.end, lines);
  },
  "doc added"(read, unit, random) {
    if (unit === undefined || docOf(read, unit) !== undefined) return undefined;
    const { documented } = read.file.facts;
    const above = (read.file.lines[unit.headStart - 1] ?? "").trim();
    if (documented !== "docstring" && kindOf(read, unit.headStart - 1) === 1 && above !== "") return undefined;
    const lines = newDoc(read, unit, random, undefined);
    if (lines === undefined) return undefined;
    const at = documented === "docstring" ? unit.bodyStart : unit.headStart;
    return one(at, at, lines);
  },
  parameter(read, unit, random) {
    const param = read.file.facts.param;
    if (unit?.params === undefined || unit.kind !== "function" || param === undefined) return undefined;
    const line = read.file.lines[unit.nameLine] ?? "";
    const inside = line.slice(unit.params.open + 1, unit.params.close);
    if (/[,*&.]\s*$|\.\.\.|\*|&\w+\s*$/.test(inside) || inside.trim() === "void" || inside.includes("//")) return undefined;
    const fresh = param(1 + random.below(90));
    const joined = inside.trim() === "" ? fresh : `${inside.trimEnd()}, ${fresh}`;
    return one(unit.nameLine, unit.nameLine + 1, [line.slice(0, unit.params.open + 1) + joined + line.slice(unit.params.close)]);
  },
  rename(read, unit, random) {
    if (unit === undefined || unit.kind !== "function" || read.code === undefined) return undefined;
    const names = localNames(read, unit);
    if (names.length === 0) return undefined;
    const name = random.pick(names);
    const fresh = `${name}${random.pick(["Value", "_now", "2", "Item"])}`;
    if (read.code.some((line) => line.includes(fresh))) return undefined;
    const word = new RegExp(`(?<![\\w$.:'"-])${name.replace(/\$/g, "\\$")}(?![\\w$:'"-])`, "g");
    const changed: [number, string][] = [];
    for (let at = unit.nameLine; at < unit.end; at++) {
      const line = read.file.lines[at] ?? "";
      const code = read.code[at] ?? "";
      let fixed = "";
      let from = 0;
      for (const match of code.matchAll(word)) {
        fixed += line.slice(from, match.index) + fresh;
        from = match.index + name.length;
      }
      if (from > 0) changed.push([at, fixed + line.slice(from)]);
    }
    if (changed.length < 2 || changed.length > 12) return undefined;
    return { hunks: joinedHunks(changed) };
  },
  guard(read, unit, random) {
    const guard = read.file.facts.guard;
    if (unit === undefined || unit.kind !== "function" || guard === undefined) return undefined;
    const doc = docOf(read, unit);
    const at = read.file.facts.documented === "docstring" && doc !== undefined ? doc.end : unit.bodyStart;
    const first = range(at, unit.bodyEnd).find((line) => (read.file.lines[line] ?? "").trim() !== "");
    if (first === undefined || kindOf(read, first) === 2) return undefined;
    const indent = indentOf(read.file.lines[first] ?? "");
    if (!indent.startsWith(unit.indent) || indent.length <= unit.indent.length) return undefined;
    const fresh = guard.map((line) => indent + line.replace(/^\t+/, (tabs) => read.step.repeat(tabs.length)));
    return one(at, at, random.below(3) === 0 ? [...fresh, ""] : fresh);
  },
  wrap(read, unit, random) {
    const wrap = read.file.facts.wrap;
    if (unit === undefined || unit.kind !== "function" || wrap === undefined) return undefined;
    const start = pickLine(read, unit, random, (at) => isStatement(read, at) && !declares(read, at));
    if (start === undefined) return undefined;
    const indent = indentOf(read.file.lines[start] ?? "");
    let end = start + 1;
    const most = 1 + random.below(3);
    while (
      end - start < most &&
      end < unit.bodyEnd &&
      isStatement(read, end) &&
      indentOf(read.file.lines[end] ?? "") === indent &&
      !declares(read, end)
    ) {
      end++;
    }
    const [open, close] = wrap;
    const body = read.file.lines.slice(start, end).map((line) => read.step + line);
    return one(start, end, [
      ...open.split("\n").map((line) => indent + line),
      ...body.map((line) => line),
      ...(close === "" ? [] : [indent + close]),
    ]);
  },
  import(read, unit, random) {
    const imports = read.file.facts.imports;
    if (imports === undefined || unit === undefined || read.code === undefined) return undefined;
    const spots = range(0, Math.min(read.file.lines.length, unit.docStart)).filter(
      (at) => kindOf(read, at) === 0 && imports.line.test(read.file.lines[at] ?? ""),
    );
    const last = spots.at(-1);
    if (last === undefined || spots.length > 60) return undefined;
    const n = 10 + random.below(900);
    const use = pickLine(read, unit, random, (at) => isStatement(read, at) && !leaves(read, at));
    if (use === undefined) return undefined;
    const line = imports.fresh(n);
    return {
      hunks: [
        { start: last + 1, end: last + 1, lines: [line] },
        { start: use + 1, end: use + 1, lines: [indentOf(read.file.lines[use] ?? "") + imports.use(n)] },
      ],
      freedom: { kind: "import", line },
    };
  },
  declaration(read, unit, random) {
    const { fresh } = read.file.facts;
    if (fresh === undefined || unit === undefined || unit.parent !== undefined || unit.outer !== undefined || unit.indent !== "")
      return undefined;
    return newDeclaration(read, unit, fresh(freshName(read, random)), undefined);
  },
  method(read, unit, random) {
    const { freshMethod } = read.file.facts;
    if (freshMethod === undefined || unit?.parent === undefined || unit.kind !== "function") return undefined;
    if (unit.outer !== undefined && unit.outer.headStart > unit.parent.headStart) return undefined;
    return newDeclaration(read, unit, freshMethod(freshName(read, random)), unit.parent);
  },
};

function newDeclaration(read: ReadFile, unit: Unit, fresh: readonly string[], parent: Unit | undefined): Omit<Change, "kind"> {
  const lines = fresh.map((line) => (line === "" ? "" : unit.indent + line.replace(/^\t+/, (tabs) => read.step.repeat(tabs.length))));
  const gap = gapBehind(read, unit);
  const hunk = { start: unit.end, end: unit.end, lines: [...Array.from({ length: gap }, () => ""), ...lines] };
  return { hunks: [hunk], freedom: { kind: "declaration", lines, ...(parent && { parent }) }, neighbour: unit };
}

/** As many empty lines as the file has between declarations, one where it has none to show. */
function gapBehind(read: ReadFile, unit: Unit): number {
  const sibling = read.units.find((one) => one.docStart >= unit.end && one.indent === unit.indent);
  if (sibling === undefined) return unit.indent === "" && read.file.facts.id === "python" ? 2 : 1;
  const between = read.file.lines.slice(unit.end, sibling.docStart);
  return between.length > 0 && between.length < 4 && between.every((line) => line.trim() === "") ? between.length : 1;
}

function freshName(read: ReadFile, random: Seeded): string {
  const n = 10 + random.below(90);
  return read.file.facts.id === "csharp" ? `Compare${n}` : `compare${n}`;
}

/** Where a unit's documentation stands: the docstring, or the comment above. */
export function docOf(read: ReadFile, unit: Unit): { start: number; end: number } | undefined {
  const { lines, facts } = read.file;
  if (facts.documented === undefined) return undefined;
  if (facts.documented !== "docstring") {
    if (unit.docStart >= unit.headStart) return undefined;
    // Attributes between comment and head: the comment alone.
    let end = unit.docStart;
    while (end < unit.headStart && kindOf(read, end) === 1) end++;
    return end === unit.headStart ? { start: unit.docStart, end } : undefined;
  }
  const first = range(unit.bodyStart, unit.bodyEnd).find((at) => (lines[at] ?? "").trim() !== "");
  if (first === undefined || first !== unit.bodyStart) return undefined;
  const quote = /^\s*[rRuU]?("""|''')/.exec(lines[first] ?? "")?.[1];
  if (quote === undefined) return undefined;
  const line = lines[first] ?? "";
  if (line.indexOf(quote, line.indexOf(quote) + 3) >= 0)
    return line.trimEnd().endsWith(quote) ? { start: first, end: first + 1 } : undefined;
  let end = first + 1;
  while (end < unit.bodyEnd && !(lines[end] ?? "").includes(quote)) end++;
  return end < unit.bodyEnd && (lines[end] ?? "").trimEnd().endsWith(quote) ? { start: first, end: end + 1 } : undefined;
}

const sentences = [
  "Works out the value and gives it back.",
  "Handles one more case than its caller needs.",
  "The input is left as it is.",
  "Nothing is kept between two calls.",
  "Raises an error for a value that is not known.",
  "The order of the items does not matter.",
  "Callers should check the result before they use it.",
];

/** Documentation in the manner of the old one where there is one. */
function newDoc(read: ReadFile, unit: Unit, random: Seeded, old: { start: number; end: number } | undefined): string[] | undefined {
  const { lines, facts } = read.file;
  const [first, second, third] = shuffled(sentences, random);
  const text = random.below(3) === 0 ? [first ?? ""] : [first ?? "", "", second ?? "", third ?? ""];
  const head = old === undefined ? "" : (lines[old.start] ?? "");
  switch (facts.documented) {
    case "docstring": {
      const body = range(unit.bodyStart, unit.bodyEnd).find((at) => (lines[at] ?? "").trim() !== "");
      const indent = indentOf(lines[body ?? 0] ?? "");
      if (indent.length <= unit.indent.length) return undefined;
      const quote = /^\s*[rRuU]?("""|''')/.exec(head)?.[1] ?? '"""';
      if (text.length === 1) return [`${indent}${quote}${text[0]}${quote}`];
      return [`${indent}${quote}${text[0]}`, ...text.slice(1).map((line) => (line === "" ? "" : indent + line)), indent + quote];
    }
    case "block": {
      if (old !== undefined && !/^\s*\/\*/.test(head)) {
        const prefix = /^\s*(\/\/+!?)/.exec(head)?.[1];
        return prefix === undefined ? undefined : text.map((line) => `${unit.indent}${prefix} ${line}`.trimEnd());
      }
      const open = /^\s*(\/\*+!?)/.exec(head)?.[1] ?? "/**";
      if (text.length === 1 && random.below(2) === 0) return [`${unit.indent}${open} ${text[0]} */`];
      return [`${unit.indent}${open}`, ...text.map((line) => `${unit.indent} * ${line}`.trimEnd()), `${unit.indent} */`];
    }
    case "lines": {
      const prefix = (/^\s*(\/\/[/!]?|#+|---?)/.exec(head)?.[1] ?? facts.docPrefix) || "//";
      if (old !== undefined && !/^\s*(?:\/\/|#|--(?!\[\[))/.test(head)) return undefined;
      return text.map((line) => `${unit.indent}${prefix} ${line}`.trimEnd());
    }
    default:
      return undefined;
  }
}

function shuffled<T>(items: readonly T[], random: Seeded): T[] {
  return items
    .map((item) => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function one(start: number, end: number, lines: readonly string[]): Omit<Change, "kind"> {
  return { hunks: [{ start, end, lines }] };
}

function joinedHunks(changed: readonly (readonly [number, string])[]): Hunk[] {
  const hunks: { start: number; end: number; lines: string[] }[] = [];
  for (const [at, line] of changed) {
    const last = hunks.at(-1);
    if (last?.end === at) {
      last.end++;
      last.lines.push(line);
    } else hunks.push({ start: at, end: at + 1, lines: [line] });
  }
  return hunks;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
}

function kindOf(read: ReadFile, at: number): number {
  return read.mask?.lineKinds[at] ?? 0;
}

function wordy(line: string): boolean {
  return line.replace(/[^A-Za-z]/g, "").length >= 3;
}

function pickLine(read: ReadFile, unit: Unit | undefined, random: Seeded, fits: (at: number) => boolean): number | undefined {
  const from = unit === undefined ? 0 : unit.headStart;
  const to = unit === undefined ? read.file.lines.length : unit.end;
  const spots = range(from, to).filter(fits);
  return spots.length === 0 ? undefined : random.pick(spots);
}

/** A whole simple statement on a line of its own, in the body of a function, that stands and falls alone. */
export function isStatement(read: ReadFile, at: number): boolean {
  const { code } = read;
  const { facts } = read.file;
  if (code === undefined || kindOf(read, at) !== 0 || kindOf(read, at + 1) === 2) return false;
  if (!isInBody(read, at)) return false;
  const line = (code[at] ?? "").trim();
  if (line === "" || !balanced(line) || depthAt(read, at) > 0) return false;
  const before = codeBefore(read, at);
  const after = codeAfter(read, at);
  if (/^[.?:)\]}&|+*/-]/.test(after) && !/^[}\])]/.test(after)) return false;
  if (facts.id === "css" || facts.id === "scss") return /^[\w-]+\s*:[^{]*;$/.test(line);
  if (facts.semicolons === true) {
    if (
      !/^[^;{}]*;$/.test(line) ||
      /^(?:else|case|default|break|continue|return|throw|goto|if|for|while|do|public|private|protected|using|typedef|struct|#)/.test(line)
    )
      return false;
    if (/^(?:\)|\.|\?|:|,|&&|\|\||\+|-)/.test(line)) return false;
    return /[;{}]$/.test(before) || (/^(?:case\b.*|default):$/.test(before) && false);
  }
  if (
    !/^(?:(?:let|var|val|local|const|my)\s+)?[\w.$@:>[\]"'-]+(?:\s*:\s*[\w<>?.[\]]+)?\s*(?::=|[+|-]?=)\s*[^=\s].*$|^[\w.:@!]+\(.*\)$/.test(
      line,
    )
  )
    return false;
  if (
    /^(?:if|elif|for|while|return|def|class|with|end|else|case|when|fun|func|guard|switch|raise|throw|yield|await|not|and|or|local function|then|do|sub|unless|super|self\.init)\b/.test(
      line,
    )
  )
    return false;
  if (/[\\,({[=+|&<*/-]$|\b(?:and|or|not|in|then|do|function\s*\(.*\)|else)$/.test(line) || /\bfunction\b|=>|->|\{/.test(line))
    return false;
  return !/[\\,([=+|&.*/-]$|\b(?:and|or|not|else)$|^@/.test(before);
}

function isInBody(read: ReadFile, at: number): boolean {
  return read.units.some((unit) => unit.kind === "function" && at >= unit.bodyStart && at < unit.bodyEnd);
}

function codeBefore(read: ReadFile, at: number): string {
  for (let line = at - 1; line >= 0; line--) {
    const text = (read.code?.[line] ?? "").trim();
    if (text !== "") return text;
  }
  return "";
}

function codeAfter(read: ReadFile, at: number): string {
  for (let line = at + 1; line < (read.code?.length ?? 0); line++) {
    const text = (read.code?.[line] ?? "").trim();
    if (text !== "") return text;
  }
  return "";
}

function balanced(line: string): boolean {
  let depth = 0;
  for (const char of line) {
    if ("([{".includes(char)) depth++;
    if (")]}".includes(char) && --depth < 0) return false;
  }
  return depth === 0;
}

/** Open round and square brackets at a line's start, counted from the function's body. */
function depthAt(read: ReadFile, at: number): number {
  const unit = read.units.findLast((one) => one.kind === "function" && at >= one.bodyStart && at < one.bodyEnd);
  let depth = 0;
  for (let line = unit?.bodyStart ?? 0; line < at; line++) {
    for (const char of read.code?.[line] ?? "") {
      if (char === "(" || char === "[") depth++;
      if (char === ")" || char === "]") depth--;
    }
  }
  return depth;
}

/** Nothing that follows such a line in its block is ever run. */
function leaves(read: ReadFile, at: number): boolean {
  return /^(?:return|throw|raise|break|continue|goto|exit|die)\b/.test((read.code?.[at] ?? "").trim());
}

function declares(read: ReadFile, at: number): boolean {
  return /^(?:const|let|var|val|local|my|auto|int|final|static|[\w<>]+\s+\w+\s*=)|:=/.test((read.code?.[at] ?? "").trim());
}

/** Whether another statement of the same block stays when this one goes. */
function hasSibling(read: ReadFile, at: number): boolean {
  const indent = indentOf(read.file.lines[at] ?? "");
  return [at - 1, at + 1].some((other) => isStatement(read, other) && indentOf(read.file.lines[other] ?? "") === indent);
}

function localNames(read: ReadFile, unit: Unit): string[] {
  const names = new Set<string>();
  for (let at = unit.bodyStart; at < unit.bodyEnd; at++) {
    const match = /^\s*(?:const|let|var|val|local|my|auto|int|final \w+)?\s*(\$?[a-z_]\w{2,})\s*(?::=|=(?!=))/.exec(read.code?.[at] ?? "");
    if (match?.[1] !== undefined && !/^(?:self|this|return|const|let|var|val|local)$/.test(match[1])) names.add(match[1]);
  }
  return [...names].sort();
}

const flips: Readonly<Record<string, string>> = {
  "===": "!==",
  "!==": "===",
  "==": "!=",
  "!=": "==",
  "<=": "<",
  ">=": ">",
  "&&": "||",
  "||": "&&",
  true: "false",
  false: "true",
  True: "False",
  False: "True",
  min: "max",
  max: "min",
};

function tokenChanged(read: ReadFile, at: number, random: Seeded): string | undefined {
  const line = read.file.lines[at] ?? "";
  const code = read.code?.[at] ?? line;
  const spots: { start: number; end: number; text: string }[] = [];
  for (const match of code.matchAll(/===|!==|==|!=|<=|>=|&&|\|\||\b(?:true|false|True|False|min|max)\b/g)) {
    const flipped = flips[match[0]];
    if (flipped !== undefined) spots.push({ start: match.index, end: match.index + match[0].length, text: flipped });
  }
  for (const match of code.matchAll(/(?<![\w.#])\d+(?![\w.])/g)) {
    spots.push({ start: match.index, end: match.index + match[0].length, text: String(Number(match[0]) + 1 + random.below(3)) });
  }
  for (const match of code.matchAll(/(?<![\w$#&@-])[A-Za-z_][\w]{3,}/g)) {
    if (keyword.test(match[0])) continue;
    spots.push({ start: match.index, end: match.index + match[0].length, text: `${match[0]}${random.pick(["2", "Value", "_new", "s"])}` });
  }
  // Words in strings are data, and a fix often changes them.
  for (const match of line.matchAll(/(?<=["'` >])[a-z]{4,}(?=["'` <])/g)) {
    if ((code[match.index] ?? "") === "\u00b7" || read.file.facts.units === "none") {
      spots.push({ start: match.index, end: match.index + match[0].length, text: random.pick(["other", "changed", `${match[0]}s`]) });
    }
  }
  if (spots.length === 0) return undefined;
  const spot = random.pick(spots);
  return line.slice(0, spot.start) + spot.text + line.slice(spot.end);
}

const keyword =
  /^(?:function|return|const|else|elif|class|struct|static|public|private|protected|void|this|self|while|switch|case|break|continue|import|from|export|default|extends|implements|interface|package|using|namespace|template|typename|async|await|yield|throw|throws|raise|catch|finally|except|with|lambda|pass|None|null|true|false|True|False|undefined|typeof|instanceof|super|begin|then|elsif|unless|until|local|foreach|echo|match|impl|trait|enum|type|func|defer|range|chan|select|override|open|final|abstract|internal|companion|object|data|sealed|require|module|include|define|ifdef|ifndef|endif|pragma|where|mutating|protocol|extension|guard|init|deinit|inout|int|char|long|short|float|double|bool|boolean|unsigned|signed|string|auto|var|let|val|fun|def|end|not|and|shift|goto|when|unsafe|crate|move|static_assert|sizeof|typedef|volatile|inline|extern|register|union|explicit|friend|virtual|operator|delete|noexcept|constexpr|decltype)$/;

function wordChanged(line: string, random: Seeded): string | undefined {
  const words = [...line.matchAll(/(?<![\w@\\{<./:`"'-])[a-z]{3,}(?![\w}>:/(`"'-])/g)];
  if (words.length === 0) return undefined;
  const word = random.pick(words);
  const fresh = random.pick(["really", "certain", "usual", "former", "newest", `${word[0]} always`]);
  return fresh === word[0] ? undefined : line.slice(0, word.index) + fresh + line.slice(word.index + word[0].length);
}

/** One more entry, in the manner of the one above it. */
function dataLineMore(read: ReadFile, random: Seeded): Omit<Change, "kind"> | undefined {
  const line = pickLine(read, undefined, random, (at) => isEntry(read, at));
  if (line === undefined) return undefined;
  const text = read.file.lines[line] ?? "";
  const fresh = renamedEntry(text, random.below(90) + 10);
  return fresh === undefined ? undefined : one(line + 1, line + 1, [fresh]);
}

function dataLineLess(read: ReadFile, random: Seeded): Omit<Change, "kind"> | undefined {
  const line = pickLine(read, undefined, random, (at) => isEntry(read, at) && isEntry(read, at + 1));
  return line === undefined ? undefined : one(line, line + 1, []);
}

const entries: Readonly<Record<string, RegExp>> = {
  json: /^\s*"[^"]+":\s*(?:"[^"]*"|[\d.]+|true|false|null),$/,
  jsonc: /^\s*"[^"]+":\s*(?:"[^"]*"|[\d.]+|true|false|null),$/,
  yaml: /^\s*(?:- )?[\w-]+:\s*[^|>&*\s{["'][^#]*$/,
  toml: /^[\w-]+\s*=\s*["\w\d].*$/,
  xml: /^\s*<([\w:.-]+)(?:\s[^<>]*)?>[^<>]*<\/\1>$|^\s*<[\w:.-]+(?:\s[^<>]*)?\/>$/,
  html: /^\s*<([\w-]+)(?:\s[^<>]*)?>[^<>]+<\/\1>$/,
  vue: /^\s*<([\w-]+)(?:\s[^<>]*)?>[^<>]+<\/\1>$|^\s*[\w.]+\(.*\);?$/,
  svelte: /^\s*<([\w-]+)(?:\s[^<>]*)?>[^<>]+<\/\1>$|^\s*[\w.]+\(.*\);?$/,
  markdown: /^\s*[-*] \S.{5,}[\w.)]$/,
  sql: /^\s*\w+\s+(?:integer|text|varchar|int|bigint|timestamp)\b.*,$/i,
  haskell: /^import\s+(?:qualified\s+)?[\w.]+$/,
  makefile: /^[A-Z_]+\s*[:+]?=\s*\S.*[^\\]$/,
  dockerfile: /^(?:ENV|COPY|ADD|RUN|EXPOSE)\s+.*[^\\]$/,
};

function isEntry(read: ReadFile, at: number): boolean {
  const pattern = entries[read.file.facts.id];
  return pattern !== undefined && kindOf(read, at) === 0 && pattern.test(read.file.lines[at] ?? "");
}

function renamedEntry(line: string, n: number): string | undefined {
  const words = [...line.matchAll(/[A-Za-z][A-Za-z_]{2,}/g)];
  const word = words.at(line.trimStart().startsWith("<") ? Math.min(1, words.length - 1) : 0);
  if (word === undefined) return undefined;
  // Of an element the text or an attribute changes, never the name of the tag.
  if (line.trimStart().startsWith("<")) {
    const value = /(?<=>)[^<>]+(?=<)|(?<==")[^"]+(?=")/.exec(line);
    if (!value) return undefined;
    return `${line.slice(0, value.index)}${value[0]}${n}${line.slice(value.index + value[0].length)}`;
  }
  return `${line.slice(0, word.index)}${word[0]}${n}${line.slice(word.index + word[0].length)}`;
}
