import { scanLines } from "../text/scan-lines";
import { renamedPairs } from "./adopt/anchors";
import { type Declaration, keyOf } from "./declarations";
import type { EditedFile } from "./edited-file";

/** Declarations of the file, but for those inside of a function: what that one has is told by its version in the answer. */
export function membersOf(file: EditedFile, around?: Declaration): Declaration[] {
  const callables = file.declarations.filter((one) => one.kind === "callable");
  const isLocal = (one: Declaration): boolean => callables.some((outer) => outer.head < one.head && outer.end >= one.end);
  return file.declarations.filter((one) => !isLocal(one) && (!around || (one.head > around.head && one.end <= around.end)));
}

/**
 * Members of the file of which the answer has neither the name nor the body: forgotten, not deleted.
 * @param found the answer's declarations in the same place
 */
export function missingFrom(
  file: EditedFile,
  members: readonly Declaration[],
  lines: readonly string[],
  found: readonly Declaration[],
): Declaration[] {
  const names = new Set(found.map(keyOf));
  const missing = members.filter((one) => !names.has(keyOf(one)));
  const own = new Set(members.map(keyOf));
  const fresh = found.filter((one) => !own.has(keyOf(one)));
  const renamed = new Set(renamedPairs(file.lines, lines, missing, fresh).map((pair) => pair.ours));
  return missing.filter((one) => !renamed.has(one));
}

/** Keys of the lines of code that stand in no declaration. */
export function looseKeys(file: EditedFile, lines: readonly string[], declarations: readonly Declaration[]): string[] {
  const scan = lines === file.lines ? file.snapshot.scan : scanLines(lines, file.facts);
  return scan.flatMap((line, at) => {
    const isLoose = line.kind === "code" && !declarations.some((one) => at >= one.start && at < one.end);
    return isLoose ? [line.key] : [];
  });
}

/** Whether a class of the answer has none of the lines that the file's has beside its methods: then it forgot them. */
export function lacksFields(
  file: EditedFile,
  ours: Declaration,
  lines: readonly string[],
  theirs: Declaration,
  inside: readonly Declaration[],
): boolean {
  const saysSomething = (key: string): boolean => /\w/.test(key);
  const own = looseKeys(file, file.lines.slice(ours.head + 1, ours.end), shifted(membersOf(file, ours), ours.head + 1)).filter(
    saysSomething,
  );
  const their = looseKeys(file, lines.slice(theirs.head + 1, theirs.end), shifted(inside, theirs.head + 1)).filter(saysSomething);
  return own.length > 0 && inside.length > 0 && their.length === 0;
}

function shifted(declarations: readonly Declaration[], by: number): Declaration[] {
  return declarations.map((one) => ({ ...one, start: one.start - by, end: one.end - by, head: one.head - by }));
}
