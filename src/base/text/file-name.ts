/** The last part of a path with forward slashes: `a.py` of `lib/a.py`. */
export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
