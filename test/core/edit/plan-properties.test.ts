import { describe, expect, it } from "vitest";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { garbage } from "./support/garbage";
import { outcomeOf, planOf } from "./support/outcome";
import { block, samples } from "./support/samples";
import { type Seeded, seeded } from "./support/seeded";

/** A file of random lines, many of them alike, with line ends of all kinds. */
function randomFile(random: Seeded): { lines: string[]; ends: string[]; bom: string } {
  const words = [
    "a",
    "b",
    "}",
    "",
    "  x = 1",
    "\ty(2)",
    "    return z",
    "'q'",
    "end",
    "# c",
    "\u00e9\u4e16",
  ];
  const lines = Array.from({ length: 4 + random.below(40) }, (_, at) =>
    random.below(3) === 0 ? random.pick(words) : `  line_${at}(${random.below(9)})`,
  );
  const style = random.below(4);
  const ends = lines.map((_, at) =>
    at === lines.length - 1 && random.below(2) === 0
      ? ""
      : style === 0
        ? "\r\n"
        : style === 1 && random.below(5) === 0
          ? "\r\n"
          : "\n",
  );
  return { lines, ends, bom: random.below(4) === 0 ? "\uFEFF" : "" };
}

const join = (lines: readonly string[], ends: readonly string[]): string =>
  lines.map((line, at) => line + (ends[at] ?? "")).join("");
const languages = ["python", "typescript", "go", "plaintext"];

describe("whatever the file", () => {
  it("an exact edit of a stretch that is there once lands, and all else stays byte for byte; twice is a no-op", async () => {
    const random = seeded(21);
    let landed = 0;
    for (let round = 0; round < 400; round++) {
      const { lines, ends, bom } = randomFile(random);
      const start = random.below(lines.length - 2);
      const end = Math.min(lines.length, start + 2 + random.below(5));
      const search = lines.slice(start, end);
      const at = search.findIndex((line) => /line_/.test(line));
      const once =
        lines.filter((_, from) =>
          search.every((line, offset) => (lines[from + offset] ?? "").trim() === line.trim()),
        ).length === 1;
      if (at < 0 || !once) continue;
      const replace = search.map((line, index) => (index === at ? `${line} + changed` : line));
      const text = bom + join(lines, ends);
      const file = { path: "a.txt", languageId: random.pick(languages), text };
      const answer = block(search, replace);
      const plan = await planEdits({ answer, truncated: false, files: [file] });
      const wanted = bom + join([...lines.slice(0, start), ...replace, ...lines.slice(end)], ends);
      expect(outcomeOf(plan)).toBe(wanted);
      landed++;
      expect(
        outcomeOf(
          await planEdits({ answer, truncated: false, files: [{ ...file, text: wanted }] }),
        ),
      ).toBe("unchanged");
    }
    expect(landed).toBeGreaterThan(200);
  });

  it("an insertion given twice is there once", async () => {
    for (const one of samples) {
      const fresh = [...one.search.slice(0, 3), "something_new(1, 2);", ...one.search.slice(3)];
      const once = outcomeOf(await planOf(one, block(one.search, fresh)));
      expect(once).toContain("something_new");
      expect(outcomeOf(await planOf(one, block(one.search, fresh), { text: once }))).toBe(
        "unchanged",
      );
      expect(
        outcomeOf(
          await planOf(one, block(one.search.slice(0, 3), fresh.slice(0, 4)), { text: once }),
        ),
      ).toBe("unchanged");
    }
  });
});

describe("whatever the answer", () => {
  it("planning ends, does not throw, and gives a plan, no change or a refusal with its reason", async () => {
    const random = seeded(31);
    const kinds = new Map<string, number>();
    for (let round = 0; round < 700; round++) {
      const one = random.pick(samples);
      const truncated = random.below(4) === 0;
      const plan = await planOf(
        one,
        garbage(random, 50),
        {},
        { truncated, mayCreate: random.below(2) === 0 },
      );
      kinds.set(plan.kind, (kinds.get(plan.kind) ?? 0) + 1);
      if (plan.kind === "refusal") {
        expect(plan.message).not.toBe("");
        expect(plan.message).not.toBe("The edit in the answer could not be read.");
        for (const place of plan.candidates) {
          expect(place.startLine).toBeGreaterThanOrEqual(1);
          expect(place.endLine).toBeGreaterThanOrEqual(place.startLine);
        }
      }
      if (plan.kind === "plan")
        for (const file of plan.files)
          if (file.change === "edit") expect(file.proposed).not.toBe(one.text);
    }
    expect(kinds.get("refusal")).toBeGreaterThan(100);
  });

  it("and whatever the file, bytes that are no text included", async () => {
    const random = seeded(32);
    for (let round = 0; round < 300; round++) {
      const text = garbage(random, 80);
      const lines = text.split("\n");
      const start = random.below(lines.length);
      const quoted = lines.slice(start, start + 1 + random.below(6));
      const answer = `${garbage(random, 8)}\n${block(quoted, garbage(random, 6))}${garbage(random, 8)}`;
      const plan = await planEdits({
        answer,
        truncated: false,
        files: [{ path: "shop/stock.py", languageId: random.pick(languages), text }],
      });
      if (plan.kind === "refusal")
        expect(plan.message).not.toBe("The edit in the answer could not be read.");
    }
  });

  it.each([
    ["a hundred thousand equal lines", "same(line);\n".repeat(100_000), "same(line);\nsame(line);"],
    ["a hundred thousand blank lines", "\n".repeat(100_000), "not there at all"],
    ["one line of two million characters", "x = 1; ".repeat(300_000), "y = 2;\nz = 3;"],
    ["one line of a million quotes and slashes", "'\"/*/".repeat(250_000), "y = 2;\nz = 3;"],
    ["brackets without end", "((((([[[[[{{{{{\n".repeat(20_000), "not(there)\nat[all]"],
    [
      "a quotation of five thousand lines that is not there",
      Array.from({ length: 20_000 }, (_, at) => `call(${at % 50});`).join("\n"),
      Array.from({ length: 5_000 }, (_, at) => `call(${at % 49});`).join("\n"),
    ],
  ])(
    "in a file of %s an edit without a sure place is refused in good time",
    async (_, text, search) => {
      const plan = await planEdits({
        answer: block(search, "changed"),
        truncated: false,
        files: [{ path: "a.c", languageId: "c", text }],
      });
      expect(plan.kind).toBe("refusal");
    },
  );
});
