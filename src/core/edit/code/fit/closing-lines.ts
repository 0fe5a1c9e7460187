import { grouped } from "../../../../base/grouped";
import { oncePer } from "../../../../base/once-per";
import { lineAt } from "../../../../base/text/lines";
import { limits } from "../../limits";
import { depthOf } from "../../text/indentation";
import { lineSimilarity } from "../../text/line-similarity";
import { thresholds } from "../../thresholds";
import type { Side } from "./side";

/** Per line that closes a bracket, or ends by a word, the line on which that was opened, or -1. */
export const openersOf = oncePer(({ lines, scan, facts }: Side): Int32Array => {
  const found = new Int32Array(lines.length).fill(-1);
  const open: number[] = [];
  /** Per column the last line of code that began there. */
  const above = new Map<number, number>();
  for (const [at, { mask, kind, inside }] of scan.entries()) {
    if (kind !== "code") continue;
    let isFirst = /^\s*[)\]}]/.test(mask);
    for (const sign of mask) {
      if ("([{".includes(sign)) open.push(at);
      else if (")]}".includes(sign)) {
        const opener = open.pop() ?? -1;
        if (isFirst) found[at] = opener;
        isFirst = false;
      }
    }
    if (inside || facts.blocks !== "end") continue;
    const columns = depthOf(lines[at]);
    if (/^\s*(?:end|fi|done|esac)\b/.test(mask)) found[at] = above.get(columns) ?? -1;
    above.set(columns, at);
  }
  return found;
});

/**
 * Lines of blocks that stand right below a mark for left-out code and are new: neither the line
 * that opens one nor the better part of what is in it is the file's. Its `});` is not that of a
 * block that the mark stands for.
 *
 *     file: it("adds", () => {     answer: // ...
 *             add();                       it("sums", () => {
 *           });                              sum();
 *                                          });
 */
export function newBlocksOf(file: Side, answer: Side): ReadonlySet<number> {
  const fresh = new Set<number>();
  if (!answer.roles.includes("elision")) return fresh;
  const own = new Set(file.keys);
  const ends = new Map([...openersOf(answer)].map((opener, at) => [opener, at]));
  let last: number | undefined;
  for (const [at, role] of answer.roles.entries()) {
    if (role === "blank" || role === "comment") continue;
    const isBelowMark = last !== undefined && (answer.roles[last] === "elision" || fresh.has(last));
    last = at;
    if (role !== "code" || !isBelowMark || own.has(lineAt(answer.keys, at))) continue;
    const closing = ends.get(at);
    const end = closing ?? endOfDeeper(answer, at);
    if (end === undefined) continue;
    const body = answer.keys.slice(at + 1, closing ?? end + 1).filter((key) => /\w/.test(key));
    const line = lineAt(answer.lines, at);
    const isOld =
      body.filter((key) => own.has(key)).length * 2 >= body.length ||
      (headsOf(file).get(wordOf(line)) ?? [])
        .slice(0, limits.piece)
        .some((other) => lineSimilarity(other, line) >= thresholds.nearly);
    if (isOld) continue;
    for (let one = at; one <= end; one++) fresh.add(one);
  }
  return fresh;
}

function endOfDeeper({ lines, roles, facts }: Side, at: number): number | undefined {
  if (facts.blocks !== "none" && facts.blocks !== "indent") return undefined;
  let end: number | undefined;
  for (let line = at + 1; line < lines.length; line++) {
    if (roles[line] === "blank") continue;
    if (depthOf(lines[line]) <= depthOf(lines[at])) break;
    end = line;
  }
  return end;
}

const headsOf = oncePer((side: Side): ReadonlyMap<string, readonly string[]> => {
  const heads = [...new Set(openersOf(side))].map((at) => lineAt(side.lines, at).trimStart());
  return grouped(heads, wordOf);
});

function wordOf(line: string): string {
  const [word = ""] = /\S+/.exec(line) ?? [];
  return word;
}
