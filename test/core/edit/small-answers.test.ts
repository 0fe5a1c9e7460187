import { describe, expect, it } from "vitest";
import { outcomeOf, planOf } from "./support/outcome";
import { checkAll as check, outcomesOf, type SmallCase, wanted } from "./support/small-cases";

const json = {
  path: "package.json",
  language: "json",
  text: '{\n  "name": "a",\n  "scripts": {\n    "build": "tsc",\n    "test": "vitest"\n  },\n  "files": ["dist"]\n}\n',
};
const rows = {
  path: "rows.sql",
  language: "sql",
  text: "CREATE INDEX one ON people (one);\n\nCREATE VIEW all_of AS\nSELECT * FROM people;\n\nINSERT INTO people VALUES\n  ('a', 1),\n  ('b', 2);\n",
};

describe("the sign at the end of a line", () => {
  check({
    "is the answer's where another entry follows": {
      ...json,
      code: '"scripts": {\n  "build": "tsc",\n  "test": "vitest",\n  "lint": "biome"\n}',
      becomes: [['"vitest"\n', '"vitest",\n    "lint": "biome"\n']],
    },
    "is the answer's where it is another one": {
      ...rows,
      code: "INSERT INTO people VALUES\n  ('a', 1),\n  ('b', 2),\n  ('c', 3);",
      becomes: [["2);", "2),\n  ('c', 3);"]],
    },
    "is the file's where the answer has it from its own style": {
      path: "a.ts",
      language: "typescript",
      text: "export const all = [\n  one(1),\n  two(2),\n  three(3)\n]\n",
      code: "export const all = [\n  one(1),\n  two(4),\n  three(3),\n];",
      becomes: [["two(2)", "two(4)"]],
    },
    "is not made up where a mark stands for the entry above": {
      ...json,
      code: '"scripts": {\n  // ...\n  "lint": "biome"\n}',
      becomes: "refused",
    },
  });
});

const compose = {
  path: "compose.yml",
  language: "yaml",
  text: 'services:\n  web:\n    image: web:1\n    environment:\n      A: "1"\n      B: "2"\n  db:\n    image: db:1\n    environment:\n      A: "1"\n    volumes:\n      - data\n',
};
const cargo = {
  path: "Cargo.toml",
  language: "toml",
  text: '[package]\nname = "a"\n\n[dependencies]\nserde = "1"\ntokio = "1"\n',
};

describe("a block of a file without a grammar", () => {
  check({
    "keeps what a mark at its end stands for": {
      ...compose,
      code: 'services:\n  web:\n    # ...\n    environment:\n      A: "1"\n      B: "2"\n      C: "3"\n  db:\n    # ...\n    environment:\n      A: "1"\n      D: "4"\n    # ...',
      becomes: [
        ['B: "2"\n', 'B: "2"\n      C: "3"\n'],
        ['A: "1"\n    volumes', 'A: "1"\n      D: "4"\n    volumes'],
      ],
    },
    "takes a new block below a mark for no version of another": {
      ...compose,
      code: "services:\n  # ... existing services ...\n  cache:\n    image: redis:7",
      becomes: [["- data\n", "- data\n  cache:\n    image: redis:7\n"]],
    },
    "does not lose what an answer lacks that shows no other line of it": {
      ...cargo,
      code: '[dependencies]\ntokio = { version = "1" }',
      becomes: "refused",
    },
  });
});

describe("lines that are told by those beside them", () => {
  check({
    "do not take the place of what is set apart below": {
      ...rows,
      code: "CREATE INDEX one ON people (one);\nCREATE INDEX two ON people (two);",
      asked: "CREATE INDEX",
      becomes: [["(one);\n", "(one);\nCREATE INDEX two ON people (two);\n"]],
    },
    "do not end a statement in the place of one that begins": {
      ...rows,
      text: rows.text.replace("(one);\n\n", "(one);\n"),
      code: "CREATE INDEX one ON people (one);\nCREATE INDEX two ON people (two);",
      asked: "CREATE INDEX",
      becomes: "refused",
    },
  });
});

const send = {
  path: "send.js",
  language: "javascript",
  text: "function send(all) {\n  open();\n  for (let at = 0; at < LIMIT; at++) {\n    if (all[at]) {\n      put(all[at]);\n    }\n  }\n  close();\n}\n",
};
const sheet = {
  path: "a.css",
  language: "css",
  text: "@media print {\n  .a {\n    color: red;\n  }\n\n  .b {\n    margin: 0;\n  }\n}\n",
};
const money = {
  path: "Money.java",
  language: "java",
  text: "class Money {\n    Money plus(long units) {\n        return of(amount + units);\n    }\n\n    Money plus(Money other) {\n        return of(amount + other.amount);\n    }\n\n    Money plus(Money other, int percent) {\n        return of(amount + other.amount * percent / 100);\n    }\n\n    int scale() {\n        return 2;\n    }\n}\n",
};

describe("what an answer leaves out", () => {
  check({
    "in a loop is closed by the loop's own bracket": {
      ...send,
      code: "function send(all) {\n  // ...\n  for (let at = 0; at < all.length; at++) {\n    // ...\n  }\n  // ...\n}",
      becomes: [["LIMIT", "all.length"]],
    },
    "of the rules in a block stays": {
      ...sheet,
      code: "@media print {\n  .a {\n    color: red;\n    margin: 1px;\n  }\n}",
      becomes: [["red;\n", "red;\n    margin: 1px;\n"]],
    },
    "of a file that declares nothing stays between the lines that have one place": {
      path: "a.html",
      language: "html",
      text: '<!doctype html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n    <title>Shop</title>\n    <link rel="stylesheet" href="/main.css">\n    <style>\n      .hidden { display: none; }\n    </style>\n  </head>\n  <body>\n    <nav class="top">\n      <ul>\n        <li><a href="/">Home</a></li>\n        <li><a href="/cart">Cart</a></li>\n      </ul>\n    </nav>\n\n    <main>\n      <h1>Welcome</h1>\n      <section id="news">\n        <h2>News</h2>\n        <p>Nothing is new.</p>\n      </section>\n      <section id="offers">\n        <h2>Offers</h2>\n        <p>Nothing is cheap.</p>\n      </section>\n    </main>\n\n    <footer>\n      <p>&copy; 2026 Shop</p>\n    </footer>\n  </body>\n</html>\n',
      code: '<!doctype html>\n<html lang="en">\n  <head>\n    <!-- ... -->\n  </head>\n  <body>\n    <!-- ... -->\n    <main>\n      <!-- ... -->\n      <section id="offers">\n        <h2>Offers</h2>\n        <ul class="offers">\n          <li>Pears, 2 for 1</li>\n        </ul>\n      </section>\n    </main>\n    <!-- ... -->\n  </body>\n</html>',
      becomes: [
        [
          "        <p>Nothing is cheap.</p>",
          '        <ul class="offers">\n          <li>Pears, 2 for 1</li>\n        </ul>',
        ],
      ],
    },
    "is said of anything that has a rest": {
      path: "a.html",
      language: "html",
      text: '<html>\n  <head>\n    <meta charset="utf-8">\n    <title>A</title>\n    <link href="a.css">\n  </head>\n</html>\n',
      code: '<head>\n  <meta charset="utf-8">\n  <title>B</title>\n  <!-- rest of the head -->\n</head>',
      becomes: [["<title>A", "<title>B"]],
    },
    "is not said by dots for a condition": {
      path: "drain.js",
      language: "javascript",
      text: "function drain(queue, fn) {\n  let item;\n  // old items first\n  while ((item = queue.pop()) !== undefined) {\n    fn(item);\n  }\n}\n",
      code: "function drain(queue, fn) {\n  let item;\n  // old items first\n  while (...) { ... }\n  return queue;\n}",
      becomes: "refused",
    },
    "is no end of the class around a method that has one more": {
      path: "writer.rb",
      language: "ruby",
      text: 'module Report\n  module Writer\n    class Csv\n      def initialize(io)\n        @io = io\n      end\n\n      def write(rows)\n        rows.each do |row|\n          @io.puts(row.map { |cell| quote(cell) }.join(","))\n        end\n      end\n\n      def quote(cell)\n        text = cell.to_s\n        return text unless text.match?(/[",\\n]/)\n\n        %("#{text.gsub(\'"\', \'""\')}")\n      end\n    end\n  end\nend\n',
      code: 'def quote(cell)\n  text = cell.to_s\n  if text.match?(/[",\\n]/)\n    %("#{text.gsub(\'"\', \'""\')}")\n  else\n    text\n  end\nend',
      becomes: [
        [
          '        return text unless text.match?(/[",\\n]/)\n\n        %("#{text.gsub(\'"\', \'""\')}")\n',
          '        if text.match?(/[",\\n]/)\n          %("#{text.gsub(\'"\', \'""\')}")\n        else\n          text\n        end\n',
        ],
      ],
    },
    "are other methods of the same name": {
      ...money,
      code: "class Money {\n    // ...\n\n    Money plus(Money other, int percent) {\n        return of(amount + other.amount * percent / 100);\n    }\n\n    Money plus(String text) {\n        return plus(parse(text));\n    }\n\n    // ...\n}",
      becomes: [
        [
          "/ 100);\n    }\n",
          "/ 100);\n    }\n\n    Money plus(String text) {\n        return plus(parse(text));\n    }\n",
        ],
      ],
    },
  });
});

const words = {
  path: "words.py",
  language: "python",
  text: 'import re\n\nLIMIT = 10\n\n\ndef words(text):\n    return re.findall(r"\\w+", text)[:LIMIT]\n',
};
const account = {
  path: "Account.cs",
  language: "csharp",
  text: "class Account\n{\n    public int Count\n    {\n        get { return items.Count; }\n    }\n\n    public string Owner { get; set; }\n}\n",
};

describe("what is bound to a name", () => {
  check({
    "comes along above the function that needs it": {
      ...words,
      code: 'WORD = re.compile(r"\\w+")\n\n\ndef words(text):\n    return WORD.findall(text)[:LIMIT]',
      becomes: [
        ["def words", 'WORD = re.compile(r"\\w+")\n\n\ndef words'],
        ['re.findall(r"\\w+", text)', "WORD.findall(text)"],
      ],
    },
    "changes above a function that changes": {
      ...words,
      code: 'LIMIT = 20\n\n# ...\n\ndef words(text):\n    return re.findall(r"\\w+", text.lower())[:LIMIT]',
      becomes: [
        ["LIMIT = 10", "LIMIT = 20"],
        [", text)", ", text.lower())"],
      ],
    },
    "has no place by its name alone where its value is another": {
      ...account,
      code: "public int Count => items.Count;",
      becomes: "refused",
    },
    "in another form is no example beside what has a place": {
      path: "Dockerfile",
      language: "dockerfile",
      text: 'FROM python:3.12-slim\n\nENV PYTHONUNBUFFERED=1\n\nWORKDIR /app\nCOPY . .\n\nCMD ["python", "-m", "tide"]\n',
      code: '```dockerfile\nENV PYTHONUNBUFFERED=1 \\\n    PIP_NO_CACHE_DIR=1\n```\n\nand\n\n```dockerfile\nCOPY . .\nUSER nobody\n\nCMD ["python", "-m", "tide"]\n```\n',
      becomes: "refused",
    },
    "does not stand twice where an import alone brings it from elsewhere": {
      path: "serve.js",
      language: "javascript",
      text: "'use strict';\n\nconst http = require('http');\n\nhttp.createServer(listen);\n",
      code: "const http = require('node:http');",
      becomes: "refused",
    },
    "is no slip of the answer's where it is all that changes": {
      path: "Menu.vue",
      language: "vue",
      text: "<script>\nexport default {\n  computed: {\n    transition () {\n      return ['start', 'end'].indexOf(this.place) > -1 ? 'up' : 'fade';\n    },\n    size () {\n      return this.items.length;\n    },\n  },\n};\n</script>\n",
      code: "```js\nchanged () {\n  return ['start', 'end'].indexOf(this.place) > -1 ? 'up' : 'fade';\n},\n```\n\nand\n\n```js\nsize () {\n  return this.items?.length ?? 0;\n},\n```\n",
      becomes: "refused",
    },
    "is none in a function that nobody asked about": {
      path: "a.js",
      language: "javascript",
      text: "function pop(queue) {\n  const item = queue.items.shift();\n  return item;\n}\n",
      code: "const item = pop(queue);",
      becomes: "refused",
    },
  });
});

const vue = {
  path: "Todo.vue",
  language: "vue",
  text: '<script setup>\nfunction add() {\n  items.push(draft);\n}\n</script>\n\n<template>\n  <input v-model="draft" @keyup.enter="add" />\n</template>\n',
};

it("a line that uses a changed function is an edit where the file's line uses it too", async () => {
  const one: SmallCase = {
    ...vue,
    asked: "<input",
    code: '```js\nfunction add() {\n  if (draft) items.push(draft);\n}\n```\n\nand\n\n```html\n<input v-model="draft" :title="title" @keyup.enter="add" />\n```\n',
    becomes: [
      ["  items.push", "  if (draft) items.push"],
      ['"draft" @', '"draft" :title="title" @'],
    ],
  };
  for (const outcome of await outcomesOf(one)) expect(outcome).toBe(wanted(one));
});

const cart = {
  path: "lib/cart.ex",
  language: "elixir",
  text: `defmodule Acme.Cart do
  def add(cart, item, amount \\\\ 1)

  def add(cart, _item, 0), do: cart

  def add(%__MODULE__{items: items} = cart, item, amount) do
    %{cart | items: [{item, amount} | items]}
  end
end
`,
};

describe("clauses of one name", () => {
  check({
    "a head without a block is all of its clause": {
      ...cart,
      code: `  def add(cart, item, amount \\\\ 1)

  def add(cart, _item, amount) when amount <= 0, do: cart`,
      becomes: [
        [
          "def add(cart, _item, 0), do: cart",
          "def add(cart, _item, amount) when amount <= 0, do: cart",
        ],
      ],
      asked: "_item, 0",
    },
    "a clause with a block is told from those without": {
      ...cart,
      code: `  def add(%__MODULE__{items: items} = cart, item, amount) do
    %{cart | items: items ++ [{item, amount}]}
  end`,
      becomes: [["[{item, amount} | items]", "items ++ [{item, amount}]"]],
    },
  });
});

describe("comments that an answer lacks", () => {
  check({
    "stay where a semicolon begins them": {
      path: "app.ini",
      language: "ini",
      text: "[server]\n; listens\nport = 80\n\n[client]\n; calls\nhost = here\nport = 80\n",
      code: "[client]\nhost = there\nport = 443\ntimeout = 5",
      becomes: [["host = here\nport = 80\n", "host = there\nport = 443\ntimeout = 5\n"]],
    },
    "stay between two changed lines above a mark": {
      path: "job.py",
      language: "python",
      text: "class Job:\n    # seconds\n    wait = 10\n    # bytes\n    size = 1024\n\n    def run(self):\n        return self.wait\n",
      code: "class Job:\n    wait = 20\n    size = 2048\n    # ...",
      becomes: [
        ["wait = 10", "wait = 20"],
        ["size = 1024", "size = 2048"],
      ],
    },
    "stay in the markup beside a script, above the one line that stands for another": {
      path: "List.vue",
      language: "vue",
      text: '<template>\n  <!-- all -->\n  <ul>\n    <li v-for="a in all">{{ a }}</li>\n  </ul>\n  <!-- none -->\n  <p v-if="!all.length">None</p>\n</template>\n\n<script setup>\nconst all = ref([])\n</script>\n',
      code: '<template>\n  <ul v-if="all.length">\n    <li v-for="a in all">{{ a }}</li>\n  </ul>\n  <p v-else>None</p>\n</template>',
      becomes: [
        ["<ul>", '<ul v-if="all.length">'],
        ['v-if="!all.length"', "v-else"],
      ],
    },
    "stay where PowerShell has them over several lines": {
      path: "Get-Size.ps1",
      language: "powershell",
      text: `function Get-Size {
    <#
    .SYNOPSIS
    The size of a folder.
    #>
    param([string]$Path = ".")
    $sum = 0
    Get-ChildItem $Path -File | ForEach-Object { $sum += $_.Length }
    return $sum
}
`,
      code: `function Get-Size {
    param([string]$Path = ".")
    $sum = 0
    Get-ChildItem $Path -File -Recurse | ForEach-Object { $sum += $_.Length }
    return $sum
}`,
      becomes: [["-File |", "-File -Recurse |"]],
      asked: "function Get-Size",
    },
  });
});

const tables = {
  path: "tables.sql",
  language: "sql",
  text: "CREATE TABLE users (\n  id INTEGER,\n  mail TEXT\n);\n\nCREATE TABLE items (\n  id INTEGER,\n  name TEXT\n);\n",
};
const twice = {
  path: "checks.py",
  language: "python",
  text: "def a(x):\n    if x is None:\n        return 0\n    return x\n\n\ndef b(x):\n    if x is None:\n        return 0\n    return -x\n",
};
const makefile = {
  path: "Makefile",
  language: "makefile",
  text: "CFLAGS = -O2\nLDFLAGS =\n\napp: main.o\n\tcc -o app main.o\n",
};
const cards = {
  path: "site.css",
  language: "css",
  text: ".card {\n  padding: 1rem;\n}\n\n@media (max-width: 600px) {\n  .card {\n    padding: 2rem;\n  }\n}\n",
};

describe("what an answer leaves out in words of its own", () => {
  check({
    "is not lost for a comment that ends the block": {
      path: "login.js",
      language: "javascript",
      text: "function login(user) {\n  check(user);\n  start(user);\n}\n",
      code: "function login(user) {\n  if (!user) return;\n  // der Rest bleibt gleich\n}",
      becomes: "refused",
    },
    "is gone where the comment is the code itself": {
      path: "login.js",
      language: "javascript",
      text: "function login(user) {\n  check(user);\n  start(user);\n}\n",
      code: "function login(user) {\n  check(user);\n  // start(user);\n}",
      becomes: [["  start(user);", "  // start(user);"]],
    },
    "is not ended by the bracket of another block, and lacks no comma": {
      ...tables,
      code: "CREATE TABLE users (\n  -- existing columns\n  since DATE\n);",
      becomes: "refused",
    },
  });
});

describe("one of several", () => {
  check({
    "is not chosen by a range that has them all": {
      ...twice,
      code: "if x is None:\n    return 1",
      becomes: "refused",
    },
    "is told by those that the answer has inside of another": {
      ...cards,
      code: ".card {\n  padding: 3rem;\n}\n\n@media (max-width: 600px) {\n  .card {\n    padding: 4rem;\n  }\n}",
      becomes: [
        ["1rem", "3rem"],
        ["2rem", "4rem"],
      ],
    },
    "is not replaced by what is to be added": {
      path: "pom.xml",
      language: "xml",
      text: "<all>\n  <one>\n    <group>org.junit</group>\n    <name>junit-api</name>\n    <version>5.1</version>\n  </one>\n</all>\n",
      code: "Add this one:\n\n```xml\n<one>\n  <group>org.junit</group>\n  <name>junit-params</name>\n  <version>5.1</version>\n</one>\n```",
      becomes: "refused",
    },
  });

  it("is not chosen by the person who asked about the whole file", async () => {
    const start = { line: 0, character: 0 };
    const targetRange = { start, end: { line: 10, character: 0 } };
    const answer = "```python\nif x is None:\n    return 1\n```\n";
    expect(outcomeOf(await planOf(twice, answer, { targetRange }))).not.toContain("return 1");
  });
});

describe("several pieces", () => {
  check({
    "are refused where one that gives a known name another value has no place": {
      ...makefile,
      asked: "CFLAGS",
      code: "```make\nCFLAGS = -O2 -g\nLDFLAGS = -lm\n```\n\nand\n\n```make\napp: main.o util.o\n\tcc -o app main.o util.o\n\nutil.o: util.c\n\tcc -c util.c\n```\n",
      becomes: "refused",
    },
    "bring an import beside one that they repeat": {
      path: "Q.java",
      language: "java",
      text: "import java.util.List;\n\nclass Q {\n    static int first(List<Integer> all) {\n        return all.get(0);\n    }\n}\n",
      code: "```java\nimport java.util.List;\nimport java.util.Optional;\n```\n\n```java\n    static Optional<Integer> first(List<Integer> all) {\n        return all.stream().findFirst();\n    }\n```\n",
      becomes: [
        ["List;\n", "List;\nimport java.util.Optional;\n"],
        ["static int", "static Optional<Integer>"],
        ["all.get(0)", "all.stream().findFirst()"],
      ],
    },
    "are no example of use where one opens as a block of the file does": {
      path: "image.frag",
      language: "glsl",
      text: "in vec2 uv;\nout vec4 color;\n\nuniform sampler2D image;\n\nvoid main() {\n    color = texture(image, uv);\n}\n",
      asked: "void main",
      code: "Declare it:\n\n```glsl\nuniform sampler2D image;\nuniform float gain;\n```\n\nand use it:\n\n```glsl\nvoid main() {\n    color = texture(image, uv) * gain;\n}\n```\n",
      becomes: [
        ["image;\n", "image;\nuniform float gain;\n"],
        ["uv);", "uv) * gain;"],
      ],
    },
  });
});

describe("a line that leaves a function", () => {
  check({
    "binds no name, where nobody knows the function either": {
      path: "Page.m",
      language: "objective-c",
      text: "@implementation Page\n\n- (NSString *)title {\n    return _title;\n}\n\n- (NSString *)slug {\n    return [_title lowercaseString];\n}\n\n@end\n",
      asked: "title {",
      code: '- (NSString *)title {\n    return _title ?: @"";\n}',
      becomes: [["return _title;", 'return _title ?: @"";']],
    },
  });
});
