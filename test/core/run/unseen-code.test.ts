import { describe, expect, it } from "vitest";
import { withoutUnseen } from "../../../src/core/run/edits/unseen-code";
import type { RunEvent } from "../../../src/protocol/run-events";
import type { SymbolInfo } from "../../../src/protocol/syntax";
import { createSyntaxSource } from "../../../src/syntax/syntax-source";
import { installedGrammars } from "../../syntax/place";
import { block, endOf, proposalOf, RunWorld, rewritten, targetIn } from "./run-world";

const syntax = createSyntaxSource(installedGrammars());
const helper = `def cleaned(words):
    kept = []
    for word in words:
        if word and not word.startswith("#"):
            kept.append(word.strip().lower())
    return kept
`;
const asked = `def longest(words):
    best = ""
    for word in cleaned(words):
        if len(word) < len(best):
            best = word
    return best
`;
const right = asked.replace("len(word) < len(best)", "len(word) > len(best)");
const others = Array.from({ length: 20 }, (_, at) => `def other_${at}():\n    return ${at}\n`);
const file = [helper, asked, ...others].join("\n\n");
const madeUp = "def cleaned(words):\n    return words or []\n";
const at = file.split("\n").indexOf("def longest(words):");
const place = { line: at + 2, character: 0 };
const target = targetIn(file, { range: { start: place, end: place } });

let world: RunWorld;

async function fixedBy(answer: string): Promise<RunEvent[]> {
  world = await RunWorld.start({ answer }, { syntax });
  return await world.all({ target });
}

describe("code of the file that the model was not shown", () => {
  it("stays as it is where a fix of a function brings its helpers along, made up", async () => {
    const events = await fixedBy(rewritten([madeUp, right].join("\n\n")));
    expect(proposalOf(events)).toBe(file.replace(asked, right));
    const proposal = events.find(({ kind }) => kind === "proposal");
    expect(JSON.stringify(proposal)).toContain(
      "The model was not shown `cleaned`, so it stays as it is.",
    );
  });

  it("alone is no edit", async () => {
    const events = await fixedBy(rewritten(madeUp));
    expect(proposalOf(events)).toBeUndefined();
    expect(endOf(events)).toBe("refused");
  });

  it("stays as it is where the answer makes up the head of the file", async () => {
    const first = "MOST = 12\n";
    const whole = `${first}\n\n${file}`;
    const line = { line: at + 5, character: 0 };
    world = await RunWorld.start(rewritten(`MOST = 99\n\n\n${right}`), { syntax });
    const events = await world.all({
      target: targetIn(whole, { range: { start: line, end: line } }),
    });
    expect(proposalOf(events)).toBe(whole.replace(asked, right));
  });

  it("may get a function beside it", async () => {
    const fresh = "def is_word(text):\n    return bool(text)\n";
    const events = await fixedBy(rewritten([fresh, right].join("\n\n")));
    expect(proposalOf(events)).toContain(helper);
    expect(proposalOf(events)).toContain(fresh);
    expect(proposalOf(events)).toContain(right);
  });

  it("changes where the answer quotes it as it is", async () => {
    const line = '        if word and not word.startswith("#"):';
    const events = await fixedBy(block(line, line.replace("word and ", "")));
    expect(proposalOf(events)).toBe(file.replace("word and not", "not"));
  });
});

function declaration(name: string, first: number, last: number): SymbolInfo {
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 1 } };
  return { name, kind: "function", range, bodyRange: range, signature: name };
}

it("an edit that cannot be told from one of what was seen has no part", () => {
  const base = "a\nb\nc\nd\n";
  const seen = {
    shown: { start: 0, end: 2 },
    outline: [declaration("cd", 2, 3)],
    isSent: () => false,
  };
  expect(withoutUnseen(base, "a\nx\ny\nz\n", seen)).toBeUndefined();
  expect(withoutUnseen(base, "x\nb\nc\ne\n", seen)).toEqual({
    text: "x\nb\nc\nd\n",
    kept: new Set(["cd"]),
  });
});
