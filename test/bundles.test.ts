import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { basename } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltProduct, buildProduct } from "./support/built-product";

/** What a window reads before it asks anything; all of the extension's code is four times as much. */
const activationBytes = 300_000;

let product: BuiltProduct;
beforeAll(async () => {
  product = await buildProduct();
});
afterAll(() => product.remove());

/** Loads the extension as an editor does, with a stand-in for the editor, and names the files that were read for it. */
const readAtOnce = `
const Module = require("node:module");
const load = Module._load;
const anything = () => new Proxy(function () {}, {
  get: (_, key) => (key === "prototype" ? {} : key === Symbol.toPrimitive ? () => "" : anything()),
  apply: () => anything(),
  construct: () => ({}),
});
Module._load = (name, ...rest) => (name === "vscode" ? anything() : load.call(Module, name, ...rest));
require(process.argv[1]);
console.log(JSON.stringify(Object.keys(require.cache)));
`;

test("a window that opens reads only what it shows: the reader of answers, the client of the language server and the fetch library wait", () => {
  const said = execFileSync(process.execPath, ["-e", readAtOnce, product.path("extension.cjs")]);
  const files: string[] = JSON.parse(String(said));
  expect(files.map((file) => basename(file))).toContain("extension.cjs");
  expect(files.map((file) => basename(file))).not.toContain("undici.cjs");
  expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(activationBytes);
});
