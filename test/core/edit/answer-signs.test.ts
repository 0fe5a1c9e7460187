import { describe, expect, it } from "vitest";
import { codeReadings } from "../../../src/core/edit/answer/answer-edit";
import { edits, file } from "./support/read";

function readings(own: ReturnType<typeof file>, code: string): string[] {
  const [edit] = edits(own, `\`\`\`\n${code}\n\`\`\`\n`);
  return edit?.kind === "code" ? codeReadings(edit).map(({ lines }) => lines.join("\n")) : [];
}

describe("code with signs that a chat puts in the place of others can be read without them", () => {
  it.each([
    [
      "entities",
      file("m.cpp", "cpp", "int f(std::vector<int> v) {\n  return v.size() > 1;\n}\n"),
      "int f(std::vector&lt;int&gt; v) {\n  return v.size() &gt; 2 &amp;&amp; v[0] != &#39;a&#x27;;\n}",
      "int f(std::vector<int> v) {\n  return v.size() > 2 && v[0] != 'a';\n}",
    ],
    [
      "odd spaces in front of a line, and signs that nobody sees",
      file("f.py", "python", "def area(w, h):\n    return w + h\n"),
      "def area(w, h):\n\u00a0\u00a0\u00a0\u00a0return w\u202f*\u200b h",
      "def area(w, h):\n    return w * h",
    ],
    [
      "typographic quotes and dashes",
      file("f.py", "python", "def f():\n    return 'a' - 1\n"),
      "def f():\n    return “b” – ‘c’",
      "def f():\n    return \"b\" - 'c'",
    ],
  ])("%s", (_, own, code, plain) => {
    expect(readings(own, code)).toEqual([code, plain]);
  });

  const area = file("f.py", "python", "def area(w, h):\n    w_2 = w * 2\n    return w_2 + h\n");
  const wanted = "def area(w, h):\n    w_2 = w * 2\n    return w_2 * h";

  it.each([
    ["line numbers", "  1 | def area(w, h):\n  2 |     w_2 = w * 2\n  3 |     return w_2 * h"],
    ["line numbers and a tab", "7\tdef area(w, h):\n8\t    w_2 = w * 2\n9\t    return w_2 * h"],
    ["backslashes of Markdown", wanted.replace(/[_*]/g, "\\$&")],
    ["tabs written as escapes", wanted.replace(/^ {4}/gm, "\\t")],
    ["line breaks written as escapes", JSON.stringify(wanted).slice(1, -1)],
    ["carets below a line", `${wanted}\n           ^^^^^^^ here`],
    ["an empty line behind each", `${wanted.replaceAll("\n", "\n\n")}\n`],
    ["bold marks", wanted.replace("return w_2 * h", "**return w_2 + h**").replace("+ h", "- h")],
    ["wide signs", wanted.replace("(w, h)", "（w， h）")],
  ])("%s", (what, code) => {
    const plain = what === "bold marks" ? wanted.replace("* h", "- h") : wanted;
    const read = what.startsWith("tabs") ? plain.replace(/^ {4}/gm, "\t") : plain;
    expect(readings(area, code)).toEqual([code, read]);
  });

  it("but not where the file has such lines itself", () => {
    const text = "1 | a_b\n2 | c\\_d\n^^^^\n**e**\n";
    const own = file("t.txt", "plaintext", text);
    for (const code of [text.trimEnd(), "1 | x\n2 | y", "a\\_b", "^^^^", "**e**"]) {
      expect(readings(own, code)).toEqual([code]);
    }
  });

  it("first without those that are surely wrong, then without all", () => {
    const own = file("m.go", "go", "func F(a, b bool) bool {\n\treturn a || b\n}\n");
    const code = "func F(a, b bool) bool {\n\treturn a &amp;&amp; b // “both”\n}";
    const decoded = code.replaceAll("&amp;", "&");
    expect(readings(own, code)).toEqual([code, decoded, decoded.replace(/[“”]/g, '"')]);
  });

  it("but not where the file has them itself", () => {
    const own = file("f.py", "python", 'a = "&lt;"\nn = "10\u00a0km"\ns = "“"\n');
    const code = 'a = "&lt;b"\nn = "11\u00a0km"\ns = "“"';
    expect(readings(own, code)).toEqual([code]);
    expect(readings(own, `${code}&gt;`)).toEqual([`${code}&gt;`, `${code}>`]);
  });

  it("but not entities where the file is markup", () => {
    const own = file("i.html", "html", "<p>a</p>\n");
    expect(readings(own, "<p>a &amp; b</p>")).toEqual(["<p>a &amp; b</p>"]);
  });

  it("but not when nothing is known of the file, or nothing is odd", () => {
    const own = file("f.py", "python", "a = 1\n");
    expect(readings(own, "a = 2")).toEqual(["a = 2"]);
    expect(readings(own, "a &unknown; &#0; &#xd800;")).toEqual(["a &unknown; &#0; &#xd800;"]);
  });
});
