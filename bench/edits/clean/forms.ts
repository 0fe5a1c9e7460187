import type { Seeded } from "../../../test/core/edit/support/seeded";
import { type Change, type ChangeKind, docOf, type Hunk } from "./changes";
import { indentOf, type ReadFile, type Unit } from "./units";

/** A change with the file as it becomes. */
export interface ChangedFile {
  readonly read: ReadFile;
  readonly unit: Unit | undefined;
  readonly change: Change;
  readonly lines: readonly string[];
}

export interface Form {
  readonly name: string;
  readonly changes: readonly ChangeKind[];
  /** The change is in a function (or class) that the answer gives. */
  readonly needsUnit: boolean;
  /** Undefined where the answer cannot be written in this form. */
  readonly write: (changed: ChangedFile, random: Seeded) => string | undefined;
}

export function applied(lines: readonly string[], hunks: readonly Hunk[]): string[] {
  const out: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    out.push(...lines.slice(at, hunk.start), ...hunk.lines);
    at = hunk.end;
  }
  return [...out, ...lines.slice(at)];
}

/** Where a line of the old file stands in the new one; for the end of a range `isEnd` counts what is put in there. */
export function moved(hunks: readonly Hunk[], line: number, isEnd = false): number {
  let shift = 0;
  for (const hunk of hunks) {
    if (hunk.end < line || (hunk.end === line && (isEnd || hunk.start < hunk.end || hunk.start < line)))
      shift += hunk.lines.length - (hunk.end - hunk.start);
  }
  return line + shift;
}

const inFunction: readonly ChangeKind[] = ["token", "line more", "line less", "comment", "parameter", "rename", "guard", "wrap"];
const withDoc: readonly ChangeKind[] = [...inFunction, "doc line", "doc new for old", "doc added"];
const anyChange: readonly ChangeKind[] = [...withDoc, "import", "declaration", "method"];

const before = [
  "There is a mistake in this code. Here is the corrected version:",
  "I found the bug. The fixed code:",
  "Here is the updated code:",
  "Sure! Below is the code with the change.",
  "",
];
const after = ["I changed one thing only; the rest is as it was.", "The change makes the behaviour match the description.", "Fixed.", ""];

function answer(random: Seeded, ...blocks: readonly string[]): string {
  return [random.pick(before), ...blocks, random.pick(after)].filter((part) => part !== "").join("\n\n");
}

/** A fence that the text cannot close by itself. */
export function fenced(lines: readonly string[], tag: string, shortest = 3): string {
  const longest = Math.max(shortest - 1, ...lines.map((line) => /^\s*(`{3,})/.exec(line)?.[1]?.length ?? 0));
  const fence = "`".repeat(Math.max(shortest, longest + 1));
  return `${fence}${tag}\n${lines.join("\n")}\n${fence}`;
}

function tagOf({ read }: ChangedFile): string {
  return read.file.facts.fences[0] ?? "";
}

/** The unit as it becomes, from its comment or from its head. */
function unitLines({ change, unit, lines }: ChangedFile, from: "doc" | "head"): string[] | undefined {
  if (unit === undefined) return undefined;
  const inside = change.hunks.every((hunk) => hunk.start >= unit.docStart && hunk.end <= unit.end);
  if (!inside) return undefined;
  const start = from === "doc" ? unit.docStart : unit.headStart;
  if (
    from === "head" &&
    change.hunks.some((hunk) => hunk.start < unit.headStart || (hunk.start === unit.headStart && hunk.end === hunk.start))
  )
    return undefined;
  const isInserted = change.hunks.some((hunk) => hunk.start === start && hunk.end === start);
  return lines.slice(isInserted ? start : moved(change.hunks, start), moved(change.hunks, unit.end, true));
}

function payload(changed: ChangedFile): readonly string[] | undefined {
  return changed.unit === undefined ? wholeFile(changed) : unitLines(changed, "doc");
}

/** Nobody writes out a long file again. */
function wholeFile({ lines }: ChangedFile, most = 400): readonly string[] | undefined {
  return lines.length <= most ? lines : undefined;
}

function linesAround({ read, change, lines }: ChangedFile, hunk: Hunk, context: number): { old: string[]; fresh: string[]; start: number } {
  let start = Math.max(0, hunk.start - context);
  let end = Math.min(read.file.lines.length, hunk.end + context);
  while (start < hunk.start && (read.file.lines[start] ?? "").trim() === "") start++;
  while (end > hunk.end && (read.file.lines[end - 1] ?? "").trim() === "") end--;
  const old = read.file.lines.slice(start, end);
  const fresh = [...read.file.lines.slice(start, hunk.start), ...hunk.lines, ...read.file.lines.slice(hunk.end, end)];
  void change;
  void lines;
  return { old, fresh, start };
}

export function timesIn(lines: readonly string[], part: readonly string[]): number {
  let times = 0;
  const key = (line: string | undefined): string => (line ?? "").trim();
  for (let at = 0; at + part.length <= lines.length; at++) {
    if (part.every((line, offset) => key(lines[at + offset]) === key(line))) times++;
  }
  return times;
}

function block(path: string, old: readonly string[], fresh: readonly string[]): string {
  return `${path}\n<<<<<<< SEARCH\n${old.join("\n")}\n=======\n${fresh.length === 0 ? "" : `${fresh.join("\n")}\n`}>>>>>>> REPLACE`;
}

/** A block's lines must not look like its own marks. */
function marks(lines: readonly string[]): boolean {
  return lines.some((line) => /^\s*(?:<{5,}|={5,}|>{5,})/.test(line));
}

function blocks(changed: ChangedFile, context: number): string[] | undefined {
  const out: string[] = [];
  for (const hunk of changed.change.hunks) {
    const { old, fresh } = linesAround(changed, hunk, context);
    if (old.every((line) => line.trim() === "") || timesIn(changed.read.file.lines, old) !== 1 || marks(old) || marks(fresh))
      return undefined;
    out.push(block(changed.read.file.path, old, fresh));
  }
  return out;
}

function diffOf({ read, change }: ChangedFile): string {
  const { path, lines } = read.file;
  const out = [`--- a/${path}`, `+++ b/${path}`];
  let shift = 0;
  const groups: Hunk[][] = [];
  for (const hunk of change.hunks) {
    const last = groups.at(-1);
    if (last && hunk.start - (last.at(-1)?.end ?? 0) <= 6) last.push(hunk);
    else groups.push([hunk]);
  }
  for (const group of groups) {
    const start = Math.max(0, (group[0]?.start ?? 0) - 3);
    const end = Math.min(lines.length, (group.at(-1)?.end ?? 0) + 3);
    const body: string[] = [];
    let at = start;
    let added = 0;
    for (const hunk of group) {
      for (; at < hunk.start; at++) body.push(` ${lines[at]}`);
      for (; at < hunk.end; at++) body.push(`-${lines[at]}`);
      for (const line of hunk.lines) body.push(`+${line}`);
      added += hunk.lines.length - (hunk.end - hunk.start);
    }
    for (; at < end; at++) body.push(` ${lines[at]}`);
    out.push(`@@ -${start + 1},${end - start} +${start + 1 + shift},${end - start + added} @@`, ...body);
    shift += added;
  }
  return out.join("\n");
}

function elision(read: ReadFile, indent: string, random: Seeded): string {
  const mark = read.file.facts.line?.[0] ?? "/*";
  const close = read.file.facts.line === undefined ? " */" : "";
  const words = random.pick(["... existing code ...", "...", "... rest of the code ...", "... (unchanged) ...", "... other methods ..."]);
  return read.file.facts.id === "python" && random.below(6) === 0 ? `${indent}...` : `${indent}${mark} ${words}${close}`;
}

/** A few lines of the change with what stands around them, told apart from the rest of the file by their first and last lines. */
function snippet(changed: ChangedFile, context: number): string[] | undefined {
  const [hunk] = changed.change.hunks;
  const { lines } = changed.read.file;
  if (hunk === undefined || changed.change.hunks.length !== 1 || hunk.lines.length === 0) return undefined;
  const { fresh, start, old } = linesAround(changed, hunk, context);
  const above = lines.slice(start, hunk.start);
  const below = lines.slice(hunk.end, start + old.length);
  if (above.filter((line) => line.trim() !== "").length < 2 || below.filter((line) => line.trim() !== "").length < 2) return undefined;
  if (timesIn(lines, above) !== 1 || timesIn(lines, below) !== 1) return undefined;
  return fresh;
}

function dedented(lines: readonly string[], indent: string): string[] | undefined {
  if (indent === "" || !lines.every((line) => line.trim() === "" || line.startsWith(indent))) return undefined;
  return lines.map((line) => line.slice(Math.min(indent.length, line.length)));
}

const unitForm = (name: string, write: Form["write"], changes: readonly ChangeKind[] = withDoc): Form => ({
  name,
  changes,
  needsUnit: true,
  write,
});

export const forms: readonly Form[] = [
  {
    name: "whole file",
    changes: anyChange,
    needsUnit: false,
    write: (changed, random) => {
      const lines = wholeFile(changed);
      return lines && answer(random, fenced(lines, tagOf(changed)));
    },
  },
  unitForm("function", (changed, random) => {
    const lines = changed.unit?.kind === "function" ? unitLines(changed, "doc") : undefined;
    return lines && answer(random, fenced(lines, tagOf(changed)));
  }),
  unitForm(
    "function without its comment",
    (changed, random) => {
      const { unit } = changed;
      if (unit === undefined || unit.kind !== "function" || unit.docStart === unit.headStart) return undefined;
      const lines = unitLines(changed, "head");
      return lines && answer(random, fenced(lines, tagOf(changed)));
    },
    inFunction,
  ),
  unitForm("class", (changed, random) => {
    const { unit } = changed;
    const parent = unit?.kind === "class" ? unit : unit?.parent;
    if (parent === undefined || parent.end - parent.docStart > 250) return undefined;
    const lines = unitLines({ ...changed, unit: parent }, "doc");
    return lines && answer(random, fenced(lines, tagOf(changed)));
  }),
  unitForm("class with elisions", (changed, random) => {
    const { unit, read, change, lines } = changed;
    const parent = unit?.parent;
    if (unit === undefined || parent === undefined || unit.kind !== "function" || parent.indent === unit.indent) return undefined;
    const own = unitLines(changed, "doc");
    if (own === undefined) return undefined;
    const first = read.file.lines.slice(parent.bodyStart, unit.docStart).every((line) => line.trim() === "");
    const last = read.file.lines.slice(unit.end, parent.bodyEnd).every((line) => line.trim() === "");
    if (first && last) return undefined;
    void change;
    void lines;
    const dots = elision(read, unit.indent, random);
    const gap = random.below(2) === 0 ? [""] : [];
    const whole = [
      ...read.file.lines.slice(parent.headStart, parent.bodyStart),
      ...(first ? [] : [dots, ...gap]),
      ...own,
      ...(last ? [] : [...gap, dots]),
      ...read.file.lines.slice(parent.bodyEnd, parent.end),
    ];
    return answer(random, fenced(whole, tagOf(changed)));
  }),
  unitForm(
    "function with elisions",
    (changed, random) => {
      const { unit, read, change } = changed;
      const [hunk] = change.hunks;
      if (unit === undefined || unit.kind !== "function" || hunk === undefined || change.hunks.length !== 1) return undefined;
      if (hunk.lines.length === 0 || hunk.start < unit.bodyStart + 3 || hunk.end > unit.bodyEnd - 3) return undefined;
      const near = snippet(changed, 2);
      if (near === undefined) return undefined;
      const { start, old } = linesAround(changed, hunk, 2);
      if (start <= unit.bodyStart || start + old.length >= unit.bodyEnd) return undefined;
      const indent = indentOf(read.file.lines[start] ?? "");
      const dots = elision(read, indent, random);
      const whole = [
        ...read.file.lines.slice(unit.headStart, unit.bodyStart),
        dots,
        ...near,
        dots,
        ...read.file.lines.slice(unit.bodyEnd, unit.end),
      ];
      return answer(random, fenced(whole, tagOf(changed)));
    },
    ["token", "line more", "comment", "wrap"],
  ),
  unitForm("function and its neighbours", (changed, random) => {
    const { unit, read } = changed;
    const own = unit?.kind === "function" ? unitLines(changed, "doc") : undefined;
    if (own === undefined || unit === undefined) return undefined;
    const siblings = read.units.filter(
      (one) => one.kind === "function" && one.indent === unit.indent && one.parent === unit.parent && one.outer === unit.outer,
    );
    const at = siblings.indexOf(unit);
    const above = siblings[at - 1];
    const below = siblings[at + 1];
    const parts: string[][] = [];
    if (above !== undefined && above.end - above.docStart < 40 && above.end <= unit.docStart)
      parts.push(read.file.lines.slice(above.docStart, above.end));
    parts.push(own);
    if (below !== undefined && below.end - below.docStart < 40 && below.docStart >= unit.end)
      parts.push(read.file.lines.slice(below.docStart, below.end));
    if (parts.length < 2) return undefined;
    return answer(
      random,
      fenced(
        parts.flatMap((part, index) => (index === 0 ? part : ["", ...part])),
        tagOf(changed),
      ),
    );
  }),
  {
    name: "one block",
    changes: anyChange,
    needsUnit: false,
    write: (changed, random) => {
      if (changed.change.hunks.length !== 1) return undefined;
      const written = blocks(changed, 1 + random.below(3));
      if (written === undefined) return undefined;
      return answer(random, random.below(3) === 0 ? `\`\`\`\n${written[0]}\n\`\`\`` : (written[0] ?? ""));
    },
  },
  {
    name: "several blocks",
    changes: ["import", "rename"],
    needsUnit: true,
    write: (changed, random) => {
      const written = changed.change.hunks.length < 2 ? undefined : blocks(changed, 1 + random.below(2));
      return written && answer(random, ...written);
    },
  },
  {
    name: "diff",
    changes: anyChange,
    needsUnit: false,
    write: (changed, random) => answer(random, fenced(diffOf(changed).split("\n"), "diff")),
  },
  {
    name: "changed lines",
    changes: ["token", "line more", "comment", "parameter", "guard", "wrap", "doc line"],
    needsUnit: false,
    write: (changed, random) => {
      const lines = snippet(changed, 2 + random.below(3));
      return lines && answer(random, fenced(lines, tagOf(changed)));
    },
  },
  unitForm(
    "head and documentation",
    (changed, random) => {
      const { unit, read, change } = changed;
      if (unit === undefined) return undefined;
      const doc = docOf(read, unit);
      const isDocstring = read.file.facts.documented === "docstring";
      const fresh = unitLines(changed, "doc");
      if (fresh === undefined) return undefined;
      const added = change.hunks.reduce((sum, hunk) => sum + hunk.lines.length - (hunk.end - hunk.start), 0);
      const end = (isDocstring ? (doc?.end ?? unit.bodyStart) : unit.bodyStart) + added;
      const start = change.hunks[0]?.start === unit.docStart ? unit.docStart : moved(change.hunks, unit.docStart);
      const lines = changed.lines.slice(start, end);
      if (lines.length === 0) return undefined;
      const [dots, closer] = [elision(read, unit.indent + read.step, random), read.file.lines.slice(unit.bodyEnd, unit.end)];
      return answer(random, fenced(random.below(3) === 0 ? lines : [...lines, dots, ...closer], tagOf(changed)));
    },
    ["doc line", "doc new for old", "doc added"],
  ),
  unitForm(
    "new function alone",
    (changed, random) => {
      const { freedom, neighbour } = changed.change;
      if (freedom?.kind !== "declaration" || neighbour === undefined) return undefined;
      const what = freedom.parent === undefined ? "function" : "method";
      const said = random.pick([`Add this ${what} after \`${neighbour.name}\`:`, `Put the new ${what} right below \`${neighbour.name}\`.`]);
      return `${said}\n\n${fenced(freedom.lines, tagOf(changed))}`;
    },
    ["declaration", "method"],
  ),
  unitForm(
    "class around a new method",
    (changed, random) => {
      const { freedom } = changed.change;
      const { read } = changed;
      if (freedom?.kind !== "declaration" || freedom.parent === undefined) return undefined;
      const { parent } = freedom;
      const dots = elision(read, changed.unit?.indent ?? "", random);
      const head = read.file.lines.slice(parent.headStart, parent.bodyStart);
      return answer(
        random,
        fenced([...head, dots, "", ...freedom.lines, ...read.file.lines.slice(parent.bodyEnd, parent.end)], tagOf(changed)),
      );
    },
    ["method"],
  ),
  unitForm(
    "function with its import on top",
    (changed, random) => {
      const { unit, change, lines } = changed;
      const { freedom } = change;
      const [, use] = change.hunks;
      if (unit === undefined || freedom?.kind !== "import" || use === undefined || changed.read.file.facts.id === "go") return undefined;
      const own = lines.slice(unit.docStart + 1, unit.end + 2);
      return answer(random, fenced([freedom.line, "", ...own], tagOf(changed)));
    },
    ["import"],
  ),
  ...["no tag", "other tag", "odd tag"].map(
    (name): Form => ({
      name: `fence with ${name}`,
      changes: withDoc,
      needsUnit: false,
      write: (changed, random) => {
        const { fences, oddFences = [] } = changed.read.file.facts;
        const tags = name === "no tag" ? [""] : name === "other tag" ? fences.slice(1) : oddFences;
        const lines = payload(changed);
        return lines && tags.length > 0 ? answer(random, fenced(lines, random.pick(tags))) : undefined;
      },
    }),
  ),
  {
    name: "old lines quoted before",
    changes: inFunction,
    needsUnit: false,
    write: (changed, random) => {
      const lines = payload(changed);
      const [hunk] = changed.change.hunks;
      if (lines === undefined || hunk === undefined || hunk.end === hunk.start) return undefined;
      const old = linesAround(changed, hunk, random.below(2)).old;
      const [line = ""] = changed.read.file.lines.slice(hunk.start, hunk.end);
      const quote =
        random.below(2) === 0 || line.includes("`")
          ? `The problem is in these lines:\n\n${fenced(old, tagOf(changed))}`
          : `The line \`${line.trim()}\` is not right.`;
      return `${quote}\n\nThe corrected code:\n\n${fenced(lines, tagOf(changed))}\n\n${random.pick(after)}`.trimEnd();
    },
  },
  unitForm("method at column 0", (changed, random) => {
    const { unit } = changed;
    const own = unit?.kind === "function" ? unitLines(changed, "doc") : undefined;
    const flat = own && dedented(own, unit?.indent ?? "");
    return flat && answer(random, fenced(flat, tagOf(changed)));
  }),
  unitForm("example of use behind", (changed, random) => {
    const { unit, read } = changed;
    const call = read.file.facts.call;
    const own = unit?.kind === "function" ? unitLines(changed, "doc") : undefined;
    if (own === undefined || call === undefined || unit === undefined) return undefined;
    const example = fenced(call(unit.name.split(/[.:#]/).at(-1) ?? "").split("\n"), tagOf(changed));
    const said = random.pick(["For example:", "You can use it like this:", "**Example usage**"]);
    return `${random.pick(before)}\n\n${fenced(own, tagOf(changed))}\n\n${random.pick(after)}\n\n${said}\n\n${example}`.trim();
  }),
  {
    name: "before and after",
    changes: inFunction,
    needsUnit: false,
    write: (changed, random) => {
      const { read, change, unit } = changed;
      const own = unit?.kind === "function" && unit.end - unit.docStart < 40 ? unitLines(changed, "doc") : undefined;
      const [hunk] = change.hunks;
      if (hunk === undefined) return undefined;
      let pair: readonly [readonly string[], readonly string[]];
      if (own !== undefined && unit !== undefined) pair = [read.file.lines.slice(unit.docStart, unit.end), own];
      else {
        const { old, fresh } = linesAround(changed, hunk, 2);
        if (change.hunks.length > 1 || timesIn(read.file.lines, old) !== 1) return undefined;
        pair = [old, fresh];
      }
      const [first, second] = random.pick([
        ["Before:", "After:"],
        ["Old code:", "New code:"],
        ["**Original:**", "**Fixed:**"],
        ["Replace this:", "with this:"],
      ]);
      return `${first}\n\n${fenced(pair[0], tagOf(changed))}\n\n${second}\n\n${fenced(pair[1], tagOf(changed))}`;
    },
  },
];
