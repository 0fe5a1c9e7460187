import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Check {
  readonly function: string;
  /** One-based. */
  readonly line: number;
  readonly right: string;
  readonly cases: readonly unknown[];
}

const folder = join(import.meta.dirname, "../../bench/fix");
const checks = JSON.parse(readFileSync(join(folder, "checks.json"), "utf8")) as Record<
  string,
  Check
>;
const noPython = spawnSync("python3", ["--version"]).status !== 0;

/** Some of the bugs are loops without an end; the judge then says nothing. */
function judged(code: string, check: Check, timeout: number): string {
  const input = JSON.stringify({ code, function: check.function, cases: check.cases });
  return spawnSync("python3", [join(folder, "judge.py")], {
    input,
    encoding: "utf8",
    timeout,
  }).stdout.trim();
}

describe.skipIf(noPython)("the judge of the forty programs", () => {
  it.each(Object.entries(checks))("knows the right %s from the one with the bug", (name, check) => {
    const buggy = readFileSync(join(folder, "programs", `${name}.py`), "utf8");
    const lines = buggy.split("\n");
    lines[check.line - 1] = check.right;
    expect(judged(lines.join("\n"), check, 10_000)).toBe("right");
    expect(judged(buggy, check, 500)).not.toBe("right");
  });
});
