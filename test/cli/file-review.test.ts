import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { FileReview } from "../../src/cli/file-review";
import { readSourceFile } from "../../src/cli/source-file";
import { filesOf } from "../../src/session/review/proposals";
import { edit, failureOf } from "../session/decided";
import { folderForTest } from "../support/folder-for-test";

it.each([
  [".git/config", "applyRefused"],
  ["sub/.GIT/hooks/pre-commit", "applyRefused"],
  [".gitignore", undefined],
  ["src/git/a.py", undefined],
])(
  "an edit of %s: what the repository keeps for itself is no file of the project",
  async (path, failure) => {
    const folder = folderForTest("file-review");
    const asked = join(folder, "a.py");
    const other = join(folder, path);
    mkdirSync(join(other, ".."), { recursive: true });
    for (const file of [asked, other]) writeFileSync(file, "x = 1\n");
    const file = { ...edit(path, "x = 1\n", "x = 2\n"), uri: pathToFileURL(other).href };
    const known = {
      runId: "run",
      proposal: { id: "p", files: [file] },
      state: "open",
      blocks: {},
    } as const;
    const [reviewed] = filesOf(known);
    const review = new FileReview({
      asked: await readSourceFile(asked, undefined),
      folder,
      // Naming it is no way around.
      named: [other],
    });
    if (reviewed === undefined) throw new Error("the proposal has no file");
    expect(await failureOf(review.textToChange(reviewed))).toBe(failure);
  },
);
