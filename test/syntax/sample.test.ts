import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createSyntaxSource } from "../../src/syntax/syntax-source";
import { installedGrammars } from "./place";

const folder = fileURLToPath(new URL("../sample", import.meta.url));
const python = spawnSync("python3", ["--version"]).status === 0;
const programs = readdirSync(folder).filter((name) => name.endsWith(".py"));
const read = (name: string) => readFileSync(join(folder, name), "utf8");

/** The one change that mends each program: the mistake is real, and nothing else is wrong. */
const mended: Readonly<Record<string, readonly [string, string]>> = {
  "basket.py": ["basket.append(item)", "basket = [*basket, item]"],
  "bits.py": ["n ^= n - 1", "n &= n - 1"],
  "meetings.py": [
    "self.start <= other.end and other.start <= self.end",
    "self.start < other.end and other.start < self.end",
  ],
  "pages.py": ["number * size", "(number - 1) * size"],
  "words.py": ["count >= counts[best]", "count > counts[best]"],
};

function doctest(source: string) {
  const script =
    "import doctest, sys, types\nm = types.ModuleType('m')\nsys.modules['m'] = m\nexec(sys.stdin.read(), m.__dict__)\nprint(*doctest.testmod(m))";
  const run = spawnSync("python3", ["-c", script], {
    input: source,
    encoding: "utf8",
    timeout: 10_000,
  });
  const [failed, attempted] = (run.stdout.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  return { failed, attempted };
}

describe("The sample project", () => {
  it.skipIf(!python).each(programs)(
    "%s has a real mistake: an example in it fails, until one line is mended (needs python3)",
    (name) => {
      const source = read(name);
      const [wrong, right] = mended[name] ?? ["", ""];
      expect(source.split(wrong)).toHaveLength(2);
      const before = doctest(source);
      expect(before.attempted).toBeGreaterThan(2);
      expect(before.failed).toBeGreaterThan(0);
      expect(doctest(source.replace(wrong, right))).toEqual({
        failed: 0,
        attempted: before.attempted,
      });
    },
  );

  it("web/queue.js takes in more than its limit", () => {
    const build = (source: string) =>
      new Function(`${source.replace("export class", "return class")}`)() as new (
        limit: number,
      ) => { put(item: number): boolean };
    const fill = (source: string) => {
      const queue = new (build(source))(2);
      return [queue.put(1), queue.put(2), queue.put(3)];
    };
    expect(fill(read("web/queue.js"))).toEqual([true, true, true]);
    expect(fill(read("web/queue.js").replace("> this.limit", ">= this.limit"))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("every program is sound in its syntax, and every function in it has a description", async () => {
    const source = createSyntaxSource(installedGrammars());
    for (const [name, languageId] of [
      ...programs.map((program) => [program, "python"]),
      ["web/price.ts", "typescript"],
      ["web/queue.js", "javascript"],
    ]) {
      expect((await source.check(languageId ?? "", read(name ?? "")))?.errors, name).toEqual([]);
      const outline = await source.outline(languageId ?? "", read(name ?? ""));
      const callable = outline?.filter(
        (symbol) => symbol.kind === "function" || symbol.kind === "method",
      );
      expect(callable?.length).toBeGreaterThan(0);
      expect(
        callable?.filter((symbol) => symbol.doc === undefined).map((symbol) => symbol.name),
      ).toEqual([]);
    }
  });
});
