// Makes the VSIX: the small universal one, or with `--target linux-x64` one for that platform with
// the engine in it.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { ensureNodeModules } from "./setup/node-modules.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { root } from "./setup/root.mjs";
import { runCommand } from "./setup/run-command.mjs";
import { say, step } from "./setup/step.mjs";
import { ensureVsce } from "./setup/vsce.mjs";
import { copyExtension } from "./workbench/extension-files.mjs";

/** What a download of the universal package may cost. */
const universalLimitBytes = 3_000_000;
/**
 * Names of VS Code's platforms where they differ from Node's.
 * @type {Readonly<Record<string, string>>}
 */
const nodePlatforms = { "linux-armhf": "linux-arm" };
const usage =
  "usage: npm run package [-- --target PLATFORM] [--out FILE]     PLATFORM as VS Code names it, such as linux-x64";

requireNode();
let options;
try {
  options = parseArgs({ options: { target: { type: "string" }, out: { type: "string" } } }).values;
} catch (error) {
  console.error(`${error.message}\n${usage}`);
  process.exit(2);
}

try {
  await ensureNodeModules();
  await pack(options);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/** @param {{ readonly target?: string, readonly out?: string }} options */
async function pack({ target, out }) {
  const scratch = mkdtempSync(join(tmpdir(), "thinkaloud-package-"));
  try {
    const stage = join(scratch, "stage");
    const dist = join(scratch, "dist");
    await step("Build for production", () =>
      runCommand(
        process.execPath,
        [join(root, "scripts/build.mjs"), "--production", "--out", dist],
        { cwd: root },
      ),
    );
    copyExtension(root, stage, dist);
    dropPictures(join(stage, "README.md"));
    const { name, version } = writeManifest(stage);
    if (target !== undefined) await addEngine(join(stage, "engine"), target, scratch);

    const file =
      out ?? join(root, `${name}-${version}${target === undefined ? "" : `-${target}`}.vsix`);
    const vsce = await ensureVsce();
    // There is no public address that links within the clone could lead to.
    const args = [
      "package",
      "--no-dependencies",
      "--no-rewrite-relative-links",
      "--allow-missing-repository",
      "--out",
      file,
    ];
    if (target !== undefined) args.push("--target", target);
    await step("Pack", () => runCommand(process.execPath, [vsce, ...args], { cwd: stage }));
    const { size } = statSync(file);
    if (target === undefined && size > universalLimitBytes)
      throw new Error(`The VSIX is ${size} bytes, over the limit of ${universalLimitBytes}.`);
    say(`${file}: ${(size / 1e6).toFixed(1)} MB`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * The manifest without what only a clone needs: everything is bundled.
 * @param {string} stage
 */
function writeManifest(stage) {
  const {
    scripts: _scripts,
    devDependencies: _tools,
    dependencies: _bundled,
    private: _private,
    ...manifest
  } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  writeFileSync(join(stage, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return manifest;
}

/**
 * The pictures would be a third of the package, and the editor's page for the extension shows none
 * that has no public address.
 * @param {string} readme
 */
function dropPictures(readme) {
  writeFileSync(readme, readFileSync(readme, "utf8").replace(/^!\[[^\]]*\]\([^)]*\)\n+/gm, ""));
}

/**
 * Puts the inference library for the platform into `folder`, by the product's own code.
 * @param {string} folder
 * @param {string} target
 * @param {string} scratch
 */
async function addEngine(folder, target, scratch) {
  const esbuild = await import("esbuild");
  const outfile = join(scratch, "install-engine.mjs");
  await esbuild.build({
    entryPoints: [join(root, "src/model-setup/engine/install-engine.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  const { installEngine } = await import(pathToFileURL(outfile).href);
  await step(`Engine for ${target}`, () =>
    installEngine({ folder, platform: nodePlatforms[target] ?? target }),
  );
}
