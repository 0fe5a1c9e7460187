// Sources of the clone that are run and not shipped, such as benches, as programs that Node can
// load.
import { readFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./root.mjs";

/**
 * Bundles each source with our own code in it and the packages left where they are.
 * @param {readonly string[]} sources relative to the clone; their names differ
 * @param {string} folder below dist/
 * @returns {Promise<string[]>} the bundles, in the order of the sources
 */
export async function bundled(sources, folder) {
  const esbuild = await import("esbuild");
  const outdir = join(root, "dist", folder);
  await esbuild.build({
    entryPoints: sources.map((source) => ({ in: join(root, source), out: nameOf(source) })),
    outdir,
    outExtension: { ".js": ".cjs" },
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
  return sources.map((source) => join(outdir, `${nameOf(source)}.cjs`));
}

/** @param {string} source */
function nameOf(source) {
  return basename(source, extname(source));
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
