import { describe, expect, it } from "vitest";
import { languageFacts } from "../../../src/base/languages/languages";
import { findDeclarations } from "../../../src/core/edit/code/declarations";

/**
 * What the text alone says is declared: `name first-last`, in lines from one on, without what
 * stands above the head.
 */
function declared(languageId: string, text: string): string[] {
  const lines = text.split("\n");
  return findDeclarations(lines, languageFacts(languageId)).map(
    ({ name, head, end, isOpen }) => `${name} ${head + 1}-${end}${isOpen ? " open" : ""}`,
  );
}

describe("By the text alone, a declaration", () => {
  it("of Scala is one behind a modifier with a name in brackets", () => {
    expect(
      declared(
        "scala",
        "private[tools] class Shelf {\n  private[this] def put(): Unit = {\n  }\n}",
      ),
    ).toEqual(["Shelf 1-4", "put 2-3"]);
  });

  it("ends with its expression, where it has no body in braces", () => {
    const shelf = `class Shelf {
  def head: A = all.head

  def put[B](a: B): Boolean =
    all.exists { one =>
      one == a
    }

  def last(): A

  def take(a: A): Unit = {
    all = all - a
  }
}`;
    expect(declared("scala", shelf)).toEqual([
      "Shelf 1-14",
      "head 2-2",
      "put 4-7",
      "last 9-9",
      "take 11-13",
    ]);
  });

  it("of Kotlin may have types before its name, and a class no body", () => {
    const text = `data class Item(val size: Int)

internal fun <N : Node<N>> N.close(): N {
    return this
}

override fun onChange() = Unit
`;
    expect(declared("kotlin", text)).toEqual(["Item 1-1", "close 3-5", "onChange 7-7"]);
  });

  it("goes on over a brace on a line of its own", () => {
    expect(declared("csharp", "class Shelf\n  : Base\n{\n  int size;\n}")).toEqual(["Shelf 1-5"]);
  });

  it("is found in Groovy beside strings in single quotes that hold a comment mark", () => {
    const text =
      "class Rules {\n  def site = new Name('http://rules.org')\n\n  List all() {\n    rules\n  }\n}";
    expect(declared("groovy", text)).toContain("all 4-6");
  });

  it("at the margin is found behind a bracket that only a pattern opens", () => {
    const text = "sub first {\n  return /\\(/;\n}\n\nsub second {\n  return 2;\n}";
    expect(declared("perl", text)).toContain("second 5-7");
  });

  it("is found in an object that a call is given, and no argument is one", () => {
    const text =
      "extend({\n  open: function (a) {\n    return a;\n  },\n});\n\nrun(\n  close(a) {\n);";
    expect(declared("javascript", text)).toEqual(["open 2-4"]);
  });

  it("of Kotlin is none in a comment that holds another", () => {
    const doc = "/**\n * /* Once.\n *  */\n * later(a) {\n *   b\n */\n";
    expect(declared("kotlin", `${doc}fun open() {\n  close()\n}`)).toEqual(["open 7-9"]);
    expect(declared("java", "/* a /* b */\nvoid open() {\n  close();\n}")).toEqual(["open 2-4"]);
  });

  it("that no word ends is open", () => {
    expect(declared("lua", "--- Reads it.\nfunction config.read(file)")).toEqual(["read 2-2 open"]);
    expect(declared("lua", "function read(file)\n  return file\nend")).toEqual(["read 1-3"]);
  });

  it("of Zig may be a type that a constant holds, with its functions in it", () => {
    const text = `const std = @import("std");

/// Numbers in order.
pub const Pile = struct {
    top: usize,

    pub fn push(self: *Pile, one: u32) !void {
        self.top += one; // no "/* block
    }
};
`;
    const found = findDeclarations(text.split("\n"), languageFacts("zig"));
    expect(found.map(({ name, start, end, container }) => [name, start, end, container])).toEqual([
      ["Pile", 2, 10, undefined],
      ["push", 6, 9, "Pile"],
    ]);
  });

  it("of C++ has the name behind that of its class, with its template above it", () => {
    const text = "template<class T>\nT &Shelf::at(Key key) {\n  return all[key];\n}";
    expect(declared("cpp", text)).toEqual(["at 2-4"]);
    expect(findDeclarations(text.split("\n"), languageFacts("cpp"))[0]?.start).toBe(0);
  });
});
