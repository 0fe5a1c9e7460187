import { FILE_HEADERS_ONLY, formatPatch } from "diff";
import { Changes } from "../base/text/changes";
import { unifiedHunks } from "../base/text/unified-hunks";
import type { FileProposal } from "../protocol/proposal";

const contextLines = 3;

/**
 * A proposal as a patch that `patch -p1` and `git apply` take, with the file's own bytes in its
 * lines: the proposal's own hunks are for eyes, and carry no line ends.
 * @param prefix the byte-order mark that stands on disk before the texts, or "".
 */
export function unifiedDiff(file: FileProposal, prefix: string): string {
  const isNew = file.change === "create";
  const base = isNew ? [] : patchLines(prefix + file.base);
  const changes = Changes.between(base, patchLines(prefix + file.proposed));
  if (changes.isEmpty) return "";
  const hunks = unifiedHunks(changes, base, contextLines, () => (line) => line.replace(/\n$/, ""));
  const path = file.path.replace(/^\/+/, "");
  // Without a tab behind it, `patch` takes a name up to its first space only.
  const header = path.includes(" ") ? " " : undefined;
  const patch = {
    oldFileName: isNew ? "/dev/null" : `a/${path}`,
    newFileName: `b/${path}`,
    oldHeader: header,
    newHeader: header,
    hunks: hunks.map(({ start, end, newStart, newEnd, lines }) => ({
      oldStart: start + 1,
      oldLines: end - start,
      newStart: newStart + 1,
      newLines: newEnd - newStart,
      lines: [...lines],
    })),
  };
  return formatPatch(patch, FILE_HEADERS_ONLY);
}

/** Only a line feed ends a line of a patch; a carriage return is a byte of it. */
function patchLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
