import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { projectOf } from "../../eval/languages";
import { readOwnSuite } from "../../eval/own-suite";
import { runTests, writeTexts } from "../../eval/run-tests";
import { thinkaloudFolders } from "../../src/model-setup/folders";

const cases = await readOwnSuite(join(import.meta.dirname, "../../eval/cases"));

describe("the evaluation's own suite", () => {
  it("has forty bugs at least, half of which need a second file", () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    const second = cases.filter(({ second: kind }) => kind !== "none");
    expect(second.length).toBeGreaterThanOrEqual(cases.length / 2);
    expect(second.filter(({ second: kind }) => kind === "edit").length).toBeGreaterThanOrEqual(8);
  });

  it.each(cases)("asks in $name where the fix is, unless another file has to change", (one) => {
    const changed = [...one.files].filter(([path, text]) => one.fixed?.get(path) !== text);
    expect(changed.length).toBeGreaterThan(0);
    const elsewhere = changed.some(([path]) => path !== one.at.path);
    expect(elsewhere).toBe(one.second === "edit");
  });
});

/**
 * Compilers take minutes for all of them: one of each language, or, with THINKALOUD_EVAL_CASES=all,
 * every one.
 */
const run =
  process.env["THINKALOUD_EVAL_CASES"] === "all"
    ? cases
    : cases.filter(
        ({ language }, at) => cases.findIndex((one) => one.language === language) === at,
      );

describe("the tests of a case", () => {
  // A compiler makes its own library the first time, which takes a minute.
  const kept = join(thinkaloudFolders().cache, "checks");
  beforeAll(async () => {
    await mkdir(kept, { recursive: true });
  });

  it.each(run)(
    "fail in $name and pass with the reference fix",
    async (one) => {
      const folder = await realpath(await mkdtemp(join(tmpdir(), "eval-case-")));
      try {
        await writeTexts(folder, projectOf(one));
        const { signal } = new AbortController();
        const before = await runTests(one, folder, kept, signal);
        if (before.missing !== undefined) return;
        expect(before.passed, before.output).toBe(false);
        await writeTexts(folder, one.fixed ?? new Map());
        const after = await runTests(one, folder, kept, signal);
        expect(after.passed, after.output).toBe(true);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    400_000,
  );
});
