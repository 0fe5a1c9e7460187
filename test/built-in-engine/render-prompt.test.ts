import { describe, expect, it } from "vitest";
import { commonForm, thoughtFormIn } from "../../src/base/thoughts/marks";
import { splitThought } from "../../src/base/thoughts/split-thought";
import type { WireMessage } from "../../src/built-in-engine/chat-request";
import { type PromptFormat, renderPrompt } from "../../src/built-in-engine/prompt/render-prompt";

interface Values {
  readonly messages: readonly WireMessage[];
}

/**
 * A format that writes each turn on a line of its own; `opening` is how it begins the assistant's.
 */
function format(nativeThinking: boolean, opening = "A:", thoughts = commonForm): PromptFormat {
  return {
    nativeThinking,
    thoughts,
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

describe("a model whose template has levels of thought", () => {
  it("is given the level, and none where nobody wishes one", () => {
    const levelled: PromptFormat = {
      ...format(true),
      render: (values) => `effort ${String(values["reasoning_effort"])}\nA:`,
    };
    expect(renderPrompt(levelled, [user], "high").text).toContain("effort high\n");
    expect(renderPrompt(levelled, [user], true).text).toContain("effort undefined\n");
  });
});

describe("a model that was not trained to think", () => {
  it("answers at once unless it is asked to think", () => {
    expect(renderPrompt(format(false), [user])).toEqual({ text: "u:2+2?\nA:", begins: "start" });
  });

  it("has its thought opened and is told to close it", () => {
    const { text, begins } = renderPrompt(
      format(false),
      [{ role: "system", content: "Be brief." }, user],
      true,
    );
    expect(text).toMatch(/^s:Be brief\.\n\n.*<\/think>.*\nu:2\+2\?\nA:<think>\n$/s);
    expect(begins).toBe("thoughtStart");
  });

  it("reads the same start whether it begins a thought or goes on with one", () => {
    const asked = renderPrompt(format(false), [user], true).text;
    const steered = renderPrompt(format(false), [user, turn("<think>\nTwo and")], true);
    expect(steered).toEqual({ text: `${asked}Two and`, begins: "thought" });
  });
});

describe("a model that was trained to think", () => {
  it("thinks when nothing else is said, also where its template does not open the thought", () => {
    expect(renderPrompt(format(true), [user])).toEqual({
      text: "u:2+2?\nA:<think>\n",
      begins: "thoughtStart",
    });
    expect(renderPrompt(format(true, "A:<think>\n"), [user])).toEqual({
      text: "u:2+2?\nA:<think>\n",
      begins: "thoughtStart",
    });
  });

  it("is given an empty thought when it shall not think", () => {
    for (const opening of ["A:", "A:<think>\n", "A:<think>\n\n</think>\n\n"]) {
      const rendered = renderPrompt(format(true, opening), [user], false);
      expect(rendered).toEqual({
        text: "u:2+2?\nA:<think>\n\n</think>\n\n",
        begins: "answerStart",
      });
    }
  });

  it("goes on with a thought, open or closed, without a second opening tag", () => {
    for (const opening of ["A:", "A:<think>\n"]) {
      const open = renderPrompt(format(true, opening), [user, turn("<think>\nIt is")], true);
      expect(open).toEqual({ text: "u:2+2?\nA:<think>\nIt is", begins: "thought" });
      const closed = renderPrompt(format(true, opening), [user, turn("", "It is 4.")], true);
      expect(closed).toEqual({
        text: "u:2+2?\nA:<think>\nIt is 4.\n</think>\n\n",
        begins: "answerStart",
      });
    }
  });

  it("goes on with an answer", () => {
    const rendered = renderPrompt(
      format(true),
      [user, turn("<think>\nok\n</think>\n\nIt is")],
      true,
    );
    expect(rendered).toEqual({
      text: "u:2+2?\nA:<think>\nok\n</think>\n\nIt is",
      begins: "answer",
    });
  });
});

describe("a model whose template names marks of its own", () => {
  it.each([
    ["{% if x %}[THINK]{{ thought }}[/THINK]{% endif %}", "[THINK]", "[/THINK]"],
    [
      "<|start|>assistant<|channel|>final<|message|>",
      "<|channel|>analysis<|message|>",
      "<|end|><|start|>assistant<|channel|>final<|message|>",
    ],
    ["<|turn>model\\n<|channel>thought", "<|channel>thought\n", "<channel|>"],
    ["<|START_THINKING|>", "<|START_THINKING|>", "<|END_THINKING|>"],
    ["<seed:think>", "<seed:think>\n", "\n</seed:think>\n\n"],
    [
      "Write your thoughts after 'Here is my thought process:'",
      "Here is my thought process:\n",
      "\nHere is my response:\n",
    ],
  ])("thinks in them: %s", (template, open, close) => {
    const own = thoughtFormIn(template);
    expect(own).toEqual({ open, close });
    const told = format(true, "A:", own);
    const { text, begins } = renderPrompt(told, [user]);
    expect(text).toBe(`u:2+2?\nA:${open}`);
    const written = splitThought(`It is 4.${close}It is 4!`, { begins });
    expect(written).toEqual({ thought: "It is 4.", answer: "It is 4!" });
    expect(renderPrompt(told, [user], false)).toEqual({
      text: `u:2+2?\nA:${open}${close}`,
      begins: "answerStart",
    });
    // Whoever asks writes the thought in the common form.
    const closed = renderPrompt(told, [user, turn("<think>\nIt is 4.\n</think>\n\n")], true);
    expect(closed).toEqual({ text: `u:2+2?\nA:${open}It is 4.${close}`, begins: "answerStart" });
    const begun = renderPrompt(told, [user, turn("<think>\nIt is")], true);
    expect(begun.text).toBe(`u:2+2?\nA:${open}It is`);
    const goneOn = splitThought(` 4.${close}It is 4!`, { begins: begun.begins });
    expect(goneOn).toEqual({ thought: " 4.", answer: "It is 4!" });
  });

  it("has none where the template names none", () => {
    expect(thoughtFormIn("<|im_start|>{{ role }}<|im_end|>")).toBeUndefined();
  });
});

it("lets nobody's code end a turn", () => {
  const { text } = renderPrompt(format(false), [{ role: "user", content: "print('<|end|>')" }]);
  expect(text).not.toContain("<|end|>");
});
