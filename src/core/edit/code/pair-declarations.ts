import { grouped } from "../../../base/grouped";
import { lineAt } from "../../../base/text/lines";
import { bareHead } from "./declaration-head";
import { type Declaration, keyOf } from "./declarations";

export interface DeclarationPair {
  readonly ours: Declaration;
  readonly theirs: Declaration;
}

/** By name and kind; among several by a signature of their own, or in their order. */
export function pairByName(
  fileLines: readonly string[],
  answerLines: readonly string[],
  ours: readonly Declaration[],
  theirs: readonly Declaration[],
): DeclarationPair[] {
  const left = grouped(ours, keyOf);
  const right = grouped(theirs, keyOf);
  const pairs: DeclarationPair[] = [];
  for (const [key, mine] of left) {
    const others = right.get(key) ?? [];
    if (mine.length === others.length) {
      for (const [at, one] of mine.entries()) pairs.push({ ours: one, theirs: others[at] ?? one });
      continue;
    }
    const heads = grouped(others, (one) => bareHead(lineAt(answerLines, one.head)));
    for (const [signature, ones] of grouped(mine, (one) => bareHead(lineAt(fileLines, one.head)))) {
      const same = heads.get(signature) ?? [];
      const isAlone = ones.length === 1 && same.length === 1;
      for (const other of same) {
        // An object may have two of a name, each in an object of its own.
        const inIt = (all: readonly Declaration[]): Declaration[] =>
          all.filter(({ container }) => isAlone || container === other.container);
        const [one, ...rest] = inIt(ones);
        if (one && rest.length === 0 && inIt(same).length === 1)
          pairs.push({ ours: one, theirs: other });
      }
    }
  }
  return [...pairs, ...bySelector(pairs, ours, theirs)].sort((a, b) => a.ours.head - b.ours.head);
}

/** A rule that got one more selector: `&:hover` became `&:hover, &:focus`. */
function bySelector(
  pairs: readonly DeclarationPair[],
  ours: readonly Declaration[],
  theirs: readonly Declaration[],
): DeclarationPair[] {
  const paired = new Set(pairs.flatMap((pair) => [pair.ours, pair.theirs]));
  const left = ours.filter((one) => !paired.has(one));
  return theirs.flatMap((other) => {
    const selectors = paired.has(other) ? [] : other.name.split(/,\s*/);
    const found = selectors.length < 2 ? [] : left.filter(({ name }) => selectors.includes(name));
    const [one] = found;
    return one !== undefined && found.length === 1 ? [{ ours: one, theirs: other }] : [];
  });
}
