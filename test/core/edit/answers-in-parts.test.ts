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

describe("the head of a function", () => {
  checkAll({
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
