// Bundles every process of the product into dist/, or into the folder that `--out` names. `--watch`
// rebuilds on change, `--production` minifies and leaves out what only tests and scripts need.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";
import * as esbuild from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const {
  values: { production, watch, out: named },
} = parseArgs({
  options: {
    production: { type: "boolean", default: false },
    watch: { type: "boolean", default: false },
    out: { type: "string", default: "dist" },
  },
});
const out = resolve(root, named);

/**
 * Grammars that ship, as the table of languages names them.
 * @returns {Promise<string[]>}
 */
async function grammarsThatShip() {
  const built = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["src/base/languages/languages.ts"],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
  });
  const code = built.outputFiles[0]?.text ?? "";
  const { languages } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  /** @type {{ grammar?: string }[]} */
  const known = languages;
  return [...new Set(known.flatMap(({ grammar }) => grammar ?? []))];
}

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  logLevel: "warning",
  legalComments: "none",
};
/** @type {import("esbuild").BuildOptions} */
const node = { ...common, platform: "node", format: "cjs", target: "node20" };

/**
 * The library that is loaded when it is first needed, a file of its own beside the bundles, with
 * only the parts that are used: undici's index draws in sockets, caches and mocks, which are a
 * third of it.
 */
const fetchLibrary = `// The index gives every agent its methods; a proxy's tunnel is made by this one.
require("undici/lib/dispatcher/dispatcher").prototype.connect = require("undici/lib/api/api-connect");
module.exports = {
  Agent: require("undici/lib/dispatcher/agent"),
  EnvHttpProxyAgent: require("undici/lib/dispatcher/env-http-proxy-agent"),
  fetch: require("undici/lib/web/fetch").fetch,
};`;

/**
 * Sends `import("undici")` to a module of one line that reads undici.cjs at the first call. Every
 * other `import()` stays what it is: esbuild's `supported: { "dynamic-import": false }` would turn
 * those of a library in the command line's bundle into `require` too, and tree-sitter's stands
 * where that name is a variable of its own, so that no grammar could be loaded.
 * @type {import("esbuild").Plugin}
 */
const lateFetch = {
  name: "late fetch library",
  setup(build) {
    build.onResolve({ filter: /^undici$/ }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path, namespace: "late" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "late" }, () => ({
      contents: `export { Agent, EnvHttpProxyAgent, fetch } from "./undici.cjs";`,
    }));
    build.onResolve({ filter: /.*/, namespace: "late" }, ({ path }) => ({ path, external: true }));
  },
};

/** How the names of the extension's late parts begin. */
const partPrefix = "part-";

/**
 * What the entry and the parts have in common is written by esbuild as parts, too: a window that
 * opened would read forty small files. All that the entry needs at once becomes one file, which
 * hands the others what they share with it.
 * @param {import("esbuild").BuildResult<{ write: false, metafile: true }>} result of a build that
 * was split
 * @returns {{ atOnce: Map<string, string>, late: Map<string, string> }} texts of the files, by
 * their names
 */
function sortedParts({ outputFiles, metafile }) {
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]),
  );
  const atOnce = new Set([entryFile]);
  // A set grows while it is gone through.
  for (const name of atOnce)
    for (const { path, kind } of outputs.get(name)?.imports ?? [])
      if (kind === "import-statement" && texts.has(basename(path))) atOnce.add(basename(path));
  const those = [...texts];
  return {
    atOnce: new Map(those.filter(([name]) => atOnce.has(name))),
    late: new Map(those.filter(([name]) => !atOnce.has(name))),
  };
}

const entryFile = "main.cjs";

/** @param {string} part */
const nameInEntry = (part) => part.replace(/\W/g, "_");

/** @param {Map<string, string>} parts */
async function oneFileOf(parts) {
  const others = [...parts.keys()].filter((name) => name !== entryFile);
  const handed = others.map((name) => `export * as ${nameInEntry(name)} from "./${name}";`);
  const { outputFiles } = await esbuild.build({
    ...node,
    stdin: { contents: [`export * from "./${entryFile}";`, ...handed].join("\n") },
    sourcemap: production ? false : "inline",
    supported: { "dynamic-import": false },
    write: false,
    plugins: [
      {
        name: "parts that are read at once",
        setup(build) {
          build.onResolve({ filter: /.*/ }, ({ path }) =>
            parts.has(basename(path))
              ? { path: basename(path), namespace: "part" }
              : { path, external: true },
          );
          build.onLoad({ filter: /.*/, namespace: "part" }, ({ path }) => ({
            contents: parts.get(path) ?? "",
          }));
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? "";
}

/**
 * Writes a bundle that esbuild has split as CommonJS. esbuild splits modules of ECMAScript only,
 * and an editor's extension is loaded by `require`; so the parts are made as the former and turned
 * into the latter. The parts of the build before are taken away.
 * @type {import("esbuild").Plugin}
 */
const writtenAsCommonJs = {
  name: "parts as CommonJS",
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      const { atOnce, late } = sortedParts(
        /** @type {import("esbuild").BuildResult<{ write: false, metafile: true }>} */ (result),
      );
      mkdirSync(out, { recursive: true });
      for (const name of readdirSync(out)) if (name.startsWith(partPrefix)) rmSync(join(out, name));
      writeFileSync(join(out, entryFile), await oneFileOf(atOnce));
      await Promise.all(
        [...late].map(async ([name, text]) => {
          const { code } = await esbuild.transform(text, {
            platform: "node",
            target: "node20",
            format: "cjs",
            minify: production,
            sourcemap: production ? false : "inline",
            sourcefile: name,
            supported: { "dynamic-import": false },
          });
          const shared = code.replace(/require\("\.\/(part-\w+\.cjs)"\)/g, (own, part) =>
            atOnce.has(part) ? `require("./${entryFile}").${nameInEntry(part)}` : own,
          );
          writeFileSync(join(out, name), shared);
        }),
      );
    });
  },
};

/**
 * What the extension reads when it is activated, and beside it the parts that each `import()` in
 * our code reads when it is first needed.
 * @type {import("esbuild").BuildOptions}
 */
const extension = {
  ...node,
  entryPoints: { main: "src/extension.ts" },
  external: ["vscode"],
  format: "esm",
  splitting: true,
  outdir: out,
  outExtension: { ".js": ".cjs" },
  chunkNames: `${partPrefix}[hash]`,
  sourcemap: production ? false : "inline",
  write: false,
  metafile: true,
  plugins: [lateFetch, writtenAsCommonJs],
};

/** @type {import("esbuild").BuildOptions[]} */
const bundles = [
  extension,
  {
    ...node,
    entryPoints: ["src/loading/load-extension.ts"],
    outfile: join(out, "extension.cjs"),
  },
  {
    ...node,
    stdin: { contents: fetchLibrary, resolveDir: root },
    outfile: join(out, "undici.cjs"),
  },
  { ...node, entryPoints: ["src/server/main.ts"], outfile: join(out, "server.cjs") },
  { ...node, entryPoints: ["src/built-in-engine/main.ts"], outfile: join(out, "engine.cjs") },
  {
    ...node,
    plugins: [lateFetch],
    entryPoints: ["src/cli/main.ts"],
    outfile: join(out, "cli.cjs"),
  },
  {
    ...node,
    plugins: [lateFetch],
    entryPoints: ["src/cli/prepare-model.ts"],
    outfile: join(out, "prepare-model.cjs"),
  },
  {
    ...common,
    entryPoints: ["src/webview/main.ts"],
    outfile: join(out, "webview.js"),
    platform: "browser",
    format: "iife",
    target: "chrome128",
  },
  {
    ...common,
    // As one file: each file that a page asks for goes through the editor's own servants.
    entryPoints: ["media/panel.css"],
    outfile: join(out, "panel.css"),
    target: "chrome128",
  },
];
if (!production) {
  const specs = readdirSync(join(root, "test/editor")).filter((name) => name.endsWith(".spec.ts"));
  bundles.push(
    {
      ...node,
      entryPoints: ["index.ts", ...specs].map((name) => `test/editor/${name}`),
      outdir: join(out, "test/editor"),
      outExtension: { ".js": ".cjs" },
      external: ["vscode", "mocha"],
    },
    ...["editor/launch", "desktop/launch"]
      .filter((name) => existsSync(join(root, `test/${name}.ts`)))
      .map((name) => ({
        ...node,
        entryPoints: [`test/${name}.ts`],
        outfile: join(out, `test/${name}.cjs`),
        packages: /** @type {const} */ ("external"),
      })),
  );
}

const wasm = join(root, "node_modules/@vscode/tree-sitter-wasm/wasm");
mkdirSync(join(out, "grammars"), { recursive: true });
for (const name of await grammarsThatShip()) pack(`tree-sitter-${name}.wasm`, `${name}.wasm.br`);
pack("tree-sitter.wasm", "tree-sitter.wasm.br");

/**
 * Grammars are most of the package. Brotli makes them a quarter smaller than the VSIX's own
 * compression, and costs 1 to 15 ms when one is loaded. The highest level would save another 130
 * KB, and take minutes.
 * @param {string} from
 * @param {string} to
 */
function pack(from, to) {
  const bytes = readFileSync(join(wasm, from));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 9,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  writeFileSync(join(out, "grammars", to), brotliCompressSync(bytes, { params }));
}

// The editor reads the texts itself; this copy is for the command line.
cpSync(join(root, "l10n"), join(out, "l10n"), { recursive: true });

if (watch) {
  const contexts = await Promise.all(
    bundles.map((options) => esbuild.context({ ...options, logLevel: "info" })),
  );
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  await Promise.all(bundles.map((options) => esbuild.build(options)));
}
