import { afterEach, describe, expect, it, vi } from "vitest";
import { ParsedText } from "../../src/syntax/parsed-text";
import { TextTrees, type TreeLimits } from "../../src/syntax/text-trees";
import { installedGrammars } from "./place";

const python = Array.from(
  { length: 40 },
  (_, index) => `def f${index}():\n    return ${index}\n`,
).join("\n");

interface Options {
  readonly open?: readonly ParsedText[];
  readonly limits?: TreeLimits;
}

async function world({ open = [], limits }: Options = {}) {
  const grammars = installedGrammars();
  const grammar = await grammars.load("python");
  if (grammar === undefined) throw new Error("no grammar");
  const parse = vi.spyOn(grammar, "parse");
  const remove = vi.spyOn(ParsedText.prototype, "delete");
  const trees = new TextTrees(grammars, () => open, limits);
  const names = (text: string) =>
    trees.read("python", text, (parsed) => parsed.declarations().outline.map(({ name }) => name));
  const freed = () => remove.mock.contexts.map((one) => (one as ParsedText).text);
  return { grammar, parse, trees, names, freed };
}

afterEach(() => void vi.restoreAllMocks());

describe("The trees of the last texts", () => {
  it("a text is parsed once, whatever is asked of it and how often", async () => {
    const { parse, trees, names } = await world();
    await names(python);
    await trees.read("python", python, (parsed) => parsed.check());
    await names(python);
    expect(parse).toHaveBeenCalledTimes(1);
  });

  it("a text near to a known one is parsed from the tree of that, and another file is not", async () => {
    const { parse, names } = await world();
    await names(python);
    expect(await names(python.replace("f20", "g20"))).toContain("g20");
    expect(parse.mock.lastCall?.[1]).toBeDefined();
    await names("x = 1\n".repeat(300));
    expect(parse.mock.lastCall?.[1]).toBeUndefined();
  });

  it("only the last few are kept, and what is forgotten is freed", async () => {
    const { parse, trees, freed } = await world({ limits: { texts: 4, characters: 1_000 } });
    const texts = Array.from({ length: 6 }, (_, index) => `a${index} = 1\n`);
    for (const text of texts) await trees.read("python", text, () => {});
    expect(freed()).toEqual(texts.slice(0, 2));
    parse.mockClear();
    await trees.read("python", texts[2] ?? "", () => {});
    expect(parse).not.toHaveBeenCalled();
    await trees.read("python", texts[0] ?? "", () => {});
    expect(freed().at(-1)).toBe(texts[3]);
  });

  it("few long texts are kept, but always the last", async () => {
    const { trees, freed } = await world({ limits: { texts: 4, characters: 1_000 } });
    const long = (name: string) => `${name} = 1\n`.repeat(200);
    await trees.read("python", "a = 1\n", () => {});
    await trees.read("python", long("b"), () => {});
    expect(freed()).toEqual(["a = 1\n"]);
    await trees.read("python", long("c"), () => {});
    expect(freed()).toEqual(["a = 1\n", long("b")]);
    trees.dispose();
    expect(freed()).toEqual(["a = 1\n", long("b"), long("c")]);
  });

  it("a text that has no tree is not tried again for the next question", async () => {
    const { parse, names } = await world();
    const tooLong = "x".repeat(2_000_001);
    expect(await names(tooLong)).toBeUndefined();
    expect(await names(tooLong)).toBeUndefined();
    expect(parse).toHaveBeenCalledTimes(1);
  });

  it("a document that is open is not parsed again, and what is proposed for it is parsed from its tree", async () => {
    const open: ParsedText[] = [];
    const { grammar, parse, names } = await world({ open });
    const document = ParsedText.of(python, grammar);
    if (document === undefined) throw new Error("no tree");
    open.push(document);
    parse.mockClear();
    await names(python);
    expect(parse).not.toHaveBeenCalled();
    await names(`${python}\ndef g(): pass\n`);
    expect(parse.mock.lastCall?.[1]).toBeDefined();
  });

  it("a text of one language is nothing for another", async () => {
    const { trees } = await world();
    await trees.read("python", "class A: pass\n", () => {});
    const outline = await trees.read(
      "ruby",
      "class A: pass\n",
      (parsed) => parsed.grammar.rules.docstrings,
    );
    expect(outline).toBeUndefined();
  });
});
