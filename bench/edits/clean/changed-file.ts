import type { Change } from "./changes";
import type { Hunk } from "./read-lines";
import type { ReadFile, Unit } from "./units";

/** A change with the file as it becomes. */
export interface ChangedFile {
  readonly read: ReadFile;
  readonly unit: Unit | undefined;
  readonly change: Change;
  readonly lines: readonly string[];
}

export function applied(lines: readonly string[], hunks: readonly Hunk[]): string[] {
  const out: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    out.push(...lines.slice(at, hunk.start), ...hunk.lines);
    at = hunk.end;
  }
  return [...out, ...lines.slice(at)];
}

/** The unit as it becomes, from its comment or from its head. */
export function unitLines(
  { change, unit, lines }: ChangedFile,
  from: "doc" | "head",
): string[] | undefined {
  if (unit === undefined) return undefined;
  const inside = change.hunks.every((hunk) => hunk.start >= unit.docStart && hunk.end <= unit.end);
  if (!inside) return undefined;
  const start = from === "doc" ? unit.docStart : unit.headStart;
  if (
    from === "head" &&
    change.hunks.some(
      (hunk) =>
        hunk.start < unit.headStart || (hunk.start === unit.headStart && hunk.end === hunk.start),
    )
  )
    return undefined;
  const growth = change.hunks.reduce(
    (sum, hunk) => sum + hunk.lines.length - (hunk.end - hunk.start),
    0,
  );
  return lines.slice(start, unit.end + growth);
}

/** Nobody writes out a long file again. */
export function wholeFile({ lines }: ChangedFile, most = 400): readonly string[] | undefined {
  return lines.length <= most ? lines : undefined;
}

export function payload(changed: ChangedFile): readonly string[] | undefined {
  return changed.unit === undefined ? wholeFile(changed) : unitLines(changed, "doc");
}

/** A fence that the text cannot close by itself. */
export function fenced(lines: readonly string[], tag: string, shortest = 3): string {
  const longest = Math.max(
    shortest - 1,
    ...lines.map((line) => /^\s*(`{3,})/.exec(line)?.[1]?.length ?? 0),
  );
  const fence = "`".repeat(Math.max(shortest, longest + 1));
  return `${fence}${tag}\n${lines.join("\n")}\n${fence}`;
}

export function tagOf({ read }: ChangedFile): string {
  return read.file.facts.fences[0] ?? "";
}
