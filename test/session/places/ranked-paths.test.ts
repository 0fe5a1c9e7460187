import { expect, it } from "vitest";
import { foldersOf, rankedPaths } from "../../../src/session/places/ranked-paths";

it("names that begin with a word come first, then names that hold it, then paths; short ones before long", () => {
  const paths = ["word/a.ts", "src/sword.ts", "src/deep/Word.ts", "word.ts", "src/other.ts"];
  expect(rankedPaths(paths, "wor", 9)).toEqual([
    "word.ts",
    "src/deep/Word.ts",
    "src/sword.ts",
    "word/a.ts",
  ]);
  expect(rankedPaths(paths, "wor", 2)).toHaveLength(2);
});

it("folders are those of files and those above them, once each", () => {
  expect(foldersOf(["a/b/c.ts", "a/d.ts", "e.ts"])).toEqual(["a", "a/b"]);
});
