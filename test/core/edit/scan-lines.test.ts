import { describe, expect, it } from "vitest";
import { languageFacts } from "../../../src/base/languages/languages";
import { compareLines } from "../../../src/base/text/compare-lines";
import { scanChanged, scanLines, scanOf } from "../../../src/core/edit/text/scan-lines";
import { seeded } from "./support/seeded";

/**
 * Lines that open and close what goes over several lines, so that one change moves all below it.
 */
const pieces: Readonly<Record<string, readonly string[]>> = {
  typescript: [
    "f({",
    "});",
    "/* a",
    "b */",
    "const s = `x",
    "y`;",
    "if (a) {",
    "}",
    "g([",
    "]);",
    "",
    "// c",
  ],
  python: [
    "def f():",
    '    """Says.',
    '    more"""',
    "    g(",
    "    )",
    "x = '''",
    "'''",
    "",
    "# c",
  ],
};

describe("What is known of the lines of a changed text", () => {
  it.each(Object.keys(pieces))("is what going over all of them tells, in %s", (language) => {
    const facts = languageFacts(language);
    const random = seeded(7);
    const some = (count: number): string[] =>
      Array.from({ length: count }, (_, at) =>
        random.below(3) === 0 ? random.pick(pieces[language] ?? []) : `  a${at % 7} = ${at};`,
      );
    for (let round = 0; round < 60; round++) {
      const before = some(200);
      const after = [...before];
      for (let change = random.below(3); change >= 0; change--)
        after.splice(random.below(after.length), random.below(4), ...some(random.below(4)));
      scanOf(before, facts);
      scanChanged(before, after, compareLines(before, after), facts);
      expect(JSON.stringify(scanOf(after, facts))).toBe(JSON.stringify(scanLines(after, facts)));
    }
  });

  it("is not looked for again below a change that ends where it began", () => {
    const facts = languageFacts("typescript");
    const before = Array.from(
      { length: 1_000 },
      (_, at) => `const a${at} = f(${at}, "${"x".repeat(250)}");`,
    );
    const after = before.with(500, "changed();");
    const known = scanOf(before, facts);
    scanChanged(before, after, compareLines(before, after), facts);
    // A line this long is kept by nobody: only what was not gone over again is the very same.
    const same = scanOf(after, facts).filter((line, at) => line === known[at]);
    expect(same.length).toBeGreaterThan(850);
  });
});
