import { expect, it } from "vitest";
import { filesOfDiff } from "../../../src/core/context/diff-files";

const diff = `diff --git a/src/a.py b/src/a.py
index 1..2 100644
--- a/src/a.py
+++ b/src/a.py
@@ -1 +1 @@
-x
+++ b/no/name.py
diff --git a/.env b/.env
deleted file mode 100644
--- a/.env
+++ /dev/null
@@ -1 +0,0 @@
-A=1
diff --git "a/b\\303\\244 c.env" "b/b\\303\\244 c.env"
--- "a/b\\303\\244 c.env"
+++ "b/b\\303\\244 c.env"
@@ -0,0 +1 @@
+A=1
diff --git a/one b/two
similarity index 100%
`;

it("tells the files of a diff, by whichever name they have", () => {
  const files = filesOfDiff(diff);
  expect(files.map(({ path }) => path)).toEqual(["src/a.py", ".env", "bä c.env", undefined]);
  expect(files.map(({ text }) => text).join("")).toBe(diff);
});
