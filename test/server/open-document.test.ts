import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { OpenDocument } from "../../src/server/open-document";
import { ParsedText } from "../../src/syntax/parsed-text";
import { installedGrammars } from "../syntax/place";

const grammars = installedGrammars();

/** A small generator with a seed, so that a failure can be seen again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const texts: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  python: [
    'import os\r\n\r\n@dec\r\ndef f(a="😀"):\r\n\t"""𝒳 doc"""\r\n\tif a:\r\n\t\treturn [1, 2]\r\n\r\nclass A:\r\n    def m(self):\r\n        return "é😀"\r\n',
    [
      ...["", " ", "\n", "\r\n", "    ", "\t", "def g(x):\n    return x\n", '"""', "😀", "("],
      ...[")", ":", "#", "'", "class B:\n    pass\n"],
    ],
  ],
  typescript: [
    'import { a } from "x";\n\n/** 😀 */\nexport class A<T> {\n  m(x = `a`): T { return { a: [1] } as T; }\n}\n\nexport const f = async () => { await 1; };\n',
    [
      ...["", "\n", "\r\n", "{", "}", "(", ")", "`", "/*", "*/", "//", "😀"],
      ...["function g() { return 1; }\n", '"', "class B {}\n", ";", "\t"],
    ],
  ],
};

describe("A tree that follows the typing", () => {
  for (const languageId of Object.keys(texts)) {
    it.each(Array.from({ length: 12 }, (_, index) => index + 1))(
      `equals a tree made from scratch after random edits of ${languageId}, seed %i`,
      async (seed) => {
        const next = random(seed);
        const [start, pieces] = texts[languageId] as readonly [string, readonly string[]];
        const document = new OpenDocument(
          TextDocument.create("file:///a", languageId, 1, start),
          grammars,
          () => {},
        );
        let plain = TextDocument.create("file:///a", languageId, 1, start);
        const undo: { from: number; to: number; text: string }[] = [];
        const replace = (from: number, to: number, text: string) => {
          const before = plain.getText();
          const change = {
            range: { start: plain.positionAt(from), end: plain.positionAt(to) },
            text,
          };
          // A place between the two characters of one line end does not exist; the document takes
          // it as the place in front of them.
          const [first, last] = [
            plain.offsetAt(change.range.start),
            plain.offsetAt(change.range.end),
          ];
          undo.push({ from: first, to: first + text.length, text: before.slice(first, last) });
          plain = TextDocument.update(plain, [change], plain.version + 1);
          return change;
        };
        let compared = 0;
        const compare = async () => {
          const parsed = await document.parsed();
          expect(parsed?.text).toBe(plain.getText());
          const grammar = await grammars.load(languageId);
          const fresh = grammar && ParsedText.of(plain.getText(), grammar);
          if (parsed === undefined || fresh === undefined) throw new Error("no tree");
          const { hasError } = fresh.tree.rootNode;
          expect(parsed.check().errors.length > 0).toBe(fresh.check().errors.length > 0);
          // Where code is broken tree-sitter may recover in another way than from scratch; sound
          // code has one tree only.
          if (!hasError) {
            compared++;
            expect(parsed.tree.rootNode.toString()).toBe(fresh.tree.rootNode.toString());
            expect(parsed.declarations()).toEqual(fresh.declarations());
          }
          fresh.delete();
        };
        for (let round = 0; round < 8; round++) {
          undo.length = 0;
          for (let step = 0; step < 5; step++) {
            const changes = Array.from({ length: 1 + next(3) }, () => {
              const from = next(plain.getText().length + 1);
              const to = Math.min(
                plain.getText().length,
                from + (next(3) === 0 ? next(30) : next(3)),
              );
              return replace(from, to, pieces[next(pieces.length)] ?? "");
            });
            document.update(changes, plain.version);
            // Some edits pile up before the tree is asked for, as they do while a person types.
            if (next(3) > 0) await compare();
          }
          for (let last = undo.pop(); last !== undefined; last = undo.pop()) {
            const change = replace(last.from, last.to, last.text);
            undo.pop();
            document.update([change], plain.version);
            if (next(3) === 0) await compare();
          }
          await compare();
        }
        expect(compared).toBeGreaterThan(8);
        document.close();
      },
    );
  }

  it("a paste over the whole document, and hundreds of cursors at once, are followed too", async () => {
    const document = new OpenDocument(
      TextDocument.create("file:///a", "python", 1, "x = 1\n".repeat(400)),
      grammars,
      () => {},
    );
    await document.parsed();
    document.update(
      Array.from({ length: 400 }, (_, index) => ({
        range: { start: { line: index, character: 0 }, end: { line: index, character: 1 } },
        text: `def f${index}(): y`,
      })),
      2,
    );
    expect((await document.declarations())?.declarations.outline).toHaveLength(400);
    document.update([{ text: "def g(): pass\n" }], 3);
    expect(
      (await document.declarations())?.declarations.outline.map((symbol) => symbol.name),
    ).toEqual(["g"]);
    expect((await document.declarations())?.version).toBe(3);
  });

  it("a closed document answers nothing, also when it was asked before", async () => {
    const document = new OpenDocument(
      TextDocument.create("file:///a", "python", 1, "def f(): pass\n"),
      grammars,
      () => {},
    );
    const asked = document.declarations();
    document.close();
    expect(await asked).toBeUndefined();
    expect(await document.parsed()).toBeUndefined();
  });

  it("the scripts of markup are followed while tags come, change and go", async () => {
    const start = "<p>a</p>\n";
    const document = new OpenDocument(
      TextDocument.create("file:///a", "vue", 1, start),
      grammars,
      () => {},
    );
    let version = 2;
    const type = async (from: string, to: string) => {
      const plain = TextDocument.create("file:///a", "vue", 1, document.text);
      const at = document.text.indexOf(from);
      const range = { start: plain.positionAt(at), end: plain.positionAt(at + from.length) };
      document.update([{ range, text: to }], version++);
      const found = await document.declarations();
      expect(found?.text ?? document.text).toBe(document.text);
      return found?.declarations.outline.map((symbol) => symbol.name);
    };
    expect(await type("<p>", "<script>function f() {}</script>\n<p>")).toEqual(["f"]);
    expect(await type("<p>", "<script>function g() {}</script>\n<p>")).toEqual(["f", "g"]);
    expect(await type("<script>", '<script lang="ts">')).toEqual(["f", "g"]);
    expect(await type("f() {}", "f(a: string): void {}")).toEqual(["f", "g"]);
    expect(await type("</p>", " and more</p>")).toEqual(["f", "g"]);
    expect(await type("<script", "<!-- <script")).toBeUndefined();
    expect(await type("<!-- ", "")).toEqual(["f", "g"]);
    document.close();
  });
});
