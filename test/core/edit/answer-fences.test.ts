import { describe, expect, it } from "vitest";
import { edits, file, outcome, pieces, streamed } from "./support/read";
import { type Seeded, seeded } from "./support/seeded";

const readme = file(
  "README.md",
  "markdown",
  `# Tool

Install:

\`\`\`
npm instal tool
\`\`\`

Use it:

\`\`\`bash
run
\`\`\`

~~~
x
~~~

The end.
`,
);
const readmeText = readme.text.trimEnd();
const mended = readmeText.replace("instal ", "install ");
const shapes = file(
  "shapes.py",
  "python",
  `def area(w, h):
    return w + h


def perimeter(w, h):
    return 2 * (w + h)
`,
);
const area = "def area(w, h):\n    return w * h";

describe("fences of Markdown in a fence of Markdown", () => {
  it("belong to the text when the file has them there, with and without a name", () => {
    expect(pieces(readme, `Here:\n\n\`\`\`markdown\n${mended}\n\`\`\`\nDone.\n`)).toEqual([mended]);
    expect(pieces(readme, `\`\`\`\n${mended}\n\`\`\``)).toEqual([mended]);
  });

  it("are told from a second fence below the text, named or not", () => {
    const whole = `\`\`\`md\n${mended}\n\`\`\``;
    expect(pieces(readme, `${whole}\nThen run:\n\n\`\`\`bash\nls\n\`\`\`\n`)).toEqual([
      mended,
      "ls",
    ]);
    expect(pieces(readme, `${whole}\nThen run:\n\n\`\`\`\nls\n\`\`\`\n`)).toEqual([mended, "ls"]);
    expect(pieces(readme, `${whole}\nThen run:\n\`\`\`\nls\n\`\`\`\n`)).toEqual([mended, "ls"]);
  });

  it("are told from two excerpts, one before and one after, that end where the file has a fence", () => {
    const answer = "Change\n\n```\nInstall:\n```\n\nto\n\n```\nSetup:\n```\n";
    expect(pieces(readme, answer)).toEqual(["Install:", "Setup:"]);
  });

  it("are told from an answer that is only the code of one of them", () => {
    const code = "Replace it by\n\n```\nnpm install tool\n```\n\nThat is it.\n";
    expect(pieces(readme, code)).toEqual(["npm install tool"]);
    const pair = "```\nnpm instal tool\n```\nshould be\n```\nnpm install tool\n```\n";
    expect(pieces(readme, pair)).toEqual(["npm instal tool", "npm install tool"]);
  });

  it("belong to the text when what stands in them or above them is new", () => {
    const text = mended.replace("Install:", "Setup now:").replace("npm install tool", "pip get x");
    expect(pieces(readme, `\`\`\`markdown\n${text}\n\`\`\`\n`)).toEqual([text]);
    const plain = file("n.md", "markdown", "# Tool\n\nText.\n\nThe end.\n");
    const more = "# Tool\n\nText.\n\nUsage:\n\n```\nrun it\n```\n\nThe end.";
    expect(pieces(plain, `\`\`\`markdown\n${more}\n\`\`\`\nI added usage.\n`)).toEqual([more]);
  });

  it("belong to an excerpt that holds one of the file's", () => {
    const excerpt = "Install:\n\n```\nnpm install tool\n```";
    expect(pieces(readme, `\`\`\`markdown\n${excerpt}\n\`\`\`\nok\n`)).toEqual([excerpt]);
  });

  it("need no telling when the outer fence is longer, even if its end is not", () => {
    expect(pieces(readme, `\`\`\`\`md\n${mended}\n\`\`\`\`\nDone.\n`)).toEqual([mended]);
    expect(pieces(readme, `\`\`\`\`md\n${mended}\n\`\`\`\nDone.\n`)).toEqual([mended]);
  });

  it("make an answer that was cut off inside of one a cut-off answer", () => {
    const upTo = (text: string): string => mended.slice(0, mended.indexOf(text) + text.length);
    for (const cut of ["npm inst", "Use"]) {
      expect(pieces(readme, `\`\`\`md\n${upTo(cut)}`, true)).toEqual(["broken: truncated"]);
    }
  });

  it("are told apart in texts of any make, whichever line is changed and whatever follows", () => {
    const random = seeded(11);
    for (let round = 0; round < 300; round++) {
      const text = randomText(random);
      const lines = text.split("\n");
      const said = [...lines.keys()].filter((at) => /^[\w#]/.test(lines[at] ?? ""));
      const changedAt = random.pick(said);
      const changed = lines
        .map((line, at) => (at === changedAt ? `${line} more` : line))
        .join("\n");
      const own = file("a.md", "markdown", `${text}\n`);
      const fence = `\`\`\`${random.pick(["markdown", "md", ""])}\n${changed}\n\`\`\`\n`;
      const behind = random.pick([
        "",
        "Then run:\n\n```bash\nls\n```\n",
        "Run this.\n```\nls\n```\n",
      ]);
      const wanted = behind === "" ? [changed] : [changed, "ls"];
      expect(pieces(own, `Here it is:\n\n${fence}${behind}`), fence + behind).toEqual(wanted);
    }
  });

  it("leave the file's own fences where they are when it is mended", async () => {
    const one = file("a.md", "markdown", "# A\n\n```\nnpm instal\n```\n\nHelo.\n");
    const right = "# A\n\n```\nnpm install\n```\n\nHello.\n";
    expect(await outcome(one, `\`\`\`markdown\n${right}\`\`\`\n`)).toBe(right);
    expect(await outcome(readme, `\`\`\`markdown\n${mended}\n\`\`\`\nFixed.\n`)).toBe(
      `${mended}\n`,
    );
  });
});

/** Paragraphs and fences, with and without names, with and without blank lines between. */
function randomText(random: Seeded): string {
  const words = ["alpha", "beta", "run", "install", "the", "server", "port", "file", "value"];
  const sentence = (): string =>
    Array.from({ length: 2 + random.below(6) }, () => random.pick(words)).join(" ");
  const fenced = (name: string): string =>
    `\`\`\`${name}\n${Array.from({ length: 1 + random.below(3) }, sentence).join("\n")}\n\`\`\``;
  const part = (): string =>
    random.pick([() => fenced(""), () => fenced("bash"), () => `${sentence()}:`, sentence])();
  const parts = Array.from({ length: 2 + random.below(7) }, part);
  return [`# ${sentence()}`, ...parts].join(random.pick(["\n", "\n\n"]));
}

describe("a fence in code", () => {
  const docstring = `def scale(x, k):
    """Scale a number.

    \`\`\`
    scale(2, 3)
    \`\`\`
    """
    return x + k
`;
  const scale = file("f.py", "python", docstring);
  const right = docstring.replace("x + k", "x * k");

  it("is text when it is deeper than a closing mark may be", async () => {
    expect(await outcome(scale, `\`\`\`python\n${right}\`\`\`\nFixed.\n`)).toBe(right);
  });

  it("of a method's docstring is text, the method standing in its class", async () => {
    const inClass = (text: string): string =>
      `class A:\n${text.replace(/^(?=.)/gm, "    ")}\n    def g(self):\n        return 1\n`;
    const own = file("f.py", "python", inClass(docstring));
    expect(pieces(own, `\`\`\`python\n${inClass(right)}\`\`\`\n`)).toEqual([
      inClass(right).trimEnd(),
    ]);
  });

  it("of a string is text when the file has it there, in the first column too", async () => {
    const text =
      'PROMPT = """Answer in:\n```\nJSON\n```\nonly.\n"""\n\ndef ask(m):\n    return m(PROMPT) + 1\n';
    const own = file("p.py", "python", text);
    const wanted = text.replace(" + 1", "");
    expect(await outcome(own, `\`\`\`python\n${wanted}\`\`\`\n`)).toBe(wanted);
  });

  it("with a name, in a docstring that is new, is text", () => {
    const module = `"""Shapes.\n\n\`\`\`python\narea(1, 2)\n\`\`\`\n"""\n\n\n${area}`;
    expect(pieces(shapes, `\`\`\`python\n${module}\n\`\`\`\n`)).toEqual([module]);
  });
});

describe("a fence", () => {
  it.each([
    [
      "in a list",
      `1. Do this:\n\n   \`\`\`python\n${area.replace(/^/gm, "   ")}\n   \`\`\`\n\n2. Done.\n`,
    ],
    ["on a list's bullet", `- \`\`\`python\n${area.replace(/^/gm, "  ")}\n  \`\`\`\n- ok\n`],
    ["in a quotation", `> \`\`\`python\n${area.replace(/^/gm, "> ")}\n> \`\`\`\nok\n`],
    ["in a quotation that ends before it", `> \`\`\`python\n${area.replace(/^/gm, "> ")}\nok\n`],
    ["of tildes, closed by more of them", `~~~python\n${area}\n~~~~~\nok\n`],
    ["closed too deep, below an indented line", `\`\`\`python\n${area}\n    \`\`\`\nDone.\n`],
    ["that is closed by the answer's end", `\`\`\`python\n${area}\n`],
    ["with attributes", `\`\`\`python title="shapes.py" {1,3}\n${area}\n\`\`\`\n`],
  ])("%s is read, without what stands in front of its lines", (_, answer) => {
    expect(pieces(shapes, answer)).toEqual([area]);
  });

  it.each([
    ["its name", `\`\`\`python:shapes.py\n${area}\n\`\`\``],
    ["an attribute", `\`\`\`python title="shapes.py" {1,3}\n${area}\n\`\`\``],
    ["the line above", `shapes.py\n\`\`\`python\n${area}\n\`\`\``],
    ["a heading above", `### \`shapes.py\`\n\n\`\`\`python\n${area}\n\`\`\``],
    ["a bold line above", `**shapes.py**\n\n\`\`\`python\n${area}\n\`\`\``],
    ["a tag above", `<path>shapes.py</path>\n\`\`\`python\n${area}\n\`\`\``],
  ])("has the path that %s names", (_, answer) => {
    expect(edits(shapes, answer)).toMatchObject([{ path: "shapes.py", pathIsSure: true }]);
  });

  it("that is not closed ends where the next one with a name begins", () => {
    const next = "def perimeter(w, h):\n    return 3";
    const unclosed = `\`\`\`python\n${area}\n\`\`\`python\n${next}\n\`\`\`\n`;
    expect(pieces(shapes, unclosed)).toEqual([area, next]);
  });

  it("is no fence behind the star of a comment that stands without one", () => {
    const text = "/**\n * ```js\n * area(1, 2)\n * ```\n */\nfunction area() {}\n";
    expect(pieces(file("a.js", "javascript", "x\n"), text)).toEqual([]);
  });

  it("in the language of an empty file is that file", async () => {
    const empty = file("hello.py", "python", "");
    expect(await outcome(empty, '```python\nprint("hello")\n```\n')).toBe('print("hello")\n');
    expect(edits(empty, "```bash\npython hello.py\n```\n")).not.toMatchObject([
      { pathIsSure: true },
    ]);
  });

  it("gives its code with the line that closes it, where the file has no fences", () => {
    const steps = streamed(shapes, `Here:\n\`\`\`python\n${area}\n\`\`\`\nAnd so on.\n`);
    expect(steps.map((step) => step.length)).toEqual([0, 0, 0, 0, 1, 0, 0]);
  });
});
