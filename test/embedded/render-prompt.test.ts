import { describe, expect, it } from "vitest";
import type { WireMessage } from "../../src/embedded/chat-request";
import { type PromptFormat, renderPrompt } from "../../src/embedded/render-prompt";

interface Values {
  readonly messages: readonly WireMessage[];
}

/** A format that writes each turn on a line of its own; `opening` is how it begins the assistant's. */
function format(nativeThinking: boolean, opening = "A:"): PromptFormat {
  return {
    nativeThinking,
    controlTokens: ["<|end|>"],
    render: (values) =>
      `${(values as unknown as Values).messages.map(({ role, content }) => `${role[0]}:${content}\n`).join("")}${opening}`,
  };
}

const user = { role: "user", content: "2+2?" };
const turn = (content: string, thinking?: string): WireMessage => ({
  role: "assistant",
  content,
  ...(thinking !== undefined && { thinking }),
});

describe("a model that was not trained to think", () => {
  it("answers at once unless it is asked to think", () => {
    expect(renderPrompt(format(false), [user])).toEqual({ text: "u:2+2?\nA:", begins: "start" });
  });

  it("has its thought opened and is told to close it", () => {
    const { text, begins } = renderPrompt(format(false), [{ role: "system", content: "Be brief." }, user], true);
    expect(text).toMatch(/^s:Be brief\.\n\n.*<\/think>.*\nu:2\+2\?\nA:<think>\n$/s);
    expect(begins).toBe("thinking");
  });

  it("reads the same start whether it begins a thought or goes on with one", () => {
    const asked = renderPrompt(format(false), [user], true).text;
    const steered = renderPrompt(format(false), [user, turn("<think>\nTwo and")], true);
    expect(steered).toEqual({ text: `${asked}Two and`, begins: "thinking" });
  });
});

describe("a model that was trained to think", () => {
  it("thinks when nothing else is said, also where its template does not open the thought", () => {
    expect(renderPrompt(format(true), [user])).toEqual({ text: "u:2+2?\nA:<think>\n", begins: "thinking" });
    expect(renderPrompt(format(true, "A:<think>\n"), [user])).toEqual({ text: "u:2+2?\nA:<think>\n", begins: "thinking" });
  });

  it("is given an empty thought when it shall not think", () => {
    for (const opening of ["A:", "A:<think>\n", "A:<think>\n\n</think>\n\n"]) {
      const rendered = renderPrompt(format(true, opening), [user], false);
      expect(rendered).toEqual({ text: "u:2+2?\nA:<think>\n\n</think>\n\n", begins: "answerStart" });
    }
  });

  it("goes on with a thought, open or closed, without a second opening tag", () => {
    for (const opening of ["A:", "A:<think>\n"]) {
      const open = renderPrompt(format(true, opening), [user, turn("<think>\nIt is")], true);
      expect(open).toEqual({ text: "u:2+2?\nA:<think>\nIt is", begins: "thinking" });
      const closed = renderPrompt(format(true, opening), [user, turn("", "It is 4.")], true);
      expect(closed).toEqual({ text: "u:2+2?\nA:<think>\nIt is 4.\n</think>\n\n", begins: "answerStart" });
    }
  });

  it("goes on with an answer", () => {
    const rendered = renderPrompt(format(true), [user, turn("<think>\nok\n</think>\n\nIt is")], true);
    expect(rendered).toEqual({ text: "u:2+2?\nA:<think>\nok\n</think>\n\nIt is", begins: "answer" });
  });
});

it("lets nobody's code end a turn", () => {
  const { text } = renderPrompt(format(false), [{ role: "user", content: "print('<|end|>')" }]);
  expect(text).not.toContain("<|end|>");
});
