import { firstWhere } from "../../../base/first-where";
import { oncePer } from "../../../base/once-per";
import type { Declaration } from "./declarations";

const byHead = oncePer((declarations: readonly Declaration[]) =>
  [...declarations].sort((a, b) => a.head - b.head || b.end - a.end),
);

/** Those that no other one holds. */
export function outermost(declarations: readonly Declaration[]): Declaration[] {
  let end = -1;
  return byHead(declarations).filter((declaration) => {
    if (declaration.head < end) return false;
    end = declaration.end;
    return true;
  });
}

/** Those whose heads stand on the lines `[start, end)`, in their order. */
export function beginningIn(
  declarations: readonly Declaration[],
  { start, end }: { readonly start: number; readonly end: number },
): readonly Declaration[] {
  const sorted = byHead(declarations);
  const from = firstWhere(sorted.length, (at) => (sorted[at]?.head ?? start) >= start);
  let to = from;
  while ((sorted[to]?.head ?? end) < end) to++;
  return sorted.slice(from, to);
}

/** Those right inside of a declaration, or those that none holds. */
export function within(
  declarations: readonly Declaration[],
  around: Declaration | undefined,
): Declaration[] {
  return outermost(
    around ? beginningIn(declarations, { start: around.head + 1, end: around.end }) : declarations,
  );
}

/** Those that stand whole on the lines `[start, end)`, by the lines of that part. */
export function wholeIn(
  declarations: readonly Declaration[],
  span: { readonly start: number; readonly end: number },
): Declaration[] {
  return beginningIn(declarations, span)
    .filter((one) => one.end <= span.end)
    .map((one) => shifted(one, span.start));
}

/** Whether a function holds a declaration: that goes with its body. */
export function isLocal(all: readonly Declaration[], one: Declaration): boolean {
  return all.some(
    (outer) =>
      outer !== one && outer.kind === "callable" && outer.head < one.head && outer.end >= one.end,
  );
}

/** A declaration by the lines of a part that begins at a line. */
export function shifted(one: Declaration, by: number): Declaration {
  return { ...one, start: Math.max(0, one.start - by), end: one.end - by, head: one.head - by };
}
