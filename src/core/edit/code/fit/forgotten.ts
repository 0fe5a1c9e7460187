import { lineAt } from "../../../../base/text/lines";
import { lineWeight } from "../../text/line-similarity";
import { thresholds } from "../../thresholds";
import type { Declaration } from "../declarations";
import { beginningIn, isLocal, outermost } from "../nested-declarations";
import { changedIn, closedAlike } from "./became";
import { bodiesNotShown, isAllOfBody, isStub } from "./bodies";
import { newBlocksOf, openersOf } from "./closing-lines";
import { Shares } from "./shares";
import { isCode, type Role, type Side, saidIn } from "./side";
import {
  documentation,
  isAboveKept,
  remarksAtEnd,
  restOfCutComments,
  unitsGivenAnew,
} from "./silent-comments";
import { type Gap, innermost, namedIn, onlyHere, type Span, type Step } from "./steps";
import { keepUsedImports } from "./used-imports";

export interface Silence {
  /** Lines of the file that the answer lacks and did not mean to remove. */
  readonly kept: ReadonlySet<number>;
  /** Lines of the answer that are no code for the file: remarks, and documentation cut short. */
  readonly dropped: ReadonlySet<number>;
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
    !/\w/.test(lineAt(file.keys, own));
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
  // What the answer says in another place it is not silent about.
  const placed = new Set([...pairs.values(), ...changed.values()]);
  const elsewhere = new Set(answer.keys.filter((key, at) => /\w/.test(key) && !placed.has(at)));
  for (const gap of gaps) {
    const lost = lostIn(file, answer, gap, kept, became);
    documentation(file, answer, gap, pairs, kept, dropped);
    const isSilent = saidIn(answer, gap.answer).every((line) => dropped.has(line));
    const hasBody = saidIn(answer, gap.answer).some((line) => isCode(answer.roles[line]));
    // What stands beyond both ends of an answer was not spoken of.
    const isBeyond = gap.answer.start === 0 || gap.answer.end === answer.lines.length;
    if (isFile && isBeyond && isSilent)
      for (const line of lost) if (isCode(file.roles[line])) kept.add(line);
    for (const line of lost) {
      // A stub goes where there is a body.
      if (hasBody && (isStub(lineAt(file.lines, line)) || isAllOfBody(file, line))) continue;
      if (anew.has(file.units[line] ?? -1) || elsewhere.has(lineAt(file.keys, line))) continue;
      if (shares.isSilent(line)) kept.add(line);
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
  keepUsedImports(file, answer, gaps, kept, changed);
  // Who forgot one thing beside the functions did not mean to take out another.
  const isBeside = (line: number): boolean =>
    isCode(file.roles[line]) &&
    /\w/.test(lineAt(file.lines, line)) &&
    innermost(file.declarations, line) === undefined;
  if (!answer.leavesOut && [...kept].some(isBeside))
    for (const gap of gaps)
      for (const line of lostIn(file, answer, gap, kept, became))
        if (isBeside(line)) kept.add(line);
  return { kept, dropped, forgotten, changed };
}

function forgottenDeclarations(
  file: Side,
  answer: Side,
  pairs: ReadonlyMap<number, number>,
): Declaration[] {
  const isNamed = namedIn(file, answer);
  return file.declarations.filter((one) => {
    if (pairs.has(one.head) || isNamed(one)) return false;
    // What a function declares is told by its version in the answer.
    if (isLocal(file.declarations, one)) return false;
    for (let at = one.head; at < one.end; at++)
      if (pairs.has(at) && lineWeight(lineAt(file.keys, at)) > thresholds.word) return false;
    return true;
  });
}

interface Became {
  readonly changed: ReadonlyMap<number, number>;
  readonly lines: ReadonlySet<number>;
}

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
  const statements = (side: Side, span: Span): number =>
    saidIn(side, span).filter((line) => isCode(side.roles[line])).length;
  // However little they are alike, one line that stands where one stood is that one, changed.
  const isOneForOne = statements(file, gap.file) === 1 && statements(answer, gap.answer) === 1;
  return own.filter((line) => {
    const role = file.roles[line] ?? "blank";
    if (fresh.has(role)) return false;
    if (role !== "comment" || file.scan[line]?.docstring) return true;
    // A comment goes with the code below it.
    const code = below.get(line);
    return code === undefined || changed.has(code) || kept.has(code) || isOneForOne;
  });
}

function nextCodeIn(side: Side, { start, end }: Span): ReadonlyMap<number, number> {
  const below = new Map<number, number>();
  let code: number | undefined;
  for (let at = end - 1; at >= start; at--) {
    if (code !== undefined) below.set(at, code);
    if (isCode(side.roles[at])) code = at;
  }
  return below;
}

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
