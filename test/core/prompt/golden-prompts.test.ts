import { describe, expect, it } from "vitest";
import { buildPrompt, buildRepairPrompt } from "../../../src/core/prompt/build-prompt";
import type { PromptRequest } from "../../../src/core/prompt/prompt-request";
import type { ContextPiece } from "../../../src/protocol/context";
import { actions } from "../../../src/protocol/run-events";
import { createSyntaxSource } from "../../../src/syntax/syntax-source";
import { installedGrammars } from "../../syntax/place";
import { piece } from "../context/context-pieces";

// Every word that a model is sent, as files: whoever changes a prompt sees in review what becomes
// of all of them. `npx vitest run -u` on this file writes them anew.

const syntax = createSyntaxSource(installedGrammars());

const shortFile = `from words import trim

LIMIT = 3


class Basket:
    """What a person wants to buy."""

    def __init__(self, items):
        self.items = items

    def names(self):
        return [trim(item.name) for item in self.items][:LIMIT]
`;
const longFile = `${shortFile}${Array.from({ length: 80 }, (_, index) => `\n\ndef helper${index}(value):\n    return value + ${index}\n`).join("")}`;

const pieces: readonly ContextPiece[] = [
  piece(),
  piece({
    id: "type",
    kind: "type",
    name: "Item",
    path: "items.py",
    text: "- `class Item`: One thing.\n  - `def price(self)`",
    editable: false,
    value: 0.8,
  }),
  piece({ id: "test", kind: "test", name: "test_names", path: "test_basket.py", value: 0.7 }),
  piece({ id: "caller", kind: "caller", name: "show", path: "page.py", value: 0.4 }),
  piece({
    id: "rules",
    kind: "instructions",
    path: "AGENTS.md",
    text: "Use tabs.",
    source: "project",
  }),
  piece({ id: "diff", kind: "diff", path: "basket.py", text: "@@ -1 +1 @@\n-a\n+b", value: 0.4 }),
  piece({
    id: "problems",
    kind: "problems",
    path: "basket.py",
    text: "- at `LIMIT = 3`: never used",
    value: 0.5,
  }),
  piece({ id: "terminal", kind: "terminal", text: "KeyError: 'x'", source: "person" }),
].map((each) => {
  const { languageId: _, range: __, ...prose } = each;
  if (["type", "rules", "problems"].includes(each.id)) return prose;
  if (each.id === "terminal") {
    const { path: ___, name: ____, ...rest } = prose;
    return { ...rest, languageId: "text" };
  }
  return each.id === "diff" ? { ...prose, languageId: "diff" } : each;
});

async function request(change: Partial<PromptRequest> = {}): Promise<PromptRequest> {
  const text = change.target?.text ?? shortFile;
  const line = text.split("\n").findIndex((each) => each.includes("return [trim"));
  const place = { line, character: 8 };
  const target = {
    uri: "file:///p/basket.py",
    path: "basket.py",
    languageId: "python",
    version: 1,
    text,
    range: { start: place, end: place },
    diagnostics: [],
  };
  return {
    action: "fix",
    target,
    syntax: await syntax.context(target),
    question: "Why three?",
    testPath: "test_basket.py",
    contextTokens: 8_192,
    think: true,
    attempt: 1,
    ...change,
    ...(change.target === undefined ? {} : { target: { ...target, text } }),
  };
}

const long = { target: { text: longFile } } as Partial<PromptRequest>;

/** As a person reads a talk in review. */
function written(messages: ReturnType<typeof buildPrompt>["messages"]): string {
  return messages.map(({ role, content }) => `[${role}]\n${content}\n`).join("\n");
}

describe("every prompt, word for word", () => {
  it.each(actions)("%s about a short file", async (action) => {
    const { messages } = buildPrompt(await request({ action }));
    await expect(written(messages)).toMatchFileSnapshot(`golden/${action}.txt`);
  });

  it("a fix in a long file", async () => {
    const { messages } = buildPrompt(await request(long));
    await expect(written(messages)).toMatchFileSnapshot("golden/fix-long-file.txt");
  });

  it("a fix with every kind of piece", async () => {
    const found = { pieces, dropped: [] };
    const { messages } = buildPrompt(await request({ ...long, found, extraTokens: 5_000 }));
    await expect(written(messages)).toMatchFileSnapshot("golden/fix-with-pieces.txt");
  });

  it("files for R1, as its makers hand it files", async () => {
    const text = "LIMIT = 3\n";
    const named = piece({ id: "named", kind: "file", path: "shop.py", text, source: "person" });
    const { range: _, ...whole } = named;
    const found = { pieces: [whole], dropped: [] };
    const asked = buildPrompt(await request({ found, fileForm: "r1" }));
    await expect(written(asked.messages)).toMatchFileSnapshot("golden/fix-for-r1.txt");
    const target = { text: `${shortFile}# [file content end]\n` } as PromptRequest["target"];
    const [marked] = buildPrompt(await request({ target, fileForm: "r1" })).messages;
    expect(marked?.content).toContain("The file basket.py:\n```python");
    const before = {
      messages: [...asked.messages, { role: "assistant", content: "Because." }],
    } as const;
    const question = { action: "ask", before, found, fileForm: "r1" } as const;
    const [, , known] = buildPrompt(await request(question)).messages;
    expect(known?.content).not.toContain("[file name]");
    const changed = { text: shortFile.replace("3", "4") } as PromptRequest["target"];
    const [, , again] = buildPrompt(await request({ ...question, target: changed })).messages;
    expect(again?.content).toContain("[file name]: basket.py\n[file content begin]\nfrom words");
  });

  it("a second attempt with what fails and what was tried", async () => {
    const failing = [{ name: "names()", expected: "3", got: "2" }];
    const { messages } = buildPrompt(
      await request({
        attempt: 2,
        failing: failing as unknown as NonNullable<PromptRequest["failing"]>,
        tried: { lines: ["-a", "+b"], failing: failing as never },
        answerLanguage: "French",
      }),
    );
    await expect(written(messages)).toMatchFileSnapshot("golden/second-attempt.txt");
  });

  it("a third attempt, where something tells a right answer from a wrong one", async () => {
    const { messages } = buildPrompt(await request({ attempt: 3, isJudged: true }));
    await expect(written(messages)).toMatchFileSnapshot("golden/third-attempt.txt");
    const unjudged = written(buildPrompt(await request({ attempt: 3 })).messages);
    expect(unjudged).toContain("One line of the method `names` is wrong");
  });

  it("a follow-up", async () => {
    const before = {
      messages: [
        { role: "user", content: "What is it?" },
        { role: "assistant", content: "A basket." },
      ],
      since: "I took your edit into the file.",
    } as const;
    const { messages } = buildPrompt(await request({ action: "ask", before }));
    await expect(written(messages)).toMatchFileSnapshot("golden/follow-up.txt");
  });

  it("an edit that is asked for again", async () => {
    const prompt = buildRepairPrompt(await request(), {
      path: "basket.py",
      languageId: "python",
      reason: "The old text is not in the file.",
      search: "old line",
      replace: "new line",
      places: ["LIMIT = 3"],
      ambiguous: false,
      kept: 1,
    });
    await expect(written(prompt?.messages ?? [])).toMatchFileSnapshot("golden/repair.txt");
  });

  it("is in the person's turn alone, as R1 wants it, whatever is asked", async () => {
    const found = { pieces, dropped: [] };
    for (const action of actions) {
      const { messages } = buildPrompt(await request({ action, found }));
      expect(messages.map(({ role }) => role)).toEqual(["user"]);
    }
  });
});
