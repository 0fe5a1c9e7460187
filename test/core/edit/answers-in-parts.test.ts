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
    "keeps the line that opens it where lines in it are given": {
      path: "Makefile",
      language: "makefile",
      text: "clean:\n\trm -f app\n\ninstall: app\n\tinstall -m 755 app /usr/local/bin/app\n",
      asked: "install -m",
      code: "\tinstall -d /usr/local/bin\n\tinstall -m 755 app /usr/local/bin/app",
      becomes: "refused",
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
