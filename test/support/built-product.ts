import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");

/** Everything that ships, in a folder of its own. */
export interface BuiltProduct {
  /** Absolute path of a bundle, such as `cli.cjs`, or of the folder `grammars`. */
  path(name: string): string;
  remove(): void;
}

/**
 * Builds what ships with the product's own script and options, in about a second. A test that bundled a
 * program in its own way would prove nothing of the one that people get.
 */
export async function buildProduct(): Promise<BuiltProduct> {
  const folder = mkdtempSync(join(tmpdir(), "product "));
  const script = join(root, "scripts/build.mjs");
  await promisify(execFile)(process.execPath, [script, "--production", "--out", folder]);
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
