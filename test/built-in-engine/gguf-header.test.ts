import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readGgufHeader } from "../../src/built-in-engine/gguf-header";
import { neededBytes } from "../../src/built-in-engine/memory";
import { ModelSlot } from "../../src/built-in-engine/model-slot";
import { ModelStore } from "../../src/built-in-engine/model-store";

const folder = mkdtempSync(join(tmpdir(), "thinkaloud-gguf-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const text = (value: string): Buffer =>
  Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

/** A file with only a header: numbers, texts and arrays of either. */
function writeGguf(
  name: string,
  values: Record<string, number | string | readonly number[] | readonly string[]>,
): string {
  const value = (one: number | string): Buffer => (typeof one === "string" ? text(one) : u32(one));
  const type = (one: unknown): Buffer => u32(typeof one === "string" ? 8 : 4);
  const pairs = Object.entries(values).map(([key, found]) => {
    if (typeof found === "string" || typeof found === "number")
      return Buffer.concat([text(key), type(found), value(found)]);
    return Buffer.concat([
      text(key),
      u32(9),
      type(found[0]),
      u64(found.length),
      ...found.map(value),
    ]);
  });
  const tensor = Buffer.concat([text("weights"), u32(2), u64(1000), u64(2000), u32(0), u64(0)]);
  const path = join(folder, name);
  writeFileSync(
    path,
    Buffer.concat([Buffer.from("GGUF"), u32(3), u64(1), u64(pairs.length), ...pairs, tensor]),
  );
  return path;
}

const many = Array.from(
  { length: 50_000 },
  (_, index) => `token ${index} ${"x".repeat(index % 50)}`,
);

describe("a GGUF file's header", () => {
  it("is read across chunks, arrays stepped over, weights counted", () => {
    const path = writeGguf("a.gguf", {
      "general.architecture": "llama",
      "tokenizer.ggml.tokens": [...many, "<|end|>", "<think>"],
      "tokenizer.ggml.token_type": [...many.map(() => 1), 3, 4],
      "llama.context_length": 8192,
    });
    const header = readGgufHeader(path, true);
    expect(header.metadata).toEqual({
      "general.architecture": "llama",
      "llama.context_length": 8192,
    });
    expect(header.parameterCount).toBe(2_000_000);
    expect(header.controlTokens).toEqual(["<|end|>"]);
  });

  it("says in words what is wrong with a file", () => {
    writeFileSync(join(folder, "page.gguf"), "<html>not a model</html>");
    expect(() => readGgufHeader(join(folder, "page.gguf"))).toThrow("this is not a GGUF file");
    writeFileSync(join(folder, "short.gguf"), Buffer.concat([Buffer.from("GGUF"), u32(3), u64(1)]));
    expect(() => readGgufHeader(join(folder, "short.gguf"))).toThrow("ends within its header");
    const damaged = Buffer.concat([Buffer.from("GGUF"), u32(3), u64(0), u64(1), u64(2 ** 50)]);
    writeFileSync(join(folder, "damaged.gguf"), damaged);
    expect(() => readGgufHeader(join(folder, "damaged.gguf"))).toThrow("the header is damaged");
  });
});

describe("the models on this machine", () => {
  it("are the files in the folder and those that were named, also when one is damaged", () => {
    const mine = writeGguf("Mine.GGUF", {
      "general.architecture": "qwen2",
      "tokenizer.chat_template": "{{ '<think>' }}",
    });
    const store = new ModelStore(folder, [mine, join(folder, "gone.gguf")]);
    expect(store.list().map(({ name, own }) => [name, own])).toEqual([
      ["Mine", false],
      ["a", true],
      ["damaged", true],
      ["page", true],
      ["short", true],
    ]);
    expect(store.find("mine:latest").path).toBe(mine);
    expect(store.nativeThinking(store.find("mine"))).toBe(true);
    expect(store.tag(store.find("page"))).toMatchObject({ name: "page", size: 24 });
    expect(() => store.show(store.find("page"))).toThrow(/this is not a GGUF file/);
    expect(() => store.delete("Mine")).toThrow(/a file of yours/);
    expect(() => store.find("gone")).toThrow("model 'gone' not found");
  });
});

describe("memory", () => {
  const layered = {
    "general.architecture": "qwen2",
    "qwen2.block_count": 28,
    "qwen2.attention.head_count": 12,
    "qwen2.attention.head_count_kv": 2,
    "qwen2.embedding_length": 1536,
    "qwen2.context_length": 1_000_000_000,
  };

  it("is counted by the layers, heads and tokens of the window", () => {
    const header = readGgufHeader(writeGguf("layers.gguf", layered));
    expect(neededBytes(header, 0, 2048) - neededBytes(header, 0, 1024)).toBe(1024 * 28 * 1024);
  });

  it("refuses a window that does not fit instead of taking the machine down", () => {
    writeGguf("layers.gguf", layered);
    const store = new ModelStore(folder, []);
    const slot = new ModelSlot(
      () => Promise.reject(new Error("not needed")),
      store,
      () => {},
    );
    expect(slot.plan(store.find("layers"), 4096)).toBe(4096);
    expect(() => slot.plan(store.find("layers"), 900_000_000)).toThrow(
      /requires more system memory \(\S+ GiB\) than is available/,
    );
  });
});
