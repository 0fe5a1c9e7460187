import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { afterAll, describe, expect, it, vi } from "vitest";
import { GrammarError, Grammars } from "../../src/syntax/grammars";
import { installedGrammar, installedGrammars } from "./place";

const folder = mkdtempSync(join(tmpdir(), "grammars-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("Grammars", () => {
  it("a grammar is loaded on first use, once, however many ask at the same time", async () => {
    const asked: string[] = [];
    const grammars = new Grammars((name) => {
      asked.push(name);
      return installedGrammar(name);
    });
    expect(asked).toEqual([]);
    const [first, ...others] = await Promise.all(
      Array.from({ length: 20 }, () => grammars.load("python")),
    );
    expect(first).toBeDefined();
    expect(others.every((grammar) => grammar === first)).toBe(true);
    expect(asked.filter((name) => name === "python")).toHaveLength(1);
  });

  it("languages that share a grammar share one parser", async () => {
    const grammars = installedGrammars();
    expect(await grammars.load("javascript")).toBe(await grammars.load("javascriptreact"));
  });

  it("a folder holds NAME.wasm.br and tree-sitter.wasm.br, packed", async () => {
    for (const name of ["tree-sitter", "css"]) {
      const packed = brotliCompressSync(readFileSync(installedGrammar(name)), {
        params: { [constants.BROTLI_PARAM_QUALITY]: 1 },
      });
      writeFileSync(join(folder, `${name}.wasm.br`), packed);
    }
    expect(await new Grammars(folder).load("css")).toBeDefined();
  });

  it("a grammar that is not there or is damaged is an error for each who asks, warned of once, and spares the others", async () => {
    const warnings: string[] = [];
    writeFileSync(join(folder, "go.wasm"), "this is no WebAssembly");
    writeFileSync(join(folder, "rust.wasm.br"), "this is not packed");
    const grammars = new Grammars(
      (name) =>
        name === "tree-sitter" || name === "css"
          ? installedGrammar(name)
          : join(folder, name === "rust" ? "rust.wasm.br" : `${name}.wasm`),
      (message) => warnings.push(message),
    );
    for (let round = 0; round < 3; round++) {
      await expect(grammars.load("ruby")).rejects.toThrow(
        /^The ruby grammar could not be loaded \(ENOENT/,
      );
      await expect(grammars.load("go")).rejects.toThrow(GrammarError);
      await expect(grammars.load("rust")).rejects.toThrow(GrammarError);
    }
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toContain("ruby");
    expect(await grammars.load("css")).toBeDefined();
  });

  it("a text that is too long has no tree", async () => {
    const grammar = await installedGrammars().load("javascript");
    expect(grammar?.parse(`"${"x".repeat(2_000_000)}"`)).toBeUndefined();
  });

  it("a text that keeps the processor busy for too long has no tree, and the next one has", async () => {
    const grammar = await installedGrammars().load("javascript");
    const text = "f(1);\n".repeat(2_000);
    const clock = vi.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValue(6_000);
    const spent = vi.spyOn(process, "cpuUsage").mockReturnValue({ user: 6_000_000, system: 0 });
    expect(grammar?.parse(text)).toBeUndefined();
    // The time of a busy machine is not the text's.
    clock.mockReturnValueOnce(0);
    spent.mockReturnValue({ user: 100_000, system: 0 });
    const onBusyMachine = grammar?.parse(text);
    expect(onBusyMachine).toBeDefined();
    onBusyMachine?.delete();
    clock.mockRestore();
    spent.mockRestore();
    const tree = grammar?.parse(text);
    expect(tree?.rootNode.hasError).toBe(false);
    tree?.delete();
  });
});
