import { describe, expect, it } from "vitest";
import type { SymbolInfo } from "../../src/protocol/syntax";
import { createSyntaxSource } from "../../src/syntax/syntax-source";
import { languageSamples } from "./language-samples";
import { cut, installedGrammars } from "./place";

const source = createSyntaxSource(installedGrammars());

async function outlineOf(languageId: string, text: string): Promise<readonly SymbolInfo[]> {
  const outline = await source.outline(languageId, text);
  if (outline === undefined) throw new Error(`${languageId} has no grammar`);
  return outline;
}

function label({ kind, name, container, role }: SymbolInfo): string {
  const full = container === undefined ? name : `${container}.${name}`;
  return role === undefined ? `${kind} ${full}` : `${kind} ${full} (${role})`;
}

/** What each sample declares, as `kind container.name (role)`. */
const expected: Readonly<Record<string, string>> = {
  python: `
    variable LIMIT; variable TABLE; type Alias; function path; function path; class Point;
    method Point.size; method Point.size (setter); method Point.at (signature); method Point.at;
    method Point.__getitem__; function Point.inner; class Point.Part; method Part.m;
    variable square`,
  javascript: `
    function exports; function run; method module.exports.two; method module.exports.three;
    method module.exports.four five; method module.exports.[key]; class Table;
    method Table.[Symbol.iterator]; method Table.delete; method Table.for (static);
    method Table.for; method Table.size (get); method Table.size (set); method Table.#own;
    method Table.quoted name; method Table.handler; variable store; method store.state;
    method actions.load; method actions.save; variable useStore; function load; variable App;
    function click; variable limit; function twice; method Queue.put; method window.app.start;
    function stop; function helper; function helper; method default.data; method methods.go`,
  typescript: `
    function over (signature); function over (signature); function over; class A;
    method A.constructor; method A.m (signature); method A.m; method A.from (static); interface I;
    module "x"; function "x".y (signature); module N.M; function N.M.inside; enum E; type T;
    variable store; method store.inc; variable routes; method routes.home; method deep.page;
    variable VERSION; class Z; method Z.w (signature)`,
  typescriptreact: `function App; function load; function load`,
  go: `
    variable C; variable D; variable E; variable handler; type A; interface B; class S; type Al;
    method S.Push; method Q.Push; function init; function init; function Map`,
  rust: `
    variable C; class S; class S (impl); method S.new; class S (impl fmt::Display);
    method S.fmt (impl fmt::Display); function S.inner; class S (impl fmt::Debug);
    method S.fmt (impl fmt::Debug); interface Draw; method Draw.q (signature); method Draw.r;
    module tests; function tests.t; function m; function os; function os`,
  java: `
    class A; method A.A; method A.A; method A.m; method A.m; method A.q; enum A.E; method E.f;
    method E.g; class A.R; method R.R; method R.s; interface A.I; method I.d; interface A.An;
    method A.run`,
  cpp: `
    function MAX; variable LIMIT; function both; function both; function alone; variable names;
    type node_t; class node; type callback; variable pointer; enum Mode; module a::b;
    class a::b.Stack; method Stack.Stack; method Stack.operator==; method Stack.operator bool;
    method Stack.each; method Stack.Stack; method Stack.operator(); method b.run;
    function operator<<; function twice; type Alias; function TEST (Suite, First);
    function TEST (Suite, Second)`,
  csharp: `
    module N; class N.A; method A.A; method A.A (static); method A.~A; method A.P; method A.Q;
    method A.this; method A.Changed; method A.operator +; method A.operator int; method A.M;
    function A.Local; method A.M (I); class A.Rec; interface A.I; method I.M; type A.D`,
  ruby: `
    variable LIMIT; module M; variable M.NAME; class M.A; method A.initialize;
    method A.s (static); method A.s; method A.+; method A.[]=; method A.q?; method A.t;
    method A.own; method M.g; class Point; method Point.dist; function c; function c;
    function short`,
  php: `
    variable LIMIT; class A; method A.__construct; method A.s; method A.q; method A.list; class T;
    method T.t; enum E; method E.e; function f; function inner; function $g; function $h;
    function a`,
  shellscript: `
    variable LIMIT; variable NAME; function f; function g; function my-func; function inner;
    function ns::fn`,
  css: `
    other :root; other .a, .b > c; other @media (min-width: 1px);
    other @media (min-width: 1px)..a; other @media (min-width: 1px)..z; other .z.& .y; other spin;
    other @font-face; other @layer base; other @layer base..l`,
};

describe("The outline", () => {
  it.each(Object.entries(languageSamples))(
    "names all that a text in %s declares, outermost first",
    async (languageId, text) => {
      expect((await source.check(languageId, text))?.errors).toEqual([]);
      const names = expected[languageId]?.trim().split(/;\s+/);
      expect((await outlineOf(languageId, text)).map(label)).toEqual(names);
    },
  );

  it.each([
    ["python", "path"],
    ["javascript", "helper"],
    ["typescriptreact", "load"],
    ["cpp", "both"],
    ["ruby", "c"],
  ])("in %s two %j in two blocks are told apart by their block", async (languageId, name) => {
    const outline = await outlineOf(languageId, languageSamples[languageId] ?? "");
    const blocks = outline.filter((symbol) => symbol.name === name).map((symbol) => symbol.block);
    expect(blocks).toHaveLength(2);
    expect(new Set(blocks).size).toBe(2);
  });

  it.each([
    ["go", "init", 2],
    ["typescript", "over", 3],
  ])("in %s all %j at the top level are in no block", async (languageId, name, count) => {
    const outline = await outlineOf(languageId, languageSamples[languageId] ?? "");
    const found = outline.filter((symbol) => symbol.name === name);
    expect(found.map((symbol) => symbol.block)).toEqual(Array.from({ length: count }));
  });

  it("the members of a class share a block, whatever wraps them", async () => {
    const text = "class A:\n    def f(self): pass\n\n    @dec\n    def g(self): pass\n";
    const [, f, g] = await outlineOf("python", text);
    expect(f?.block).toBeDefined();
    expect(g?.block).toBe(f?.block);
  });

  it.each([
    [
      "python",
      "Point",
      "# about points\n@dataclass(\n    frozen=True,  # a reason\n    order=True,\n)\n@other\nclass",
    ],
    ["typescript", "A", '@Component({\n  selector: "a", // a reason\n})\nexport class'],
    ["java", "A", '/** An entity. */\n@Entity(\n  name = "x" // a reason\n)\npublic class'],
    [
      "csharp",
      "A",
      '/// <summary>An entity.</summary>\n[Serializable]\n[Table(\n  "x" // a reason\n)]\npublic partial class',
    ],
    ["rust", "S", "/// A stack.\n#[derive(\n    Debug,\n    Clone,\n)]\npub struct"],
    ["php", "A", "/** An entity. */\n#[Attr(\n  1\n)]\nfinal class"],
    ["cpp", "alone", "static int\nalone(int a)"],
    ["cpp", "MAX", "#define MAX(a, b)"],
    ["cpp", "Stack", "/// A stack.\ntemplate <typename T>\nclass"],
    ["css", "@media (min-width: 1px)", "/* small */\n@media"],
  ])("in %s the range of %j begins with %j", async (languageId, name, start) => {
    const text = languageSamples[languageId] ?? "";
    const symbol = (await outlineOf(languageId, text)).find((found) => found.name === name);
    expect(symbol && cut(text, symbol.range).startsWith(start)).toBe(true);
  });

  it("a comment in a decorator does not part the decorator from the comment above it", async () => {
    const text = "# doc\n@dec(  # why\n    1)\ndef f(): pass\n";
    expect((await outlineOf("python", text))[0]).toMatchObject({
      doc: "# doc",
      range: { start: { line: 0 } },
    });
  });

  it("a local variable, a field and a name that only stands for another are no declarations", async () => {
    const names = async (languageId: string, text: string) =>
      (await outlineOf(languageId, text)).map(({ name }) => name);
    expect(
      await names("cpp", "struct point p;\nextern int a;\nint f(int);\nint g() { int b = 1; }\n"),
    ).toEqual(["p", "g"]);
    expect(
      await names(
        "typescript",
        "const f = () => { const a = 1; const o = { b: 1 }; };\nclass C { d = 1; }\n",
      ),
    ).toEqual(["f", "C"]);
    expect(await names("shellscript", "f() { local a=1; b=2; }\nif true; then c=3; fi\n")).toEqual([
      "f",
    ]);
    expect(await names("python", "def f():\n    a = 1\nif f:\n    b = 1\n")).toEqual(["f"]);
    expect(await names("go", "package p\nfunc f() { const a = 1; var b = 2 }\n")).toEqual(["f"]);
  });
});

describe("The syntax check", () => {
  it("finds nothing in sound code", async () => {
    expect(await source.check("python", "def f():\n    return 1\n")).toEqual({ errors: [] });
  });

  it("finds what does not fit, where it is", async () => {
    const errors = (await source.check("python", "x = '😀'\ndef f(:\n    return 1\n"))?.errors;
    expect(errors?.length).toBeGreaterThan(0);
    expect(errors?.[0]?.start.line).toBe(1);
  });

  it("finds what is missing as an empty place", async () => {
    const errors = (await source.check("javascript", "function f() { return (1; }\n"))?.errors;
    expect(
      errors?.some(
        (range) => range.start.line === 0 && range.start.character === range.end.character,
      ),
    ).toBe(true);
  });

  it("finds what is missing where the tree does not show it", async () => {
    expect((await source.check("python", "def f():\n    'doc' return 1\n"))?.errors).toHaveLength(
      1,
    );
  });

  it("stops at a hundred errors", async () => {
    const broken = "function () { ) ] \n".repeat(1_000);
    expect((await source.check("javascript", broken))?.errors.length).toBeLessThanOrEqual(100);
    const many = "const a = ;\nlet b = 1;\n".repeat(300);
    expect((await source.check("javascript", many))?.errors).toHaveLength(100);
  });
});
