import { afterEach, describe, expect, it } from "vitest";
import { OllamaModel } from "../../../src/core/model/ollama/ollama-model";
import { answer, draft, written } from "../../base/thoughts/families";
import { contentLine, doneLine, finalCounts } from "../../support/chat-lines";
import { chatRequest, collectChat } from "../../support/collect-chat";
import { type FakeDaemon, startFakeDaemon } from "../../support/fake-daemon";
import type { Step } from "../../support/fake-wire";

let daemon: FakeDaemon;
afterEach(() => daemon.close());

/** What comes of a chat whose content arrives in pieces of so many characters. */
async function answered(
  content: string,
  characters: number,
  more: Parameters<typeof chatRequest>[0] = {},
  end: Step = doneLine(),
) {
  const pieces = content.match(new RegExp(`[\\s\\S]{1,${characters}}`, "gu")) ?? [];
  daemon = await startFakeDaemon({
    models: [{ name: "m", capabilities: ["completion"] }],
    chat: () => ({ steps: [...pieces.map((piece) => contentLine(piece)), end] }),
  });
  return collectChat(
    new OllamaModel({ endpoint: daemon.endpoint }),
    chatRequest({ think: false, ...more }),
  );
}

describe("a daemon that does not know how its model marks thoughts", () => {
  for (const { family, open, close, end } of written) {
    it(`sends what ${family} wrote, and the draft in its thought is no part of the answer`, async () => {
      const told = await answered(`${open}${draft}${close}${answer}${end}`, 4);
      expect({ thought: told.thought, answer: told.answer.trimEnd() }).toEqual({
        thought: draft,
        answer,
      });
      expect(told.done?.reason).toBe("stop");
    });
  }

  it("is not listened to any longer when the model's turn is over", async () => {
    daemon = await startFakeDaemon({
      models: [{ name: "m", capabilities: ["completion"] }],
      chat: () => ({ steps: runningOn() }),
    });
    const told = await collectChat(new OllamaModel({ endpoint: daemon.endpoint }), chatRequest());
    expect(told).toMatchObject({ answer: "Yes.", done: { reason: "stop" } });
    expect(await daemon.chats()[0]?.over).toBe("clientLeft");
  });

  it("has not cut the answer off when the limit was reached by what followed its end", async () => {
    const cut = doneLine("length", finalCounts);
    const last = cut.replace('"content":""', '"content":"es.\\u003c|im_end|\\u003e\\nuser\\nAnd"');
    expect(last).not.toBe(cut);
    expect(await answered("Y", 1, {}, last)).toMatchObject({
      answer: "Yes.",
      done: { reason: "stop" },
    });
    await daemon.close();
    expect(await answered("Yes", 1, {}, cut)).toMatchObject({
      answer: "Yes",
      done: { reason: "length" },
    });
  });

  it("sends a mark that stands in the code of the request, and it stays in the answer's code", async () => {
    const code = "```\n{{ .Prompt }}<|im_end|>\n```";
    const messages = [{ role: "user" as const, content: `What is wrong?\n${code}` }];
    expect((await answered(code, 3, { messages })).answer).toBe(code);
    await daemon.close();
    expect((await answered(code, 3)).answer).toBe("```\n{{ .Prompt }}\n```");
  });

  it("goes on in a thought that the request left open in any family's form", async () => {
    const messages = [
      { role: "user" as const, content: "q" },
      { role: "assistant" as const, content: "[THINK]It is" },
    ];
    expect(await answered(" so.[/THINK]Yes.", 2, { messages })).toMatchObject({
      thought: " so.",
      answer: "Yes.",
    });
  });
});

function* runningOn(): Generator<Step> {
  yield contentLine("Yes.<|eot_id|>");
  for (;;) yield contentLine("\nuser\nAnd now?\n");
}
