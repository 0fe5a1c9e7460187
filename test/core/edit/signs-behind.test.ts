import { describe, expect, it } from "vitest";
import { outcomeOf, planOf } from "./support/outcome";

const text = `class Store {
  size(): number {
    const all = this.items;
    return all.length;
  }

  clear(): void {
    this.items = [];
  }
}
`;
const wanted = text.replace("return all.length;", "return all.size;");

async function proposed(answer: string, file = text, path = "store.ts", language = "typescript") {
  const one = {
    language,
    path,
    text: file,
  };
  return outcomeOf(await planOf(one, answer));
}

describe("signs of a diff that stand behind the indentation", () => {
  it.each([
    ["diff", "    const all = this.items;\n    - return all.length;\n    + return all.size;\n  }"],
    ["diff", "    const all = this.items;\n    -return all.length;\n    +return all.size;\n  }"],
    [
      "diff",
      "     const all = this.items;\n     - return all.length;\n     + return all.size;\n   }",
    ],
    ["ts", "    const all = this.items;\n    - return all.length;\n    + return all.size;\n  }"],
    [
      "diff",
      "@@ -3,3 +3,3 @@\n    const all = this.items;\n    -return all.length;\n    +return all.size;\n  }",
    ],
    ["diff", "const all = this.items;\n- return all.length;\n+ return all.size;"],
  ])("are signs, in a fence called %s: %j", async (info, code) => {
    expect(await proposed(`\`\`\`${info}\n${code}\n\`\`\`\n`)).toBe(wanted);
  });

  it("are so where lines are only added, and a statement begins", async () => {
    const code = "    const all = this.items;\n    + this.check();\n    return all.length;";
    const added = text.replace(
      "this.items;\n    return",
      "this.items;\n    this.check();\n    return",
    );
    expect(await proposed(`\`\`\`ts\n${code}\n\`\`\`\n`)).toBe(added);
  });

  it("are code where an expression goes on, or an item of a list begins", async () => {
    const sum = 'const a =\n  "b"\n  + "c";\nsend(a);\n';
    const code = '```js\nconst a =\n  "b"\n  + "c"\n  + "d";\nsend(a);\n```\n';
    expect(await proposed(code, sum, "a.js", "javascript")).toBe(
      sum.replace('+ "c"', '+ "c"\n  + "d"'),
    );
    const list = "steps:\n  - run: a\n  - run: b\nname: c\n";
    const steps = "```yaml\nsteps:\n  - run: a\n  - run: d\n  - run: b\nname: c\n```\n";
    expect(await proposed(steps, list, "a.yml", "yaml")).toBe(
      list.replace("a\n", "a\n  - run: d\n"),
    );
  });

  it("do not come to stand in the file", async () => {
    const code = "    this.items = [];\n    + this.check()\n    + this.done()";
    expect(await proposed(`\`\`\`ts\n${code}\n\`\`\`\n`)).toMatch(/^(?:noEdit|stale): /);
  });
});

it("a label that ends the new half is none of its lines", async () => {
  const answer = "store.ts\nSEARCH\n    return all.length;\nREPLACE\n    return all.size;\nEND\n";
  expect(await proposed(answer)).toBe(wanted);
});

it("halves below --- OLD and --- NEW are an edit", async () => {
  const answer = "--- OLD\n    return all.length;\n--- NEW\n    return all.size;\n";
  expect(await proposed(answer)).toBe(wanted);
});
