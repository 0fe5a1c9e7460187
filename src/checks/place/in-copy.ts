import { dirname, join, relative } from "node:path";
import type { PrivateCopy } from "./private-copy";
import { upwards } from "./project-root";

/** The nearest folder of the copy above a file that has a file of this name. */
export function holding(name: string, file: string, copy: PrivateCopy): string | undefined {
  const known = new Set(copy.files);
  const folders = upwards(dirname(join(copy.root, file)), copy.root);
  const found = folders.find((folder) => known.has(relative(copy.root, join(folder, name))));
  return found === undefined ? undefined : inCopy(found, copy);
}

/** The same place in the copy, which may not be there yet. */
export function inCopy(path: string, { root, project }: PrivateCopy): string {
  return join(project, relative(root, path));
}
