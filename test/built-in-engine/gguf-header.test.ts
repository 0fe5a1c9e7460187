import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readGgufHeader } from "../../src/built-in-engine/gguf/gguf-header";
import { neededBytes } from "../../src/built-in-engine/machine/memory";
import { ModelSlot } from "../../src/built-in-engine/model-slot";
import { ModelStore } from "../../src/built-in-engine/models/model-store";
import { type GgufValues, ggufFile, text, u32, u64 } from "../support/gguf-file";
import { processorMs } from "../support/processor-time";
import { randomNumbers } from "../support/random-numbers";

/** Many more were read once; so many show that the walls stand. */
const fuzzedFiles = Number(process.env["THINKALOUD_FUZZED_FILES"] ?? 300);
/** Each number is a file of its own: others than the usual ones begin elsewhere. */
const firstSeed = Number(process.env["THINKALOUD_FUZZ_SEED"] ?? 1);
const folder = mkdtempSync(join(tmpdir(), "thinkaloud-gguf-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const writeGguf = (name: string, values: GgufValues): string =>
  ggufFile(join(folder, name), values);

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
    const damaged = Buffer.concat([
      ...[Buffer.from("GGUF"), u32(3), u64(0), u64(1)],
      ...[text("a"), u32(9), u32(77), u64(0), u64(0)],
    ]);
    writeFileSync(join(folder, "damaged.gguf"), damaged);
    expect(() => readGgufHeader(join(folder, "damaged.gguf"))).toThrow("unknown type 77");
  });
});

describe("a file that lies", () => {
  /** The header of a whole file, with one thing changed. */
  function refusalOf(name: string, ...parts: Buffer[]): string {
    const path = join(folder, name);
    writeFileSync(path, Buffer.concat([Buffer.from("GGUF"), u32(3), ...parts]));
    try {
      readGgufHeader(path, true);
      return "none";
    } catch (error) {
      return error instanceof Error ? error.message : "";
    } finally {
      rmSync(path);
    }
  }
  const huge = Buffer.alloc(8, 0xff);
  const tensor = (dimensions: readonly number[], type: number, offset: number): Buffer =>
    Buffer.concat([
      text("w"),
      u32(dimensions.length),
      ...dimensions.map(u64),
      u32(type),
      u64(offset),
    ]);
  const weights = Buffer.alloc(256);

  it.each<[string, Buffer[], string]>([
    ["of a thousand million tensors", [u64(1e9), u64(0)], "ends within"],
    ["of more pairs than numbers go", [u64(0), huge], "damaged"],
    ["of a text longer than the file", [u64(0), u64(1), u64(1e6), weights], "ends within"],
    [
      "of an array of a million million numbers",
      [u64(0), u64(1), text("a"), u32(9), u32(0), u64(1e12), weights],
      "ends within",
    ],
    [
      "of an array of things nobody knows",
      [u64(0), u64(1), text("a"), u32(9), u32(77), u64(4), weights],
      "unknown type 77",
    ],
    [
      "of arrays in arrays without end",
      [
        u64(0),
        u64(1),
        text("a"),
        u32(9),
        ...Array.from({ length: 2_000 }, () => Buffer.concat([u32(9), u64(1)])),
        weights,
      ],
      "damaged",
    ],
    ["of a tensor behind its end", [u64(1), u64(0), tensor([4], 0, 4096), weights], "ends before"],
    [
      "of a tensor larger than itself",
      [u64(1), u64(0), tensor([1e6], 0, 0), weights],
      "ends before",
    ],
    ["of a tensor at an odd place", [u64(1), u64(0), tensor([4], 0, 7), weights], "where tensors"],
    [
      "of a tensor with more weights than numbers go",
      [u64(1), u64(0), tensor([1e9, 1e9], 0, 0), weights],
      "damaged",
    ],
    [
      "of a tensor in twelve dimensions",
      [u64(1), u64(0), tensor(Array(12).fill(1), 0, 0), weights],
      "damaged",
    ],
    ["of part of a block", [u64(1), u64(0), tensor([48, 2], 2, 0), weights], "whole blocks"],
    [
      "of two tensors by one name",
      [u64(2), u64(0), tensor([4], 0, 0), tensor([4], 0, 32), weights],
      "same name",
    ],
    [
      "of an alignment that is none",
      [u64(1), u64(1), text("general.alignment"), u32(4), u32(0), tensor([4], 0, 0), weights],
      "damaged",
    ],
    [
      "of one thing twice",
      [u64(0), u64(2), text("a"), u32(4), u32(1), text("a"), u32(4), u32(2), weights],
      "twice",
    ],
  ])("%s is refused in words", (_what, parts, said) => {
    expect(refusalOf("lie.gguf", ...parts)).toContain(said);
  });

  it("by a header of thousands of millions of bytes is refused without reading them", () => {
    const path = join(folder, "long.gguf");
    const head = [Buffer.from("GGUF"), u32(3), u64(0), u64(1), text("a"), u32(9), u32(8), u64(5e8)];
    writeFileSync(path, Buffer.concat(head));
    truncateSync(path, 8e9);
    const ms = processorMs(() =>
      expect(() => readGgufHeader(path)).toThrow("the header is damaged"),
    );
    expect(ms).toBeLessThan(500);
    rmSync(path);
  });

  it(
    "in whatever bytes is refused in words, or every tensor is within the file",
    () => {
      const path = writeGguf("fuzzed.gguf", {
        "general.architecture": "llama",
        ["__proto__"]: 7,
        "tokenizer.ggml.tokens": ["a", "<|end|>"],
        "tokenizer.ggml.token_type": [1, 3],
        "llama.context_length": 8192,
      });
      const { size } = statSync(path);
      const good = readFileSync(path).subarray(0, 400);
      const file = openSync(path, "r+");
      const told = new Map<string, number>();
      const tell = (what: string): void => void told.set(what, (told.get(what) ?? 0) + 1);
      for (let seed = firstSeed; seed < firstSeed + fuzzedFiles; seed++) {
        const random = randomNumbers(seed);
        const bytes = Buffer.from(good);
        for (let change = 0; change <= random(3); change++) {
          const at = 4 + random(bytes.length - 12);
          if (random(2) === 0) bytes[at] = random(256);
          else bytes.fill(random(2) === 0 ? 0xff : random(256), at, at + 8);
        }
        writeSync(file, bytes, 0, bytes.length, 0);
        ftruncateSync(file, random(5) === 0 ? random(size) : size);
        try {
          const { metadata, parameterCount } = readGgufHeader(path, true);
          expect(Object.getPrototypeOf(metadata), `seed ${seed}`).toBe(Object.prototype);
          expect(parameterCount * 4, `seed ${seed}`).toBeLessThan(size);
          tell("read");
        } catch (error) {
          // What the file system, a buffer or a conversion throws would have another class or a code.
          expect(Object.getPrototypeOf(error), `seed ${seed}: ${error}`).toBe(Error.prototype);
          expect(error, `seed ${seed}`).not.toHaveProperty("code");
          tell(String(error));
        }
      }
      closeSync(file);
      rmSync(path);
      expect(told.get("read")).toBeGreaterThan(fuzzedFiles / 20);
      expect(told.size).toBeGreaterThan(5);
    },
    20_000 + fuzzedFiles * 50,
  );
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

describe("what a model is said to be able to do", () => {
  it.each<[string, GgufValues, boolean]>([
    ["has the marks of gaps", { tokens: ["a", "<|fim_suffix|>"] }, true],
    ["says which they are", { "tokenizer.ggml.fim_suf_token_id": 7, tokens: ["a", "b"] }, true],
    ["has none", { tokens: ["a", "<|im_end|>"] }, false],
    ["was trained to think since", { tokens: ["a", "<|fim_suffix|>"], template: "<think>" }, false],
  ])("%s: %#", (_name, { tokens = [], template = "{{ turns }}", ...values }, fills) => {
    const path = writeGguf("gaps.gguf", {
      ...{ "general.architecture": "qwen2", "tokenizer.ggml.tokens": tokens },
      ...{ "tokenizer.ggml.token_type": [1, 3], "tokenizer.chat_template": template },
      ...values,
    });
    const store = new ModelStore(folder, [path]);
    expect(store.show(store.find("gaps"))["capabilities"]).toEqual([
      ...["completion", "thinking"],
      ...(fills ? ["insert"] : []),
    ]);
    rmSync(path);
  });

  it("is not said to think where nothing tells how a turn is written for it, as with a base model", () => {
    const path = writeGguf("base.gguf", { "general.architecture": "gemma3" });
    const store = new ModelStore(folder, [path]);
    const model = store.find("base");
    for (const told of [store.tag(model), store.show(model)])
      expect(told["capabilities"]).toEqual(["completion"]);
    rmSync(path);
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

  it("is not made out to be free by a negative measure", () => {
    const header = readGgufHeader(
      writeGguf("negative.gguf", { ...layered, "qwen2.attention.key_length": -1e9 }),
    );
    expect(neededBytes(header, 0, 2048)).toBeGreaterThan(0);
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
