import { grouped } from "../../../base/grouped";
import { lineAt } from "../../../base/text/lines";
import { type Declaration, findDeclarations, keyOf } from "../code/declarations";
import { limits } from "../limits";
import { canonicalLine } from "../text/canonical-line";
import { lineSimilarity, lineWeight, weightOf } from "../text/line-similarity";
import { excerpt, range, says, timesOf } from "../text/lines";
import { thresholds } from "../thresholds";
import { type Judged, type JudgedText, type Objection, slides } from "./judged-case";
import { byScope } from "./scopes";

/** No scope gets a second declaration of a name that it had, unless the answer itself gives two. */
export function ifDeclaredTwice({ before, after, said }: Judged): Objection | undefined {
  const had = byScope(before.declarations);
  const saidHeads = said.map(canonicalLine);
  for (const [scope, ones] of byScope(after.declarations)) {
    const earlier = had.get(scope) ?? [];
    const [first] = ones;
    if (first === undefined || ones.length <= Math.max(1, earlier.length)) continue;
    if (earlier.length === 0 && said.length === 0) continue;
    const heads = new Set(ones.map((one) => canonicalLine(lineAt(after.lines, one.head))));
    const given = saidHeads.filter((head) => heads.has(head)).length;
    // Overloads and conditions give a name more than once on purpose.
    if (given >= ones.length || earlier.length > 1) continue;
    return {
      message: `\`${first.name}\` would be in the file twice.`,
      line: earlier[0]?.head ?? 0,
    };
  }
  return undefined;
}

/** New lines do not repeat those right above or below them, unless the answer gives them twice. */
export function ifTwiceInARow({ after, said, changes }: Judged): Objection | undefined {
  for (const { aStart, bStart, bEnd } of changes.flatMap((change) => slides(change, after.lines))) {
    const fresh = after.lines.slice(bStart, bEnd).filter(says);
    if (weightOf(fresh) < thresholds.sure) continue;
    const [first = ""] = fresh;
    const beside = [
      besideOf(after.lines, bStart - 1, -1, fresh.length),
      besideOf(after.lines, bEnd, 1, fresh.length),
    ];
    const isDoubled = beside.some((other) => repeats(fresh, other));
    if (isDoubled && said.filter((line) => line.trim() === first.trim()).length < 2)
      return { message: `\`${excerpt(first)}\` would stand twice in a row.`, line: aStart };
  }
  return undefined;
}

/**
 * No function gets a new version of its body between its head and its body.
 *
 *     SEARCH  def add(a, b):     REPLACE  def add(a, b):
 *                                             check(a, b)
 *                                             return merge(a, b)
 */
export function ifBodyIsTwice({ after, changes }: Judged): Objection | undefined {
  const weightIn = (lines: readonly string[], others: readonly string[]): number => {
    const known = new Set(others.map((line) => line.trim()));
    return weightOf(lines.filter((line) => says(line) && known.has(line.trim())));
  };
  for (const { aStart, bStart, bEnd } of changes) {
    const one = after.declarations.find(
      ({ kind, head, end }) => kind === "callable" && head === bStart - 1 && end > bEnd,
    );
    if (one === undefined) continue;
    const [fresh, body] = [after.lines.slice(bStart, bEnd), after.lines.slice(bEnd, one.end)];
    const isVersion = [
      [fresh, body],
      [body, fresh],
    ].every(([these = [], those = []]) => {
      const shared = weightIn(these, those);
      return shared >= thresholds.sure && shared >= weightOf(these.filter(says)) * thresholds.half;
    });
    if (isVersion) return { message: `\`${one.name}\` would have two bodies.`, line: aStart };
  }
  return undefined;
}

/** The next lines that say something from one on, upwards or downwards, in their order. */
function besideOf(lines: readonly string[], from: number, step: 1 | -1, count: number): string[] {
  const found: string[] = [];
  for (let at = from; at >= 0 && at < lines.length && found.length < count; at += step)
    if (lines[at]?.trim() !== "") found.push(lineAt(lines, at));
  return step > 0 ? found : found.reverse();
}

/** It begins with a line that says something, and hardly one differs. */
function repeats(fresh: readonly string[], other: readonly string[]): boolean {
  if (fresh.length !== other.length) return false;
  const isSame = (at: number): boolean => fresh[at]?.trim() === other[at]?.trim();
  const same = fresh.filter((_, at) => isSame(at)).length;
  if (same === fresh.length) return true;
  return (
    fresh.length > 2 &&
    isSame(0) &&
    lineWeight(lineAt(fresh, 0)) >= thresholds.telling &&
    same >= fresh.length * thresholds.nearly
  );
}

/** Beside the one that the file has, whatever its name. */
export function ifVersionIsAdded(judged: Judged): Objection | undefined {
  const { before, after, said, parts, facts, changes } = judged;
  if (said.length === 0) return undefined;
  const isNew = new Set(changes.flatMap(({ bStart, bEnd }) => range(bStart, bEnd)));
  if (!callablesOf(after).some((one) => isNew.has(one.head))) return undefined;
  const had = timesOf(callablesOf(before).map(keyOf));
  const given = timesOf(said.map(canonicalLine));
  for (const [key, ones] of grouped(callablesOf(after), keyOf)) {
    const fresh = ones.filter((one) => isNew.has(one.head));
    const kept = ones.filter((one) => !isNew.has(one.head));
    const own = had.get(key) ?? 0;
    if (own === 0 || fresh.length + kept.length <= own) continue;
    const headOf = (one: Declaration): string => canonicalLine(lineAt(after.lines, one.head));
    // Who gives another one of the name as well knows that there are several.
    const freshHeads = new Set(fresh.map(headOf));
    const isOverload = kept.some((one) => given.has(headOf(one)) && !freshHeads.has(headOf(one)));
    // So does who gives it in another type of the file than the one that has it.
    const inTypes = new Set(
      parts.flatMap((part) =>
        findDeclarations(part, facts).flatMap((one) => (keyOf(one) === key ? one.container : [])),
      ),
    );
    const isOther = (one: Declaration, { container }: Declaration): boolean =>
      isOverload ||
      (one.container !== container &&
        inTypes.has(one.container) &&
        before.declarations.some(({ name }) => name === one.container));
    const version = fresh.find(
      (one) =>
        (given.get(headOf(one)) ?? 0) < 2 &&
        kept.some(
          (other) =>
            !isOther(one, other) && isAlike(bodyOf(after.lines, one), bodyOf(after.lines, other)),
        ),
    );
    if (version) return { message: `\`${version.name}\` would be in the file twice.`, line: 0 };
  }
  // Under a new name the whole body of another one is that one renamed, without those who call it.
  const isOfNobody = ({ receiver, head }: Declaration): boolean =>
    receiver !== undefined &&
    !after.lines.some((line, at) => at !== head && line.includes(receiver));
  const textOf = (one: Declaration): string => {
    const body = bodyOf(after.lines, one).map((line) => line.trim());
    if (body.length >= thresholds.pair) return body.join("\n");
    return isNew.has(one.head) && !isOfNobody(one) ? "" : `${one.name} ${body.join("")}`;
  };
  const all = callablesOf(after);
  const stays = new Set(all.filter((one) => !isNew.has(one.head)).map(textOf));
  const twin = all.find(
    (one) =>
      isNew.has(one.head) && !had.has(keyOf(one)) && textOf(one) !== "" && stays.has(textOf(one)),
  );
  return twin && { message: `\`${twin.name}\` would be in the file twice.`, line: twin.head };
}

function bodyOf(lines: readonly string[], one: Declaration): string[] {
  return lines.slice(one.head + 1, one.end).filter((line) => /\w/.test(line));
}

function callablesOf({ declarations }: JudgedText): readonly Declaration[] {
  return declarations.filter(({ kind }) => kind === "callable");
}

function isAlike(a: readonly string[], b: readonly string[]): boolean {
  const least = Math.max(a.length, b.length) * thresholds.half;
  if (a.length === 0 || a.length < least) return false;
  const there = new Set(b.map((line) => line.trim()));
  const others = a.filter((line) => !there.has(line.trim()));
  const same = a.length - others.length;
  if (same >= least) return true;
  if (others.length * b.length > limits.alikeCells) return false;
  const isLike = (line: string): boolean =>
    b.some((other) => lineSimilarity(line, other) >= thresholds.half);
  return same + others.filter(isLike).length >= least;
}

/** A new line stands as often as the answer gives it. */
export function ifNewMoreOftenThanSaid(judged: Judged): Objection | undefined {
  const { after, said, changes } = judged;
  const { texts } = judged.outcome;
  const given = timesOf(said.map((line) => line.trim()));
  if (given.size === 0) return undefined;
  for (const [line, most] of given) {
    if (texts.times(line) - texts.timesBefore(line) <= most || !/\w/.test(line)) continue;
    return {
      message: `\`${excerpt(line)}\` would stand there more often than in the answer.`,
      line: 0,
    };
  }
  for (const { aStart, bStart, bEnd } of changes)
    for (let at = bStart; at < bEnd; at++) {
      const text = lineAt(after.lines, at).trim();
      const had = texts.timesBefore(text);
      if (given.get(text) !== 1 || had === 0 || lineWeight(text) < thresholds.telling) continue;
      // One that only moved stands there as often as before.
      if (texts.times(text) <= had) continue;
      const isNear = (other: number): boolean =>
        (other < bStart || other >= bEnd) && after.lines[other]?.trim() === text;
      if (nearBy.some((by) => isNear(at - by) || isNear(at + by)))
        return { message: `\`${excerpt(text)}\` would stand twice.`, line: aStart };
    }
  return undefined;
}

/** So near to one another two equal lines are one line twice. */
const nearBy = [1, 2, 3];
