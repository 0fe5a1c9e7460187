import { Changes, type Replacement } from "../../../base/text/changes";
import { lineAt } from "../../../base/text/lines";
import { isElision } from "../answer/elision";
import {
  type Placement,
  partWithoutPlace,
  type Refused,
  refused,
  twoVersions,
} from "../locate/placement";
import { depthOf } from "../text/indentation";
import { range, textsOf } from "../text/lines";
import { scanLines } from "../text/scan-lines";
import { thresholds } from "../thresholds";
import { placeBindings } from "./added/bindings";
import { isImport } from "./added/import-lines";
import { isExample, newDeclarations } from "./added/new-declarations";
import { newImports } from "./added/new-imports";
import type { AnsweredCode } from "./answered-code";
import { boundHead } from "./bound-head";
import { type Choice, chooseDeclaration, isUnchanged, sharedBody } from "./choose-declaration";
import { type Declaration, keyOf } from "./declarations";
import type { EditedFile } from "./edited-file";
import { isMention } from "./mention";
import { namedNeighbour } from "./named-neighbour";
import { beginningIn, within } from "./nested-declarations";
import type { DeclarationPair } from "./pair-declarations";
import { placePair } from "./place-pair";
import { exampleLine } from "./place-whole";

/** Each in the place of the file's of its name; what is new beside them. */
export function placeDeclarations(code: AnsweredCode): Placement | { readonly kind: "none" } {
  const { file, lines } = code;
  const known = knownOf(code);
  if (known.kind !== "known") return known;
  const ofPairs: (readonly Replacement[])[] = [];
  const said: (readonly string[])[] = [];
  const notices = [...known.notices];
  for (const pair of known.pairs) {
    const placed = placePair(code, pair);
    if (placed.kind === "refused") return placed;
    ofPairs.push(placed.ops);
    said.push(...(placed.said ?? []));
    notices.push(...placed.notices);
  }
  // Where a sentence has a place for them, the new ones are all that the answer is about.
  const isAskedFor = known.pairs.length === 0;
  const changes = ofPairs.flat();
  const { strangers, beside } = known;
  const fresh = newDeclarations(file, lines, strangers, beside, changes, isAskedFor);
  const written = [...changes, ...fresh.ops].flatMap((op) => op.lines);
  // A name that only unchanged code uses may be all that was missing.
  const imports = newImports(file, lines, [...written, ...said.flat()]);
  const bindings = placeBindings(code, known.pairs, written);
  let all = Changes.none(file.lines.length);
  // The answer may give one name two values.
  const ofBindings = bindings.ops.map((op) => [op]);
  for (const ops of [...ofBindings, fresh.ops, ...ofPairs, imports.ops]) {
    const part = Changes.of(file.lines.length, ops);
    // The answer may give a function within another, and once more by itself.
    if (part.clash(all) === "overlap") return twoVersions(ops);
    all = all.join(part);
  }
  const ops = all.list;
  if (isAskedFor && ops.length === 0) return { kind: "none" };
  const stray = [...strayLines(code), ...changedBeside(code)];
  if (ops.length === 0 && stray.length > 0) return partWithoutPlace;
  said.push(...fresh.said, stray);
  said.push(lines.filter((_, at) => bindings.lines.has(at)));
  notices.push(...fresh.notices, ...imports.notices);
  if (ops.length > 0 && hasExamples(code, bindings.lines))
    notices.push("Lines beside the code, such as an example of its use, were left out.");
  return { kind: "placed", ops, match: "symbol", notices, said };
}

interface Known {
  readonly kind: "known";
  readonly pairs: readonly DeclarationPair[];
  /** The pairs with those that the answer only mentions. */
  readonly beside: readonly DeclarationPair[];
  readonly strangers: readonly Declaration[];
  readonly notices: readonly string[];
}

/** Which of the answer's declarations the file has, by their names. */
function knownOf(code: AnsweredCode): Known | Placement | { readonly kind: "none" } {
  const { file, lines, tops } = code;
  const pairs: DeclarationPair[] = [];
  const heads = new Set<number>();
  const beside: DeclarationPair[] = [];
  const strangers: Declaration[] = [];
  const notices: string[] = [];
  for (const theirs of tops) {
    const choice = outerOf(code, theirs) ?? chooseDeclaration(file, lines, theirs);
    if (choice.kind === "refused") return choice;
    if (choice.kind === "none" || isAround(code, theirs, choice.declaration))
      strangers.push(theirs);
    else {
      const pair = { theirs, ours: choice.declaration };
      if (!choice.isOneOfMany) beside.push(pair);
      if (heads.has(theirs.head) || isMention(file, lines, theirs, choice.declaration)) continue;
      heads.add(theirs.head);
      pairs.push(pair);
      if (choice.notice) notices.push(choice.notice);
    }
  }
  if (pairs.length > 0)
    return strayOf(file, lines, pairs) ?? { kind: "known", pairs, beside, strangers, notices };
  const neighbour = namedNeighbour(file, code.label, strangers);
  if (neighbour) return { kind: "known", pairs: [], beside: [neighbour], strangers, notices };
  return knownInside(code, strangers) ?? { kind: "none" };
}

/** The only one of its name outside of the types in which the answer has others of that name. */
function outerOf({ file, declarations }: AnsweredCode, theirs: Declaration): Choice | undefined {
  const inside = new Set(
    declarations.flatMap((one) => (keyOf(one) === keyOf(theirs) ? (one.container ?? []) : [])),
  );
  const own = file.named(theirs.name, theirs.kind);
  const [only, ...others] = own.filter(({ container = "" }) => !inside.has(container));
  const isTold = inside.size > 0 && theirs.container === undefined && others.length === 0;
  return only && isTold ? { kind: "found", declaration: only } : undefined;
}

/** It may be a new one of the others' class, though another class has its name. */
function strayOf(
  file: EditedFile,
  lines: readonly string[],
  pairs: readonly DeclarationPair[],
): Refused | undefined {
  const bare = pairs.filter(
    (pair) =>
      pair.theirs.container === undefined &&
      pair.ours.container !== undefined &&
      !isUnchanged(file, lines, pair),
  );
  const stray = bare.find(
    ({ theirs, ours }) =>
      bare.some((other) => other.ours.container !== ours.container) &&
      sharedBody(file.lines, ours, lines, theirs) < thresholds.covered,
  );
  if (!stray) return undefined;
  const { name, container } = stray.ours;
  const why = `\`${name}\` is in \`${container ?? ""}\`, but the answer has it beside functions from elsewhere.`;
  return refused("ambiguous", why, [stray.ours]);
}

/**
 * A class around methods of one in it that the answer leaves out, and not new ones of its own.
 *
 *     file: class Thor              answer: class Thor
 *             class Options                   # ...
 *               def peek                      def peek
 */
function isAround(
  { file, lines, declarations, tops }: AnsweredCode,
  theirs: Declaration,
  ours: Declaration,
): boolean {
  const held = within(declarations, theirs);
  const own = new Set(within(file.declarations, ours).map(keyOf));
  const isDeeper = (one: Declaration): boolean =>
    one.kind === "callable" &&
    !own.has(keyOf(one)) &&
    beginningIn(file.declarations, { start: ours.head + 1, end: ours.end }).some(
      (other) =>
        keyOf(other) === keyOf(one) && sharedBody(file.lines, other, lines, one) >= thresholds.half,
    );
  return theirs.kind === "type" && tops.length === 1 && held.length > 0 && held.every(isDeeper);
}

/** Wrapped around a method that the file has, it was written from memory. */
function knownInside(code: AnsweredCode, strangers: readonly Declaration[]): Known | undefined {
  const { file, lines, declarations } = code;
  const pairs: DeclarationPair[] = [];
  const others: Declaration[] = [];
  const notices: string[] = [];
  for (const stranger of strangers) {
    // What an example's class holds is written for the example.
    const isClass = stranger.kind === "type" && !isExample(file, stranger.name);
    const inside = within(declarations, stranger).filter(
      (one) => isClass && one.kind === "callable",
    );
    const held = inside.flatMap((theirs): DeclarationPair[] => {
      const choice = chooseDeclaration(file, lines, theirs);
      return choice.kind === "found" ? [{ theirs, ours: choice.declaration }] : [];
    });
    if (held.length === 0) others.push(stranger);
    else notices.push(`Of \`${stranger.name}\` only what the file has was taken.`);
    pairs.push(...held);
  }
  return pairs.length > 0
    ? { kind: "known", pairs, beside: pairs, strangers: others, notices }
    : undefined;
}

/** Lines of code beside the declarations that are no imports. */
function besideDeclarations({ file, lines, tops }: AnsweredCode): number[] {
  const scan = scanLines(lines, file.facts);
  const isInTop = new Uint8Array(lines.length);
  for (const { start, end } of tops) isInTop.fill(1, start, end);
  return range(0, lines.length).filter(
    (at) =>
      scan[at]?.kind === "code" && isInTop[at] === 0 && !isImport(lineAt(lines, at), file.facts),
  );
}

/** They begin a block, or as a line of the file does, and are meant for the file. */
function strayLines(code: AnsweredCode): string[] {
  const { file, lines } = code;
  const scan = scanLines(lines, file.facts);
  const bound = /^\w[^=!<>]*=(?=[^=>~])/;
  const own = new Set(file.lines.flatMap((line) => bound.exec(line.trim())?.[0] ?? []));
  return besideDeclarations(code)
    .filter((at) => {
      const { depth = 1, inside = true, mask = "" } = scan[at] ?? {};
      const line = lineAt(lines, at).trim();
      const head = boundHead(line);
      const isVersion =
        (own.has(bound.exec(line)?.[0] ?? "") && !textsOf(file.lines).has(line)) ||
        (head?.words.includes(" ") && file.declarations.some(({ name }) => name === head.name));
      return depth === 0 && !inside && (isVersion || /[{:]\s*$/.test(mask));
    })
    .map((at) => lineAt(lines, at))
    .filter((line) => !statement.test(line) && !exampleLine.test(line));
}

const statement = /^\s*(?:[}\])]|(?:if|for|foreach|while|until|with|try|do|switch|match)\b)/;

/**
 * Lines beside the declarations that the file does not have, in a block that begins with a line of
 * the file or right beside one above them all: a change of what stands there, and no example.
 *
 *     file: #!/bin/sh     answer: #!/bin/sh
 *           set -e                set -eu
 */
function changedBeside(code: AnsweredCode): string[] {
  const { file, lines } = code;
  const own = textsOf(file.lines);
  const found: string[] = [];
  const scan = scanLines(lines, file.facts);
  const isStatement = (at: number): boolean =>
    at < (code.tops[0]?.start ?? 0) &&
    scan[at]?.depth === 0 &&
    !isImport(lineAt(lines, at), file.facts);
  let opener: string | undefined;
  for (const at of besideDeclarations(code)) {
    const line = lineAt(lines, at);
    const isBeside = [at - 1, at + 1].some(
      (other) => lineAt(lines, other).trim() !== "" && own.has(lineAt(lines, other).trim()),
    );
    if (isStatement(at) && isBeside && /\w/.test(line) && !own.has(line.trim()) && !isElision(line))
      found.push(line);
    if (opener === undefined || depthOf(line) <= depthOf(opener))
      opener = /[{(:]$/.test(line.trimEnd()) && own.has(line.trim()) ? line : undefined;
    else if (/\w/.test(line) && !own.has(line.trim()) && !isElision(line)) found.push(line);
  }
  return found;
}

function hasExamples(code: AnsweredCode, placed: ReadonlySet<number>): boolean {
  const own = textsOf(code.file.lines);
  return besideDeclarations(code).some((at) => {
    if (placed.has(at)) return false;
    const line = lineAt(code.lines, at);
    return !own.has(line.trim()) && !isElision(line);
  });
}
