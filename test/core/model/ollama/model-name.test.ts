import { expect, it } from "vitest";
import { modelNameOf, strangeHostOf } from "../../../../src/core/model/ollama/model-name";

it.each([
  ["qwen3", { model: "qwen3" }],
  ["qwen3:8b-q4_K_M", { model: "qwen3", tag: "8b-q4_K_M" }],
  ["someone/qwen3:8b", { namespace: "someone", model: "qwen3", tag: "8b" }],
  [
    "hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M",
    { host: "hf.co", namespace: "unsloth", model: "Qwen3-8B-GGUF", tag: "Q4_K_M" },
  ],
  ["evil.example:8080/a/b", { host: "evil.example:8080", namespace: "a", model: "b" }],
])("%s is read as the daemon reads it", (text, name) => {
  expect(modelNameOf(text)).toEqual(name);
});

it.each([
  "",
  "http://evil.example/a/b",
  "https://hf.co/a/b",
  "../../etc/passwd",
  "a/../b/c",
  "a/b/c/d",
  "user@host/a/b",
  "a b",
  "a:b:c",
  "a\nb",
  "/a",
  "a/",
  "169.254.169.254/latest/meta-data/x",
  `${"a".repeat(400)}`,
])("%j is no name", (text) => {
  expect(modelNameOf(text)).toBeUndefined();
});

it.each([
  ["qwen3:8b", undefined],
  ["someone/qwen3", undefined],
  ["HF.co/unsloth/Qwen3-8B-GGUF", undefined],
  ["evil.example/a/b", "evil.example"],
  ["10.0.0.1:80/a/b", "10.0.0.1:80"],
  ["hf.co.evil.example/a/b", "hf.co.evil.example"],
])("%s has fetched from %s", (text, host) => {
  expect(strangeHostOf(modelNameOf(text) ?? { model: "" })).toBe(host);
});
