import { describe, expect, it } from "vitest";
import { languageOf } from "../../../src/base/languages/language-of-file";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { outcomeOf } from "./support/outcome";

const python = `import math


def area(width, height):
    if width < 0:
        raise ValueError("width")
    size = width * height
    return size


def around(width, height):
    total = width + height
    return 2 * total
`;
const script = `export function area(width, height) {
  const size = width * height;
  return size;
}

export function around(width, height) {
  const total = width + height;
  return 2 * total;
}
`;

const edit = (search: string, replace: string): string =>
  `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

async function of(path: string, text: string, answer: string): Promise<string> {
  const languageId = languageOf(path, text);
  const plan = await planEdits({ answer, truncated: false, files: [{ path, languageId, text }] });
  return outcomeOf(plan);
}

describe("A new half that says more than the quotation", () => {
  it("gives back lines beside it, which do not stand there twice", async () => {
    const replace =
      '        raise ValueError("width")\n    size = width * height * 2\n    return size';
    expect(await of("a.py", python, edit("    size = width * height", replace))).toBe(
      python.replace("width * height", "width * height * 2"),
    );
  });

  it("is a whole function where its head alone is quoted, by indentation", async () => {
    const whole = python.slice(python.indexOf("def around")).trimEnd().replace("2 *", "3 *");
    expect(await of("a.py", python, edit("def around(width, height):", whole))).toBe(
      python.replace("2 *", "3 *"),
    );
  });

  it("is a whole function where its head alone is quoted and its first line changes", async () => {
    const whole = python
      .slice(python.indexOf("def area"), python.indexOf("\n\n\ndef around"))
      .replace("width < 0", "width <= 0");
    const [head = ""] = whole.split("\n");
    expect(await of("a.py", python, edit(head, whole))).toBe(python.replace("< 0", "<= 0"));
    // What goes in front of the body stays there.
    const guard = `${head}\n    if height < 0:\n        raise ValueError("height")`;
    expect(await of("a.py", python, edit(head, guard))).toBe(python.replace(head, guard));
  });

  it("is a whole function where its head alone is quoted, above a bracket of its own line", async () => {
    const head = "int area(int width, int height)";
    const own = `${head}\n{\n  return width * height;\n}\n`;
    const fresh = `${head}\n{\n  check(width);\n  return width * height;\n}`;
    const text = `${own}\nint one(void)\n{\n  return 1;\n}\n`;
    expect(await of("a.c", text, edit(head, fresh))).toBe(text.replace(own, `${fresh}\n`));
  });

  it("is a whole function where its head alone is quoted, by brackets", async () => {
    const head = "export function area(width, height) {";
    const fresh = `${head}\n  const scale = 2;\n  return width * height * scale;\n}`;
    const old = script.slice(0, script.indexOf("}\n") + 1);
    expect(await of("a.js", script, edit(head, fresh))).toBe(script.replace(old, () => fresh));
  });

  it("is one function of a file that is quoted whole, and the others stay", async () => {
    const whole = python.slice(python.indexOf("def around")).trimEnd().replace("2 *", "3 *");
    expect(await of("a.py", python, edit(python.trimEnd(), whole))).toBe(
      python.replace("2 *", "3 *"),
    );
  });

  it("is refused where it is written twice", async () => {
    const fresh = "    total = width + height + 1\n    return 2 * total";
    const search = "    total = width + height\n    return 2 * total";
    expect(await of("a.py", python, edit(search, `${fresh}\n${fresh}`))).toMatch(/twice/);
  });

  it("is refused where a bracket would lose its other half", async () => {
    const search = "  const total = width + height;";
    expect(await of("a.js", script, edit(search, `${search}\n  if (total < 0) {`))).toMatch(
      /bracket/,
    );
  });
});

describe("A new function by itself", () => {
  const fresh = "def scale(size):\n    return size * 2";
  const given = (said: string): string => `${said}\n\n\`\`\`python\n${fresh}\n\`\`\`\n`;

  it("goes behind the one that the sentence above it names", async () => {
    expect(await of("a.py", python, given("Add this function after `area`:"))).toBe(
      python.replace("\n\n\ndef around", `\n\n\n${fresh}\n\n\ndef around`),
    );
  });

  it("goes before the one that it is said to stand before", async () => {
    expect(await of("a.py", python, given("Put it before `around`."))).toBe(
      python.replace("def around", `${fresh}\n\n\ndef around`),
    );
  });

  it("is not there yet where it is an import that nothing uses, alone", async () => {
    const go = 'package a\n\nimport (\n\t"fmt"\n)\n\nfunc say() {\n\tfmt.Println("a")\n}\n';
    const answer = '```go\nimport (\n\t"errors"\n\t"fmt"\n)\n```';
    expect(await of("a.go", go, answer)).toMatch(/noEdit/);
  });

  it("has no place where nothing is said of one", async () => {
    expect(await of("a.py", python, given("You can use this function:"))).toMatch(/noEdit/);
  });
});

describe("Code that shows a head and no body", () => {
  it.each(["    pass", "    # TODO: implement", "    ..."])("leaves the body: %s", async (stub) => {
    const answer = `It looks like this:\n\n\`\`\`python\ndef around(width, height):\n${stub}\n\`\`\`\n`;
    expect(await of("a.py", python, answer)).not.toContain(stub.trim());
  });

  it("adds the docstring that stands below the head", async () => {
    const doc = '    """The way around."""';
    const answer = `Documented:\n\n\`\`\`python\ndef around(width, height):\n${doc}\n\`\`\`\n`;
    expect(await of("a.py", python, answer)).toBe(
      python.replace("around(width, height):\n", `around(width, height):\n${doc}\n`),
    );
  });

  it("under another name is refused", async () => {
    const code = "def border(width, height):\n    total = width + height\n    return 2 * total";
    const answer = `I renamed \`around\` to \`border\`:\n\n\`\`\`python\n${code}\n\`\`\`\n`;
    expect(await of("a.py", python, answer)).toMatch(/^noEdit/);
  });
});

describe("A fence of another language", () => {
  const changed = script.replace("width * height", "width * height * 2");

  it("is the file's where its text is", async () => {
    expect(await of("a.js", script, `\`\`\`css\n${changed}\`\`\`\n`)).toBe(changed);
  });

  it("is a command where it has a line of its own around the file's text", async () => {
    const command = `cat > a.js <<'EOF'\n${changed}EOF\n`;
    expect(await of("a.js", script, `\`\`\`bash\n${command}\`\`\`\n`)).not.toContain("EOF");
  });
});
