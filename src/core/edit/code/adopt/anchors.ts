import { isElision } from "../../answer/elision";
import type { LanguageFacts } from "../../text/language-facts";
import { range } from "../../text/range";
import { type Declaration, findDeclarations, keyOf, within } from "../declarations";
import type { CodeSide } from "./code-side";

/** A declaration that both sides have, by ordinals: its head, and behind its last line. */
export interface Anchor {
  readonly file: readonly [head: number, end: number];
  readonly model: readonly [head: number, end: number];
  readonly kind: Declaration["kind"];
  /** The model left out what stands at its end. */
  readonly cutAtEnd: boolean;
  readonly inner: readonly Anchor[];
}

/** The declarations that both sides have under one name, in order; what is in the one is never paired with a line outside of the other. */
export function anchorsOf(file: CodeSide, model: CodeSide, facts: LanguageFacts): readonly Anchor[] {
  const ours = findDeclarations(file.lines, facts, file.scan);
  const theirs = findDeclarations(model.lines, facts, model.scan);
  return ours.length === 0 || theirs.length === 0 ? [] : anchorsIn(file, model, ours, theirs, undefined);
}

/** The same with the declaration that both sides begin with, where its names differ or the text alone does not show it. */
export function withHeads(
  file: CodeSide,
  model: CodeSide,
  anchors: readonly Anchor[],
  heads: readonly [file: number, model: number] | undefined,
): readonly Anchor[] {
  const ours = heads ? file.code.indexOf(heads[0]) : -1;
  const theirs = heads ? model.code.indexOf(heads[1]) : -1;
  if (ours < 0 || theirs < 0 || anchors.some((one) => one.file[0] === ours && one.model[0] === theirs)) return anchors;
  const inner = anchors.filter((one) => one.file[0] > ours && one.model[0] > theirs);
  const cutAtEnd = model.elided[model.code.length] ?? false;
  return [{ file: [ours, file.code.length], model: [theirs, model.code.length], kind: "callable", cutAtEnd, inner }];
}

/** All anchors, the innermost first, in the order of their ends. */
export function endsOf(anchors: readonly Anchor[]): readonly Anchor[] {
  return anchors.flatMap((one) => [...endsOf(one.inner), one]);
}

/** The ordinals of the file that stand in the body of a function or method that both sides have. */
export function bodiesOf(anchors: readonly Anchor[]): ReadonlySet<number> {
  const inside = new Set<number>();
  for (const one of endsOf(anchors)) if (one.kind === "callable") for (const at of range(one.file[0] + 1, one.file[1])) inside.add(at);
  return inside;
}

/**
 * The ordinals of the model's declarations that the file does not have, beside those that it has. Where the model shows only a part,
 * none of their lines is one of the file's.
 */
export function freshOrdinals(model: CodeSide, anchors: readonly Anchor[], facts: LanguageFacts): ReadonlySet<number> {
  const all = findDeclarations(model.lines, facts, model.scan);
  const known = endsOf(anchors);
  const heads = new Set(known.map((one) => model.code[one.model[0]]));
  const types = all.filter((one) => one.kind === "type" && heads.has(one.head));
  const beside = [undefined, ...types].flatMap((around) => within(all, around)).filter((one) => !heads.has(one.head));
  return new Set(
    beside.flatMap((one) => {
      const span = spanOf(model, one);
      return span ? range(span[0], span[1]) : [];
    }),
  );
}

/** A declaration of the file and the model's of the same name. */
export interface DeclarationPair {
  readonly ours: Declaration;
  readonly theirs: Declaration;
}

function anchorsIn(
  file: CodeSide,
  model: CodeSide,
  ours: readonly Declaration[],
  theirs: readonly Declaration[],
  around: DeclarationPair | undefined,
): Anchor[] {
  return inOrder(pairByName(file.lines, model.lines, within(ours, around?.ours), within(theirs, around?.theirs))).flatMap((pair) => {
    const fileSpan = spanOf(file, pair.ours);
    const modelSpan = spanOf(model, pair.theirs);
    if (!fileSpan || !modelSpan) return [];
    const inner = anchorsIn(file, model, ours, theirs, pair);
    return [{ file: fileSpan, model: modelSpan, kind: pair.ours.kind, cutAtEnd: endsInElision(model, pair.theirs, modelSpan[1]), inner }];
  });
}

/** Declarations of both sides that have one name and kind; among several those with one signature, or the first with the first. */
export function pairByName(
  fileLines: readonly string[],
  modelLines: readonly string[],
  ours: readonly Declaration[],
  theirs: readonly Declaration[],
): DeclarationPair[] {
  const left = new Map<string, Declaration[]>();
  for (const one of ours) left.set(keyOf(one), [...(left.get(keyOf(one)) ?? []), one]);
  const right = new Map<string, Declaration[]>();
  for (const one of theirs) right.set(keyOf(one), [...(right.get(keyOf(one)) ?? []), one]);
  const pairs: DeclarationPair[] = [];
  for (const [key, mine] of left) {
    const others = right.get(key) ?? [];
    if (mine.length === others.length) for (const [at, one] of mine.entries()) pairs.push({ ours: one, theirs: others[at] ?? one });
    else {
      const head = (lines: readonly string[], one: Declaration): string => (lines[one.head] ?? "").replace(/\s+|[{;:]+\s*$/g, "");
      for (const one of mine) {
        const same = others.filter((other) => head(modelLines, other) === head(fileLines, one));
        if (same[0] && same.length === 1) pairs.push({ ours: one, theirs: same[0] });
      }
    }
  }
  const isFree = (one: Declaration): boolean => pairs.every((pair) => pair.ours !== one && pair.theirs !== one);
  pairs.push(...renamedPairs(fileLines, modelLines, ours.filter(isFree), theirs.filter(isFree)));
  return pairs.sort((a, b) => a.ours.head - b.ours.head);
}

/** Declarations whose names are on one side only, and whose bodies say the same: one that was renamed. */
export function renamedPairs(
  fileLines: readonly string[],
  modelLines: readonly string[],
  ours: readonly Declaration[],
  theirs: readonly Declaration[],
): DeclarationPair[] {
  const bodyOf = (lines: readonly string[], one: Declaration): string => {
    const body = lines
      .slice(one.head + 1, one.end)
      .map((line) => line.replace(/\s+/g, ""))
      .join("");
    return /\w/.test(body) ? `${one.kind} ${body}` : "";
  };
  return ours.flatMap((one) => {
    const body = bodyOf(fileLines, one);
    const same = theirs.filter((other) => body !== "" && bodyOf(modelLines, other) === body && other.name !== one.name);
    const [only] = same;
    const isOnly = same.length === 1 && ours.filter((other) => bodyOf(fileLines, other) === body).length === 1;
    return only && isOnly ? [{ ours: one, theirs: only }] : [];
  });
}

/** The most pairs that stand in the same order on both sides. */
function inOrder(pairs: readonly DeclarationPair[]): DeclarationPair[] {
  const chains: DeclarationPair[][] = [];
  for (const pair of pairs) {
    let best: DeclarationPair[] = [];
    for (const chain of chains) {
      const last = chain[chain.length - 1];
      if (last && last.theirs.head < pair.theirs.head && last.ours.end <= pair.ours.head && chain.length > best.length) best = chain;
    }
    chains.push([...best, pair]);
  }
  return chains.reduce<DeclarationPair[]>((best, chain) => (chain.length > best.length ? chain : best), []);
}

/** Ordinals of a declaration's head and of the code behind its last line. */
function spanOf(side: CodeSide, one: Declaration): readonly [number, number] | undefined {
  const head = side.code.indexOf(one.head);
  if (head < 0) return undefined;
  const end = side.code.findIndex((line) => line >= one.end);
  return [head, end < 0 ? side.code.length : end];
}

function endsInElision(model: CodeSide, one: Declaration, end: number): boolean {
  const last = model.code[end - 1] ?? one.head;
  return model.lines.slice(last + 1, one.end).some((line) => isElision(line));
}
