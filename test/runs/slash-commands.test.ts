import { expect, it } from "vitest";
import { askedFor } from "../../src/runs/slash-commands";

it.each([
  ["/fix it fails for an empty list", { action: "fix", question: "it fails for an empty list" }],
  [" /tests\nalso for zero\n", { action: "writeTests", question: "also for zero" }],
  ["/explain", { action: "explain" }],
  ["/fixed it?", { action: "ask", question: "/fixed it?" }],
  ["/constructor x", { action: "ask", question: "/constructor x" }],
  ["what does /fix do?", { action: "ask", question: "what does /fix do?" }],
])("%j asks for what it says", (text, asked) => {
  expect(askedFor(text)).toEqual(asked);
});
