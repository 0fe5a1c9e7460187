import { describe, expect, it } from "vitest";
import { languageById, languageFacts, languageNamed } from "../../../src/base/languages/languages";
import { isImport, namesBound } from "../../../src/core/edit/code/added/import-lines";

describe("A dialect", () => {
  it("has what its language has, but for what it says of itself and what it is called", () => {
    expect(languageFacts("dockercompose")).toEqual(languageFacts("yaml"));
    expect(languageById("dockercompose")?.quietAs).toBe("thinkaloud-yaml");
    expect(languageFacts("jsonc").lineComments).toEqual(["//"]);
    expect(languageById("jsonc")?.endings).toBeUndefined();
  });

  it("is the whole language in a fence", () => {
    expect(languageNamed("jsonc")).toBe(languageById("json"));
  });
});

describe("A line that brings names in", () => {
  it.each([
    ["python", "from a import b, c as d", ["b", "d"]],
    ["javascript", 'import one, { two as three } from "./a";', ["one", "three"]],
    ["typescript", 'const { a, b } = require("c");', ["a", "b"]],
    ["rust", "use shelf::{Book, Page};", ["shelf", "Book", "Page"]],
    ["csharp", "using Shop.Orders;", []],
    ["lua", 'local words = require("words")', ["words"]],
    ["zig", 'const std = @import("std");', ["std"]],
    ["plaintext", "from a import b", ["b"]],
  ])("of %s: %s", (languageId, line, names) => {
    const facts = languageFacts(languageId);
    expect(isImport(line, facts)).toBe(true);
    expect(namesBound(line, facts)).toEqual(names);
  });

  it.each([
    ["python", "using shelf;"],
    ["rust", "source /etc/profile"],
    ["css", "import shelf"],
    ["javascript", "    import shelf"],
  ])("of another language is none of %s: %s", (languageId, line) => {
    expect(isImport(line, languageFacts(languageId))).toBe(false);
  });
});
