import { type Declaration, keyOf } from "./declarations";

/** A declaration of the file and the answer's of the same name. */
export interface DeclarationPair {
  readonly ours: Declaration;
  readonly theirs: Declaration;
}

/** Declarations of both sides that have one name and kind; among several those with a signature of their own, or the first with the first. */
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
    const heads = grouped(others, (one) => signatureOf(answerLines, one));
    for (const [signature, ones] of grouped(mine, (one) => signatureOf(fileLines, one))) {
      const same = heads.get(signature) ?? [];
      const [one] = ones;
      const [other] = same;
      if (one && other && ones.length === 1 && same.length === 1)
        pairs.push({ ours: one, theirs: other });
    }
  }
  const taken = new Set(pairs.flatMap((pair) => [pair.ours, pair.theirs]));
  const isFree = (one: Declaration): boolean => !taken.has(one);
  pairs.push(...renamedPairs(fileLines, answerLines, ours.filter(isFree), theirs.filter(isFree)));
  return pairs.sort((a, b) => a.ours.head - b.ours.head);
}

function grouped(
  declarations: readonly Declaration[],
  keyFor: (one: Declaration) => string,
): Map<string, Declaration[]> {
  const groups = new Map<string, Declaration[]>();
  for (const one of declarations) {
    const group = groups.get(keyFor(one));
    if (group) group.push(one);
    else groups.set(keyFor(one), [one]);
  }
  return groups;
}

/** A head as it is compared with others of its name. */
function signatureOf(lines: readonly string[], one: Declaration): string {
  return (lines[one.head] ?? "").replace(/\s+/g, "").replace(/[;{:]+$/, "");
}

/** Declarations whose names are on one side only, and whose bodies say the same: one that was renamed. */
function renamedPairs(
  fileLines: readonly string[],
  answerLines: readonly string[],
  ours: readonly Declaration[],
  theirs: readonly Declaration[],
): DeclarationPair[] {
  const bodyOf = (lines: readonly string[], one: Declaration): string => {
    const body = lines
      .slice(one.head + 1, one.end)
      .map((line) => line.replace(/\s+/g, ""))
      .join("");
    return /\w/.test(body) ? `${one.kind} ${body}` : "";
  };
  return ours.flatMap((one) => {
    const body = bodyOf(fileLines, one);
    const same = theirs.filter(
      (other) => body !== "" && bodyOf(answerLines, other) === body && other.name !== one.name,
    );
    const [only] = same;
    const isOnly =
      same.length === 1 && ours.filter((other) => bodyOf(fileLines, other) === body).length === 1;
    return only && isOnly ? [{ ours: one, theirs: only }] : [];
  });
}

/** The most pairs that stand in the same order on both sides. */
export function inOrder(pairs: readonly DeclarationPair[]): DeclarationPair[] {
  const chains: DeclarationPair[][] = [];
  for (const pair of pairs) {
    let best: DeclarationPair[] = [];
    for (const chain of chains) {
      const last = chain[chain.length - 1];
      if (
        last &&
        last.theirs.head < pair.theirs.head &&
        last.ours.end <= pair.ours.head &&
        chain.length > best.length
      )
        best = chain;
    }
    chains.push([...best, pair]);
  }
  return chains.reduce<DeclarationPair[]>(
    (best, chain) => (chain.length > best.length ? chain : best),
    [],
  );
}
