import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");

/** Everything that ships, in a folder of its own. */
export interface BuiltProduct {
  /** Absolute path of a bundle, such as `cli.cjs`, or of the folder `grammars`. */
  path(name: string): string;
  remove(): void;
}

/**
 * What ships, built with the product's own script and options; a test that bundled a program in its
 * own way would prove nothing of the one that people get. The tests of one run share one build, of
 * which each gets a copy.
 */
export async function buildProduct(): Promise<BuiltProduct> {
  const folder = mkdtempSync(join(tmpdir(), "product "));
  const shared = process.env["THINKALOUD_TEST_PRODUCT"];
  if (shared === undefined) await build(folder);
  else cpSync(await builtOnce(shared), folder, { recursive: true });
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function build(folder: string): Promise<void> {
  const script = join(root, "scripts/build.mjs");
  await promisify(execFile)(process.execPath, [script, "--production", "--out", folder]);
}

/** Whoever comes first builds, the others wait; when that fails, the next one tries. */
async function builtOnce(folder: string): Promise<string> {
  const built = join(folder, "built");
  const building = join(folder, "building");
  const begun = join(folder, "begun");
  while (!existsSync(built)) {
    try {
      mkdirSync(begun);
    } catch {
      await delay(50);
      continue;
    }
    try {
      if (existsSync(built)) break;
      await build(building);
      renameSync(building, built);
    } finally {
      rmdirSync(begun);
    }
  }
  return built;
}
