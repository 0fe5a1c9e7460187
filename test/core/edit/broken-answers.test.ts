import { describe, expect, it } from "vitest";
import { noticesOf, outcomeOf, planOf } from "./support/outcome";
import { block, mended, type Sample, samples } from "./support/samples";

const s = (one: Sample): string => one.search.join("\n");
const r = (one: Sample): string => one.replace.join("\n");

/** Answers that hold no whole edit, and the code that the refusal has. */
const broken: Readonly<Record<string, [code: string, form: (one: Sample) => string]>> = {
  "a block without a divider": [
    "malformed",
    (one) => `<<<<<<< SEARCH\n${s(one)}\n${r(one)}\n>>>>>>> REPLACE`,
  ],
  "a block without an end, outside of a fence": [
    "truncated",
    (one) =>
      `<<<<<<< SEARCH\n${one.search.slice(0, one.changed + 1).join("\n")}\n=======\n${one.replace.slice(0, one.changed + 1).join("\n")}\n`,
  ],
  "a block without an end, with words behind it": [
    "truncated",
    (one) => `<<<<<<< SEARCH\n${s(one)}\n=======\n${r(one)}\n\nDone.\n`,
  ],
  "a block with two dividers above its new half": [
    "malformed",
    (one) => `<<<<<<< SEARCH\n${s(one)}\n=======\n=======\n${r(one)}\n>>>>>>> REPLACE`,
  ],
  "a block with three parts": [
    "malformed",
    (one) => `<<<<<<< SEARCH\n${s(one)}\n=======\n${r(one)}\n=======\n${r(one)}\n>>>>>>> REPLACE`,
  ],
  "a block that names a line in its new half": [
    "malformed",
    (one) =>
      `<<<<<<< SEARCH\n${s(one)}\n=======\n:start_line:3\n-------\n${r(one)}\n>>>>>>> REPLACE`,
  ],
  "a block without its beginning": ["malformed", (one) => `=======\n${mended(one)}>>>>>>> REPLACE`],
  "a block without its beginning, in a fence": [
    "malformed",
    (one) => `\`\`\`\n=======\n${mended(one)}>>>>>>> REPLACE\n\`\`\``,
  ],
  "a patch that was begun and ends in a new line": [
    "truncated",
    (one) =>
      `*** Begin Patch\n*** Update File: ${one.path}\n@@\n-${one.search[one.changed]}\n+${one.replace[one.changed]}\n`,
  ],
  "a block with nothing but its opening": ["malformed", (one) => `<<<<<<< SEARCH\n${s(one)}\n`],
  "reasoning that never ends": ["noEdit", (one) => `<think>\n${block(s(one), r(one))}`],
  "nothing but words": ["noEdit", () => "The comparison should not include the limit itself."],
  "nothing at all": ["noEdit", () => ""],
  "an example of the use": ["noEdit", () => "You can try it:\n```\nexample.run(1, 2)\n```\n"],
  "the output of a command": ["noEdit", () => "```console\n$ make\nall is well\n```\n"],
};

/** Answers that were cut off at the length limit. */
const cut: Readonly<Record<string, (one: Sample) => string>> = {
  "in the old half": (one) => `<<<<<<< SEARCH\n${s(one).slice(0, 30)}`,
  "at the divider": (one) => `<<<<<<< SEARCH\n${s(one)}\n=======\n`,
  "in the new half": (one) => `<<<<<<< SEARCH\n${s(one)}\n=======\n${r(one).slice(0, 40)}`,
  "in a whole file": (one) => `\`\`\`${one.language}\n${mended(one).slice(0, 300)}`,
  "in a diff": (one) =>
    `\`\`\`diff\n@@ @@\n-${one.search[one.changed]}\n+${one.replace[one.changed]?.slice(0, 12)}`,
  "in a patch": (one) =>
    `*** Begin Patch\n*** Update File: ${one.path}\n@@\n-${one.search[one.changed]}\n+${one.replace[one.changed]?.slice(0, 12)}`,
  "in JSON": (one) =>
    JSON.stringify({ path: one.path, old_string: s(one), new_string: r(one) }).slice(0, -20),
  "in a tag": (one) => `<search>\n${s(one)}\n</search>\n<replace>\n${r(one).slice(0, 40)}`,
};

describe.each(samples)("in $language", (one) => {
  it.each(Object.entries(broken))("%s is refused", async (_, [code, form]) => {
    expect(await planOf(one, form(one))).toMatchObject({ kind: "refusal", code });
  });

  it.each(Object.entries(cut))("an answer that ends %s is refused as cut off", async (_, form) => {
    expect(await planOf(one, form(one), {}, { truncated: true })).toMatchObject({
      kind: "refusal",
      code: "truncated",
    });
  });

  it("an edit that is whole before the answer was cut off in prose is used, and says so", async () => {
    const plan = await planOf(one, `${block(s(one), r(one))}\nThis chan`, {}, { truncated: true });
    expect(outcomeOf(plan)).toBe(mended(one));
    expect(noticesOf(plan)).toMatch(/cut off/);
  });

  it("an edit that was cut off in its closing mark is whole", async () => {
    const answer = `<<<<<<< SEARCH\n${s(one)}\n=======\n${r(one)}\n>>>>>>`;
    expect(outcomeOf(await planOf(one, answer, {}, { truncated: true }))).toBe(mended(one));
  });

  it("edits before one that was cut off are named as fine", async () => {
    const answer = `${block(s(one), r(one))}\n<<<<<<< SEARCH\n${one.text.split("\n")[0]}\n=======\nhal`;
    expect(await planOf(one, answer, {}, { truncated: true })).toMatchObject({
      kind: "refusal",
      code: "truncated",
      failed: { number: 2 },
      fine: [{ number: 1, search: s(one), replace: r(one) }],
    });
  });

  it("content that holds a divider of its own is not torn apart", async () => {
    const at = one.changed;
    const divided = (lines: readonly string[]): string[] => [
      ...lines.slice(0, at),
      "=======",
      ...lines.slice(at),
    ];
    const text = one.text.replace(s(one), () => divided(one.search).join("\n"));
    const wanted = text.replace(one.search[at] ?? "", () => one.replace[at] ?? "");
    expect(
      outcomeOf(await planOf(one, block(divided(one.search), divided(one.replace)), { text })),
    ).toBe(wanted);
    const escaped = block(
      divided(one.search).map((line) => line.replace(/^={7}$/, "\\=======")),
      divided(one.replace).map((line) => line.replace(/^={7}$/, "\\=======")),
    );
    expect(outcomeOf(await planOf(one, escaped, { text }))).toBe(wanted);
  });

  it("a divider that the model marks as text is written", async () => {
    const answer = block(s(one), `${r(one)}\n\\=======`);
    expect(outcomeOf(await planOf(one, answer))).toBe(mended(one, [...one.replace, "======="]));
  });

  it("a conflict's marks in the file itself can be resolved", async () => {
    const conflict = `<<<<<<< HEAD\n${s(one)}\n=======\n${r(one)}\n>>>>>>> theirs`;
    const text = one.text.replace(s(one), () => conflict);
    const answer = block(conflict.replace(/^([<=>]{7})/gm, "\\$1"), r(one));
    expect(outcomeOf(await planOf(one, answer, { text }))).toBe(mended(one));
  });

  it("reasoning tags inside of code stay code", async () => {
    const line = `${one.mark} a closing </think> tag`;
    const text = `${one.text}${line}\n`;
    expect(outcomeOf(await planOf(one, block(line, `${line}, kept`), { text }))).toBe(
      `${one.text}${line}, kept\n`,
    );
  });
});
