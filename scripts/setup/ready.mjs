// What a program that is run from a clone needs: this Node, its packages, and a build of the code
// as it is.
import { ensureBuilt } from "./built.mjs";
import { ensureNodeModules } from "./node-modules.mjs";
import { requireNode } from "./node-version.mjs";

/**
 * Ends the process with the code, after telling why, where that cannot be had.
 * @param {number} failureCode
 */
export async function makeReady(failureCode) {
  requireNode();
  try {
    await ensureNodeModules();
    await ensureBuilt();
  } catch (error) {
    console.error(error.message);
    process.exit(failureCode);
  }
}
