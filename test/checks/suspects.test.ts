import { describe, expect, it } from "vitest";
import { definitionLine, placesIn, suspectPlaces } from "../../src/checks/tests/suspects";

const files = [
  "src/calc.js",
  "shop/net.py",
  "test_net.py",
  "half.go",
  "half_test.go",
  "lib/half.go",
];

describe("the places that a failure names", () => {
  it.each([
    [
      "pytest",
      "test_net.py:4: in test_two\n    net(1)\nshop/net.py:2: in net",
      ["shop/net.py:1", "test_net.py:3"],
    ],
    [
      "unittest",
      '  File "test_net.py", line 4, in a\n  File "shop/net.py", line 2, in net',
      ["shop/net.py:1", "test_net.py:3"],
    ],
    ["Node", "add (file://src/calc.js:2:9)\nTest.run (node:internal/test:7:1)", ["src/calc.js:1"]],
    ["go", "./half.go:4:9: undefined: m", ["half.go:3"]],
    ["Java", "[ERROR] /copy/src/calc.js:[5,9] no", ["src/calc.js:4"]],
    ["a library", "/usr/lib/python3/unittest/case.py:57: in run", []],
  ])("are read as %s writes them, deepest first", (_name, text, places) => {
    expect(placesIn(text, files).map(({ file, line }) => `${file}:${line}`)).toEqual(places);
  });
});

describe("the line of a definition", () => {
  it.each([
    ["def net(price):\n    pass", "net", 0],
    ["# net(1)\nx = net(1)", "net", undefined],
    ["export const half = (n) => n / 2;", "half", 0],
    ["class Stack {\n  push(item) {\n    this.push(item);\n  }\n}", "push", 1],
    ["package calc\n\nfunc (s *Stack) Push(n int) {\n}", "Push", 2],
    ["class Half {\n  static int half(int n) {\n    if (half(1) > 2) {\n", "half", 1],
    ["pub fn half(n: i32) -> i32 {", "half", 0],
  ])("in %j of %s is %s", (text, name, line) => {
    expect(definitionLine(text, name)).toBe(line);
  });
});

describe("what is suspected", () => {
  const texts: Readonly<Record<string, string>> = {
    "test_net.py":
      "from shop.net import net, tax\n\ndef test_net():\n    a = tax(1)\n    assert net(a) == 4\n\ndef test_tax():\n    assert tax(1) == 2\n",
    "shop/net.py": "def tax(n):\n    return n\n\ndef net(n):\n    return n\n",
  };
  const read = async (file: string): Promise<string> => texts[file] ?? "";
  const of = async (frames: string): Promise<readonly string[]> => {
    const failing = [{ name: "a test", state: "failed" as const, got: "4 != 5", frames }];
    const found = await suspectPlaces({ failing, files, tests: ["test_net.py"], read });
    return found.map(({ file, line }) => `${file}:${line}`);
  };

  it("is what the failing line calls, then what its test calls above", async () => {
    expect((await of("test_net.py:5: in test_net")).slice(0, 2)).toEqual([
      "shop/net.py:3",
      "shop/net.py:0",
    ]);
  });

  it("is nothing that another test calls, as far as the failing one leads anywhere", async () => {
    expect((await of("test_net.py:8: in test_tax"))[0]).toBe("shop/net.py:0");
  });

  it("is the code on the way before all else, and never the test", async () => {
    const found = await of("test_net.py:8: in test_tax\nshop/net.py:5: in net");
    expect(found[0]).toBe("shop/net.py:4");
    expect(found.some((each) => each.startsWith("test_net.py"))).toBe(false);
  });
});
