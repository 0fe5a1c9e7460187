import { structuredPatch } from "diff";
import type { FileProposal } from "../protocol/proposal";

const contextLines = 3;
/** Two large texts without a common line would be compared for minutes; then all of it is shown as replaced. */
const compareMs = 3_000;

/**
 * A proposal as a patch that `patch -p1` and `git apply` take, with the file's own bytes in its lines.
 * @param prefix the byte-order mark that stands on disk before the texts, or "".
 */
export function unifiedDiff(file: FileProposal, prefix: string): string {
  const path = file.path.replace(/^\/+/, "");
  const head = [file.change === "create" ? "--- /dev/null" : `--- ${patchName(`a/${path}`)}`, `+++ ${patchName(`b/${path}`)}`];
  const before = file.change === "create" ? "" : prefix + file.base;
  const hunks = compare(before, prefix + file.proposed);
  return hunks.length === 0 ? "" : `${head.join("\n")}\n${hunks.join("")}`;
}

/** The proposal's own hunks are for eyes: they carry no line ends. */
function compare(before: string, after: string): string[] {
  if (before === after) return [];
  const patch = structuredPatch("", "", before, after, undefined, undefined, { context: contextLines, timeout: compareMs });
  if (patch === undefined) return [replaced(before, after)];
  return patch.hunks.map((hunk) => {
    // An empty side is numbered by the line before it.
    const side = (start: number, lines: number): string => `${lines === 0 && start > 0 ? start - 1 : start},${lines}`;
    const title = `@@ -${side(hunk.oldStart, hunk.oldLines)} +${side(hunk.newStart, hunk.newLines)} @@\n`;
    return title + hunk.lines.map((line) => `${line}\n`).join("");
  });
}

function replaced(before: string, after: string): string {
  const old = signed("-", before);
  const fresh = signed("+", after);
  return `@@ -${old.start},${old.count} +${fresh.start},${fresh.count} @@\n${old.text}${fresh.text}`;
}

function signed(sign: string, text: string): { readonly start: number; readonly count: number; readonly text: string } {
  if (text === "") return { start: 0, count: 0, text: "" };
  const whole = text.endsWith("\n");
  const lines = (whole ? text.slice(0, -1) : text).split("\n").map((line) => `${sign}${line}\n`);
  return { start: 1, count: lines.length, text: lines.join("") + (whole ? "" : "\\ No newline at end of file\n") };
}

/** As git writes names: quoted when they hold what would end the line or the name, and with a tab behind when there is a space within. */
function patchName(name: string): string {
  if (/["\\\p{Cc}]/u.test(name)) {
    const escaped = name.replace(/["\\]/g, "\\$&").replace(/\p{Cc}/gu, octal);
    return `"${escaped}"`;
  }
  return name.includes(" ") ? `${name}\t` : name;
}

function octal(character: string): string {
  return `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
}
