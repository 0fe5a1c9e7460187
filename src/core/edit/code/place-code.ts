import type { AnswerEdit } from "../answer/answer-edit";
import { isElision } from "../answer/elision";
import { type Placement, refused, tightOp } from "../locate/placement";
import { type ScannedLine, scanLines } from "../text/scan-lines";
import type { LineOp } from "../text/source-lines";
import { type Adopted, adoptCode } from "./adopt-code";
import { chooseDeclaration } from "./choose-declaration";
import { type Declaration, findDeclarations, outermost } from "./declarations";
import type { EditedFile } from "./edited-file";
import { isImport } from "./import-lines";
import { newDeclarations, newImports } from "./new-code";
import { withoutOutline } from "./outline-lines";
import { placeSnippet } from "./place-snippet";

export type CodeEdit = Extract<AnswerEdit, { kind: "code" }>;

/** `none`: the code is an example or has nothing to do with the file. */
export type CodePlacement = Placement | { readonly kind: "none" };

/** Where code without quotation marks of any kind goes: a whole file, functions or classes by name, or lines between known ones. */
export function placeCode(file: EditedFile, edit: CodeEdit): CodePlacement {
  const lines = trimmed(withoutOutline(file, edit.lines, file.facts));
  if (lines.length === 0) return { kind: "none" };
  const found = findDeclarations(lines, file.facts);
  const tops = outermost(found);
  const whole = placeWhole(file, lines, found, tops, edit.pathIsSure);
  if (whole) return whole;
  if (tops.length === 0) return placeSnippet(file, lines);
  return placeDeclarations(file, lines, found, tops);
}

function trimmed(lines: readonly string[]): readonly string[] {
  let start = 0;
  let end = lines.length;
  while (start < end && (lines[start] ?? "").trim() === "") start++;
  while (end > start && (lines[end - 1] ?? "").trim() === "") end--;
  return lines.slice(start, end);
}

/** The whole file, when the code has every declaration of it and the better part of what stands between them. */
function placeWhole(
  file: EditedFile,
  lines: readonly string[],
  found: readonly Declaration[],
  tops: readonly Declaration[],
  pathIsSure: boolean,
): CodePlacement | undefined {
  const ours = outermost(file.declarations);
  const names = new Set(found.map((declaration) => declaration.name));
  if (file.lines.every((line) => line.trim() === "")) {
    return pathIsSure ? { kind: "placed", ops: [{ start: 0, end: file.lines.length, lines }], match: "exact", notices: [] } : undefined;
  }
  if (ours.some((declaration) => !names.has(declaration.name))) return undefined;
  const loose = looseKeys(file.lines, file.snapshot.scan, ours);
  const theirs = new Set(looseKeys(lines, scanLines(lines, file.facts), tops));
  const covered = loose.filter((key) => theirs.has(key)).length;
  const isScript = ours.length === 0;
  if (isScript ? loose.length < 2 || covered < loose.length * 0.6 : loose.length > 0 ? covered < loose.length * 0.5 : ours.length < 2)
    return undefined;
  const example = trailingExample(file, lines, tops);
  const model = tops.some((one) => one.isOpen) ? [...lines, restUnchanged] : lines.slice(0, example);
  const gone = missingMembers(file, found);
  const adopted = adoptCode({
    file: file.lines,
    model,
    facts: file.facts,
    fileStyle: file.snapshot.style,
    keep: (line) => gone.some((declaration) => line >= declaration.start && line < declaration.end),
    keepMissing: covered < loose.length * 0.9,
  });
  if (adopted.covered < 0.5 && !adopted.elided) {
    return refused("stale", "The answer rewrites most of the file or leaves most of it out, so it cannot be told what it keeps.");
  }
  const op = tightOp(file.lines, { start: 0, end: file.lines.length, lines: adopted.lines });
  const notices = noticesOf(adopted, gone, example < lines.length);
  return { kind: "placed", ops: op ? [op] : [], match: "symbol", notices };
}

function looseKeys(lines: readonly string[], scan: readonly ScannedLine[], declarations: readonly Declaration[]): string[] {
  const keys: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = scan[at];
    if (line?.kind !== "code" || declarations.some((declaration) => at >= declaration.start && at < declaration.end)) continue;
    keys.push(line.key);
  }
  return keys;
}

const exampleLine =
  /^\s*(?:print|console\.|assert|expect|puts|fmt\.Print|println!|System\.out|echo|doctest|unittest|(?:#|\/\/)\s*(?:example|test|usage|output|expected|this|should)|[\w.$]+\(.*\)\s*;?\s*(?:(?:#|\/\/).*)?$|(?:const |let |var )?\w+\s*:?=)/i;

/** Line behind the last that is not an example of use which the model added below the code. */
function trailingExample(file: EditedFile, lines: readonly string[], tops: readonly Declaration[]): number {
  const last = tops[tops.length - 1];
  if (!last) return lines.length;
  const own = new Set(file.lines.map((line) => line.trim()));
  const rest = lines.slice(last.end).filter((line) => line.trim() !== "");
  if (rest.length === 0 || rest.some((line) => own.has(line.trim()) || !exampleLine.test(line))) return lines.length;
  return last.end;
}

/** Declarations of the file that the code does not mention at all: forgotten, not deleted. */
function missingMembers(file: EditedFile, found: readonly Declaration[]): Declaration[] {
  const key = (one: Declaration): string => `${one.kind} ${one.name}`;
  const names = new Set(found.map(key));
  return file.declarations.filter((declaration) => !names.has(key(declaration)));
}

function placeDeclarations(
  file: EditedFile,
  lines: readonly string[],
  found: readonly Declaration[],
  tops: readonly Declaration[],
): CodePlacement {
  const ops: LineOp[] = [];
  const notices: string[] = [];
  const pairs: { theirs: Declaration; ours: Declaration }[] = [];
  const strangers: Declaration[] = [];
  for (const theirs of tops) {
    const choice = chooseDeclaration(file, lines, theirs);
    if (choice.kind === "refused") return choice;
    if (choice.kind === "found" && isMention(file, lines, theirs, choice.declaration)) continue;
    if (choice.kind === "found") {
      pairs.push({ theirs, ours: choice.declaration });
      if (choice.notice) notices.push(choice.notice);
    } else strangers.push(theirs);
  }
  // A class that the file does not have may be wrapped around a method that it has.
  if (pairs.length === 0)
    for (const theirs of found.filter((one) => one.kind === "callable" && !tops.includes(one))) {
      const choice = chooseDeclaration(file, lines, theirs);
      if (choice.kind === "found") pairs.push({ theirs, ours: choice.declaration });
    }
  if (pairs.length === 0) {
    const renamed = findRenamed(file, lines, strangers);
    if (!renamed) return placeSnippetInDeclaration(file, lines);
    if ("kind" in renamed) return renamed;
    pairs.push(renamed);
    strangers.splice(strangers.indexOf(renamed.theirs), 1);
    if (renamed.theirs.name !== renamed.ours.name)
      notices.push(`The answer calls \`${renamed.ours.name}\` \`${renamed.theirs.name}\`; the name in the file stays.`);
  }
  for (const pair of pairs) {
    const placed = placePair(file, lines, found, pair.theirs, pair.ours);
    if (placed.kind === "refused") return placed;
    ops.push(...placed.ops);
    notices.push(...placed.notices);
  }
  if (ops.length > 0) {
    const extra = [...newDeclarations(file, lines, strangers, pairs, ops), ...newImports(file, lines, ops)];
    for (const { op, notice } of extra) {
      ops.push(op);
      notices.push(notice);
    }
    if (hasExamples(file, lines, tops)) notices.push("Lines beside the code, such as an example of its use, were left out.");
  }
  return { kind: "placed", ops: ordered(ops), match: "symbol", notices };
}

/** A head without a body, where the file's has one, says that the declaration is there; it does not empty it. */
function isMention(file: EditedFile, lines: readonly string[], theirs: Declaration, ours: Declaration): boolean {
  const code = (all: readonly string[]): readonly string[] =>
    scanLines(all, file.facts).flatMap((line) => (line.kind === "code" ? [line.mask.trimEnd()] : []));
  const [head = "", ...body] = code(lines.slice(theirs.head, theirs.end));
  return body.length === 0 && !/:\s*\S|\}$/.test(head) && code(file.lines.slice(ours.head, ours.end)).length > 2;
}

function ordered(ops: readonly LineOp[]): LineOp[] {
  return [...ops].sort((a, b) => a.start - b.start || a.end - b.end);
}

function hasExamples(file: EditedFile, lines: readonly string[], tops: readonly Declaration[]): boolean {
  const own = new Set(file.lines.map((line) => line.trim()));
  const scan = scanLines(lines, file.facts);
  return lines.some(
    (line, at) =>
      scan[at]?.kind === "code" &&
      !tops.some((top) => at >= top.start && at < top.end) &&
      !isImport(line) &&
      !own.has(line.trim()) &&
      !isElision(line),
  );
}

/** A class or interface of which less is left is no version of it. */
const leastOfType = 0.4;

function placePair(
  file: EditedFile,
  lines: readonly string[],
  found: readonly Declaration[],
  theirs: Declaration,
  ours: Declaration,
): Placement {
  const own = file.lines.slice(ours.start, ours.end);
  const inside = theirs.kind === "type" ? found.filter((one) => one.head > theirs.head && one.head < theirs.end) : [];
  const names = new Set(inside.map((one) => one.name));
  const gone =
    ours.kind === "type"
      ? file.declarations
          .filter((one) => one.head > ours.head && one.end <= ours.end && !names.has(one.name))
          .filter((one) => one.kind === "callable" || one.end > one.head + 1)
      : [];
  const model = modelLines(lines, theirs, ours);
  const adopted = adoptCode({
    file: own,
    model,
    facts: file.facts,
    fileStyle: file.snapshot.style,
    heads: [ours.head - ours.start, theirs.head - theirs.start],
    // A class that leaves methods out leaves its fields out for the same reason.
    keepMissing: gone.length > 0,
    ...(gone.length > 0
      ? { keep: (line: number) => gone.some((one) => line + ours.start >= one.start && line + ours.start < one.end) }
      : {}),
  });
  const elisionOnly = adopted.elided && adopted.covered < 0.2 && own.length > 6;
  if (elisionOnly) return refused("malformed", `The answer leaves out most of \`${ours.name}\` (\`...\`).`, [ours]);
  if (ours.kind === "type" && !adopted.elided && adopted.covered < leastOfType && adopted.dropped > 2) {
    return refused("stale", `The answer leaves most of \`${ours.name}\` out, so it cannot be told what it keeps.`, [ours]);
  }
  const op = tightOp(file.lines, { start: ours.start, end: ours.end, lines: adopted.lines });
  return { kind: "placed", ops: op ? [op] : [], match: "symbol", notices: op ? noticesOf(adopted, gone, false) : [] };
}

const restUnchanged = "// ... rest of the code unchanged ...";

/** The model's version under the file's name, where the model renamed the declaration. */
function modelLines(lines: readonly string[], theirs: Declaration, ours: Declaration): readonly string[] {
  const shown = lines.slice(theirs.start, theirs.end);
  // The beginning of a declaration says nothing of what follows in the file.
  const own = theirs.isOpen ? [...shown, restUnchanged] : shown;
  if (theirs.name === ours.name) return own;
  const name = new RegExp(`(?<![\\w$])${theirs.name.replace(/[$]/g, "\\$&")}(?![\\w$])`, "g");
  return own.map((line) => line.replace(name, ours.name));
}

function noticesOf(adopted: Adopted, gone: readonly Declaration[], droppedExample: boolean): string[] {
  const notices: string[] = [];
  if (adopted.elided) notices.push("The answer left code out (`...`); that code stays as it is.");
  if (gone.length > 0) {
    const names = gone.slice(0, 4).map((one) => `\`${one.name}\``);
    notices.push(
      `${names.join(", ")}${gone.length > 4 ? " and others" : ""} ${gone.length === 1 ? "is" : "are"} not in the answer and ${gone.length === 1 ? "stays" : "stay"} as in the file.`,
    );
  }
  if (droppedExample) notices.push("Lines below the code, an example of its use, were left out.");
  return notices;
}

/** A function that the model renamed: one in the answer, and exactly one in the file whose text it is. */
function findRenamed(
  file: EditedFile,
  lines: readonly string[],
  strangers: readonly Declaration[],
): { theirs: Declaration; ours: Declaration } | Placement | undefined {
  const callables = strangers.filter((one) => one.kind === "callable");
  const [theirs] = callables;
  if (!theirs || callables.length > 1) return undefined;
  const scored = file.declarations
    .filter((one) => one.kind === "callable" && one.end - one.start <= 400)
    .slice(0, 400)
    .map((ours) => ({ ours, score: likeness(file, modelLines(lines, theirs, ours), ours) }))
    .filter((one) => one.score >= 0.6)
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (!best) return undefined;
  if (second && best.score - second.score < 0.15) {
    return refused("ambiguous", `\`${theirs.name}\` is not in the file, and more than one function resembles it.`, [
      best.ours,
      second.ours,
    ]);
  }
  return { theirs, ours: best.ours };
}

/** How much of a declaration's code the lines have, weighed by both lengths. */
function likeness(file: EditedFile, model: readonly string[], ours: Declaration): number {
  const keys = (lines: readonly string[]): string[] =>
    scanLines(lines, file.facts).flatMap((line) => (line.kind === "code" && /\w/.test(line.key) ? [line.key] : []));
  const own = keys(file.lines.slice(ours.head, ours.end));
  const theirs = new Set(keys(model));
  const shared = own.filter((key) => theirs.has(key)).length;
  return own.length === 0 ? 0 : (2 * shared) / (own.length + theirs.size);
}

function placeSnippetInDeclaration(file: EditedFile, lines: readonly string[]): CodePlacement {
  const placed = placeSnippet(file, lines);
  return placed.kind === "placed" && placed.ops.length === 0 ? placed : { kind: "none" };
}
