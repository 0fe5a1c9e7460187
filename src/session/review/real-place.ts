import { readlink, realpath } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { staysInside } from "../../base/text/stays-inside";

/** Links that lead to one another without an end are followed so often. */
const mostLinks = 40;

/**
 * Where an absolute path really leads: of what does not exist yet, the nearest folder that does
 * decides, and a link that leads to nothing yet, for what is written there makes it.
 */
export async function realPlace(path: string, links = mostLinks): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    if (parent === path) return path;
    const folder = await realPlace(parent, links);
    const place = join(folder, basename(path));
    const to = links > 0 ? await readlink(place).catch(() => undefined) : undefined;
    return to === undefined ? place : await realPlace(resolve(folder, to), links - 1);
  }
}

/**
 * Whether a real path is a project's file. What the repository keeps for itself is none: to edit
 * its text would be something else than an edit of text.
 */
export function isProjectFile(path: string, folder: string): boolean {
  const parts = relative(folder, path).split(sep);
  return isBelow(path, folder) && !parts.some((part) => part.toLowerCase() === ".git");
}

/** Whether a real path stands below a real folder. */
export function isBelow(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== "" && staysInside(inside);
}
