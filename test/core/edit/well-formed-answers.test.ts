import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { createSyntaxSource } from "../../../src/syntax/syntax-source";
import { installedGrammars } from "../../syntax/place";

/**
 * An answer about a file, and what a person wants of it: a text, "refusal" or "unchanged"; each of
 * several is fine.
 */
interface WellFormed {
  readonly name: string;
  readonly path: string;
  readonly languageId: string;
  readonly file: string;
  readonly answer: string;
  readonly expected: readonly string[];
  /** One-based line of the cursor; absent where the whole file was asked about. */
  readonly line?: number;
}

const fixture = join(import.meta.dirname, "../../fixtures/edits/well-formed-answers.json");
const cases = JSON.parse(readFileSync(fixture, "utf8")) as readonly WellFormed[];
const syntax = createSyntaxSource(installedGrammars());

async function outcomeOf(one: WellFormed, withTree: boolean): Promise<string> {
  const line = one.line === undefined ? 0 : one.line - 1;
  const end = one.line === undefined ? one.file.split("\n").length : line;
  const targetRange = { start: { line, character: 0 }, end: { line: end, character: 0 } };
  const { path, languageId, file: text, answer } = one;
  const files = [{ path, languageId, text, targetRange }];
  const plan = await planEdits({ answer, truncated: false, files, ...(withTree && { syntax }) });
  if (plan.kind === "plan") return plan.files[0]?.proposed ?? "";
  return plan.kind === "unchanged" ? text : "refusal";
}

/** Where a refusal is fine, so is no change. */
function accepted({ expected, file }: WellFormed): readonly string[] {
  const texts = expected.map((text) => (text === "unchanged" ? file : text));
  return texts.includes("refusal") || texts.includes(file) ? [...texts, "refusal", file] : texts;
}

describe.each([
  ["with the syntax tree", true],
  ["by the text alone", false],
] as const)("A well-formed answer, read %s, does no harm", (_, withTree) => {
  it.each(cases.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    const outcome = await outcomeOf(one, withTree);
    expect(accepted(one)).toContain(outcome);
  });
});
