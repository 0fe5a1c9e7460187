import { describe, expect, it } from "vitest";
import type { LlamaModel } from "../../src/built-in-engine/runtime";
import { TokenText } from "../../src/built-in-engine/writing/token-text";

/**
 * A tokenizer of single characters, with a few tokens of its own that are invisible in the text.
 */
function model(own: readonly string[]): LlamaModel {
  const first = 0x110000;
  return {
    tokenize: (text: string) => {
      const at = own.indexOf(text);
      return at < 0 ? [...text].map((character) => character.codePointAt(0) ?? 0) : [first + at];
    },
    detokenize: (tokens: readonly number[]) =>
      tokens.map((token) => (token < first ? String.fromCodePoint(token) : "")).join(""),
  } as unknown as LlamaModel;
}

describe("the text of tokens", () => {
  it.each(["<think>", "[THINK]", "<|END_THINKING|>", "<|channel|>", "<|message|>", "<|im_start|>"])(
    "shows %s, which is a token of its own and would be invisible",
    (mark) => {
      const known = model([mark, "<|other|>"]);
      const text = new TokenText(known);
      const tokens = ["a", mark, "b", "<|other|>", "c"].flatMap((each) => known.tokenize(each));
      expect(tokens.map((token) => text.push(token)).join("")).toBe(`a${mark}bc`);
    },
  );
});
