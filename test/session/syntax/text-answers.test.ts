import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { TextSyntaxParams, TextSyntaxResult } from "../../../src/protocol/language-server";
import { KnownTexts } from "../../../src/server/known-texts";
import { textSyntax } from "../../../src/server/text-syntax";
import { TextAnswers } from "../../../src/session/syntax/text-answers";
import { createSyntaxSource } from "../../../src/syntax/syntax-source";
import { languageSamples } from "../../syntax/language-samples";
import { installedGrammars } from "../../syntax/place";

const grammars = installedGrammars();
const fresh = createSyntaxSource(grammars);

/** The two ends with the server's real answers between them, as plain data. */
function world() {
  const source = createSyntaxSource(grammars);
  let known = new KnownTexts();
  const asked: TextSyntaxParams[] = [];
  const replies: TextSyntaxResult[] = [];
  let failure: Error | undefined;
  const answers = new TextAnswers(async (params) => {
    asked.push(params);
    if (failure !== undefined) throw failure;
    const result = (await textSyntax(JSON.parse(JSON.stringify(params)), source, known)) ?? null;
    replies.push(JSON.parse(JSON.stringify(result)));
    return replies.at(-1) ?? null;
  });
  return {
    answers,
    asked,
    replies,
    restart: () => {
      known = new KnownTexts();
    },
    fail: (error: Error | undefined) => {
      failure = error;
    },
  };
}

const client = readFileSync(
  fileURLToPath(new URL("../../../src/editor/syntax/syntax-client.ts", import.meta.url)),
  "utf8",
);
const texts: readonly (readonly [string, string])[] = [
  ["typescript", client],
  ...Object.entries(languageSamples),
];

describe("The answers about texts", () => {
  it.each(texts)(
    "are for a changed text in %s what they are for it alone",
    async (languageId, text) => {
      const { answers } = world();
      const lines = text.split("\n");
      let current = text;
      for (let round = 0; round < 24; round++) {
        const at = (round * 7) % lines.length;
        const changed = [...lines];
        if (round % 4 === 0) changed.splice(at, 1);
        if (round % 4 === 1)
          changed.splice(at, 0, lines[at] ?? "", lines[(at * 3) % lines.length] ?? "");
        if (round % 4 === 2) changed[at] = `${changed[at]?.replace(/\w+/, (word) => `${word}x`)} `;
        if (round % 4 === 3) changed.splice(at, 3, ...lines.slice(0, 2), "", "");
        current = changed.join("\n");
        const outline = await fresh.outline(languageId, current);
        const check = await fresh.check(languageId, current);
        expect(await answers.read(languageId, current)).toEqual({ outline, check });
      }
      expect(current).not.toBe(text);
    },
  );

  it("are asked for once for a text, and a near text is sent as what differs", async () => {
    const { answers, asked, replies } = world();
    await Promise.all([answers.read("typescript", client), answers.read("typescript", client)]);
    expect(asked).toEqual([{ languageId: "typescript", text: client }]);
    const changed = client.replace("#deaths = 0;", "#deaths = 1;\n  #more = 2;");
    await answers.read("typescript", changed);
    await answers.read("typescript", changed);
    expect(asked).toHaveLength(2);
    expect(JSON.stringify(asked[1]).length).toBeLessThan(200);
    expect(JSON.stringify(replies[1]).length).toBeLessThan(2_000);
  });

  it("need not be asked for again where the context gave the outline", async () => {
    const { answers, asked } = world();
    const other = world();
    await other.answers.read("typescript", client);
    const outline = await fresh.outline("typescript", client);
    const start = { line: 0, character: 0 };
    const target = {
      ...{ uri: "file:///client.ts", path: "client.ts", languageId: "typescript", version: 1 },
      ...{ text: client, range: { start, end: start }, diagnostics: [] },
    };
    const context = { outline: outline ?? [], imports: [] };
    await answers.context(target, async () => ({ version: 1, context, text: "a name" }));
    await answers.read("typescript", `${client}\n`);
    expect(asked[0]).toMatchObject({ base: "a name", inserted: "\n" });
  });

  it("are asked for with the whole text when the server has started anew", async () => {
    const { answers, asked, restart } = world();
    await answers.read("typescript", client);
    restart();
    const found = await answers.read("typescript", `${client}\nfunction more() {}\n`);
    expect(found?.outline.at(-1)?.name).toBe("more");
    expect(asked.map((params) => "text" in params)).toEqual([true, false, true]);
  });

  it("are asked for again after the server could not be asked", async () => {
    const { answers, fail } = world();
    fail(new Error("down"));
    await expect(answers.read("python", "a = 1\n")).rejects.toThrow("down");
    fail(undefined);
    expect((await answers.read("python", "a = 1\n"))?.outline).toHaveLength(1);
  });

  it("are undefined for a language without a grammar, which is asked about once", async () => {
    const { answers, asked } = world();
    expect(await answers.read("lua", "x = 1")).toBeUndefined();
    expect(await answers.read("lua", "x = 1")).toBeUndefined();
    expect(asked).toHaveLength(1);
  });
});
