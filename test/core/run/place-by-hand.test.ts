import { describe, expect, it } from "vitest";
import { placeByHand } from "../../../src/core/run/edits/place-by-hand";
import type { UnplacedEdit } from "../../../src/protocol/proposal";

const syntax = { outline: async () => undefined, check: async () => undefined };
const text =
  "def one():\n    total = 0  # kept\n    return total\n\n\ndef two():\n    total = 0  # kept\n    return total\n";

function edit(change: Partial<UnplacedEdit> = {}): UnplacedEdit {
  return {
    id: "edit",
    uri: "file:///project/calc.py",
    path: "calc.py",
    languageId: "python",
    reason: "It fits in two places.",
    search: "    total = 0",
    replace: "    total = 1",
    candidates: [],
    others: [],
    ...change,
  };
}

async function placed(
  change: Partial<UnplacedEdit>,
  start: number,
  end = start,
  on = text,
): Promise<string | undefined> {
  const proposal = await placeByHand(edit(change), { text: on, start, end }, syntax);
  return proposal?.files[0]?.proposed;
}

describe("placing by hand", () => {
  it("changes in the selected lines what the model changed, and nothing else", async () => {
    expect(await placed({}, 5, 8)).toBe(
      text.replace("def two():\n    total = 0", "def two():\n    total = 1"),
    );
  });

  it("takes nothing in the edit's own text for a mark of another edit", async () => {
    const doc = '    """Title\n=======\n>>>>>>> REPLACE\n```\n    """';
    const two = { search: "def two():", replace: `def two():\n${doc}` };
    const inTwo = text.replace("def two():", `def two():\n${doc}`);
    expect(await placed(two, 5, 8)).toBe(inTwo);
    expect(await placed({ others: [two] }, 0, 3)).toBe(inTwo.replace("total = 0", "total = 1"));
  });

  it("tells equal places apart by the cursor", async () => {
    expect(await placed({}, 6)).toBe(
      text.replace("def two():\n    total = 0", "def two():\n    total = 1"),
    );
    expect(await placed({}, 1)).toBe(text.replace("total = 0", "total = 1"));
  });

  it("never changes lines far from the cursor, though the edit would fit there", async () => {
    const far = `${text}\n${"# padding\n".repeat(40)}unique_line = 1\n`;
    const result = await placed(
      { search: "unique_line = 1", replace: "unique_line = 2" },
      11,
      11,
      far,
    );
    expect(result).toContain("unique_line = 1");
    expect(result).toContain("unique_line = 2");
  });

  it("puts code that was quoted nowhere where the cursor is, or over the selection", async () => {
    const { search: _, ...bare } = edit({ replace: "check(total)\nlog(total)" });
    const insert = await placeByHand(bare, { text, start: 2, end: 2 }, syntax);
    expect(insert?.files[0]?.proposed).toBe(
      text.replace("    return total", "    check(total)\n    log(total)\n    return total"),
    );
    const over = await placeByHand(bare, { text, start: 1, end: 3 }, syntax);
    expect(over?.files[0]?.proposed).toBe(
      text.replace("    total = 0  # kept\n    return total", "    check(total)\n    log(total)"),
    );
  });

  it("indents what it puts over other lines as they are, with the file's own line ends", async () => {
    const crlf = text.replaceAll("\n", "\r\n");
    const result = await placed(
      { search: "compute(first)\nreturn it", replace: "if total:\n    return total" },
      7,
      8,
      crlf,
    );
    const end = crlf.lastIndexOf("    return total");
    expect(result).toBe(`${crlf.slice(0, end)}    if total:\r\n        return total\r\n`);
  });

  it("keeps a missing final newline missing", async () => {
    const open = text.trimEnd();
    expect(await placed({ search: "compute(first)", replace: "return 7" }, 7, 8, open)).toBe(
      `${open.slice(0, open.lastIndexOf("    return total"))}    return 7`,
    );
    expect(await placed({ search: "nothing like it", replace: "x = 1" }, 8, 8, open)).toBe(
      `${open}\nx = 1`,
    );
  });

  it("brings the answer's other edits along", async () => {
    const named = text.replace("def one", "def first");
    const others = [{ search: "def first():", replace: "def start():" }];
    expect(await placed({ others }, 6, 7, named)).toBe(
      named
        .replace("def first", "def start")
        .replace("def two():\n    total = 0", "def two():\n    total = 1"),
    );
  });

  it("says when the others do not fit beside it", async () => {
    const others = [{ search: "not in the file at all, anywhere", replace: "x" }];
    const proposal = await placeByHand(edit({ others }), { text, start: 6, end: 7 }, syntax);
    expect(proposal?.files[0]?.notices.join(" ")).toContain("left out");
    expect(proposal?.files[0]?.notices.join(" ")).toContain("You chose the place");
  });

  it("proposes nothing where the file holds the edit already", async () => {
    expect(
      await placed({ search: "    total = 9", replace: "    total = 0  # kept" }, 1, 2),
    ).toBeUndefined();
  });
});
