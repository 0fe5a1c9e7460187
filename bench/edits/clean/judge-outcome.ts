import type { EditPlan } from "../../../src/core/edit/edit-plan";
import type { CleanCase } from "./clean-case";

/** `lost`: a line that the truth does not touch is gone; `harmed`: any other wrong text. */
export type CleanVerdict = "right" | "refused" | "lost" | "harmed";

/**
 * Holds an outcome against the truth. The text must be the truth byte for byte, but for two things
 * that an answer does not say: where among the imports a new import stands, and where in its scope
 * a new declaration stands, with how many empty lines around it. Both must come word for word, and
 * all else must be as it was.
 */
export function judgeOutcome(one: CleanCase, plan: EditPlan): CleanVerdict {
  if (plan.kind !== "plan") return "refused";
  const [file, ...others] = plan.files;
  if (file === undefined || others.length > 0 || file.path !== one.path) return "harmed";
  const got = file.proposed;
  if (got === one.truth || (one.freedom !== undefined && isEquivalent(one, got))) return "right";
  return losesLine(one, got) ? "lost" : "harmed";
}

function losesLine(one: CleanCase, got: string): boolean {
  const counts = new Map<string, number>();
  for (const line of bareLines(got)) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of one.untouched) {
    const bare = line.trim();
    if (bare === "") continue;
    const left = counts.get(bare) ?? 0;
    if (left === 0) return true;
    counts.set(bare, left - 1);
  }
  return false;
}

function bareLines(text: string): string[] {
  return text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .map((line) => line.trim());
}

function isEquivalent(one: CleanCase, got: string): boolean {
  const { freedom } = one;
  if (freedom === undefined || got.startsWith("\ufeff") !== one.text.startsWith("\ufeff"))
    return false;
  const crlf = one.text.includes("\r\n");
  if (crlf ? /(?<!\r)\n/.test(got) : got.includes("\r")) return false;
  const lines = linesOf(got);
  switch (freedom.kind) {
    case "import": {
      const { without, line, from, to } = freedom;
      const at = lines.indexOf(line);
      if (at < from || at > to || lines.indexOf(line, at + 1) >= 0) return false;
      // An empty line that comes with it belongs to it.
      return [
        [at, at + 1],
        [at - 1, at + 1],
        [at, at + 2],
      ].some(([start = 0, end = 0]) => {
        const isBlank = lines
          .slice(start, end)
          .every((text, offset) => start + offset === at || text === "");
        return isBlank && sameLines([...lines.slice(0, start), ...lines.slice(end)], without);
      });
    }
    case "declaration": {
      const { lines: fresh, places, original } = freedom;
      const at = indexOfPart(lines, fresh);
      if (at < 0) return false;
      return places.some((place) => {
        const above = original.slice(0, place);
        const below = original.slice(place);
        return (
          sameButEndBlanks(above, lines.slice(0, at), "end") &&
          sameButEndBlanks(below, lines.slice(at + fresh.length), "start")
        );
      });
    }
    default:
      return freedom satisfies never;
  }
}

function linesOf(text: string): string[] {
  return text
    .replace(/^\ufeff/, "")
    .replace(/\r\n/g, "\n")
    .replace(/\n$/, "")
    .split("\n");
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, at) => line === b[at]);
}

function sameButEndBlanks(
  a: readonly string[],
  b: readonly string[],
  side: "start" | "end",
): boolean {
  return sameLines(withoutBlanks(a, side), withoutBlanks(b, side));
}

function withoutBlanks(lines: readonly string[], side: "start" | "end"): readonly string[] {
  const isText = (line: string): boolean => line.trim() !== "";
  if (side === "end") return lines.slice(0, lines.findLastIndex(isText) + 1);
  const first = lines.findIndex(isText);
  return first < 0 ? [] : lines.slice(first);
}

function indexOfPart(lines: readonly string[], part: readonly string[]): number {
  for (let at = 0; at + part.length <= lines.length; at++)
    if (part.every((line, offset) => lines[at + offset] === line)) return at;
  return -1;
}
