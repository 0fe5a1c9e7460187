import { afterEach, describe, expect, it } from "vitest";
import { SecretMasks } from "../../src/core/context/secret-masks";
import { InstructionFiles } from "../../src/project/instruction-files";
import { MentionSource } from "../../src/project/mention-source";
import { secretRules } from "../../src/project/secret-rules";
import { ProjectFolder } from "./project-folder";

const never = new AbortController().signal;
let folder: ProjectFolder;
afterEach(() => folder?.remove());

const shop = {
  "shop/basket.py":
    "class Basket:\n    def total(self):\n        return 1\n\n    def add(self):\n        pass\n",
  "shop/words.py": "def total(words):\n    return len(words)\n",
  "main.py": "x = 1\n",
  ".env": "DB_PASSWORD=correct horse battery\nDEBUG=true\n",
};

async function named(question: string, masks?: SecretMasks) {
  folder = new ProjectFolder(shop);
  const query = await folder.query("main.py", shop["main.py"], "x = 1", question);
  return await new MentionSource(folder.parts, masks).find(query, never);
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

  it("and holds secrets goes along with all its values hidden", async () => {
    const masks = new SecretMasks(secretRules);
    const { pieces } = await named("see @file:.env", masks);
    const hidden = masks.hide(pieces[0]?.text ?? "");
    expect(hidden).toMatch(/^DB_PASSWORD=HIDDEN_\w+\nDEBUG=true$/);
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

describe("the rules for secrets", () => {
  it("find keys, tokens and passwords in what is sent", async () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${"MIICXgIBAAKBgQCrAAAAAAAA".repeat(9)}\n-----END RSA PRIVATE KEY-----`;
    const token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    const found = await secretRules.find(
      `a = "${token}"\n${key}\ndb = "postgres://user:hunter2pass@db/x"\nplain = "nothing"\n`,
    );
    expect(found).toContain(token);
    expect(found).toContain(key);
    expect(found.join()).toContain("hunter2pass");
    expect(found.join()).not.toContain("nothing");
  });
});
