import { describe, expect, test } from "vitest";
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

async function landed(code: string): Promise<string> {
  const plan = await planEdits({
    answer: `\`\`\`java\n${code}\n\`\`\`\n`,
    truncated: false,
    files: [{ path: "Store.java", languageId: "java", text: store }],
  });
  return outcomeOf(plan);
}

describe("A new method with documentation, annotation and a head of two lines", () => {
  test.each([
    ["below the mark for the others, in its class", `${dots}\n${compare}\n`],
    ["between two such marks", `${dots}\n${compare}\n\n${dots}`],
  ])("comes whole %s", async (_, inside) => {
    expect(await landed(`public class Store extends Shelf {\n${inside}}`)).toBe(behindHash);
  });

  test("keeps its depths beside a method that the file has", async () => {
    expect(await landed(`${hashCode}\n${compare}`)).toBe(behindHash);
  });

  test("keeps its depths beside a method of which the body says nothing", async () => {
    const code = compare.replace(/^/gm, "    ");
    const done = "        default void done() {\n        }\n";
    const wanted = store.replace(done, `${done}\n${code}\n`);
    expect(await landed(`${done}\n${code}`)).toBe(wanted);
  });
});

test("A call above another statement is no declaration, though a block follows", () => {
  const lines = ["log(kind: kind)", "all.forEach { one in", "  log(one)", "}"];
  expect(findDeclarations(lines, languageFacts("swift"))).toEqual([]);
});
