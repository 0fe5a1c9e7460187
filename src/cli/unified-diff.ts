import type { FileProposal } from "../protocol/proposal";

/** A proposal as a patch that `patch -p1` and `git apply` take. */
export function unifiedDiff(file: FileProposal): string {
  // Hunks carry no line ends; a patch of a CRLF file only fits with them.
  const lineEnd = file.base.includes("\r\n") ? "\r\n" : "\n";
  const path = file.path.replace(/^\/+/, "");
  const head = [file.change === "create" ? "--- /dev/null" : `--- a/${path}`, `+++ b/${path}`];
  const body = file.hunks.map((hunk) => {
    const title = `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@\n`;
    return title + hunk.lines.map((line) => line + (line.startsWith("\\") ? "\n" : lineEnd)).join("");
  });
  return `${head.join("\n")}\n${body.join("")}`;
}
