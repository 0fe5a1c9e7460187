import { expect, it } from "vitest";
import { shownDeclaration, shownDiff, shownDiffs } from "../../../src/core/context/shown-texts";

const diff = "diff --git a/a b/a\nindex 1..2\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n";

it("shows a diff without its head, and of several as much as there is room for", () => {
  expect(shownDiff(diff, 60)).toBe("@@ -1 +1 @@\n-a\n+b");
  expect(shownDiff(diff, 2)).toBe("@@ -1 +1 @@\n-a\n…");
  expect(shownDiffs(diff + diff, 5)).toBe(`${diff.split("\n").slice(0, 5).join("\n")}\n…`);
});

it("shows no diff that changes no text", () => {
  expect(shownDiff("Binary files a and b differ\n", 60)).toBeUndefined();
  expect(shownDiffs("", 60)).toBeUndefined();
});

it.each([
  ["```ts\nfunction f(\n  a: number,\n): void\n```\nDoes it.", "function f( a: number, ): void"],
  ["no code", undefined],
  ["```ts\n\n```", undefined],
  [`\`\`\`ts\n${"x".repeat(401)}\n\`\`\``, undefined],
])("reads the signature of a declaration out of %j", (markdown, signature) => {
  expect(shownDeclaration(markdown)?.signature).toBe(signature);
});
