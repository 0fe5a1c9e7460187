import { describe, expect, it } from "vitest";
import { leastTokens, tooLittleRead } from "../../../src/core/model/read-notices";
import { processorMs } from "../../support/processor-time";

const basket = `    def merge(self, other, *, keep_empty=False):
        """Take over what the other basket holds, without doubling an item."""
        for name, count in other.items.items():
            if count == 0 and not keep_empty:
                continue
            self.items[name] = self.items.get(name, 0) + count
            if self.items[name] > self.limit.get(name, 99):
                raise ValueError(f"no more than {self.limit[name]} of {name!r}")
        return self
`;
const deep = `                        Some(Ok(chunk)) => {
                            if let Some(remaining) = self.remaining.checked_sub(chunk.len()) {
                                self.remaining = remaining;
                                return Poll::Ready(Some(Ok(chunk)));
                            }
                        }
                        None => return Poll::Ready(None),
`;
const prose = `A daemon reads a prompt anew from its first other byte. So the parts of a file's last prompt keep their places,
what is new or changed comes behind them, and a piece that was sent is worth a little more than one that was not. What changes once is read
anew with all behind it; from then on it stands at the end. The function in question is shown as it is, whole, after every edit.
`;
const page = `<table class="list"><thead><tr><th>Name</th><th>Price</th></tr></thead>
<tbody><tr><td><a href="/items/1">Apple</a></td><td>1.20</td></tr>
<tr><td><b>Pear</b></td><td><i>0.90</i></td></tr></tbody></table>
<h1>Sum</h1><ul><li>All of it</li><li>None</li></ul>
`;

/** Tokens that Qwen2.5 Coder, SmolLM2 and Gemma 3 make of each text, ten times over. */
const counted = [
  { what: "Python", text: basket, tokens: [1_070, 1_231, 1_320] },
  { what: "Rust, deeply indented", text: deep, tokens: [530, 671, 700] },
  { what: "prose", text: prose, tokens: [890, 920, 920] },
  { what: "a page of bare tags", text: page, tokens: [1_100, 1_260, 710] },
] as const;

function sent(...contents: readonly string[]) {
  return {
    model: "m",
    messages: contents.map((content, at) => ({
      role: at % 2 === 0 ? ("user" as const) : ("assistant" as const),
      content,
    })),
    contextTokens: 8_192,
    think: false as const,
    sampling: {},
  };
}

describe("a prompt that the server cut", () => {
  it.each(counted.slice(0, 3))(
    "is found where a fifth of $what is missing",
    ({ text, tokens: [qwen] }) => {
      const read = Math.floor(qwen * 0.8);
      expect(tooLittleRead(sent(text.repeat(10)), read)).toMatchObject({
        kind: "notice",
        text: expect.stringMatching(new RegExp(`read only ${read} tokens of a prompt of at least`)),
      });
    },
  );

  it.each(counted)("is not taken for one where $what was read whole", ({ text, tokens }) => {
    for (const read of tokens) expect(tooLittleRead(sent(text.repeat(10)), read)).toBeUndefined();
  });

  it("is found in a talk whose beginning was dropped", () => {
    const talk = sent(basket.repeat(4), "It merges.", prose.repeat(2), "Yes.", "And now?");
    expect(tooLittleRead(talk, 200)).toBeDefined();
    // What a template leaves of the model's own turns is its affair.
    const thought = sent("Why?", `<think>${prose.repeat(9)}</think>So.`, "And now?");
    expect(tooLittleRead(thought, 30)).toBeUndefined();
  });

  it("is found where what is left takes the whole window", () => {
    const numbers = "0x1f, ".repeat(900);
    expect(tooLittleRead(sent(numbers), 8_191)).toBeUndefined();
    expect(tooLittleRead(sent(numbers), 8_192)).toMatchObject({
      text: expect.stringMatching(/took the whole window of 8192 tokens/),
    });
  });

  it("is not found where the server counts nothing", () => {
    expect(tooLittleRead(sent(basket.repeat(10)), undefined)).toBeUndefined();
  });
});

describe("the fewest tokens that a text can be", () => {
  it("are told in time, whatever the text is made of", () => {
    const ms = processorMs(() => {
      for (const sign of [" ", "\n", "<", "<a", "'", "a", "é", "}", "1", "\u0301"])
        leastTokens(sent(sign.repeat(200_000)).messages);
    });
    expect(ms).toBeLessThan(500);
  });
});
