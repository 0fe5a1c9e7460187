import type { LanguageFacts } from "../../../base/languages/language";
import { type Declaration, findDeclarations } from "./declarations";
import { within } from "./nested-declarations";
import { type DeclarationPair, pairByName } from "./pair-declarations";

/** How many classes may be put in order; each is looked for anew. */
const mostTurns = 16;

/**
 * The model's lines with the declarations that the file has in the file's order. For code that leaves something out: what stands where
 * it is left out would else be in the result twice.
 */
export function inFileOrder(
  file: readonly string[],
  model: readonly string[],
  facts: LanguageFacts,
): readonly string[] {
  const ours = findDeclarations(file, facts);
  let lines = model;
  for (let turn = 0; turn < mostTurns; turn++) {
    const theirs = findDeclarations(lines, facts);
    const mixed = outOfOrder(undefined);
    if (!mixed) return lines;
    lines = rearranged(lines, mixed);

    function outOfOrder(around: DeclarationPair | undefined): DeclarationPair[] | undefined {
      const pairs = pairByName(
        file,
        lines,
        within(ours, around?.ours),
        within(theirs, around?.theirs),
      );
      if (pairs.some((pair, at) => pair.theirs.head < (pairs[at - 1]?.theirs.head ?? 0)))
        return pairs;
      for (const pair of pairs) {
        const inside = outOfOrder(pair);
        if (inside) return inside;
      }
      return undefined;
    }
  }
  return lines;
}

/** Puts the declarations of the pairs, which are in the file's order, one after the other where the model has any of them. */
function rearranged(lines: readonly string[], pairs: readonly DeclarationPair[]): string[] {
  const places = pairs.map((pair) => pair.theirs).sort((a, b) => a.head - b.head);
  // A comment at the end of one body may seem to lead the next declaration: it is the body's.
  const startOf = new Map(
    places.map((one, at) => [one.head, Math.max(one.start, places[at - 1]?.end ?? 0)]),
  );
  const whole = (one: Declaration): Declaration => ({
    ...one,
    start: startOf.get(one.head) ?? one.start,
  });
  const result: string[] = [];
  let at = 0;
  for (const [index, shown] of places.entries()) {
    const place = whole(shown);
    const moved = whole(pairs[index]?.theirs ?? place);
    result.push(...lines.slice(at, place.start), ...lines.slice(moved.start, moved.end));
    at = place.end;
  }
  return [...result, ...lines.slice(at)];
}
