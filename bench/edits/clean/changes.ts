import type { Seeded } from "../../../test/core/edit/support/seeded";
import { tokenChanged, wordChanged, wordy } from "./changed-words";
import { dataLineLess, dataLineMore } from "./data-lines";
import { docOf, newDoc } from "./documentation";
import { type Hunk, joinedHunks, kindOf, pickLine, range } from "./read-lines";
import { declares, hasSibling, isStatement, leaves, localNames } from "./statements";
import { indentOf, type ReadFile, type Unit } from "./units";

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
  /** The second declaration that changes. */
  readonly second?: Unit;
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
  | "method"
  | "two functions";

type Make = (
  read: ReadFile,
  unit: Unit | undefined,
  random: Seeded,
) => Omit<Change, "kind"> | undefined;

/** Undefined where the change is not possible there. */
export function change(
  kind: ChangeKind,
  read: ReadFile,
  unit: Unit | undefined,
  random: Seeded,
): Change | undefined {
  const made = makers[kind](read, unit, random);
  if (made === undefined) return undefined;
  const { lines } = read.file;
  // A change that changes nothing is none.
  const isOne = made.hunks.some(
    (hunk) => hunk.lines.join("\n") !== lines.slice(hunk.start, hunk.end).join("\n"),
  );
  return isOne ? { kind, ...made } : undefined;
}

const makers: Readonly<Record<ChangeKind, Make>> = {
  token(read, unit, random) {
    const line = pickLine(
      read,
      unit,
      random,
      (at) => kindOf(read, at) === 0 && wordy(read.file.lines[at] ?? ""),
    );
    if (line === undefined) return undefined;
    const fresh = tokenChanged(read, line, random);
    return fresh === undefined ? undefined : one(line, line + 1, [fresh]);
  },
  "line more"(read, unit, random) {
    const { facts, lines } = read.file;
    const fresh = facts.statements;
    if (fresh === undefined || unit === undefined) return onlyHunk(dataLineMore(read, random));
    const line = pickLine(read, unit, random, (at) => isStatement(read, at) && !leaves(read, at));
    if (line === undefined) return undefined;
    const text = random.pick(fresh)(10 + random.below(900));
    return one(line + 1, line + 1, [indentOf(lines[line] ?? "") + text]);
  },
  "line less"(read, unit, random) {
    if (unit === undefined) return onlyHunk(dataLineLess(read, random));
    const line = pickLine(
      read,
      unit,
      random,
      (at) => isStatement(read, at) && hasSibling(read, at),
    );
    return line === undefined ? undefined : one(line, line + 1, []);
  },
  comment(read, unit, random) {
    const from = unit === undefined ? 0 : unit.bodyStart;
    const to = unit === undefined ? read.file.lines.length : unit.bodyEnd;
    const spots = range(from, to).filter(
      (at) => kindOf(read, at) === 1 && wordy(read.file.lines[at] ?? ""),
    );
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
    if (documented !== "docstring" && kindOf(read, unit.headStart - 1) === 1 && above !== "")
      return undefined;
    const lines = newDoc(read, unit, random, undefined);
    if (lines === undefined) return undefined;
    const at = documented === "docstring" ? unit.bodyStart : unit.headStart;
    return one(at, at, lines);
  },
  parameter(read, unit, random) {
    const param = read.file.facts.param;
    if (unit?.params === undefined || unit.kind !== "function" || param === undefined)
      return undefined;
    const line = read.file.lines[unit.nameLine] ?? "";
    const inside = line.slice(unit.params.open + 1, unit.params.close);
    if (
      /[,*&.]\s*$|\.\.\.|\*|&\w+\s*$/.test(inside) ||
      inside.trim() === "void" ||
      inside.includes("//")
    )
      return undefined;
    const fresh = param(1 + random.below(90));
    const joined = inside.trim() === "" ? fresh : `${inside.trimEnd()}, ${fresh}`;
    return one(unit.nameLine, unit.nameLine + 1, [
      line.slice(0, unit.params.open + 1) + joined + line.slice(unit.params.close),
    ]);
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
    const at =
      read.file.facts.documented === "docstring" && doc !== undefined ? doc.end : unit.bodyStart;
    const first = range(at, unit.bodyEnd).find(
      (line) => (read.file.lines[line] ?? "").trim() !== "",
    );
    if (first === undefined || kindOf(read, first) === 2) return undefined;
    const indent = indentOf(read.file.lines[first] ?? "");
    if (!indent.startsWith(unit.indent) || indent.length <= unit.indent.length) return undefined;
    const step = indent.slice(unit.indent.length);
    const fresh = guard.map(
      (line) => indent + line.replace(/^\t+/, (tabs) => step.repeat(tabs.length)),
    );
    return one(at, at, random.below(3) === 0 ? [...fresh, ""] : fresh);
  },
  wrap(read, unit, random) {
    const wrap = read.file.facts.wrap;
    if (unit === undefined || unit.kind !== "function" || wrap === undefined) return undefined;
    const start = pickLine(
      read,
      unit,
      random,
      (at) => isStatement(read, at) && !declares(read, at),
    );
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
    const body = read.file.lines.slice(start, end).map((line) => stepIn(read, unit) + line);
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
        {
          start: use + 1,
          end: use + 1,
          lines: [indentOf(read.file.lines[use] ?? "") + imports.use(n)],
        },
      ],
      freedom: { kind: "import", line },
    };
  },
  declaration(read, unit, random) {
    const { fresh } = read.file.facts;
    if (
      fresh === undefined ||
      unit === undefined ||
      unit.parent !== undefined ||
      unit.outer !== undefined ||
      unit.indent !== ""
    )
      return undefined;
    return newDeclaration(read, unit, fresh(freshName(read, random)), undefined);
  },
  method(read, unit, random) {
    const { freshMethod } = read.file.facts;
    if (freshMethod === undefined || unit?.parent === undefined || unit.kind !== "function")
      return undefined;
    if (unit.outer !== undefined && unit.outer.headStart > unit.parent.headStart) return undefined;
    return newDeclaration(read, unit, freshMethod(freshName(read, random)), unit.parent);
  },
  "two functions": inTwo,
};

const mostlySmall: readonly ChangeKind[] = [
  "token",
  "token",
  "line more",
  "guard",
  "comment",
  "doc line",
];

/** A small change in each of two functions that do not hold one another. */
function inTwo(
  read: ReadFile,
  unit: Unit | undefined,
  random: Seeded,
): Omit<Change, "kind"> | undefined {
  if (unit === undefined || unit.kind !== "function") return undefined;
  const others = read.units.filter(
    (other) =>
      other.kind === "function" &&
      other.indent === unit.indent &&
      other.parent === unit.parent &&
      (other.docStart >= unit.end || other.end <= unit.docStart) &&
      other.end - other.docStart < 80 &&
      !read.units.some((third) => third !== other && third.name === other.name),
  );
  if (others.length === 0) return undefined;
  const second = random.pick(others);
  const first = makers[random.pick(mostlySmall)](read, unit, random);
  const next = makers[random.pick(mostlySmall)](read, second, random);
  if (first === undefined || next === undefined) return undefined;
  const hunks = [...first.hunks, ...next.hunks].sort((a, b) => a.start - b.start);
  return { hunks, second };
}

/** One step of indentation as the function itself has it: files of many hands have several. */
function stepIn(read: ReadFile, unit: Unit): string {
  const first =
    read.file.lines.slice(unit.bodyStart, unit.bodyEnd).find((line) => line.trim() !== "") ?? "";
  const indent = indentOf(first);
  return indent.startsWith(unit.indent) && indent.length > unit.indent.length
    ? indent.slice(unit.indent.length)
    : read.step;
}

function newDeclaration(
  read: ReadFile,
  unit: Unit,
  fresh: readonly string[],
  parent: Unit | undefined,
): Omit<Change, "kind"> {
  const lines = fresh.map((line) =>
    line === "" ? "" : unit.indent + line.replace(/^\t+/, (tabs) => read.step.repeat(tabs.length)),
  );
  const gap = gapBehind(read, unit);
  const hunk = {
    start: unit.end,
    end: unit.end,
    lines: [...Array.from({ length: gap }, () => ""), ...lines],
  };
  return {
    hunks: [hunk],
    freedom: { kind: "declaration", lines, ...(parent && { parent }) },
    neighbour: unit,
  };
}

/** As many empty lines as the file has between declarations, one where it has none to show. */
function gapBehind(read: ReadFile, unit: Unit): number {
  const sibling = read.units.find((one) => one.docStart >= unit.end && one.indent === unit.indent);
  if (sibling === undefined) return unit.indent === "" && read.file.facts.id === "python" ? 2 : 1;
  const between = read.file.lines.slice(unit.end, sibling.docStart);
  return between.length > 0 && between.length < 4 && between.every((line) => line.trim() === "")
    ? between.length
    : 1;
}

function freshName(read: ReadFile, random: Seeded): string {
  const n = 10 + random.below(90);
  return read.file.facts.id === "csharp" ? `Compare${n}` : `compare${n}`;
}

function onlyHunk(hunk: Hunk | undefined): Omit<Change, "kind"> | undefined {
  return hunk && { hunks: [hunk] };
}

function one(start: number, end: number, lines: readonly string[]): Omit<Change, "kind"> {
  return { hunks: [{ start, end, lines }] };
}
