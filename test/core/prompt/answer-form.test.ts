import { describe, expect, it } from "vitest";
import { answerFormFor, type FormFacts } from "../../../src/core/prompt/answer-form";
import type { CodeContext } from "../../../src/core/prompt/code-context";
import type { FormOutcome } from "../../../src/core/prompt/form-memory";
import type { SymbolInfo } from "../../../src/protocol/syntax";

function context(lines: number, scope: CodeContext["scope"], named = true): CodeContext {
  const range = { start: { line: 0, character: 0 }, end: { line: lines - 1, character: 10 } };
  const symbol: SymbolInfo = {
    name: "area",
    kind: "function",
    range,
    bodyRange: range,
    signature: "def area()",
  };
  const code = Array.from({ length: lines }, (_, index) => `    x = ${index}`).join("\n");
  return {
    scope,
    code,
    startLine: 0,
    endLine: lines - 1,
    imports: "",
    related: [],
    ...(named ? { symbol } : {}),
  };
}

function facts(change: Partial<FormFacts>): FormFacts {
  return {
    action: "fix",
    context: context(10, "symbol"),
    contextTokens: 8_192,
    outcomes: [],
    failed: [],
    ...change,
  };
}

const blocksFail: FormOutcome[] = Array.from({ length: 6 }, () => ({
  form: "blocks",
  worked: false,
}));

describe("the form of an answer", () => {
  it("is the whole function or file where that is short", () => {
    expect(answerFormFor(facts({}))).toEqual({ form: "rewrite", asked: "function" });
    expect(answerFormFor(facts({ context: context(10, "file", false) }))).toEqual({
      form: "rewrite",
      asked: "file",
    });
  });

  it("is blocks where it is long", () => {
    expect(answerFormFor(facts({ context: context(100, "symbol") }))).toEqual({
      form: "blocks",
      asked: "blocks",
    });
  });

  it("is the whole function although it is long, for a model that does not manage blocks", () => {
    expect(
      answerFormFor(facts({ context: context(100, "symbol"), outcomes: blocksFail })).form,
    ).toBe("rewrite");
  });

  it("is never a whole that is too long to be written, or that the model has not seen whole", () => {
    expect(
      answerFormFor(facts({ context: context(400, "symbol"), outcomes: blocksFail })).form,
    ).toBe("blocks");
    expect(
      answerFormFor(
        facts({ context: context(140, "symbol"), outcomes: blocksFail, contextTokens: 1_024 }),
      ).form,
    ).toBe("blocks");
    expect(answerFormFor(facts({ context: context(20, "lines") })).form).toBe("blocks");
  });

  it("is text for an explanation and a new file for tests, whatever was learnt", () => {
    expect(answerFormFor(facts({ action: "explain", outcomes: blocksFail }))).toEqual({
      form: "text",
    });
    expect(answerFormFor(facts({ action: "writeTests", outcomes: blocksFail }))).toEqual({
      form: "newFile",
    });
  });
});
