import { oncePer } from "../../../base/once-per";
import { type Declaration, keyOf } from "../code/declarations";
import type { JudgedText } from "./judged-case";

/** Declarations by what holds them, kind and name. */
export const byScope = oncePer((declarations: readonly Declaration[]) => {
  const scopes = new Map<string, Declaration[]>();
  const open: { readonly end: number; readonly path: string }[] = [];
  for (const one of [...declarations].sort((a, b) => a.head - b.head || b.end - a.end)) {
    while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= one.head) open.pop();
    const path = `${open.at(-1)?.path ?? ""}/${keyOf(one)} ${one.container ?? ""}`;
    const known = scopes.get(path);
    if (known) known.push(one);
    else scopes.set(path, [one]);
    open.push({ end: one.end, path });
  }
  return scopes as ReadonlyMap<string, readonly Declaration[]>;
});

/** Per line of a text 1 in a function, or a method, and 0 beside them. */
export function linesOfFunctions({ lines, declarations }: JudgedText): Uint8Array {
  const inFunctions = new Uint8Array(lines.length);
  for (const { kind, head, end, isValue } of declarations)
    if (kind === "callable" && !isValue) inFunctions.fill(1, head, end);
  return inFunctions;
}
