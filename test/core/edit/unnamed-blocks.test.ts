import { describe, expect, it } from "vitest";
import { outcomeOf, planOf } from "./support/outcome";
import { checkAll } from "./support/small-cases";

const fence = (code: string): string => `\`\`\`\n${code}\n\`\`\`\n`;

/**
 * What comes of a text when the answer is one fence; the person asked at the line that holds
 * `asked`.
 */
async function proposed(
  path: string,
  language: string,
  text: string,
  code: string,
  asked?: string,
): Promise<string> {
  const one = { language, path, text };
  const line = text.split("\n").findIndex((own) => asked !== undefined && own.includes(asked));
  const start = { line, character: 0 };
  return outcomeOf(
    await planOf(one, fence(code), asked ? { targetRange: { start, end: start } } : {}),
  );
}

const gradle = `plugins {
    id 'java'
}

dependencies {
    implementation 'a:a:1'
    testImplementation 'junit:junit:4.13.2'
}

tasks.register('hello') {
    println 'hello'
}

test {
    useJUnit()
}
`;

const cargo = `[package]
name = "a"

[dependencies]
serde = "1"
tokio = "1"

# for tests
[dev-dependencies]
tokio = "1"
`;

const hook = `export const Panel = () => {
  const [count, setCount] = useState(0);

  useEffect(() => {
    setCount(items.length);
  });

  return count;
};
`;

const spec = `describe("cart", () => {
  it("is empty", () => {
    expect(cart.size).toBe(0);
  });

  it("adds", () => {
    cart.add();
    expect(cart.size).toBe(1);
  });
});
`;

describe("a block that no name tells", () => {
  it("is the file's that the same line opens", async () => {
    const code = '[dependencies]\nserde = "1"\ntokio = { version = "1" }';
    expect(await proposed("Cargo.toml", "toml", cargo, code)).toBe(
      cargo.replace('tokio = "1"', 'tokio = { version = "1" }'),
    );
  });

  it("keeps what a mark in it stands for", async () => {
    const code = "M.defaults = {\n  width = 80,\n  height = 24,\n  -- ...\n}";
    const text = "local M = {}\n\nM.defaults = {\n  width = 80,\n  keys = {\n    a = 1,\n  },\n}\n";
    expect(await proposed("init.lua", "lua", text, code)).toBe(
      text.replace("width = 80,\n", "width = 80,\n  height = 24,\n"),
    );
  });

  it("beside another one in the same fence has no place", async () => {
    const code =
      "dependencies {\n    implementation 'a:a:1'\n    testImplementation 'b:b:5'\n}\n\ntest {\n    useJUnitPlatform()\n}";
    expect(await proposed("build.gradle", "groovy", gradle, code)).toMatch(/^\w+: /);
  });

  it("ends on the line that closes what it opened, however little that says", async () => {
    const code = "useEffect(() => {\n  setCount(items.length);\n}, [items.length]);";
    expect(await proposed("Panel.tsx", "typescriptreact", hook, code)).toBe(
      hook.replace("  });", "  }, [items.length]);"),
    );
  });

  it("behind a mark is new where the file has neither its head nor its body", async () => {
    const code =
      'describe("cart", () => {\n  // ...\n\n  it("sums", () => {\n    cart.add(3);\n    expect(cart.total).toBe(3);\n  });\n});';
    expect(await proposed("cart.test.js", "javascript", spec, code)).toBe(
      spec.replace(
        "toBe(1);\n  });\n",
        'toBe(1);\n  });\n\n  it("sums", () => {\n    cart.add(3);\n    expect(cart.total).toBe(3);\n  });\n',
      ),
    );
  });

  it("is none where a word of the language opens it, which many do", async () => {
    const text = "function a() {\n  try {\n    b();\n    c();\n  } catch (e) {\n    d();\n  }\n}\n";
    const code = "try {\n  return await task();\n} catch (error) {\n  console.error(error);\n}";
    expect(await proposed("a.js", "javascript", text, code)).toMatch(/^noEdit/);
  });

  it("of which several stand there is the one that was asked about", async () => {
    const text =
      "a {\n  x: 1\n}\n\nb {\n  inner {\n    x: 2\n  }\n}\n\nc {\n  inner {\n    x: 3\n  }\n}\n";
    const code = "inner {\n  x: 4\n}";
    expect(await proposed("a.conf", "plaintext", text, code, "x: 3")).toBe(
      text.replace("x: 3", "x: 4"),
    );
    expect(await proposed("a.conf", "plaintext", text, code)).toMatch(/^\w+: /);
  });
});

it("a place that only looks alike is refused where the file could not be read with it", async () => {
  const text =
    "class A {\n  decimal Total\n  {\n    get { return orders.Sum(o => o.Price); }\n  }\n}\n";
  const code = "public double Total => orders.Sum(o => o.Price);";
  const outcome = await proposed("A.cs", "csharp", text, code, "get {");
  expect(outcome.includes("get { return") || /^\w+: /.test(outcome)).toBe(true);
});

describe("a block that many others are like", () => {
  const pom =
    "<plugins>\n  <plugin>\n    <artifactId>compiler</artifactId>\n    <version>3.1</version>\n  </plugin>\n  <plugin>\n    <artifactId>jar</artifactId>\n    <version>3.3</version>\n  </plugin>\n</plugins>\n";
  const of = (name: string, version: string): string =>
    `<plugin>\n  <artifactId>${name}</artifactId>\n  <version>${version}</version>\n  <inherited>true</inherited>\n</plugin>`;
  const service =
    '#!/bin/sh\nstart() {\n    tide &\n}\n\ncase "$1" in\n    start)\n        start\n        ;;\n    status)\n        pgrep -l tide | head -n 1\n        ;;\n    *)\n        echo "usage: $0 start" >&2\n        ;;\nesac\n';
  const views =
    "CREATE VIEW opened AS\nSELECT o.id\nFROM orders o\nWHERE o.paid = 0;\n\nCREATE VIEW late AS\nSELECT o.id\nFROM orders o\nWHERE o.due < CURRENT_DATE;\n";
  checkAll({
    "is told by the first line that no other has": {
      path: "pom.xml",
      language: "xml",
      text: pom,
      code: of("jar", "3.4"),
      becomes: [["3.3</version>\n", "3.4</version>\n    <inherited>true</inherited>\n"]],
    },
    "is not told by another one": {
      path: "pom.xml",
      language: "xml",
      text: pom,
      code: of("surefire", "3.3"),
      becomes: "refused",
    },
    "has one label more in a shell": {
      path: "service.sh",
      language: "shellscript",
      text: service,
      code: 'case "$1" in\n    start)\n        start\n        ;;\n    status)\n        pgrep -l tide | head -n 1\n        ;;\n    stop)\n        pkill tide\n        ;;\n    *)\n        echo "usage: $0 start|stop" >&2\n        ;;\nesac',
      becomes: [
        ["    *)", "    stop)\n        pkill tide\n        ;;\n    *)"],
        ["$0 start", "$0 start|stop"],
      ],
    },
    "ends with its semicolon in data": {
      path: "views.sql",
      language: "sql",
      text: views,
      code: "CREATE VIEW late AS\nSELECT o.id, o.due\nFROM orders o\nWHERE o.due < CURRENT_DATE\nORDER BY o.due;",
      becomes: [
        ["late AS\nSELECT o.id\n", "late AS\nSELECT o.id, o.due\n"],
        ["CURRENT_DATE;", "CURRENT_DATE\nORDER BY o.due;"],
      ],
    },
  });
});

describe("of two fences the one without a place", () => {
  checkAll({
    "is not left out in silence": {
      path: "a.svelte",
      language: "svelte",
      text: "<script>\n  export let start = 0;\n  let count = start;\n\n  function more() {\n    count += 1;\n  }\n</script>\n",
      code: "```js\nfunction more() {\n  count += step;\n}\n```\n\nand a new prop:\n\n```js\nexport let start = 0;\nexport let step = 1;\n```\n",
      becomes: "refused",
    },
  });
});
