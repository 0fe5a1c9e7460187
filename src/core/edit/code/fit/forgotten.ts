import { lineSimilarity } from "../../text/line-similarity";
import { isRemark, wordsOf } from "../../text/remark";
import { thresholds } from "../../thresholds";
import { namesBound } from "../added/import-lines";
import { usesName } from "../added/uses-name";
import type { Declaration } from "../declarations";
import { beginningIn, outermost } from "../nested-declarations";
import { changedIn, closedAlike } from "./became";
import { bodiesNotShown, isStub } from "./bodies";
import { newBlocksOf, openersOf } from "./closing-lines";
import { Shares } from "./shares";
import { isCode, type Role, type Side, saidIn } from "./side";
import { type Gap, innermost, namedIn, onlyHere, type Span, type Step } from "./steps";

/** What an answer is silent about, and what it says to the person and not to the file. */
export interface Silence {
  /** Lines of the file that the answer lacks and did not mean to remove. */
  readonly kept: ReadonlySet<number>;
  /** Lines of the answer that are no code for the file: remarks, and documentation cut short. */
  readonly dropped: ReadonlySet<number>;
  /** Declarations of the file that the answer does not mention. */
  readonly forgotten: readonly Declaration[];
  /** Per line of the file that became another, that line of the answer. */
  readonly changed: ReadonlyMap<number, number>;
}

/**
 * Tells what is left out from what is taken out, by one rule: of a kind of line (comments,
 * decorators, imports, fields) that the answer mostly has, what it lacks is gone; a kind that it
 * mostly lacks was not spoken of.
 *
 *     file: # one          answer: a = 1     both comments stay
 *           a = 1                  b = 3
 *           # two
 *           b = 2
 *
 * A declaration whose name the answer lacks stays in any case, and so does a body of which the
 * answer shows only the head.
 */
export function silenceOf(
  file: Side,
  answer: Side,
  steps: readonly Step[],
  isFile: boolean,
): Silence {
  const kept = new Set<number>();
  const dropped = new Set<number>();
  const changed = new Map<number, number>();
  const gaps = steps.filter((step): step is Gap => step.kind === "gap");
  const pairs = new Map(
    steps.flatMap((step) => (step.kind === "pair" ? [[step.file, step.answer] as const] : [])),
  );
  const forgotten = forgottenDeclarations(file, answer, pairs);
  for (const one of forgotten) for (let at = one.start; at < one.end; at++) kept.add(at);
  const isNew = new Set([...onlyHere(answer, file), ...newBlocksOf(file, answer)]);
  // The `}` of a new method is not that of one that the answer leaves out.
  const [ownOpeners, theirOpeners] = [openersOf(file), openersOf(answer)];
  // A lone bracket is told by what opens it, and not by how it looks.
  const isLoneEnd = (own: number, theirs: number): boolean =>
    (ownOpeners[own] ?? -1) >= 0 &&
    (theirOpeners[theirs] ?? -1) >= 0 &&
    !/\w/.test(file.keys[own] ?? "");
  for (const gap of gaps)
    for (const [own, theirs] of changedIn(file, answer, gap, kept))
      if (!isNew.has(theirs) && !isLoneEnd(own, theirs)) changed.set(own, theirs);
  for (const gap of gaps)
    for (const [own, theirs] of closedAlike(file, answer, gap, pairs, changed))
      if (!kept.has(own)) changed.set(own, theirs);
  const became: Became = { changed, lines: new Set(changed.values()) };
  const met = [...pairs.keys(), ...changed.keys()];
  const shares = new Shares(file, met, forgotten.length > 0 && !answer.roles.includes("elision"));
  for (const gap of gaps) {
    shares.lose(lostIn(file, answer, gap, kept, became));
    if (unpairedRoles(answer, gap, became).some(isCode)) shares.change(gap.file.start);
  }
  remarksAtEnd(file, answer, steps, kept, dropped);
  const anew = unitsGivenAnew(file, pairs, changed);
  for (const gap of gaps) {
    const lost = lostIn(file, answer, gap, kept, became);
    documentation(file, answer, gap, pairs, kept, dropped);
    const isSilent = saidIn(answer, gap.answer).every((line) => dropped.has(line));
    const hasBody = saidIn(answer, gap.answer).some((line) => isCode(answer.roles[line]));
    for (const line of lost) {
      // A stub goes where there is a body.
      if (hasBody && isStub(file.lines[line] ?? "")) continue;
      if (anew.has(file.units[line] ?? -1)) continue;
      if (shares.isSilent(line) || (isSilent && isBetween(file, line))) kept.add(line);
    }
  }
  const bodies = bodiesNotShown(file, answer, steps);
  for (const line of bodies.kept) kept.add(line);
  for (const line of bodies.stubs) dropped.add(line);
  if (!isFile) for (const line of restOfCutComments(file, answer, steps)) kept.add(line);
  for (const gap of gaps)
    for (const line of saidIn(file, gap.file))
      if (!changed.has(line) && isAboveKept(file, line, gap.file.end, kept)) kept.add(line);
  // What closes a bracket stays with what opens it.
  for (const gap of gaps)
    for (const line of saidIn(file, gap.file))
      if (!changed.has(line) && kept.has(ownOpeners[line] ?? -1)) kept.add(line);
  if (isFile) keepUsedImports(file, answer, gaps, kept, changed);
  return { kept, dropped, forgotten, changed };
}

/** Those of which the answer has neither the name nor, under another name, the text. */
function forgottenDeclarations(
  file: Side,
  answer: Side,
  pairs: ReadonlyMap<number, number>,
): Declaration[] {
  const isNamed = namedIn(file, answer);
  const paired = new Set(pairs.values());
  const fresh = answer.declarations.filter((one) => !paired.has(one.head));
  const callables = file.declarations.filter((one) => one.kind === "callable");
  return file.declarations.filter((one) => {
    if (pairs.has(one.head) || isNamed(one)) return false;
    // What a function declares is told by its version in the answer.
    if (callables.some((outer) => outer !== one && outer.head < one.head && outer.end >= one.end))
      return false;
    for (let at = one.head; at < one.end; at++)
      if (pairs.has(at) && /\w/.test(file.lines[at] ?? "")) return false;
    return !fresh.some((other) => isVersionOf(file, answer, one, other));
  });
}

/** Whether a declaration of the answer is the file's under another name. */
function isVersionOf(file: Side, answer: Side, own: Declaration, other: Declaration): boolean {
  const keys = (side: Side, one: Declaration): string[] =>
    side.keys
      .slice(one.head + 1, one.end)
      .filter((key, at) => isCode(side.roles[one.head + 1 + at]) && /\w/.test(key));
  const ownKeys = keys(file, own);
  const theirs = new Set(keys(answer, other));
  // What has no body is told by its head.
  if (ownKeys.length === 0 && theirs.size === 0)
    return (
      lineSimilarity(file.lines[own.head] ?? "", answer.lines[other.head] ?? "") >=
      thresholds.renamedBody
    );
  const shared = ownKeys.filter((key) => theirs.has(key)).length;
  return (
    ownKeys.length > 0 && shared >= thresholds.renamedBody * Math.max(ownKeys.length, theirs.size)
  );
}

/** What lines of the file became others, and which of the answer these are. */
interface Became {
  readonly changed: ReadonlyMap<number, number>;
  readonly lines: ReadonlySet<number>;
}

/** Lines of the file that nothing in the gap of the answer stands for. */
function lostIn(
  file: Side,
  answer: Side,
  gap: Gap,
  kept: ReadonlySet<number>,
  became: Became,
): number[] {
  const { changed } = became;
  const fresh = new Set(unpairedRoles(answer, gap, became));
  const own = saidIn(file, gap.file).filter((line) => !kept.has(line) && !changed.has(line));
  const below = nextCodeIn(file, gap.file);
  return own.filter((line) => {
    const role = file.roles[line] ?? "blank";
    if (fresh.has(role)) return false;
    if (role !== "comment" || file.scan[line]?.docstring) return true;
    // A comment goes with the code below it.
    const code = below.get(line);
    return code === undefined || changed.has(code) || kept.has(code);
  });
}

/** Per line of a stretch the line of code that follows in it, if one does. */
function nextCodeIn(side: Side, { start, end }: Span): ReadonlyMap<number, number> {
  const below = new Map<number, number>();
  let code: number | undefined;
  for (let at = end - 1; at >= start; at--) {
    if (code !== undefined) below.set(at, code);
    if (isCode(side.roles[at])) code = at;
  }
  return below;
}

/** What the lines are that the answer has anew. */
function unpairedRoles(answer: Side, gap: Gap, became: Became): Role[] {
  // A new method says nothing of the fields beside it.
  const declared = outermost(
    beginningIn(answer.declarations, gap.answer).filter((one) => one.end <= gap.answer.end),
  );
  let next = 0;
  return saidIn(answer, gap.answer).flatMap((line) => {
    while ((declared[next]?.end ?? line + 1) <= line) next++;
    const isDeclared = line >= (declared[next]?.head ?? line + 1);
    return became.lines.has(line) || isDeclared ? [] : [answer.roles[line] ?? "blank"];
  });
}

/**
 * Documentation is one text. One of the answer's that says less than the file's is the file's cut
 * short; a lone remark above a declaration that has documentation of another form is for the
 * person.
 */
function documentation(
  file: Side,
  answer: Side,
  gap: Gap,
  pairs: ReadonlyMap<number, number>,
  kept: Set<number>,
  dropped: Set<number>,
): void {
  const own = saidIn(file, gap.file).filter(
    (line) => file.roles[line] === "comment" && !kept.has(line),
  );
  const theirs = saidIn(answer, gap.answer).filter((line) => answer.roles[line] === "comment");
  if (own.length === 0 || theirs.length === 0) return;
  const text = (side: Side, lines: readonly number[]): string =>
    lines
      .map((line) => wordsOf(side.lines[line] ?? ""))
      .join(" ")
      .replace(/\s+/g, " ")
      .trim();
  const isCutShort = own.length > theirs.length && text(file, own).includes(text(answer, theirs));
  const isTold =
    theirs.length === 1 &&
    isAboveHead(file, gap, pairs) &&
    isRemark(answer.lines[theirs[0] ?? 0] ?? "") &&
    isShownRemark(file, own, answer, theirs);
  if (!isCutShort && !isTold) return;
  for (const line of own) kept.add(line);
  for (const line of theirs) dropped.add(line);
}

/** Block comments and docstrings of which the answer repeats nothing, and gives another version. */
function unitsGivenAnew(
  file: Side,
  pairs: ReadonlyMap<number, number>,
  changed: ReadonlyMap<number, number>,
): ReadonlySet<number> {
  const says = (line: number): boolean => wordsOf(file.lines[line] ?? "") !== "";
  const unitsOf = (lines: readonly number[]): number[] =>
    lines.map((line) => file.units[line] ?? -1).filter((unit) => unit >= 0);
  const repeated = new Set(unitsOf([...pairs.keys()].filter(says)));
  return new Set(unitsOf([...changed.keys()]).filter((unit) => !repeated.has(unit)));
}

/** An answer that begins or ends within a comment of the file shows only a part of it. */
function restOfCutComments(file: Side, answer: Side, steps: readonly Step[]): number[] {
  const rest: number[] = [];
  const isComment = (line: number): boolean => file.roles[line] === "comment";
  for (const [at, step] of steps.entries()) {
    if (step.kind !== "gap" || saidIn(answer, step.answer).length > 0) continue;
    const [before, next] = [steps[at - 1], steps[at + 1]];
    if (step.answer.start === 0 && next?.kind === "pair" && isComment(next.file))
      for (let line = next.file - 1; line >= step.file.start && isComment(line); line--)
        rest.push(line);
    if (
      step.answer.end === answer.lines.length &&
      before?.kind === "pair" &&
      isComment(before.file)
    )
      for (let line = before.file + 1; line < step.file.end && isComment(line); line++)
        rest.push(line);
  }
  return rest;
}

/** Comments behind the last line of code, where the file has none, are told to the person. */
function remarksAtEnd(
  file: Side,
  answer: Side,
  steps: readonly Step[],
  kept: ReadonlySet<number>,
  dropped: Set<number>,
): void {
  for (const step of [...steps].reverse()) {
    if (
      step.kind !== "gap" ||
      saidIn(file, step.file).some((line) => file.roles[line] === "comment" && !kept.has(line))
    )
      return;
    for (let at = step.answer.end - 1; at >= step.answer.start; at--) {
      if (isCode(answer.roles[at]) || answer.roles[at] === "elision") return;
      dropped.add(at);
    }
  }
}

/** A comment belongs to the line right below it: where that one stays, it stays. */
function isAboveKept(file: Side, line: number, end: number, kept: ReadonlySet<number>): boolean {
  if (file.roles[line] !== "comment") return false;
  let below = line + 1;
  while (below < end && file.roles[below] === "comment") below++;
  return below < end && isCode(file.roles[below]) && kept.has(below);
}

/** A comment between declarations belongs to none that the answer gives. */
function isBetween(file: Side, line: number): boolean {
  return (
    file.roles[line] === "comment" &&
    innermost(file.declarations, line)?.kind !== "callable" &&
    !file.declarations.some((one) => line >= one.start && line < one.head)
  );
}

function isShownRemark(
  file: Side,
  own: readonly number[],
  answer: Side,
  theirs: readonly number[],
): boolean {
  const alike = own.some(
    (line) =>
      lineSimilarity(file.lines[line] ?? "", answer.lines[theirs[0] ?? 0] ?? "") >=
      thresholds.changedLine,
  );
  return !alike;
}

function isAboveHead(file: Side, gap: Gap, pairs: ReadonlyMap<number, number>): boolean {
  return pairs.has(gap.file.end) && file.declarations.some((one) => one.head === gap.file.end);
}

/** An import that the new text still needs was not taken out. */
function keepUsedImports(
  file: Side,
  answer: Side,
  gaps: readonly Gap[],
  kept: Set<number>,
  changed: ReadonlyMap<number, number>,
): void {
  const text = answer.lines.filter((_, line) => answer.roles[line] === "code");
  for (const gap of gaps)
    for (const line of saidIn(file, gap.file)) {
      if (file.roles[line] !== "import" || changed.has(line) || kept.has(line)) continue;
      const names = namesBound(file.lines[line] ?? "", file.facts);
      if (
        names.length > 0 &&
        names.some((name) => usesName(text, name)) &&
        !bindsElsewhere(answer, names)
      )
        kept.add(line);
    }
}

function bindsElsewhere(answer: Side, names: readonly string[]): boolean {
  return answer.lines.some(
    (line, at) =>
      answer.roles[at] === "import" &&
      namesBound(line, answer.facts).some((name) => names.includes(name)),
  );
}
