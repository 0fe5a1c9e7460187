// Takes the pictures of the README from the real workbench into docs/images: `npm run screenshots`, or only some themes with
// `npm run screenshots -- dark`. `--into FOLDER` puts them elsewhere.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./setup/built.mjs";
import { ensureChromium } from "./setup/chromium.mjs";
import { ensureNodeModules } from "./setup/node-modules.mjs";
import { root } from "./setup/root.mjs";
import { say } from "./setup/step.mjs";
import { ensureWorkbench } from "./setup/workbench.mjs";

const named = process.argv.slice(2);
const into = named.includes("--into")
  ? resolve(named.splice(named.indexOf("--into"), 2)[1] ?? "")
  : join(root, "docs/images");
const themes = named.length > 0 ? named : ["dark", "light"];

try {
  await ensureNodeModules();
  await ensureBuilt();
  await ensureChromium();
  await ensureWorkbench();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const { takePictures } = createRequire(import.meta.url)(
  await bundle("test/ui/support/pictures.ts"),
);
for (const theme of themes) {
  await takePictures(into, theme);
  say(`${theme}: pictures are in ${into}`);
}

/**
 * Bundles a source with our own code in it and the packages left where they are.
 * @param {string} path
 */
async function bundle(path) {
  const esbuild = await import("esbuild");
  const outfile = join(root, "dist/screenshots.cjs");
  await esbuild.build({
    entryPoints: [join(root, path)],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    packages: "external",
    plugins: [
      { name: "own-place", setup: (build) => build.onLoad({ filter: /\.m?[jt]s$/ }, ownPlace) },
    ],
    logLevel: "warning",
  });
  return outfile;
}

/**
 * A source that asks where it is means its place in the clone, not the bundle's.
 * @param {{ readonly path: string }} source
 * @returns {Promise<import("esbuild").OnLoadResult>}
 */
async function ownPlace({ path }) {
  const source = await readFile(path, "utf8");
  const contents = source
    .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href))
    .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)));
  return { contents, loader: path.endsWith("ts") ? "ts" : "js" };
}
