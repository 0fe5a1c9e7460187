import { describe, expect, it } from "vitest";
import { askedPart, RestWatch } from "../../../../src/core/run/steer/rest-watch";
import { noGrammar, proposalOf, RunWorld, targetIn } from "../run-world";

const before = "import math\n\n\n";
const asked = "def area(side):\n    return side + side\n";
const changed = asked.replace("+", "*");
const rest =
  '\n\ndef edge(area):\n    """The side."""\n    return math.sqrt(area)\n\n\nprint(edge(16))\n';
const text = before + asked + rest;
const range = { start: { line: 3, character: 0 }, end: { line: 4, character: 22 } };

/** What is left of an answer that comes in small pieces. */
function ended(answer: string, file = text, part = range): string | undefined {
  const watch = new RestWatch({ text: file, range: part });
  for (let at = 0; at < answer.length; at += 5) {
    const whole = watch.push(answer.slice(at, at + 5));
    if (whole !== undefined) return whole;
  }
  return undefined;
}

describe("an answer that goes on with the file behind what was asked for", () => {
  it("ends with what was asked for, in a fence that is closed", () => {
    const fence = "~~~~";
    const said = `Plus is wrong.\n\n${fence}python\n${changed}`;
    expect(ended(`${said}${rest}${fence}\n`)).toBe(`${said}${fence}\n`);
  });

  it("goes on where the part is as it was, since what is changed may come", () => {
    expect(ended(`\`\`\`python\n${asked}${rest}\`\`\`\n`)).toBeUndefined();
  });

  it("goes on where it began above the part: it is the whole file", () => {
    expect(ended(`\`\`\`python\n${before}${changed}${rest}\`\`\`\n`)).toBeUndefined();
  });

  it("goes on where the lines behind stand in front of it too, or are too few to tell", () => {
    const twice = rest + asked + rest;
    const part = { start: { line: 8, character: 0 }, end: { line: 9, character: 22 } };
    expect(ended(`\`\`\`\n${changed}${rest}\`\`\`\n`, twice, part)).toBeUndefined();
    const short = `${asked}\n}\n})\n`;
    const first = { start: { line: 0, character: 0 }, end: { line: 1, character: 22 } };
    expect(ended(`\`\`\`\n${changed}\n}\n})\n\`\`\`\n`, short, first)).toBeUndefined();
  });

  describe("and one that gives what was asked for once more", () => {
    const old = "def grow(side):\n    side = abs(side)\n    return side + side\n";
    const mended = old.replace("+", "*");
    const part = { start: { line: 0, character: 0 }, end: { line: 2, character: 22 } };

    it("ends with the first version, before what leads to the second", () => {
      const said = `\`\`\`python\n${mended}`;
      const again = `\n# Changed: checks the side.\n${old}`;
      expect(ended(`${said}${again}\`\`\`\n`, old, part)).toBe(`${said}\`\`\`\n`);
    });

    it("keeps what closes the first version", () => {
      const block = "function one() {\n  const two = 2;\n  return two;\n}\n";
      const said = `\`\`\`js\n${block.replace("2;", "1;")}`;
      const whole = { start: { line: 0, character: 0 }, end: { line: 3, character: 1 } };
      expect(ended(`${said}\n// Or:\n${block}`, block, whole)).toBe(`${said}\`\`\`\n`);
    });

    it("goes on where the first version is the old one, or shows little of it", () => {
      expect(ended(`\`\`\`python\n${old}\n${mended}\`\`\`\n`, old, part)).toBeUndefined();
      const head = "def grow(side):\n    ...\n";
      expect(ended(`\`\`\`python\n${head}\n${mended}\`\`\`\n`, old, part)).toBeUndefined();
    });
  });

  it("is ended while the model still writes, and what was asked for is proposed", async () => {
    const answer = `\`\`\`python\n${changed}${rest}${"print(1)\n".repeat(50)}`;
    const shape = { range, bodyRange: range, signature: "def area(side)" };
    const enclosing = { name: "area", kind: "function", ...shape } as const;
    const syntax = {
      ...noGrammar,
      context: async () => ({ enclosing, outline: [enclosing], imports: [] }),
    };
    const chat = () => ({ answer, fault: "hangMidway" }) as const;
    const world = await RunWorld.start(chat, { syntax });
    const events = await world.all({ target: targetIn(text, { range }) });
    expect(proposalOf(events)).toBe(before + changed + rest);
    expect(events.find(({ kind }) => kind === "notice")).toMatchObject({
      text: "The answer went on behind what was asked for, and was ended there.",
    });
    const end = events.findLast((event) => event.kind === "finished");
    expect(end?.metrics.answerTokens).toBeGreaterThan(10);
  });

  it("is not looked for where no declaration was asked for", () => {
    const lines = { code: text, startLine: 0, endLine: 9, imports: "", related: [] };
    const context = { scope: "file", ...lines } as const;
    expect(askedPart({ form: "rewrite", context }, { text })).toBeUndefined();
  });
});
