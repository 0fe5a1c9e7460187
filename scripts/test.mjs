// Runs the test layers, with all their set-up, and ends with one line: `N passed, M failed`.
// Without arguments every layer; `node scripts/test.mjs unit ui` only those. Those inside editors
// mostly wait for one, so they run at the same time.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./setup/built.mjs";
import { ensureChromium } from "./setup/chromium.mjs";
import { displayCommand } from "./setup/display.mjs";
import { ensureNodeModules } from "./setup/node-modules.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { root } from "./setup/root.mjs";
import { say } from "./setup/step.mjs";
import { ensureWorkbench } from "./setup/workbench.mjs";

/** What a program prints: kept until it is to be shown, and passed on from then on. */
class Printed {
  /** @type {[to: NodeJS.WritableStream, bytes: Buffer][] | undefined} */
  #kept = [];

  /**
   * @param {NodeJS.ReadableStream} from
   * @param {NodeJS.WritableStream} to
   */
  take(from, to) {
    from.on("data", (/** @type {Buffer} */ bytes) => {
      if (this.#kept === undefined) to.write(bytes);
      else this.#kept.push([to, bytes]);
    });
  }

  show() {
    for (const [to, bytes] of this.#kept ?? []) to.write(bytes);
    this.#kept = undefined;
  }
}

/** @type {Counts} */
const none = { passed: 0, failed: 0, failures: [], skipped: [] };

/** Exit code of a layer that cannot run on this machine. */
const unavailable = 77;
const vitest = join(root, "node_modules/vitest/vitest.mjs");

/**
 * @typedef {object} Layer
 * @property {string} title
 * @property {() => [string, ...string[]]} command
 * @property {() => string[]} [prefix] what goes before the program
 * @property {boolean} [alone] runs when no other layer does
 */

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {{ readonly title: string, readonly reason: string }[]} failures
 * @property {{ readonly title: string, readonly reason?: string }[]} skipped
 */

/** @type {Readonly<Record<string, Layer>>} */
const layers = {
  unit: {
    title: "Unit tests, language server, daemon client, engine, panel",
    command: () => [vitest, "run"],
    alone: true,
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
    alone: true,
  },
};

requireNode();
const { positionals: wanted } = parseArgs({ allowPositionals: true });
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
/** @type {string[]} */
const failures = [];
/** @type {{ name: string, run: LayerRun }[]} */
const going = [];
for (const name of wanted.length === 0 ? Object.keys(layers) : wanted) {
  const layer = /** @type {Layer} */ (layers[name]);
  if (layer.alone) await tellAll();
  going.push({ name, run: startLayer(layer) });
  if (layer.alone) await tellAll();
}
await tellAll();
if (failures.length > 0) say(`\nFailed:\n${failures.join("\n")}`);
say(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

/** Shows what the layers that go on print, one after the other, and counts them. */
async function tellAll() {
  for (const { name, run } of going.splice(0)) {
    run.show();
    const { passed, failed, failures: named, skipped } = await run.counts;
    total.passed += passed;
    total.failed += failed;
    for (const { title, reason } of named) failures.push(`  ${name}: ${title}: ${reason}`);
    for (const { title, reason } of skipped)
      say(`  skipped: ${title}${reason === undefined ? "" : ` (${reason})`}`);
    say(
      `  ${name}: ${passed} passed, ${failed} failed${skipped.length === 0 ? "" : `, ${skipped.length} skipped`}`,
    );
  }
}

/**
 * A layer that goes on. What it prints is kept until it is shown.
 * @typedef {object} LayerRun
 * @property {() => void} show
 * @property {Promise<Counts>} counts
 */

/**
 * @param {Layer} layer
 * @returns {LayerRun}
 */
function startLayer({ title, command, prefix = () => [] }) {
  const folder = mkdtempSync(join(tmpdir(), "thinkaloud-results-"));
  const file = join(folder, "results.json");
  const printed = new Printed();
  const code = runPrinting([...prefix(), process.execPath, ...command()], printed, {
    THINKALOUD_TEST_RESULTS: file,
  });
  return {
    show: () => {
      say(`\n▸ ${title}`);
      printed.show();
    },
    counts: code
      .then((ended) => countsOf(title, ended, file))
      .finally(() => rmSync(folder, { recursive: true, force: true })),
  };
}

/**
 * Counts of one layer. A layer that breaks without counting a failure is a failure itself.
 * @param {string} title
 * @param {number | null} code
 * @param {string} file
 * @returns {Counts}
 */
function countsOf(title, code, file) {
  if (code === unavailable)
    return { ...none, skipped: [{ title, reason: "not to be had on this machine" }] };
  const results = readResults(file) ?? none;
  if (code === 0 || results.failed > 0) return results;
  return { ...results, failed: 1, failures: [{ title, reason: `ended with ${code}` }] };
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
 * @param {Printed} printed
 * @param {Readonly<Record<string, string>>} environment
 * @returns {Promise<number | null>}
 */
function runPrinting([program = "", ...args], printed, environment) {
  const child = spawn(program, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...colours(), ...environment },
  });
  printed.take(child.stdout, process.stdout);
  printed.take(child.stderr, process.stderr);
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

/**
 * A layer does not see that its words end up in a terminal.
 * @returns {Readonly<Record<string, string>>}
 */
function colours() {
  return process.stdout.isTTY && process.env["NO_COLOR"] === undefined ? { FORCE_COLOR: "1" } : {};
}
