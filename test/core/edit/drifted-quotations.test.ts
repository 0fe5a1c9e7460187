import { describe, expect, it } from "vitest";
import { noticesOf, outcomeOf, planOf } from "./support/outcome";
import { block, mended, type Sample, samples } from "./support/samples";

/**
 * What models do to code that they quote, and what must still come of it: the same edit in every
 * language.
 */
type Drift = (line: string, at: number, one: Sample) => string;

const indentOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? "";
const stepOf = (one: Sample): number => (one.language === "typescript" ? 2 : 4);
const depthOf = (line: string, one: Sample): number =>
  indentOf(line).includes("\t") ? indentOf(line).length : indentOf(line).length / stepOf(one);

const sameInBoth: Readonly<Record<string, Drift>> = {
  "exactly as it is": (line) => line,
  "with its indentation lost": (line) => line.trimStart(),
  "four columns too far right": (line) => `    ${line}`,
  "with the common indentation taken off": (line, _, one) =>
    line.slice(indentOf(one.search[0] ?? "").length),
  "with the first line's indentation lost": (line, at) => (at === 0 ? line.trimStart() : line),
  "with tabs for spaces": (line, _, one) => "\t".repeat(depthOf(line, one)) + line.trimStart(),
  "with two columns a step": (line, _, one) => "  ".repeat(depthOf(line, one)) + line.trimStart(),
  "with eight columns a step": (line, _, one) =>
    "        ".repeat(depthOf(line, one)) + line.trimStart(),
  "with spaces behind every line": (line) => `${line}   `,
  "with a tab behind some lines": (line, at) => (at % 2 === 0 ? `${line}\t` : line),
  "with spaces around signs squeezed": (line) => line.replace(/ (=|\+|-) /g, "$1"),
  "with line numbers and a bar": (line, at) => `${String(at + 40).padStart(4)} | ${line}`,
  "with line numbers and a colon": (line, at) => `${at + 8}: ${line}`,
  "with line numbers and a tab": (line, at) => `${at + 40}\t${line}`,
  "quoted like mail": (line) => `> ${line}`,
  "with typographic quotes": (line) => line.replace(/"([^"]*)"/g, "“$1”"),
  "with HTML entities": (line) =>
    line.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;"),
  "with escaped quotes": (line) => line.replace(/"/g, '\\"'),
};

describe.each(samples)("in $language, a quotation", (one) => {
  it.each(Object.entries(sameInBoth))(
    "%s lands, and the file keeps its own form",
    async (_, drift) => {
      const bend = (lines: readonly string[]): string[] =>
        lines.map((line, at) => drift(line, at, one));
      expect(outcomeOf(await planOf(one, block(bend(one.search), bend(one.replace))))).toBe(
        mended(one),
      );
    },
  );

  it("with drift in the old half only lands", async () => {
    const search = one.search.map((line) => line.trimStart());
    expect(outcomeOf(await planOf(one, block(search, one.replace)))).toBe(mended(one));
  });

  it("with blank lines added, dropped or in front lands", async () => {
    for (const at of [0, 1, 3]) {
      const add = (lines: readonly string[]): string[] => [
        ...lines.slice(0, at),
        "",
        ...lines.slice(at),
      ];
      expect(outcomeOf(await planOf(one, block(add(one.search), add(one.replace))))).toBe(
        mended(one),
      );
    }
    const at = one.search.length;
    const text = one.text.replace(one.search.join("\n"), () =>
      [...one.search.slice(0, 2), "", ...one.search.slice(2)].join("\n"),
    );
    const wanted = text.replace(
      one.search[one.changed] ?? "",
      () => one.replace[one.changed] ?? "",
    );
    expect(at).toBeGreaterThan(2);
    expect(outcomeOf(await planOf(one, block(one.search, one.replace), { text }))).toBe(wanted);
  });

  it("lands in a file with other line ends, a byte-order mark, or no final newline, and they stay", async () => {
    const answer = block(one.search, one.replace);
    const forms: ((text: string) => string)[] = [
      (text) => text.replaceAll("\n", "\r\n"),
      (text) => `\uFEFF${text}`,
      (text) => text.trimEnd(),
      (text) => `\uFEFF${text.replaceAll("\n", "\r\n").trimEnd()}`,
    ];
    for (const form of forms) {
      expect(outcomeOf(await planOf(one, answer, { text: form(one.text) }))).toBe(
        form(mended(one)),
      );
      expect(
        outcomeOf(await planOf(one, answer.replaceAll("\n", "\r\n"), { text: form(one.text) })),
      ).toBe(form(mended(one)));
    }
  });

  it("without the file's comment lands, and the comment survives", async () => {
    const drop = (lines: readonly string[]): string[] =>
      lines.filter((_, at) => at !== one.comment);
    const plan = await planOf(one, block(drop(one.search), drop(one.replace)));
    expect(outcomeOf(plan)).toBe(mended(one));
    // A comment in front of the quotation is outside of it.
    expect(noticesOf(plan) !== "").toBe(one.comment > 0);
  });

  it("with a reworded comment lands, and the file's words stay", async () => {
    const reword = (lines: readonly string[]): string[] =>
      lines.map((line, at) =>
        at === one.comment ? `${indentOf(line)}${one.mark} something quite different` : line,
      );
    const plan = await planOf(one, block(reword(one.search), reword(one.replace)));
    expect(outcomeOf(plan)).toBe(mended(one));
    expect(noticesOf(plan)).not.toBe("");
  });

  it("with a typo or a made-up name in a line that stays lands, and the file's line stays", async () => {
    const inner = one.search.slice(1, -1).filter((line) => {
      const at = one.search.indexOf(line);
      return at !== one.changed && at !== one.comment && /[a-z]{4}/.test(line);
    });
    const other = one.search.indexOf(inner.sort((a, b) => b.length - a.length)[0] ?? "");
    for (const bend of [
      (line: string) => line.replace(/([a-z])([a-z])([a-z]{2})/, "$2$1$3"),
      (line: string) => line.replace(/[a-z]{4,}/, "invented"),
    ]) {
      const typo = (lines: readonly string[]): string[] =>
        lines.map((line, at) => (at === other ? bend(line) : line));
      const plan = await planOf(one, block(typo(one.search), typo(one.replace)));
      expect(outcomeOf(plan)).toBe(mended(one));
      expect(noticesOf(plan)).not.toBe("");
    }
  });

  it("whose line to change is not the file's takes over the change alone, or is refused", async () => {
    const wrong = one.search.map((line, at) =>
      at === one.changed ? `${indentOf(line)}something_else(${at})` : line,
    );
    const plan = await planOf(one, block(wrong, one.replace));
    expect(plan).toMatchObject({ kind: "refusal", code: "stale" });
    expect(outcomeOf(plan)).toMatch(/lines? \d+/);
  });

  it("with one line that the file does not have lands, and the line is not invented", async () => {
    const add = (lines: readonly string[]): string[] => [
      ...lines.slice(0, 2),
      `${indentOf(lines[1] ?? "")}imaginary(1)`,
      ...lines.slice(2),
    ];
    const plan = await planOf(one, block(add(one.search), add(one.replace)));
    expect(outcomeOf(plan)).toBe(mended(one));
    expect(noticesOf(plan)).not.toBe("");
  });

  it("that skips a line in both halves lands, and the line survives", async () => {
    const at = one.search.findIndex((line, index) => index > one.changed && /\w/.test(line));
    const skip = (lines: readonly string[]): string[] => lines.filter((_, index) => index !== at);
    expect(outcomeOf(await planOf(one, block(skip(one.search), skip(one.replace))))).toBe(
      mended(one),
    );
  });

  it("with a line left out as dots in both halves lands, and the line survives", async () => {
    const at = one.search.findIndex(
      (line, index) =>
        index > 0 && index !== one.changed && index !== one.comment && /\w/.test(line),
    );
    for (const dots of [
      "...",
      `${one.mark} ... existing code ...`,
      `    ${one.mark} ...`,
      "…",
      `${one.mark} (rest of the code unchanged)`,
    ]) {
      const cut = (lines: readonly string[]): string[] =>
        lines.map((line, index) => (index === at ? dots : line));
      const plan = await planOf(one, block(cut(one.search), cut(one.replace)));
      expect(outcomeOf(plan)).toBe(mended(one));
      expect(noticesOf(plan)).not.toBe("");
    }
  });

  it("whose new half alone leaves code out is refused, and says so", async () => {
    const cut = [one.replace[0] ?? "", "...", ...one.replace.slice(4)];
    const plan = await planOf(one, block(one.search, cut));
    expect(plan).toMatchObject({ kind: "refusal", code: "malformed" });
    expect(outcomeOf(plan)).toMatch(/leaves? code out/);
  });

  it("with a diff's signs copied into both halves lands", async () => {
    const search = one.search.map((line, at) => (at === one.changed ? "-" : " ") + line);
    const replace = one.replace.map((line, at) => (at === one.changed ? "+" : " ") + line);
    expect(outcomeOf(await planOf(one, block(search, replace)))).toBe(mended(one));
    const all = {
      search: one.search.map((line) => `-${line}`),
      replace: one.replace.map((line) => `+${line}`),
    };
    expect(outcomeOf(await planOf(one, block(all.search, all.replace)))).toBe(mended(one));
  });

  it("with a fence or the file's name inside the halves lands", async () => {
    const fence = (lines: readonly string[]): string[] => [
      `\`\`\`${one.language}`,
      ...lines,
      "```",
    ];
    expect(outcomeOf(await planOf(one, block(fence(one.search), fence(one.replace))))).toBe(
      mended(one),
    );
    for (const name of [one.path, `${one.mark} ${one.path}`, `File: ${one.path}`]) {
      const named = (lines: readonly string[]): string[] => [name, ...lines];
      expect(outcomeOf(await planOf(one, block(named(one.search), named(one.replace))))).toBe(
        mended(one),
      );
      expect(outcomeOf(await planOf(one, block(named(one.search), one.replace)))).toBe(mended(one));
    }
  });

  it("in one line with written line breaks lands", async () => {
    expect(
      outcomeOf(await planOf(one, block(one.search.join("\\n"), one.replace.join("\\n")))),
    ).toBe(mended(one));
  });

  it("in the other style of quotes lands, and the file's quotes stay", async () => {
    if (one.language !== "python" && one.language !== "typescript") return;
    const swap = (lines: readonly string[]): string[] =>
      lines.map((line) => line.replace(/"/g, "'"));
    expect(outcomeOf(await planOf(one, block(swap(one.search), swap(one.replace))))).toBe(
      mended(one),
    );
  });

  it("without its semicolons lands, and the file's stay", async () => {
    const drop = (lines: readonly string[]): string[] =>
      lines.map((line) => line.replace(/;$/, ""));
    expect(outcomeOf(await planOf(one, block(drop(one.search), drop(one.replace))))).toBe(
      mended(one),
    );
  });

  it("with two lines joined, or one wrapped, is refused and asked for again", async () => {
    const at = one.search.findIndex(
      (line, index) =>
        index > 0 &&
        index !== one.changed &&
        index !== one.comment &&
        /\w/.test(line) &&
        index !== one.comment,
    );
    const wrap = (lines: readonly string[]): string[] =>
      lines.flatMap((line, index) => {
        const cut = line.lastIndexOf(" ");
        return index === at && cut > indentOf(line).length
          ? [line.slice(0, cut), `${indentOf(line)}        ${line.slice(cut + 1)}`]
          : [line];
      });
    if (wrap(one.search).length > one.search.length) {
      const plan = await planOf(one, block(wrap(one.search), wrap(one.replace)));
      expect(plan.kind).toBe("refusal");
    }
    const join = (lines: readonly string[]): string[] => [
      ...lines.slice(0, lines.length - 2),
      `${lines[lines.length - 2] ?? ""} ${(lines[lines.length - 1] ?? "").trimStart()}`,
    ];
    if (one.changed < one.search.length - 2)
      expect((await planOf(one, block(join(one.search), join(one.replace)))).kind).toBe("refusal");
  });

  it("with signs that mean something to a replacement is taken literally", async () => {
    const strange = one.replace.map((line, at) =>
      at === one.changed ? `${line} $& $1 $$ \\1` : line,
    );
    expect(outcomeOf(await planOf(one, block(one.search, strange)))).toBe(mended(one, strange));
  });

  it("with an empty new half is deleted", async () => {
    const without = one.text.replace(`${one.search.join("\n")}\n`, "");
    expect(outcomeOf(await planOf(one, block(one.search, "")))).toBe(without);
    // Some models write the divider a second time where there is nothing to write.
    expect(outcomeOf(await planOf(one, block(one.search, "=======")))).toBe(without);
  });

  it("with a note behind the wrong line lands, and the note stays out", async () => {
    const noted = (lines: readonly string[], note: string): string[] =>
      lines.map((line, at) => (at === one.changed ? `${line}  ${one.mark} ${note}` : line));
    const pointed = noted(one.search, "<-- bug here");
    expect(outcomeOf(await planOf(one, block(pointed, one.replace)))).toBe(mended(one));
    const both = block(noted(one.search, "the limit"), noted(one.replace, "the limit"));
    expect(outcomeOf(await planOf(one, both))).toBe(mended(one));
  });
});
