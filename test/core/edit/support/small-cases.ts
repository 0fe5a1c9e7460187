import { expect, it } from "vitest";
import { createSyntaxSource } from "../../../../src/syntax/syntax-source";
import { installedGrammars } from "../../../syntax/place";
import { outcomeOf, planOf } from "./outcome";

const syntax = createSyntaxSource(installedGrammars());

/** A file with one answer about it: by the tree and by the text alone it comes to the same. */
export interface SmallCase {
  readonly path: string;
  readonly language: string;
  readonly text: string;
  /** Code in one fence, or a whole answer. */
  readonly code: string;
  /** What the text becomes, as pairs of old and new. */
  readonly becomes: readonly (readonly [string, string])[] | "refused";
  /** The line where the person asked has this in it. */
  readonly asked?: string;
}

/** What a case comes to by the tree, and by the text alone. */
export async function outcomesOf(one: SmallCase): Promise<string[]> {
  const { path, language, text, code, asked } = one;
  const sample = {
    language,
    path,
    text,
  };
  const line = text.split("\n").findIndex((own) => asked !== undefined && own.includes(asked));
  const start = { line, character: 0 };
  const answer = code.includes("```") ? code : `\`\`\`\n${code}\n\`\`\`\n`;
  const change = asked === undefined ? {} : { targetRange: { start, end: start } };
  return [
    outcomeOf(await planOf(sample, answer, change, { syntax })),
    outcomeOf(await planOf(sample, answer, change)),
  ];
}

/** The text that is right, or `refused`. */
export function wanted({ text, becomes }: SmallCase): string {
  if (becomes === "refused") return "refused";
  return becomes.reduce((whole, [old, fresh]) => {
    expect(whole.split(old)).toHaveLength(2);
    return whole.replace(old, () => fresh);
  }, text);
}

/** A test for each case. */
export function checkAll(cases: Readonly<Record<string, SmallCase>>): void {
  it.each(Object.entries(cases))("%s", async (_, one) => {
    for (const outcome of await outcomesOf(one))
      expect(/^\w+: [A-Z`]|^unchanged$/.test(outcome) ? "refused" : outcome).toBe(wanted(one));
  });
}
