import { describe, expect, it } from "vitest";
import { codeOf } from "../../src/syntax/embedded-scripts";
import { createSyntaxSource } from "../../src/syntax/syntax-source";
import { processorMs } from "../support/processor-time";
import { cut, installedGrammars } from "./place";

const source = createSyntaxSource(installedGrammars());
const component = `<!-- <script>nope()</script> -->
<template>
  <div v-if="a < b">{{ "😀" }}</div>
</template>

<script lang="ts">
export default { name: "x", data() { return {}; } };
</script>

<script setup lang="ts" generic="T extends Map<string, U>">
import { ref } from "vue";
/** Counts. */
function count(n: number): number {
  return n + 1;
}
const load = async () => {};
</script>

<style scoped>
.a > .b { content: "<script>"; }
</style>
`;

describe("Scripts in markup", () => {
  it("are read where they are, and nothing else is", async () => {
    const outline = await source.outline("vue", component);
    expect(outline?.map(({ name }) => name)).toEqual(["data", "count", "load"]);
    const count = outline?.[1];
    expect(count).toMatchObject({
      doc: "/** Counts. */",
      range: { start: { line: 11, character: 0 } },
    });
    expect(count && cut(component, count.bodyRange)).toBe(
      "function count(n: number): number {\n  return n + 1;\n}",
    );
  });

  it("are read for a place in them too", async () => {
    const at = { line: 13, character: 4 };
    const target = { languageId: "vue", text: component, range: { start: at, end: at } };
    const context = await source.context(target);
    expect(context?.enclosing?.name).toBe("count");
    expect(context?.imports).toHaveLength(1);
  });

  it("say what is wrong in them, but nothing about the markup when nothing is", async () => {
    expect(await source.check("vue", component)).toBeUndefined();
    const broken = component.replace("return n + 1;", "return n +;");
    expect((await source.check("vue", broken))?.errors[0]?.start.line).toBe(13);
  });

  it.each([
    ["html", "<script>a()</script>", "javascript", "a()"],
    ["html", '<SCRIPT TYPE="module">a()</SCRIPT >', "javascript", "a()"],
    ["html", "<script type=text/javascript>a()</script>", "javascript", "a()"],
    ["svelte", "<script lang='ts'>\r\n  a()\r\n</script>", "typescript", "\r\n  a()\r\n"],
    ["vue", '<script lang="tsx">a()</script>', "typescriptreact", "a()"],
    ["html", "<p>1 < 2</p><script>a()</script><script>b()</script>", "javascript", "a()b()"],
  ])("in %s %j are in the language %s", (languageId, text, language, code) => {
    const found = codeOf(languageId, text);
    expect(found?.languageId).toBe(language);
    expect(found?.text).toHaveLength(text.length);
    expect(found?.text.replace(/ /g, "")).toBe(code.replace(/ /g, ""));
  });

  it.each([
    ["html", '<script type="application/json">{"a": 1}</script>'],
    ["html", '<script type="importmap">{}</script>'],
    ["html", "<p>text</p>"],
    ["html", "<script>never closed"],
    ["html", "<!-- <script>a()</script>"],
    ["svelte", "<scripts>a()</scripts>"],
    ["vue", ""],
  ])("are not there in %s %j", (languageId, text) => {
    expect(codeOf(languageId, text)).toBeUndefined();
  });

  it.each([
    ["openings", "<script "],
    ["comments", "<!--"],
    ["quotes", "<script a='"],
    ["spaces", `<script${" ".repeat(50)}`],
    ["scripts", "<script>a</script>"],
    ["attributes", "<script>"],
  ])("are looked for in a time that grows with the text: %s", (_, piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    expect(processorMs(() => codeOf("html", text))).toBeLessThan(5_000);
  });
});
