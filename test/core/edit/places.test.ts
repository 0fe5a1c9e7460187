import { describe, expect, it } from "vitest";
import { noticesOf, outcomeOf, planOf } from "./support/outcome";
import { block, mended, type Sample, samples } from "./support/samples";

const indentOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? "";
const answer = (one: Sample): string => block(one.search, one.replace);
const lineOf = (one: Sample, text = one.text): number =>
  text.split("\n").indexOf(one.search[0] ?? "");
/** The file with its wrong stretch a second time, at its end. */
const cloned = (one: Sample, drift = (line: string): string => line): string =>
  `${one.text}\n${one.search.map(drift).join("\n")}\n`;
const range = (
  line: number,
): { start: { line: number; character: number }; end: { line: number; character: number } } => ({
  start: { line, character: 0 },
  end: { line, character: 3 },
});

describe.each(samples)("in $language, an edit", (one) => {
  it("of code that is there twice is refused with both places", async () => {
    const text = cloned(one);
    const second = text.split("\n").lastIndexOf(one.search[0] ?? "");
    const places = [lineOf(one), second].map((line) => ({
      path: one.path,
      startLine: line + 1,
      endLine: line + one.search.length,
    }));
    expect(await planOf(one, answer(one), { text })).toMatchObject({
      kind: "refusal",
      code: "ambiguous",
      candidates: places,
    });
  });

  it("of code that is there twice goes where the person asked, and says so", async () => {
    const text = cloned(one);
    const plan = await planOf(one, answer(one), { text, targetRange: range(lineOf(one) + 1) });
    expect(outcomeOf(plan)).toBe(text.replace(one.search.join("\n"), () => one.replace.join("\n")));
    expect(noticesOf(plan)).toMatch(/2 times/);
  });

  it("of code that is there twice goes to the line that it names, when that is exactly one of them", async () => {
    const text = cloned(one);
    const hinted = (line: number): string =>
      answer(one).replace("SEARCH\n", `SEARCH\n:start_line:${line}\n-------\n`);
    const plan = await planOf(one, hinted(lineOf(one) + 1), { text });
    expect(outcomeOf(plan)).toBe(text.replace(one.search.join("\n"), () => one.replace.join("\n")));
    expect(noticesOf(plan)).toMatch(/names line/);
    expect(await planOf(one, hinted(lineOf(one) + 9), { text })).toMatchObject({
      kind: "refusal",
      code: "ambiguous",
    });
  });

  it("that drifted from several places is never put into the first", async () => {
    const text = cloned(one, (line) => `  ${line}`);
    const bare = block(
      one.search.map((line) => line.trimStart()),
      one.replace.map((line) => line.trimStart()),
    );
    expect(await planOf(one, bare, { text })).toMatchObject({ kind: "refusal", code: "ambiguous" });
  });

  it("whose exact place is one and whose loose places are more goes to the exact one", async () => {
    const text = cloned(one, (line) => `${line} `);
    expect(outcomeOf(await planOf(one, answer(one), { text }))).toBe(
      text.replace(one.search.join("\n"), () => one.replace.join("\n")),
    );
  });

  it("of a lone brace, return or else is refused", async () => {
    const text =
      one.language === "python"
        ? `${one.text}\n\ndef more(x):\n    if x:\n        return 1\n    return 1\n`
        : `${one.text}\nvoid more() {\n  x();\n}\n`;
    for (const lone of one.language === "python" ? ["    return 1", "return 1"] : ["}", "    }"]) {
      const plan = await planOf(one, block(lone, `${lone}\nextra()`), { text });
      expect(plan).toMatchObject({ kind: "refusal", code: "ambiguous" });
    }
  });

  it("of code that was deleted is refused", async () => {
    const text = one.text.replace(`${one.search.join("\n")}\n`, "");
    const plan = await planOf(one, answer(one), { text });
    expect(plan.kind).toBe("refusal");
    expect(plan).toMatchObject({
      failed: { search: one.search.join("\n"), replace: one.replace.join("\n") },
    });
  });

  it("of which only the first and the last line are there is refused", async () => {
    const middle = ["completely = other_code(1)", "and(more)", "of_it(3)", "until = the_end"].map(
      (line) => indentOf(one.search[0] ?? "") + line,
    );
    const text = one.text.replace(
      one.search.join("\n"),
      [one.search[0], ...middle, one.search[5]].join("\n"),
    );
    expect((await planOf(one, answer(one), { text })).kind).toBe("refusal");
  });

  it("whose look-alike alone is there is refused", async () => {
    const sibling = one.search.map((line) =>
      line.replace(/[a-z]{4,}/g, (word) => `${word.slice(0, -1)}Q`),
    );
    const text = one.text.replace(one.search.join("\n"), sibling.join("\n"));
    expect((await planOf(one, answer(one), { text })).kind).toBe("refusal");
  });

  it("whose line the person changed meanwhile is refused, with the line", async () => {
    const text = one.text.replace(
      one.search[one.changed] ?? "",
      `${indentOf(one.search[one.changed] ?? "")}user_wrote(this, 1);`,
    );
    const plan = await planOf(one, answer(one), { text });
    expect(plan).toMatchObject({ kind: "refusal", code: "stale" });
  });

  it("beside a line that the person changed meanwhile lands and keeps it", async () => {
    const last = one.search.findLastIndex((line) => /\w/.test(line));
    const at = one.search.findLastIndex(
      (line, index) => index < last && index !== one.changed && /[a-z]{4}/.test(line),
    );
    const own = (one.search[at] ?? "").replace(/[a-z]{4,}/, "$&ByUser");
    const text = one.text.replace(one.search[at] ?? "", () => own);
    const wanted = one.replace.map((line, index) => (index === at ? own : line));
    expect(outcomeOf(await planOf(one, answer(one), { text }))).toBe(
      one.text.replace(one.search.join("\n"), () => wanted.join("\n")),
    );
  });

  it("that is done already changes nothing, and so does one that changes nothing", async () => {
    expect(outcomeOf(await planOf(one, answer(one), { text: mended(one) }))).toBe("unchanged");
    expect(outcomeOf(await planOf(one, block(one.search, one.search)))).toBe("unchanged");
    const loose = one.search.map((line) => line.trimStart());
    expect(outcomeOf(await planOf(one, block(loose, loose)))).toBe("unchanged");
  });

  it("whose halves were swapped is not applied backwards", async () => {
    const plan = await planOf(one, block(one.replace, one.search));
    expect(["refusal", "unchanged"]).toContain(plan.kind);
  });

  it("of the clone of a deleted place, or of places in another order, is refused", async () => {
    const gone = one.text.replace(`${one.search.join("\n")}\n`, "");
    const shuffled = [...one.search.slice(3), ...one.search.slice(0, 3)];
    const text = one.text.replace(one.search.join("\n"), () => shuffled.join("\n"));
    const plan = await planOf(one, answer(one), { text });
    if (plan.kind === "plan")
      expect(outcomeOf(plan)).toBe(
        text.replace(one.search[one.changed] ?? "", () => one.replace[one.changed] ?? ""),
      );
    expect(
      (
        await planOf(one, answer(one), {
          text: `${gone}${cloned(one, (line) => line.replace(/[a-z]{5,}/g, "other")).slice(one.text.length)}`,
        })
      ).kind,
    ).toBe("refusal");
  });

  it("that was applied is a no-op when it comes again", async () => {
    const once = outcomeOf(await planOf(one, answer(one)));
    expect(outcomeOf(await planOf(one, answer(one), { text: once }))).toBe("unchanged");
  });
});
