import { describe, expect, it } from "vitest";
import { mentionsIn, mentionText } from "../../../src/core/context/mentions";

describe("mentions", () => {
  it("name files, folders, symbols and what the editor shows, each once", () => {
    expect(
      mentionsIn(
        'Why does @file:src/a.ts fail? See @folder:"my docs", @symbol:Basket.total and @problems. @problems',
      ),
    ).toEqual([
      { kind: "file", name: "src/a.ts" },
      { kind: "folder", name: "my docs" },
      { kind: "symbol", name: "Basket.total" },
      { kind: "problems" },
    ]);
  });

  it("are not decorators, addresses, or parts of words", () => {
    expect(
      mentionsIn("@property a@file:b.c me@diff.org @diff(x) @selection.x @filename @file:"),
    ).toEqual([]);
  });

  it("are written so that they can be read again", () => {
    for (const name of ["a b.ts", "a.ts", "odd.", "src/x)"]) {
      const text = mentionText({ kind: "file", name });
      expect(mentionsIn(`look at ${text}, please`)).toEqual([{ kind: "file", name }]);
    }
  });
});
