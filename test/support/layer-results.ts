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
  /** Name and reason of each failure, as far as it has a name. */
  readonly failures: readonly { readonly title: string; readonly reason: string }[];
  readonly skipped: readonly { readonly title: string; readonly reason?: string }[];
}

/** The first line of an error: what stands below it is in the layer's own output. */
export function firstLine(error: { readonly message?: string | undefined } | undefined): string {
  return error?.message?.split("\n", 1)[0] ?? "no reason told";
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
