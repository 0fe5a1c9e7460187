import { type Placement, refused, tightOp } from "../locate/placement";
import { adoptCode } from "./adopt/adopt-code";
import { adoptedNotices } from "./adopted-notices";
import { type Declaration, outermost } from "./declarations";
import type { EditedFile } from "./edited-file";
import { looseKeys, membersOf, missingFrom } from "./members";
import { keeping, restUnchanged } from "./model-lines";

/** The whole file, when the code has every declaration of it and the better part of what stands between them. */
export function placeWhole(
  file: EditedFile,
  lines: readonly string[],
  found: readonly Declaration[],
  tops: readonly Declaration[],
  pathIsSure: boolean,
): Placement | undefined {
  const ours = outermost(file.declarations);
  const names = new Set(found.map((declaration) => declaration.name));
  if (file.lines.every((line) => line.trim() === "")) {
    return pathIsSure ? { kind: "placed", ops: [{ start: 0, end: file.lines.length, lines }], match: "exact", notices: [] } : undefined;
  }
  const others = ours.filter((declaration) => !names.has(declaration.name));
  if (missingFrom(file, others, lines, tops).length > 0) return undefined;
  const loose = looseKeys(file, file.lines, ours);
  const theirs = new Set(looseKeys(file, lines, tops));
  const covered = loose.filter((key) => theirs.has(key)).length;
  const isScript = ours.length === 0;
  if (isScript ? loose.length < 2 || covered < loose.length * 0.6 : loose.length > 0 ? covered < loose.length * 0.5 : ours.length < 2)
    return undefined;
  const example = trailingExample(file, lines, tops);
  const model = tops.some((one) => one.isOpen) ? [...lines, restUnchanged] : lines.slice(0, example);
  const gone = missingFrom(file, membersOf(file), lines, found);
  const adopted = adoptCode({
    file: file.lines,
    model,
    facts: file.facts,
    fileStyle: file.snapshot.style,
    ...(gone.length > 0 ? { keep: keeping(gone, 0) } : {}),
    keepMissing: covered < loose.length * 0.9 ? "all" : undefined,
    isFile: true,
  });
  if (adopted.covered < 0.5 && !adopted.elided) {
    return refused("stale", "The answer rewrites most of the file or leaves most of it out, so it cannot be told what it keeps.");
  }
  const op = tightOp(file.lines, { start: 0, end: file.lines.length, lines: adopted.lines });
  const notices = adoptedNotices(adopted, gone, example < lines.length);
  return { kind: "placed", ops: op ? [op] : [], match: "symbol", notices };
}

const exampleLine =
  /^\s*(?:print|console\.|assert|expect|puts|fmt\.Print|println!|System\.out|echo|doctest|unittest|(?:#|\/\/)\s*(?:example|test|usage|output|expected|this|should)|[\w.$]+\(.*\)\s*;?\s*(?:(?:#|\/\/).*)?$|(?:const |let |var )?\w+\s*:?=)/i;

/** Line behind the last that is not an example of use which the model added below the code. */
function trailingExample(file: EditedFile, lines: readonly string[], tops: readonly Declaration[]): number {
  const last = tops[tops.length - 1];
  if (!last) return lines.length;
  const own = new Set(file.lines.map((line) => line.trim()));
  const rest = lines.slice(last.end).filter((line) => line.trim() !== "");
  if (rest.length === 0 || rest.some((line) => own.has(line.trim()) || !exampleLine.test(line))) return lines.length;
  return last.end;
}
