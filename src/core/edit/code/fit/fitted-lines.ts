import { lineAt } from "../../../../base/text/lines";
import { shareColumn } from "../../text/columns";
import { columnsOf, depthOf, type IndentMap, indentBelow, indentOf } from "../../text/indentation";
import { range } from "../../text/lines";
import { withBindingOf, withoutBinding } from "./binding";
import { openersOf } from "./closing-lines";
import type { Fitting } from "./fitting";
import { movedLines } from "./meant-layout";
import type { LineWriter } from "./moved-text";
import { isCode, type Side } from "./side";

export class FittedLines implements LineWriter {
  readonly #fitting: Fitting;
  readonly #keepsBindings: boolean;
  readonly #moved: ReadonlySet<number>;
  /** Lines of the answer whose columns are those of its new lines. */
  readonly #realigned: ReadonlySet<number>;
  readonly #became: ReadonlyMap<number, number>;
  readonly #partners: ReadonlyMap<number, number>;

  constructor(fitting: Fitting, keepsBindings: boolean) {
    this.#fitting = fitting;
    this.#keepsBindings = keepsBindings;
    const { file, answer, steps, silence } = fitting;
    this.#moved = movedLines(fitting);
    this.#became = new Map([...silence.changed].map(([own, theirs]) => [theirs, own]));
    this.#realigned = realignedIn(fitting);
    this.#partners = new Map([
      ...steps.flatMap((step): [number, number][] =>
        step.kind === "pair" ? [[step.file, step.answer]] : [],
      ),
      [file.lines.length, answer.lines.length],
    ]);
  }

  repeated(own: number, theirs: number): string {
    const line = lineAt(this.#fitting.file.lines, own);
    const text = lineAt(this.#fitting.answer.lines, theirs);
    if (
      this.#fitting.file.keys[own] !== this.#fitting.answer.keys[theirs] ||
      this.#realigned.has(theirs)
    )
      return this.changed(own, theirs, "");
    const comment = this.#commentBehind(this.#fitting.answer, theirs);
    const said =
      comment === "" || comment === this.#commentBehind(this.#fitting.file, own)
        ? line
        : this.#withComment(own, theirs);
    const full = this.#isEndMeant(own, theirs) ? this.#withEnd(said, own, theirs) : said;
    return this.#moved.has(theirs)
      ? this.#fitting.depths.map(indentOf(text)) + full.slice(indentOf(full).length)
      : full;
  }

  /**
   * Whether the answer means the sign that it ends a line with, and has it not from its own style:
   * it is another one than the file's, or something else follows on it than in the file.
   *
   *     file: "test": "vitest"     answer: "test": "vitest",
   *           }                            "lint": "biome"
   */
  #isEndMeant(own: number, theirs: number): boolean {
    const [ours, said] = [endSign(this.#fitting.file, own), endSign(this.#fitting.answer, theirs)];
    if (ours === said) return false;
    if ((ours !== "" && said !== "") || this.#closesOther(own, theirs)) return true;
    const next = nextSaid(this.#fitting.file, own);
    const other = nextSaid(this.#fitting.answer, theirs);
    if (goesOn(this.#fitting.file, next) !== goesOn(this.#fitting.answer, other)) return true;
    const isStyle = ours + said === ";" && this.#fitting.request.facts.optionalSemicolons;
    if (isStyle || this.#fitting.silence.kept.has(next)) return false;
    return this.#partners.get(next) !== other && this.#became.get(other) !== next;
  }

  /** Whether one closes what is given to a name, and the other a declaration. */
  #closesOther(own: number, theirs: number): boolean {
    const { file, answer } = this.#fitting;
    const isValue = (side: Side, line: number): boolean =>
      valued.test(withoutBinding(lineAt(side.lines, openersOf(side)[line] ?? -1)));
    return isValue(file, own) !== isValue(answer, theirs);
  }

  #withEnd(line: string, own: number, theirs: number): string {
    const code = line.slice(0, this.#fitting.file.scan[own]?.commentAt).trimEnd();
    const bare = code.slice(0, code.length - endSign(this.#fitting.file, own).length);
    return bare + endSign(this.#fitting.answer, theirs) + line.slice(code.length);
  }

  #commentBehind(side: Side, line: number): string {
    return isCode(side.roles[line])
      ? lineAt(side.lines, line).slice(side.scan[line]?.commentAt).trim()
      : "";
  }

  /** The file's code with the comment that the answer writes behind it. */
  #withComment(own: number, theirs: number): string {
    const code = (side: Side, line: number): string =>
      lineAt(side.lines, line).slice(0, side.scan[line]?.commentAt);
    const before = code(this.#fitting.file, own);
    const had = this.#commentBehind(this.#fitting.file, own) !== "";
    const gap = blanksBehind(had ? before : code(this.#fitting.answer, theirs));
    return before.trimEnd() + gap + this.#commentBehind(this.#fitting.answer, theirs);
  }

  /** With the comment behind it that the answer is silent about. */
  changed(own: number, theirs: number, above: string): string {
    const said = this.#laidOut(theirs, own, above);
    const line = this.#keepsBindings
      ? withBindingOf(lineAt(this.#fitting.file.lines, own), said)
      : said;
    const comment = this.#commentBehind(this.#fitting.file, own);
    if (comment === "" || this.#commentBehind(this.#fitting.answer, theirs) !== "") return line;
    const before = lineAt(this.#fitting.file.lines, own).slice(
      0,
      this.#fitting.file.scan[own]?.commentAt,
    );
    return line.trimEnd() + blanksBehind(before) + comment;
  }

  fresh(theirs: number, above: string): string {
    return this.#laidOut(theirs, undefined, above);
  }

  /** A line of the answer with the file's indentation. @param above what was written above it */
  #laidOut(line: number, own: number | undefined, above: string): string {
    const { answer, file, depths, request } = this.#fitting;
    const { inside, kind, docstring } = answer.scan[line] ?? {};
    const said = indented(answer, line, depths);
    if (said === "" || (inside && (kind === "code" || !docstring))) return said;
    const bare = said.slice(indentOf(said).length);
    const ownIndent = own === undefined ? undefined : indentOf(lineAt(file.lines, own));
    if (!depths.trusted) return (ownIndent ?? indentBelow(above, request.fileStyle)) + bare;
    const isSame = ownIndent !== undefined && columnsOf(ownIndent) === depthOf(said);
    return isSame ? ownIndent + bare : said;
  }
}

/**
 * A line at the depth of its place: a string stays as it is, and what is inside of a comment keeps
 * its place below the line that opens it.
 */
export function indented(
  { lines, scan }: Pick<Side, "lines" | "scan">,
  line: number,
  { map }: Pick<IndentMap, "map">,
): string {
  const text = lineAt(lines, line);
  const scanned = scan[line];
  if (scanned?.inside && scanned.kind === "code") return text;
  if (text.trim() === "") return "";
  let opener = line;
  while (opener > 0 && scan[opener]?.inside && !scan[opener]?.docstring) opener--;
  const indent = indentOf(lineAt(lines, opener));
  return text.startsWith(indent)
    ? map(indent) + text.slice(indent.length)
    : map(indentOf(text)) + text.trimStart();
}

const valued = /^\s*(?:(?:const|let|var)\s|[\w.$]+\s*=[^=])/;

function endSign(side: Side, line: number): string {
  const code = lineAt(side.lines, line).slice(0, side.scan[line]?.commentAt).trimEnd();
  const last = code.slice(-1);
  return isCode(side.roles[line]) && (last === ";" || last === ",") ? last : "";
}

function nextSaid(side: Side, line: number): number {
  let next = line + 1;
  while (next < side.lines.length && !isCode(side.roles[next]) && side.roles[next] !== "elision")
    next++;
  return next;
}

function goesOn(side: Side, line: number): boolean {
  return /^\s*(?:[+*/?:&|.]|-(?!-))/.test(lineAt(side.lines, line));
}

function blanksBehind(text: string): string {
  return text.slice(text.trimEnd().length);
}

/**
 * Columns that a new line needs are the answer's, also in the lines that it repeats.
 *
 *     file: bucket = "data"     answer: bucket        = "data"
 *                                       force_destroy = true
 */
function realignedIn({ file, answer, steps }: Fitting): ReadonlySet<number> {
  const other = new Map(
    steps.flatMap((step): [number, string][] =>
      step.kind === "pair" ? [[step.answer, lineAt(file.lines, step.file).trim()]] : [],
    ),
  );
  const realigned = new Set<number>();
  let from = 0;
  for (let at = 0; at <= answer.lines.length; at++) {
    if (at < answer.lines.length && answer.roles[at] !== "blank") continue;
    const table = range(from, at);
    const fresh = table.filter((line) => isCode(answer.roles[line]) && !other.has(line));
    for (const line of fresh.length > 0 ? table : []) {
      const text = lineAt(answer.lines, line).trim();
      const own = other.get(line);
      const isOther = own !== undefined && own !== text && !answer.scan[line]?.inside;
      if (isOther && fresh.some((one) => shareColumn(text, lineAt(answer.lines, one))))
        realigned.add(line);
    }
    from = at + 1;
  }
  return realigned;
}
