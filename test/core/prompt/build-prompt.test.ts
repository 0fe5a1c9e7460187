import { describe, expect, it } from "vitest";
import { estimateTokens } from "../../../src/core/prompt/budget/token-estimate";
import { buildPrompt, buildRepairPrompt } from "../../../src/core/prompt/build-prompt";
import type { PromptRequest } from "../../../src/core/prompt/prompt-request";
import { preamble } from "../../../src/core/prompt/words/instructions";
import type { RepairFacts } from "../../../src/core/prompt/words/repair-text";
import type { Target } from "../../../src/protocol/document";
import type { SymbolInfo, SyntaxContext } from "../../../src/protocol/syntax";
import { piece } from "../context/context-pieces";

const longFile = [
  "import math",
  "",
  ...Array.from({ length: 100 }, (_, index) => `x${index} = ${index}`),
  "def area(radius):",
  "    return math.pi * square(radius)",
  "",
  "def square(value):",
  "    return value * 2",
  "",
].join("\n");

describe("the language of the answer", () => {
  it("is asked for last, and only where it is not English", () => {
    const english = promptText();
    expect(promptText({ answerLanguage: "French" })).toBe(
      `${english}\n\nWrite your explanations in French. Keep the code, its names and its comments in the language that they have.`,
    );
  });
});

function symbol(name: string, startLine: number, endLine: number): SymbolInfo {
  const range = { start: { line: startLine, character: 0 }, end: { line: endLine, character: 40 } };
  return { name, kind: "function", range, bodyRange: range, signature: `def ${name}(...)` };
}

const area = symbol("area", 102, 103);
const syntax: SyntaxContext = {
  enclosing: area,
  outline: [area, symbol("square", 105, 106), symbol("unused", 90, 91)],
  imports: [{ start: { line: 0, character: 0 }, end: { line: 0, character: 11 } }],
};

function targetIn(text: string, line: number, endLine = line): Target {
  return {
    uri: "file:///project/shapes.py",
    path: "shapes.py",
    languageId: "python",
    version: 1,
    text,
    range: {
      start: { line, character: 0 },
      end: { line: endLine, character: endLine > line ? 5 : 0 },
    },
    diagnostics: [],
  };
}

function promptText(change: Partial<PromptRequest> = {}): string {
  const [message] = buildPrompt(request(change)).messages;
  return message?.content ?? "";
}

function request(change: Partial<PromptRequest> = {}): PromptRequest {
  return {
    action: "fix",
    target: targetIn(longFile, 103),
    syntax,
    contextTokens: 8192,
    think: false,
    attempt: 1,
    ...change,
  };
}

describe("the prompt", () => {
  it("shows of a long file the symbol at the cursor, its imports and what it uses, and nothing else", () => {
    const text = promptText();
    expect(text).toContain("return math.pi * square(radius)");
    expect(text).toContain("import math");
    // In a list, not as a block of code, which small models copy into their answer.
    expect(text).toContain("- `def square(...)`");
    expect(text).not.toContain("unused");
    expect(text).not.toContain("x50 = 50");
  });

  it("shows a short file whole", () => {
    const short = "def one():\n    return 2\n";
    expect(promptText({ target: targetIn(short, 1), syntax: undefined })).toContain(
      "The file shapes.py:\n```python\ndef one():\n    return 2\n\n```",
    );
  });

  it("starts with the same bytes whatever is asked, so that the daemon need not read the code again", () => {
    const fix = promptText();
    const explain = promptText({ action: "explain" });
    const again = promptText({ attempt: 2 });
    const shared = fix.slice(0, fix.lastIndexOf("```\n\n"));
    expect(shared.startsWith(preamble)).toBe(true);
    expect(shared).toContain("square(radius)");
    expect(explain.startsWith(shared)).toBe(true);
    expect(again.startsWith(shared)).toBe(true);
    expect(again).not.toBe(fix);
  });

  it("asks for the whole function when it is short, and for blocks when it is long", () => {
    expect(buildPrompt(request()).form).toBe("rewrite");
    const long = symbol("area", 2, 103);
    const prompt = buildPrompt(request({ syntax: { ...syntax, enclosing: long } }));
    expect(prompt.form).toBe("blocks");
    expect(prompt.messages[0]?.content).toContain("<<<<<<< SEARCH");
  });

  it("says that another file may be changed where code of one is shown that may be, and else nothing of it", () => {
    const other = piece({ path: "words.py" });
    const found = { pieces: [other], dropped: [] };
    const mayAnswer = "If the mistake is in code of another file above";
    expect(promptText({ found })).toContain(mayAnswer);
    expect(promptText({ found, action: "improve" })).not.toContain(mayAnswer);
    expect(promptText()).not.toContain(mayAnswer);
    const fixed = { pieces: [{ ...other, editable: false }], dropped: [] };
    expect(promptText({ found: fixed })).not.toContain(mayAnswer);
    const crossed = { pinned: new Set<string>(), crossed: new Set([other.id]) };
    expect(promptText({ found, choices: crossed })).not.toContain(mayAnswer);
    expect(promptText({ found, extraTokens: 0 })).not.toContain(mayAnswer);
    const long = { syntax: { ...syntax, enclosing: symbol("area", 2, 103) } };
    const anyPath = "or the path of any file shown above";
    expect(promptText({ ...long, found })).toContain(anyPath);
    expect(promptText(long)).not.toContain(anyPath);
  });

  it("never asks for JSON and sends no system message", () => {
    for (const action of ["explain", "fix", "improve", "writeTests", "document", "ask"] as const) {
      const prompt = buildPrompt(request({ action, question: "Why?" }));
      expect(prompt.messages.map((message) => message.role)).toEqual(["user"]);
      expect(prompt.messages[0]?.content).not.toMatch(/json/i);
    }
  });

  it("stays inside its share of a small window and says what it left out", () => {
    const whole = symbol("area", 2, 103);
    const prompt = buildPrompt(
      request({ contextTokens: 640, syntax: { ...syntax, enclosing: whole } }),
    );
    expect(prompt.tokens).toBeLessThanOrEqual(640);
    expect(prompt.leftOut).toContain("the rest of area");
    expect(prompt.messages[0]?.content).toContain("square(radius)");
  });

  it("quotes the line a problem was reported at, since the model sees no line numbers", () => {
    const target: Target = {
      ...targetIn(longFile, 103),
      diagnostics: [
        {
          range: { start: { line: 103, character: 4 }, end: { line: 103, character: 10 } },
          message: "undefined name",
          severity: "error",
          source: "pyflakes",
        },
      ],
    };
    expect(promptText({ target })).toContain(
      "- at `return math.pi * square(radius)`: undefined name (pyflakes)",
    );
  });

  describe("says what was selected", () => {
    const selected = (
      line: number,
      endLine: number,
      change: Partial<PromptRequest> = {},
    ): string => {
      const range = { start: { line, character: 0 }, end: { line: endLine, character: 99 } };
      return promptText({ target: { ...targetIn(longFile, line), range }, ...change });
    };

    it("in the code's own words, never by line numbers", () => {
      expect(selected(103, 103)).toContain(
        "Look at the line `return math.pi * square(radius)` above all.",
      );
      expect(selected(10, 15, { syntax: undefined })).toContain(
        "Look at the 6 lines from `x8 = 8` to `x13 = 13` above all.",
      );
      for (const text of [selected(103, 103), selected(10, 15, { syntax: undefined })])
        expect(text).not.toMatch(/\blines? \d/i);
    });

    it("only where that is less than what is asked about", () => {
      expect(selected(102, 103)).not.toContain("above all");
      const short = "def one():\n    return 2\n";
      const range = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } };
      expect(
        promptText({ target: { ...targetIn(short, 0), range }, syntax: undefined }),
      ).not.toContain("above all");
    });
  });

  it("puts the person's own words at the end, untouched", () => {
    expect(promptText({ action: "ask", question: "Why *twice*? $& `x`" })).toContain(
      "Question: Why *twice*? $& `x`",
    );
  });

  it("wraps code that holds fences in a longer fence", () => {
    const text = 'DOC = """\n```\nexample\n```\n"""\n';
    expect(promptText({ target: targetIn(text, 0), syntax: undefined })).toContain(
      "````python\nDOC",
    );
  });

  it("takes a selection that reaches over several functions as it is, not as the function it starts in", () => {
    const prompt = buildPrompt(request({ target: targetIn(longFile, 103, 106) }));
    expect(prompt.context.symbol).toBeUndefined();
  });
});

describe("the prompt's budget", () => {
  const windows = [1_024, 2_048, 4_096, 8_192, 32_768, 131_072];
  const wide = Array.from(
    { length: 3_000 },
    (_, index) => `    total_${index} = total_${index - 1} + weights[${index}]  # é ${index}`,
  ).join("\n");
  const huge = symbol("huge", 0, 2_999);

  it.each(windows)(
    "leaves the larger part of a window of %i tokens to a model that thinks, and a third to one that does not",
    (contextTokens) => {
      for (const [think, share] of [
        [true, 0.5],
        [false, 0.65],
      ] as const) {
        for (const action of ["explain", "fix", "ask", "writeTests"] as const) {
          const prompt = buildPrompt(
            request({
              action,
              question: "Why?",
              contextTokens,
              think,
              target: targetIn(wide, 1_500),
              syntax: { ...syntax, enclosing: huge },
            }),
          );
          expect(prompt.tokens).toBeLessThanOrEqual(contextTokens * share);
          expect(prompt.tokens).toBeGreaterThanOrEqual(
            estimateTokens(prompt.messages[0]?.content ?? ""),
          );
          expect(
            prompt.messages[0]?.content,
            "the line that was pointed at is never what is left out",
          ).toContain("total_1500 = total_1499");
        }
      }
    },
  );

  const many = Array.from(
    { length: 400 },
    (_, index) => `def f${index}(x):\n    y = x + ${index}\n    return y\n\n`,
  ).join("");
  it.each([
    ["a whole file of 1,600 lines", targetIn(many, 0, 1_599), "def f0(x)", "the rest of shapes.py"],
    [
      "one line of 100,000 characters",
      targetIn(`a = 1\nb = "${"x".repeat(100_000)}"\n`, 1),
      'b = "xxx',
      "the rest of shapes.py",
    ],
  ])("cuts %s to what fits, and says so", (_what, target, shown, missing) => {
    const problem = {
      range: { start: { line: 1, character: 50_000 }, end: { line: 1, character: 50_001 } },
      message: "too long",
      severity: "warning",
    } as const;
    const prompt = buildPrompt(
      request({ target: { ...target, diagnostics: [problem] }, syntax: undefined }),
    );
    expect(prompt.tokens).toBeLessThanOrEqual(8_192 * 0.65);
    expect(prompt.messages[0]?.content).toContain(shown);
    expect(prompt.leftOut).toEqual([missing]);
    expect(prompt.form).toBe("blocks");
  });

  it("says what of the code does not fit in a follow-up too, where it is shown anew", () => {
    const before = { messages: [{ role: "user", content: "What?" }] } as const;
    const target = targetIn(many, 0, 1_599);
    const asked = request({ action: "ask", question: "Why?", target, syntax: undefined, before });
    const [first, { leftOut, messages }] = [buildPrompt(request({ target })), buildPrompt(asked)];
    expect(messages).toHaveLength(2);
    expect(leftOut).toEqual(["the rest of shapes.py"]);
    const said = buildPrompt({ ...asked, before: { messages: first.messages } });
    expect(said.leftOut).toEqual([]);
  });

  it("refuses to ask when the person's own words alone would leave no room for the answer", () => {
    const change = { action: "ask", question: "why? ".repeat(20_000), syntax: undefined } as const;
    expect(() => buildPrompt(request(change))).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({ kind: "contextOverflow", contextTokens: 8_192 }),
      }),
    );
  });

  it("calls nothing left out of a file that is shown whole because all of it was pointed at", () => {
    const prompt = buildPrompt(
      request({
        target: targetIn(wide.split("\n").slice(0, 150).join("\n"), 0, 149),
        syntax: undefined,
      }),
    );
    expect(prompt.tokens).toBeGreaterThan(2_500);
    expect(prompt.leftOut).toEqual([]);
    expect(prompt.messages[0]?.content).toContain("The file shapes.py:");
  });

  it("starts with the same bytes when an edit is asked for again", () => {
    const first = promptText();
    const again = buildRepairPrompt(request(), repairFacts())?.messages[0]?.content ?? "";
    const shared = first.slice(0, first.lastIndexOf("```\n\n") + 5);
    expect(shared).toContain("square(radius)");
    expect(again.startsWith(shared)).toBe(true);
    expect(again).toContain("<<<<<<< SEARCH\nold line\n=======\nnew line\n>>>>>>> REPLACE");
  });

  it.each(windows)(
    "holds for an edit that is asked for again in a window of %i tokens, or it is not asked for",
    (contextTokens) => {
      for (const lines of [1, 20, 200, 2_000]) {
        const long = repairFacts({
          search: "    some_line = of_code(1)\n".repeat(lines),
          replace: "x".repeat(lines),
        });
        const prompt = buildRepairPrompt(request({ contextTokens }), long);
        if (prompt === undefined)
          expect(estimateTokens(long.search) + 200).toBeGreaterThan(contextTokens * 0.4);
        else expect(prompt.tokens).toBeLessThanOrEqual(contextTokens * 0.65);
      }
    },
  );

  function repairFacts(change: Partial<RepairFacts> = {}): RepairFacts {
    return {
      path: "shapes.py",
      languageId: "python",
      reason: "The quoted code is not in the file.",
      search: "old line",
      replace: "new line",
      places: ["def area(radius):\n    return math.pi * square(radius)"],
      ambiguous: false,
      kept: 0,
      ...change,
    };
  }
});
