import { describe, expect, it } from "vitest";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { checkAll } from "./support/small-cases";

async function proposed(
  text: string,
  answer: string,
  languageId: string,
  path: string,
): Promise<string> {
  const plan = await planEdits({ answer, truncated: false, files: [{ path, languageId, text }] });
  return plan.kind === "plan" ? (plan.files[0]?.proposed ?? "") : JSON.stringify(plan);
}

const shop = `class Shop:
    def __init__(self):
        self.items = {}

    def put(self, item):
        self.items[item] = 1

    # takes one away
    def take(self, item):
        return self.items.pop(item)
`;

it("a decorator that the model added stands above its own method, whatever methods the answer left out", async () => {
  const answer =
    "```python\nclass Shop:\n    def __init__(self):\n        self.items = {}\n\n    @locked\n    def take(self, item):\n        return self.items.pop(item)\n```";
  expect(await proposed(shop, answer, "python", "shop.py")).toBe(
    shop.replace("    def take", "    @locked\n    def take"),
  );
});

it("a decorator on a function by itself goes below the comment above it", async () => {
  const answer =
    "```python\n# takes one away\n@locked\ndef take(self, item):\n    return self.items.pop(item)\n```";
  expect(await proposed(shop, answer, "python", "shop.py")).toBe(
    shop.replace("    def take", "    @locked\n    def take"),
  );
});

it("a group of imports is no declaration, and nothing is replaced by it", async () => {
  const go =
    'package a\n\nimport (\n\t"sort"\n)\n\ntype Count struct {\n\tWord string\n}\n\ntype Counter struct {\n\ttotal int\n}\n\nfunc New() *Counter {\n\treturn &Counter{}\n}\n';
  const answer =
    '```go\nimport (\n\t"sort"\n)\n\ntype Counter struct {\n\ttotal int\n\tseen  int\n}\n\nfunc New() *Counter {\n\treturn &Counter{}\n}\n```';
  expect(await proposed(go, answer, "go", "a.go")).toBe(
    go.replace("\ttotal int\n", "\ttotal int\n\tseen  int\n"),
  );
});

const tasks = {
  path: "tasks.py",
  language: "python",
  text: '@task(retries=3)\n@locked("sync")\ndef sync(user):\n    for item in fetch(user):\n        item.save()\n\n\n@task\ndef clean():\n    drop()\n',
};

describe("of two decorators, one that the answer leaves out", () => {
  checkAll({
    "is not taken out beside another change": {
      ...tasks,
      code: "@task(retries=5)\ndef sync(user):\n    for item in fetch(user):\n        item.save(user)",
      becomes: "refused",
    },
    "goes where nothing else changes": {
      ...tasks,
      code: "@task(retries=3)\ndef sync(user):\n    for item in fetch(user):\n        item.save()",
      becomes: [['@locked("sync")\n', ""]],
    },
    "goes for another one": {
      ...tasks,
      code: '@task(retries=3)\n@queued("sync")\ndef sync(user):\n    for item in fetch(user):\n        item.save(user)',
      becomes: [
        ["locked", "queued"],
        ["save()", "save(user)"],
      ],
    },
    "is not taken out where both stand on the line of the function": {
      path: "Sums.java",
      language: "java",
      text: 'class Sums {\n    @Test @DisplayName("adds") void adds() {\n        check(3, sum(1, 2));\n    }\n}\n',
      code: "@Test void adds() {\n    check(6, sum(1, 2, 3));\n}",
      becomes: "refused",
    },
    "is not taken out of a list in brackets": {
      path: "Items.cs",
      language: "csharp",
      text: "public class Items\n{\n    [HttpGet, Authorize]\n    public Item Get(int id)\n    {\n        return store[id];\n    }\n}\n",
      code: "[HttpGet]\npublic Item Get(int id)\n{\n    return store.Find(id);\n}",
      becomes: "refused",
    },
    "is not taken out where each stands in brackets of its own": {
      path: "Items.cs",
      language: "csharp",
      text: "public class Items\n{\n    [HttpGet] [Authorize]\n    public Item Get(int id)\n    {\n        return store[id];\n    }\n}\n",
      code: "[HttpGet]\npublic Item Get(int id)\n{\n    return store.Find(id);\n}",
      becomes: "refused",
    },
    "is not taken out of a list that begins as a comment does": {
      path: "Items.php",
      language: "php",
      text: "<?php\nclass Items\n{\n    #[Get, Auth]\n    public function get(int $id): Item\n    {\n        return $this->store[$id];\n    }\n}\n",
      code: "#[Get]\npublic function get(int $id): Item\n{\n    return $this->store->find($id);\n}",
      becomes: "refused",
    },
    "is no variable of an object": {
      path: "till.rb",
      language: "ruby",
      text: "class Till\n  def reset\n    @total = 0\n    @count = 0\n    @open\n  end\nend\n",
      code: "def reset\n  @total = 0.0\n  @open = true\nend",
      becomes: [["@total = 0\n    @count = 0\n    @open\n", "@total = 0.0\n    @open = true\n"]],
    },
  });
});

it("a decorator goes beside another change where the sentence above says so", async () => {
  const code =
    "```python\n@task(retries=3)\ndef sync(user):\n    for item in fetch(user):\n        item.save(user)\n```";
  const saved = tasks.text.replace("save()", "save(user)");
  expect(
    await proposed(
      tasks.text,
      `Remove \`@locked\` and name the user:\n\n${code}`,
      "python",
      "tasks.py",
    ),
  ).toBe(saved.replace('@locked("sync")\n', ""));
});
