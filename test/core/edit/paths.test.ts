import { describe, expect, it } from "vitest";
import { noticesOf, outcomeOf, planOf } from "./support/outcome";
import { block, mended, type Sample, samples } from "./support/samples";

const one = samples[0] as Sample;
const edit = block(one.search, one.replace);
const below = (path: string): string => `${path}\n${edit}`;

describe("an edit below a path", () => {
  it.each([
    "shop/stock.py",
    "./shop/stock.py",
    "a/shop/stock.py",
    "b/shop/stock.py",
    "shop\\stock.py",
    ".\\shop\\stock.py",
    "/shop/stock.py",
    "stock.py",
    "project/shop/stock.py",
    "**shop/stock.py**",
    "`shop/stock.py`",
    "`shop/stock.py`:",
    "**`shop/stock.py`**",
    "## shop/stock.py",
    "#### `shop/stock.py`",
    "- shop/stock.py",
    "1. shop/stock.py",
    "File: shop/stock.py",
    "**File:** `shop/stock.py`",
    "Path: shop/stock.py",
    "Filename: shop/stock.py",
    "[shop/stock.py](shop/stock.py)",
    "# shop/stock.py",
    "// shop/stock.py",
    "<!-- shop/stock.py -->",
    "shop/stock.py (modified)",
  ])("%s goes to the file", async (path) => {
    expect(outcomeOf(await planOf(one, below(path)))).toBe(mended(one));
  });

  it.each(["shop/stok.py", "shop/stocks.py", "shp/stock.py", "Shop/Stock.py", "shop/stock.pyi"])(
    "%s is taken for a slip, and told",
    async (path) => {
      const plan = await planOf(one, below(path));
      expect(outcomeOf(plan)).toBe(mended(one));
      expect(noticesOf(plan)).toMatch(/stock\.py/);
    },
  );

  it.each([
    "../shop/stock.py",
    "../../etc/stock.py",
    "shop/../../stock.py",
    "/etc/passwd.txt",
    ".git/config.py",
    "shop/.git/stock.py",
    "~/stock.py",
    "C:\\Windows\\system.ini",
    "other/warehouse.py",
    "node_modules/shop/index.js",
  ])("%s is refused", async (path) => {
    expect(await planOf(one, below(path))).toMatchObject({ kind: "refusal", code: "path" });
  });

  it("that is absolute goes to the file when the file's own absolute path is that", async () => {
    const absolutePath = "/home/me/project/stock.py";
    const file = { path: "stock.py", absolutePath };
    expect(outcomeOf(await planOf(one, below(absolutePath), file))).toBe(mended(one));
    expect(await planOf(one, below("/home/you/stock.py"), file)).toMatchObject({
      kind: "refusal",
      code: "path",
    });
    const windows = { path: "stock.py", absolutePath: "C:\\Users\\me\\stock.py" };
    expect(outcomeOf(await planOf(one, below("c:\\Users\\me\\stock.py"), windows))).toBe(
      mended(one),
    );
  });
});

it("a slip that could mean two files, or a numbered sibling, is refused", async () => {
  const files = ["shop/stock_a.py", "shop/stock_b.py"].map((path, at) => ({
    path,
    languageId: "python",
    text: at === 0 ? one.text : "x = 1\n",
  }));
  expect((await planOf(one, below("shop/stock_c.py"), {}, { files })).kind).toBe("refusal");
  expect(await planOf(one, below("shop/stock2.py"), { path: "shop/stock1.py" })).toMatchObject({
    kind: "refusal",
    code: "path",
  });
});

it("a block says its path behind its opening mark", async () => {
  expect(outcomeOf(await planOf(one, edit.replace("SEARCH", "SEARCH shop/stock.py")))).toBe(
    mended(one),
  );
  expect(await planOf(one, edit.replace("SEARCH", "SEARCH other/thing.py"))).toMatchObject({
    kind: "refusal",
    code: "path",
  });
});

it("later blocks belong to the path above the first", async () => {
  const answer = `shop/stock.py\n${edit}\n${block("import math", "import math as maths")}`;
  expect(outcomeOf(await planOf(one, answer))).toBe(
    mended(one).replace("import math", "import math as maths"),
  );
});
