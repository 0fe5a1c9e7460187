import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { declarationsOf } from "../../src/syntax/declarations";
import { LineTable } from "../../src/syntax/line-table";
import { ParsedText } from "../../src/syntax/parsed-text";
import { languageSamples } from "./language-samples";
import { installedGrammars } from "./place";

const grammars = installedGrammars();

/** A small generator with a seed, so that a failure can be seen again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pieces = [
  "// c",
  "# c",
  "/* a\n\nb */",
  "}",
  "{",
  "(",
  "@dec",
  "#[a]",
  "export ",
  "😀",
  '"',
  "class A {",
  "x = 1",
  "",
];

/**
 * What people and models do to a text: a line less, twice, elsewhere, renamed, and what leaves it
 * broken.
 */
function edited(text: string, next: (below: number) => number): string {
  const lines = text.split("\n");
  const at = next(lines.length);
  const few = 1 + next(8);
  const elsewhere = next(lines.length);
  const renamed = (line: string) =>
    line.replace(/\w+/g, (word) => (next(3) === 0 ? `${word}y` : word));
  switch (next(7)) {
    case 0:
      lines.splice(at, few);
      break;
    case 1:
      lines.splice(elsewhere, 0, ...lines.slice(at, at + few));
      break;
    case 2:
      lines.splice(elsewhere, 0, ...lines.slice(at, at + few).map(renamed));
      break;
    case 3:
      lines.splice(
        at,
        1,
        (lines[at] ?? "").replace(/\w+/, (word) => `${word}x`),
      );
      break;
    case 4:
      lines.splice(at, 0, `${/^\s*/.exec(lines[at] ?? "")?.[0]}${pieces[next(pieces.length)]}`);
      break;
    case 5: {
      const from = next(text.length + 1);
      return text.slice(0, from) + text.slice(from + next(8));
    }
    default: {
      const from = next(text.length + 1);
      return (
        text.slice(0, from) + [" ", "\n", "a", ",", ";", ")", "}", "*/"][next(8)] + text.slice(from)
      );
    }
  }
  return lines.join("\n");
}

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");
const texts: readonly (readonly [name: string, languageId: string, text: string])[] = [
  ...Object.entries(languageSamples).map(
    ([id, text]) => [`the sample of ${id}`, id, text] as const,
  ),
  ["syntax-client.ts", "typescript", read("../../src/editor/syntax/syntax-client.ts")],
  ["meetings.py", "python", read("../sample/meetings.py")],
];

describe("A text that became another", () => {
  it.each(texts)(
    "has the declarations of a text that is read from scratch: %s",
    async (_, id, text) => {
      const grammar = await grammars.load(id);
      if (grammar === undefined) throw new Error("no grammar");
      let sound = 0;
      for (let seed = 1; seed <= 5; seed++) {
        const next = random(seed);
        let before = ParsedText.of(text, grammar);
        before?.declarations();
        for (let round = 0; round < 12; round++) {
          const changed = edited(before?.text ?? "", next);
          const after = before?.changedTo(changed);
          const fresh = ParsedText.of(changed, grammar);
          if (after === undefined || fresh === undefined) throw new Error("no tree");
          const source = {
            tree: after.tree,
            text: changed,
            lines: LineTable.of(changed),
            rules: grammar.rules,
          };
          expect(after.declarations(), `seed ${seed}, round ${round}`).toEqual(
            declarationsOf(source),
          );
          expect(after.check().errors.length > 0).toBe(fresh.check().errors.length > 0);
          // Where code is broken tree-sitter may recover in another way than from scratch; sound
          // code has one tree only.
          if (fresh.check().errors.length === 0) {
            sound++;
            expect(after.declarations()).toEqual(fresh.declarations());
          }
          fresh.delete();
          // Mostly on from what is sound, or all would soon be broken.
          const goesOn = next(fresh.check().errors.length === 0 ? 2 : 6) === 0;
          const [kept, freed] = goesOn ? [after, before] : [before, after];
          freed?.delete();
          before = kept;
        }
        before?.delete();
      }
      expect(sound).toBeGreaterThan(5);
    },
  );

  it("that it came from stays as it is", async () => {
    const grammar = await grammars.load("python");
    const before = grammar && ParsedText.of("def f(): pass\n", grammar);
    const after = before?.changedTo("def g():\n    def h(): pass\n");
    before?.delete();
    expect(after?.declarations().outline.map((symbol) => symbol.name)).toEqual(["g", "h"]);
    after?.delete();
  });
});
