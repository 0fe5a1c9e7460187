import { describe, expect, it } from "vitest";
import { modelNameOf } from "../../../src/core/model/ollama/model-name";
import { graphicsBuilds } from "../../../src/model-setup/engine/graphics-builds";
import { readGraphicsCard } from "../../../src/model-setup/engine/graphics-memory";
import { knownModels, knownModelsDate } from "../../../src/model-setup/models/known-models";
import { fitOf, recommendedModels } from "../../../src/model-setup/models/model-fit";

const gib = 1024 ** 3;

describe("the list of models", () => {
  it("has a date, and of each a name that can be fetched, a size and where it is known from", () => {
    expect(knownModelsDate).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(new Set(knownModels.map(({ name }) => name)).size).toBe(knownModels.length);
    for (const { name, bytes, source } of knownModels) {
      expect(modelNameOf(name), name).toBeDefined();
      expect(bytes, name).toBeGreaterThan(0.5e9);
      expect(source, name).not.toBe("");
    }
  });

  it("goes from small to large, and names models of every family that thinks in a way of its own", () => {
    const sizes = knownModels.map(({ bytes }) => bytes);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    const names = knownModels.map(({ name }) => name.toLowerCase()).join("\n");
    for (const family of "deepseek-r1 qwen3 qwen3.5 qwen3.6 qwen3.8 gemma phi4 smollm3 gpt-oss ministral glm nemotron seed-oss".split(
      " ",
    ))
      expect(names).toContain(family);
  });
});

describe("what is recommended", () => {
  const names = (memoryGib: number, graphicsGib?: number): string[] =>
    recommendedModels({
      memoryBytes: memoryGib * gib,
      ...(graphicsGib === undefined ? {} : { graphicsBytes: graphicsGib * gib }),
    }).map(({ name }) => name);

  it("fits the memory, a model that thinks first and one made for code after it", () => {
    expect(names(3)).toEqual(["qwen3.5:2b", "qwen3:1.7b", "qwen2.5-coder:1.5b"]);
    expect(names(11)[0]).toBe("qwen3.5:9b");
    expect(names(1)).toEqual([]);
  });

  it("is nothing that the processor alone would take minutes for, however much memory there is", () => {
    for (const model of recommendedModels({ memoryBytes: 200 * gib }))
      expect(model.bytes).toBeLessThan(6e9);
    expect(names(45, 24)).toContain("qwen3.8:27b");
  });
});

it("a model that is too large is told from one that the card and the memory hold together", () => {
  expect(fitOf(5e9, { memoryBytes: 16 * gib })).toEqual({ kind: "fits", onGraphics: false });
  expect(fitOf(5e9, { memoryBytes: 16 * gib, graphicsBytes: 8 * gib })).toEqual({
    kind: "fits",
    onGraphics: true,
  });
  expect(fitOf(20e9, { memoryBytes: 16 * gib, graphicsBytes: 12 * gib })).toEqual({
    kind: "fits",
    onGraphics: false,
  });
  expect(fitOf(20e9, { memoryBytes: 16 * gib })).toMatchObject({
    kind: "tooLarge",
    roomBytes: 16 * gib,
  });
});

describe("the memory of graphics cards", () => {
  const source = {
    platform: "linux" as NodeJS.Platform,
    arch: "x64",
    totalBytes: 32 * gib,
    nvidia: async () => "",
    amd: () => [] as readonly string[],
  };

  it("is that of the largest, by NVIDIA's tool or Linux's driver for AMD", async () => {
    const nvidia = async () => "8192\n24564\n";
    expect(await readGraphicsCard({ ...source, nvidia })).toEqual({
      maker: "nvidia",
      bytes: 24_564 * 1024 ** 2,
    });
    const amd = () => ["536870912\n", `${16 * gib}\n`];
    expect(await readGraphicsCard({ ...source, amd })).toEqual({ maker: "amd", bytes: 16 * gib });
  });

  it("is nothing where no card can be asked, or it has room for no model", async () => {
    expect(await readGraphicsCard(source)).toBeUndefined();
    const nvidia = async () => "No devices were found\n";
    expect(await readGraphicsCard({ ...source, nvidia })).toBeUndefined();
    expect(await readGraphicsCard({ ...source, amd: () => ["536870912"] })).toBeUndefined();
  });

  it("is part of the memory on a Mac whose chip shares it", async () => {
    const mac = { ...source, platform: "darwin" as const, arch: "arm64" };
    expect((await readGraphicsCard(mac))?.bytes).toBeGreaterThan(20 * gib);
    expect(await readGraphicsCard({ ...mac, arch: "x64" })).toBeUndefined();
  });
});

it("the engine's builds for a card are those that its maker and the machine can use, the smaller one first", () => {
  const builds = (maker: "nvidia" | "amd" | "apple" | undefined, platform: string): string[] =>
    graphicsBuilds(maker && { maker, bytes: 8 * gib }, platform).map(({ gpu }) => gpu);
  expect(builds("nvidia", "linux-x64")).toEqual(["vulkan", "cuda"]);
  expect(builds("amd", "win32-x64")).toEqual(["vulkan"]);
  // Apple's chips are used by the ordinary build; for other machines there is none.
  expect(builds("apple", "darwin-arm64")).toEqual([]);
  expect(builds("nvidia", "linux-arm64")).toEqual([]);
  expect(builds(undefined, "linux-x64")).toEqual([]);
});
