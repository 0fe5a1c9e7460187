import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * What a layer of the test suite hands to `npm test`, in the file that this variable of the
 * environment names.
 */
export const resultsVariable = "THINKALOUD_TEST_RESULTS";

export interface LayerResults {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly title: string; readonly reason?: string }[];
}

/**
 * Leaves the counts where `npm test` looks for them; nothing happens when the layer was started by
 * hand.
 */
export function writeLayerResults(results: LayerResults): void {
  const file = process.env[resultsVariable];
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(results));
}
