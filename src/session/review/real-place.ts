import { realpath } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { staysInside } from "../../base/text/stays-inside";

/**
 * Where an absolute path really leads: of what does not exist yet, the nearest folder that does
 * decides.
 */
export async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realPlace(parent), path.slice(parent.length));
  }
}

/** Whether a real path stands below a real folder. */
export function isBelow(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== "" && staysInside(inside);
}
