import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { basename } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BuiltProduct, buildProduct } from "./support/built-product";

/** What a window reads before it asks anything; all of its code is five times as much. */
const activationBytes = 205_000;

let product: BuiltProduct;
beforeAll(async () => {
  product = await buildProduct();
});
afterAll(() => product.remove());

/**
 * Loads the extension as an editor does, with a stand-in for the editor, and names the files that
 * were read for it.
 */
const standIn = `
const Module = require("node:module");
const load = Module._load;
const anything = () => new Proxy(function () {}, {
  get: (_, key) => (key === "prototype" ? {} : key === Symbol.toPrimitive ? () => "" : anything()),
  apply: () => anything(),
  construct: () => ({}),
});
Module._load = (name, ...rest) => (name === "vscode" ? anything() : load.call(Module, name, ...rest));
for (const file of process.argv.slice(1)) require(file);
console.log(JSON.stringify(Object.keys(require.cache)));
`;

function loaded(files: readonly string[]): string[] {
  const said = execFileSync(process.execPath, ["-e", standIn, ...files]);
  return JSON.parse(String(said)).map((file: string) => basename(file));
}

it("a window that opens reads one file and what loads it, with only what it shows: the reader of answers, the client of the language server and the fetch library wait", () => {
  const atOnce = ["extension.cjs", "main.cjs"];
  expect(loaded([product.path("extension.cjs")])).toEqual(atOnce);
  const sizes = atOnce.map((name) => statSync(product.path(name)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(activationBytes);
});

it("every part that is read later finds what it shares with the file that is read at once", () => {
  const parts = readdirSync(product.path(".")).filter((name) => name.startsWith("part-"));
  expect(parts.length).toBeGreaterThan(10);
  const all = [product.path("extension.cjs"), ...parts.map((name) => product.path(name))];
  expect(loaded(all)).toEqual(expect.arrayContaining(parts));
});
