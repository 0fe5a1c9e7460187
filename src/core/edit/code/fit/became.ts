import { grouped } from "../../../../base/grouped";
import { lineAt } from "../../../../base/text/lines";
import { areOtherEntries } from "../../text/entry";
import { matchAlike } from "../../text/match-lines";
import { thresholds } from "../../thresholds";
import { openersOf } from "./closing-lines";
import { isCode, leadStart, type Role, type Side, saidIn } from "./side";
import type { Gap } from "./steps";

export function changedIn(
  file: Side,
  answer: Side,
  gap: Gap,
  kept: ReadonlySet<number>,
): [number, number][] {
  return [
    ...alikeIn(file, answer, gap, kept, isCode),
    ...alikeIn(file, answer, gap, kept, (role) => role === "comment"),
  ];
}

/**
 * The line that closes what one line opened, on both sides, however little the two are alike.
 *
 *     file: useEffect(() => {     answer: useEffect(() => {
 *             load();                       load();
 *           });                           }, [id]);
 */
export function closedAlike(
  file: Side,
  answer: Side,
  gap: Gap,
  pairs: ReadonlyMap<number, number>,
  changed: ReadonlyMap<number, number>,
): [number, number][] {
  const own = openersOf(file);
  const theirs = openersOf(answer);
  const taken = new Set(changed.values());
  const partnerOf = (line: number): number => pairs.get(line) ?? changed.get(line) ?? -1;
  const closing = new Map(
    saidIn(answer, gap.answer)
      .reverse()
      .map((at) => [theirs[at], at]),
  );
  return saidIn(file, gap.file).flatMap((line): [number, number][] => {
    const opener = own[line] ?? -1;
    const partner = opener < 0 || changed.has(line) ? -1 : partnerOf(opener);
    if (partner < 0) return [];
    const other = closing.get(partner);
    return other === undefined || taken.has(other) ? [] : [[line, other]];
  });
}

function alikeIn(
  file: Side,
  answer: Side,
  gap: Gap,
  kept: ReadonlySet<number>,
  isMeant: (role: Role | undefined) => boolean,
): [number, number][] {
  const own = saidIn(file, gap.file).filter((line) => isMeant(file.roles[line]) && !kept.has(line));
  const theirs = saidIn(answer, gap.answer).filter((line) => isMeant(answer.roles[line]));
  if (isMeant("comment")) return alikeComments(file, answer, gap, own, theirs);
  // Right below a mark for left-out code stands what is nearest to the next line.
  const isBelowMark = answer.roles[saidIn(answer, gap.answer)[0] ?? -1] === "elision";
  const [left, right] = isBelowMark ? [own.reverse(), theirs.reverse()] : [own, theirs];
  return alikeOf(file, answer, left, right);
}

/** Above the line that follows on both sides it is about that line; a docstring stands alone. */
function alikeComments(
  file: Side,
  answer: Side,
  gap: Gap,
  own: readonly number[],
  theirs: readonly number[],
): [number, number][] {
  const isDoc = (side: Side) => (line: number) => side.scan[line]?.docstring === true;
  const [doc] = own.filter(isDoc(file));
  const [theirDoc] = theirs.filter(isDoc(answer));
  const docs: [number, number][] =
    doc === undefined || theirDoc === undefined ? [] : [[doc, theirDoc]];
  const ownLead = leadStart(file, gap.file);
  const lead = leadStart(answer, gap.answer);
  const isLead = gap.file.end < file.lines.length && gap.answer.end < answer.lines.length;
  const found = (pairs: [number, number][]): [number, number][] =>
    pairs.some(([line]) => isDoc(file)(line)) ? pairs : [...docs, ...pairs];
  if (!isLead) return found(alikeOf(file, answer, own, theirs));
  const pairs = (inLead: boolean): [number, number][] =>
    alikeOf(
      file,
      answer,
      own.filter((line) => line >= ownLead === inLead),
      theirs.filter((line) => line >= lead === inLead),
    );
  return found([...pairs(false), ...pairs(true)]);
}

function alikeOf(
  file: Side,
  answer: Side,
  own: readonly number[],
  theirs: readonly number[],
): [number, number][] {
  const isElided = answer.leavesOut;
  const found = matchAlike(
    own.map((line) => codeOf(file, line)),
    theirs.map((line) => codeOf(answer, line)),
    thresholds.alike,
  )
    .map(([i, j]): [number, number] => [own[i] ?? 0, theirs[j] ?? 0])
    // Beside a mark for left-out code the one may be new, and the other left out.
    .filter(
      ([line, other]) => !isElided || !areOtherEntries(codeOf(file, line), codeOf(answer, other)),
    );
  return [...found, ...assignedAlike(file, answer, own, theirs, found)];
}

const assignment = /^\s*([\w.$[\]>-]+) *[-+*/|&]?=(?![=>])/;

/** The only two that give one name a value, however little else they share. */
function assignedAlike(
  file: Side,
  answer: Side,
  own: readonly number[],
  theirs: readonly number[],
  found: readonly (readonly [number, number])[],
): [number, number][] {
  const namesOf = (side: Side, lines: readonly number[]) =>
    grouped(lines, (line) => assignment.exec(codeOf(side, line))?.[1]);
  const taken = new Set(found.map(([line]) => line));
  const takenTheirs = new Set(found.map(([, line]) => line));
  const given = namesOf(answer, theirs);
  return [...namesOf(file, own)].flatMap(([name, lines]): [number, number][] => {
    const [line] = lines;
    const [other] = given.get(name) ?? [];
    const isOne = name !== undefined && lines.length === 1 && given.get(name)?.length === 1;
    if (!isOne || line === undefined || other === undefined) return [];
    return taken.has(line) || takenTheirs.has(other) ? [] : [[line, other]];
  });
}

function codeOf(side: Side, line: number): string {
  const text = lineAt(side.lines, line);
  return isCode(side.roles[line]) ? text.slice(0, side.scan[line]?.commentAt) : text;
}
