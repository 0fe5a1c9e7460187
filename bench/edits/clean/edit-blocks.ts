import type { ChangedFile } from "./changed-file";
import { linesAround, timesIn } from "./cut-lines";
import type { Hunk } from "./read-lines";

function block(path: string, old: readonly string[], fresh: readonly string[]): string {
  return `${path}\n<<<<<<< SEARCH\n${old.join("\n")}\n=======\n${fresh.length === 0 ? "" : `${fresh.join("\n")}\n`}>>>>>>> REPLACE`;
}

/** A block's lines must not look like its own marks. */
function marks(lines: readonly string[]): boolean {
  return lines.some((line) => /^\s*(?:<{5,}|={5,}|>{5,})/.test(line));
}

export function blocks(changed: ChangedFile, context: number): string[] | undefined {
  const out: string[] = [];
  for (const hunk of changed.change.hunks) {
    const { old, fresh } = linesAround(changed, hunk, context);
    if (
      old.every((line) => line.trim() === "") ||
      timesIn(changed.read.file.lines, old) !== 1 ||
      marks(old) ||
      marks(fresh)
    )
      return undefined;
    out.push(block(changed.read.file.path, old, fresh));
  }
  return out;
}

export function diffOf({ read, change }: ChangedFile): string {
  const { path, lines } = read.file;
  const out = [`--- a/${path}`, `+++ b/${path}`];
  let shift = 0;
  const groups: Hunk[][] = [];
  for (const hunk of change.hunks) {
    const last = groups.at(-1);
    if (last && hunk.start - (last.at(-1)?.end ?? 0) <= 6) last.push(hunk);
    else groups.push([hunk]);
  }
  for (const group of groups) {
    const start = Math.max(0, (group[0]?.start ?? 0) - 3);
    const end = Math.min(lines.length, (group.at(-1)?.end ?? 0) + 3);
    const body: string[] = [];
    let at = start;
    let added = 0;
    for (const hunk of group) {
      for (; at < hunk.start; at++) body.push(` ${lines[at]}`);
      for (; at < hunk.end; at++) body.push(`-${lines[at]}`);
      for (const line of hunk.lines) body.push(`+${line}`);
      added += hunk.lines.length - (hunk.end - hunk.start);
    }
    for (; at < end; at++) body.push(` ${lines[at]}`);
    out.push(
      `@@ -${start + 1},${end - start} +${start + 1 + shift},${end - start + added} @@`,
      ...body,
    );
    shift += added;
  }
  return out.join("\n");
}
