import type { LanguageFacts } from "../../../../base/languages/language";
import type { Replacement } from "../../../../base/text/changes";
import { lineAt } from "../../../../base/text/lines";
import { canonicalLine } from "../../text/canonical-line";
import { indentOf } from "../../text/indentation";
import type { ScannedLine } from "../../text/scan-line";
import { scanLines } from "../../text/scan-lines";
import { usesName } from "../../text/whole-word";
import type { AnsweredCode } from "../answered-code";
import { boundHead } from "../bound-head";
import type { EditedFile } from "../edited-file";
import { withBindingOf } from "../fit/binding";
import { outermost } from "../nested-declarations";
import type { DeclarationPair } from "../pair-declarations";
import { isImport } from "./import-lines";

export interface Bindings {
  readonly ops: readonly Replacement[];
  readonly lines: ReadonlySet<number>;
}

/** A name that lines `[start, end)` give a value, with the comment right above. */
interface Binding {
  readonly name: string;
  readonly start: number;
  readonly head: number;
  readonly end: number;
}

/**
 * What an answer binds above its declarations: where the file binds the name to something else,
 * that line is changed; where it has no such name and the new code needs it, it comes to stand
 * above what it stands above in the answer.
 *
 *     answer: WORD = re.compile(r"\w+")
 *
 *             def words(text):
 *                 return WORD.findall(text)
 * @param text the lines that the answer's declarations add to the file
 */
export function placeBindings(
  code: AnsweredCode,
  pairs: readonly DeclarationPair[],
  text: readonly string[],
): Bindings {
  const { file, lines, tops } = code;
  const last = tops.at(-1)?.start ?? 0;
  const given = bindingsIn(lines, scanLines(lines, file.facts), file.facts).filter(
    ({ head }) => head < last && !tops.some((one) => head >= one.start && head < one.end),
  );
  if (given.length === 0) return { ops: [], lines: new Set() };
  const own = ownBindings(file);
  const ops: Replacement[] = [];
  const taken = new Set<number>();
  for (const one of given) {
    const known = own.filter(({ name }) => name === one.name);
    const [ours, ...others] = known;
    const op =
      ours === undefined
        ? usesName(text, one.name) && !file.snapshot.hasWord(one.name)
          ? above(code, pairs, one)
          : undefined
        : others.length === 0
          ? changed(file, ours, lines, one)
          : undefined;
    if (op === undefined) continue;
    for (let at = one.start; at < one.end; at++) taken.add(at);
    ops.push(op);
  }
  return { ops, lines: taken };
}

function changed(
  file: EditedFile,
  ours: Binding,
  lines: readonly string[],
  theirs: Binding,
): Replacement | undefined {
  const [own = "", line = ""] = [file.lines[ours.head], lines[theirs.head]];
  if (ours.end > ours.head + 1 || theirs.end > theirs.head + 1) return undefined;
  if (canonicalLine(own) === canonicalLine(line)) return undefined;
  const said = withBindingOf(own, indentOf(own) + line.trim());
  return { start: ours.head, end: ours.end, lines: [said] };
}

function above(
  { file, lines, tops }: AnsweredCode,
  pairs: readonly DeclarationPair[],
  one: Binding,
): Replacement | undefined {
  const next = tops.find(({ start }) => start >= one.end);
  const ours = pairs.find(({ theirs }) => theirs === next)?.ours;
  const beside =
    ours &&
    outermost(file.declarations).find(({ head, end }) => head <= ours.head && end > ours.head);
  if (
    next === undefined ||
    beside === undefined ||
    indentOf(lineAt(file.lines, beside.head)) !== ""
  )
    return undefined;
  let end = one.end;
  while (end < next.start && lines[end]?.trim() === "") end++;
  const own = lines.slice(one.start, one.end);
  const margin = indentOf(lineAt(lines, one.head));
  const moved = own.map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line));
  const gap = Array.from({ length: end - one.end }, () => "");
  return { start: beside.start, end: beside.start, lines: [...moved, ...gap] };
}

function bindingsIn(
  lines: readonly string[],
  scan: readonly ScannedLine[],
  facts: LanguageFacts,
): Binding[] {
  return scan.flatMap(({ kind, inside, depth, mask }, head): Binding[] => {
    if (kind !== "code" || inside || depth > 0 || isImport(lineAt(lines, head), facts)) return [];
    const name = boundHead(mask)?.name;
    if (name === undefined) return [];
    let end = head + 1;
    while (end < lines.length && ((scan[end]?.depth ?? 0) > 0 || scan[end]?.inside)) end++;
    let start = head;
    while (start > 0 && scan[start - 1]?.kind === "comment" && !scan[start - 1]?.docstring) start--;
    return [{ name, start, head, end }];
  });
}

function ownBindings(file: EditedFile): readonly Binding[] {
  const all = bindingsIn(file.lines, file.snapshot.scan, file.facts);
  return all.filter(({ head }) => !/^\s/.test(lineAt(file.lines, head)));
}
