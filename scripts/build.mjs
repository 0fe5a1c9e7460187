// Bundles every process of the product into dist/, or into the folder that `--out` names. `--watch` rebuilds on change,
// `--production` minifies and leaves out what only tests and scripts need.
import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");
const out = resolve(
  root,
  process.argv.includes("--out") ? process.argv[process.argv.indexOf("--out") + 1] : "dist",
);

/** Grammars that ship: the languages that people bring most, within the VSIX's size budget. */
const grammars = [
  "bash",
  "c-sharp",
  "cpp",
  "css",
  "go",
  "java",
  "javascript",
  "php",
  "python",
  "ruby",
  "rust",
  "tsx",
  "typescript",
];

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  logLevel: "warning",
  legalComments: "none",
};
const node = { ...common, platform: "node", format: "cjs", target: "node20" };

/**
 * Libraries that are loaded when they are first needed, each a file of its own beside the bundles: reading over a megabyte of them takes
 * longer than all the rest of the extension's activation.
 */
const lateLibraries = {
  undici: "undici.cjs",
  "vscode-languageclient/node": "language-client.cjs",
  "@secretlint/core": "secretlint.cjs",
  "@secretlint/secretlint-rule-preset-recommend": "secretlint-rules.cjs",
};

/**
 * What is bundled of them, where that is not all: undici's index draws in sockets, caches and mocks, which are a third of it and
 * never used here.
 */
const lateParts = {
  undici: `module.exports = {
    Agent: require("undici/lib/dispatcher/agent"),
    fetch: require("undici/lib/web/fetch").fetch,
  };`,
};

/**
 * Sends `import("undici")` to a module of one line, `module.exports = require("./undici.cjs")`, which the bundle runs at the first call.
 * Every other `import()` stays what it is: esbuild's `supported: { "dynamic-import": false }` would turn those of a library into
 * `require` too, and tree-sitter's stands where that name is a variable of its own, so that no grammar could be loaded.
 */
const lateModules = {
  name: "late libraries",
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, kind }) =>
      path in lateLibraries && kind === "dynamic-import" ? { path, namespace: "late" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "late" }, ({ path }) => ({
      contents: `module.exports = require("./${lateLibraries[path]}");`,
    }));
    build.onResolve({ filter: /.*/, namespace: "late" }, ({ path }) => ({ path, external: true }));
  },
};
const late = { plugins: [lateModules] };

const bundles = [
  {
    ...node,
    ...late,
    entryPoints: ["src/extension.ts"],
    outfile: join(out, "extension.cjs"),
    external: ["vscode"],
  },
  ...Object.entries(lateLibraries).map(([name, file]) => ({
    ...node,
    stdin: {
      contents: lateParts[name] ?? `module.exports = require("${name}");`,
      resolveDir: root,
    },
    outfile: join(out, file),
    external: ["vscode"],
  })),
  { ...node, entryPoints: ["src/server/main.ts"], outfile: join(out, "server.cjs") },
  { ...node, entryPoints: ["src/built-in-engine/main.ts"], outfile: join(out, "engine.cjs") },
  { ...node, ...late, entryPoints: ["src/cli/main.ts"], outfile: join(out, "cli.cjs") },
  {
    ...node,
    ...late,
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
        packages: "external",
      })),
  );
}

const wasm = join(root, "node_modules/@vscode/tree-sitter-wasm/wasm");
mkdirSync(join(out, "grammars"), { recursive: true });
for (const name of grammars)
  cpSync(join(wasm, `tree-sitter-${name}.wasm`), join(out, `grammars/${name}.wasm`));
cpSync(join(wasm, "tree-sitter.wasm"), join(out, "grammars/tree-sitter.wasm"));

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
