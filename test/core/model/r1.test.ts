import { describe, expect, it } from "vitest";
import { isR1 } from "../../../src/core/model/r1";

describe("R1's family", () => {
  it.each([
    "deepseek-r1:1.5b",
    "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf",
    "hf.co/unsloth/DeepSeek-R1-0528-Qwen3-8B-GGUF:Q4_K_M",
    "deepseek-ai/deepseek_r1",
  ])("has %s", (name) => {
    expect(isR1(name)).toBe(true);
  });

  it.each(["deepseek-coder:6.7b", "deepseek-v3.1", "qwen3:8b", "r1", "deepseek-r10"])(
    "has no %s",
    (name) => {
      expect(isR1(name)).toBe(false);
    },
  );
});
