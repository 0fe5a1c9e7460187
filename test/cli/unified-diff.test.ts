import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { unifiedDiff } from "../../src/cli/unified-diff";
import type { FileProposal } from "../../src/protocol/proposal";
import { folderForTest } from "../support/folder-for-test";

const byteOrderMark = "\uFEFF";
let folder: string;
beforeEach(() => {
  folder = folderForTest("diff-");
});

function proposal(
  base: string,
  proposed: string,
  path = "a.py",
  change: FileProposal["change"] = "edit",
): FileProposal {
  const rest = { hunks: [], match: "exact", syntax: "clean", notices: [] } as const;
  return { uri: `file:///${path}`, path, languageId: "python", change, base, proposed, ...rest };
}

/** What the patch makes of the file on disk, by git's own judgement. */
function applied(file: FileProposal, prefix = ""): string {
  const path = join(folder, file.path);
  if (file.change === "edit") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, prefix + file.base);
  }
  const patch = unifiedDiff(file, prefix);
  // Outside a repository, so that no configuration of the person's has a say in line ends.
  execFileSync("git", ["apply", "--whitespace=nowarn", "-"], {
    cwd: folder,
    input: patch,
    env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir(), GIT_CONFIG_GLOBAL: "/dev/null" },
  });
  return readFileSync(path, "utf8");
}

const numbered = (count: number, end: string): string =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}${end}`).join("");

describe("unifiedDiff, applied with git", () => {
  const cases: Record<string, readonly [base: string, proposed: string, prefix?: string]> = {
    "a change in the middle": [
      numbered(20, "\n"),
      numbered(20, "\n").replace("line 10\n", "line ten\n"),
    ],
    "two changes far apart": [
      numbered(60, "\n"),
      numbered(60, "\n").replace("line 3\n", "three\n").replace("line 50\n", ""),
    ],
    "a line more at the start and at the end": ["a\nb\n", "first\na\nb\nlast\n"],
    "CRLF line ends": [numbered(20, "\r\n"), numbered(20, "\r\n").replace("line 10", "line ten")],
    "mixed line ends": ["a\r\nb\nc\r\nd\n", "a\r\nB\nc\r\nd\n"],
    "lone carriage returns": ["a\rb\nc\nd\n", "a\rb\nC\nd\n"],
    "a change of line ends alone": ["a\r\nb\n", "a\nb\n"],
    "a byte-order mark before the first line that changes": [
      "a\nb\nc\n",
      "A\nb\nc\n",
      byteOrderMark,
    ],
    "a byte-order mark before a line of context": ["a\nb\nc\n", "a\nb\nC\n", byteOrderMark],
    "no final newline, as before": ["a\nb\nc", "A\nb\nc"],
    "no final newline, in the last line": ["a\nb", "a\nB"],
    "a final newline that comes": ["a\nb", "a\nb\n"],
    "a final newline that goes": ["a\nb\n", "a\nb"],
    tabs: ["if x:\n\ty = 1\n\t\n", "if x:\n\ty = 2\n\t\n"],
    "a file that was empty": ["", "a\nb\n"],
    "lines that look like a patch": [
      "--- a\n+++ b\n@@ -1 +1 @@\n\\ no\n",
      "--- a\n+++ c\n@@ -1 +1 @@\n\\ no\n",
    ],
    "other alphabets": ["# größer 😀\nx = 1\n", "# größer 😀\nx = 2\n"],
  };
  it.each(Object.entries(cases))("%s", (_name, [base, proposed, prefix = ""]) => {
    expect(applied(proposal(base, proposed), prefix)).toBe(prefix + proposed);
  });

  it.each(["in a/folder/a.py", 'quo"ted.py', "back\\slash.py", "tab\tinside.py", "größer.py"])(
    "a file named %j",
    (path) => {
      expect(applied(proposal("a\nb\n", "a\nB\n", path))).toBe("a\nB\n");
    },
  );

  it("a new file", () => {
    expect(applied(proposal("", "a\nb\n", "new.py", "create"))).toBe("a\nb\n");
    expect(applied(proposal("", "a\n", "with-mark.py", "create"), byteOrderMark)).toBe(
      `${byteOrderMark}a\n`,
    );
  });

  it("two large texts with no line in common, in seconds", () => {
    const base = numbered(30_000, "\n");
    const proposed = base.replaceAll("line", "row");
    expect(applied(proposal(base, proposed))).toBe(proposed);
  });

  it("has a tab behind a name with a space, which `patch` would cut there", () => {
    expect(unifiedDiff(proposal("a\n", "b\n", "my file.py"), "")).toMatch(
      /^--- a\/my file\.py\t.*\n\+\+\+ b\/my file\.py\t/,
    );
  });

  it("is empty when nothing changes", () => {
    expect(unifiedDiff(proposal("a\n", "a\n"), "")).toBe("");
  });

  it("takes the slash from a path outside the folder, so that it applies from the root", () => {
    expect(unifiedDiff(proposal("a\n", "b\n", "/home/me/a.py"), "")).toBe(
      "--- a/home/me/a.py\n+++ b/home/me/a.py\n@@ -1,1 +1,1 @@\n-a\n+b\n",
    );
  });
});
