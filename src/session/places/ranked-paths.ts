import { fileNameOf } from "../../base/text/file-name";

/**
 * Those of some paths that hold a word: whose name begins with it first, then whose name holds it,
 * then whose path does; short paths before long.
 */
export function rankedPaths(
  paths: readonly string[],
  word: string,
  most: number,
): readonly string[] {
  const wanted = word.toLowerCase();
  const rank = (path: string): number => {
    const lower = path.toLowerCase();
    const name = fileNameOf(lower);
    if (name.startsWith(wanted)) return 0;
    if (name.includes(wanted)) return 1;
    return lower.includes(wanted) ? 2 : 3;
  };
  return paths
    .map((path) => ({ path, rank: rank(path) }))
    .filter((each) => each.rank < 3)
    .sort((one, other) => one.rank - other.rank || one.path.length - other.path.length)
    .slice(0, most)
    .map(({ path }) => path);
}

/** The folders that files stand in, and those above them. */
export function foldersOf(files: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const path of files) {
    for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1))
      folders.add(path.slice(0, end));
  }
  return [...folders];
}
