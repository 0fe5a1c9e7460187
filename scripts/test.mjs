// Runs the test layers, with all their set-up, and ends with one line: `N passed, M failed`. Without arguments every layer;
// `node scripts/test.mjs unit ui` only those.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./setup/built.mjs";
import { ensureChromium } from "./setup/chromium.mjs";
import { displayCommand } from "./setup/display.mjs";
import { ensureNodeModules } from "./setup/node-modules.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { root } from "./setup/root.mjs";
import { say } from "./setup/step.mjs";
import { ensureWorkbench } from "./setup/workbench.mjs";

/** Exit code of a layer that cannot run on this machine. */
const unavailable = 77;
const vitest = join(root, "node_modules/vitest/vitest.mjs");

/**
 * @typedef {object} Layer
 * @property {string} title
 * @property {() => [string, ...string[]]} command
 * @property {() => string[]} [prefix] what goes before the program
 */

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {{ readonly title: string, readonly reason?: string }[]} skipped
 */

/** @type {Readonly<Record<string, Layer>>} */
const layers = {
  unit: {
    title: "Unit tests, language server, daemon client, engine, panel",
    command: () => [vitest, "run"],
  },
  editor: {
    title: "Inside a real extension host",
    command: () => [join(root, "dist/test/editor/launch.cjs"), root],
  },
  ui: {
    title: "The real workbench, clicked in a real browser",
    command: () => [vitest, "run", "--config", "vitest.ui.config.ts"],
  },
  desktop: {
    title: "Inside a desktop VS Code",
    command: () => [join(root, "dist/test/desktop/launch.cjs"), root],
    prefix: displayCommand,
  },
};

requireNode();
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => layers[name] === undefined);
if (unknown !== undefined) {
  console.error(`There is no layer "${unknown}"; there are ${Object.keys(layers).join(", ")}.`);
  process.exit(2);
}

try {
  await ensureNodeModules();
  await ensureBuilt();
  await ensureChromium();
  await ensureWorkbench();
} catch (error) {
  console.error(error.message);
  console.log("0 passed, 1 failed");
  process.exit(1);
}

const total = { passed: 0, failed: 0 };
for (const name of wanted.length === 0 ? Object.keys(layers) : wanted) {
  const { passed, failed, skipped } = await runLayer(/** @type {Layer} */ (layers[name]));
  total.passed += passed;
  total.failed += failed;
  for (const { title, reason } of skipped)
    say(`  skipped: ${title}${reason === undefined ? "" : ` (${reason})`}`);
  say(
    `  ${name}: ${passed} passed, ${failed} failed${skipped.length === 0 ? "" : `, ${skipped.length} skipped`}`,
  );
}
say(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

/**
 * Counts of one layer. A layer that breaks without counting a failure is a failure itself.
 * @param {Layer} layer
 * @returns {Promise<Counts>}
 */
async function runLayer({ title, command, prefix = () => [] }) {
  say(`\n▸ ${title}`);
  const folder = mkdtempSync(join(tmpdir(), "thinkaloud-results-"));
  const file = join(folder, "results.json");
  try {
    const code = await runVisibly([...prefix(), process.execPath, ...command()], {
      THINKALOUD_TEST_RESULTS: file,
    });
    if (code === unavailable)
      return {
        passed: 0,
        failed: 0,
        skipped: [{ title, reason: "not to be had on this machine" }],
      };
    const results = readResults(file) ?? { passed: 0, failed: 0, skipped: [] };
    return code !== 0 && results.failed === 0 ? { ...results, failed: 1 } : results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @returns {Counts | undefined}
 */
function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * @param {readonly string[]} command the program first
 * @param {Readonly<Record<string, string>>} environment
 * @returns {Promise<number | null>}
 */
function runVisibly([program = "", ...args], environment) {
  const child = spawn(program, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...environment },
  });
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => child.kill(signal);
  process.on("SIGINT", forward).on("SIGTERM", forward);
  return new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once("close", (code, signal) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      if (signal !== null) process.exit(1);
      resolve(code);
    });
  });
}
