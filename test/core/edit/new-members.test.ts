import { describe, expect, it } from "vitest";
import { languageFacts } from "../../../src/base/languages/languages";
import { findDeclarations } from "../../../src/core/edit/code/declarations";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { outcomeOf } from "./support/outcome";

const store = `public class Store extends Shelf {
    private int size = 0;

    public Store() {
        this(0);
    }

    /** Adds one. */
    @Override
    public boolean add(String name) {
        return add(name, null);
    }

    interface Visitor {
        default void done() {
        }
    }

    @Override
    public int hashCode() {
        return size;
    }
}
`;
const compare = [
  "    /**",
  "     * Compares two.",
  "     */",
  "    @Override",
  "    public int compare(Store other)",
  "            throws ClosedException {",
  "        return size - other.size;",
  "    }",
].join("\n");
const hashCode = "    @Override\n    public int hashCode() {\n        return size;\n    }\n";
const behindHash = store.replace(hashCode, `${hashCode}\n${compare}\n`);
const dots = "    // ... existing code ...\n";

async function landed(code: string, languageId = "java", text = store): Promise<string> {
  const plan = await planEdits({
    answer: `\`\`\`${languageId}\n${code}\n\`\`\`\n`,
    truncated: false,
    files: [{ path: "store", languageId, text }],
  });
  return outcomeOf(plan);
}

describe("A new method with documentation, annotation and a head of two lines", () => {
  it.each([
    ["below the mark for the others, in its class", `${dots}\n${compare}\n`],
    ["between two such marks", `${dots}\n${compare}\n\n${dots}`],
  ])("comes whole %s", async (_, inside) => {
    expect(await landed(`public class Store extends Shelf {\n${inside}}`)).toBe(behindHash);
  });

  it("keeps its depths beside a method that the file has", async () => {
    expect(await landed(`${hashCode}\n${compare}`)).toBe(behindHash);
  });

  it("keeps its depths beside a method of which the body says nothing", async () => {
    const code = compare.replace(/^/gm, "    ");
    const done = "        default void done() {\n        }\n";
    const wanted = store.replace(done, `${done}\n${code}\n`);
    expect(await landed(`${done}\n${code}`)).toBe(wanted);
  });
});

it("A new method stands above all of a decorator that goes on over several lines", async () => {
  const load =
    "    @retry(\n        times=3,\n    )\n    def load(self, path):\n        return path\n";
  const text = `class Store:\n    limit = 10\n\n${load}`;
  const fresh = "    def size(self):\n        return self.limit\n";
  expect(await landed(`${fresh}\n${load}`, "python", text)).toBe(
    text.replace(load, `${fresh}\n${load}`),
  );
});

it("A new function beside what has no name does not come to stand outside of the class", async () => {
  const companion =
    "    companion object {\n        fun of(name: String): Store {\n            return Store(name)\n        }\n    }\n";
  const text = `class Store(val name: String) {\n    var size = 0\n\n${companion}}\n`;
  const fresh = "    fun count(): Int {\n        return size\n    }\n";
  for (const code of [`${companion}\n${fresh}`, `${companion}\n${fresh}`.replace(/^ {4}/gm, "")])
    expect(await landed(code, "kotlin", text)).not.toMatch(/^fun|^ {4}fun[\s\S]*^class/m);
});

it("A class with its access words at one column keeps the two columns of its members", async () => {
  const text =
    "class Store {\n public:\n  explicit Store(int size) : size_(size) {}\n\n  void close();\n\n private:\n  int size_ = 0;\n};\n";
  const fresh = "  int count() const {\n    return size_;\n  }\n";
  const code = `class Store {\n  // ... existing code ...\n\n${fresh}};`;
  expect(await landed(code, "cpp", text)).toBe(text.replace("};\n", `\n${fresh}};\n`));
});

it("A call above another statement is no declaration, though a block follows", () => {
  const lines = ["log(kind: kind)", "all.forEach { one in", "  log(one)", "}"];
  expect(findDeclarations(lines, languageFacts("swift"))).toEqual([]);
});

it.each([
  [
    "ruby",
    "class Order\n  def initialize(lines)\n    @lines = lines\n  end\n\n  def total\n    lines.sum(&:price)\n  end\n\n  def empty?\n    lines.empty?\n  end\nend\n",
    [
      "    lines.sum(&:price)\n  end\n",
      "    lines.sum(&:cost)\n  end\n\n  def count\n    lines.size\n  end\n",
    ],
    "class Order\n  def total\n    lines.sum(&:cost)\n  end\n\n  def count\n    lines.size\n  end\nend\n",
  ],
  [
    "elixir",
    "defmodule Order do\n  def build(lines) do\n    lines\n  end\n\n  def total(lines) do\n    Enum.sum(lines)\n  end\n\n  def blank(lines) do\n    lines == []\n  end\nend\n",
    [
      "    Enum.sum(lines)\n  end\n",
      "    Enum.sum(lines) + 1\n  end\n\n  def count(lines) do\n    length(lines)\n  end\n",
    ],
    "defmodule Order do\n  def total(lines) do\n    Enum.sum(lines) + 1\n  end\n\n  def count(lines) do\n    length(lines)\n  end\nend\n",
  ],
] as const)(
  "A new method of %s takes the place of none that has nothing but an `end` like it",
  async (languageId, text, [old, fresh], code) => {
    expect(await landed(code, languageId, text)).toBe(text.replace(old, () => fresh));
  },
);

it("A new function stands right above the comment that ends the region of the one beside it", async () => {
  const two = "export function two() {\n  return 2;\n}\n";
  const text = `// #region math\n${two}// #endregion\n\nexport function three() {\n  return 3;\n}\n`;
  const four = "export function four() {\n  return 4;\n}\n";
  expect(await landed(`${two}\n${four}`, "typescript", text)).toBe(
    text.replace(two, `${two}\n${four}`),
  );
});
