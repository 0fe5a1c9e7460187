import { describe, expect, it } from "vitest";
import { splitThought } from "../../../src/base/thoughts/split-thought";
import { parseAnswer } from "../../../src/core/edit/answer/answer-parser";
import { OwnText } from "../../../src/core/edit/answer/own-text";
import { withoutRetracted } from "../../../src/core/edit/answer/retraction";
import { file } from "./support/read";

/** What a pattern of the reader may run along, or go back over. */
const units = [
  " ",
  "\t",
  "a",
  "a ",
  "a.",
  ".",
  "-",
  "=",
  "+",
  "*",
  "#",
  "/",
  "\\",
  "`",
  "~",
  "<",
  ">",
  "|",
  "_",
  ":",
  ",",
  '"',
  "'",
  "[",
  "{",
  "(",
  "}",
  "0",
  "1 ",
  "&lt;",
  "&#1;",
  "\u00a0",
  "…",
  "< a",
  "<old ",
  "<old>",
  "</old>",
  "<path a=",
  "<![CDATA[",
  "<edit>",
  "path=",
  'title="a',
  "name = ",
  "file: ",
  "@@ ",
  "... ",
  "wait, ",
  "that is ",
  "</think>",
  "<think>",
  "SEARCH ",
  "REPLACE",
  "> ",
  ">> ",
  "- ",
  "1. ",
  "a/",
  "{ ",
  "[ ",
  '"a": ',
  '{"a":',
  '{"old": "a", "new": "',
];
/** What a line begins with, so that a pattern is tried on what follows. */
const heads = [
  "",
  "```",
  "```a ",
  "~~~",
  "> ",
  "- ",
  "<<<<<<< SEARCH",
  "=======",
  ">>>>>>>",
  "-------",
  "|||||||",
  "--- ",
  "+++ ",
  "@@ ",
  "@@ -",
  "*** Update File: ",
  "*** Begin Patch",
  "# ",
  "// ",
  "<!-- ",
  "/* ",
  "<",
  "<old",
  "<old ",
  "<edit><old>",
  "<path>",
  "<parameter name=",
  "{",
  '{"',
  "[",
  '"',
  ":start_line:",
  "- `",
  "**",
  "File: ",
  "+",
  "-",
  "<r>",
  "wait, ",
  "that is ",
  "</think>",
  "`",
];
const tails = ["", "!", "x", ">", "`"];

const characters = 25_000;
/**
 * Far above what a reader takes that goes along a text once, far below one that goes back over it.
 */
const mostMs = 500;

const own = new OwnText([
  file("a.md", "markdown", "<r>\n```\na\n```\n=======\n<<<<<<< SEARCH\n>>>>>>> REPLACE\n</r>\n"),
]);

function msFor(answer: string): number {
  const before = process.cpuUsage();
  const truncated = answer.length % 2 === 0;
  withoutRetracted(parseAnswer(splitThought(answer).answer, truncated, own), own);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe("an answer is read in time linear in its length", () => {
  it("when a line begins with any mark and goes on with anything", { timeout: 120_000 }, () => {
    for (const head of heads) {
      for (const unit of units) {
        const text = unit.repeat(characters / unit.length);
        const line = `${head}${text}${tails[(head.length + unit.length) % tails.length]}`;
        expect(msFor(line), `${head}${unit}...`).toBeLessThan(mostMs);
      }
    }
  });

  it("when every line is a mark, in a fence and out of it", { timeout: 120_000 }, () => {
    for (const head of heads) {
      for (const other of [head, "```a", "<old>", "{"]) {
        const line = `${head}\n${other}\n`;
        const text = line.repeat(characters / 8 / line.length);
        expect(msFor(text), `${head} / ${other}`).toBeLessThan(mostMs);
        const fenced = `\`\`\`\n${text}`;
        if (other === head) expect(msFor(fenced), `\`\`\` ${head}`).toBeLessThan(mostMs);
      }
    }
  });
});

it("thousands of fence marks in file and answer do not hold up the reading", () => {
  const marks = "```\n".repeat(20_000);
  const own = new OwnText([file("inventory.py", "python", `import os\n@@ ${marks}`)]);
  const start = process.cpuUsage();
  parseAnswer(`\`\`\`python\nimport os\n@@ ${marks}`, false, own);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1_000).toBeLessThan(4_000);
});
