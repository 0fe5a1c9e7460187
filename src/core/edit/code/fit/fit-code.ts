import { range as rangeOf } from "../../text/range";
import type { Declaration } from "../declarations";
import { areAnchored } from "./anchors";
import { depthsOf } from "./depths";
import { FittedLines } from "./fitted-lines";
import type { FitRequest, Fitting } from "./fitting";
import { type Silence, silenceOf } from "./forgotten";
import { blanksIn, knowsBlanks } from "./meant-layout";
import { isCode, isStatement, type Side, sideOf } from "./side";
import { type Gap, type Span, type Step, stepsOf } from "./steps";

/** The place with what the answer changed in it. */
export interface Fitted {
  readonly lines: readonly string[];
  /** Declarations that the answer does not mention, and that stay. */
  readonly forgotten: readonly Declaration[];
  /**
   * Lines of code of the file that the answer repeats or changes, of all that were not forgotten:
   * from 0 to 1.
   */
  readonly covered: number;
  /** Lines of code of the file that are gone with nothing in their place. */
  readonly gone: number;
  /** The answer left code out by a mark. */
  readonly elided: boolean;
  /** It is sure where between the left-out lines each part of the answer belongs. */
  readonly anchored: boolean;
}

/**
 * The answer's own text in the file's place, line for line, but for three things: a line that says
 * the same stays the file's, character by character; what the answer is silent about stays; and the
 * indentation is the file's.
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
  const fitting: Fitting = { request, file, answer, steps, silence, depths };
  const write = (keepsBindings: boolean): string[] => new FitWriter(fitting, keepsBindings).write();
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

class FitWriter {
  readonly #out: string[] = [];
  readonly #lines: FittedLines;
  readonly #keepsBlanks: boolean;
  /** The last part before a mark for left-out code was set apart from it. */
  #endsInBlank = false;

  constructor(
    private readonly fitting: Fitting,
    keepsBindings: boolean,
  ) {
    this.#lines = new FittedLines(fitting, keepsBindings);
    this.#keepsBlanks = knowsBlanks(fitting);
  }

  write(): string[] {
    for (const step of this.fitting.steps) {
      switch (step.kind) {
        case "pair":
          this.#out.push(this.#lines.repeated(step.file, step.answer));
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

  /** What stands between two lines that both sides have. */
  #gap(gap: Gap): void {
    const { kept, dropped } = this.fitting.silence;
    const own = range(gap.file).filter((line) => this.fitting.file.roles[line] !== "blank");
    const fresh = range(gap.answer).filter(
      (line) => this.fitting.answer.roles[line] !== "blank" && !dropped.has(line),
    );
    if (fresh.length === 0 && own.every((line) => kept.has(line))) {
      this.#own(range(gap.file));
      return;
    }
    if (fresh.some((line) => this.fitting.answer.roles[line] === "elision")) this.#elided(gap, own);
    else if (own.some((line) => kept.has(line))) this.#merged(gap, own);
    else this.#replaced(gap);
  }

  /**
   * The answer's lines alone. Where it has fewer blank lines than the file, the file's stand around
   * them.
   */
  #replaced(gap: Gap): void {
    const theirs = range(gap.answer).filter((line) => !this.fitting.silence.dropped.has(line));
    const said = theirs.filter((line) => this.fitting.answer.roles[line] !== "blank");
    const [first = gap.answer.end] = said;
    const hasCode = said.some((line) => isCode(this.fitting.answer.roles[line]));
    const own = blanksIn(this.fitting.file, gap.file);
    const isElided = this.fitting.answer.roles.includes("elision");
    const isLaidOut =
      (this.#keepsBlanks && (hasCode || !isElided)) ||
      (hasCode && blanksIn(this.fitting.answer, gap.answer) >= own) ||
      (said.length === 0 && blanksIn(this.fitting.answer, gap.answer) === own);
    if (isLaidOut) {
      const blanks = range(gap.file).filter((line) => this.fitting.file.roles[line] === "blank");
      const isSame = blanks.length === blanksIn(this.fitting.answer, gap.answer);
      // New words for a comment do not set it apart from what stands above.
      const isReworded =
        !hasCode &&
        said.length > 0 &&
        blanks.length === 0 &&
        range(gap.file).some((line) => this.fitting.file.roles[line] === "comment");
      for (const line of theirs) {
        if (isReworded && line < first) continue;
        // As many empty lines as before are the file's, with the spaces that may be in them.
        const blank =
          isSame && this.fitting.answer.roles[line] === "blank" ? blanks.shift() : undefined;
        // One of the file's is also told by the spaces in it.
        const text = this.fitting.answer.lines[line] ?? "";
        const isOwn =
          text.trim() === "" && blanks.some((own) => this.fitting.file.lines[own] === text);
        if (blank !== undefined) this.#out.push(this.fitting.file.lines[blank] ?? "");
        else if (isOwn) this.#out.push(text);
        else this.#fresh(line, gap);
      }
      return;
    }
    const before = leadingBlanks(this.fitting.file, gap.file);
    this.#blank(hasCode ? Math.max(before, first - gap.answer.start) : before);
    for (const line of theirs)
      if (line >= first && (hasCode || this.fitting.answer.roles[line] !== "blank"))
        this.#fresh(line, gap);
    if (said.length === 0) return;
    while (this.#out[this.#out.length - 1] === "") this.#out.pop();
    this.#blank(
      before === gap.file.end - gap.file.start ? 0 : trailingBlanks(this.fitting.file, gap.file),
    );
  }

  /**
   * The answer's lines, and among them what the answer is silent about: before what it stood
   * before, and a declaration behind what the answer wrote. Comments and decorators above a line
   * that both sides have stay right above it.
   */
  #merged(gap: Gap, own: readonly number[]): void {
    const { kept, dropped, changed } = this.fitting.silence;
    const theirs = range(gap.answer).filter((line) => !dropped.has(line));
    let at = 0;
    let waiting: number[] = [];
    const writeTo = (stop: number): void => {
      for (; at < theirs.length && (theirs[at] ?? 0) < stop; at++) {
        const line = theirs[at] ?? 0;
        const isDouble =
          hasKept &&
          this.fitting.answer.roles[line] === "blank" &&
          this.#out[this.#out.length - 1] === "";
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
      } else if (isCode(this.fitting.file.roles[line])) settle();
    }
    const lead = waiting.filter((_, index) =>
      waiting.slice(index).every((other) => !isStatement(this.fitting.file, other)),
    );
    waiting = waiting.slice(0, waiting.length - lead.length);
    const leadStart = this.#leadStart(gap.answer.end, gap.answer.start);
    if (waiting.length > 0 && this.#isFirstIn(gap)) {
      // A new member goes behind those that a class has, not before its fields.
      settle();
      if (this.#out[this.#out.length - 1]?.trim() !== "" && at < theirs.length) this.#out.push("");
    }
    const hasUpper = theirs.some(
      (line) => line < leadStart && this.fitting.answer.roles[line] !== "blank",
    );
    if (hasUpper || at > 0 || waiting.length === 0) writeTo(this.#behindLast(theirs, leadStart));
    else {
      // What the answer is silent about stands right below what it stood below: the blank lines
      // come behind it.
      const blanks = theirs.filter((line) => line < leadStart).length;
      at = blanks;
      settle();
      if (blanks > 0 && (this.#out[this.#out.length - 1] ?? "").trim() !== "") this.#blank(blanks);
    }
    settle();
    const attributes = lead.findIndex((line) => this.fitting.file.roles[line] === "attribute");
    this.#keepLines(attributes < 0 ? lead : lead.slice(0, attributes), gap);
    const isComment = (line: number): boolean =>
      this.fitting.answer.roles[line] !== "attribute" &&
      this.fitting.answer.scan[line]?.kind !== "code";
    let stop = leadStart;
    while (stop < gap.answer.end && isComment(stop)) stop++;
    writeTo(stop);
    if (attributes >= 0) this.#keepLines(lead.slice(attributes), gap);
    writeTo(gap.answer.end);
  }

  /** Whether a gap follows right on the head of a class. */
  #isFirstIn(gap: Gap): boolean {
    return this.fitting.file.declarations.some(
      (one) => one.kind === "type" && one.head + 1 === gap.file.start && one.end > gap.file.start,
    );
  }

  /** Behind the last line that says something before `stop`. */
  #behindLast(lines: readonly number[], stop: number): number {
    const last = lines.findLast(
      (line) => line < stop && this.fitting.answer.roles[line] !== "blank",
    );
    return last === undefined ? stop : last + 1;
  }

  /** The first of the comments and attributes of the answer right above a line. */
  #leadStart(line: number, from: number): number {
    let start = line;
    while (
      start > from &&
      (this.fitting.answer.roles[start - 1] === "attribute" ||
        this.fitting.answer.roles[start - 1] === "comment")
    )
      start--;
    return start;
  }

  #keepLines(lines: readonly number[], gap: Gap): void {
    const [first] = lines;
    const last = lines[lines.length - 1];
    if (first === undefined || last === undefined) return;
    let start = first;
    while (start > gap.file.start && this.fitting.file.roles[start - 1] === "blank") start--;
    const keep = new Set(lines);
    // One gap of blank lines is enough where the answer has written one already.
    const isBlankAbove = (this.#out[this.#out.length - 1] ?? "").trim() === "";
    for (let at = start; at <= last; at++) {
      if (this.fitting.file.roles[at] === "blank" ? !(isBlankAbove && at < first) : keep.has(at))
        this.#out.push(this.fitting.file.lines[at] ?? "");
    }
    let behind = last + 1;
    while (behind < gap.file.end && this.fitting.file.roles[behind] === "blank")
      this.#out.push(this.fitting.file.lines[behind++] ?? "");
  }

  /**
   * The answer left out what the file has here. Its own lines before the first mark go on with what
   * stands above; those that changed lines of the file take their place; others stand before what
   * follows.
   */
  #elided(gap: Gap, own: readonly number[]): void {
    const { changed } = this.fitting.silence;
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
            own.filter((line) => line < from && this.fitting.silence.kept.has(line)),
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
    if (this.#endsInBlank && rest.length > 0 && this.fitting.file.roles[at] !== "blank")
      this.#out.push("");
    this.#own(rest, true);
    const isLead = this.#isLead(waiting);
    for (const part of waiting) this.#part(part, gap, true, isLead);
  }

  /**
   * The first and last of lines of the file, and where those are comments, of the comments that
   * they belong to.
   */
  #wholeComments(lines: readonly number[], within: Span): [number?, number?] {
    let from = lines[0];
    let to = lines.at(-1);
    if (from === undefined || to === undefined) return [];
    const isComment = (line: number): boolean => this.fitting.file.roles[line] === "comment";
    while (isComment(from) && from > within.start && isComment(from - 1)) from--;
    while (isComment(to) && to + 1 < within.end && isComment(to + 1)) to++;
    return [from, to];
  }

  /**
   * Whether the last part is documentation alone, which takes the place of what stands above the
   * same line in the file.
   */
  #isLead(parts: readonly (readonly number[])[]): boolean {
    const said = (parts[parts.length - 1] ?? []).filter(
      (line) => this.fitting.answer.roles[line] !== "blank",
    );
    return said.length > 0 && said.every((line) => this.fitting.answer.roles[line] === "comment");
  }

  /** The first of the comments right above a line of the file. */
  #leadOf(line: number, from: number): number {
    let start = line;
    while (start > from && this.fitting.file.roles[start - 1] === "comment") start--;
    return start;
  }

  /**
   * The lines of the answer between its marks for what it left out, without the blank lines around
   * the marks.
   */
  #parts(gap: Gap): number[][] {
    const parts: number[][] = [[]];
    for (const line of range(gap.answer)) {
      if (this.fitting.answer.roles[line] === "elision") parts.push([]);
      else if (!this.fitting.silence.dropped.has(line)) parts[parts.length - 1]?.push(line);
    }
    return parts;
  }

  #part(part: readonly number[], gap: Gap, isBehindMark: boolean, isLead = false): void {
    const first = part.findIndex((line) => this.fitting.answer.roles[line] !== "blank");
    if (first < 0) return;
    const last = part.findLastIndex((line) => this.fitting.answer.roles[line] !== "blank");
    const above = this.#out[this.#out.length - 1] ?? "";
    const opens = /[:{([]\s*$/.test(above);
    for (const [at, line] of part.entries()) {
      if (
        this.fitting.answer.roles[line] === "blank" &&
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
      const text = this.fitting.file.lines[line] ?? "";
      if (
        joinBlanks &&
        this.fitting.file.roles[line] === "blank" &&
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
    const own = this.#lines.origin(line);
    const above = this.#out.findLast((written) => written.trim() !== "") ?? "";
    const isHere = own !== undefined && own >= gap.file.start && own < gap.file.end;
    this.#out.push(
      isHere ? this.#lines.changed(own, line, above) : this.#lines.fresh(line, undefined, above),
    );
  }
}

function range({ start, end }: Span): number[] {
  return rangeOf(start, end);
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
