import { type BrokenEdit, malformed } from "./answer-edit";
import { BlockReader } from "./block-reader";
import { closed, type Dialect, type Reader, type Seen } from "./dialect";
import { markerOf, openerTail } from "./markers";
import { isPath } from "./named-path";
import type { OwnText } from "./own-text";

/** SEARCH/REPLACE blocks that stand in the prose. */
export const blocks: Dialect = {
  opens(line, seen) {
    if (markerOf(line) !== "open") return undefined;
    return openBlock(line, seen, seen.above.path);
  },
};

/** @param closesFence of the fence that the block stands in */
export function openBlock(
  line: string,
  seen: Seen,
  named: string | undefined,
  closesFence?: (line: string) => boolean,
): BlockReader {
  const tail = openerTail(line).replace(/^[`*"']+|(?<![`*"'])[`*"']+$/g, "");
  const path = (isPath(tail) ? tail : undefined) ?? named ?? seen.lastPath;
  seen.lastPath = path;
  seen.above.clear();
  return new BlockReader(seen.own, path, closesFence);
}

/** What stands above the end of an edit whose beginning is lost is no code for itself. */
export const strayCloses: Dialect = {
  opens(line, seen) {
    return isStrayClose(line, seen.own) && !seen.hasEdits ? strayClose : undefined;
  },
};

export function isStrayClose(line: string, own: OwnText): boolean {
  return markerOf(line) === "close" && /replace/i.test(line) && !own.has(line);
}

const strayClose: Reader = {
  push: (line) => closed([withoutOpening(line)]),
  end: () => closed([]),
};

export function withoutOpening(line: string): BrokenEdit {
  return malformed("An edit has no opening mark.", [line]);
}
