import { describe, expect, it } from "vitest";
import { languageFacts } from "../../../src/base/languages/languages";
import { findDeclarations } from "../../../src/core/edit/code/declarations";
import { objectionTo } from "../../../src/core/edit/judge/judge";

/**
 * What the judge says of two texts, when the answer gave these parts; undefined where it lets them
 * pass.
 */
function objection(
  language: string,
  before: string,
  after: string,
  parts: readonly string[],
): string | undefined {
  const facts = languageFacts(language);
  const textOf = (text: string) => {
    const lines = text.split("\n");
    return { lines, declarations: findDeclarations(lines, facts) };
  };
  const given = parts.map((part) => part.split("\n"));
  const texts = { before: textOf(before), after: textOf(after) };
  return objectionTo({
    ...texts,
    said: given.flat(),
    parts: given,
    written: given.flat(),
    quoted: [],
    toldGone: [],
    facts,
  })?.message;
}

const shelf = `class Shelf {
  room = 4;

  constructor() {
    this.items = [];
  }

  // Items are kept as they came.

  /** Puts one on top. */
  put(item) {
    this.items.push(item);
    this.count += 1;
  }

  /** Takes one away. */
  take() {
    this.count -= 1;
    return this.items.pop();
  }
}
`;

describe("The judge, part by part of the answer, objects", () => {
  const take = "  take() {\n    this.count -= 1;\n    return this.items.pop(1);\n  }";
  const taken = shelf.replace("pop()", "pop(1)");

  it.each([
    ["a value", "room = 4", "room = 5"],
    ["the depth of a line", "  room = 4", "    room = 4"],
    ["a word of a comment", "as they came", "as they come"],
    ["an empty line", "room = 4;\n", "room = 4;\n\n"],
  ])("where %s changes away from all that the answer gives", (_, own, fresh) => {
    expect(objection("javascript", shelf, taken, [take])).toBeUndefined();
    expect(objection("javascript", shelf, taken.replace(own, fresh), [take])).toMatch(
      /^Line \d+ would change, of which the answer does not speak/,
    );
  });

  it("where a line beside the answer’s is new that the answer does not give", () => {
    const after = taken.replace("  take()", "  late = 3;\n  take()");
    expect(objection("javascript", shelf, after, [take])).toMatch(/^`late = 3;` would be new/);
  });

  it("where code goes between two lines that do not follow one another in the answer", () => {
    const file = "open(1)\ncheck()\nlog()\nshow()\nclose()\n";
    const part = "open(2)\ncheck()\nclose()";
    const after = file.replace("open(1)", "open(2)").replace("log()\n", "");
    expect(objection("python", file, after, [part])).toMatch(/^`log\(\)` would be gone/);
    expect(objection("python", file, `${part}\n`, [part])).toBeUndefined();
  });

  it("where a line would stand deeper than the one that it stands beside in the answer", () => {
    const part = "def total(rows):\n  rows = list(rows)\n  count(rows)\n  return sum(rows)";
    const file = "def total(rows):\n    if rows:\n        show(rows)\n    return sum(rows)\n";
    const right = file.replace(/ {4}if.*\n.*\n/, "    rows = list(rows)\n    count(rows)\n");
    expect(objection("python", file, right, [part])).toBeUndefined();
    expect(objection("python", file, right.replace("    count", "        count"), [part])).toMatch(
      /`count\(rows\)` would stand at another depth/,
    );
  });

  it("where half of a comment would be the answer’s and half the file’s", () => {
    const file =
      "/**\n * Adds two.\n * Both are numbers.\n */\nfunction add(a, b) {\n  return a;\n}\n";
    const part = "/**\n * Gives the sum.\n */\nfunction add(a, b) {\n  return a + b;\n}";
    const half = file.replace("Adds two", "Gives the sum").replace("return a", "return a + b");
    expect(objection("javascript", file, half, [part])).toMatch(/would stand among new words/);
    expect(objection("javascript", file, `${part}\n`, [part])).toBeUndefined();
  });

  it("where a field beside the code that the answer gives is gone", () => {
    const part = "  constructor() {\n    this.items = [1];\n  }";
    const after = shelf.replace("  room = 4;\n\n", "").replace("[]", "[1]");
    expect(objection("javascript", shelf, after, [part])).toMatch(/^`room = 4;` would be gone/);
    expect(objection("javascript", shelf, shelf.replace("[]", "[1]"), [part])).toBeUndefined();
  });

  it("where a comment that stands apart is gone, and not where it was changed", () => {
    const part = "  put(item) {\n    this.items.push(item, 1);\n    this.count += 1;\n  }";
    const mended = shelf.replace("(item);", "(item, 1);");
    const apart = "  // Items are kept as they came.\n\n";
    expect(objection("javascript", shelf, mended.replace(apart, ""), [part])).toMatch(
      /^`\/\/ Items are kept as they came\.` would be gone/,
    );
    const reworded = mended.replace("as they came", "as they are");
    const told = `  // Items are kept as they are.\n\n  /** Puts one on top. */\n${part}`;
    expect(objection("javascript", shelf, reworded, [told])).toBeUndefined();
    expect(objection("javascript", shelf, reworded, [part])).toMatch(/^Line 8 would change/);
  });

  it("where a comment of the answer comes to stand above other code", () => {
    const part = "  /** Gives the last one back. */\n  take() {";
    const wrong = shelf.replace("Puts one on top.", "Gives the last one back.");
    expect(objection("javascript", shelf, wrong, [part])).toMatch(/Puts one on top.*be gone/);
    const right = shelf.replace("Takes one away.", "Gives the last one back.");
    expect(objection("javascript", shelf, right, [part])).toBeUndefined();
  });

  it("where a line of the file comes to stand between two that the answer has together", () => {
    const part = "  take() {\n    const one = this.items.pop();\n    return one;\n  }";
    const torn = shelf.replace(
      "    return this.items.pop();",
      "    const one = this.items.pop();\n    this.count -= 1;\n    return one;",
    );
    const wrong = torn.replace("  take() {\n    this.count -= 1;\n", "  take() {\n");
    expect(objection("javascript", shelf, wrong, [part])).toMatch(/above other code/);
  });

  it("in linear time, where thousands of lines of the answer are one", () => {
    const part = (last: string): string =>
      `function deep() {\n${"  if (a) {\n".repeat(6_000)}${last}\n}`;
    const from = process.cpuUsage();
    const found = objection("javascript", part("  first();"), part("  second();"), [
      part("  second();"),
    ]);
    expect(process.cpuUsage(from).user / 1_000).toBeLessThan(2_000);
    expect(found).toBeUndefined();
  });

  it("where a new line stands more often than the answer gives it", () => {
    const part = "  put(item) {\n    check(item, 1);";
    const once = shelf.replace("(item) {\n", "(item) {\n    check(item, 1);\n");
    expect(objection("javascript", shelf, once, [part])).toBeUndefined();
    const twice = once.replace("take() {\n", "take() {\n    check(item, 1);\n");
    expect(objection("javascript", shelf, twice, [part])).toMatch(/more often than in the answer/);
  });

  it("where a line of the file stands again two lines below", () => {
    const part = "    this.items.push(item);\n    note(item, 1);\n    this.count += 1;";
    const right = shelf.replace("(item);\n", "(item);\n    note(item, 1);\n");
    expect(objection("javascript", shelf, right, [part])).toBeUndefined();
    const wrong = right.replace("note(item, 1);\n", "note(item, 1);\n    this.items.push(item);\n");
    const moved = wrong.replace("take() {\n    this.count -= 1;\n", "take() {\n");
    expect(objection("javascript", shelf, moved, [part])).toBe(
      "`this.items.push(item);` would stand twice.",
    );
  });

  it("but not where an end of a block stands again two lines below", () => {
    const part = "    if (full) {\n      this.count += 1;\n    }\n  }";
    const after = shelf.replace(
      "    this.count += 1;\n",
      "    if (full) {\n      this.count += 1;\n    }\n",
    );
    expect(objection("javascript", shelf, after, [part])).toBeUndefined();
  });

  it("where another version of a method comes to stand beside its class", () => {
    const version =
      "function take() {\n  this.count -= 2;\n  const one = this.items.pop();\n  return this.items.pop();\n}";
    const said = objection("javascript", shelf, `${shelf}\n${version}\n`, [version]);
    expect(said).toBe("`take` would be in the file twice.");
    const other = "function take() {\n  const hand = document.hands[0];\n  hand.open();\n}";
    expect(objection("javascript", shelf, `${shelf}\n${other}\n`, [other])).toBeUndefined();
  });
});

describe("The judge, part by part of the answer, lets pass", () => {
  it("a rule of a style sheet under another name, though another class has one of its old name", () => {
    const rules =
      ".one {\n  .shut {\n    color: red;\n  }\n}\n\n.two {\n  .shut {\n    color: blue;\n  }\n}\n";
    const part = ".one {\n  .closed {\n    color: red;\n  }\n}";
    expect(objection("scss", rules, rules.replace("shut", "closed"), [part])).toBeUndefined();
    const moved = `${rules.replace("  .shut {\n    color: red;\n  }\n", "  color: red;\n")}\n.shut {\n}\n`;
    expect(objection("scss", rules, moved, [".one {\n  color: red;\n}"])).toMatch(
      /no longer be in/,
    );
  });

  it("a rule of a style sheet with another of its selectors, where the first stays", () => {
    const rules = ".open,\n.shut {\n  color: red;\n}\n";
    const after = rules.replace("shut", "closed");
    expect(objection("scss", rules, after, [after])).toBeUndefined();
  });

  it("a variable of a method, which is in its class as the method is", () => {
    const before = "class Rule {\n  void visit(Node node) {\n    find(node)\n    end(node)\n  }\n}";
    const after = before.replace("    end", "    def mark = find(node)\n    end");
    expect(objection("groovy", before, after, [after])).toBeUndefined();
  });

  it("a line that moved deeper beside an equal one of another function", () => {
    const before =
      "def failed(a):\n    self.store_result(a, 1)\n\ndef skipped(a):\n    self.store_result(a, 1)\n";
    const part = "def failed(a):\n    if on:\n        self.store_result(a, 1)";
    const after = before.replace(
      "    self.store_result(a, 1)",
      "    if on:\n        self.store_result(a, 1)",
    );
    expect(objection("python", before, after, [part])).toBeUndefined();
  });

  it("a second line that says little near another, and not one that says much", () => {
    const before = "def open(name):\n    if name:\n        check(name)\n    return None\n";
    const loop =
      "    for one in name:\n        if one:\n            break\n        else:\n            break\n";
    const after = before.replace("    return", `${loop}    return`);
    expect(objection("python", before, after, [after])).toBeUndefined();
    const part = "        check(name)\n        count(name)";
    const twice = before.replace(
      "        check(name)",
      "        check(name)\n        count(name)\n        check(name)",
    );
    expect(objection("python", before, twice, [part])).toMatch(/would stand/);
    const ends = "class One {\n  a() {\n    b();\n  }\n\n  c() {\n    d();\n  }\n}";
    const guard = ends.replace("    d();", "    if (e) {\n      d();\n    }");
    expect(
      objection("javascript", ends, guard, ["    if (e) {\n      d();\n    }"]),
    ).toBeUndefined();
  });
});

describe("The judge keeps a comment", () => {
  it("above a line that stays, of which the answer says nothing", () => {
    const part = "  constructor() {\n    this.items = [1];\n  }";
    const noted = shelf.replace("  room = 4;", "  /** How many fit. */\n  room = 4;");
    const after = noted.replace("[]", "[1]");
    expect(objection("javascript", noted, after, [part])).toBeUndefined();
    expect(objection("javascript", noted, shelf.replace("[]", "[1]"), [part])).toMatch(
      /How many fit.*would be gone/,
    );
  });
});

describe("The judge holds the depth of new lines against the answer", () => {
  const loop = "void close() {\n  open();\n  stop();\n}\n";
  const part = "void close() {\n  open();\n  if (on) {\n    stop();\n  }\n}";
  it("where a line that the answer has deeper would not be so", () => {
    const flat = loop.replace("  stop();", "  if (on) {\n  stop();\n  }");
    expect(objection("cpp", loop, flat, [part])).toMatch(/another depth than in the answer/);
    expect(objection("cpp", loop, `${part}\n`, [part])).toBeUndefined();
  });

  it("and not where the answer lost its indentation", () => {
    const lost = part.replace(/^ +/gm, "");
    expect(objection("cpp", loop, `${part}\n`, [lost])).toBeUndefined();
  });

  it("where a comment of the answer is not there, though the file has an empty line", () => {
    const part = "take() {\n  // One less.\n  this.count -= 1;\n  return this.items.pop(1);\n}";
    const after = shelf.replace("pop()", "pop(1)");
    expect(objection("javascript", shelf, after, [part])).toMatch(
      /^`\/\/ One less.` of the answer/,
    );
  });

  it("where a mark for left-out code stands as a comment", () => {
    const part = "  // … and so on\n  room = 5;";
    const after = shelf.replace("  room = 4;", part);
    expect(objection("javascript", shelf, after, [part])).toMatch(/leaves a part of itself out/);
  });
});
