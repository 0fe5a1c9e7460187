import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Before the tests of a run: names the folder where the first test that needs the product builds it
 * for all of them.
 */
// biome-ignore lint/style/noDefaultExport: this is how the runner calls it.
export default function setup(): (() => void) | undefined {
  // Each project of a run calls this.
  if (process.env["THINKALOUD_TEST_PRODUCT"] !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "thinkaloud-product-"));
  process.env["THINKALOUD_TEST_PRODUCT"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
