import { describe } from "vitest";
import { checkAll } from "./support/small-cases";

const cart = {
  path: "Cart.kt",
  language: "kotlin",
  text: "class Cart(private val items: MutableList<Item>) {\n    fun add(item: Item) {\n        items.add(item)\n    }\n\n    fun size() = items.size\n}\n",
};
const queue = {
  path: "queue.ts",
  language: "typescript",
  text: "export class Queue {\n  private jobs: Job[] = [];\n  private done = 0;\n\n  add(job: Job): void {\n    this.jobs.push(job);\n  }\n}\n",
};
const list = {
  path: "List.tsx",
  language: "typescriptreact",
  text: 'import { useState } from "react";\n\nexport function List({ items }: Props) {\n  const [query, setQuery] = useState("");\n  const shown = items.filter((item) => item.includes(query));\n  return <ul>{shown}</ul>;\n}\n',
};
const nodes = {
  path: "list.c",
  language: "c",
  text: "struct node {\n    int value;\n    struct node *next;\n};\n\nstatic struct node *\nnode_new(int value)\n{\n    struct node *n = malloc(sizeof(*n));\n    n->value = value;\n    return n;\n}\n",
};
const deploy = {
  path: "deploy.sh",
  language: "shellscript",
  text: '#!/bin/sh\nset -e\n\nlog() {\n  echo "$1"\n}\n\nbuild() {\n  log "build"\n  npm run build\n}\n',
};
const counter = {
  path: "Counter.vue",
  language: "vue",
  text: "<template>\n  <b>{{ count }}</b>\n</template>\n\n<script setup>\nimport { ref } from 'vue'\n\nconst count = ref(0)\n\nfunction add() {\n  count.value += 1\n}\n</script>\n",
};

describe("two pieces of code", () => {
  checkAll({
    "are no before and after where the one is a class and the other a function beside it": {
      ...cart,
      code: "The class:\n```kotlin\nclass Cart(private val items: MutableList<Item>) {\n    fun add(item: Item) {\n        items.add(item)\n    }\n\n    fun size() = items.size\n}\n```\nNow the new method, after `add`:\n```kotlin\nfun remove(item: Item) {\n    items.remove(item)\n}\n```\n",
      becomes: [
        [
          "add(item)\n    }\n",
          "add(item)\n    }\n\n    fun remove(item: Item) {\n        items.remove(item)\n    }\n",
        ],
      ],
    },
    "are no before and after where the second only uses what the first declares": {
      path: "item.py",
      language: "python",
      text: "class Item:\n    def __init__(self, name):\n        self.name = name\n        self.price = 0\n\n\nprint(1)\n",
      code: 'The class:\n```python\nclass Item:\n    def __init__(self, name):\n        self.name = name\n        self.price = 0\n```\nYou can create one by:\n```python\nitem = Item("a")\n```\n',
      becomes: "refused",
    },
    "are no before and after where the second shows how the first is called": {
      ...nodes,
      code: "The head:\n```c\nnode_new(int value);\n```\nis called like this:\n```c\nnode_new(3);\n```\n",
      becomes: "refused",
    },
    "are refused where the one that is to be added has no place": {
      ...queue,
      code: "Change the class:\n```ts\nexport class Queue {\n  private jobs: Job[] = [];\n  private limit = 10;\n  private done = 0;\n```\nAnd add this method:\n```ts\n  clear(): void {\n    this.jobs = [];\n  }\n```\n",
      becomes: "refused",
    },
    "are refused where the one has no place and the other is the import that it needs": {
      ...list,
      code: '```tsx\nimport { useMemo, useState } from "react";\n```\n\n```tsx\nconst shown = useMemo(() => items.filter((item) => item.includes(query)), [items, query]);\n```\n',
      becomes: "refused",
    },
  });
});

describe("what stands beside a function", () => {
  checkAll({
    "is no example right below a line of the file": {
      ...deploy,
      code: '#!/bin/sh\nset -eu\n\nlog() {\n  echo "deploy: $1"\n}',
      becomes: "refused",
    },
    "is part of the element around them": {
      ...counter,
      code: "<script setup>\nimport { ref, computed } from 'vue'\n\nconst count = ref(0)\nconst double = computed(() => count.value * 2)\n\nfunction add() {\n  count.value += 1\n}\n</script>",
      becomes: [
        ["{ ref }", "{ ref, computed }"],
        ["ref(0)\n", "ref(0)\nconst double = computed(() => count.value * 2)\n"],
      ],
    },
    "is its documentation, over several lines too": {
      path: "cart.ex",
      language: "elixir",
      text: 'defmodule Cart do\n  @doc "Adds."\n  def add(items, item) do\n    [item | items]\n  end\nend\n',
      code: '  @doc """\n  Adds an item.\n  """\n  def add(items, item) do\n    [item | items]\n  end',
      becomes: [['@doc "Adds."', '@doc """\n  Adds an item.\n  """']],
    },
  });
});

describe("a block of the file", () => {
  const services = {
    path: "compose.yml",
    language: "yaml",
    text: "services:\n  web:\n    image: nginx\n    ports:\n      - 80\n  db:\n    image: postgres:15\n    restart: always\n",
  };
  const routes = {
    path: "app.js",
    language: "javascript",
    text: "const app = express();\n\napp.post('/users', (req, res) => {\n  db.run('INSERT', req.body.name);\n  res.sendStatus(201);\n});\n\napp.listen(3000, () => {\n  console.log('listening');\n});\n",
  };
  checkAll({
    "does not go because the block around it is shown without it": {
      ...services,
      code: "services:\n  db:\n    image: postgres:16\n    restart: always",
      becomes: "refused",
    },
    "goes for no other that is set apart as it is": {
      ...routes,
      code: "app.post('/users', (req, res) => {\n  db.run('INSERT', req.body.name);\n  res.sendStatus(201);\n});\n\napp.delete('/users/:id', (req, res) => {\n  db.run('DELETE', req.params.id);\n  res.sendStatus(204);\n});",
      becomes: "refused",
    },
    "does not become another one of its kind": {
      ...routes,
      text: `${routes.text}\napp.get('/ports/:id', async (req, res) => {\n  await db.find(req.params.id);\n  res.json({ ok: true });\n});\n`,
      code: "app.post('/users', (req, res) => {\n  db.run('INSERT', req.body.name);\n  res.sendStatus(201);\n});\n\napp.put('/ports/:id', async (req, res) => {\n  const row = await db.change(req.params.id);\n  res.json(row);\n});",
      becomes: "refused",
    },
    "is a mixin, whatever it takes": {
      path: "theme.scss",
      language: "scss",
      text: "@mixin card($pad: 1rem) {\n  padding: $pad;\n}\n\n.card {\n  @include card;\n}\n",
      code: "@mixin card($pad: 1rem, $radius: 4px) {\n  padding: $pad;\n  border-radius: $radius;\n}",
      becomes: [
        [
          "card($pad: 1rem) {\n  padding: $pad;",
          "card($pad: 1rem, $radius: 4px) {\n  padding: $pad;\n  border-radius: $radius;",
        ],
      ],
    },
    "ends where a line more is given below its last one": {
      path: "level.go",
      language: "go",
      text: 'package tide\n\nvar levels = []level{\n\t{"low", 0.5, "m"},\n\t{"high", 7.5, "m"},\n}\n',
      code: '\t{"high", 7.5, "m"},\n\t{"top", 9.5, "m"},',
      becomes: [['7.5, "m"},\n', '7.5, "m"},\n\t{"top", 9.5, "m"},\n']],
    },
    "ends with a line that a new one is given above of": {
      path: "Mean.cs",
      language: "csharp",
      text: "class Mean\n{\n    double Of(double[] all)\n    {\n        double sum = 0;\n        foreach (var one in all)\n        {\n            sum += one;\n        }\n        return sum / all.Length;\n    }\n}\n",
      code: "        if (all.Length == 0) return 0;\n        return sum / all.Length;",
      becomes: [
        ["        return sum", "        if (all.Length == 0) return 0;\n        return sum"],
      ],
    },
    "keeps the line that opens it where lines in it are given": {
      path: "Makefile",
      language: "makefile",
      text: "clean:\n\trm -f app\n\ninstall: app\n\tinstall -m 755 app /usr/local/bin/app\n",
      asked: "install -m",
      code: "\tinstall -d /usr/local/bin\n\tinstall -m 755 app /usr/local/bin/app",
      becomes: [["install: app\n", "install: app\n\tinstall -d /usr/local/bin\n"]],
    },
  });
});

describe("functions of one name", () => {
  checkAll({
    "are told by their turn where all are given": {
      path: "cart.ex",
      language: "elixir",
      text: "defmodule Cart do\n  def total([]), do: 0\n  def total(items), do: Enum.sum(items)\n\n  def other(a), do: a\nend\n",
      asked: "def total([])",
      code: "def total([]), do: 0.0\ndef total(items), do: items |> Enum.sum() |> round()",
      becomes: [
        ["do: 0\n", "do: 0.0\n"],
        ["Enum.sum(items)", "items |> Enum.sum() |> round()"],
      ],
    },
  });
});

describe("the head of a function", () => {
  checkAll({
    "keeps who may call it": {
      path: "lib.rs",
      language: "rust",
      text: "pub fn sum(values: &[u32]) -> u32 {\n    let mut total = 0;\n    for v in values {\n        total += v;\n    }\n    total\n}\n",
      code: "fn sum(values: &[u32]) -> u32 {\n    values.iter().sum()\n}",
      becomes: [
        [
          "    let mut total = 0;\n    for v in values {\n        total += v;\n    }\n    total\n",
          "    values.iter().sum()\n",
        ],
      ],
    },
    "goes on up to its body": {
      path: "point.cpp",
      language: "cpp",
      text: "int one() { return 1; }\n\nPoint::Point(int x, int y)\n  : x(x), y(y)\n{\n}\n\nint two() { return 2; }\n",
      code: "Point::Point(int x, int y) : x(x), y(y), z(0) {}",
      becomes: [["y)\n  : x(x), y(y)\n{\n}", "y) : x(x), y(y), z(0) {}"]],
    },
    "keeps its body, and no word for none is put into it": {
      path: "cart.py",
      language: "python",
      text: "class Cart:\n    def add(self, item):\n        self.items.append(item)\n\n    def total(self):\n        return len(self.items)\n",
      code: "class Cart:\n    def add(self, item):\n        pass\n\n    def total(self):\n        return sum(self.items)",
      becomes: "refused",
    },
    "is found below a bracket that seems open": {
      path: "visitor.rb",
      language: "ruby",
      text: 'class Visitor\n  def one(node)\n    case node\n    when /^text\\(/\n      "text"\n    end\n  end\n\n  def two(node)\n    # what should be\n    node.value\n  end\nend\n',
      code: '  def one(node)\n    case node\n    when /^text\\(/\n      "words"\n    end\n  end\n\n  def two(node)\n    # what must be\n    node.value\n  end',
      becomes: [
        ['"text"', '"words"'],
        ["should", "must"],
      ],
    },
    "keeps the name that it is exported by": {
      path: "api.js",
      language: "javascript",
      text: "const a = 1;\n\nmodule.exports.stop = (server) => {\n  server.close();\n};\n",
      code: "function stop(server) {\n  server.close();\n  server.unref();\n}",
      becomes: [
        [
          "stop = (server) => {\n  server.close();\n",
          "stop = function stop(server) {\n  server.close();\n  server.unref();\n",
        ],
      ],
    },
    "stays exported as a function for an arrow": {
      path: "clamp.js",
      language: "javascript",
      text: "export const clamp = (value, low) => {\n  return value;\n};\n\nexport const one = 1;\n",
      code: "function clamp(value, low) {\n  return Math.max(low, value);\n}",
      becomes: [
        [
          "const clamp = (value, low) => {\n  return value;\n};",
          "function clamp(value, low) {\n  return Math.max(low, value);\n}",
        ],
      ],
    },
    "stays exported as an arrow for a function": {
      path: "clamp.js",
      language: "javascript",
      text: "export function clamp(value, low) {\n  return value;\n}\n\nexport const one = 1;\n",
      code: "const clamp = (value, low) => {\n  return Math.max(low, value);\n};",
      becomes: [
        [
          "function clamp(value, low) {\n  return value;\n}",
          "const clamp = (value, low) => {\n  return Math.max(low, value);\n};",
        ],
      ],
    },
    "keeps all of its words where the answer has none of them": {
      path: "Text.java",
      language: "java",
      text: "public final class Text {\n    private Text() {}\n\n    public static String slug(String text) {\n        return text.toLowerCase();\n    }\n}\n",
      code: "String slug(String text) {\n    return text.trim().toLowerCase();\n}",
      becomes: [["text.toLowerCase()", "text.trim().toLowerCase()"]],
    },
    "stays local": {
      path: "util.lua",
      language: "lua",
      text: "local function round(n)\n  return math.floor(n)\nend\n\nlocal function trim(s)\n  return s\nend\n",
      code: "function round(n)\n  return math.floor(n + 0.5)\nend",
      becomes: [["floor(n)", "floor(n + 0.5)"]],
    },
    "has its type on a line of its own": {
      ...nodes,
      code: "static struct node *node_new(int value)\n{\n    struct node *n = malloc(sizeof(*n));\n    if (n == NULL)\n        return NULL;\n    n->value = value;\n    return n;\n}",
      becomes: [
        ["struct node *\nnode_new", "struct node *node_new"],
        ["sizeof(*n));\n", "sizeof(*n));\n    if (n == NULL)\n        return NULL;\n"],
      ],
    },
  });
});

describe("a string that says something to the reader alone", () => {
  checkAll({
    "stays above the field that the answer gives without it": {
      path: "config.py",
      language: "python",
      text: 'class Config:\n    """How it runs."""\n\n    host = "localhost"\n    """Where the server is."""\n\n    port = 8000\n    "Its port."\n\n    debug = False\n',
      code: 'class Config:\n    """How it runs."""\n\n    host = "0.0.0.0"\n    port = 8000\n    debug = False',
      becomes: [['"localhost"', '"0.0.0.0"']],
    },
    "is none in a dictionary": {
      path: "names.py",
      language: "python",
      text: 'NAMES = {\n    "a": "one"\n    "two",\n    "b": "three"\n    "four"\n}\n\n\ndef size():\n    return len(NAMES)\n',
      code: 'NAMES = {\n    "a": "one"\n    "two",\n    "b": "five"\n}\n\n\ndef size():\n    return len(NAMES)',
      becomes: [['"three"\n    "four"', '"five"']],
    },
    "stays in a schema": {
      path: "schema.graphql",
      language: "graphql",
      text: '"Books."\ntype Book {\n  "The ISBN."\n  id: ID!\n  title: String\n}\n\ntype Author {\n  "The name."\n  name: String!\n}\n',
      code: "type Book {\n  id: ID!\n  title: String!\n  year: Int\n}",
      becomes: [["title: String\n", "title: String!\n  year: Int\n"]],
    },
  });
});

describe("above a mark for left-out code", () => {
  checkAll({
    "the nearest of equal lines is meant": {
      path: "list.sh",
      language: "shellscript",
      text: 'gather() {\n\tall=( )\n\tfor one in $KEYS; do\n\t\tnames+=( "$one" )\n\tdone\n\treturned=1\n\n\tlocal at="$1"\n\twhile [[ $at != / ]]; do\n\t\tat=$(dirname "$at")\n\tdone\n\tcheck "$at"\n}\n',
      code: 'gather() {\n\t# ... existing code ...\n\tfor one in $KEYS; do\n\t\tmore+=( "$one" )\n\tdone\n\t# ... existing code ...\n}',
      becomes: [["names", "more"]],
    },
  });
});

describe("what an answer does not speak of", () => {
  const counter =
    '<template>\n  <p>{{ count }}</p>\n</template>\n\n<script setup>\nimport { ref } from "vue";\n\nconst count = ref(0);\n\nfunction add() {\n  count.value++;\n}\n</script>\n\n<style scoped>\np {\n  color: red;\n}\n</style>\n';
  const tool =
    "<?php\n\nnamespace App;\n\nclass Tool\n{\n    private $log;\n\n    public function __construct(Log $log)\n    {\n        $this->log = $log;\n    }\n\n    public function run(): void\n    {\n        $this->log->info('run');\n    }\n}\n";
  const perl =
    "package P;\n\nuse strict;\nuse warnings;\n\nsub run {\n    my ($file) = @_;\n    open my $fh, '<', $file;\n    return <$fh>;\n}\n\n1;\n";
  const checked =
    "sub run {\n    my ($file) = @_;\n    open my $fh, '<', $file or croak $!;\n    return <$fh>;\n}";
  const opened: readonly [string, string] = ["$file;\n    r", "$file or croak $!;\n    r"];
  const area =
    "area(s::Square) = s.side^2\narea(c::Circle) = 3.14 * c.radius^2\n\nfunction tell(c::Circle)\n    println(area(c))\nend\n";
  const buffer =
    "class Buffer {\n public:\n  void push(int x) {\n    data.push_back(x);\n  }\n\n private:\n  std::vector<int> data;\n};\n";
  const calls =
    "const api = {\n  users: {\n    list() {\n      return 1;\n    },\n    find(id) {\n      return id;\n    },\n  },\n  posts: {\n    list() {\n      return 2;\n    },\n    find(id) {\n      return -id;\n    },\n  },\n};\n\nexport default api;\n";
  checkAll({
    "is the last block of a page": {
      path: "Counter.vue",
      language: "vue",
      text: counter,
      code: `${counter.slice(0, counter.indexOf("\n</script>"))}\n\nfunction reset() {\n  count.value = 0;\n}\n</script>`,
      becomes: [["++;\n}", "++;\n}\n\nfunction reset() {\n  count.value = 0;\n}"]],
    },
    "is the namespace above a class, and its last method": {
      path: "Tool.php",
      language: "php",
      text: tool,
      code: "<?php\n\nclass Tool\n{\n    private $log;\n    private $limit;\n\n    public function __construct(Log $log, int $limit)\n    {\n        $this->log = $log;\n        $this->limit = $limit;\n    }\n}",
      becomes: [
        ["private $log;\n", "private $log;\n    private $limit;\n"],
        ["Log $log)", "Log $log, int $limit)"],
        ["= $log;\n", "= $log;\n        $this->limit = $limit;\n"],
      ],
    },
    "is what a module of Perl brings, and the value that ends one": {
      path: "P.pm",
      language: "perl",
      text: perl,
      code: `use Carp;\n\n${checked}`,
      becomes: [["use warnings;", "use warnings;\nuse Carp;"], opened],
    },
    "is the value that ends a module of Perl, below imports that are listed": {
      path: "P.pm",
      language: "perl",
      text: perl,
      code: `package P;\n\nuse strict;\nuse warnings;\nuse Carp qw(croak);\n\n${checked}`,
      becomes: [["use warnings;", "use warnings;\nuse Carp qw(croak);"], opened],
    },
    "is no line that is another version of one of the file's": {
      path: "area.jl",
      language: "julia",
      text: area,
      code: 'area(c::Circle) = pi * c.radius^2\n\nfunction tell(c::Circle)\n    println("area ", area(c))\nend',
      becomes: "refused",
    },
    "is the blank line between a new member and the next part": {
      path: "buffer.hpp",
      language: "cpp",
      text: buffer,
      code: "class Buffer {\n public:\n  // ...\n\n  int size() const { return data.size(); }\n\n private:\n  std::vector<int> data;\n};",
      becomes: [
        ["  }\n\n private", "  }\n\n  int size() const { return data.size(); }\n\n private"],
      ],
    },
    "is the depth of elements that are wrapped": {
      path: "Form.tsx",
      language: "typescriptreact",
      text: 'export function Form({ save }: Props) {\n  const [value, setValue] = useState("");\n  return (\n    <form onSubmit={() => save(value)}>\n      <input value={value} />\n    </form>\n  );\n}\n',
      code: "export function Form({ save }: Props) {\n  // ...\n  return (\n    <>\n      <form onSubmit={() => save(value)}>\n        <input value={value} />\n      </form>\n      <small>{value.length}</small>\n    </>\n  );\n}",
      becomes: [
        [
          "    <form onSubmit={() => save(value)}>\n      <input value={value} />\n    </form>\n",
          "    <>\n      <form onSubmit={() => save(value)}>\n        <input value={value} />\n      </form>\n      <small>{value.length}</small>\n    </>\n",
        ],
      ],
    },
    "is the only import, which the whole file takes from elsewhere": {
      path: "write.js",
      language: "javascript",
      text: 'import { writeFileSync } from "node:fs";\n\nexport function head(name) {\n  return name.trim();\n}\n\nexport function write(path, parts) {\n  writeFileSync(path, parts.join());\n}\n',
      code: 'import { writeFile } from "node:fs/promises";\n\nexport function head(name) {\n  return name.trim();\n}\n\nexport async function write(path, parts) {\n  await writeFile(path, parts.join());\n}',
      becomes: [
        ['{ writeFileSync } from "node:fs"', '{ writeFile } from "node:fs/promises"'],
        ["export function write", "export async function write"],
        ["  writeFileSync(", "  await writeFile("],
      ],
    },
    "is a blank line between two lines of one kind": {
      path: "Token.scala",
      language: "scala",
      text: "sealed trait Token\ncase class Num(value: Double) extends Token\ncase class Word(text: String) extends Token\n\nobject Parser {\n  def show(token: Token): String = token.toString\n}\n",
      code: "sealed trait Token\ncase class Num(value: Double) extends Token\ncase class Word(text: String) extends Token\ncase object End extends Token",
      becomes: [
        [
          "case class Word(text: String) extends Token\n",
          "case class Word(text: String) extends Token\ncase object End extends Token\n",
        ],
      ],
    },
    "is a blank line between what is brought in and the first line": {
      path: "init.lua",
      language: "lua",
      text: "local M = {}\n\nM.width = 80\n\nfunction M.setup(options)\n  M.options = options\nend\n\nreturn M\n",
      code: 'local util = require("tide.util")\nlocal M = {}\n\n-- ...\n\nfunction M.setup(options)\n  M.options = util.merge(options)\nend\n\nreturn M',
      becomes: [
        ["local M", 'local util = require("tide.util")\nlocal M'],
        ["M.options = options", "M.options = util.merge(options)"],
      ],
    },
    "is one of two methods of one name": {
      path: "api.js",
      language: "javascript",
      text: calls,
      code: "const api = {\n  users: {\n    // ...\n  },\n  posts: {\n    list(limit) {\n      return limit;\n    },\n    // ...\n  },\n};",
      becomes: "refused",
    },
    "is how a function of Lua is given its name": {
      path: "m.lua",
      language: "lua",
      text: 'local M = {}\n\nM.join = function(list)\n  return table.concat(list, " ")\nend\n\nM.one = function(list)\n  return list[1]\nend\n\nreturn M\n',
      code: "function M.join(list, sep)\n  local s = sep or ','\n  return table.concat(list, s)\nend",
      becomes: [
        ["M.join = function(list)", "function M.join(list, sep)"],
        [
          '  return table.concat(list, " ")',
          "  local s = sep or ','\n  return table.concat(list, s)",
        ],
      ],
    },
    "is an import of C#, where the namespace is forgotten as well": {
      path: "A.cs",
      language: "csharp",
      text: "using System;\nusing System.Text;\n\nnamespace Demo;\n\npublic class A\n{\n    public string Say()\n    {\n        var text = new StringBuilder();\n        text.Append(Name);\n        return text.ToString();\n    }\n}\n",
      code: 'using System;\n\npublic class A\n{\n    public string Say()\n    {\n        var text = new StringBuilder();\n        text.Append("Hello ");\n        text.Append(Name);\n        return text.ToString();\n    }\n}',
      becomes: [["text.Append(N", 'text.Append("Hello ");\n        text.Append(N']],
    },
    "is what stands in a section between two others": {
      path: "a.toml",
      language: "toml",
      text: 'title = "demo"\n\n[server]\nport = 80\n\n[client]\nretries = 3\ntimeout = 10\n\n[log]\nlevel = "info"\n',
      code: 'title = "demo"\n\n[server]\nport = 8080\n\n[log]\nlevel = "debug"',
      becomes: [
        ["80", "8080"],
        ['"info"', '"debug"'],
      ],
    },
    "is the end of a directive": {
      path: "a.h",
      language: "c",
      text: "#ifndef A_H\n#define A_H\n\n#include <stdio.h>\n\n#define MAX 10\n\nint add(int a, int b);\nint sub(int a, int b);\n\n#endif\n",
      code: "#ifndef A_H\n#define A_H\n\n#include <stdio.h>\n\nint add(int a, int b);\nint sub(int a, int b);\nint mul(int a, int b);",
      becomes: "refused",
    },
    "is a variable that a string of a shell script has in it": {
      path: "a.sh",
      language: "shellscript",
      text: '#!/bin/sh\nset -e\n\nDIR=/tmp/a\nmkdir -p "$DIR"\n\ncopy() {\n  cp "$1" "$DIR"\n}\n\nfor f in *.txt; do\n  copy "$f"\ndone\n\necho done\n',
      code: '#!/bin/sh\nset -e\n\ncopy() {\n  cp -p "$1" "$DIR"\n}\n\nfor f in *.txt; do\n  copy "$f"\ndone',
      becomes: [["cp ", "cp -p "]],
    },
    "is a method with an empty body, of which another head is given": {
      path: "A.java",
      language: "java",
      text: "class A {\n    public A add(int n) {\n        return one();\n    }\n\n    public void log(String text) {\n\n    }\n\n    public void log(String text, Object... all) {\n\n    }\n}\n",
      code: "    public A add(int n) {\n        return two();\n    }\n\n    public void log(String text, Value... all) {\n\n    }",
      becomes: "refused",
    },
    "is whose method it is, where its type is nowhere": {
      path: "a.go",
      language: "go",
      text: "package a\n\ntype Bag struct {\n\tall chan int\n}\n\nfunc (b *Bag) push(n int) {\n\tb.all <- n\n}\n\nfunc (b *Bag) size() int {\n\treturn len(b.all)\n}\n",
      code: "func (b *BagValue) push(n int) {\n\tb.all <- n\n}\n\nfunc (b *Bag) size() int {\n\treturn len(b.all) + 1\n}",
      becomes: "refused",
    },
    "is a rule of a build between two others": {
      path: "Makefile",
      language: "makefile",
      text: "CC = gcc\n\nall: app lib\n\napp: main.o\n\t$(CC) -o $@ $^\n\nlib: lib.o\n\tar rcs $@ $^\n\nclean:\n\trm -f app lib *.o\n",
      code: "CC = clang\n\nall: app lib\n\napp: main.o util.o\n\t$(CC) -o $@ $^\n\nclean:\n\trm -f app lib *.o",
      becomes: "refused",
    },
  });
});
