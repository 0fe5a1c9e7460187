import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { InstructionFiles } from "../../src/project/instruction-files";
import { MentionSource } from "../../src/project/mention-source";
import { ProjectFiles } from "../../src/project/project-files";
import { ProjectFolder } from "./project-folder";

const never = new AbortController().signal;
let folder: ProjectFolder;
afterEach(() => folder?.remove());

const shop = {
  "shop/basket.py":
    "class Basket:\n    def total(self):\n        return 1\n\n    def add(self):\n        pass\n",
  "shop/words.py": "def total(words):\n    return len(words)\n",
  "main.py": "x = 1\n",
};

async function named(question: string, more: Readonly<Record<string, string>> = {}) {
  folder = new ProjectFolder({ ...shop, ...more });
  const query = await folder.query("main.py", shop["main.py"], "x = 1", question);
  return await new MentionSource(folder.parts).find(query, never);
}

describe("what the person names", () => {
  it("is a file, whole", async () => {
    const { pieces } = await named("see @file:shop/words.py");
    expect(pieces).toMatchObject([
      { kind: "file", text: shop["shop/words.py"].trimEnd(), editable: true, source: "person" },
    ]);
  });

  it("is a folder, as its outline", async () => {
    const { pieces } = await named("see @folder:shop");
    expect(pieces[0]?.text.split("\n")).toEqual([
      "- basket.py",
      "  - `class Basket`",
      "    - `def total(self)`",
      "    - `def add(self)`",
      "- words.py",
      "  - `def total(words)`",
    ]);
  });

  it("is a symbol, a member by its class", async () => {
    const { pieces } = await named("see @symbol:Basket.total and @symbol:total");
    expect(pieces.map(({ name }) => name)).toEqual(["Basket.total", "Basket.total"]);
    const { pieces: alone } = await named("see @symbol:add");
    expect(alone[0]?.text).toBe("    def add(self):\n        pass");
  });

  it("and is not there is said to be missing", async () => {
    const { pieces, dropped } = await named("@file:gone.py @symbol:nothing @folder:../x");
    expect(pieces).toEqual([]);
    expect(dropped.map(({ id, why }) => `${id} ${why}`)).toEqual([
      "@file:gone.py missing",
      "@symbol:nothing missing",
      "@folder:../x missing",
    ]);
  });
});

describe("what the person names by another way of writing it", () => {
  it("is the same: the project, a folder and a file from here, a file that is left alone", async () => {
    const { pieces, dropped } = await named(
      "@folder:. @folder:./shop/ @file:./main.py @file:shop/../.env",
      { ".env": "KEY=abcdef12\n" },
    );
    expect(dropped).toEqual([]);
    expect(pieces.map(({ kind }) => kind)).toEqual(["folder", "folder", "file", "file"]);
    expect(pieces[0]?.text).toContain("- main.py\n");
    expect(pieces[1]?.text).toMatch(/^- basket\.py\n/);
  });
});

describe("of what the person names and cannot be sent", () => {
  it("a file that is too large goes as its beginning, and the rest is named", async () => {
    const line = "value = 1\n";
    const { pieces, dropped } = await named("@file:data.py", { "data.py": line.repeat(40_000) });
    expect(pieces).toMatchObject([{ kind: "file", title: "data.py", editable: false }]);
    expect(pieces[0]?.text.startsWith(line.repeat(2_000))).toBe(true);
    expect(dropped).toMatchObject([{ title: "the rest of data.py", why: "room" }]);
  });

  it("a folder that is left alone is not called missing, and what is no text is", async () => {
    const more = { ".gitignore": "made\n", "made/a.py": "x = 1\n", "picture.png": "\0\0" };
    const { pieces, dropped } = await named("@folder:made @folder:none @file:picture.png", more);
    expect(pieces).toEqual([]);
    expect(dropped.map(({ id, why }) => `${id} ${why}`)).toEqual([
      "@folder:made ignored",
      "@folder:none missing",
      "@file:picture.png missing",
    ]);
  });
});

describe("a file that a path or a link leads to", () => {
  const files = { "a.py": "x = 1\n", "docs/rules.md": "Use tabs.\n", ".env": "A=hunter22!\n" };
  const read = async (path: string): Promise<string | undefined> => await folder.files.read(path);
  const link = (to: string, name: string): void => symlinkSync(to, join(folder.path, name));

  it("is read when it stands in the folder, and not when it stands outside", async () => {
    const outside = new ProjectFolder({ "private.txt": "mine\n" });
    folder = new ProjectFolder(files);
    link("docs/rules.md", "AGENTS.md");
    expect(await read("AGENTS.md")).toBe("Use tabs.\n");
    link(join(outside.path, "private.txt"), "CLAUDE.md");
    link(outside.path, "elsewhere");
    const beside = outside.path.split("/").at(-1);
    for (const path of ["CLAUDE.md", "elsewhere/private.txt", `docs/../../${beside}/private.txt`])
      expect(await read(path), path).toBeUndefined();
    // Nor as the editor holds it, which opened it by the link.
    const shown = new ProjectFiles(folder.path, undefined, undefined, () => "as it is shown");
    expect(await shown.read("CLAUDE.md")).toBeUndefined();
    expect(await shown.read("a.py")).toBe("as it is shown");
    expect(await shown.read("not-yet-saved.py")).toBe("as it is shown");
    outside.remove();
  });

  it("is left alone under another name as well", async () => {
    folder = new ProjectFolder({ ...files, ".gitignore": "gen.py\n", "gen.py": "y = 2\n" });
    for (const [to, name] of [
      [".env", "settings.txt"],
      ["gen.py", "made.py"],
    ] as const) {
      link(to, name);
      expect(await read(name), name).toBeUndefined();
    }
    // What the person names is theirs to send.
    expect(await read(".env")).toBe("A=hunter22!\n");
  });
});

describe("instructions of the project", () => {
  const rules = { "AGENTS.md": "Use tabs.\n", ".thinkaloud.md": "Be brief.", "main.py": "x = 1\n" };

  it("are pieces like others, the long ones cut", async () => {
    folder = new ProjectFolder({ ...rules, ".github/copilot-instructions.md": "y".repeat(9_000) });
    const query = await folder.query("main.py", rules["main.py"], "x = 1");
    const { pieces } = await new InstructionFiles(folder.parts, () => true).find(query, never);
    expect(pieces.map(({ title }) => title)).toEqual([
      "rules from .thinkaloud.md",
      "rules from AGENTS.md",
      "rules from .github/copilot-instructions.md",
    ]);
    expect(pieces[2]?.text).toHaveLength(2_002);
  });

  it("are not read in a folder that the person does not trust", async () => {
    folder = new ProjectFolder(rules);
    const query = await folder.query("main.py", rules["main.py"], "x = 1");
    const { pieces } = await new InstructionFiles(folder.parts, () => false).find(query, never);
    expect(pieces).toEqual([]);
  });
});
