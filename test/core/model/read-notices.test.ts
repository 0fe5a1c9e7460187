import { describe, expect, it } from "vitest";
import { tooLittleRead } from "../../../src/core/model/read-notices";

const request = {
  model: "m",
  messages: [
    { role: "user", content: "a".repeat(4_000) },
    { role: "assistant", content: "b".repeat(2_000) },
    { role: "user", content: "c".repeat(1_000) },
  ],
  contextTokens: 2_048,
  think: false,
  sampling: {},
} as const;

describe("a prompt that the server cut", () => {
  it("is known by fewer tokens than any tokenizer makes of all its messages", () => {
    expect(tooLittleRead(request, 999)).toMatchObject({
      kind: "notice",
      text: expect.stringMatching(/read only 999 tokens of a prompt of about 1750/),
    });
    expect(tooLittleRead(request, 1_000)).toBeUndefined();
  });

  it("is not found where the server counts nothing", () => {
    expect(tooLittleRead(request, undefined)).toBeUndefined();
  });
});
