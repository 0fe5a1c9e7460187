import { lineSimilarity } from "../../text/line-similarity";
import { matchAlike } from "../../text/match-lines";
import { isRemark, wordsOf } from "../../text/remark";
import { namesBound } from "../added/import-lines";
import { usesName } from "../added/uses-name";
import type { Declaration } from "../declarations";
import { beginningIn, outermost } from "../nested-declarations";
import { newBlocksOf, openersOf } from "./closing-lines";
import { isCode, type Role, type Side } from "./side";
import { type Gap, innermost, namedIn, onlyHere, type Span, type Step } from "./steps";

/** What an answer is silent about, and what it says to the person and not to the file. */
export interface Silence {
  /** Lines of the file that the answer lacks and did not mean to remove. */
  readonly kept: ReadonlySet<number>;
  /** Lines of the answer that are no code for the file: remarks, and documentation cut short. */
  readonly dropped: ReadonlySet<number>;
  /** Declarations of the file that the answer does not mention. */
  readonly forgotten: readonly Declaration[];
  /** Per line of the file that became another, that line of the answer. */
  readonly changed: ReadonlyMap<number, number>;
}

const alikeAtLeast = 0.5;

/**
 * Tells what is left out from what is taken out, by one rule: of a kind of line (comments, decorators, imports, fields) that the answer
 * mostly has, what it lacks is gone; a kind that it mostly lacks was not spoken of.
 *
 *     file: # one          answer: a = 1     both comments stay
 *           a = 1                  b = 3
 *           # two
 *           b = 2
 *
 * A declaration whose name the answer lacks stays in any case, and so does a body of which the answer shows only the head.
 */
export function silenceOf(
  file: Side,
  answer: Side,
  steps: readonly Step[],
  isFile: boolean,
): Silence {
  const kept = new Set<number>();
  const dropped = new Set<number>();
  const changed = new Map<number, number>();
  const gaps = steps.filter((step): step is Gap => step.kind === "gap");
  const pairs = new Map(
    steps.flatMap((step) => (step.kind === "pair" ? [[step.file, step.answer] as const] : [])),
  );
  const forgotten = forgottenDeclarations(file, answer, pairs);
  for (const one of forgotten) for (let at = one.start; at < one.end; at++) kept.add(at);
  const isNew = new Set([...onlyHere(answer, file), ...newBlocksOf(file, answer)]);
  // The `}` of a new method is not that of one that the answer leaves out.
  const [ownOpeners, theirOpeners] = [openersOf(file), openersOf(answer)];
  // A lone bracket is told by what opens it, and not by how it looks.
  const isLoneEnd = (own: number, theirs: number): boolean =>
    (ownOpeners[own] ?? -1) >= 0 &&
    (theirOpeners[theirs] ?? -1) >= 0 &&
    !/\w/.test(file.keys[own] ?? "");
  for (const gap of gaps)
    for (const [own, theirs] of changedIn(file, answer, gap, kept))
      if (!isNew.has(theirs) && !isLoneEnd(own, theirs)) changed.set(own, theirs);
  for (const gap of gaps)
    for (const [own, theirs] of closedAlike(file, answer, gap, pairs, changed))
      if (!kept.has(own)) changed.set(own, theirs);
  const became: Became = { changed, lines: new Set(changed.values()) };
  const met = [...pairs.keys(), ...changed.keys()];
  const shares = new Shares(file, met, forgotten.length > 0 && !answer.roles.includes("elision"));
  for (const gap of gaps) {
    shares.lose(lostIn(file, answer, gap, kept, became));
    if (unpairedRoles(answer, gap, became).some(isCode)) shares.change(gap.file.start);
  }
  remarksAtEnd(file, answer, steps, kept, dropped);
  for (const gap of gaps) {
    const lost = lostIn(file, answer, gap, kept, became);
    documentation(file, answer, gap, pairs, kept, dropped);
    const isSilent = linesOf(answer, gap.answer).every((line) => dropped.has(line));
    const hasBody = linesOf(answer, gap.answer).some((line) => isCode(answer.roles[line]));
    for (const line of lost) {
      // A stub goes where there is a body.
      if (hasBody && isStub(file.lines[line] ?? "")) continue;
      if (shares.isSilent(line) || (isSilent && isBetween(file, line))) kept.add(line);
    }
  }
  for (const line of bodiesNotShown(file, answer, steps)) kept.add(line);
  if (!isFile) for (const line of restOfCutComments(file, answer, steps)) kept.add(line);
  for (const gap of gaps)
    for (const line of linesOf(file, gap.file))
      if (!changed.has(line) && isAboveKept(file, line, gap.file.end, kept)) kept.add(line);
  // What closes a bracket stays with what opens it.
  for (const gap of gaps)
    for (const line of linesOf(file, gap.file))
      if (!changed.has(line) && kept.has(ownOpeners[line] ?? -1)) kept.add(line);
  if (isFile) keepUsedImports(file, answer, gaps, kept, changed);
  return { kept, dropped, forgotten, changed };
}

/** Those of which the answer has neither the name nor, under another name, the text. */
function forgottenDeclarations(
  file: Side,
  answer: Side,
  pairs: ReadonlyMap<number, number>,
): Declaration[] {
  const isNamed = namedIn(file, answer);
  const paired = new Set(pairs.values());
  const fresh = answer.declarations.filter((one) => !paired.has(one.head));
  const callables = file.declarations.filter((one) => one.kind === "callable");
  return file.declarations.filter((one) => {
    if (pairs.has(one.head) || isNamed(one)) return false;
    // What a function declares is told by its version in the answer.
    if (callables.some((outer) => outer !== one && outer.head < one.head && outer.end >= one.end))
      return false;
    for (let at = one.head; at < one.end; at++)
      if (pairs.has(at) && /\w/.test(file.lines[at] ?? "")) return false;
    return !fresh.some((other) => isVersionOf(file, answer, one, other));
  });
}

const renamedAtLeast = 0.6;

/** Whether a declaration of the answer is the file's under another name. */
function isVersionOf(file: Side, answer: Side, own: Declaration, other: Declaration): boolean {
  const keys = (side: Side, one: Declaration): string[] =>
    side.keys
      .slice(one.head + 1, one.end)
      .filter((key, at) => isCode(side.roles[one.head + 1 + at]) && /\w/.test(key));
  const ownKeys = keys(file, own);
  const theirs = new Set(keys(answer, other));
  // What has no body is told by its head.
  if (ownKeys.length === 0 && theirs.size === 0)
    return (
      lineSimilarity(file.lines[own.head] ?? "", answer.lines[other.head] ?? "") >= renamedAtLeast
    );
  const shared = ownKeys.filter((key) => theirs.has(key)).length;
  return ownKeys.length > 0 && shared >= renamedAtLeast * Math.max(ownKeys.length, theirs.size);
}

/** Lines that became others, each with what it became. */
function changedIn(
  file: Side,
  answer: Side,
  gap: Gap,
  kept: ReadonlySet<number>,
): [number, number][] {
  return [
    ...alikeIn(file, answer, gap, kept, isCode),
    ...alikeIn(file, answer, gap, kept, (role) => role === "comment"),
  ];
}

/**
 * The line that closes what one line opened, on both sides, however little the two are alike.
 *
 *     file: useEffect(() => {     answer: useEffect(() => {
 *             load();                       load();
 *           });                           }, [id]);
 */
function closedAlike(
  file: Side,
  answer: Side,
  gap: Gap,
  pairs: ReadonlyMap<number, number>,
  changed: ReadonlyMap<number, number>,
): [number, number][] {
  const own = openersOf(file);
  const theirs = openersOf(answer);
  const taken = new Set(changed.values());
  const partnerOf = (line: number): number => pairs.get(line) ?? changed.get(line) ?? -1;
  const closing = new Map(
    linesOf(answer, gap.answer)
      .reverse()
      .map((at) => [theirs[at], at]),
  );
  return linesOf(file, gap.file).flatMap((line): [number, number][] => {
    const opener = own[line] ?? -1;
    const partner = opener < 0 || changed.has(line) ? -1 : partnerOf(opener);
    if (partner < 0) return [];
    const other = closing.get(partner);
    return other === undefined || taken.has(other) ? [] : [[line, other]];
  });
}

function alikeIn(
  file: Side,
  answer: Side,
  gap: Gap,
  kept: ReadonlySet<number>,
  isMeant: (role: Role | undefined) => boolean,
): [number, number][] {
  const own = linesOf(file, gap.file).filter(
    (line) => isMeant(file.roles[line]) && !kept.has(line),
  );
  const theirs = linesOf(answer, gap.answer).filter((line) => isMeant(answer.roles[line]));
  if (isMeant("comment")) return alikeComments(file, answer, gap, own, theirs);
  return alikeOf(file, answer, own, theirs);
}

/** What stands right above the line that follows on both sides is about that line, and about no other; a docstring takes the place of the docstring. */
function alikeComments(
  file: Side,
  answer: Side,
  gap: Gap,
  own: readonly number[],
  theirs: readonly number[],
): [number, number][] {
  const isDoc = (side: Side) => (line: number) => side.scan[line]?.docstring === true;
  const [doc] = own.filter(isDoc(file));
  const [theirDoc] = theirs.filter(isDoc(answer));
  const docs: [number, number][] =
    doc === undefined || theirDoc === undefined ? [] : [[doc, theirDoc]];
  const ownLead = leadStart(file, gap.file);
  const lead = leadStart(answer, gap.answer);
  const isLead = gap.file.end < file.lines.length && gap.answer.end < answer.lines.length;
  const found = (pairs: [number, number][]): [number, number][] =>
    pairs.some(([line]) => isDoc(file)(line)) ? pairs : [...docs, ...pairs];
  if (!isLead) return found(alikeOf(file, answer, own, theirs));
  const pairs = (inLead: boolean): [number, number][] =>
    alikeOf(
      file,
      answer,
      own.filter((line) => line >= ownLead === inLead),
      theirs.filter((line) => line >= lead === inLead),
    );
  return found([...pairs(false), ...pairs(true)]);
}

/** The first of the comments and decorators right above the end of a gap. */
function leadStart(side: Side, { start, end }: Span): number {
  let at = end;
  while (at > start && (side.roles[at - 1] === "comment" || side.roles[at - 1] === "attribute"))
    at--;
  return at;
}

function alikeOf(
  file: Side,
  answer: Side,
  own: readonly number[],
  theirs: readonly number[],
): [number, number][] {
  const isElided = answer.roles.includes("elision");
  const found = matchAlike(
    own.map((line) => codeOf(file, line)),
    theirs.map((line) => codeOf(answer, line)),
    alikeAtLeast,
  )
    .map(([i, j]): [number, number] => [own[i] ?? 0, theirs[j] ?? 0])
    .filter(([line, other]) => !isElided || !areOthers(codeOf(file, line), codeOf(answer, other)));
  return [...found, ...assignedAlike(file, answer, own, theirs, found)];
}

/** A word that stands before its value. */
const keyed = /^\s*["']?([\w$.@-]+)["']? *(?::(?!:)|=(?![=>]))/;

/** Two entries under different names: beside a mark for left-out code the one may be new, and the other left out. */
function areOthers(own: string, theirs: string): boolean {
  const [a, b] = [keyed.exec(own)?.[1], keyed.exec(theirs)?.[1]];
  return a !== undefined && b !== undefined && a !== b;
}

/** Gives a value to what stands before the sign. */
const assignment = /^\s*([\w.$[\]>-]+) *[-+*/|&]?=(?![=>])/;

/** Two lines that give one name a value, the only ones that do, are one line however little else they share. */
function assignedAlike(
  file: Side,
  answer: Side,
  own: readonly number[],
  theirs: readonly number[],
  found: readonly (readonly [number, number])[],
): [number, number][] {
  const namesOf = (side: Side, lines: readonly number[]): ReadonlyMap<string, number[]> => {
    const names = new Map<string, number[]>();
    for (const line of lines) {
      const name = assignment.exec(codeOf(side, line))?.[1];
      if (name === undefined) continue;
      const known = names.get(name);
      if (known) known.push(line);
      else names.set(name, [line]);
    }
    return names;
  };
  const taken = new Set(found.map(([line]) => line));
  const takenTheirs = new Set(found.map(([, line]) => line));
  const given = namesOf(answer, theirs);
  return [...namesOf(file, own)].flatMap(([name, lines]): [number, number][] => {
    const [line] = lines;
    const [other] = given.get(name) ?? [];
    const isOne = lines.length === 1 && given.get(name)?.length === 1;
    if (!isOne || line === undefined || other === undefined) return [];
    return taken.has(line) || takenTheirs.has(other) ? [] : [[line, other]];
  });
}

/** A line without the comment behind its code; a comment whole. */
function codeOf(side: Side, line: number): string {
  const text = side.lines[line] ?? "";
  return isCode(side.roles[line]) ? text.slice(0, side.scan[line]?.commentAt) : text;
}

/** What lines of the file became others, and which of the answer these are. */
interface Became {
  readonly changed: ReadonlyMap<number, number>;
  readonly lines: ReadonlySet<number>;
}

/** Lines of the file that nothing in the gap of the answer stands for. */
function lostIn(
  file: Side,
  answer: Side,
  gap: Gap,
  kept: ReadonlySet<number>,
  became: Became,
): number[] {
  const { changed } = became;
  const fresh = new Set(unpairedRoles(answer, gap, became));
  const own = linesOf(file, gap.file).filter((line) => !kept.has(line) && !changed.has(line));
  const below = nextCodeIn(file, gap.file);
  return own.filter((line) => {
    const role = file.roles[line] ?? "blank";
    if (fresh.has(role)) return false;
    if (role !== "comment" || file.scan[line]?.docstring) return true;
    // A comment goes with the code below it.
    const code = below.get(line);
    return code === undefined || changed.has(code) || kept.has(code);
  });
}

/** Per line of a stretch the line of code that follows in it, if one does. */
function nextCodeIn(side: Side, { start, end }: Span): ReadonlyMap<number, number> {
  const below = new Map<number, number>();
  let code: number | undefined;
  for (let at = end - 1; at >= start; at--) {
    if (code !== undefined) below.set(at, code);
    if (isCode(side.roles[at])) code = at;
  }
  return below;
}

/** What the lines are that the answer has anew. */
function unpairedRoles(answer: Side, gap: Gap, became: Became): Role[] {
  // A new method says nothing of the fields beside it.
  const declared = outermost(
    beginningIn(answer.declarations, gap.answer).filter((one) => one.end <= gap.answer.end),
  );
  let next = 0;
  return linesOf(answer, gap.answer).flatMap((line) => {
    while ((declared[next]?.end ?? line + 1) <= line) next++;
    const isDeclared = line >= (declared[next]?.head ?? line + 1);
    return became.lines.has(line) || isDeclared ? [] : [answer.roles[line] ?? "blank"];
  });
}

/** Which kinds of lines an answer speaks of, counted where they stand: in one function, in one class, in the file. */
class Shares {
  readonly #matched = new Map<string, number>();
  readonly #lost = new Map<string, number>();
  readonly #changed = new Set<string>();
  readonly #heads: ReadonlySet<number>;
  readonly #shownUnits: ReadonlySet<number | undefined>;

  constructor(
    private readonly file: Side,
    /** Lines that the answer has, as they are or changed. */
    met: readonly number[],
    /** Declarations are left out without a mark, so that statements may be too; a body by itself is given as it is to be. */
    private readonly isPart: boolean,
  ) {
    this.#heads = new Set(file.declarations.map((one) => one.head));
    this.#shownUnits = new Set(met.map((line) => file.units[line]));
    for (const line of met) this.#count(this.#matched, line);
  }

  lose(lines: readonly number[]): void {
    for (const line of lines) this.#count(this.#lost, line);
  }

  /** Takes note of a line that the answer changed: what it wrote anew is spoken for as a whole. */
  change(line: number): void {
    const around = innermost(this.file.declarations, line);
    if (around?.kind === "callable") this.#changed.add(`body ${around.head}`);
  }

  isSilent(line: number): boolean {
    const place = this.#placeOf(line);
    if (place === undefined || this.#changed.has(place)) return false;
    const lost = this.#lost.get(place) ?? 0;
    const matched = this.#matched.get(place) ?? 0;
    return lost > matched || (lost === matched && place.startsWith("body "));
  }

  #count(into: Map<string, number>, line: number): void {
    const place = this.#placeOf(line);
    if (place !== undefined) into.set(place, (into.get(place) ?? 0) + 1);
  }

  /** Undefined for what is neither kept nor given up by its kind. */
  #placeOf(line: number): string | undefined {
    const role = this.file.roles[line] ?? "blank";
    const unit = this.file.units[line] ?? -1;
    const around = innermost(this.file.declarations, line);
    const isBody = around?.kind === "callable";
    switch (role) {
      case "comment":
        return unit >= 0 && this.#shownUnits.has(unit)
          ? `unit ${unit}`
          : `comment ${around?.head ?? -1}`;
      case "attribute":
        return `attribute ${nextCode(this.file, line)}`;
      case "import":
        return isBody ? undefined : "import";
      case "code":
        if (this.#heads.has(line) || !says.test(this.file.lines[line] ?? "")) return undefined;
        if (isBody && !this.isPart) return undefined;
        return `${isBody ? "body" : "code"} ${around?.head ?? -1}`;
      default:
        return undefined;
    }
  }
}

/** More than the end of a block. */
const says = /^(?!\s*(?:end|fi|done|esac)\W*$).*\w/;

function nextCode(side: Side, from: number): number {
  let at = from;
  while (at < side.lines.length && side.roles[at] !== "code") at++;
  return at;
}

/**
 * Documentation is one text. One of the answer's that says less than the file's is the file's cut short; a lone remark above a
 * declaration that has documentation of another form is for the person.
 */
function documentation(
  file: Side,
  answer: Side,
  gap: Gap,
  pairs: ReadonlyMap<number, number>,
  kept: Set<number>,
  dropped: Set<number>,
): void {
  const own = linesOf(file, gap.file).filter(
    (line) => file.roles[line] === "comment" && !kept.has(line),
  );
  const theirs = linesOf(answer, gap.answer).filter((line) => answer.roles[line] === "comment");
  if (own.length === 0 || theirs.length === 0) return;
  const text = (side: Side, lines: readonly number[]): string =>
    lines
      .map((line) => wordsOf(side.lines[line] ?? ""))
      .join(" ")
      .replace(/\s+/g, " ")
      .trim();
  const isCutShort = own.length > theirs.length && text(file, own).includes(text(answer, theirs));
  const isTold =
    theirs.length === 1 &&
    isAboveHead(file, gap, pairs) &&
    isRemark(answer.lines[theirs[0] ?? 0] ?? "") &&
    isShownRemark(file, own, answer, theirs);
  if (!isCutShort && !isTold) return;
  for (const line of own) kept.add(line);
  for (const line of theirs) dropped.add(line);
}

/** An answer that begins or ends within a comment of the file shows only a part of it. */
function restOfCutComments(file: Side, answer: Side, steps: readonly Step[]): number[] {
  const rest: number[] = [];
  const isComment = (line: number): boolean => file.roles[line] === "comment";
  for (const [at, step] of steps.entries()) {
    if (step.kind !== "gap" || linesOf(answer, step.answer).length > 0) continue;
    const [before, next] = [steps[at - 1], steps[at + 1]];
    if (step.answer.start === 0 && next?.kind === "pair" && isComment(next.file))
      for (let line = next.file - 1; line >= step.file.start && isComment(line); line--)
        rest.push(line);
    if (
      step.answer.end === answer.lines.length &&
      before?.kind === "pair" &&
      isComment(before.file)
    )
      for (let line = before.file + 1; line < step.file.end && isComment(line); line++)
        rest.push(line);
  }
  return rest;
}

/** Comments behind the last line of code, where the file has none, are told to the person. */
function remarksAtEnd(
  file: Side,
  answer: Side,
  steps: readonly Step[],
  kept: ReadonlySet<number>,
  dropped: Set<number>,
): void {
  for (const step of [...steps].reverse()) {
    if (
      step.kind !== "gap" ||
      linesOf(file, step.file).some((line) => file.roles[line] === "comment" && !kept.has(line))
    )
      return;
    for (let at = step.answer.end - 1; at >= step.answer.start; at--) {
      if (isCode(answer.roles[at]) || answer.roles[at] === "elision") return;
      dropped.add(at);
    }
  }
}

/** A comment belongs to the line right below it: where that one stays, it stays. */
function isAboveKept(file: Side, line: number, end: number, kept: ReadonlySet<number>): boolean {
  if (file.roles[line] !== "comment") return false;
  let below = line + 1;
  while (below < end && file.roles[below] === "comment") below++;
  return below < end && isCode(file.roles[below]) && kept.has(below);
}

/** A comment between declarations belongs to none that the answer gives. */
function isBetween(file: Side, line: number): boolean {
  return (
    file.roles[line] === "comment" &&
    innermost(file.declarations, line)?.kind !== "callable" &&
    !file.declarations.some((one) => line >= one.start && line < one.head)
  );
}

function isShownRemark(
  file: Side,
  own: readonly number[],
  answer: Side,
  theirs: readonly number[],
): boolean {
  const alike = own.some(
    (line) =>
      lineSimilarity(file.lines[line] ?? "", answer.lines[theirs[0] ?? 0] ?? "") >= alikeAtLeast,
  );
  return !alike;
}

function isAboveHead(file: Side, gap: Gap, pairs: ReadonlyMap<number, number>): boolean {
  return pairs.has(gap.file.end) && file.declarations.some((one) => one.head === gap.file.end);
}

/** Bodies of which the answer shows nothing: the head alone, or the head with its documentation. */
function bodiesNotShown(file: Side, answer: Side, steps: readonly Step[]): number[] {
  const kept: number[] = [];
  for (const step of steps) {
    if (step.kind !== "pair" || !step.isHead) continue;
    const [own] = beginningIn(file.declarations, { start: step.file, end: step.file + 1 });
    const [theirs] = beginningIn(answer.declarations, { start: step.answer, end: step.answer + 1 });
    if (!own || !theirs || own.kind !== "callable") continue;
    const ownBody = bodyOf(file, own);
    if (
      ownBody.length === 0 ||
      bodyOf(answer, theirs).some((line) => !isStub(answer.lines[line] ?? ""))
    )
      continue;
    if (/\S/.test(restOfHead(answer, theirs)) && bodyOf(answer, theirs).length === 0) continue;
    if (ownBody.every((line) => isStub(file.lines[line] ?? ""))) continue;
    kept.push(...ownBody);
  }
  return kept;
}

function bodyOf(side: Side, one: Declaration): number[] {
  const from = bodyStart(side, one);
  return linesOf(side, { start: from, end: one.end }).filter(
    (line) =>
      isCode(side.roles[line]) &&
      !/^\s*(?:[}\])]+;?|end)\s*(?:[;,]\s*)?$/.test(side.lines[line] ?? ""),
  );
}

/** The line behind a head that goes on over several lines. */
function bodyStart(side: Side, one: Declaration): number {
  let at = one.head + 1;
  while (at < one.end && (side.scan[at]?.depth ?? 0) > 0) at++;
  return at;
}

/** What stands on the head's line behind the mark that opens the body: the body of a declaration of one line. */
function restOfHead(side: Side, one: Declaration): string {
  const mask = side.scan[bodyStart(side, one) - 1]?.mask ?? "";
  return /(?:\{|=>|:|=)([^{}:=]*)(?:\}\s*(?:;\s*)?)?$/.exec(mask)?.[1] ?? "";
}

function isStub(line: string): boolean {
  return /^\s*(?:pass|\.\.\.|…)\s*(?:#.*)?$/.test(line);
}

/** An import that the new text still needs was not taken out. */
function keepUsedImports(
  file: Side,
  answer: Side,
  gaps: readonly Gap[],
  kept: Set<number>,
  changed: ReadonlyMap<number, number>,
): void {
  const text = answer.lines.filter((_, line) => answer.roles[line] === "code");
  for (const gap of gaps)
    for (const line of linesOf(file, gap.file)) {
      if (file.roles[line] !== "import" || changed.has(line) || kept.has(line)) continue;
      const names = namesBound(file.lines[line] ?? "", file.facts);
      if (
        names.length > 0 &&
        names.some((name) => usesName(text, name)) &&
        !bindsElsewhere(answer, names)
      )
        kept.add(line);
    }
}

function bindsElsewhere(answer: Side, names: readonly string[]): boolean {
  return answer.lines.some(
    (line, at) =>
      answer.roles[at] === "import" &&
      namesBound(line, answer.facts).some((name) => names.includes(name)),
  );
}

function linesOf(side: Side, { start, end }: Span): number[] {
  const lines: number[] = [];
  for (let at = start; at < end; at++) if (side.roles[at] !== "blank") lines.push(at);
  return lines;
}
