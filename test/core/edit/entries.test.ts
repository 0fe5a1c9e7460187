import { describe } from "vitest";
import { checkAll as check } from "./support/small-cases";

const toml = {
  path: "pyproject.toml",
  language: "toml",
  text: '[project]\nname = "tide"\nversion = "1.0"\ndependencies = [\n    "requests",\n]\n\n[tool.a]\nb = 1\nc = 2\n',
};
const css = {
  path: "site.css",
  language: "css",
  text: "a {\n  color: red;\n  text-decoration: none;\n}\n\n.card {\n  border: 1px;\n  padding: 1rem;\n  margin: 0;\n}\n",
};
const make = {
  path: "Makefile",
  language: "makefile",
  text: ".PHONY: all clean\n\nall: tide\n\n%.o: %.c\n\t$(CC) -c $<\n\nclean:\n\trm -f tide\n",
};
const spec = {
  path: "net.test.js",
  language: "javascript",
  text: 'describe("net", () => {\n  it("rounds", () => {\n    expect(net(10.005)).toBe(10.01);\n  });\n\n  it("is never negative", () => {\n    expect(net(-1)).toBe(0);\n  });\n});\n',
};

describe("an entry of a block", () => {
  check({
    "does not go with others of which more go than the answer repeats": {
      ...toml,
      code: '[project]\ndependencies = [\n    "requests",\n    "rich",\n]',
      becomes: "refused",
    },
    "goes where the answer repeats those beside it": {
      ...css,
      code: ".card {\n  padding: 1rem;\n  margin: 0;\n}",
      becomes: [["  border: 1px;\n", ""]],
    },
    "does not go where the answer changes the only one that it gives": {
      ...css,
      code: "a {\n  text-decoration: underline;\n}",
      becomes: "refused",
    },
    "does not go with as many as the answer repeats": {
      ...css,
      path: "settings.py",
      language: "python",
      text: 'LOGGING = {\n    "version": 1,\n    "handlers": {\n        "console": {},\n    },\n    "root": {"handlers": ["console"]},\n}\n',
      code: 'LOGGING = {\n    "handlers": {\n        "console": {},\n        "file": {},\n    },\n    "root": {"handlers": ["console", "file"]},\n}',
      becomes: "refused",
    },
    "may get another name": {
      ...css,
      text: "a {\n  colour: red;\n}\n",
      code: "a {\n  color: red;\n}",
      becomes: [["colour", "color"]],
    },
    "of another name is no version of it": {
      ...toml,
      text: '[dependencies]\nserde = { version = "1", features = ["derive"] }\nanyhow = "1"\n',
      code: '[dependencies]\nclap = { version = "4", features = ["derive"] }',
      becomes: "refused",
    },
    "does not stand beside the one that it is a version of": {
      ...make,
      code: ".PHONY: all clean test\n\ntest: tide\n\t./tide --self-test\n\nclean:\n\trm -f tide",
      becomes: "refused",
    },
    "with more before its colon is no second rule": {
      ...make,
      code: "%.o: %.c tide.h\n\t$(CC) -c $< -o $@\n\n.PHONY: clean\nclean:\n\trm -f tide",
      becomes: "refused",
    },
  });
});

describe("lines that stand side by side", () => {
  check({
    "take no end of a block out between them": {
      ...spec,
      code: "expect(net(10.005)).toBe(10.01);\nexpect(net(10.004)).toBe(10);",
      becomes: [["toBe(10.01);\n", "toBe(10.01);\n    expect(net(10.004)).toBe(10);\n"]],
    },
  });
});

describe("lines above a known one", () => {
  const text =
    'function reducer(state, action) {\n  switch (action.type) {\n    case "add":\n      return { ...state, items: [...state.items, action.item] };\n    case "toggle":\n      return { ...state, open: !state.open };\n    default:\n      return state;\n  }\n}\n';
  check({
    "are no version of what stands above it": {
      path: "reducer.js",
      language: "javascript",
      text,
      code: 'case "clear":\n  return { ...state, items: [] };\ndefault:\n  return state;',
      becomes: "refused",
    },
  });
});

describe("a piece of code beside others", () => {
  const text =
    "def div(a, b):\n    return a / b\n\n\nprint(div(add(1, 2), 0))\nprint(div(add(3, 4), 1))\n";
  const checked =
    "```python\ndef div(a, b):\n    if b == 0:\n        raise ValueError\n    return a / b\n```\n";
  check({
    "that wraps a line of the file is no example": {
      path: "calc.py",
      language: "python",
      text,
      code: `${checked}\nAnd at the end:\n\n\`\`\`python\ntry:\n    print(div(add(1, 2), 0))\nexcept ValueError:\n    print("no")\n\`\`\`\n`,
      becomes: "refused",
    },
    "whose name the file declares in another way is not dropped": {
      path: "role.ts",
      language: "typescript",
      text: 'export enum Role {\n  User = "user",\n}\n\nexport function rank(role: Role): number {\n  return role === Role.User ? 1 : 0;\n}\n',
      code: 'export type Role = "user" | "admin";\n\nexport function rank(role: Role): number {\n  return role === "user" ? 1 : 0;\n}',
      becomes: "refused",
    },
  });
});

describe("a comment that is all of a body", () => {
  check({
    "goes where the answer gives a body": {
      path: "Store.java",
      language: "java",
      text: "class Store {\n    void close() {\n        // Nothing to do.\n    }\n}\n",
      code: "void close() {\n    Store.release();\n}",
      becomes: [["// Nothing to do.", "Store.release();"]],
    },
  });
});

describe("the columns of a table", () => {
  check({
    "are the answer's where a new line needs them": {
      path: "main.tf",
      language: "terraform",
      text: 'resource "bucket" "data" {\n  bucket = "tide-data"\n\n  tags = {}\n}\n',
      code: 'resource "bucket" "data" {\n  bucket        = "tide-data"\n  force_destroy = true\n\n  tags = {}\n}',
      becomes: [
        ['  bucket = "tide-data"\n', '  bucket        = "tide-data"\n  force_destroy = true\n'],
      ],
    },
    "are the answer's in text, too": {
      path: "ports.md",
      language: "markdown",
      text: "# Ports\n\n| Port  | Height |\n| ------ | ------ |\n| Brest | 4.2    |\n| Dover | 6.1    |\n",
      code: "| Port   | Height |\n| ------ | ------ |\n| Brest  | 4.2    |\n| Calais | 5.9    |\n| Dover  | 6.1    |",
      becomes: [
        ["| Port  |", "| Port   |"],
        ["| Brest | 4.2    |\n", "| Brest  | 4.2    |\n| Calais | 5.9    |\n"],
        ["| Dover |", "| Dover  |"],
      ],
    },
    "are the file's where the answer has none": {
      path: "units.py",
      language: "python",
      text: 'A = {\n    "m":    1.0,\n    "mile": 1609.3,\n}\n',
      code: 'A = {\n    "m": 1.0,\n    "mile": 1609.3,\n    "nmi": 1852.0,\n}',
      becomes: [["1609.3,\n", '1609.3,\n    "nmi": 1852.0,\n']],
    },
  });
});

const price = `<?php

final class Price
{
    private int $cents;

    public function __construct(int $cents)
    {
        $this->cents = $cents;
    }

    public function cents(): int
    {
        return $this->cents;
    }
}
`;

describe("a head", () => {
  check({
    "of the class around the one method that the answer gives is the file's": {
      path: "Price.php",
      language: "php",
      text: price,
      code: "<?php\n\nclass Price\n{\n    public function __construct(int $cents)\n    {\n        $this->cents = max(0, $cents);\n    }\n}",
      becomes: [["= $cents;", "= max(0, $cents);"]],
    },
    "of a rule that gets one more selector is that of the rule": {
      path: "nav.scss",
      language: "scss",
      text: ".nav {\n  &__item {\n    padding: 8px;\n\n    &:hover {\n      color: red;\n    }\n  }\n}\n",
      code: "  &__item {\n    padding: 8px;\n\n    &:hover,\n    &:focus {\n      color: blue;\n    }\n  }",
      becomes: [
        ["    &:hover {\n      color: red;", "    &:hover,\n    &:focus {\n      color: blue;"],
      ],
    },
    "written together with the type above it does not leave that one": {
      path: "buffer.cpp",
      language: "cpp",
      text: "std::size_t\nBuffer::write(const char* from, std::size_t count) {\n  std::copy(from, from + count, data_);\n  return count;\n}\n",
      code: "std::size_t Buffer::write(const char* from, std::size_t count) {\n  if (from == nullptr) return 0;\n  std::copy(from, from + count, data_);\n  return count;\n}",
      becomes: [
        [
          "std::size_t\nBuffer::write(const char* from, std::size_t count) {\n",
          "std::size_t Buffer::write(const char* from, std::size_t count) {\n  if (from == nullptr) return 0;\n",
        ],
      ],
    },
  });
});

describe("a member of a type", () => {
  check({
    "does not stay beside the one that the answer gives for it": {
      path: "row.ts",
      language: "typescript",
      text: "export interface Row {\n  a: string;\n  b: number;\n  c: boolean;\n  d: string[];\n  e: Date;\n}\n",
      code: "export interface Row {\n  b: bigint;\n}",
      becomes: "refused",
    },
  });
});

describe("an example of use below the whole file", () => {
  const text =
    "function f(x) {\n  return x - 1;\n}\n\nfunction g(x) {\n  return f(x);\n}\n\nmodule.exports = { f };\n";
  const file = { path: "f.js", language: "javascript" } as const;
  const fixed = text.replace("x - 1", "x + 1");
  check({
    "is left out": {
      ...file,
      text,
      code: `${fixed}\n// Example:\nconsole.log(f(2)); // 3`,
      becomes: [["x - 1", "x + 1"]],
    },
    "is another call of a script that ends with calls": {
      ...file,
      text: `${text}\nstart();\n`,
      code: `${fixed}\nstart();\nlisten(8080);`,
      becomes: [
        ["x - 1", "x + 1"],
        ["start();\n", "start();\nlisten(8080);\n"],
      ],
    },
  });
});

describe("a branch", () => {
  check({
    "does not stay without the one that it belongs to": {
      path: "powerset.py",
      language: "python",
      text: "def powerset(arr):\n    if arr:\n        first, *rest = arr\n        rest_subsets = powerset(rest)\n        return [[first] + subset for subset in rest_subsets]\n    else:\n        return [[]]\n",
      code: "def powerset(arr):\n    if not arr:\n        return [[]]\n    first, *rest = arr\n    rest_subsets = powerset(rest)\n    return rest_subsets + [[first] + subset for subset in rest_subsets]",
      becomes: [
        [
          "    if arr:\n        first, *rest = arr\n        rest_subsets = powerset(rest)\n        return [[first] + subset for subset in rest_subsets]\n    else:\n        return [[]]\n",
          "    if not arr:\n        return [[]]\n    first, *rest = arr\n    rest_subsets = powerset(rest)\n    return rest_subsets + [[first] + subset for subset in rest_subsets]\n",
        ],
      ],
    },
  });
});

describe("a mark", () => {
  check({
    "of dots and a name stands for left-out code": {
      path: "cache.ts",
      language: "typescript",
      text: "class Cache {\n  get(key: string) {\n    return this.all.get(key);\n  }\n\n  set(key: string) {\n    this.all.set(key, 1);\n  }\n}\n",
      code: "class Cache {\n  // ... get\n\n  set(key: string) {\n    this.all.set(key, 2);\n  }\n}",
      becomes: [["set(key, 1)", "set(key, 2)"]],
    },
  });
});
