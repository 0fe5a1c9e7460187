import { lineAt } from "../../../base/text/lines";
import { isElision } from "../answer/elision";
import { choosePlace } from "../locate/choose-place";
import { linesInWords, type Refused, refused } from "../locate/placement";
import { thresholds } from "../thresholds";
import { bareHead } from "./declaration-head";
import type { Declaration } from "./declarations";
import type { EditedFile } from "./edited-file";
import type { DeclarationPair } from "./pair-declarations";

export type Choice =
  | {
      readonly kind: "found";
      readonly declaration: Declaration;
      readonly notice?: string;
      /** Others say the very same: it tells the place of nothing that stands beside it. */
      readonly isOneOfMany?: true;
    }
  | { readonly kind: "none" }
  | Refused;

/** By name; among several by its signature, or where the person asked. */
export function chooseDeclaration(
  file: EditedFile,
  lines: readonly string[],
  theirs: Declaration,
): Choice {
  const { target } = file;
  let all = file.named(theirs.name, theirs.kind);
  // A method of another type is another method, even if it is the only one of its name.
  if (theirs.receiver !== undefined) all = all.filter((one) => one.receiver === theirs.receiver);
  if (all.length === 0) return { kind: "none" };
  const [only] = all;
  if (only && all.length === 1) return { kind: "found", declaration: only };
  // Of one that is given as it is nothing has to be told apart.
  const unchanged = all.filter((one) => isUnchanged(file, lines, { ours: one, theirs }));
  const given = choosePlace(unchanged, { target })?.place;
  if (given) return { kind: "found", declaration: given };
  const [first] = unchanged;
  if (first) return { kind: "found", declaration: first, isOneOfMany: true };
  // What has a body is none of those that only say what there is: `extern int Open();`.
  const isBare = ({ head, end }: Declaration): boolean =>
    end === head + 1 && /^[^={]*;\s*$/.test(lineAt(file.lines, head));
  const [bodied, ...others] = all.filter((one) => !isBare(one));
  if (bodied && others.length === 0 && theirs.end > theirs.head + 1)
    return { kind: "found", declaration: bodied };
  const isOther = isOtherBody(file, lines, theirs, all);
  let same: readonly Declaration[] = [];
  // By what stands before its body and the type that it gives, else by all of the head.
  for (const form of [calledAs, bareHead]) {
    const heads = all.map((one) => form(lineAt(file.lines, one.head)));
    const signature = form(lineAt(lines, theirs.head));
    same = all.filter((one, at) => heads[at] === signature && !isOther(one));
    const [match] = same;
    const isTold = new Set(heads).size === all.length && !/^(?:[^(]*\()?$/.test(signature);
    if (match && same.length === 1 && isTold) return { kind: "found", declaration: match };
  }
  const chosen = choosePlace(same, { target }) ?? choosePlace(all, { target });
  if (chosen?.why === undefined && chosen) return { kind: "found", declaration: chosen.place };
  if (chosen) {
    const notice = `\`${theirs.name}\` is in the file ${all.length} times; the one you asked about was taken.`;
    return { kind: "found", declaration: chosen.place, notice };
  }
  return refused(
    "ambiguous",
    `\`${theirs.name}\` is in the file more than once, at ${linesInWords(all.map((one) => ({ start: one.head, end: one.end })))}.`,
    all,
  );
}

/**
 * Whether a declaration says nothing of what the answer has in its body, and one of another
 * signature says most of it: then the signature is what the answer changes.
 *
 *     file: def total(self) -> float:      answer: def total(self):
 *               return self.price                      return self.price * 2
 *           ...
 *           def total(self):
 *               return sum(self.items)
 */
function isOtherBody(
  file: EditedFile,
  lines: readonly string[],
  theirs: Declaration,
  all: readonly Declaration[],
): (one: Declaration) => boolean {
  const body = lines.slice(theirs.head + 1, theirs.end);
  const isElided = body.some((line) => isElision(line));
  const said = body.filter((line) => !isElision(line)).join("\n");
  const shares = new Map(
    all.map((one) => {
      const own = file.lines.slice(one.head + 1, one.end).join("\n");
      return [one, sharedWords(own, said, isElided)];
    }),
  );
  const most = Math.max(...shares.values());
  return (one) => most >= thresholds.half && (shares.get(one) ?? 0) * 2 < most;
}

export function sharedWords(text: string, other: string, isPart: boolean): number {
  const [own, said] = [text, other].map((one) => new Set(one.match(/[\w$]+/g)));
  const all = new Set([...(isPart ? [] : (own ?? [])), ...(said ?? [])]);
  const shared = [...all].filter((word) => own?.has(word) && said?.has(word));
  return all.size === 0 ? 0 : shared.length / all.size;
}

/** How much two bodies have in common. */
export function sharedBody(
  lines: readonly string[],
  one: Declaration,
  others: readonly string[],
  other: Declaration,
): number {
  const bodyOf = (all: readonly string[], { head, end }: Declaration): string =>
    all.slice(head + 1, end).join("\n");
  return sharedWords(bodyOf(lines, one), bodyOf(others, other), false);
}

export function isUnchanged(
  file: EditedFile,
  lines: readonly string[],
  { ours, theirs }: DeclarationPair,
): boolean {
  return textOf(file.lines, ours) === textOf(lines, theirs);
}

function textOf(lines: readonly string[], one: Declaration): string {
  return lines
    .slice(one.head, one.end)
    .map((line) => line.trim())
    .join("\n");
}

/** `fun List<T>.take(count: Int)` in `fun List<T>.take(count: Int): List<T> = all.take(count)`. */
function calledAs(line: string): string {
  return bareHead(/^[^()]*\([^()]*\)/.exec(line)?.[0] ?? line);
}
