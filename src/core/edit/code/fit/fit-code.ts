import type { LanguageFacts } from "../../../../base/languages/language";
import { columnsOf, type IndentMap, type IndentStyle, indentOf } from "../../text/indentation";
import { range as rangeOf } from "../../text/range";
import type { Declaration } from "../declarations";
import type { DeclarationPair } from "../pair-declarations";
import { areAnchored } from "./anchors";
import { withBindingOf } from "./binding";
import { depthsOf, isMeasured, isWholeStep, meansDepth } from "./depths";
import { type Silence, silenceOf } from "./forgotten";
import { isCode, isStatement, type Side, sideOf } from "./side";
import { type Gap, type Span, type Step, stepsOf } from "./steps";

/** A place of the file and the answer's version of it. */
export interface FitRequest {
  readonly file: readonly string[];
  readonly answer: readonly string[];
  readonly facts: LanguageFacts;
  /** How the whole file indents, for a place too small to show it. */
  readonly fileStyle: IndentStyle;
  /** Declarations in the place and in the answer, by the lines of each, found by the same means. */
  readonly fileDeclarations: readonly Declaration[];
  readonly answerDeclarations: readonly Declaration[];
  /** Both begin with this declaration. */
  readonly heads?: DeclarationPair;
  /** Both are the whole file. */
  readonly isFile?: boolean;
}

/** The place with what the answer changed in it. */
export interface Fitted {
  readonly lines: readonly string[];
  /** Declarations that the answer does not mention, and that stay. */
  readonly forgotten: readonly Declaration[];
  /** Lines of code of the file that the answer repeats or changes, of all that were not forgotten: from 0 to 1. */
  readonly covered: number;
  /** Lines of code of the file that are gone with nothing in their place. */
  readonly gone: number;
  /** The answer left code out by a mark. */
  readonly elided: boolean;
  /** It is sure where between the left-out lines each part of the answer belongs. */
  readonly anchored: boolean;
}

/**
 * The answer's own text in the file's place, line for line, but for three things: a line that says the same stays the file's, character
 * by character; what the answer is silent about stays; and the indentation is the file's.
 */
export function fitCode(request: FitRequest): Fitted {
  const own = new Set(request.file.map((line) => line.trim()));
  const file = sideOf(request.file, request.facts, request.fileDeclarations);
  const answer = sideOf(request.answer, request.facts, request.answerDeclarations, (line) =>
    own.has(line.trim()),
  );
  const steps = stepsOf(file, answer, request.heads);
  const silence = silenceOf(file, answer, steps, request.isFile === true);
  const depths = depthsOf(file, answer, steps, request.fileStyle, request.isFile === true);
  const write = (keepsBindings: boolean): string[] =>
    new FitWriter(request, file, answer, steps, silence, depths, keepsBindings).write();
  const bound = write(true);
  // Where nothing else changes, the binding is what the answer takes away.
  const lines = bound.every((line, at) => line === request.file[at]) ? write(false) : bound;
  return {
    lines,
    forgotten: silence.forgotten,
    ...countsOf(file, steps, silence),
    elided: answer.roles.includes("elision"),
    anchored: areAnchored(file, answer, steps, silence.changed),
  };
}

function countsOf(
  file: Side,
  steps: readonly Step[],
  silence: Silence,
): { covered: number; gone: number } {
  const paired = new Set(steps.flatMap((step) => (step.kind === "pair" ? [step.file] : [])));
  let open = 0;
  let met = 0;
  for (const [line, role] of file.roles.entries()) {
    if (!isCode(role) || silence.kept.has(line)) continue;
    open++;
    if (paired.has(line) || silence.changed.has(line)) met++;
  }
  return { covered: open === 0 ? 1 : met / open, gone: open - met };
}

type Pair = Extract<Step, { kind: "pair" }>;

/** Of the lines that both sides have, so many at one column show that the answer copies the file's layout. */
const exactAtLeast = 0.66;

class FitWriter {
  readonly #out: string[] = [];
  readonly #keepsBlanks: boolean;
  readonly #moved: ReadonlySet<number>;
  /** Per line of the answer the line of the file that it changes. */
  readonly #became: ReadonlyMap<number, number>;
  /** Per line of the file the line of the answer that is the same. */
  readonly #partners: ReadonlyMap<number, number>;
  /** The last part before a mark for left-out code was set apart from it. */
  #endsInBlank = false;

  constructor(
    private readonly request: FitRequest,
    private readonly file: Side,
    private readonly answer: Side,
    private readonly steps: readonly Step[],
    private readonly silence: Silence,
    private readonly depths: IndentMap,
    private readonly keepsBindings: boolean,
  ) {
    this.#keepsBlanks = this.#knowsBlanks();
    this.#moved = this.#movedLines();
    this.#became = new Map([...silence.changed].map(([own, theirs]) => [theirs, own]));
    this.#partners = new Map([
      ...steps.flatMap((step): [number, number][] =>
        step.kind === "pair" ? [[step.file, step.answer]] : [],
      ),
      [file.lines.length, answer.lines.length],
    ]);
  }

  write(): string[] {
    for (const step of this.steps) {
      switch (step.kind) {
        case "pair":
          this.#out.push(this.#pairLine(step.file, step.answer));
          break;
        case "gap":
          this.#gap(step);
          break;
        default: {
          const never: never = step;
          return never;
        }
      }
    }
    return this.#out;
  }

  /** Whether the answer has the file's blank lines where nothing changed: then those that it lacks elsewhere are gone. */
  #knowsBlanks(): boolean {
    let same = 0;
    let other = 0;
    for (const step of this.steps) {
      if (step.kind !== "gap" || this.#changes(step)) continue;
      const blanks = blanksIn(this.file, step.file);
      const theirs = blanksIn(this.answer, step.answer);
      if (blanks === 0 && theirs === 0) continue;
      if (blanks === theirs) same++;
      else other++;
    }
    // Beside left-out code an answer shows too little to tell.
    const isElided = this.answer.roles.includes("elision");
    return isElided ? same > other : same >= other;
  }

  /** Lines of the answer that were moved to another depth on purpose. */
  #movedLines(): Set<number> {
    const moved = new Set<number>();
    if (!this.depths.trusted) return moved;
    const always = meansDepth(this.request.facts);
    const isExact = this.#isExact();
    let run: Pair[] = [];
    let besideChange = false;
    const settle = (isChangeBehind: boolean): void => {
      const isBeside = besideChange || isChangeBehind;
      for (const pair of run) {
        const isWhole = isWholeStep(this.#columnsAway(pair), this.request.fileStyle);
        if (isWhole ? always || isBeside : isExact && isBeside) moved.add(pair.answer);
      }
      run = [];
    };
    for (const step of this.steps) {
      if (step.kind === "gap") {
        if (!this.#changes(step)) continue;
        settle(true);
        besideChange = true;
        continue;
      }
      if (this.#columnsAway(step) > 0) run.push(step);
      else if (isMeasured(this.file, step.file)) {
        settle(this.file.keys[step.file] !== this.answer.keys[step.answer]);
        besideChange = this.file.keys[step.file] !== this.answer.keys[step.answer];
      }
    }
    settle(false);
    return moved;
  }

  #changes(gap: Gap): boolean {
    for (let at = gap.answer.start; at < gap.answer.end; at++)
      if (isCode(this.answer.roles[at]) && !this.silence.dropped.has(at)) return true;
    for (let at = gap.file.start; at < gap.file.end; at++)
      if (isCode(this.file.roles[at]) && !this.silence.kept.has(at)) return true;
    return false;
  }

  /** How far from the file's own depth the answer has a line; zero where depth says nothing. */
  #columnsAway({ file: own, answer: theirs }: Pair): number {
    const line = this.file.lines[own] ?? "";
    const scan = this.file.scan[own];
    if (scan?.inside || (scan?.inList && this.answer.scan[theirs]?.inList)) return 0;
    const away =
      columnsOf(this.depths.map(indentOf(this.answer.lines[theirs] ?? ""))) -
      columnsOf(indentOf(line));
    return Math.abs(away);
  }

  /** Whether the answer has most lines at the very column of the file's: then it means any other column, too. */
  #isExact(): boolean {
    const pairs = this.steps.filter(
      (step): step is Pair => step.kind === "pair" && isMeasured(this.file, step.file),
    );
    const exact = pairs.filter((pair) => this.#columnsAway(pair) === 0);
    return exact.length >= pairs.length * exactAtLeast;
  }

  #pairLine(own: number, theirs: number): string {
    const line = this.file.lines[own] ?? "";
    const text = this.answer.lines[theirs] ?? "";
    if (this.file.keys[own] !== this.answer.keys[theirs]) return this.#changedLine(own, theirs);
    const comment = this.#commentBehind(this.answer, theirs);
    const said =
      comment === "" || comment === this.#commentBehind(this.file, own)
        ? line
        : this.#withComment(own, theirs);
    const full = this.#isEndMeant(own, theirs) ? this.#withEnd(said, own, theirs) : said;
    return this.#moved.has(theirs)
      ? this.depths.map(indentOf(text)) + full.slice(indentOf(full).length)
      : full;
  }

  /**
   * Whether the answer means the sign that it ends a line with, and has it not from its own style: it is another one than the file's,
   * or something else follows on it than in the file.
   *
   *     file: "test": "vitest"     answer: "test": "vitest",
   *           }                            "lint": "biome"
   */
  #isEndMeant(own: number, theirs: number): boolean {
    const [ours, said] = [endSign(this.file, own), endSign(this.answer, theirs)];
    if (ours === said) return false;
    if (ours !== "" && said !== "") return true;
    const next = nextSaid(this.file, own);
    const other = nextSaid(this.answer, theirs);
    if (goesOn(this.file, next) !== goesOn(this.answer, other)) return true;
    const isStyle = ours + said === ";" && this.request.facts.optionalSemicolons;
    if (isStyle || this.answer.roles[other] === "elision" || this.silence.kept.has(next))
      return false;
    return this.#partners.get(next) !== other && this.#became.get(other) !== next;
  }

  #withEnd(line: string, own: number, theirs: number): string {
    const code = line.slice(0, this.file.scan[own]?.commentAt).trimEnd();
    const bare = code.slice(0, code.length - endSign(this.file, own).length);
    return bare + endSign(this.answer, theirs) + line.slice(code.length);
  }

  #commentBehind(side: Side, line: number): string {
    return isCode(side.roles[line])
      ? (side.lines[line] ?? "").slice(side.scan[line]?.commentAt).trim()
      : "";
  }

  /** The file's code with the comment that the answer writes behind it. */
  #withComment(own: number, theirs: number): string {
    const code = (side: Side, line: number): string =>
      (side.lines[line] ?? "").slice(0, side.scan[line]?.commentAt);
    const before = code(this.file, own);
    const had = this.#commentBehind(this.file, own) !== "";
    const gap = blanksBehind(had ? before : code(this.answer, theirs));
    return before.trimEnd() + gap + this.#commentBehind(this.answer, theirs);
  }

  /** A line that became another: the answer's, with the comment behind it that the answer is silent about. */
  #changedLine(own: number, theirs: number): string {
    const said = this.#indented(theirs, own);
    const isBound = this.keepsBindings && this.request.facts.regexLiterals;
    const line = isBound ? withBindingOf(this.file.lines[own] ?? "", said) : said;
    const comment = this.#commentBehind(this.file, own);
    if (comment === "" || this.#commentBehind(this.answer, theirs) !== "") return line;
    const before = (this.file.lines[own] ?? "").slice(0, this.file.scan[own]?.commentAt);
    return line.trimEnd() + blanksBehind(before) + comment;
  }

  /** What stands between two lines that both sides have. */
  #gap(gap: Gap): void {
    const { kept, dropped } = this.silence;
    const own = range(gap.file).filter((line) => this.file.roles[line] !== "blank");
    const fresh = range(gap.answer).filter(
      (line) => this.answer.roles[line] !== "blank" && !dropped.has(line),
    );
    if (fresh.length === 0 && own.every((line) => kept.has(line))) {
      this.#own(range(gap.file));
      return;
    }
    if (fresh.some((line) => this.answer.roles[line] === "elision")) this.#elided(gap, own);
    else if (own.some((line) => kept.has(line))) this.#merged(gap, own);
    else this.#replaced(gap);
  }

  /** The answer's lines alone. Where it has fewer blank lines than the file, the file's stand around them. */
  #replaced(gap: Gap): void {
    const theirs = range(gap.answer).filter((line) => !this.silence.dropped.has(line));
    const said = theirs.filter((line) => this.answer.roles[line] !== "blank");
    const [first = gap.answer.end] = said;
    const hasCode = said.some((line) => isCode(this.answer.roles[line]));
    const own = blanksIn(this.file, gap.file);
    const isElided = this.answer.roles.includes("elision");
    const isLaidOut =
      (this.#keepsBlanks && (hasCode || !isElided)) ||
      (hasCode && blanksIn(this.answer, gap.answer) >= own) ||
      (said.length === 0 && blanksIn(this.answer, gap.answer) === own);
    if (isLaidOut) {
      const blanks = range(gap.file).filter((line) => this.file.roles[line] === "blank");
      const isSame = blanks.length === blanksIn(this.answer, gap.answer);
      // New words for a comment do not set it apart from what stands above.
      const isReworded =
        !hasCode &&
        said.length > 0 &&
        blanks.length === 0 &&
        range(gap.file).some((line) => this.file.roles[line] === "comment");
      for (const line of theirs) {
        if (isReworded && line < first) continue;
        // As many empty lines as before are the file's, with the spaces that may be in them.
        const blank = isSame && this.answer.roles[line] === "blank" ? blanks.shift() : undefined;
        // One of the file's is also told by the spaces in it.
        const text = this.answer.lines[line] ?? "";
        const isOwn = text.trim() === "" && blanks.some((own) => this.file.lines[own] === text);
        if (blank !== undefined) this.#out.push(this.file.lines[blank] ?? "");
        else if (isOwn) this.#out.push(text);
        else this.#fresh(line, gap);
      }
      return;
    }
    const before = leadingBlanks(this.file, gap.file);
    this.#blank(hasCode ? Math.max(before, first - gap.answer.start) : before);
    for (const line of theirs)
      if (line >= first && (hasCode || this.answer.roles[line] !== "blank")) this.#fresh(line, gap);
    if (said.length === 0) return;
    while (this.#out[this.#out.length - 1] === "") this.#out.pop();
    this.#blank(before === gap.file.end - gap.file.start ? 0 : trailingBlanks(this.file, gap.file));
  }

  /**
   * The answer's lines, and among them what the answer is silent about: before what it stood before, and a declaration behind what the
   * answer wrote. Comments and decorators above a line that both sides have stay right above it.
   */
  #merged(gap: Gap, own: readonly number[]): void {
    const { kept, dropped, changed } = this.silence;
    const theirs = range(gap.answer).filter((line) => !dropped.has(line));
    let at = 0;
    let waiting: number[] = [];
    const writeTo = (stop: number): void => {
      for (; at < theirs.length && (theirs[at] ?? 0) < stop; at++) {
        const line = theirs[at] ?? 0;
        const isDouble =
          hasKept && this.answer.roles[line] === "blank" && this.#out[this.#out.length - 1] === "";
        if (!isDouble) this.#fresh(line, gap);
      }
    };
    let hasKept = false;
    const settle = (): void => {
      hasKept ||= waiting.length > 0;
      this.#keepLines(waiting, gap);
      waiting = [];
    };
    for (const line of own) {
      const became = changed.get(line);
      if (kept.has(line)) waiting.push(line);
      else if (became !== undefined) {
        writeTo(this.#leadStart(became, gap.answer.start));
        settle();
        writeTo(became + 1);
      } else if (isCode(this.file.roles[line])) settle();
    }
    const lead = waiting.filter((_, index) =>
      waiting.slice(index).every((other) => !isStatement(this.file, other)),
    );
    waiting = waiting.slice(0, waiting.length - lead.length);
    const leadStart = this.#leadStart(gap.answer.end, gap.answer.start);
    if (waiting.length > 0 && this.#isFirstIn(gap)) {
      // A new member goes behind those that a class has, not before its fields.
      settle();
      if (this.#out[this.#out.length - 1]?.trim() !== "" && at < theirs.length) this.#out.push("");
    }
    const hasUpper = theirs.some((line) => line < leadStart && this.answer.roles[line] !== "blank");
    if (hasUpper || at > 0 || waiting.length === 0) writeTo(this.#behindLast(theirs, leadStart));
    else {
      // What the answer is silent about stands right below what it stood below: the blank lines come behind it.
      const blanks = theirs.filter((line) => line < leadStart).length;
      at = blanks;
      settle();
      if (blanks > 0 && (this.#out[this.#out.length - 1] ?? "").trim() !== "") this.#blank(blanks);
    }
    settle();
    const attributes = lead.findIndex((line) => this.file.roles[line] === "attribute");
    this.#keepLines(attributes < 0 ? lead : lead.slice(0, attributes), gap);
    const isComment = (line: number): boolean =>
      this.answer.roles[line] !== "attribute" && this.answer.scan[line]?.kind !== "code";
    let stop = leadStart;
    while (stop < gap.answer.end && isComment(stop)) stop++;
    writeTo(stop);
    if (attributes >= 0) this.#keepLines(lead.slice(attributes), gap);
    writeTo(gap.answer.end);
  }

  /** Whether a gap follows right on the head of a class. */
  #isFirstIn(gap: Gap): boolean {
    return this.file.declarations.some(
      (one) => one.kind === "type" && one.head + 1 === gap.file.start && one.end > gap.file.start,
    );
  }

  /** Behind the last line that says something before `stop`. */
  #behindLast(lines: readonly number[], stop: number): number {
    const last = lines.findLast((line) => line < stop && this.answer.roles[line] !== "blank");
    return last === undefined ? stop : last + 1;
  }

  /** The first of the comments and attributes of the answer right above a line. */
  #leadStart(line: number, from: number): number {
    let start = line;
    while (
      start > from &&
      (this.answer.roles[start - 1] === "attribute" || this.answer.roles[start - 1] === "comment")
    )
      start--;
    return start;
  }

  #keepLines(lines: readonly number[], gap: Gap): void {
    const [first] = lines;
    const last = lines[lines.length - 1];
    if (first === undefined || last === undefined) return;
    let start = first;
    while (start > gap.file.start && this.file.roles[start - 1] === "blank") start--;
    const keep = new Set(lines);
    // One gap of blank lines is enough where the answer has written one already.
    const isBlankAbove = (this.#out[this.#out.length - 1] ?? "").trim() === "";
    for (let at = start; at <= last; at++) {
      if (this.file.roles[at] === "blank" ? !(isBlankAbove && at < first) : keep.has(at))
        this.#out.push(this.file.lines[at] ?? "");
    }
    let behind = last + 1;
    while (behind < gap.file.end && this.file.roles[behind] === "blank")
      this.#out.push(this.file.lines[behind++] ?? "");
  }

  /**
   * The answer left out what the file has here. Its own lines before the first mark go on with what stands above; those that changed
   * lines of the file take their place; others stand before what follows.
   */
  #elided(gap: Gap, own: readonly number[]): void {
    const { changed } = this.silence;
    this.#endsInBlank = false;
    let at = gap.file.start;
    let waiting: (readonly number[])[] = [];
    for (const [index, part] of this.#parts(gap).entries()) {
      const theirs = new Set(part);
      const replaced = own.filter((line) => theirs.has(changed.get(line) ?? -1));
      const [from, to] = this.#wholeComments(replaced, gap.file);
      if (from !== undefined && to !== undefined && from >= at) {
        if (index > 0) this.#own(rangeOf(at, from));
        else
          this.#keepLines(
            own.filter((line) => line < from && this.silence.kept.has(line)),
            gap,
          );
        for (const one of waiting) this.#part(one, gap, true);
        waiting = [];
        this.#part(part, gap, index > 0);
        at = to + 1;
      } else if (index > 0) waiting.push(part);
      else {
        this.#part(part, gap, false);
      }
    }
    const rest = rangeOf(at, this.#isLead(waiting) ? this.#leadOf(gap.file.end, at) : gap.file.end);
    if (this.#endsInBlank && rest.length > 0 && this.file.roles[at] !== "blank") this.#out.push("");
    this.#own(rest, true);
    const isLead = this.#isLead(waiting);
    for (const part of waiting) this.#part(part, gap, true, isLead);
  }

  /** The first and last of lines of the file, and where those are comments, of the comments that they belong to. */
  #wholeComments(lines: readonly number[], within: Span): [number?, number?] {
    let from = lines[0];
    let to = lines.at(-1);
    if (from === undefined || to === undefined) return [];
    const isComment = (line: number): boolean => this.file.roles[line] === "comment";
    while (isComment(from) && from > within.start && isComment(from - 1)) from--;
    while (isComment(to) && to + 1 < within.end && isComment(to + 1)) to++;
    return [from, to];
  }

  /** Whether the last part is documentation alone, which takes the place of what stands above the same line in the file. */
  #isLead(parts: readonly (readonly number[])[]): boolean {
    const said = (parts[parts.length - 1] ?? []).filter(
      (line) => this.answer.roles[line] !== "blank",
    );
    return said.length > 0 && said.every((line) => this.answer.roles[line] === "comment");
  }

  /** The first of the comments right above a line of the file. */
  #leadOf(line: number, from: number): number {
    let start = line;
    while (start > from && this.file.roles[start - 1] === "comment") start--;
    return start;
  }

  /** The lines of the answer between its marks for what it left out, without the blank lines around the marks. */
  #parts(gap: Gap): number[][] {
    const parts: number[][] = [[]];
    for (const line of range(gap.answer)) {
      if (this.answer.roles[line] === "elision") parts.push([]);
      else if (!this.silence.dropped.has(line)) parts[parts.length - 1]?.push(line);
    }
    return parts;
  }

  #part(part: readonly number[], gap: Gap, isBehindMark: boolean, isLead = false): void {
    const first = part.findIndex((line) => this.answer.roles[line] !== "blank");
    if (first < 0) return;
    const last = part.findLastIndex((line) => this.answer.roles[line] !== "blank");
    const above = this.#out[this.#out.length - 1] ?? "";
    const opens = /[:{([]\s*$/.test(above);
    for (const [at, line] of part.entries()) {
      if (
        this.answer.roles[line] === "blank" &&
        at < first &&
        isBehindMark &&
        (opens || isLead || above.trim() === "")
      )
        continue;
      if (at > last) continue;
      this.#fresh(line, gap);
    }
    this.#endsInBlank = last < part.length - 1;
  }

  #own(lines: readonly number[], joinBlanks = false): void {
    for (const line of lines) {
      const text = this.file.lines[line] ?? "";
      if (
        joinBlanks &&
        this.file.roles[line] === "blank" &&
        (this.#out[this.#out.length - 1] ?? "x").trim() === "" &&
        line === lines[0]
      )
        continue;
      this.#out.push(text);
    }
  }

  #blank(count: number): void {
    for (let at = 0; at < count; at++) this.#out.push("");
  }

  #fresh(line: number, gap: Gap): void {
    const own = this.#became.get(line);
    const isHere = own !== undefined && own >= gap.file.start && own < gap.file.end;
    this.#out.push(isHere ? this.#changedLine(own, line) : this.#indented(line, undefined));
  }

  /** A line of the answer with the file's indentation. */
  #indented(line: number, own: number | undefined): string {
    const text = this.answer.lines[line] ?? "";
    const scan = this.answer.scan[line];
    if (scan?.inside && scan.kind === "code") return text;
    if (text.trim() === "") return "";
    const bare = text.slice(indentOf(text).length);
    if (scan?.inside && !scan.docstring) return this.#insideComment(line, text);
    if (this.depths.trusted) {
      const indent = this.depths.map(indentOf(text));
      const ownIndent = own === undefined ? undefined : indentOf(this.file.lines[own] ?? "");
      return (
        (ownIndent !== undefined && columnsOf(ownIndent) === columnsOf(indent)
          ? ownIndent
          : indent) + bare
      );
    }
    if (own !== undefined) return indentOf(this.file.lines[own] ?? "") + bare;
    const above = this.#out.findLast((written) => written.trim() !== "") ?? "";
    const { tabs, step } = this.request.fileStyle;
    const deeper = /[:{([]\s*$/.test(above) ? (tabs ? "\t" : " ".repeat(step)) : "";
    return indentOf(above) + deeper + bare;
  }

  /** What is inside of a block comment keeps its place below the line that opens it. */
  #insideComment(line: number, text: string): string {
    let opener = line;
    while (opener > 0 && this.answer.scan[opener]?.inside) opener--;
    const indent = indentOf(this.answer.lines[opener] ?? "");
    if (text.startsWith(indent)) return this.depths.map(indent) + text.slice(indent.length);
    return this.depths.map(indentOf(text)) + text.trimStart();
  }
}

/** The sign behind a line that ends it, or sets it apart from the next one. */
function endSign(side: Side, line: number): string {
  const code = (side.lines[line] ?? "").slice(0, side.scan[line]?.commentAt).trimEnd();
  const last = code.slice(-1);
  return isCode(side.roles[line]) && (last === ";" || last === ",") ? last : "";
}

/** The next line that is code, or stands for some; behind the last one where there is none. */
function nextSaid(side: Side, line: number): number {
  let next = line + 1;
  while (next < side.lines.length && !isCode(side.roles[next]) && side.roles[next] !== "elision")
    next++;
  return next;
}

/** Whether a line begins with a sign that joins it to the line above. */
function goesOn(side: Side, line: number): boolean {
  return /^\s*(?:[+*/?:&|.]|-(?!-))/.test(side.lines[line] ?? "");
}

function blanksBehind(text: string): string {
  return text.slice(text.trimEnd().length);
}

function range({ start, end }: Span): number[] {
  return rangeOf(start, end);
}

function blanksIn(side: Side, span: Span): number {
  return range(span).filter((line) => side.roles[line] === "blank").length;
}

function leadingBlanks(side: Side, { start, end }: Span): number {
  let at = start;
  while (at < end && side.roles[at] === "blank") at++;
  return at - start;
}

function trailingBlanks(side: Side, { start, end }: Span): number {
  let at = end;
  while (at > start && side.roles[at - 1] === "blank") at--;
  return end - at;
}
