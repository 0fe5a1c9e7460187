import type { ScannedLine } from "../../text/scan-line";
import { scanLines } from "../../text/scan-lines";
import type { LineOp } from "../../text/source-lines";
import type { EditedFile } from "../edited-file";

interface Spec {
  readonly line: number;
  readonly text: string;
  readonly path: string;
  readonly name: string;
  readonly grouped: boolean;
}

/** Into the file's group, in its order, where the new code uses them. */
export function newGoImports(
  file: EditedFile,
  lines: readonly string[],
  text: readonly string[],
): { ops: LineOp[]; added: string[] } {
  const own = specsOf(file.lines, file.snapshot.scan);
  const known = new Set(own.map((one) => one.path));
  const wanted = specsOf(lines, scanLines(lines, file.facts)).filter(
    (one) =>
      !known.has(one.path) &&
      (one.name === "_" || text.some((line) => new RegExp(`(?<![\\w.])${one.name}\\.`).test(line))),
  );
  const added = [...new Map(wanted.map((one) => [one.path, one.text])).values()];
  if (added.length === 0) return { ops: [], added };
  const group = own.filter((one) => one.grouped);
  const [first] = group;
  if (!first) {
    const above =
      own[0]?.line ?? file.snapshot.scan.findIndex((line) => /^package\s/.test(line.mask));
    const at = above + 1;
    const found = added.map((spec) => `import ${spec}`);
    const gap = own[0] ? [] : [""];
    return { ops: [{ start: at, end: at, lines: [...gap, ...found] }], added };
  }
  // The standard library's have no dot in their first part, and stand together.
  const places = added.map((spec) => {
    const isLocal = (path: string): boolean => /^[^/]*\./.test(path);
    const path = /"([^"]*)"/.exec(spec)?.[1] ?? "";
    const kin = group.filter((one) => isLocal(one.path) === isLocal(path));
    const next = kin.find((one) => one.path > path);
    const start = next?.line ?? (kin[kin.length - 1] ?? group[group.length - 1] ?? first).line + 1;
    const indent = /^\s*/.exec(file.lines[first.line] ?? "")?.[0] ?? "\t";
    return { start, end: start, lines: [indent + spec] };
  });
  const ops = new Map<number, LineOp>();
  for (const place of [...places].sort((a, b) =>
    (a.lines[0] ?? "").localeCompare(b.lines[0] ?? ""),
  )) {
    const there = ops.get(place.start);
    ops.set(place.start, there ? { ...there, lines: [...there.lines, ...place.lines] } : place);
  }
  return { ops: [...ops.values()], added };
}

function specsOf(lines: readonly string[], scan: readonly ScannedLine[]): Spec[] {
  const specs: Spec[] = [];
  let inGroup = false;
  for (const [at, line] of lines.entries()) {
    if (scan[at]?.kind !== "code") continue;
    const single = /^import\s+((?:[\w.]+\s*)?"[^"]+")/.exec(line)?.[1];
    const grouped = inGroup ? /^\s*((?:[\w.]+\s*)?"[^"]+")/.exec(line)?.[1] : undefined;
    if (/^import\s*\(/.test(line)) inGroup = true;
    else if (/^\s*\)/.test(line)) inGroup = false;
    const text = (single ?? grouped)?.trim();
    const path = /"([^"]+)"/.exec(text ?? "")?.[1];
    if (text === undefined || path === undefined) continue;
    const name =
      /^[\w.]+(?=\s*")/.exec(text)?.[0] ??
      path
        .replace(/\/v\d+$/, "")
        .split("/")
        .pop() ??
      path;
    specs.push({ line: at, text, path, name, grouped: grouped !== undefined });
  }
  return specs;
}
