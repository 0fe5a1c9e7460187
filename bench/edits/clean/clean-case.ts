import type { Range } from "../../../src/protocol/document";
import { type Seeded, seeded } from "../../../test/core/edit/support/seeded";
import { applied, type ChangedFile } from "./changed-file";
import { type ChangeKind, change } from "./changes";
import type { Form } from "./forms";
import { withOwnMarks } from "./own-marks";
import type { SourceFile } from "./source-files";
import { type OtherParser, type ReadFile, readFile, type Unit } from "./units";

/** A real file, one change of known truth, and an answer that gives it. */
export interface CleanCase {
  readonly id: string;
  readonly form: string;
  readonly change: ChangeKind;
  readonly languageId: string;
  readonly package: string;
  readonly path: string;
  readonly text: string;
  readonly answer: string;
  readonly truth: string;
  /** Where the person asked: the cursor on the first changed line, the function, or nothing. */
  readonly targetRange?: Range;
  /** The file's lines that the change leaves alone. */
  readonly untouched: readonly string[];
  readonly freedom?: CaseFreedom;
}

/** What of the truth may be elsewhere, by lines of the new file or the old one. */
export type CaseFreedom =
  | {
      readonly kind: "import";
      readonly line: string;
      readonly without: readonly string[];
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: "declaration";
      readonly lines: readonly string[];
      readonly places: readonly number[];
      readonly original: readonly string[];
    };

const longestUnit = 150;

/** Makes cases of the files of one language. */
export class CaseMaker {
  readonly #files: readonly SourceFile[];
  readonly #parser: OtherParser;
  readonly #seed: number;
  readonly #read = new Map<SourceFile, Promise<ReadFile>>();

  constructor(files: readonly SourceFile[], parser: OtherParser, seed: number) {
    this.#files = files;
    this.#parser = parser;
    this.#seed = seed;
  }

  /**
   * Up to `count` cases of a form; fewer where the language's files do not have what the form
   * needs.
   */
  async cases(form: Form, count: number): Promise<CleanCase[]> {
    const made: CleanCase[] = [];
    if (this.#files.length === 0) return made;
    // Each form of each language has chance of its own, so that one more form does not change the
    // cases of the others.
    const languageId = this.#files[0]?.facts.id ?? "";
    const random = seeded(this.#seed + hash(`${languageId} ${form.name}`));
    const seen = new Set<string>();
    for (let tries = 0; made.length < count && tries < count * 40; tries++) {
      const plain = await this.#reading(random.pick(this.#files));
      const read = form.ownMarks === true ? await withOwnMarks(plain, random, this.#parser) : plain;
      if (read === undefined) continue;
      const one = makeCase(read, form, random, `${form.name}:${languageId}:${made.length + 1}`);
      if (
        one === undefined ||
        seen.has(one.answer) ||
        (read.isClean === true && (await this.#isBroken(read.file, one)))
      )
        continue;
      seen.add(one.answer);
      made.push(one);
    }
    return made;
  }

  /** No sensible person wants a change after which the file cannot be read. */
  async #isBroken(file: SourceFile, one: CleanCase): Promise<boolean> {
    const lines = one.truth
      .replace(/^\ufeff/, "")
      .replace(/\r?\n$/, "")
      .split(/\r?\n/);
    return (await this.#parser.isClean(file.facts, lines)) === false;
  }

  #reading(file: SourceFile): Promise<ReadFile> {
    const known = this.#read.get(file);
    if (known !== undefined) return known;
    const reading = readFile(file, this.#parser);
    this.#read.set(file, reading);
    return reading;
  }
}

function hash(text: string): number {
  let sum = 2_166_136_261;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 16_777_619);
  return sum >>> 0;
}

function makeCase(read: ReadFile, form: Form, random: Seeded, id: string): CleanCase | undefined {
  const { file } = read;
  const unit = unitFor(read, form, random);
  if (unit === undefined && form.needsUnit) return undefined;
  const made = change(random.pick(form.changes), read, unit, random);
  if (made === undefined) return undefined;
  const lines = applied(file.lines, made.hunks);
  const changed: ChangedFile = { read, unit, change: made, lines };
  const answer = form.write(changed, random);
  if (answer === undefined) return undefined;
  const freedom = form.placeIsFree === true ? freedomOf(changed) : undefined;
  const targetRange = targetOf(changed, random);
  return {
    id,
    form: form.name,
    change: made.kind,
    languageId: file.facts.id,
    package: file.package,
    path: file.path,
    text: file.text,
    answer,
    truth: withEnds(lines, file),
    untouched: file.lines.filter(
      (_, at) => !made.hunks.some((hunk) => at >= hunk.start && at < hunk.end),
    ),
    ...(targetRange === undefined ? {} : { targetRange }),
    ...(freedom === undefined ? {} : { freedom }),
  };
}

/** Files that are mostly data or markup change outside of their functions, too. */
const mixed: readonly string[] = ["vue", "svelte"];

/** A name that its scope has once: of two alike nobody could say which is meant. */
function unitFor(read: ReadFile, form: Form, random: Seeded): Unit | undefined {
  if (!form.needsUnit && mixed.includes(read.file.facts.id) && random.below(2) === 0)
    return undefined;
  const isClassToo =
    form.name === "class" || form.name === "head and documentation" || random.below(8) === 0;
  const units = read.units.filter(
    (unit) =>
      unit.end - unit.docStart <= longestUnit &&
      !read.units.some(
        (other) => other !== unit && other.name === unit.name && other.parent === unit.parent,
      ) &&
      (unit.kind === "function" || isClassToo),
  );
  return units.length === 0 ? undefined : random.pick(units);
}

function withEnds(lines: readonly string[], file: SourceFile): string {
  const mark = file.text.startsWith("\ufeff") ? "\ufeff" : "";
  const last = file.text.endsWith("\n") ? file.lineEnd : "";
  return mark + lines.join(file.lineEnd) + last;
}

function targetOf({ read, unit, change: made }: ChangedFile, random: Seeded): Range | undefined {
  const { lines } = read.file;
  const hunk = made.kind === "import" ? made.hunks[1] : made.hunks[0];
  const at = made.neighbour === undefined ? (hunk?.start ?? 0) : made.neighbour.end - 1;
  const line = Math.min(at, lines.length - 1);
  const isOnly = !read.units.some((other) => other !== unit && other.name === unit?.name);
  const chance = random.below(5);
  // Without a place the name alone must say which one is meant.
  if (chance === 0 && isOnly) return undefined;
  if (chance === 1 && unit !== undefined)
    return { start: { line: unit.headStart, character: 0 }, end: { line: unit.end, character: 0 } };
  const character = chance === 2 ? 0 : (lines[line] ?? "").length;
  return { start: { line, character }, end: { line, character } };
}

function freedomOf(changed: ChangedFile): CaseFreedom | undefined {
  const { read, change: made, lines } = changed;
  const { freedom, hunks } = made;
  switch (freedom?.kind) {
    case undefined:
      return undefined;
    case "import": {
      const { line } = freedom;
      const own = hunks[0]?.start ?? 0;
      const pattern = read.file.facts.imports?.line ?? /^/;
      const first = read.file.lines.findIndex(
        (text, at) => pattern.test(text) && read.mask?.lineKinds[at] === 0,
      );
      return {
        kind: "import",
        line,
        without: lines.filter((_, at) => at !== own),
        from: first,
        to: own + 1,
      };
    }
    case "declaration":
      return {
        kind: "declaration",
        lines: freedom.lines,
        places: placesFor(read, freedom.parent),
        original: read.file.lines,
      };
    default:
      return freedom satisfies never;
  }
}

/** Between any two declarations of the scope, before its first and behind its last. */
function placesFor(read: ReadFile, parent: Unit | undefined): number[] {
  const siblings = read.units.filter((unit) => unit.parent === parent && unit.outer === undefined);
  const places = new Set<number>();
  for (const unit of siblings) {
    places.add(unit.docStart);
    places.add(unit.end);
  }
  if (parent !== undefined) {
    places.add(parent.bodyStart);
    places.add(parent.bodyEnd);
  } else places.add(read.file.lines.length);
  return [...places].sort((a, b) => a - b);
}
