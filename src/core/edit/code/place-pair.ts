import { type Placement, refused, tightOp } from "../locate/placement";
import { adoptCode } from "./adopt/adopt-code";
import { adoptedNotices } from "./adopted-notices";
import { type Declaration, keyOf } from "./declarations";
import type { EditedFile } from "./edited-file";
import { inFormOf } from "./head-form";
import { lacksFields, membersOf, missingFrom } from "./members";
import { keeping, modelLines } from "./model-lines";

/** A class or interface of which less is left is no version of it. */
const leastOfType = 0.4;

/** The file's declaration with what the model changed in it. */
export function placePair(
  file: EditedFile,
  lines: readonly string[],
  found: readonly Declaration[],
  theirs: Declaration,
  ours: Declaration,
): Placement {
  const own = file.lines.slice(ours.start, ours.end);
  const inside = theirs.kind === "type" ? found.filter((one) => one.head > theirs.head && one.head < theirs.end) : [];
  const members = ours.kind === "type" ? membersOf(file, ours).filter((one) => one.kind === "callable" || one.end > one.head + 1) : [];
  const gone = missingFrom(file, members, lines, inside);
  const hasNoFields = ours.kind === "type" && lacksFields(file, ours, lines, theirs, inside);
  const shown = modelLines(lines, theirs, ours);
  const headAt = theirs.head - theirs.start;
  const head = inFormOf(file.lines[ours.head] ?? "", shown[headAt] ?? "", file.facts, ours.container !== undefined);
  if (theirs.kind === "callable" && head === undefined) {
    const why = `The answer's \`${ours.name}\` is written as a function of another kind than the file's, and could not stand in its place.`;
    return refused("stale", why, [ours]);
  }
  const model = theirs.kind === "callable" ? shown.map((line, at) => (at === headAt ? (head ?? line) : line)) : shown;
  const adopted = adoptCode({
    file: own,
    model,
    facts: file.facts,
    fileStyle: file.snapshot.style,
    heads: [ours.head - ours.start, headAt],
    // A class that leaves methods out leaves its fields out for the same reason.
    keepMissing: gone.length > 0 ? "all" : hasNoFields ? "between" : undefined,
    ...(gone.length > 0 ? { keep: keeping(gone, ours.start) } : {}),
  });
  // A method under its name has its place, however much of the class is left out around it.
  const hasMember = inside.some((one) => members.some((other) => keyOf(other) === keyOf(one)));
  const elisionOnly = adopted.elided && adopted.covered < 0.2 && own.length > 6 && !hasMember;
  if (elisionOnly) return refused("malformed", `The answer leaves out most of \`${ours.name}\` (\`...\`).`, [ours]);
  if (ours.kind === "type" && !adopted.elided && adopted.covered < leastOfType && adopted.dropped > 2) {
    return refused("stale", `The answer leaves most of \`${ours.name}\` out, so it cannot be told what it keeps.`, [ours]);
  }
  const op = tightOp(file.lines, { start: ours.start, end: ours.end, lines: adopted.lines });
  return { kind: "placed", ops: op ? [op] : [], match: "symbol", notices: op ? adoptedNotices(adopted, gone, false) : [] };
}
