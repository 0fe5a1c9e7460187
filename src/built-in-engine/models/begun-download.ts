import { readdirSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Behind it a download that comes in packages notes how far it is. */
const left = /\.partial(?:\.json)?$/;

function leftOf(target: string): readonly string[] {
  try {
    return readdirSync(dirname(target))
      .filter((name) => name.startsWith(`${basename(target)}.`) && left.test(name))
      .map((name) => join(dirname(target), name));
  } catch {
    return [];
  }
}

/** What a download that did not end has left of a file: the next one goes on from there. */
export function begunBytes(target: string): number {
  const sizes = leftOf(target).map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return Math.max(0, ...sizes);
}

export async function forgetBegun(target: string): Promise<void> {
  for (const path of leftOf(target)) await rm(path, { force: true });
}
