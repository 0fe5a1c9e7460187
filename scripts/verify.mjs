// Everything that can fail, in the order of how soon it does: format, lint, types, dead code, all
// tests, the package.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureNodeModules } from "./setup/node-modules.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { root } from "./setup/root.mjs";
import { say } from "./setup/step.mjs";

/** @param {string} name */
const bin = (name) => join(root, "node_modules", name);
const steps = [
  ["Format and lint", bin("@biomejs/biome/bin/biome"), "check", "."],
  ["Types", bin("typescript/bin/tsc"), "-b"],
  ["Dead code", bin("knip/bin/knip.js")],
  ["Tests", join(root, "scripts/test.mjs")],
  ["Package", join(root, "scripts/package.mjs")],
];

requireNode();
await ensureNodeModules();
for (const [title, ...args] of steps) {
  say(`\n▸ ${title}`);
  const code = await new Promise((resolve) => {
    spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] }).once(
      "close",
      resolve,
    );
  });
  if (code !== 0) {
    console.error(`\n✗ ${title}`);
    process.exit(1);
  }
}
say("\n✓ Everything that can fail passed.");
