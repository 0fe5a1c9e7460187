import type { Seeded } from "../../../test/core/edit/support/seeded";
import {
  applied,
  type ChangedFile,
  fenced,
  payload,
  tagOf,
  unitLines,
  wholeFile,
} from "./changed-file";
import type { ChangeKind } from "./changes";
import {
  dedented,
  elision,
  isWhole,
  linesAround,
  snippet,
  timesIn,
  wholeStatements,
} from "./cut-lines";
import { docOf } from "./documentation";
import { blocks, diffOf } from "./edit-blocks";
import type { Hunk } from "./read-lines";
import { indentOf, type Unit } from "./units";

export interface Form {
  readonly name: string;
  readonly changes: readonly ChangeKind[];
  /** The change is in a function (or class) that the answer gives. */
  readonly needsUnit: boolean;
  /** The answer does not say where exactly a new import or declaration goes. */
  readonly placeIsFree?: boolean;
  /** The file has text in it that looks like an answer's own marks. */
  readonly ownMarks?: boolean;
  /** Undefined where the answer cannot be written in this form. */
  readonly write: (changed: ChangedFile, random: Seeded) => string | undefined;
}

const inFunction: readonly ChangeKind[] = [
  "token",
  "line more",
  "line less",
  "comment",
  "parameter",
  "rename",
  "guard",
  "wrap",
];

const withDoc: readonly ChangeKind[] = [...inFunction, "doc line", "doc new for old", "doc added"];

const small: readonly ChangeKind[] = [
  "token",
  "line more",
  "comment",
  "parameter",
  "guard",
  "wrap",
  "doc line",
];

const anyChange: readonly ChangeKind[] = [...withDoc, "import", "declaration", "method"];

const before = [
  "There is a mistake in this code. Here is the corrected version:",
  "I found the bug. The fixed code:",
  "Here is the updated code:",
  "Sure! Below is the code with the change.",
  "",
];

const after = [
  "I changed one thing only; the rest is as it was.",
  "The change makes the behaviour match the description.",
  "Fixed.",
  "",
];

function answer(random: Seeded, ...blocks: readonly string[]): string {
  return [random.pick(before), ...blocks, random.pick(after)]
    .filter((part) => part !== "")
    .join("\n\n");
}

function unitForm(
  name: string,
  write: Form["write"],
  changes = withDoc,
  more: Partial<Form> = {},
): Form {
  return { name, changes, needsUnit: true, write, ...more };
}

const plainForms: readonly Form[] = [
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
      if (unit === undefined || unit.kind !== "function" || unit.docStart === unit.headStart)
        return undefined;
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
    const { unit, read } = changed;
    const parent = unit?.parent;
    if (
      unit === undefined ||
      parent === undefined ||
      unit.kind !== "function" ||
      parent.indent === unit.indent ||
      unit.outer !== undefined
    )
      return undefined;
    const own = unitLines(changed, "doc");
    if (own === undefined) return undefined;
    const first = read.file.lines
      .slice(parent.bodyStart, unit.docStart)
      .every((line) => line.trim() === "");
    const last = read.file.lines
      .slice(unit.end, parent.bodyEnd)
      .every((line) => line.trim() === "");
    if (first && last) return undefined;
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
      if (
        unit === undefined ||
        unit.kind !== "function" ||
        hunk === undefined ||
        change.hunks.length !== 1
      )
        return undefined;
      const part = wholeStatements(read, unit, hunk);
      if (part === undefined || hunk.lines.length === 0) return undefined;
      const { start, end } = part;
      const { lines } = read.file;
      if (
        timesIn(lines, lines.slice(start, hunk.start)) !== 1 ||
        timesIn(lines, lines.slice(hunk.end, end)) !== 1
      )
        return undefined;
      const near = [
        ...lines.slice(start, hunk.start),
        ...hunk.lines,
        ...lines.slice(hunk.end, end),
      ];
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
      (one) =>
        one.kind === "function" &&
        one.indent === unit.indent &&
        one.parent === unit.parent &&
        one.outer === unit.outer,
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
      return answer(
        random,
        random.below(3) === 0 ? `\`\`\`\n${written[0]}\n\`\`\`` : (written[0] ?? ""),
      );
    },
  },
  {
    name: "several blocks",
    changes: ["import", "rename"],
    needsUnit: true,
    write: (changed, random) => {
      const written =
        changed.change.hunks.length < 2 ? undefined : blocks(changed, 1 + random.below(2));
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
    changes: small,
    needsUnit: false,
    write: (changed, random) => {
      const lines = snippet(changed, 2 + random.below(3));
      return lines && isWhole(changed, lines)
        ? answer(random, fenced(lines, tagOf(changed)))
        : undefined;
    },
  },
  {
    name: "changed lines, cut anywhere",
    changes: small,
    needsUnit: false,
    write: (changed, random) => {
      const lines = snippet(changed, 2 + random.below(3));
      return lines && !isWhole(changed, lines)
        ? answer(random, fenced(lines, tagOf(changed)))
        : undefined;
    },
  },
  unitForm(
    "head and documentation",
    (changed, random) => {
      const { unit, read, change } = changed;
      // A rule of a style sheet has no head that stands for it.
      if (
        unit === undefined ||
        read.file.facts.endings.includes("css") ||
        read.file.facts.endings.includes("scss")
      )
        return undefined;
      const doc = docOf(read, unit);
      const isDocstring = read.file.facts.documented === "docstring";
      const fresh = unitLines(changed, "doc");
      if (fresh === undefined) return undefined;
      const added = change.hunks.reduce(
        (sum, hunk) => sum + hunk.lines.length - (hunk.end - hunk.start),
        0,
      );
      const end = (isDocstring ? (doc?.end ?? unit.bodyStart) : unit.bodyStart) + added;
      const lines = changed.lines.slice(unit.docStart, end);
      if (lines.length === 0) return undefined;
      const [dots, closer] = [
        elision(read, unit.indent + read.step, random),
        read.file.lines.slice(unit.bodyEnd, unit.end),
      ];
      return answer(
        random,
        fenced(random.below(3) === 0 ? lines : [...lines, dots, ...closer], tagOf(changed)),
      );
    },
    ["doc line", "doc new for old", "doc added"],
  ),
  unitForm(
    "new function alone",
    (changed, random) => {
      const { freedom, neighbour } = changed.change;
      if (freedom?.kind !== "declaration" || neighbour === undefined) return undefined;
      const what = freedom.parent === undefined ? "function" : "method";
      const said = random.pick([
        `Add this ${what} after \`${neighbour.name}\`:`,
        `Put the new ${what} right below \`${neighbour.name}\`.`,
      ]);
      return `${said}\n\n${fenced(freedom.lines, tagOf(changed))}`;
    },
    ["declaration", "method"],
    { placeIsFree: true },
  ),
  unitForm(
    "new function beside its neighbour",
    (changed, random) => {
      const { freedom, neighbour } = changed.change;
      if (
        freedom?.kind !== "declaration" ||
        neighbour === undefined ||
        neighbour.end - neighbour.docStart > 60
      )
        return undefined;
      const { lines } = changed.read.file;
      const known = lines.slice(neighbour.docStart, neighbour.end);
      return answer(random, fenced([...known, "", ...freedom.lines], tagOf(changed)));
    },
    ["declaration", "method"],
    { placeIsFree: true },
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
        fenced(
          [
            ...head,
            dots,
            "",
            ...freedom.lines,
            ...read.file.lines.slice(parent.bodyEnd, parent.end),
          ],
          tagOf(changed),
        ),
      );
    },
    ["method"],
    { placeIsFree: true },
  ),
  unitForm(
    "function with its import on top",
    (changed, random) => {
      const { unit, change, lines } = changed;
      const { freedom } = change;
      const [, use] = change.hunks;
      if (
        unit === undefined ||
        freedom?.kind !== "import" ||
        use === undefined ||
        changed.read.file.facts.id === "go"
      )
        return undefined;
      const own = lines.slice(unit.docStart + 1, unit.end + 2);
      return answer(random, fenced([freedom.line, "", ...own], tagOf(changed)));
    },
    ["import"],
    { placeIsFree: true },
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
        return lines && tags.length > 0
          ? answer(random, fenced(lines, random.pick(tags)))
          : undefined;
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
      const own =
        unit?.kind === "function" && unit.end - unit.docStart < 40
          ? unitLines(changed, "doc")
          : undefined;
      const [hunk] = change.hunks;
      if (hunk === undefined) return undefined;
      let pair: readonly [readonly string[], readonly string[]];
      if (own !== undefined && unit !== undefined)
        pair = [read.file.lines.slice(unit.docStart, unit.end), own];
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

export const forms: readonly Form[] = [
  ...plainForms,
  ...[1, 2].map(
    (fences): Form =>
      unitForm(
        fences === 1 ? "two functions in one fence" : "two functions, each in a fence",
        (changed, random) => {
          const { unit, read, change } = changed;
          const { second } = change;
          if (unit === undefined || second === undefined) return undefined;
          const parts = [unit, second]
            .sort((a, b) => a.docStart - b.docStart)
            .map((one) =>
              unitLines(
                {
                  ...changed,
                  change: { ...change, hunks: hunksIn(change.hunks, one) },
                  unit: one,
                  lines: applied(read.file.lines, hunksIn(change.hunks, one)),
                },
                "doc",
              ),
            );
          const [first, next] = parts;
          if (first === undefined || next === undefined) return undefined;
          if (fences === 1) return answer(random, fenced([...first, "", ...next], tagOf(changed)));
          const said = random.pick([
            "And the other function:",
            `Then \`${second.name}\`:`,
            "The second one:",
          ]);
          return answer(random, fenced(first, tagOf(changed)), said, fenced(next, tagOf(changed)));
        },
        ["two functions"],
      ),
  ),
  {
    name: "whole file in a short fence",
    changes: anyChange,
    needsUnit: false,
    write: (changed, random) => {
      const lines = wholeFile(changed);
      if (!lines?.some((line) => /^ {0,3}```/.test(line))) return undefined;
      return answer(random, `\`\`\`${tagOf(changed)}\n${lines.join("\n")}\n\`\`\``);
    },
  },
  ...[
    "whole file",
    "function",
    "class with elisions",
    "one block",
    "diff",
    "old lines quoted before",
  ].map((name): Form => {
    const plain = plainForms.find((form) => form.name === name);
    return {
      ...(plain ?? unitForm(name, () => undefined)),
      name: `own marks, ${name}`,
      ownMarks: true,
    };
  }),
];

function hunksIn(hunks: readonly Hunk[], unit: Unit): Hunk[] {
  return hunks.filter((hunk) => hunk.start >= unit.docStart && hunk.end <= unit.end);
}
